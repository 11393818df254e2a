"""Defects of what is written down of the paper: claims, inventory, points of figures, parameters."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.numbers import printed
from asprinted.paper.files import read_yaml
from mutants import text
from mutants.defect import Defect, Files

UNITS = {"percent": "percentage points", "percentage points": "percent", "persons": "person-years",
         "person-years": "persons", "yuan": "dollars"}
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "one hundred")


class Statements:
    """The files of data/paper, with every place in them where a defect can be planted."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, paths.paper(root)
        self.texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
                      for path in sorted(self.folder.rglob("*")) if path.suffix in (".yaml", ".csv")}
        self.claims = {entry["id"]: (name, entry) for name in self.texts if "/claims/" in name
                       for entry in read_yaml(root / name)}

    def candidates(self) -> Iterator[Defect]:
        """Every defect of the statements that can be planted."""
        for id, (name, entry) in self.claims.items():
            for family, field, value in _changes(entry):
                yield self._entry(family, name, id, field, value, f"{field} {entry.get(field, '')} -> {value}")
            yield self._entry("deleted claim or check", name, id, "", None, "the claim is deleted")
        yield from self._inventory()
        yield from self._points()
        yield from self._parameters()

    def _entry(self, family: str, name: str, id: str, field: str, value: str | None, what: str) -> Defect:
        quoted = f'"{value}"' if field == "stated" else value
        return Defect(family, f"{name}, {id}", what, lambda: {name: text.with_field(self.texts[name], id, field, quoted)})

    def _inventory(self) -> Iterator[Defect]:
        name = next(name for name in self.texts if name.endswith("inventory.csv"))
        rows = text.table(self.texts[name])
        for place, row in enumerate(rows):
            if not row["claim"]:
                continue
            for other in misprints(row["text"]):
                yield self._row("digit of a stated number", name, place, f"{row['where']} number {row['n']}",
                                f"{row['text']} -> {other}", text=other)
            rest = rows[:place] + rows[place + 1 :]
            yield Defect("deleted claim or check", f"{name}, {row['where']} number {row['n']}", "the row is deleted",
                         lambda rest=rest: {name: text.as_csv(rest)})

    def _row(self, family: str, name: str, row: int, at: str, what: str, /, **fields: str) -> Defect:
        return Defect(family, f"{name}, {at}", what, lambda: {name: text.with_row(self.texts[name], row, fields)})

    def _points(self) -> Iterator[Defect]:
        """Each cell of a table of points replaced by another value of its column."""
        for name, content in self.texts.items():
            rows = text.table(content) if name.endswith(".csv") else []
            if not rows or "period" not in rows[0] or "claim" not in rows[0]:
                continue
            for column in set(rows[0]) - {"figure"}:
                values = sorted({row[column] for row in rows})
                for place, row in enumerate(rows):
                    for value in values:
                        if value != row[column]:
                            yield self._row("point moved in a figure's data", name, place, f"row {place + 2}",
                                            f"{column} {row[column]} -> {value}", **{column: value})

    def _parameters(self) -> Iterator[Defect]:
        name = next(name for name in self.texts if name.endswith("parameters.yaml"))
        for entry in read_yaml(self.root / name)["parameters"]:
            for value in _alternatives(entry):
                declared: Files = {name: _declared(self.texts[name], entry["name"], value)}
                what = f"{entry['name']}: {entry['default']} -> {value}"
                cells = {f"notebooks/{stem}.ipynb": value for stem in entry["notebooks"]}
                yield Defect("changed parameter default", name, what, lambda declared=declared: declared)
                yield Defect("changed parameter default", "everywhere", what, lambda declared=declared, cells=cells, entry=entry:
                             declared | {path: self._cell(path, entry["name"], value) for path, value in cells.items()})
                for path in cells:
                    yield Defect("changed parameter default", path, what, lambda path=path, entry=entry, value=value:
                                 {path: self._cell(path, entry["name"], value)})

    def _cell(self, path: str, parameter: str, value: Any) -> str:
        content = (self.root / path).read_text(encoding="utf-8")
        cell = next(one for one in json.loads(content)["cells"] if "parameters" in one["metadata"].get("tags", []))
        source = "".join(cell["source"])
        node = next(line.value for line in ast.parse(source).body if isinstance(line, ast.Assign)
                    and ast.unparse(line.targets[0]) == parameter)
        literal = f'"{value}"' if isinstance(value, str) else repr(value)
        return text.with_source(content, cell["id"], text.replaced(source, node, literal))


def misprints(stated: str) -> list[str]:
    """Other numbers in place of a stated one: one digit changed, or another number word."""
    if stated.lower() in WORDS:
        return [word for word in WORDS if word != stated.lower()]
    return printed.misprints(stated)


def _changes(entry: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if entry["kind"] not in ("number", "count"):
        return
    for other in misprints(entry["stated"]):
        yield "digit of a stated number", "stated", other
    for scale in printed.SCALES:
        if (scale != entry.get("scale", "one") and "yuan" in entry["unit"]) or entry.get("scale") not in (None, scale):
            yield "unit or scale", "scale", scale
    for unit, other in UNITS.items():
        if entry["unit"] == unit:
            yield "unit or scale", "unit", other
    for qualifier in printed.QUALIFIERS:
        if qualifier != entry.get("qualifier", "exact"):
            yield "qualifier", "qualifier", qualifier


def _alternatives(entry: dict[str, Any]) -> list[Any]:
    listed = entry.get("allowed") or range(entry.get("minimum", 0), entry.get("maximum", 0) + 1)
    return [value for value in listed if value != entry["default"]]


def _declared(content: str, name: str, value: Any) -> str:
    return re.sub(rf"(- name: {name}\n(?:    (?!default:).*\n)*    default: ).*", lambda found: f"{found[1]}{value}", content, count=1)
