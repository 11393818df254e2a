"""Every parser as a function of text, with what it promises: a value that is the text's own, or one clear error.

Each target takes a text and returns nothing; whatever it raises is a fault of the parser.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from asprinted.audit import collect, notebook_rules
from asprinted.numbers import printed
from asprinted.numbers.written.spelling import spelled
from asprinted.official import excerpt, tables
from asprinted.paper import form
from asprinted.paper.register import Claim
from asprinted.verdicts.record import COLUMNS, FIELDS, VERDICT_MIME, as_csv, as_json, record_fault
from forkmill import reading
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks import ipynb, parameter_declaration, parameter_values

ROOT = Path(__file__).resolve().parents[2]
DECLARED = parameter_declaration.load(ROOT / "data/paper/parameters.yaml")
LOCATORS = {row["where"] for row in reading.table(ROOT / "data/paper/locators.csv", "locators.csv")[0]}
PLACE = Path("notebooks/fuzzed.ipynb")


def printed_number(text: str) -> None:
    """A number is what its digits say, to the last printed place, or it is none."""
    try:
        found = printed.parse(text)
    except ValueError:
        return
    for character in text.strip():
        form = unicodedata.decomposition(character).partition(" ")[0]  # another form of the same digit, not a raised one
        assert character.isascii() or not character.isdigit() or form in ("<wide>", "<font>", "<narrow>", "<super>"), text
    if not found.digits:
        return
    assert Fraction(found.digits) == abs(found.value) or "e" in text.lower() or "10" in spelled(text)[0], text
    shortened = printed.shorten(Fraction(found.digits), Fraction(1, 10 ** len(found.digits.partition(".")[2])))
    assert Fraction(shortened) == Fraction(found.digits), text
    assert len(shortened.partition(".")[2]) == len(found.digits.partition(".")[2]), text


def running_text(text: str) -> None:
    """Numbers in running text: plain digits that stand in it, and a power of ten."""
    for digits, power in excerpt.numbers(text):
        assert re.fullmatch(r"\d+(\.\d+)?", digits), text
        assert -999 <= power <= 1016
    excerpt.digits_in({"digits": text[:12], "scale": "one", "evidence": text})


def table(text: str) -> None:
    """A CSV: the cells that a plain reader sees, or a fault."""
    rows, faults = reading.numbered(_file(text.encode("utf-8", "surrogatepass")), "table.csv")
    for fault in faults:
        assert isinstance(fault, InputError)
    if not faults:
        header, *seen = csv.reader(io.StringIO(text, newline=""))
        assert [(number, list(row), list(row.values())) for number, row in rows] == [
            (number, header, line) for number, line in enumerate(seen, 2)], text


def _file(content: bytes) -> Path:
    """What a parser asks of a file, without one."""
    size = SimpleNamespace(st_size=len(content))
    return cast("Path", SimpleNamespace(is_dir=lambda: False, stat=lambda: size, read_bytes=lambda: content))


def official(text: str) -> None:
    """Rows of an official table, as far as their own rules go."""
    rule = tables.schema("mobile", ROOT)
    cells = (text.split(",") + [""] * 13)[:13]
    row = dict(zip(rule["required"], cells, strict=True))
    for fault in tables._check_rows([("table.csv, line 2", row)], rule, {row["source"]: {}}, {}):
        assert isinstance(fault, InputError)


def claim_file(text: str) -> None:
    """A file of claims: every entry in form, or a fault for it."""
    try:
        entries = reading.parse(text, "claims.yaml")
    except InputError:
        return
    if not isinstance(entries, list):
        return
    placed = [(f"claims.yaml, entry {place}", entry) for place, entry in enumerate(entries, 1)]
    if not form._check_claims(placed, LOCATORS):
        for entry in entries:
            Claim(**entry)
            json.dumps(entry)


def assignments(text: str) -> None:
    """The parameters of a command line: of the declared type and within the declared limits, or an error."""
    try:
        chosen = parameter_values.values(DECLARED, text)
    except InputErrors as error:
        # pytest.raises would ask for an error, and here a text may also be good
        assert error.errors  # noqa: PT017
        return
    for name, value in chosen.items():
        assert DECLARED[name].fault(value) is None


def parameter_file(text: str) -> None:
    """YAML in general: plain data, or an error."""
    try:
        reading.parse(text, "parameters.yaml")
    except InputError:
        return


def notebook(text: str) -> None:
    """A notebook: its normal form says the same and is its own normal form, or an error."""
    try:
        read = ipynb.parse(text, PLACE)
    except InputError:
        return
    for fault in notebook_rules.source_errors(read) + notebook_rules.record_errors(read):
        assert isinstance(fault, InputError)
    written = ipynb.dump(ipynb.normalise(read.content))
    again = ipynb.parse(written, PLACE)
    assert ipynb.dump(ipynb.normalise(again.content)) == written
    assert [cell.source for cell in again.cells] == [cell.source for cell in read.cells]
    collect.collect([read], ["growth-2019q1"])


def record(text: str) -> None:
    """A stored verdict: written to JSON and CSV as it is, or a fault."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    if record_fault(found) is None:
        kept = {found["id"]: {name: found[name] for name in COLUMNS if name in found}}
        assert json.loads(as_json(kept, {}, True))["claims"][0]["stated"] == found["stated"]
        rows = list(csv.reader(io.StringIO(as_csv(kept), newline="")))
        assert len(rows) == 2, text
        assert not [cell for cell in rows[1] if cell[:1] in "=@\t\r" and cell], text


def _record() -> str:
    examples: dict[str, Any] = {field.name: field.example for field in FIELDS}
    lists = {name: ["one", "two"] for name in ("only_by", "with", "wanted", "sources", "turns")}
    return json.dumps(examples | lists | {"faithful": {"status": "as cited", "reference": 1, "prints": "8.4"}}, ensure_ascii=False)


def _notebook() -> str:
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": ["a"], VERDICT_MIME: json.loads(_record())}}
    cells = [{"cell_type": "markdown", "id": "t", "metadata": {}, "source": ["# a\n", "b"]},
             {"cell_type": "code", "id": "p", "metadata": {"tags": ["parameters"]}, "source": "a = 1", "execution_count": 1, "outputs": []},
             {"cell_type": "code", "id": "c", "metadata": {"tags": ["nbval-check-output"]}, "execution_count": 2,
              "source": 'paper.check("a", 1)',
              "outputs": [output, {"output_type": "stream", "name": "stdout", "text": "x\n"}]}]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "python3"}}, "cells": cells})


def _first(path: str, count: int) -> str:
    return "\n".join((ROOT / path).read_text(encoding="utf-8").splitlines()[:count]) + "\n"


TARGETS: dict[str, tuple[Callable[[str], None], list[str]]] = {
    "printed numbers": (printed_number, ["8.4", "720,000", "ten", "790", "-6.5", "８．４", "22143.6", "0.0", "1,000.50"]),
    "numbers in evidence": (running_text, ["经费22143.6亿元, 2,214.36 billion yuan, 13万个", "four clusters; (亿元) 901.3", "下降8.4%"]),
    "tables": (table, [_first("data/official/mobile.csv", 3)]),
    "rows of a table": (official, [_first("data/official/mobile.csv", 2).splitlines()[1]]),
    "claims": (claim_file, [_first("data/paper/claims/2_development_status.yaml", 11)]),
    "parameters of the command line": (assignments, ["vintage=latest rounding='half even'", "recent_years=3", "a=b"]),
    "parameter files": (parameter_file, ["recent_years: 3\nvintage: latest\n", "{a: &a [1, 2], b: *a}", "a: 2026-01-31\n"]),
    "notebooks": (notebook, [_notebook()]),
    "verdict records": (record, [_record()]),
}
# Out of a million inputs, how many go to a target: those that are slow get fewer.
SHARES = {"printed numbers": 30, "numbers in evidence": 20, "tables": 12, "parameters of the command line": 12,
          "parameter files": 10, "verdict records": 10, "notebooks": 3, "claims": 2, "rows of a table": 1}
