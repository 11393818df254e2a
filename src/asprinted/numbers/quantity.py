"""What a notebook does with quantities beside arithmetic: the conventions of offices, means, named vintages and holes.

A quantity is an interval with what it rests on (:mod:`asprinted.numbers.arithmetic`). A figure that nobody published, or whose
evidence is weaker than the run accepts, is :class:`Missing`, and whatever is computed from it is missing too: "not checkable"
is a result, and changes by itself when the row arrives.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Sized
from dataclasses import replace
from fractions import Fraction
from typing import Any

from asprinted.numbers.arithmetic import Quantity, joined, number
from asprinted.numbers.interval import root
from asprinted.numbers.missing import EVIDENCE, NO_MEASURE, NOT_SEEN, REASONS, TOO_WEAK, Missing, merge, weakest
from asprinted.numbers.printed import interval
from asprinted.numbers.units import together
from forkmill.errors import InputError

__all__ = [
    "EVIDENCE", "NOT_SEEN", "NO_MEASURE", "REASONS", "TOO_WEAK", "Missing", "Quantity", "average_growth", "counted", "in_vintage",
    "joined", "mean", "merge", "no_measure", "number", "published_difference", "published_sum", "revised", "shortened", "weakest",
]


def published_difference(first: Quantity | Missing, second: Quantity | Missing) -> Quantity | Missing:
    """Difference of two figures as they are printed, which is what statistical offices print as a gap.

    Its digits are what an office would print; its interval carries both roundings, as that of ``first - second``, and it
    is the interval that decides.

    Raises:
        ValueError: one of the two is not a printed figure.
    """
    return _of_published(first, second, operator.sub)


def published_sum(first: Quantity | Missing, second: Quantity | Missing) -> Quantity | Missing:
    """Sum of two figures as they are printed; see :func:`published_difference`."""
    return _of_published(first, second, operator.add)


def _of_published(
    first: Quantity | Missing, second: Quantity | Missing, operation: Callable[[Any, Any], Any]
) -> Quantity | Missing:
    if isinstance(first, Missing):
        return first + second
    if isinstance(second, Missing):
        return second
    if first.published is None or second.published is None:
        raise ValueError("this convention needs two printed figures, not computed ones")
    computed = operation(first, second)
    factor = together(first.unit, second.unit, 1, lambda: ("", ""))[1]
    return replace(computed, published=operation(first.published, second.published * factor), derived=True)


def mean(values: Iterable[Quantity | Missing]) -> Quantity | Missing:
    """The mean of some quantities, such as a Series of figures, with all that they rest on; missing where one of them is.

    Raises:
        InputError: there is none.

    >>> mean([number(1), number(4)]).interval
    [2.5, 2.5]
    """
    first, *others = [*values] or [None]
    if first is None:
        raise InputError("a mean of nothing", "quantity.mean", "at least one quantity", "none", "look what the selection left")
    return functools.reduce(operator.add, others, first) / number(1 + len(others))


def no_measure(wanted: str) -> Missing:
    """What a claim would need that nobody publishes in a form that could decide it."""
    return Missing((wanted,), NO_MEASURE)


def counted(items: Sized) -> Quantity:
    """How many items there are, as a quantity internal to the paper."""
    return number(len(items))


def shortened(value: Quantity | Missing, place: Fraction | int) -> Quantity | Missing:
    """A looked-up figure shortened to multiples of ``place`` (half up), as a summary would print it.

    Raises:
        InputError: the value was computed.
    """
    return value if isinstance(value, Missing) else value.shortened(place)


def average_growth(first: Quantity | Missing, last: Quantity | Missing, years: int) -> Quantity | Missing:
    """Compound growth a year from ``first`` to ``last``, in percent: 100 * ((last / first) ** (1 / years) - 1)."""
    ratio = last / first
    if isinstance(ratio, Missing):
        return ratio
    return (ratio.mapped(functools.partial(root, degree=years)) - 1) * 100


def revised(level: Quantity | Missing, change: Quantity | Missing) -> Quantity | Missing:
    """The value of the year before that a release implies: its level minus the change on that year that it states.

    The result counts as printed to the last place of the level, in the vintage "latest".
    """
    difference = published_difference(level, change)
    if isinstance(difference, Missing) or isinstance(level, Missing):
        return difference
    value = difference.published
    assert value is not None
    assert level.interval.high is not None
    assert level.interval.low is not None
    place = level.interval.high - level.interval.low
    return replace(difference, interval=interval(value, place), published=value, vintages=("latest",), derived=False, formula=None)


def in_vintage(value: Quantity | Missing, name: str) -> Quantity | Missing:
    """The same figure under a named vintage, such as "as known at the end of 2020", which may mix releases on purpose."""
    return value if isinstance(value, Missing) else replace(value, vintages=(name,))
