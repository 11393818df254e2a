"""Exact intervals of rational numbers and comparisons that may be undecided.

A float never decides here: every bound is a :class:`fractions.Fraction`, or ``None`` where there is no bound.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Interval:
    """All rationals between two bounds, each of which belongs to it (closed) or not (open).

    >>> Interval(Fraction("8.35"), Fraction("8.45"), high_closed=False)
    [8.35, 8.45)
    >>> Interval(Fraction(130000), None, low_closed=False)
    (130000, ...)
    """

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    def __post_init__(self) -> None:
        if self.low is None:
            object.__setattr__(self, "low_closed", False)
        if self.high is None:
            object.__setattr__(self, "high_closed", False)
        if self.low is not None and self.high is not None:
            closed = self.low_closed and self.high_closed
            if self.low > self.high or (self.low == self.high and not closed):
                raise ValueError(f"an interval needs low <= high, got {self.low} and {self.high}")

    @classmethod
    def point(cls, value: Fraction | int | str) -> Interval:
        """The interval that holds one value alone."""
        return cls(Fraction(value), Fraction(value))

    def __repr__(self) -> str:
        left = "[" if self.low_closed else "("
        right = "]" if self.high_closed else ")"
        low = "..." if self.low is None else decimal_text(self.low)
        high = "..." if self.high is None else decimal_text(self.high)
        return f"{left}{low}, {high}{right}"

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (value == self.low and self.low_closed)
        below = self.high is None or value < self.high or (value == self.high and self.high_closed)
        return above and below

    def within(self, other: Interval) -> bool:
        """Whether every value of this interval is a value of ``other``."""
        return _low_reaches(other, self) and _high_reaches(other, self)

    def meets(self, other: Interval) -> bool:
        """Whether some value belongs to both."""
        return below(self, other) is not True and below(other, self) is not True

    def __neg__(self) -> Interval:
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_closed, self.low_closed)

    def __add__(self, other: Interval) -> Interval:
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_closed and other.low_closed, self.high_closed and other.high_closed)

    def __sub__(self, other: Interval) -> Interval:
        return self + (-other)

    def __mul__(self, other: Interval) -> Interval:
        if None in (self.low, self.high) and other.low == other.high and other.low is not None and other.low > 0:
            return self.scaled(other.low)
        return _spread(self, other, lambda a, b: a * b)

    def scaled(self, factor: Fraction) -> Interval:
        """All values times a positive ``factor``; a side without a bound stays without one."""
        low, high = (None if end is None else end * factor for end in (self.low, self.high))
        return Interval(low, high, self.low_closed, self.high_closed)

    def __truediv__(self, other: Interval) -> Interval:
        """Quotient; raises ZeroDivisionError where the divisor may be zero."""
        if Fraction(0) in other or other.low == 0 or other.high == 0:
            raise ZeroDivisionError(f"the divisor {other} may be zero")
        return _spread(self, other, lambda a, b: a / b)


def _low_reaches(outer: Interval, inner: Interval) -> bool:
    if outer.low is None:
        return True
    if inner.low is None or inner.low < outer.low:
        return False
    return inner.low > outer.low or outer.low_closed or not inner.low_closed


def _high_reaches(outer: Interval, inner: Interval) -> bool:
    if outer.high is None:
        return True
    if inner.high is None or inner.high > outer.high:
        return False
    return inner.high < outer.high or outer.high_closed or not inner.high_closed


def _spread(first: Interval, second: Interval, operation: Callable[[Fraction, Fraction], Fraction]) -> Interval:
    """Hull of an operation that is monotone in each argument, from the values at the corners."""
    if None in (first.low, first.high, second.low, second.high):
        raise ValueError(f"products and quotients need bounded intervals, got {first} and {second}")
    corners = [
        (operation(a, b), (a_closed and b_closed) or (a == 0 and a_closed) or (b == 0 and b_closed))
        for (a, a_closed), (b, b_closed) in itertools.product(_ends(first), _ends(second))
    ]
    low, high = min(value for value, _ in corners), max(value for value, _ in corners)
    low_closed = any(closed for value, closed in corners if value == low)
    high_closed = any(closed for value, closed in corners if value == high)
    if low == high:
        return Interval(low, high)
    return Interval(low, high, low_closed, high_closed)


def _ends(interval: Interval) -> tuple[tuple[Fraction, bool], tuple[Fraction, bool]]:
    return (interval.low, interval.low_closed), (interval.high, interval.high_closed)  # type: ignore[return-value]


def hull(intervals: list[Interval]) -> Interval:
    """The smallest interval that holds all of ``intervals``.

    >>> hull([Interval(Fraction(1), Fraction(2)), Interval(Fraction(4), None)])
    [1, ...)
    """
    lows, highs = [one.low for one in intervals], [one.high for one in intervals]
    low = None if None in lows else min(lows)  # type: ignore[type-var]
    high = None if None in highs else max(highs)  # type: ignore[type-var]
    return Interval(low, high, any(one.low_closed for one in intervals if one.low == low),
                    any(one.high_closed for one in intervals if one.high == high))


def below(first: Interval, second: Interval) -> bool | None:
    """Whether every value of ``first`` is less than every value of ``second``.

    True for all pairs, False for none, None where the intervals leave it open.

    >>> below(Interval.point(1), Interval.point(2)), below(Interval.point(2), Interval.point(2))
    (True, False)
    >>> print(below(Interval(Fraction(1), Fraction(3)), Interval.point(2)))
    None
    """
    if first.high is not None and second.low is not None:
        touching = first.high == second.low and not (first.high_closed and second.low_closed)
        if first.high < second.low or touching:
            return True
    if first.low is not None and second.high is not None and first.low >= second.high:
        return False
    return None


def power(interval: Interval, exponent: int | Fraction) -> Interval:
    """All values to a power; of a negative one ZeroDivisionError where the interval may hold zero.

    >>> power(Interval(Fraction(-1), Fraction(3), high_closed=False), 2), power(Interval.point(4), -1)
    ([0, 9), [0.25, 0.25])
    """
    if exponent.denominator != 1:
        return power(root(interval, exponent.denominator), exponent.numerator)
    exponent = int(exponent)
    if exponent < 0:
        return Interval.point(1) / power(interval, -exponent)
    base = interval if exponent % 2 else magnitude(interval)
    low, high = (None if end is None else end**exponent for end in (base.low, base.high))
    return Interval.point(1) if exponent == 0 else Interval(low, high, base.low_closed, base.high_closed)


def magnitude(interval: Interval) -> Interval:
    """All values without their sign.

    >>> magnitude(Interval(Fraction(-3), Fraction(-1), high_closed=False)), magnitude(Interval(Fraction(-3), Fraction(1)))
    ((1, 3], [0, 3])
    """
    if Fraction(0) not in interval:
        return -interval if interval.high is not None and interval.high <= 0 else interval
    above, beneath = interval, -interval
    if above.high is None or beneath.high is None:
        return Interval(Fraction(0), None)
    most = max(above.high, beneath.high)
    closed = any(one.high_closed for one in (above, beneath) if one.high == most)
    return Interval(Fraction(0), most, True, closed or most == 0)


def root(interval: Interval, degree: int, places: int = 15) -> Interval:
    """Positive root of a positive interval, its irrational bounds rounded outwards to ``places`` decimals.

    >>> root(Interval.point(4), 2)
    [2, 2]
    """
    if interval.low is None or interval.high is None or interval.low <= 0:
        raise ValueError(f"a root needs a bounded interval above zero, got {interval}")
    low, _ = _root_bounds(interval.low, degree, places)
    _, high = _root_bounds(interval.high, degree, places)
    return Interval(low, high, interval.low_closed, interval.high_closed)


def _root_bounds(value: Fraction, degree: int, places: int) -> tuple[Fraction, Fraction]:
    scale = 10**places
    target = value * scale**degree
    low, high = 0, target.__ceil__() + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= target else (low, middle)
    exact = low**degree == target
    return Fraction(low, scale), Fraction(low if exact else high, scale)


def decimal_text(value: Fraction, places: int = 12, *, up: bool | None = None) -> str:
    """Shortest exact decimal of ``value``; where there is none, ``places`` decimals, rounded down or up on request.

    >>> decimal_text(Fraction(1, 8)), decimal_text(Fraction(1, 3), 4), decimal_text(Fraction(1, 3), 4, up=True)
    ('0.125', '0.3333', '0.3334')
    """
    scaled = value * 10**places
    whole = round(scaled) if up is None else -((-scaled).__floor__()) if up else scaled.__floor__()
    sign = "-" if whole < 0 else ""
    digits = str(abs(whole)).rjust(places + 1, "0")
    integer, decimals = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return f"{sign}{integer}.{decimals}" if decimals else f"{sign}{integer}"
