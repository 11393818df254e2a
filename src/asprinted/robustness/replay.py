"""The notebooks without a kernel: their code cells run in this process, in order, and the verdicts that come out.

For questions that need the verdicts many times over, such as what they are under every choice or without one source.
What a reader runs is the notebooks themselves, through papermill; a test holds both to the same records.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import functools
import inspect
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

from asprinted import paths
from asprinted.charts.undrawn import undrawn
from asprinted.notebook import calls
from forkmill import project_files, reading
from forkmill.errors import InputError
from forkmill.notebooks import parameters_cell
from forkmill.notebooks.task import SHOWN


@contextlib.contextmanager
def own_helpers(notebook: Path) -> Iterator[None]:
    """While this is open, ``helpers`` is the package of the audit that the notebook belongs to, as in its kernel."""
    source = str(notebook.parents[1] / "src")
    held = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "helpers"}
    stranger = [name for name, module in held.items() if not str(getattr(module, "__file__", "")).startswith(source)]
    for name in stranger:
        del sys.modules[name]
    sys.path.insert(0, source)
    try:
        yield
    finally:
        sys.path.remove(source)


def code(notebook: Path) -> list[tuple[str, list[str], str]]:
    """Id, tags and source of every code cell of a notebook file, in order."""
    return _code(notebook, reading.stamp(notebook))


@functools.lru_cache(maxsize=64)
def _code(notebook: Path, stamp: object) -> list[tuple[str, list[str], str]]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [(cell["id"], cell["metadata"].get("tags", []), "".join(cell["source"])) for cell in cells
            if cell["cell_type"] == "code"]


def judging(root: Path | None = None) -> list[str]:
    """Stems of the notebooks that judge claims; the others only speak of verdicts."""
    found = project_files.find(paths.notebooks(root), ".ipynb")
    return [path.stem for path in found if any(calls.judges(source) for _, _, source in code(path))]


def run(notebook: Path, parameters: Mapping[str, Any] | None = None,
        shown: Callable[[str, Any], None] = lambda id, value: None) -> dict[str, Any]:
    """The global names that the code of a notebook leaves, run under its default parameters or others.

    ``shown`` is called after each cell with its id and the value that it shows, None where it shows none.

    Raises:
        KeyError: the notebook does not take one of the parameters.
    """
    namespace = names()
    with own_helpers(notebook):
        for id, tags, source in code(notebook):
            shown(id, execute(compiled(source, f"{notebook.name}:{id}"), namespace))
            if "parameters" in tags:
                unknown = set(parameters or ()) - set(namespace)
                if unknown:
                    raise KeyError(f"{notebook.name} takes no parameter {', '.join(sorted(unknown))}")
                namespace.update(parameters or {})
    return namespace


class Compiled(NamedTuple):
    """The code of a cell: its statements, and the expression that it ends in, whose value it shows."""

    body: CodeType
    last: CodeType | None


@functools.lru_cache(maxsize=1024)
def compiled(source: str, name: str) -> Compiled:
    """The code of a cell; it may await, as IPython lets it."""
    tree = ast.parse(source, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    return Compiled(compile(tree, name, "exec", flags, dont_inherit=True),
                    None if last is None else compile(ast.Expression(last.value), name, "eval", flags, dont_inherit=True))


class _Unheard(io.TextIOBase):
    """Where goes what a cell prints: nowhere, but not without end, as in a run."""

    def __init__(self, cell: str) -> None:
        self.cell, self.left = cell, SHOWN

    def write(self, text: str) -> int:
        """Count it."""
        self.left -= len(text)
        if self.left < 0:
            raise InputError("the cell prints more than a notebook may show", self.cell, f"{SHOWN // 10**6} MB at most", "more",
                             "show less, or look for a loop without end")
        return len(text)


def execute(cell: Compiled, namespace: dict[str, Any]) -> Any:
    """Run a cell; the value that it shows, None where it shows none. What it prints is nowhere seen.

    Raises:
        InputError: it prints more than the kernel of a run would let it.
    """
    value = None
    with contextlib.redirect_stdout(_Unheard(cell.body.co_filename)):
        for code in filter(None, cell):
            value = eval(code, namespace)
            if code.co_flags & inspect.CO_COROUTINE:
                value = asyncio.run(value)
    if value is not None:
        namespace["_"] = value
    return value


class _Shown:
    """What ``display`` gives where nobody looks: it takes every later change of what it shows."""

    def update(self, *_: Any, **__: Any) -> None:
        """Nothing is shown."""

    display = update


def names() -> dict[str, Any]:
    """The names that IPython adds to a notebook's own, for one that is run without it."""
    return {"__name__": "__main__", "display": lambda *_, **__: _Shown(), "get_ipython": lambda: None}


def evaluate(notebook: Path, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """Records of every claim that a notebook judges, under its default parameters or others. Raises as :func:`run`."""
    with undrawn():
        paper = run(notebook, parameters).get("paper")
    return [verdict.record | {"notebook": notebook.stem} for verdict in paper.own] if paper is not None else []


def all_records(root: Path | None = None, parameters: Mapping[str, Any] | None = None,
                names: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """Records by claim of the named notebooks (all that judge unless given), under the parameters that each takes."""
    records = {}
    for name in sorted(judging(root) if names is None else names):
        notebook = paths.notebooks(root) / f"{name}.ipynb"
        taken = {name for _, tags, source in code(notebook) if "parameters" in tags
                 for name in parameters_cell.names(source)}
        chosen = {name: value for name, value in (parameters or {}).items() if name in taken}
        records |= {record["id"]: record for record in evaluate(notebook, chosen)}
    return records
