"""Replay a notebook of this audit in process: its own code cells, other parameters, and the verdicts that come out."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from unittest.mock import patch

from helpers.notebook import Paper, Verdict

ROOT = Path(__file__).resolve().parents[1]


def replay(notebook: str, **parameters: object) -> dict[str, dict[str, Any]]:
    """Run a committed notebook in a fresh namespace and collect what ``paper.check`` returns.

    Nothing is written, and no kernel is started: a case takes seconds less than a run, so many can be tried.

    Args:
        notebook: file name without ending.
        parameters: values that replace those of the cell tagged "parameters".

    Returns:
        Records of the verdicts by id of claim, in the order of the notebook.

    Raises:
        KeyError: the notebook does not declare a parameter of that name.
        ValueError: the notebook judges a claim twice.
    """
    records: dict[str, dict[str, Any]] = {}
    check = Paper.check

    def recorded(paper: Paper, id: str, *values: Any, **readings: Any) -> Verdict:
        verdict = check(paper, id, *values, **readings)
        if id in records:
            raise ValueError(f"{notebook} judges {id} twice")
        records[id] = verdict.record
        return verdict

    # Outside a run the verdicts of other notebooks are those of the committed ones.
    settings = {name: value for name, value in os.environ.items() if name != "AUDIT_VERDICTS"}
    with (
        patch.object(Paper, "check", recorded),
        patch.dict(os.environ, settings | {"AUDIT_ROOT": str(ROOT)}, clear=True),
    ):
        namespace: dict[str, Any] = {"__name__": "__main__"}
        for cell in code_cells(notebook):
            exec(compile("".join(cell["source"]), f"{notebook}, cell {cell['id']}", "exec"), namespace)
            if "parameters" in cell["metadata"].get("tags", []):
                for name, value in parameters.items():
                    if name not in namespace:
                        raise KeyError(f"{notebook} has no parameter {name}")
                    namespace[name] = value
    return records


def code_cells(notebook: str) -> list[dict[str, Any]]:
    """The code cells of a committed notebook, in order."""
    path = ROOT / "notebooks" / f"{notebook}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]
