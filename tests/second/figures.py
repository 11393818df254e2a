"""The official figures once more: csv, yaml and fractions, and no line of the helpers.

An end of a range is a pair: its value, and the side from which the range comes up to it (0: it belongs to the range, 1:
the range begins just above it, -1: it stops just below it). Ends so written compare as Python compares pairs.
"""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
WORTH = {
    "one": 1,
    "thousand": 1000,
    "ten thousand": 10_000,
    "million": 10**6,
    "hundred million": 10**8,
    "billion": 10**9,
    "trillion": 10**12,
}
GRADES = ["official", "press", "mirror"]
COUNTS = {"clusters", "industries", "projects", "year"}  # counted one by one, nothing is shortened
End = tuple[Fraction, int]
Ends = tuple[End, End]
NO_END = (math.inf, 0)  # not a number that is computed with: everything lies below it


@dataclass(frozen=True)
class Figure:
    """One observation: as printed (None where only a bound is printed), the values behind it, and where it was seen."""

    printed: Fraction | None
    ends: Ends
    strong: bool
    rows: tuple[str, ...]

    @property
    def shown(self) -> Ends:
        return self.ends if self.printed is None else point(self.printed)


def point(value: Fraction | int) -> Ends:
    """The range of one value."""
    return (Fraction(value), 0), (Fraction(value), 0)


def around(value: Fraction, half: Fraction) -> Ends:
    """What an office rounds to this value: half a place goes up, away from zero."""
    return ((value - half, 0 if value > 0 else 1), (value + half, 0 if value < 0 else -1))


def minus(first: Ends, second: Ends) -> Ends:
    """All differences of a value of one range and a value of another."""
    return _down(first[0], second[1]), _down(first[1], second[0])


def plus(first: Ends, second: Ends) -> Ends:
    """All sums."""
    return tuple((a + b, _sign(side + other)) for (a, side), (b, other) in zip(first, second, strict=True))  # type: ignore[return-value]


def over(first: Ends, second: Ends) -> Ends:
    """All quotients of two ranges above zero."""
    (low, high), (least, most) = first, second
    return (low[0] / most[0], _sign(low[1] - most[1])), (high[0] / least[0], _sign(high[1] - least[1]))


def times(ends: Ends, factor: Fraction | int) -> Ends:
    """All values times a factor above zero; a range without an end stays without one."""
    low, high = ends
    return (low[0] * factor, low[1]), high if high == NO_END else (high[0] * factor, high[1])  # type: ignore[return-value]


def _down(end: End, other: End) -> End:
    return end[0] - other[0], _sign(end[1] - other[1])


def _sign(side: int) -> int:
    return (side > 0) - (side < 0)


def half_place(digits: str) -> Fraction:
    """Half of the last place: zeros at the end of a number from a thousand on may mean nothing."""
    plain = digits.lstrip("-")
    if "." in plain:
        return Fraction(1, 2 * 10 ** len(plain.split(".")[1]))
    if int(plain) < 1000:
        return Fraction(1, 2)
    return Fraction(10 ** (len(plain) - len(plain.rstrip("0"))), 2)


@functools.cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of data/official, each with the host of its source."""
    folder = ROOT / "data" / "official"
    sources = yaml.safe_load((folder / f"{table}.yaml").read_text("utf-8"))["sources"]
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple({**row, "host": sources[row["source"]]["host"]} for row in csv.DictReader(file))


def sighting(row: dict[str, str]) -> Figure:
    """What one row says."""
    worth, digits = WORTH[row["scale"]], Fraction(row["digits"])
    value, strong = digits * worth, row["status"] == "VERIFIED" or row["host"] != "mirror"
    if row["bound"] == "more than":
        return Figure(None, ((value, 1), NO_END), strong, (row["row"],))  # type: ignore[arg-type]
    if row["bound"] == "about":
        return Figure(None, ((value * Fraction(95, 100), 0), (value * Fraction(105, 100), 0)), strong, (row["row"],))
    assert not row["bound"], row
    exact = row["unit"] in COUNTS and worth == 1
    return Figure(
        value, point(value) if exact else around(value, half_place(row["digits"]) * worth), strong, (row["row"],)
    )


@functools.cache
def look_up(
    table: str,
    indicator: str,
    period: str,
    basis: str,
    geography: str = "China",
    *,
    least: str = "mirror",
    vintage: str = "first",
    bound: str | None = None,
) -> Figure | None:
    """The figure of one observation from the rows on hosts that are good enough, or None.

    A figure goes before a bound, one that may accuse before one that may not, the finest before the others.
    """
    wanted = {"indicator": indicator, "period": period, "basis": basis, "geography": geography, "vintage": vintage}
    wanted |= {} if bound is None else {"bound": bound}
    seen = [
        sighting(row)
        for row in rows(table)
        if all(row[key] == value for key, value in wanted.items()) and GRADES.index(row["host"]) <= GRADES.index(least)
    ]
    if not seen:
        return None
    best = min(seen, key=lambda one: (one.printed is None, not one.strong, one.ends[1][0] - one.ends[0][0]))
    return Figure(
        best.printed,
        best.ends,
        any(one.strong for one in seen if one.printed == best.printed),
        best.rows + rows_of(one for one in seen if one is not best),
    )


def rows_of(figures: Iterable[Any]) -> tuple[str, ...]:
    """The rows of several things that name theirs, each once; what was not seen has none."""
    return tuple(dict.fromkeys(row for figure in figures if figure is not None for row in figure.rows))
