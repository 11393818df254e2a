"""Printed numbers that must fit each other: parts and their sum, an interval and its middle, a slope and its t.

True where they fit for all that the printed digits may stand for under the first of the ``conventions``, false where they fit for
none under any of them or a mixture, else left open: what adds up only as far as rounding allows is not shown to add up.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from operator import add

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding
from asprinted.numbers.quantity import Quantity
from asprinted.numbers.truth import Truth
from asprinted.statistics.read import CONVENTIONS, Given, chosen, read
from forkmill.errors import InputError


def parts_of_whole(parts: Iterable[Given], whole: Given, *, counts: bool = False,
                   conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """Whether parts add up to the whole: Σ parts = whole, each part with its own rounding. Source: arithmetic of intervals.

    Args:
        parts, whole: as printed; what is exact as an int, for instance 100 as the whole of percentages.
        counts: none of them was rounded.

    Raises:
        InputError: there is no part, or one is no number.

    >>> parts_of_whole(["33.3", "33.3", "33.3"], 100).holds, parts_of_whole(["12", "30"], "42", counts=True).holds
    (None, True)
    >>> parts_of_whole(["35.2", "33.3", "33.3"], 100).holds
    False
    """
    numbers, total, conventions = [read(one, "parts") for one in parts], read(whole, "whole"), chosen(conventions)
    if not numbers:
        raise InputError("a whole has parts", "parts", "one number or more", "none", "give the parts")
    if counts:
        added = Interval.point(sum(one.value for one in numbers))
        return Truth(added.low == total.value, Quantity(added))

    def added_up(conventions: tuple[Rounding, ...]) -> Interval:
        return reduce(add, (one.under(conventions) for one in numbers))

    return _fits(added_up(conventions[:1]), total.under(conventions[:1]), added_up(conventions), total.under(conventions))


def interval_about(estimate: Given, low: Given, high: Given, *, ratio: bool = False,
                   conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """Whether an interval is symmetric about its estimate: (low + high) / 2, and for a ratio √(low · high).

    Source: a confidence interval estimate ± z · SE; of a ratio it is symmetric in its logarithm, Woolf 1955,
    https://doi.org/10.1111/j.1469-1809.1955.tb01348.x. Intervals by bootstrap, profile or transformation are not: ask of others.

    Args:
        estimate, low, high: as printed.
        ratio: an odds, risk or hazard ratio, all above zero.

    >>> interval_about("0.45", "0.21", "0.69").holds, interval_about("0.45", "0.21", "0.96").holds
    (True, False)
    >>> interval_about("1.50", "1.20", "1.88", ratio=True).holds, interval_about("1.5", "1.200", "1.880", ratio=True).holds
    (None, True)
    """
    names = ("estimate", "low", "high")
    numbers, conventions = [read(one, name) for one, name in zip((estimate, low, high), names, strict=True)], chosen(conventions)
    if numbers[1].value > numbers[2].value:
        raise InputError("an interval begins with its lower end", "low", f"at most {high}", repr(low), "give the lower end first")
    if ratio and min(one.value for one in numbers) < 0:
        raise InputError("a ratio is not negative", "ratio", "numbers of 0 or more", f"{estimate}, {low}, {high}", "leave out ratio")

    def ends(conventions: tuple[Rounding, ...]) -> tuple[Interval, Interval]:
        """Twice the middle by the interval and by the estimate; of a ratio its square."""
        middle, below, above = (one.under(conventions) for one in numbers)
        if not ratio:
            return below + above, middle + middle
        below, above, middle = (_not_negative(one) for one in (below, above, middle))
        return below * above, middle * middle

    return _fits(*ends(conventions[:1]), *ends(conventions), shown=lambda one: one if ratio else one.scaled(Fraction(1, 2)))


def ratio_is_t(estimate: Given, se: Given, t: Given, *, conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """Whether a slope, its standard error and its t (or z) fit: t = estimate / SE.

    Source: Student 1908, https://doi.org/10.1093/biomet/6.1.1. A t that fits with the other sign is left open, as many print its
    absolute value. Units: estimate and SE in the same, t in none.

    Raises:
        InputError: an argument is no number, or the standard error is negative.

    >>> ratio_is_t("0.52", "0.21", "2.5").holds, ratio_is_t("-0.5213", "0.2101", "2.48").holds, ratio_is_t("0.5213", "0.2101", "2.48").holds
    (None, None, True)
    >>> ratio_is_t("0.52", "0.21", "5.2").holds
    False
    """
    numbers, conventions = [read(one, name) for one, name in ((estimate, "estimate"), (se, "se"), (t, "t"))], chosen(conventions)
    if numbers[1].value < 0:
        raise InputError("a standard error is not negative", "se", "0 or more", repr(se), "look whether a sign was misread")
    slope, error, stated = (one.under(conventions) for one in numbers)
    error = _not_negative(error)
    if not any((error * one).meets(slope) for one in (stated, -stated)):  # without a quotient, as an SE may print as 0.00
        return Truth(False, Quantity(slope))
    near, by, says = (one.under(conventions[:1]) for one in numbers)
    return Truth(True if by.low is not None and by.low > 0 and (near / by).within(says) else None, Quantity(slope))


def _fits(first: Interval, says: Interval, widest: Interval, possible: Interval, shown=lambda one: one) -> Truth:  # noqa: ANN001
    return Truth(True if first.within(says) else None if widest.meets(possible) else False, Quantity(shown(widest)))


def _not_negative(interval: Interval) -> Interval:
    assert interval.low is not None
    return interval if interval.low >= 0 else Interval(Fraction(0), interval.high, True, interval.high_closed)
