"""Defects of the notebooks: look-ups of something else, changed formulas, copied constants, stale outputs."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.charts.figure_files import FIGURE_MIME
from asprinted.notebook.side_by_side import METHOD, VERDICTS_MIME, records_of
from asprinted.numbers import printed
from asprinted.paper.attribution import FAITHFUL
from asprinted.verdicts.record import VERDICT_MIME
from asprinted.verdicts.vocabulary import VERDICTS
from mutants import plant_code, text
from mutants.defect import Defect, Files
from mutants.plant_tables import Tables, bare, neighbours, other_bases

LOOKUPS = ("find", "series", "wide", "figures")
CHECK_OPTIONS = ("vintages", "conventions", "instead", "given", "note")


class Notebooks:
    """The committed notebooks, with every place in them where a defect can be planted."""

    def __init__(self, root: Path) -> None:
        self.texts = {f"notebooks/{path.name}": path.read_text(encoding="utf-8")
                      for path in sorted(paths.notebooks(root).glob("*.ipynb"))}
        self.tables = Tables(root)

    def candidates(self) -> Iterator[Defect]:
        """Every defect of the notebooks that can be planted."""
        indicators, periods = self.tables.indicators(), self.tables.values("period")
        for path, content in self.texts.items():
            for cell in json.loads(content)["cells"]:
                source = "".join(cell["source"])
                if cell["cell_type"] != "code" or "parameters" in cell["metadata"].get("tags", []):
                    continue
                where = f"{path}, cell {cell['id']}"
                for family, what, new in _lookups(source, indicators, periods):
                    yield self._source(family, where, what, path, cell["id"], new)
                judged = {record["id"]: record for output in cell["outputs"] for record in records_of(output.get("data", {}))}
                for what, new in _constants(source, judged):
                    yield self._source("constant in place of a computation", where, what, path, cell["id"], new)
                family = "point moved in a figure's data" if _has(cell, FIGURE_MIME) else "changed formula in a notebook"
                for what, new in plant_code.mutants(source):
                    if "import" not in source:
                        yield self._source(family, where, what, path, cell["id"], new)
                if judged:
                    yield self._source("deleted claim or check", where, "the check is deleted", path, cell["id"], None)
                for claim, new in _without_one(source):
                    yield self._source("deleted claim or check", f"{path}, {claim}", "the check is deleted", path, cell["id"], new)
                yield from self._stale(path, cell, where)

    def _source(self, family: str, where: str, what: str, path: str, cell: str, new: str | None) -> Defect:
        return Defect(family, where, what, lambda: {path: text.with_source(self.texts[path], cell, new)})

    def _stale(self, path: str, cell: dict[str, Any], where: str) -> Iterator[Defect]:
        """A stored output that says something else than its cell computes."""
        if "nbval-check-output" not in cell["metadata"].get("tags", []):
            return
        data = next((one["data"] for one in cell["outputs"] if "data" in one), {})
        for family, mime in (("stale stored output", VERDICT_MIME), ("point moved in a figure's data", FIGURE_MIME)):
            for what, value in _other_values(data.get(mime)):
                yield self._output(family, where, what, path, cell["id"], mime, value)
        several = data.get(VERDICTS_MIME, [])
        for place, record in enumerate(several):
            for what, value in _other_values(record):
                others = [*several[:place], value, *several[place + 1 :]]
                yield self._output("stale stored output", f"{path}, {record['id']}", what, path, cell["id"], VERDICTS_MIME, others)
        said = "".join(data.get("text/plain", []))
        for place in [found.start() for found in re.finditer(r"\d", said)]:
            other = str((int(said[place]) + 1) % 10)
            yield self._output("stale stored output", where, f"text, character {place}: {said[place]} -> {other}", path,
                               cell["id"], "text/plain", (said[:place] + other + said[place + 1 :]).splitlines(keepends=True))

    def _output(self, family: str, where: str, what: str, path: str, cell: str, mime: str, value: Any) -> Defect:
        def plant() -> Files:
            content = json.loads(self.texts[path])
            outputs = next(one for one in content["cells"] if one["id"] == cell)["outputs"]
            next(one["data"] for one in outputs if "data" in one)[mime] = value
            return {path: text.dumped(content)}

        return Defect(family, where, what, plant)


def _has(cell: dict[str, Any], mime: str) -> bool:
    return any(mime in output.get("data", {}) for output in cell["outputs"])


def _without_one(source: str) -> Iterator[tuple[str, str]]:
    """Of a table of several claims: each claim, and the code without its check."""
    for call in _calls(source, (METHOD,)):
        for one in call.args:
            if isinstance(one, ast.Call) and isinstance(one.args[0], ast.Constant):
                left = [ast.unparse(other) for other in call.args if other is not one]
                yield str(one.args[0].value), text.replaced(source, call, f"{ast.unparse(call.func)}({', '.join(left)})")


def _lookups(source: str, indicators: dict[str, list[str]], periods: set[str]) -> Iterator[tuple[str, str, str]]:
    """Look-ups of another period, basis, indicator or vintage: class, what is planted, new source."""
    bases = ("cumulative", "quarter")
    for node in text.literals(source, [*indicators, *periods, *bases, "first", "latest"]):
        old = str(node.value)
        others = [("wrong row of the right table", other) for other in indicators.get(old, [])]
        others += [("nominal for real", other) for other in indicators if other != old and bare(other) == bare(old)]
        others += [("wrong year or quarter", other) for other in (neighbours(old) if old in periods else [])]
        others += [("cumulative for single quarter", other)
                   for other in (other_bases(old, "2019Q1") if old in bases else [])]
        others += [("wrong vintage", "latest" if old == "first" else "first")] if old in ("first", "latest") else []
        for family, other in others:
            yield family, f"{old} -> {other} (line {node.lineno})", text.replaced(source, node, f'"{other}"')
    for call in _calls(source, LOOKUPS):
        if not any(keyword.arg == "vintage" for keyword in call.keywords):
            new = f"{ast.get_source_segment(source, call)[:-1]}, vintage=\"flash\")"  # type: ignore[index]
            yield "wrong vintage", f"first -> flash (line {call.lineno})", text.replaced(source, call, new)
    for call in _calls(source, ("Paper",)):
        for keyword in call.keywords:
            if keyword.arg == "rounding":
                for other in ("half even", "truncate"):
                    yield "rounding convention", f"the parameter -> {other}", text.replaced(source, keyword.value, f'"{other}"')


def _calls(source: str, names: tuple[str, ...]) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)
            and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) in names]


def _constants(source: str, judged: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The value of a check, or of one of its readings, as a constant in place of the expression that computes it."""
    for call in _calls(source, ("check",)) if judged else []:
        record = judged[call.args[0].value]  # type: ignore[attr-defined]
        computed = {r["name"].replace(" ", "_"): r["computed"] for r in record["readings"]}
        values = [(call.args[1], record["computed"])] if len(call.args) > 1 else []
        values += [(keyword.value, computed.get(keyword.arg)) for keyword in call.keywords
                   if keyword.arg and keyword.arg not in CHECK_OPTIONS]
        for node, bounds in values:
            if record["kind"] not in ("number", "count"):
                constant = "truth.less(quantity.number(1), quantity.number(2))"
            elif bounds and None not in bounds.values():
                constant = _number(bounds["low"] if bounds["low"] == bounds["high"] else record["stated"] or bounds["low"])
            else:
                continue
            yield f"{' '.join(ast.unparse(node).split())} -> {constant}", text.replaced(source, node, constant)


def _number(digits: str) -> str:
    """The code for a printed number.

    >>> _number("4.50"), _number("ten"), _number("240,000")
    ('quantity.number(9) / 2', 'quantity.number(10)', 'quantity.number(240000)')
    """
    value = printed.parse(digits).value
    return f"quantity.number({value.numerator})" + (f" / {value.denominator}" if value.denominator != 1 else "")


def _other_values(stored: Any) -> Iterator[tuple[str, Any]]:
    """A stored verdict, or the data of a figure, with one thing in it changed."""
    if not isinstance(stored, dict):
        return
    if "verdict" in stored:
        for verdict in VERDICTS:
            if verdict != stored["verdict"]:
                yield f"verdict {stored['verdict']} -> {verdict}", stored | {"verdict": verdict}
        yield f"could_fail {stored['could_fail']} -> {not stored['could_fail']}", stored | {"could_fail": not stored["could_fail"]}
        for status in FAITHFUL if stored["faithful"] else ():
            if status != stored["faithful"]["status"]:
                yield (f"faithful {stored['faithful']['status']} -> {status}",
                       stored | {"faithful": stored["faithful"] | {"status": status}})
        for field in ("corrected", "margin", "vintage", "evidence"):
            if stored.get(field):
                yield f"{field} {stored[field]} -> nothing", stored | {field: None}
        return
    for number, row in enumerate(stored.get("rows", [])):
        for place, value in enumerate(row):
            if isinstance(value, float | int) and not isinstance(value, bool):
                changed = [list(one) for one in stored["rows"]]
                changed[number][place] = round(value * 1.1 + 0.1, 6)
                yield f"row {number + 1}: {value} -> {changed[number][place]}", stored | {"rows": changed}
