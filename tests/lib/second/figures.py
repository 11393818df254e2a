"""The official figures once more: csv, yaml and fractions, and no line of the helpers.

An end of a range is a pair: its value, and the side from which the range comes up to it (0: it belongs to the range, 1:
the range begins just above it, -1: it stops just below it). Ends so written compare as Python compares pairs.
"""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

import yaml

from checkout import ROOT

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
# Counted one by one: below a thousand nothing of them is shortened, and nothing of a year at all.
COUNTS = {"clusters", "companies", "fields", "industries", "measures", "projects", "provinces", "year"}
End = tuple[Fraction, int]
Ends = tuple[End, End]
Calculation = Callable[..., Ends]
NO_START, NO_END = (-math.inf, 0), (math.inf, 0)  # not numbers that are computed with: everything lies between them


@dataclass(frozen=True)
class Figure:
    """A known number: what is printed (None of a bound, or where it was calculated), and every value that it can have.

    ``strong``: whether it may accuse. ``own``: whether the paper's own statements stand in it. ``made``: the calculation
    and what went into it.
    """

    printed: Fraction | None
    ends: Ends
    strong: bool = True
    rows: tuple[str, ...] = ()
    own: bool = False
    made: tuple[Calculation, tuple[Figure, ...]] | None = field(default=None, compare=False)

    @property
    def shown(self) -> Ends:
        return self.ends if self.printed is None else point(self.printed)

    @property
    def width(self) -> Fraction:
        return self.ends[1][0] - self.ends[0][0]


def point(value: Fraction | int) -> Ends:
    """The range of one value."""
    return (Fraction(value), 0), (Fraction(value), 0)


def exactly(value: Fraction | int) -> Figure:
    """A number that nobody has to look up."""
    return Figure(Fraction(value), point(value))


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


def product(first: Ends, second: Ends) -> Ends:
    """All products of two ranges above zero."""
    return tuple((a * b, _sign(side + other)) for (a, side), (b, other) in zip(first, second, strict=True))  # type: ignore[return-value]


def times(ends: Ends, factor: Fraction | int) -> Ends:
    """All values times a factor above zero; a range without an end stays without one."""
    return tuple((value * factor, side) for value, side in ends)  # type: ignore[return-value]


def between(*parts: Ends) -> Ends:
    """A mean of them whose weights nobody knows."""
    return min(low for low, _ in parts), max(high for _, high in parts)


def _down(end: End, other: End) -> End:
    return end[0] - other[0], _sign(end[1] - other[1])


def _sign(side: int) -> int:
    return (side > 0) - (side < 0)


def calculated(calculation: Calculation, *parts: Figure | None) -> Figure | None:
    """What a calculation makes of figures; not known where one of them is not."""
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    ends = calculation(*(part.ends for part in known))
    strong, own = all(part.strong for part in known), any(part.own for part in known)
    return Figure(None, ends, strong, rows_of(known), own, (calculation, known))


def insignificant(digits: str) -> int:
    """How many zeros at the end of a whole number may mean nothing: two digits always mean something."""
    plain = digits.lstrip("-")
    return min(len(plain) - len(plain.rstrip("0")), max(len(plain) - 2, 0))


def half_place(digits: str) -> Fraction:
    """Half of the last place: zeros at the end of a number from a thousand on may mean nothing."""
    plain = digits.lstrip("-")
    if "." in plain:
        return Fraction(1, 2 * 10 ** len(plain.split(".")[1]))
    return Fraction(1 if int(plain) < 1000 else 10 ** insignificant(plain), 2)


@functools.cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of data/official, each with the host of its source and whether its page can be opened."""
    folder = ROOT / "data" / "official"
    sources = yaml.safe_load((folder / f"{table}.yaml").read_text("utf-8"))["sources"]
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            {
                **row,
                "host": sources[row["source"]]["host"],
                "found": "" if sources[row["source"]]["address"] == "seen in a reprint" else "yes",
            }
            for row in csv.DictReader(file)
        )


def sighting(row: dict[str, str]) -> Figure:
    """What one row says."""
    worth, digits = WORTH[row["scale"]], Fraction(row["digits"])
    value, strong = digits * worth, row["host"] != "mirror" or (row["status"] == "VERIFIED" and row["found"] == "yes")
    last = Fraction(worth, 10 ** len(row["digits"].partition(".")[2]))
    bounds = {
        "more than": ((value, 1), NO_END),
        "at least": ((value, 0), NO_END),
        "less than": (NO_START, (value, -1)),
        # A tenth to each side, and whatever prints as the number itself: rounded from below, cut off from above.
        "about": between(
            ((value * Fraction(9, 10), 0), (value * Fraction(11, 10), 0)),
            ((value - last * Fraction(1, 2), 0), (value + last, -1)),
        ),
    }
    if row["bound"]:
        return Figure(None, bounds[row["bound"]], strong, (row["row"],))  # type: ignore[arg-type]
    exact = row["unit"] in COUNTS and worth == 1 and (digits < 1000 or row["unit"] == "year")
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
    best = min(seen, key=lambda one: (one.printed is None, not one.strong, one.width))
    return Figure(
        best.printed,
        best.ends,
        any(one.strong for one in seen if one.printed == best.printed),
        best.rows + rows_of(one for one in seen if one is not best),
    )


def rows_of(figures: Iterable[Figure | None]) -> tuple[str, ...]:
    """The rows of several things that name theirs, each once; what was not seen has none."""
    return tuple(dict.fromkeys(row for figure in figures if figure is not None for row in figure.rows))
