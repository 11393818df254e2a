"""A plain folder of notebooks that tests may run, break and run again: three notebooks, parameters, data, real kernels."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from forkmill import project
from forkmill.__main__ import main, run
from forkmill.project import Project

PARAMETERS = """\
parameters:
  - name: sign
    type: integer
    default: 1
    minimum: -1
    maximum: 1
    meaning: the sign of every number
    notebooks: [01_first, 02_second]
  - name: vintage
    type: string
    default: first
    allowed: [first, latest]
    meaning: which published value counts
    notebooks: [02_second]
"""
COMPARED = "nbval-check-output"


def code(id: str, source: str, *tags: str) -> dict:
    """A code cell that was not run."""
    metadata = {"tags": list(tags)} if tags else {}
    return {"cell_type": "code", "id": id, "metadata": metadata, "source": source, "execution_count": None, "outputs": []}


def notebook(*cells: dict) -> dict:
    """A notebook of a heading and these cells."""
    title = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# A notebook"}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"nbformat": 4, "nbformat_minor": 5, "cells": [title, *cells], "metadata": kernel}


class Plain:
    """A folder with ``notebooks/``, with shorthands to read, break and run it."""

    def __init__(self, root: Path) -> None:
        self.root, self.build = root, root / "build"

    @property
    def project(self) -> Project:
        """As the engine sees it now."""
        return project.of(self.root)

    def path(self, name: str) -> Path:
        return self.root / "notebooks" / f"{name}.ipynb"

    def write(self, name: str, content: dict) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(json.dumps(content), encoding="utf-8")

    def read(self, name: str) -> dict:
        return json.loads(self.path(name).read_text(encoding="utf-8"))

    def cell(self, content: dict, id: str) -> dict:
        return next(cell for cell in content["cells"] if cell["id"] == id)

    def edit(self, name: str, id: str, /, **fields: object) -> None:
        content = self.read(name)
        self.cell(content, id).update(fields)
        self.write(name, content)

    def put(self, name: str, text: str) -> Path:
        """Write a file below the folder."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def shown(self, name: str) -> str:
        """What the cells of a built notebook printed."""
        content = json.loads((self.build / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        return "".join("".join(output["text"]) for cell in content["cells"] for output in cell.get("outputs", []))

    def built(self) -> dict[str, bytes]:
        """Bytes of every file of the build that has to be the same every time."""
        return {
            path.relative_to(self.build).as_posix(): path.read_bytes()
            for path in sorted(self.build.rglob("*"))
            if path.is_file() and path.relative_to(self.build).parts[0] not in (".cache", ".lock", "timings.json")
        }

    def bytes(self) -> dict[str, bytes]:
        """Bytes of the notebooks, and of what lies beside them."""
        return {path.name: path.read_bytes() for path in (self.root / "notebooks").iterdir() if path.is_file()}

    def store(self) -> None:
        """Lay the built notebooks in the place of those that were run."""
        for path in (self.build / "notebooks").iterdir():
            self.path(path.stem).write_bytes(path.read_bytes())

    def run(self, *arguments: object, **options: object) -> int:
        """Run what does not stand."""
        return run(self.project, *arguments, **options)  # type: ignore[arg-type]


def make(root: Path) -> Plain:
    """The first notebook reads data/a.txt and takes a sign, the second data/b.txt and takes two, the third takes nothing."""
    plain = Plain(root)
    plain.put("parameters.yaml", PARAMETERS)
    for name in ("a", "b", "unread"):
        plain.put(f"data/{name}.txt", f"{name}\n")
    reading = 'with open("../data/{}.txt", encoding="utf-8") as file:\n    text = file.read()'
    plain.write("01_first", notebook(
        code("parameters", "sign = 1  # the sign", "parameters"),
        code("setup", reading.format("a")),
        code("shown", "print(sign, text)", COMPARED),
    ))
    plain.write("02_second", notebook(
        code("parameters", 'sign = 1\nvintage = "first"', "parameters"),
        code("setup", reading.format("b")),
        code("shown", "print(sign, vintage, text)", COMPARED),
    ))
    plain.write("03_third", notebook(code("shown", "print(3)", COMPARED)))
    return plain


def here() -> Project:
    """The folder that a worker of a cluster has: it may be another one there."""
    return project.of(Path(os.environ["PLAIN_ROOT"]))


class Command:
    """Calls the commands on a folder; ``said`` and ``faults`` are what the last one wrote."""

    def __init__(self, plain: Plain, capfd: pytest.CaptureFixture[str]) -> None:
        self.plain, self.capfd = plain, capfd
        self.said = self.faults = ""

    def __call__(self, name: str, *options: str) -> int:
        self.capfd.readouterr()
        status = main([name, str(self.plain.root), *options])
        self.said, self.faults = self.capfd.readouterr()
        return status

    def ran(self, *options: str) -> list[str]:
        """Notebooks that a run executes."""
        self.status = self("run", *options)
        lines = [line.split() for line in self.said.splitlines() if line[:3] in ("01_", "02_", "03_")]
        return sorted(words[0] for words in lines if words[1:] != ["unchanged"])

    def why(self, *options: str) -> list[str]:
        """Notebooks that would run."""
        assert self("why", *options) == 0
        return [line.split(":")[0] for line in self.said.splitlines() if line.endswith(": would run")]
