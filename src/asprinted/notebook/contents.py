"""What a paper holds beside its claims: its sections, the points of its figures, every number of it, the works that it cites."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pandas as pd

from asprinted import paths
from asprinted.paper import attribution
from asprinted.paper.files import inventory, read_yaml
from asprinted.paper.register import Register

APART = ("fig/", "tab/")  # locators of captions and of tables, which lie in the section around them


class Contents:
    """The part of :class:`asprinted.notebook.paper.Paper` that reads data/paper."""

    base: Path
    register: Register

    @functools.cached_property
    def attributions(self) -> attribution.Attributions:
        """The works that the paper cites, and its passages with the work that each names."""
        return attribution.load(self.base)

    def table(self, name: str) -> pd.DataFrame:
        """A table of data/paper as strings, for instance the points of the figures."""
        return pd.read_csv(paths.paper(self.base) / f"{name}.csv", dtype=str, keep_default_na=False)

    def inventory(self) -> pd.DataFrame:
        """Every number of the paper in reading order, as strings: where, n, text, claim, exempt."""
        return pd.DataFrame(inventory(self.base))

    def document(self, name: str) -> Any:
        """A YAML document of data/paper, for instance the mechanism."""
        return read_yaml(paths.paper(self.base) / f"{name}.yaml")

    def section(self, where: str) -> str:
        """Number of the section that a locator lies in; a caption or a table lies in that of the sentence before it."""
        if not where.startswith(APART):
            return where.partition("/")[0]
        before = self.register.locators[: self.register.locators.index(where)]
        return next(w.partition("/")[0] for w in reversed(before) if not w.startswith(APART))

    def subsections(self, section: str) -> list[str]:
        """Numbers of the subsections of a section, counted from the locators: 3.1, 3.2, ..."""
        heads = [where.removesuffix("/title") for where in self.register.locators if where.endswith("/title")]
        return [head for head in heads if head.startswith(f"{section}.")]
