"""Quantities: an interval together with the rows, statements and vintage that it rests on.

Arithmetic joins what two quantities rest on, so a verdict can always name its sources. A figure that nobody
published, or whose evidence is weaker than the run accepts, is :class:`Missing`, and whatever is computed from
it is missing too: "not checkable" is a result, and changes by itself when the row arrives.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, TypeVar

from asprinted.numbers.interval import Interval, root
from asprinted.numbers.printed import interval, place_of_digit, shorten
from asprinted.numbers.sources import DATA, OF_DATA, PAGES, of_data

Key = TypeVar("Key")

# From the best to the worst place where a figure can have been seen.
EVIDENCE = (*DATA, *PAGES, "none")

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

    ``published`` is the figure itself where it was looked up, and None as soon as anything was computed.
    ``derived`` marks the difference or sum of two printed figures: ``published`` is then that of their digits, as offices
    print a gap, and the interval carries both roundings. ``strong`` says whether the evidence may contradict a statement
    (see ``asprinted.official.observations``). ``formula`` is the operation on intervals, and the quantities, that it was computed from.
    """

    interval: Interval
    rows: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    published: Fraction | None = None
    evidence: str = "none"
    strong: bool = False
    vintages: tuple[str, ...] = ()
    derived: bool = False
    unit: str = ""
    formula: tuple[Callable[..., Interval], tuple[Quantity, ...]] | None = field(default=None, compare=False, repr=False)

    @property
    def how(self) -> str:
        """Whether the quantity was looked up, computed from figures or data, or comes from the paper's own statements."""
        if self.published is not None and self.rows and "latest" not in self.vintages and not self.derived:
            return "as published"
        if of_data(self.rows):
            return OF_DATA
        return "recomputed" if self.rows else "internal to the paper"

    @property
    def value(self) -> Interval:
        """What is shown of it: the figure as printed, or all that the computation allows."""
        return self.interval if self.published is None or self.derived else Interval.point(self.published)

    def looked_up(self) -> Iterator[Quantity]:
        """The figures and statements that it was computed from, itself where nothing was computed."""
        for part in self.formula[1] if self.formula else ():
            yield from part.looked_up()
        if not self.formula:
            yield self

    def with_inputs(self, value_of: Callable[[Quantity], Interval]) -> Interval:
        """The same computation with other values in the place of what was looked up."""
        if self.formula is None:
            return value_of(self)
        operation, parts = self.formula
        return operation(*(part.with_inputs(value_of) for part in parts))

    @property
    def digits(self) -> Fraction | None:
        """What the printed digits alone give, their rounding left out; None where one of them is no single number.

        >>> from fractions import Fraction
        >>> def level(text): return Quantity(Interval(Fraction(text), Fraction(text) + 1), (text,), published=Fraction(text))
        >>> (level("461") - level("377")).digits
        Fraction(84, 1)
        """
        if any(one.published is None for one in self.looked_up()):
            return None
        found = self.with_inputs(lambda one: Interval.point(one.published or 0))
        return found.low if found.low == found.high else None

    def of_shortened(self, digits: int) -> Quantity:
        """The same computation, exact, on official figures shortened to so many significant digits, as a text prints them.

        >>> from fractions import Fraction
        >>> def level(text): return Quantity(Interval.point(text), (text,), published=Fraction(text))
        >>> (level("2214.36") - level("1416.99")).of_shortened(3).interval
        [790, 790]
        """
        def shorter(one: Quantity) -> Interval:
            if one.published is None or not one.rows or not one.published:
                return one.interval
            return Interval.point(shorten(one.published, place_of_digit(one.published, digits)))

        return replace(self, interval=self.with_inputs(shorter), published=None, derived=False)

    def __float__(self) -> float:
        """A number to draw, never to decide with: the figure as printed, or the middle of the interval."""
        if self.published is not None:
            return float(self.published)
        bounds = [bound for bound in (self.interval.low, self.interval.high) if bound is not None]
        return float(sum(bounds) / len(bounds))

    def __str__(self) -> str:
        return repr(self.interval)

    def _combine(self, other: object, operation: Callable[[Interval, Interval], Interval]) -> Quantity | Missing:
        if isinstance(other, Missing):
            return other
        if isinstance(other, int | Fraction):
            other = number(other)
        if not isinstance(other, Quantity):
            return NotImplemented
        both = joined([self, other], operation(self.interval, other.interval))
        return replace(both, formula=(operation, (self, other)))

    def mapped(self, operation: Callable[[Interval], Interval]) -> Quantity:
        """What a function of one interval makes of it: computed, resting on the same rows."""
        return replace(self, interval=operation(self.interval), published=None, derived=False, formula=(operation, (self,)))

    def __add__(self, other: object) -> Quantity | Missing:
        return self._combine(other, operator.add)

    def __sub__(self, other: object) -> Quantity | Missing:
        return self._combine(other, operator.sub)

    def __mul__(self, other: object) -> Quantity | Missing:
        return self._combine(other, operator.mul)

    def __truediv__(self, other: object) -> Quantity | Missing:
        return self._combine(other, operator.truediv)

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
    both = joined([first, second], operation(first.interval, second.interval), operation(first.published, second.published))
    return replace(both, derived=True, formula=(operation, (first, second)))


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
