"""How a stated number and a known quantity fit: as printed, under every other listed choice, and by what distance.

Pure functions, standard library alone. What decides a verdict is here; :mod:`helpers.verdict` puts it into words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from helpers.interval import Interval, hull
from helpers.printed import Printed, Rounding, qualified
from helpers.quantity import Missing, Quantity

Listed = Mapping[str, Quantity | Missing]
BOTH_ROUNDINGS = "convention: difference or sum with both roundings"


@dataclass(frozen=True)
class Stated:
    """A number as the paper prints it, with the word that qualifies it and the run's rounding convention."""

    printed: Printed
    qualifier: str = "exact"
    rounding: Rounding = Rounding.HALF_UP
    exact_count: bool = False

    def intervals(self, rounding: Rounding | None = None) -> list[tuple[Fraction, Interval]]:
        """Last place and interval for each precision the digits may have, finest first."""
        if self.exact_count and self.qualifier == "exact":
            return [(Fraction(1), Interval.point(self.printed.value))]
        return qualified(self.printed, self.qualifier, rounding or self.rounding)

    def widest(self) -> Interval:
        """Every value that may print as stated, under any rounding convention and any precision of the digits.

        >>> from helpers.printed import parse
        >>> Stated(parse("4.4")).widest()
        [4.35, 4.5)
        """
        return hull([interval for rounding in Rounding for _, interval in self.intervals(rounding)])


def fit(intervals: Iterable[tuple[Fraction, Interval]], value: Interval) -> str:
    """Whether "all", "some" or "none" of the values print as stated, at the precision that suits them best."""
    found = "none"
    for _, interval in intervals:
        if value.within(interval):
            return "all"
        if value.meets(interval):
            found = "some"
    return found


def known(stated: Stated, quantity: Quantity) -> list[tuple[str, Interval]]:
    """The values with which a statement is compared, then those that can only excuse it.

    A printed figure is compared by its digits, as an author would shorten them. Where the statement has a qualifier, or
    more places than the figure, the digits decide nothing, and the values behind them are compared. The digits of a
    difference or sum of printed figures decide that it holds; that it fails takes the rounding of both as well.
    """
    low, high = quantity.interval.low, quantity.interval.high
    if quantity.derived and quantity.published is not None and stated.qualifier == "exact":
        return [("", quantity.value), (BOTH_ROUNDINGS, quantity.interval)]
    coarse = low is None or high is None or high - low > stated.printed.places[-1]
    return [("", quantity.interval if stated.qualifier != "exact" or coarse else quantity.value)]


def fits(stated: Stated, quantity: Quantity, rounding: Rounding | None = None) -> str:
    """How a quantity fits under the run's rounding convention, or another: see :func:`fit` and :func:`known`."""
    return fit(stated.intervals(rounding), known(stated, quantity)[0][1])


def elsewhere(stated: Stated, value: Quantity, vintages: Listed, conventions: Listed) -> tuple[str, ...]:
    """Other listed choices under which the stated number is possible; combined ones where no single one will do."""
    single: dict[str, None] = {}
    combined: dict[str, None] = {}
    for labels in _possible(stated, value, vintages, conventions):
        if len(labels) == 1:
            single[labels[0]] = None
        elif labels:
            combined[" with ".join(labels)] = None
    return tuple(single or combined)


def _possible(stated: Stated, value: Quantity, vintages: Listed, conventions: Listed) -> Iterator[list[str]]:
    listed = [("", value)]
    for label, quantities in (("vintage", vintages), ("convention", conventions)):
        listed += [(f"{label}: {name}", quantity) for name, quantity in quantities.items() if isinstance(quantity, Quantity)]
    for rounding in sorted(Rounding, key=lambda r: r is not stated.rounding):
        intervals = stated.intervals(rounding)
        rounded = "" if rounding is stated.rounding else f"rounding: {rounding.value}"
        for name, quantity in listed:
            for excuse, interval in known(stated, quantity):
                if fit(intervals, interval) != "none":
                    yield [label for label in (rounded, name, excuse) if label]


def excluded(stated: Stated, quantity: Quantity) -> bool:
    """Whether the stated number is impossible for a quantity under every rounding convention."""
    return not elsewhere(stated, quantity, {}, {}) and fits(stated, quantity) == "none"


def same_digits(stated: Stated, quantity: Quantity) -> bool:
    """Whether a number or a bound of the quantity prints with the stated digits, whatever word stands before them.

    "Less than 20" is true of many a number; its digits are those of 20 alone.
    """
    digits = replace(stated, qualifier="exact").intervals()
    ends = [quantity.published] if quantity.published is not None else [quantity.interval.low, quantity.interval.high]
    return any(end is not None and fit(digits, Interval.point(end)) == "all" for end in ends)


def standing(stated: Stated, value: Quantity, vintages: Listed, conventions: Listed) -> str:
    """What a verdict turns on: "all", "some", "elsewhere" (possible under another listed choice) or "none"."""
    found = fits(stated, value)
    return "elsewhere" if found == "none" and elsewhere(stated, value, vintages, conventions) else found


def margin(stated: Stated, value: Quantity, vintages: Listed, conventions: Listed) -> Fraction | None:
    """The smallest shift of the known quantity at which the verdict changes, in units of the last printed place.

    All else stays as it is. A count moves in whole steps. None where no shift changes anything.

    >>> from helpers.printed import parse
    >>> margin(Stated(parse("8.4")), Quantity(Interval.point("8.41"), ("row",)), {}, {})
    Fraction(2, 5)
    """
    place = stated.intervals()[-1][0]
    if stated.exact_count and value.value.low == value.value.high and stated.qualifier == "exact":
        return max(Fraction(1), abs(stated.printed.value - value.value.low))  # type: ignore[operator]
    def verdict(known: Quantity) -> str:
        found = standing(stated, known, vintages, conventions)
        return "some" if found == "elsewhere" else found  # both are "consistent"

    now = verdict(value)
    shifts = _candidates(stated, value)
    ordered = sorted({Fraction(0), *shifts})
    step = min((b - a for a, b in pairwise(ordered)), default=place) / 2
    for shift in sorted(shifts, key=abs):
        if any(verdict(_moved(value, shift + aside)) != now for aside in (0, step, -step)):
            return abs(shift) / place
    return None


def _candidates(stated: Stated, value: Quantity) -> set[Fraction]:
    """Shifts that bring an end of the known quantity to a bound of the stated one: nothing changes between two of them."""
    bounds = {bound for rounding in Rounding for _, interval in stated.intervals(rounding)
              for bound in (interval.low, interval.high) if bound is not None}
    ends = {end for _, interval in known(stated, value) for end in (interval.low, interval.high) if end is not None}
    return {bound - end for bound in bounds for end in ends}


def _moved(value: Quantity, shift: Fraction) -> Quantity:
    published = None if value.published is None else value.published + shift
    return replace(value, interval=value.interval + Interval.point(shift), published=published)
