"""What follows for the parts of a period from rates of the whole, where nobody published them: exact bounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from asprinted.numbers.arithmetic import Quantity, comparable, joined
from asprinted.numbers.interval import Interval, hull
from asprinted.numbers.missing import Missing


def share_of_last(parts: int, ratio: int) -> Interval:
    """The share that the last of so many parts can have in their sum, if none is more than ``ratio`` times another.

    >>> share_of_last(2, 2), share_of_last(3, 2)
    ([0.333333333333, 0.666666666667], [0.2, 0.5])
    """
    return Interval(Fraction(1, 1 + (parts - 1) * ratio), Fraction(ratio, ratio + parts - 1))


def last_part(cumulative: Quantity | Missing, before: Quantity | Missing, share: Interval) -> Quantity | Missing:
    """Growth of the last part of a period, from growth of the whole and of the part before it.

    Growth of a sum is the mean of the growth of its parts, each weighted with its share in the base period. So with the
    share ``w`` of the last part it grew by ``cumulative + (1 - w) / w * (cumulative - before)``. The share is not
    published, and every value of ``share`` is allowed for; the bounds are exact, because the expression is monotone in
    each of the three.

    Args:
        cumulative, before: growth, in percent, from the same beginning.
        share: bounds of ``w``, above 0 and at most 1.

    >>> from asprinted.numbers.printed import interval
    >>> figures = [Quantity(interval(Fraction(text), Fraction("0.1")), (text,)) for text in ("8.4", "7.7")]
    >>> last_part(*figures, share_of_last(3, 2)).interval
    (8.95, 11.65)
    """
    if isinstance(cumulative, Missing) or isinstance(before, Missing):
        return cumulative + before
    assert share.low is not None
    assert share.high is not None
    factors = [(1 - w) / w for w in (share.low, share.high)]

    def alone(whole: Interval, first: Interval) -> Interval:
        """The whole stands in it twice with the same value, so it is counted once, with both its factors."""
        return hull([whole.scaled(1 + factor) - first.scaled(factor) if factor else whole for factor in factors])

    before = comparable(cumulative, before)
    found = joined([cumulative, before], alone(cumulative.interval, before.interval))
    return replace(found, formula=(alone, (cumulative, before)), unit=cumulative.unit or before.unit)


def mean_of(*parts: Quantity | Missing) -> Quantity | Missing:
    """A mean of the parts whose weights nobody knows: any value from the least of them to the greatest."""
    hole = next((part for part in parts if isinstance(part, Missing)), None)
    if hole is not None:
        return hole
    known = [part for part in parts if isinstance(part, Quantity)]
    known = [comparable(known[0], part) for part in known]

    def spanned(*intervals: Interval) -> Interval:
        return hull(list(intervals))

    unit = next((part.unit for part in known if part.unit), None)
    return replace(joined(known, spanned(*(part.interval for part in known))), formula=(spanned, tuple(known)), unit=unit)
