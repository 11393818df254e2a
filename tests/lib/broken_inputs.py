"""What can be broken in an audit made of this one: each function gives a change of its folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

Change = Callable[[Path], object]
NOTEBOOK = "notebooks/02_development_status.ipynb"


def text(name: str, old: str, new: str) -> Change:
    """Replace a text once; the case is void if the file does not hold it."""

    def change(root: Path) -> None:
        before = (root / name).read_bytes().decode("utf-8")
        assert old in before
        (root / name).write_bytes(before.replace(old, new, 1).encode("utf-8"))

    return change


def lines(name: str, edit: Callable[[list[str]], list[str]]) -> Change:
    def change(root: Path) -> None:
        path = root / name
        path.write_bytes("".join(edit(path.read_text("utf-8").splitlines(keepends=True))).encode("utf-8"))

    return change


def field(name: str, column: str, edit: Callable[[str], str]) -> Change:
    """Edit one column of the first row of a CSV whose early columns hold no commas."""

    def change(rows: list[str]) -> list[str]:
        place = rows[0].rstrip("\n").split(",").index(column)
        cells = rows[1].split(",")
        cells[place] = edit(cells[place])
        return [rows[0], ",".join(cells), *rows[2:]]

    return lines(name, change)


def raw(name: str, edit: Callable[[bytes], bytes]) -> Change:
    return lambda root: (root / name).write_bytes(edit((root / name).read_bytes()))


def gone(name: str) -> Change:
    return lambda root: shutil.rmtree(root / name) if (root / name).is_dir() else (root / name).unlink()


def folder(name: str) -> Change:
    def change(root: Path) -> None:
        (root / name).unlink()
        (root / name).mkdir()

    return change


def loop(name: str) -> Change:
    def change(root: Path) -> None:
        (root / name).unlink()
        (root / name).symlink_to(root / name)

    return change


def cells(edit: Callable[[dict], object]) -> Change:
    """Edit the JSON of the second notebook."""

    def change(root: Path) -> None:
        content = json.loads((root / NOTEBOOK).read_text("utf-8"))
        edit(content)
        (root / NOTEBOOK).write_text(json.dumps(content), "utf-8")

    return change


def code(content: dict) -> list[dict]:
    return [cell for cell in content["cells"] if cell["cell_type"] == "code"]


def without_parameters(content: dict) -> None:
    content["cells"].remove(code(content)[0])


def parameter(old: str, new: str) -> Change:
    def edit(content: dict) -> None:
        cell = code(content)[0]
        source = "".join(cell["source"])
        assert old in source
        cell["source"] = source.replace(old, new)

    return cells(edit)


def checked(edit: Callable[[dict], object]) -> Change:
    """Edit the first cell that judges a claim."""
    return cells(lambda content: edit(next(c for c in code(content) if "paper.check(" in "".join(c["source"]))))


def outputs_away(content: dict) -> None:
    for cell in code(content):
        cell.update(outputs=[], execution_count=None)


def swapped(content: dict) -> None:
    first, second = code(content)[2:4]
    first["execution_count"], second["execution_count"] = second["execution_count"], first["execution_count"]
