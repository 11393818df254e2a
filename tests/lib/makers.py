"""Small quantities and stated numbers for the tests of the rules."""

from __future__ import annotations

from fractions import Fraction

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding, interval, parse, shorten
from asprinted.numbers.quantity import NO_MEASURE, Missing, Quantity
from asprinted.verdicts.rules import Stated, judge_number

NEVER = Missing(("the figure",), NO_MEASURE)


def official(digits: str, row: str = "row", *, strong: bool = True, **fields) -> Quantity:
    """An official figure printed to the last of its digits."""
    value = Fraction(digits)
    half = Fraction(1, 2 * 10 ** len(digits.partition(".")[2]))
    fields = {"evidence": "official" if strong else "mirror", "vintages": ("first",)} | fields
    return Quantity(Interval(value - half, value + half, True, False), (row,), (), value, strong=strong, **fields)


def rounded(truth: Fraction, place: Fraction, row: str = "row", *, strong: bool = True) -> Quantity:
    """What an office prints of a true value: rounded half up to a place."""
    value = Fraction(shorten(truth, place))
    return Quantity(interval(value, place), (row,), (), value, "official" if strong else "mirror", strong, ("first",))


def computed(low: str, high: str | None = None, *, strong: bool = True, **fields) -> Quantity:
    """A quantity computed from official figures."""
    interval = Interval(Fraction(low), Fraction(high or low), **fields)
    return Quantity(interval, ("row",), evidence="official" if strong else "mirror", strong=strong, vintages=("first",))


def claimed(digits: str, claim: str = "other-claim") -> Quantity:
    """A number that the paper states elsewhere."""
    return Quantity(official(digits).interval, (), (claim,), Fraction(digits))


def stated(digits: str = "8.4", qualifier: str = "exact", rounding: str = "half up", *, count: bool = False) -> Stated:
    return Stated(parse(digits), qualifier, Rounding(rounding), count)


def verdict(digits: str, value: Quantity | Missing, word: str = "exact", rounding: str = "half up", **others: object) -> str:
    """The verdict on a stated number, without what else an outcome holds."""
    return judge_number(stated(digits, word, rounding), value, measured=False, **others).verdict


def tenths(number: int) -> str:
    """So many tenths, as printed."""
    return shorten(Fraction(number, 10), Fraction(1, 10))
