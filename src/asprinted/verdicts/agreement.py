"""How a stated number and a known quantity fit: as printed, under every other listed choice, and by what distance.

Pure functions, standard library alone. What decides a verdict is here; :mod:`asprinted.verdicts.rules` puts it into words.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from asprinted.numbers.interval import Interval, hull
from asprinted.numbers.printed import Meaning, Printed, Rounding, interval, qualified, shorten
from asprinted.numbers.quantity import Missing, Quantity

Listed = Mapping[str, Quantity | Missing]
# To how many significant digits texts shorten the levels that they then calculate with.
SHORTENED = (3, 4)


@dataclass(frozen=True)
class Stated:
    """A number as the paper prints it, with the word that qualifies it and the run's rounding convention.

    With ``upto`` it is a range: what is said is that a quantity lies between the two numbers, or prints as one of them.
    """

    printed: Printed
    qualifier: str = "exact"
    rounding: Rounding = Rounding.HALF_UP
    exact_count: bool = False
    upto: Printed | None = None

    def meanings(self, rounding: Rounding | None = None) -> list[Meaning]:
        """What the digits say for each precision they may have, finest first.

        >>> from asprinted.numbers.printed import parse
        >>> [one.says for one in Stated(parse("5"), upto=parse("10.0")).meanings()]
        [[4.5, 10.05)]
        """
        if self.upto is not None:
            return _between(replace(self, upto=None), replace(self, printed=self.upto, upto=None), rounding)
        if self.exact_count and self.qualifier == "exact":
            point = Interval.point(self.printed.value)
            return [Meaning(Fraction(1), point, point)]
        return qualified(self.printed, self.qualifier, rounding or self.rounding)

    @property
    def kept(self) -> str:
        """What a value does of which the statement is true, in words."""
        return "lies in the stated range" if self.upto is not None else "prints as stated" if self.qualifier == "exact" else "is as stated"

    def widest(self) -> Interval:
        """Every value that may print as stated, under any rounding convention and any precision of the digits.

        >>> from asprinted.numbers.printed import parse
        >>> Stated(parse("4.4")).widest()
        [4.35, 4.5)
        """
        return hull([meaning.possible for rounding in Rounding for meaning in self.meanings(rounding)])


def _between(low: Stated, high: Stated, rounding: Rounding | None) -> list[Meaning]:
    """What a range says: from the least that its low end may stand for to the most that its high end may."""
    ends = low.meanings(rounding), high.meanings(rounding)
    found = list[Meaning]()
    for place in sorted({one.place for end in ends for one in end}):
        first, last = (([one for one in end if one.place <= place] or end[:1])[-1] for end in ends)
        one = Meaning(place, _joined(first.says, last.says), _joined(first.possible, last.possible))
        if not found or (one.says, one.possible) != (found[-1].says, found[-1].possible):
            found.append(one)
    return found


def _joined(low: Interval, high: Interval) -> Interval:
    return Interval(low.low, high.high, low.low_closed, high.high_closed)


def fit(meanings: Iterable[Meaning], value: Interval) -> str:
    """Whether "all", "some" or "none" of the values are as stated, at the precision that suits them best."""
    found = "none"
    for meaning in meanings:
        if value.within(meaning.says):
            return "all"
        if value.meets(meaning.possible):
            found = "some"
    return found


def copied(stated: Stated, quantity: Quantity) -> bool:
    """Whether the statement is the figure itself, digit for digit, so that nothing was shortened."""
    return (stated.qualifier == "exact" and stated.upto is None and quantity.published == stated.printed.value
            and at_hand(stated, quantity))


def fits(stated: Stated, quantity: Quantity, rounding: Rounding | None = None) -> str:
    """How a quantity fits under the run's rounding convention, or another: see :func:`fit`.

    Offices round half up, so under that convention all that a figure may stand for is compared. Whoever shortens it in
    another way has nothing but its digits.
    """
    if copied(stated, quantity):
        return "all"
    another = (rounding or stated.rounding) is not Rounding.HALF_UP and stated.qualifier == "exact" and at_hand(stated, quantity)
    return fit(stated.meanings(rounding), quantity.value if another else quantity.interval)


def at_hand(stated: Stated, quantity: Quantity) -> bool:
    """Whether the quantity is a looked-up figure with at least as many digits as the statement."""
    low, high = quantity.interval.low, quantity.interval.high
    return (quantity.published is not None and not quantity.derived and low is not None and high is not None
            and high - low <= stated.printed.places[-1])


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
        rounded = "" if rounding is stated.rounding else f"rounding: {rounding.value}"
        for name, quantity in listed:
            if fits(stated, quantity, rounding) != "none":
                yield [label for label in (rounded, name) if label]


def of_shortened(value: Quantity | Missing, digits: Iterable[int] = SHORTENED) -> dict[str, Quantity | Missing]:
    """A computed quantity as whoever calculates with shortened levels gets it, by the name of that convention.

    A text that prints 2.21 and 1.42 trillion may subtract and divide these: what follows from them is no error.
    """
    if isinstance(value, Missing) or value.formula is None or not value.rows:
        return {}
    found: dict[str, Quantity | Missing] = {}
    for count in sorted({*digits}):
        with contextlib.suppress(ZeroDivisionError):  # so short that nothing is left of a divisor: nobody calculates so
            found[f"of figures shortened to {count} digits"] = value.of_shortened(count)
    return found


def excluded(stated: Stated, quantity: Quantity) -> bool:
    """Whether the stated number is impossible for a quantity under every rounding convention."""
    return not elsewhere(stated, quantity, {}, {}) and fits(stated, quantity) == "none"


def same_digits(stated: Stated, quantity: Quantity) -> bool:
    """Whether a number or a bound of the quantity prints with the stated digits, whatever word stands before them.

    "Less than 20" is true of many a number; its digits are those of 20 alone. A range has the digits of none.
    """
    if stated.upto is not None:
        return False
    digits = replace(stated, qualifier="exact").meanings()
    ends = [quantity.published] if quantity.published is not None else [quantity.interval.low, quantity.interval.high]
    return any(end is not None and fit(digits, Interval.point(end)) == "all" for end in ends)


def standing(stated: Stated, value: Quantity, vintages: Listed, conventions: Listed) -> str:
    """What a verdict turns on: "all", "some", "elsewhere" (possible under another listed choice) or "none"."""
    found = fits(stated, value)
    return "elsewhere" if found == "none" and elsewhere(stated, value, vintages, conventions) else found


def margin(stated: Stated, value: Quantity, vintages: Listed, conventions: Listed) -> Fraction | None:
    """The smallest shift of the known quantity at which the verdict changes, in units of the last printed place.

    All else stays as it is. A figure is moved by its digits, a computed quantity as a whole, a count in whole steps. None
    where no shift changes anything.

    >>> from asprinted.numbers.printed import parse
    >>> margin(Stated(parse("8.4")), Quantity(Interval.point("8.41"), ("row",)), {}, {})
    Fraction(2, 5)
    """
    place = stated.meanings()[-1].place
    if stated.exact_count and value.value.low == value.value.high and stated.qualifier == "exact" and stated.upto is None:
        return max(Fraction(1), abs(stated.printed.value - value.value.low))  # type: ignore[operator]
    if at_hand(stated, value):
        value = replace(value, interval=value.value)

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
    bounds = {bound for rounding in Rounding for meaning in stated.meanings(rounding)
              for interval in (meaning.says, meaning.possible) for bound in (interval.low, interval.high) if bound is not None}
    ends = {end for end in (value.interval.low, value.interval.high) if end is not None}
    return {bound - end for bound in bounds for end in ends}


def _moved(value: Quantity, shift: Fraction) -> Quantity:
    return replace(value, interval=value.interval + Interval.point(shift), published=None)


def correction(stated: Stated, value: Interval) -> str:
    """The value at the precision of the stated number; a range where the figures leave the last digit open.

    >>> from asprinted.numbers.printed import parse
    >>> correction(Stated(parse("9.3")), Interval.point("-6.5"))
    '-6.5'
    """
    place = stated.printed.places[0]
    if value.low is None or value.high is None:
        word, end = ("more than", value.low) if value.high is None else ("less than", value.high)
        return "" if end is None else f"{word} {shorten(end, place, stated.rounding)}"
    low, high = (Fraction(shorten(end, place, stated.rounding)) for end in (value.low, value.high))
    # An open end is not one of the values: where only it prints so, the neighbour is the last that can be printed.
    low += 0 if interval(low, place, stated.rounding).meets(value) else place
    high -= 0 if interval(high, place, stated.rounding).meets(value) else place
    return " to ".join(dict.fromkeys(shorten(end, place, stated.rounding) for end in (low, high)))
