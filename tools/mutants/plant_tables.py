"""Defects of the official tables: digits, scales, units, periods, bases, vintages, rows taken for one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from asprinted.numbers import printed
from asprinted.official import tables
from mutants import text
from mutants.defect import Defect, Files

BOUNDS = ("more than", "less than", "about", "at least", "")
INFLATION = ("0.7", "1.9", "3.4")


class Tables:
    """The official tables that hold figures, with every place in them where a defect can be planted."""

    def __init__(self, root: Path) -> None:
        self.texts, self.rows, self.schemas = {}, {}, {}
        for name in tables.names(root):
            schema = tables.schema(name, root)
            if "digits" in schema["properties"]:
                self.texts[name] = (root / f"data/official/{name}.csv").read_text(encoding="utf-8")
                self.rows[name] = text.table(self.texts[name])
                self.schemas[name] = schema

    def indicators(self) -> dict[str, list[str]]:
        """Every indicator with the others of its table that have its unit: rows that one could be taken for."""
        found: dict[str, list[str]] = {}
        for schema in self.schemas.values():
            units = {entry["const"]: entry["unit"] for entry in schema["properties"]["indicator"]["oneOf"]}
            for name, unit in units.items():
                found.setdefault(name, []).extend(other for other in units if other != name and units[other] == unit)
        return found

    def values(self, column: str) -> set[str]:
        """Every value of a column, in all tables."""
        return {row[column] for rows in self.rows.values() for row in rows}

    def candidates(self) -> Iterator[Defect]:
        """Every defect of a row that can be planted."""
        for name, rows in self.rows.items():
            for place, row in enumerate(rows):
                for family, fields in self._changes(name, row):
                    what = ", ".join(f"{column} {row[column]} -> {value}" for column, value in fields.items()
                                     if column != "evidence" and row[column] != value)
                    yield Defect(family, f"data/official/{name}.csv, {row['row']}", what,
                                 lambda name=name, place=place, fields=fields: self._plant(name, place, fields), (row["row"],))

    def _plant(self, name: str, place: int, fields: dict[str, str]) -> Files:
        return {f"data/official/{name}.csv": text.with_row(self.texts[name], place, fields)}

    def _changes(self, name: str, row: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
        sign = "-" if row["digits"].startswith("-") else ""
        for other in printed.misprints(row["digits"].lstrip("-")):
            yield "digit of an official value", {"digits": sign + other}
            evidence = reworded(row["evidence"], row["digits"].lstrip("-"), other)
            if evidence:
                yield "digit of an official value and of its excerpt", {"digits": sign + other, "evidence": evidence}
        for scale in printed.SCALES:
            if scale != row["scale"]:
                yield "unit or scale", {"scale": scale}
        if row["unit"] in ("percent", "percentage points"):
            yield "unit or scale", {"unit": "percent" if row["unit"] != "percent" else "percentage points"}
        for period in neighbours(row["period"]):
            yield "wrong year or quarter", {"period": period}
        for basis in other_bases(row["basis"], row["period"]):
            yield "cumulative for single quarter", {"basis": basis}
        for vintage in ("first", "flash", "revised"):
            if vintage != row["vintage"]:
                yield "wrong vintage", {"vintage": vintage}
        for bound in BOUNDS if row["bound"] else ("more than", "less than"):
            if bound != row["bound"]:
                yield "qualifier", {"bound": bound}
        for other in self.rows[name]:
            near = other["indicator"] == row["indicator"] or other["period"] == row["period"]
            if near and other["unit"] == row["unit"] and other["digits"] != row["digits"]:
                taken = ("digits", "scale", "bound", "status", "source", "evidence")
                yield "wrong row of the right table", {column: other[column] for column in taken}
        yield from self._nominal(name, row)

    def _nominal(self, name: str, row: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
        names = {entry["const"]: entry.get("description", "") for entry in
                 self.schemas[name]["properties"]["indicator"]["oneOf"]}
        for other in names:
            if row["indicator"] != other and bare(row["indicator"]) == bare(other):
                yield "nominal for real", {"indicator": other}
        said = f"{self.schemas[name].get('description', '')} {names[row['indicator']]}".lower()
        if row["unit"] == "percent" and re.search(r"\breal\b", said) and re.fullmatch(r"-?\d+\.\d", row["digits"]):
            for more in INFLATION:
                nominal = f"{float(row['digits']) + float(more):.1f}"
                evidence = reworded(row["evidence"], row["digits"].lstrip("-"), nominal.lstrip("-"))
                if evidence:
                    yield "nominal for real", {"digits": nominal, "evidence": evidence}


def bare(indicator: str) -> str:
    """An indicator's name without the words that tell nominal from real.

    >>> bare("expenditure_real_growth") == bare("expenditure_growth")
    True
    """
    return re.sub(r"_(real|nominal)(?=_|$)", "", indicator)


def reworded(evidence: str, digits: str, other: str) -> str | None:
    """The excerpt with a number replaced where it stands alone; None where it does not stand there in these digits.

    >>> reworded("up 8.4%, 18.4 before", "8.4", "8.5"), reworded("up 8.4%", "8.0", "8.5")
    ('up 8.5%, 18.4 before', None)
    """
    new, count = re.subn(rf"(?<![\d.,]){re.escape(digits)}(?![\d]|[.,]\d)", other, evidence, count=1)
    return new if count else None


def neighbours(period: str) -> list[str]:
    """Periods that one could be taken for: the year before and after, the other quarters, the months beside it.

    >>> neighbours("2019Q1"), neighbours("2019-12")
    (['2018Q1', '2020Q1', '2019Q2'], ['2018-12', '2020-12', '2019-11'])
    """
    if not re.fullmatch(r"\d{4}(Q\d|-\d\d)?", period):
        return []
    year, rest = int(period[:4]), period[4:]
    found = [f"{year - 1}{rest}", f"{year + 1}{rest}"]
    if rest.startswith("Q"):
        quarter = int(rest[1])
        found += [f"{year}Q{other}" for other in (quarter - 1, quarter + 1) if 1 <= other <= 4]
    elif rest:
        found += [f"{year}-{other:02}" for other in (int(rest[1:]) - 1, int(rest[1:]) + 1) if 1 <= other <= 12]
    return found


def other_bases(basis: str, period: str) -> list[str]:
    """Bases that one could be taken for: from January, or the single quarter or month."""
    if basis in ("quarter", "month"):
        return ["cumulative"]
    if basis != "cumulative":
        return []
    return ["quarter"] if "Q" in period else ["month"]
