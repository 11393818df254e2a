"""The notebooks run in this process, with the outputs that a run compares: verdicts, plain text, figures' data.

Drawings are left out, which a run does not compare either. A test holds the outputs to those of a real run.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.charts.figure_files import FIGURE_MIME
from asprinted.notebook.side_by_side import VERDICTS_MIME
from asprinted.verdicts.record import VERDICT_MIME
from forkmill.notebooks.ipynb import Notebook
from forkmill.project import GIVEN

TEXTS = ("name", "title", "alt", "source")  # of a figure


def costly(root: Path) -> set[str]:
    """Stems of the notebooks that judge under every choice: each costs more than all others together."""
    return {path.stem for path in paths.notebooks(root).glob("*.ipynb") if "sweep." in path.read_text(encoding="utf-8")}


def run(root: Path, without: Collection[str] = ()) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Every notebook of ``root`` with new outputs, by stem and in the order of a run, and what failed.

    The notebooks that ask for the verdicts of others get those of this run, as in a real one. Those named in
    ``without`` are left out.
    """
    from asprinted.audit import collect, dependencies
    from forkmill.notebooks import ipynb, rules
    from forkmill.run import plan

    done: dict[str, dict[str, Any]] = {}
    failed: list[str] = []
    given: dict[str, Any] = {}
    read = {one.name: one for one in rules.load(paths.notebooks(root)) if one.name not in without}
    asked = {name: dependencies.rests_on(one, list(read.values())) for name, one in read.items()}
    for name in plan.order(list(read), {name: tuple(other for other in others if other in read) for name, others in asked.items()}):
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as handed:
            json.dump(given, handed)
            handed.flush()
            os.environ[GIVEN] = handed.name
            done[name], faults = _notebook(read[name])
        failed += faults
        given[name] = collect.records([ipynb.of(done[name], read[name].path)])
    del os.environ[GIVEN]
    return done, failed


def _notebook(notebook: Notebook) -> tuple[dict[str, Any], list[str]]:
    from asprinted.charts.undrawn import undrawn
    from asprinted.robustness import replay

    content, show, ran = json.loads(json.dumps(notebook.content)), _display(), []
    cells = [cell for cell in content["cells"] if cell["cell_type"] == "code"]

    def shown(id: str, value: Any) -> None:
        cell = cells[len(ran)]
        ran.append(id)
        old = next((one["data"] for one in cell["outputs"] if "data" in one), {})
        cell["outputs"] = [] if value is None else [
            {"output_type": "execute_result", "metadata": {}, "execution_count": cell["execution_count"],
             "data": _bundle(value, show, old)}]

    try:
        with undrawn(_without_its_picture):
            replay.run(notebook.path, shown=shown)
    except Exception as error:  # whatever it is, a run would stop here and name the cell
        return content, [f"{notebook.name}, cell {cells[len(ran)]['id']}: {type(error).__name__}: {error}"[:300]]
    return content, []


def _without_its_picture(function: Callable[..., Any], *frames: Any, **texts: Any) -> Any:
    """The figure that a drawing function makes of the last of its frames; one that takes no texts goes on to another."""
    import pandas as pd

    from asprinted.charts.figure import LABELLED, Figure, measured

    if not set(TEXTS) <= set(texts):
        return function(*frames, **texts)
    figure = Figure.__new__(Figure)
    figure.data, figure.png, figure.svg = [frame for frame in frames if isinstance(frame, pd.DataFrame)][-1], b"", b""
    if words := texts.get(LABELLED.get(function.__name__, "")):
        figure.data = measured(figure.data, words)
    for key in TEXTS:
        setattr(figure, key, texts[key])
    return figure


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
        mime: json.loads(json.dumps(new[mime])) for mime in (VERDICT_MIME, VERDICTS_MIME, FIGURE_MIME) if mime in new}
