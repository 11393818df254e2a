"""The verdicts of the notebooks without a kernel: their code cells run in this process, in order, figures left out.

For questions that need the verdicts many times over, such as what they are under every choice or without one source.
What a reader runs is the notebooks themselves, through papermill; a test holds both to the same records.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from helpers import paths


class Undrawn:
    """The module of shapes with its drawing functions doing nothing; what prepares data stays."""

    def __init__(self, shapes: ModuleType) -> None:
        self._shapes = shapes

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._shapes, name)
        draws = inspect.isfunction(found) and found.__annotations__.get("return") == "Figure"
        return (lambda *arguments, **texts: None) if draws else found


def code(notebook: Path) -> list[tuple[str, list[str], str]]:
    """Id, tags and source of every code cell of a notebook file, in order."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [(cell["id"], cell["metadata"].get("tags", []), "".join(cell["source"])) for cell in cells
            if cell["cell_type"] == "code"]


def judging(root: Path | None = None) -> list[str]:
    """Stems of the notebooks that judge claims; the others only speak of verdicts."""
    found = sorted(paths.notebooks(root).glob("*.ipynb"))
    return [path.stem for path in found if any("paper.check(" in source for _, _, source in code(path))]


def evaluate(notebook: Path, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """Records of every claim that a notebook judges, under its default parameters or others.

    Raises:
        KeyError: the notebook does not take one of the parameters.
    """
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for id, tags, source in code(notebook):
        exec(compile(source, f"{notebook.name}:{id}", "exec"), namespace)
        if isinstance(namespace.get("shapes"), ModuleType):
            namespace["shapes"] = Undrawn(namespace["shapes"])
        if "parameters" in tags:
            unknown = set(parameters or ()) - set(namespace)
            if unknown:
                raise KeyError(f"{notebook.name} takes no parameter {', '.join(sorted(unknown))}")
            namespace.update(parameters or {})
    paper = namespace.get("paper")
    return [verdict.record | {"notebook": notebook.stem} for verdict in paper.own] if paper is not None else []


def all_records(root: Path | None = None, parameters: Mapping[str, Any] | None = None,
                names: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """Records by claim of the named notebooks (all that judge unless given), under the parameters that each takes."""
    records = {}
    for name in sorted(judging(root) if names is None else names):
        notebook = paths.notebooks(root) / f"{name}.ipynb"
        taken = {name for _, tags, source in code(notebook) if "parameters" in tags
                 for name in (line.partition("=")[0].strip() for line in source.splitlines()) if name.isidentifier()}
        chosen = {name: value for name, value in (parameters or {}).items() if name in taken}
        records |= {record["id"]: record for record in evaluate(notebook, chosen)}
    return records
