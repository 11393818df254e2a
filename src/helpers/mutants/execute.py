"""The notebooks run in this process, with the outputs that a run compares: verdicts, plain text, figures' data.

Drawings are left out, which a run does not compare either. A test holds the outputs to those of a real run.
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from types import ModuleType
from typing import Any

from helpers import paths

VERDICT, FIGURE = "application/vnd.audit.verdict+json", "application/vnd.audit.figure+json"
TEXTS = ("name", "title", "alt", "source")


class _Undrawn:
    """The module of shapes whose drawing functions give a figure without a picture."""

    def __init__(self, shapes: ModuleType, figure: type) -> None:
        self._shapes, self._figure = shapes, figure

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._shapes, name)
        draws = inspect.isfunction(found) and found.__annotations__.get("return") == "Figure"
        return self._plain if draws else found

    def _plain(self, *frames: Any, **texts: Any) -> Any:
        figure = self._figure.__new__(self._figure)
        figure.data, figure.png, figure.svg = frames[-1], b"", b""
        for key in TEXTS:
            setattr(figure, key, texts[key])
        return figure


def costly(root: Path) -> set[str]:
    """Stems of the notebooks that judge under every choice: each costs more than all others together."""
    return {path.stem for path in paths.notebooks(root).glob("*.ipynb") if "sweep." in path.read_text(encoding="utf-8")}


def run(root: Path, without: Collection[str] = ()) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Every notebook of ``root`` with new outputs, by stem and in the order of a run, and what failed.

    The notebooks that ask for the verdicts of others get those of this run, as in a real one. Those named in
    ``without`` are left out.
    """
    from helpers.run import plan, shape

    done: dict[str, dict[str, Any]] = {}
    failed: list[str] = []
    read = [one for one in shape.load(paths.notebooks(root)) if one.name not in without]
    waves, known = plan.waves(read), []
    for one in sorted(read, key=lambda notebook: (waves[notebook.name], notebook.name)):
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as handed:
            json.dump(known, handed)
            handed.flush()
            os.environ["AUDIT_VERDICTS"] = handed.name
            done[one.name], faults = _notebook(one.content, one.name)
        failed += faults
        known += [output["data"][VERDICT] | {"notebook": one.name} for cell in done[one.name]["cells"]
                  for output in cell.get("outputs", []) if VERDICT in output.get("data", {})]
    del os.environ["AUDIT_VERDICTS"]
    return done, failed


def _notebook(content: dict[str, Any], name: str) -> tuple[dict[str, Any], list[str]]:
    from helpers import figures

    namespace: dict[str, Any] = {"__name__": "__main__"}
    content, show = json.loads(json.dumps(content)), _display()
    for cell in content["cells"]:
        if cell["cell_type"] != "code":
            continue
        try:
            value = _cell("".join(cell["source"]), namespace)
        except Exception as error:  # whatever it is, a run would stop here and name the cell
            return content, [f"{name}, cell {cell['id']}: {type(error).__name__}: {error}"[:300]]
        if isinstance(namespace.get("shapes"), ModuleType):
            namespace["shapes"] = _Undrawn(namespace["shapes"], figures.Figure)
        old = next((one["data"] for one in cell["outputs"] if "data" in one), {})
        cell["outputs"] = [] if value is None else [
            {"output_type": "execute_result", "metadata": {}, "execution_count": cell["execution_count"],
             "data": _bundle(value, show, old)}]
    return content, []


def _cell(source: str, namespace: dict[str, Any]) -> Any:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), namespace)
    return None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), namespace)


def _display() -> Callable[[object], str]:
    """Plain text of a value as a kernel shows it."""
    import pandas as pd
    from IPython.core.formatters import PlainTextFormatter

    pd.reset_option("display")  # what the notebook before has chosen ends with its kernel
    pd.set_option("display.max_columns", 20)  # what pandas takes in a notebook; in a terminal it counts columns
    return PlainTextFormatter()


def _bundle(value: Any, show: Callable[[object], str], old: dict[str, Any]) -> dict[str, Any]:
    new = value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else {"text/plain": show(value)}
    kept = {mime: content for mime, content in old.items() if mime in ("text/html", "image/svg+xml")}
    return kept | {"text/plain": new["text/plain"].splitlines(keepends=True)} | {
        mime: json.loads(json.dumps(new[mime])) for mime in (VERDICT, FIGURE) if mime in new}
