"""Notebooks as plain JSON: reading them strictly, and one normal form.

Nothing here imports nbformat: reading seven files must not cost more than the files.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forkmill import project_files, reading
from forkmill.errors import InputError

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
PYTHON = "python"
INJECTED = "injected-parameters"
SKIPPED = "skip-execution"  # the tag by which nbclient leaves a cell out
_MERGE_MARK = re.compile(r"^[<>]{7} ", re.MULTILINE)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
# What tools write into metadata on every run or every click; none of it is content.
VOLATILE_NOTEBOOK = ("papermill", "widgets", "signature", "vscode", "toc-autonumbering")
VOLATILE_CELL = ("papermill", "execution", "ExecuteTime", "collapsed", "scrolled", "trusted", "vscode", "pycharm")


@dataclass(frozen=True)
class Cell:
    """One cell: ``number`` is its place among the code cells from 1, as JupyterLab shows it (0 if not code)."""

    notebook: str
    number: int
    kind: str
    id: str
    source: str
    tags: tuple[str, ...]
    count: int | None
    outputs: tuple[dict[str, Any], ...]
    metadata: dict[str, Any]

    @property
    def runs(self) -> bool:
        """Whether a run executes it, as nbclient has it: code that is not empty and not to be skipped."""
        return self.kind == "code" and bool(self.source.strip()) and SKIPPED not in self.tags

    @property
    def label(self) -> str:
        """How a message names this cell: ``02_growth.ipynb, cell [3] (id gap)``."""
        place = f"cell [{self.number}]" if self.number else f"{self.kind} cell"
        return f"{self.notebook}.ipynb, {place} (id {self.id})"

    def bundles(self, mime: str) -> list[dict[str, Any]]:
        """Output bundles that carry ``mime``."""
        return [output["data"] for output in self.outputs if mime in (output.get("data") or {})]


@dataclass(frozen=True)
class Notebook:
    """A notebook file as read: its stem, its path, its JSON and its cells in order."""

    name: str
    path: Path
    content: dict[str, Any]
    cells: tuple[Cell, ...]

    @property
    def code(self) -> tuple[Cell, ...]:
        """The code cells, in order."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    @functools.cached_property
    def source_hash(self) -> str:
        """SHA-256 of all that a person writes in it: every cell's text, kind, id and tags, no outputs."""
        bare = normalise(without_outputs(self.content))
        for cell in bare["cells"]:
            if cell["cell_type"] == "code":
                del cell["outputs"], cell["execution_count"]
        return hashlib.sha256(dump(bare).encode("utf-8")).hexdigest()


def paths(folder: Path) -> list[Path]:
    """Notebook files of a folder, by name; hidden files and folders of editors are not notebooks."""
    return project_files.find(folder, ".ipynb")


def read(path: Path, *, upgrade: bool = False) -> Notebook:
    """Read one notebook; with ``upgrade`` as :func:`upgraded`.

    Raises:
        InputError: not readable, not UTF-8, merge-conflict marks, not JSON, not notebook format 4.5 or a later 4.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("the notebook is not UTF-8", where, "a notebook saved by JupyterLab", f"byte {error.start} is not UTF-8",
                         "save it again from JupyterLab") from error
    except OSError as error:
        raise InputError("the notebook cannot be read", where, "a readable file", error.strerror or str(error),
                         "see its name and its permissions") from error
    return parse(text, path, upgrade=upgrade)


def parse(text: str, path: Path, *, upgrade: bool = False) -> Notebook:
    """The notebook that ``text`` holds; ``path`` names it in errors. Raises as :func:`read`."""
    where = f"{path.parent.name}/{path.name}"
    if _MERGE_MARK.search(text):
        raise InputError("the notebook has merge-conflict marks", where, "one version", "marks of two versions",
                         "choose one version whole (git checkout --ours or --theirs), then run it again")
    try:
        content = json.loads(text, object_pairs_hook=reading.unique)
        content = upgraded(content) if upgrade else content
        if _SURROGATE.search(text):
            dump(content).encode("utf-8")  # half a character, which no file can hold
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        raise InputError("the notebook is not JSON", where, "a notebook saved by JupyterLab", str(error),
                         "restore the file from git") from error
    older = isinstance(content, dict) and isinstance(content.get("worksheets"), list)  # of formats 1 to 3, which hold the cells
    if not older and (not isinstance(content, dict) or not isinstance(content.get("cells"), list)):
        raise InputError("the file is JSON but not a notebook", where, "an object with a list of cells", type(content).__name__,
                         "restore the file from git")
    version = (content.get("nbformat"), content.get("nbformat_minor"))
    if older or version[0] != 4 or not isinstance(version[1], int) or version[1] < 5:
        do = "open it in JupyterLab and save it"
        if version[0] == 4 and not older:
            do = "python -m forkmill tidy with its folder gives its cells ids"
        raise InputError("the notebook is of another format", where, "notebook format 4.5 or a later 4", f"{version[0]}.{version[1]}", do)
    return of(content, path)


def upgraded(content: Any) -> Any:
    """A notebook of format 4.0 to 4.4 as one of 4.5, in which every cell has an id; anything else as it is.

    Source: the changes that nbformat's documentation lists for 4.1 to 4.5; only the ids have to be there.
    """
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list) or content.get("nbformat") != 4 or content.get("nbformat_minor") not in range(5):
        return content
    named = [{"id": f"cell-{place:02}", **cell} if isinstance(cell, dict) else cell for place, cell in enumerate(cells, 1)]
    return {**content, "nbformat_minor": 5, "cells": named}


def of(content: dict[str, Any], path: Path) -> Notebook:
    """The notebook whose JSON is ``content``, which is, or was, the file at ``path``. Raises as :func:`read` for a cell."""
    where = f"{path.parent.name}/{path.name}"
    return Notebook(path.stem, path, content, tuple(_cells(path.stem, content["cells"], where)))


def _cells(name: str, raw: list[Any], where: str) -> Iterator[Cell]:
    number = 0
    for place, cell in enumerate(raw, 1):
        at = f"{where}, cell {place} of {len(raw)}"
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            raise InputError("this is not a cell", at, "a code or Markdown cell", str(cell)[:60], "restore it from git")
        metadata, outputs, count = cell.get("metadata", {}), cell.get("outputs", []), cell.get("execution_count")
        tags = metadata.get("tags", []) if isinstance(metadata, dict) else None
        fields = {
            "metadata.tags": (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags), tags, "a list of texts"),
            "id": (isinstance(cell.get("id"), str), cell.get("id"), "a text"),
            "outputs": (isinstance(outputs, list) and all(map(_is_output, outputs)), outputs, "a list of outputs"),
            "execution_count": (count is None or type(count) is int, count, "a whole number or null"),
            "source": (is_text(cell.get("source")), cell.get("source"), "a text or a list of lines"),
        }
        for field, (sound, value, expected) in fields.items():
            if not sound:
                found = "none" if value is None else json.dumps(value, ensure_ascii=False)[:60]
                raise InputError(f"the cell's {field} is of the wrong kind", at, expected, found, "mend it there, or restore it from git")
        number += cell["cell_type"] == "code"
        yield Cell(name, number if cell["cell_type"] == "code" else 0, cell["cell_type"], cell["id"], text_of(cell["source"]), tuple(tags),
                   count, tuple(outputs), metadata)


def _is_output(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("data", {}), dict)


def is_text(value: Any) -> bool:
    """Whether a value is a text as a notebook stores it: in one piece, or as lines."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value))


def text_of(value: str | list[str]) -> str:
    """Text that a notebook stores whole or as a list of lines."""
    return value if isinstance(value, str) else "".join(value)


def normalise(content: dict[str, Any]) -> dict[str, Any]:
    """The normal form: what the run computed, nothing of when, where and by which tool. ``content`` stays as it is.

    Outputs and execution counts stay. Metadata of papermill, times and widgets go; Python is named, not versioned;
    an injected cell has a fixed id; neighbouring pieces of one stream are one; text is a list of lines.
    """
    metadata = {key: value for key, value in content.get("metadata", {}).items() if key not in VOLATILE_NOTEBOOK}
    if language(content) in ("", PYTHON):
        metadata |= {"kernelspec": dict(KERNEL), "language_info": {"name": PYTHON}}
    return {**content, "metadata": metadata, "cells": [_normal_cell(cell) for cell in content["cells"]]}


def language(content: dict[str, Any]) -> str:
    """The language that a notebook is written in, as far as it says one; else the name of its kernel, or nothing.

    >>> language({"metadata": {"kernelspec": {"name": "ir", "language": "R"}}})
    'r'
    """
    metadata = content.get("metadata")
    spec, info = (found if isinstance(found, dict) else {} for found in (
        metadata.get(key) if isinstance(metadata, dict) else None for key in ("kernelspec", "language_info")))
    name = str(spec.get("name") or "")
    return str(spec.get("language") or info.get("name") or (PYTHON if name.startswith(PYTHON) else name)).lower()


def without_outputs(content: dict[str, Any]) -> dict[str, Any]:
    """A notebook as if none of its cells had been run."""
    cleared = {"outputs": [], "execution_count": None}
    return {**content, "cells": [{**cell, **cleared} if cell["cell_type"] == "code" else cell for cell in content["cells"]]}


def _normal_cell(cell: dict[str, Any]) -> dict[str, Any]:
    cell = dict(cell)
    cell["metadata"] = {key: value for key, value in cell.get("metadata", {}).items() if key not in VOLATILE_CELL}
    cell["source"] = text_of(cell["source"]).splitlines(keepends=True)
    if cell["cell_type"] == "code":
        cell.setdefault("execution_count", None)
        cell["outputs"] = normal_outputs(cell.get("outputs", []))
    if INJECTED in cell["metadata"].get("tags", []):
        cell["id"] = INJECTED
    if cell["metadata"].get("tags") == []:  # papermill writes an empty list into every cell without tags
        del cell["metadata"]["tags"]
    return cell


def normal_outputs(outputs: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outputs of a cell in the normal form."""
    return [_normal_output(output) for output in _joined_streams(outputs)]


def _joined_streams(outputs: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    # The kernel flushes a stream by the clock, so the number of pieces means nothing.
    joined: list[dict[str, Any]] = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output.get("output_type") == "stream" == last.get("output_type") and output["name"] == last["name"]:
            joined[-1] = {**last, "text": text_of(last["text"]) + text_of(output["text"])}
        else:
            joined.append(output)
    return joined


def _normal_output(output: dict[str, Any]) -> dict[str, Any]:
    output = dict(output)
    if "text" in output:
        output["text"] = text_of(output["text"]).splitlines(keepends=True)
    if "data" in output:
        output["data"] = {
            mime: value if mime.endswith("json") or not is_text(value) else text_of(value).splitlines(keepends=True)
            for mime, value in output["data"].items()
        }
    return output


def dump(content: dict[str, Any]) -> str:
    """The text of a notebook in the form that JupyterLab saves: sorted keys, one space, a final newline."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
