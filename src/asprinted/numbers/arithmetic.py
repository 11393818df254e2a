"""Quantities and their arithmetic: an interval together with the rows, statements, vintage and unit that it rests on.

Arithmetic joins what two quantities rest on and carries their units on. What it cannot do exactly it refuses: no source is lost.
"""

from __future__ import annotations

import functools
import numbers
import operator
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from asprinted.numbers.interval import Interval, below, magnitude, power
from asprinted.numbers.missing import Missing, merge, weakest
from asprinted.numbers.printed import interval, place_of_digit, shorten
from asprinted.numbers.sources import AS_PUBLISHED, OF_DATA, RECOMPUTED, of_data
from asprinted.numbers.units import Unit, together
from forkmill.errors import InputError

Operation = Callable[[Any, Any], Any]
# Where pandas makes floats of objects without being asked to: means, deviations and the like, whole and over a window.
REDUCTIONS = ("pandas.core.nanops", "pandas.core.window")
CONTRARY = {True: False, False: True, None: None}


@dataclass(frozen=True)
class Quantity:
    """An official or stated quantity.

    ``published`` is the figure itself where it was looked up, and None as soon as anything was computed.
    ``derived`` marks the difference or sum of two printed figures: ``published`` is then that of their digits, as offices
    print a gap, and the interval carries both roundings. ``strong`` says whether the evidence may contradict a statement
    (see ``asprinted.official.observations``). ``formula`` is the operation on intervals, and the quantities, that it was computed from.
    ``unit`` is carried on by arithmetic (:mod:`asprinted.numbers.units`); a plain number has none, and takes that of its partner.
    ``==`` asks whether two are one and the same record; what is more, less or equal as a number is asked by
    :mod:`asprinted.numbers.truth`, which keeps the sources. ``<`` and its kin answer where the intervals decide, and refuse else.
    """

    interval: Interval
    rows: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    published: Fraction | None = None
    evidence: str = "none"
    strong: bool = False
    vintages: tuple[str, ...] = ()
    derived: bool = False
    formula: tuple[Callable[..., Interval], tuple[Quantity, ...]] | None = field(default=None, compare=False, repr=False)
    unit: Unit | None = None

    @property
    def how(self) -> str:
        """Whether the quantity was looked up, computed from figures or data, or comes from the paper's own statements."""
        bound = self.formula is None and None in (self.interval.low, self.interval.high)  # such as more than 130,000
        looked_up = bool(self.rows) and "latest" not in self.vintages and not self.derived
        if looked_up and (self.published is not None or (bound and not of_data(self.rows))):
            return AS_PUBLISHED
        if of_data(self.rows):
            return OF_DATA
        return RECOMPUTED if self.rows else "internal to the paper"

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
        """A number to draw, never to decide with: the figure as printed, or the middle of the interval.

        InputError where pandas asks, for a mean, a median or a deviation that would have lost interval and sources.
        """
        if str(sys._getframe(1).f_globals.get("__name__")).startswith(REDUCTIONS):
            raise InputError("pandas would make bare floats of figures, without their intervals and sources", origin(self),
                             "a computation that keeps them", "mean(), median(), std() or the like of a Series",
                             "write quantity.mean(series), or sum(series); to draw, series.map(float) first")
        if self.published is not None:
            return float(self.published)
        bounds = [bound for bound in (self.interval.low, self.interval.high) if bound is not None]
        return float(sum(bounds) / len(bounds))

    def __str__(self) -> str:
        return repr(self.interval)

    def mapped(self, operation: Callable[[Interval], Interval]) -> Quantity:
        """What a function of one interval makes of it: computed, resting on the same rows, in the same unit."""
        return replace(self, interval=operation(self.interval), published=None, derived=False, formula=(operation, (self,)))

    def _combine(self, other: object, operation: Operation,
                 carried: Callable[[Quantity, Quantity], tuple[Unit | None, Fraction]]) -> Quantity | Missing:
        """``carried`` gives the unit of the result, and by what the other number is multiplied first."""
        if isinstance(other, Missing):
            return other
        partner = exact(other)
        if partner is None:
            return NotImplemented
        unit, factor = carried(self, partner)
        if factor != 1:
            operation = functools.partial(_in_one_size, operation, factor)
        both = joined([self, partner], operation(self.interval, partner.interval))
        return replace(both, formula=(operation, (self, partner)), unit=unit)

    def __add__(self, other: object) -> Quantity | Missing:
        return self._combine(other, operator.add, functools.partial(_of_sum, sign=1))

    def __sub__(self, other: object) -> Quantity | Missing:
        return self._combine(other, operator.sub, functools.partial(_of_sum, sign=-1))

    def __mul__(self, other: object) -> Quantity | Missing:
        return self._combine(other, operator.mul, functools.partial(_of_product, power=1, literal=not isinstance(other, Quantity)))

    def __truediv__(self, other: object) -> Quantity | Missing:
        return self._combine(other, operator.truediv, functools.partial(_of_product, power=-1, literal=not isinstance(other, Quantity)))

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: object) -> Quantity | Missing:
        return self._combine(other, lambda a, b: b - a, functools.partial(_of_sum, sign=-1))

    def __rtruediv__(self, other: object) -> Quantity | Missing:
        return self._combine(other, lambda a, b: b / a, lambda own, plain: _of_product(plain, own, power=-1))

    def __pow__(self, exponent: object) -> Quantity:
        """A power with a whole number or an exact fraction; ``Fraction(1, 2)`` is the square root."""
        partner = exact(exponent)
        if partner is None or partner.published is None or partner.rows or partner.claims:
            return NotImplemented
        raised = self.mapped(functools.partial(power, exponent=partner.published))
        return replace(raised, unit=self.unit and self.unit**partner.published)

    def __neg__(self) -> Quantity:
        return self.mapped(operator.neg)

    def __abs__(self) -> Quantity:
        return self.mapped(magnitude)

    def shortened(self, place: Fraction | int) -> Quantity:
        """See :func:`asprinted.numbers.quantity.shortened`."""
        if self.published is None:
            raise InputError("only a printed figure can be shortened, not a computed one", origin(self), "a figure as it was looked up",
                             f"{self}", "leave it as it is: a verdict shortens it itself, to the places that the paper prints")
        printed = Fraction(shorten(self.published, Fraction(place)))
        return replace(self, interval=interval(printed, Fraction(place)), published=printed)

    def __round__(self, digits: int | None = None) -> Quantity:
        return self.shortened(Fraction(10) ** -(digits or 0))

    def __lt__(self, other: object) -> bool:
        return _decided(self, other, below)

    def __gt__(self, other: object) -> bool:
        return _decided(self, other, lambda a, b: below(b, a))

    def __le__(self, other: object) -> bool:
        return _decided(self, other, lambda a, b: CONTRARY[below(b, a)])

    def __ge__(self, other: object) -> bool:
        return _decided(self, other, lambda a, b: CONTRARY[below(a, b)])


def exact(value: object) -> Quantity | None:
    """A plain number that enters arithmetic as a quantity, a quantity as it is; None of anything else, InputError of a float."""
    if isinstance(value, Quantity):
        return value
    return number(value) if isinstance(value, numbers.Real | Decimal) else None  # type: ignore[arg-type]


def origin(value: Quantity) -> str:
    """Where a quantity comes from, for messages: its rows and claims, the first of many."""
    rests = [*(f"row {row}" for row in value.rows), *(f"claim {claim}" for claim in value.claims)]
    if not rests:
        return f"the number {value}"
    more = f" and {len(rests) - 1} more" if len(rests) > 1 else ""
    return f"{'computed from ' if value.formula else ''}{rests[0]}{more}"


def _in_one_size(operation: Operation, factor: Fraction, first: Interval, second: Interval) -> Interval:
    return operation(first, second.scaled(factor))


def _of_sum(first: Quantity, second: Quantity, sign: int) -> tuple[Unit | None, Fraction]:
    unit, factor = together(first.unit, second.unit, sign, lambda: (origin(first), origin(second)))
    known = (first.unit or _is_plain(first)) and (second.unit or _is_plain(second))
    return (None if sign < 0 and unit and not unit.powers and not known else unit), factor  # of percent less what is no one knows


def _of_product(first: Quantity, second: Quantity, power: int, *, literal: bool = False) -> tuple[Unit | None, Fraction]:
    """``literal``: the second stands in the code as a plain number, such as the 100 that makes a percentage of a share."""
    if literal and first.unit and second.published:
        return first.unit.times(second.published**power), Fraction(1)
    one, two = (Unit() if part.unit is None and _is_plain(part) else part.unit for part in (first, second))
    if one is None or two is None or first.unit is second.unit is None:
        return None, Fraction(1)
    return (one * two if power == 1 else one / two), Fraction(1)


def _is_plain(value: Quantity) -> bool:
    """Whether it is a mere number; what rests on something and has no unit may be in any."""
    return value.unit is None and not value.rows and not value.claims


def _decided(first: Quantity, other: object, holds: Callable[[Interval, Interval], bool | None]) -> bool:
    second = exact(other)
    if second is None:
        return NotImplemented
    found = holds(first.interval, comparable(first, second).interval)
    if found is None:
        raise InputError("which of two figures is more is left open by their rounding", f"{origin(first)} and {origin(second)}",
                         "intervals apart from each other", f"{first} and {second}",
                         "compare with truth.less and its kin, which keep it open")
    return found


def comparable(first: Quantity, second: Quantity) -> Quantity:
    """The second quantity in the size of the first one's unit, to be compared with it; a mismatch is an error."""
    _, factor = _of_sum(first, second, sign=0)
    return second if factor == 1 else resized(second, factor, first.unit)


def resized(value: Quantity, factor: Fraction, unit: Unit | None) -> Quantity:
    """The same amount told in another size of its unit; a published figure stays one, and a looked-up one is still looked up."""
    formula = None if value.formula is None else (lambda one: one.scaled(factor), (value,))
    published = None if value.published is None else value.published * factor
    return replace(value, interval=value.interval.scaled(factor), published=published, formula=formula, unit=unit)


def joined(parts: list[Quantity], interval: Interval) -> Quantity:
    """A quantity with the given value that rests on everything the ``parts`` rest on.

    Raises:
        ValueError: the parts are of different vintages, and nobody named the mixture (see :func:`in_vintage`).
    """
    sourced = [part for part in parts if part.rows]
    vintages = merge(*(part.vintages for part in parts))
    if len(vintages) > 1:
        raise ValueError(f"a mixture of vintages ({', '.join(vintages)}) in one computation; if it is meant, name it: quantity.in_vintage")
    return Quantity(
        interval=interval,
        rows=merge(*(part.rows for part in parts)),
        claims=merge(*(part.claims for part in parts)),
        evidence=weakest(part.evidence for part in sourced),
        strong=bool(sourced) and all(part.strong for part in sourced),
        vintages=vintages,
    )


def number(value: int | Fraction | Decimal | str) -> Quantity:
    """An exact number that needs no source, such as zero or a count within the paper; InputError of a float."""
    if isinstance(value, numbers.Real) and not isinstance(value, numbers.Rational):
        raise InputError("a float is not exact, and never enters what decides a verdict", "arithmetic with a quantity",
                         "a whole number, Fraction or Decimal", f"{value!r}", f'write Fraction("{float(value)!r}")')
    plain = Fraction(int(value) if isinstance(value, numbers.Integral) else value)  # type: ignore[arg-type]
    return Quantity(Interval.point(plain), published=plain)
