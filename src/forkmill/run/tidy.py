"""Bringing committed notebooks into the normal form that a run writes, so that a diff shows what a person changed."""

from __future__ import annotations

from pathlib import Path

from forkmill.notebooks import ipynb, rules
from forkmill.writing import write_text


def tidy(folder: Path) -> list[str]:
    """Normalise every notebook of a folder in place; names of those that changed. Running it again changes none.

    One of format 4.0 to 4.4 becomes one of 4.5.

    Raises:
        InputErrors: a notebook cannot be read; then none is touched.
    """
    changed = []
    for one in rules.load(folder, upgrade=True):
        text = ipynb.dump(ipynb.normalise(one.content))
        if text.encode("utf-8") != one.path.read_bytes():
            write_text(one.path, text)
            changed.append(one.path.name)
    return changed
