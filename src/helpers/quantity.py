"""Quantities: an interval together with the rows, statements and vintage that it rests on.

Arithmetic joins what two quantities rest on, so a verdict can always name its sources. A figure that nobody
published, or whose evidence is weaker than the run accepts, is :class:`Missing`, and whatever is computed from
it is missing too: "not checkable" is a result, and changes by itself when the row arrives.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeVar

from helpers.interval import Interval, below, root
from helpers.printed import ABOUT_WIDTH, interval, shorten

Key = TypeVar("Key")

# From the best to the worst place where a figure can have been seen.
EVIDENCE = ("official", "press", "mirror", "none")

# Why a figure is missing: a closed list, so that a reader can count the reasons.
NOT_SEEN = "not seen on any page"
TOO_WEAK = "seen only on evidence weaker than this run accepts"
NO_MEASURE = "no public measure of what is claimed"
REASONS = (NOT_SEEN, TOO_WEAK, NO_MEASURE)


def weakest(grades: Iterable[str]) -> str:
    """The weakest of several grades of evidence; "none" where there is no source at all."""
    return max(grades, key=EVIDENCE.index, default="none")


def merge(*parts: tuple[str, ...]) -> tuple[str, ...]:
    """Keys of all ``parts``, each once, in the order in which they first appear."""
    return tuple(dict.fromkeys(key for part in parts for key in part))


@dataclass(frozen=True)
class Missing:
    """A figure that is not to be had, with what is wanted and why it is not there."""

    wanted: tuple[str, ...]
    reason: str = NOT_SEEN

    def __post_init__(self) -> None:
        if self.reason not in REASONS:
            raise ValueError(f"unknown reason {self.reason!r}: expected one of {'; '.join(REASONS)}")

    def _spread(self, other: object) -> Missing:
        if isinstance(other, Missing):
            return replace(self, wanted=merge(self.wanted, other.wanted))
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _spread


@dataclass(frozen=True)
class Quantity:
    """An official or stated quantity.

    ``published`` is the figure itself where it was looked up, and None as soon as anything was computed: a printed
    figure is compared digit by digit, a computed one as an interval that carries the rounding of its inputs.
    ``derived`` marks the difference or sum of two printed figures: its digits are exact under that convention alone, and
    its interval carries both roundings. ``strong`` says whether the evidence may contradict a statement (see ``helpers.official``).
    """

    interval: Interval
    rows: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    published: Fraction | None = None
    evidence: str = "none"
    strong: bool = False
    vintages: tuple[str, ...] = ()
    derived: bool = False

    @property
    def how(self) -> str:
        """Whether the quantity was looked up, computed from figures, or comes from the paper's own statements."""
        if self.published is not None and self.rows and "latest" not in self.vintages and not self.derived:
            return "as published"
        return "recomputed" if self.rows else "internal to the paper"

    @property
    def value(self) -> Interval:
        """What a statement is compared with: the printed figure, or the computed interval."""
        return self.interval if self.published is None else Interval.point(self.published)

    def __float__(self) -> float:
        """A number to draw, never to decide with: the figure as printed, or the middle of the interval."""
        if self.published is not None:
            return float(self.published)
        bounds = [bound for bound in (self.interval.low, self.interval.high) if bound is not None]
        return float(sum(bounds) / len(bounds))

    def __str__(self) -> str:
        return repr(self.value if self.published is None else self.interval)

    def _combine(self, other: object, operation: Callable[[Interval, Interval], Interval]) -> Quantity | Missing:
        if isinstance(other, Missing):
            return other
        if isinstance(other, int | Fraction):
            return replace(self, interval=operation(self.interval, Interval.point(other)), published=None, derived=False)
        if not isinstance(other, Quantity):
            return NotImplemented
        return joined([self, other], operation(self.interval, other.interval))

    def __add__(self, other: object) -> Quantity | Missing:
        return self._combine(other, lambda a, b: a + b)

    def __sub__(self, other: object) -> Quantity | Missing:
        return self._combine(other, lambda a, b: a - b)

    def __mul__(self, other: object) -> Quantity | Missing:
        return self._combine(other, lambda a, b: a * b)

    def __truediv__(self, other: object) -> Quantity | Missing:
        return self._combine(other, lambda a, b: a / b)

    def __radd__(self, other: object) -> Quantity | Missing:
        return self._combine(other, lambda a, b: b + a)

    def __rsub__(self, other: object) -> Quantity | Missing:
        return self._combine(other, lambda a, b: b - a)

    def __rmul__(self, other: object) -> Quantity | Missing:
        return self._combine(other, lambda a, b: b * a)

    def __rtruediv__(self, other: object) -> Quantity | Missing:
        return self._combine(other, lambda a, b: b / a)


def joined(parts: list[Quantity], interval: Interval, published: Fraction | None = None) -> Quantity:
    """A quantity with the given value that rests on everything the ``parts`` rest on.

    Raises:
        ValueError: the parts are of different vintages, and nobody named the mixture (see :func:`in_vintage`).
    """
    sourced = [part for part in parts if part.rows]
    vintages = merge(*(part.vintages for part in parts))
    if len(vintages) > 1:
        raise ValueError(f"a mixture of vintages ({', '.join(vintages)}) in one computation; where it is meant, name it "
                         "with quantity.in_vintage")
    return Quantity(
        interval=interval,
        rows=merge(*(part.rows for part in parts)),
        claims=merge(*(part.claims for part in parts)),
        published=published,
        evidence=weakest(part.evidence for part in sourced),
        strong=bool(sourced) and all(part.strong for part in sourced),
        vintages=vintages,
    )


def published_difference(first: Quantity | Missing, second: Quantity | Missing) -> Quantity | Missing:
    """Difference of two figures as they are printed, which is what statistical offices print as a gap.

    Under this convention the difference is exact. ``first - second`` instead carries both roundings. A number that
    only fits with both roundings is not accused (see ``helpers.fit.known``).

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
    both = joined([first, second], operation(first.interval, second.interval), operation(first.published, second.published))
    return replace(both, derived=True)


@dataclass(frozen=True)
class Truth:
    """Whether something holds: for all values that the data allow (True), for none (False), or undecided (None).

    ``complete`` is False where an observation is missing or was filled with the paper's own number; the answer is
    then a condition at best.
    """

    holds: bool | None
    basis: Quantity
    complete: bool = True
    condition: str = ""
    wanted: tuple[str, ...] = ()

    def __and__(self, other: Truth | Missing) -> Truth | Missing:
        if isinstance(other, Missing):
            return other
        holds = False if False in (self.holds, other.holds) else None if None in (self.holds, other.holds) else True
        return Truth(
            holds,
            joined([self.basis, other.basis], self.basis.interval),
            self.complete and other.complete,
            "; ".join(filter(None, merge(*(tuple(part.condition.split("; ")) for part in (self, other))))),
            merge(self.wanted, other.wanted),
        )


def less(first: Quantity | Missing, second: Quantity | Missing, *, as_printed: bool = False) -> Truth | Missing:
    """Whether ``first`` is less than ``second``, for all values that print as the two figures do.

    Args:
        as_printed: compare the printed digits themselves instead.
    """
    for part in (first, second):
        if isinstance(part, Missing):
            return part
    assert isinstance(first, Quantity)
    assert isinstance(second, Quantity)
    pair = (first.value, second.value) if as_printed else (first.interval, second.interval)
    basis = joined([first, second], Interval.point(0))
    assumed = basis.claims
    condition = f"the paper's own {', '.join(assumed)} taken as right" if assumed else ""
    return Truth(below(*pair), basis, not assumed, condition)


def all_true(truths: Iterable[Truth | Missing]) -> Truth | Missing:
    """Whether all hold. Holes leave a condition at best; one that fails decides it whatever the holes hide."""
    known: list[Truth] = []
    holes: list[Missing] = []
    for truth in truths:
        (holes if isinstance(truth, Missing) else known).append(truth)
    wanted = merge(*(hole.wanted for hole in holes))
    if not known:
        return Missing(wanted, holes[0].reason if holes else NO_MEASURE)
    result = known[0]
    for truth in known[1:]:
        result = result & truth  # type: ignore[assignment]
    if not holes:
        return result
    condition = "; ".join(filter(None, (result.condition, "the missing observations agree")))
    return replace(result, complete=False, condition=condition, wanted=wanted)


def rising(values: Iterable[Quantity | Missing]) -> Truth | Missing:
    """Whether each value is greater than the one before it."""
    return all_true(less(before, after) for before, after in pairwise(values))


def falling(values: Iterable[Quantity | Missing]) -> Truth | Missing:
    """Whether each value is less than the one before it."""
    return rising(list(values)[::-1])


def lowest(value: Quantity | Missing, others: Iterable[Quantity | Missing]) -> Truth | Missing:
    """Whether ``value`` is less than all ``others``."""
    return all_true(less(value, other) for other in others)


def positive(value: Quantity | Missing) -> Truth | Missing:
    """Whether ``value`` is greater than zero."""
    return less(Quantity(Interval.point(0), published=Fraction(0)), value)


def at_least(value: Quantity | Missing) -> Quantity | Missing:
    """The same statement as a lower bound: whatever is not less than ``value`` may be."""
    if isinstance(value, Missing):
        return value
    return replace(value, interval=Interval(value.interval.low, None, value.interval.low_closed), published=None)


def nearly_equal(first: Quantity | Missing, second: Quantity | Missing) -> Truth | Missing:
    """Whether ``second`` lies within the width of "about" around ``first`` (see :mod:`helpers.printed`)."""
    low, high = 1 - ABOUT_WIDTH, 1 + ABOUT_WIDTH
    return all_true([negated(less(second, first * low)), negated(less(first * high, second))])


def negated(truth: Truth | Missing) -> Truth | Missing:
    """The contrary: what held for all values holds for none."""
    if isinstance(truth, Missing):
        return truth
    return replace(truth, holds=None if truth.holds is None else not truth.holds)


def no_measure(wanted: str) -> Missing:
    """What a claim would need that nobody publishes in a form that could decide it."""
    return Missing((wanted,), NO_MEASURE)


def number(value: int | Fraction) -> Quantity:
    """An exact number that needs no source, such as zero or a count within the paper."""
    return Quantity(Interval.point(value), published=Fraction(value))


def counted(items: Sized) -> Quantity:
    """How many items there are, as a quantity internal to the paper."""
    return number(len(items))


def shortened(value: Quantity | Missing, place: Fraction | int) -> Quantity | Missing:
    """A looked-up figure shortened to multiples of ``place`` (half up), as a summary would print it."""
    if isinstance(value, Missing):
        return value
    if value.published is None:
        raise ValueError("only a printed figure can be shortened, not a computed one")
    printed = Fraction(shorten(value.published, Fraction(place)))
    return replace(value, interval=interval(printed, Fraction(place)), published=printed)


def average_growth(first: Quantity | Missing, last: Quantity | Missing, years: int) -> Quantity | Missing:
    """Compound growth a year from ``first`` to ``last``, in percent: 100 * ((last / first) ** (1 / years) - 1)."""
    ratio = last / first
    if isinstance(ratio, Missing):
        return ratio
    yearly = replace(ratio, interval=root(ratio.interval, years))
    return (yearly - 1) * 100


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
    return replace(difference, interval=interval(value, place), published=value, vintages=("latest",), derived=False)


def in_vintage(value: Quantity | Missing, name: str) -> Quantity | Missing:
    """The same figure under a named vintage, such as "as known at the end of 2020", which may mix releases on purpose."""
    return value if isinstance(value, Missing) else replace(value, vintages=(name,))
