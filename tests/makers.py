"""Small quantities and stated numbers for the tests of the rules."""

from __future__ import annotations

from fractions import Fraction

from helpers.interval import Interval
from helpers.printed import Rounding, parse
from helpers.quantity import NO_MEASURE, Missing, Quantity
from helpers.verdict import Stated

NEVER = Missing(("the figure",), NO_MEASURE)


def official(digits: str, row: str = "row", *, strong: bool = True, **fields) -> Quantity:
    """An official figure printed to the last of its digits."""
    value = Fraction(digits)
    half = Fraction(1, 2 * 10 ** len(digits.partition(".")[2]))
    fields = {"evidence": "official" if strong else "mirror", "vintages": ("first",)} | fields
    return Quantity(Interval(value - half, value + half, True, False), (row,), (), value, strong=strong, **fields)


def computed(low: str, high: str | None = None, *, strong: bool = True, **fields) -> Quantity:
    """A quantity computed from official figures."""
    interval = Interval(Fraction(low), Fraction(high or low), **fields)
    return Quantity(interval, ("row",), evidence="official" if strong else "mirror", strong=strong, vintages=("first",))


def claimed(digits: str, claim: str = "other-claim") -> Quantity:
    """A number that the paper states elsewhere."""
    return Quantity(official(digits).interval, (), (claim,), Fraction(digits))


def stated(digits: str = "8.4", qualifier: str = "exact", rounding: str = "half up", *, count: bool = False) -> Stated:
    return Stated(parse(digits), qualifier, Rounding(rounding), count)
