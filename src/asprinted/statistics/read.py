"""A number of a statistic as a paper prints it: ``2.34``, ``.05``, ``< .001``, ``12 %``, ``1.2e-3``; what is known exactly is an int."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from asprinted.numbers.interval import Interval, hull
from asprinted.numbers.printed import Rounding, interval, parse
from forkmill.errors import InputError

# The first is the one under which "for all" is judged; an accusation survives every one of them, and any mixture.
CONVENTIONS = tuple(Rounding)
Given = str | int | Fraction
_RELATIONS = {"": "=", "<": "<", "≤": "<=", ">": ">", "≥": ">="}


@dataclass(frozen=True)
class Number:
    """A printed number with its relation (``=``, ``<``, ``>``, ``<=``, ``>=``); an exact one has no places."""

    relation: str
    value: Fraction
    places: tuple[Fraction, ...]

    def under(self, conventions: tuple[Rounding, ...]) -> Interval:
        """All values that it may stand for. The number of a bound is exact: ``< .05`` was not shortened."""
        if self.relation != "=":
            closed = self.relation.endswith("=")
            return Interval(None, self.value, True, closed) if self.relation[0] == "<" else Interval(self.value, None, closed)
        if not self.places:
            return Interval.point(self.value)
        places = self.places if len(conventions) > 1 else self.places[:1]
        return hull([interval(self.value, place, one) for place in places for one in conventions])


def read(given: Given, where: str, *, bound: bool = False) -> Number:
    """The number that a text prints, or an exact one.

    Args:
        given: digits as printed, as a string, or an int or Fraction that is exact.
        where: the argument, for the message.
        bound: ``<`` and ``>`` may stand before it.

    Raises:
        InputError: it is no number, or a float, which has lost its last zeros.

    >>> read("< .001", "p", bound=True)
    Number(relation='<', value=Fraction(1, 1000), places=(Fraction(1, 1000),))
    >>> read("5.20 %", "share").under(CONVENTIONS), read("1.2e-3", "p").under(CONVENTIONS[:1]), read(100, "whole").places
    ([5.195, 5.21), [0.00115, 0.00125), ())
    """
    if isinstance(given, int | Fraction) and not isinstance(given, bool):
        return Number("=", Fraction(given), ())
    if not isinstance(given, str):
        raise InputError("a printed number is given as a string", where, 'the digits as printed, such as "2.50", or an int that is exact',
                         repr(given), "write it in quotation marks: 2.50 and 2.5 promise different precisions")
    try:
        number = parse(given)
    except ValueError:
        number = None
    if number is None or number.rough or number.scale is not None or number.relation not in _RELATIONS or {*number.marks} - {"%"}:
        raise InputError("this is not a number", where, "digits such as 2.34, .05, 12 % or 1.2e-3", repr(given),
                         "give the number alone, as the paper prints it")
    if number.relation and not bound:
        raise InputError("a bound cannot stand here", where, "one number", repr(given), "leave out what only has a bound")
    return Number(_RELATIONS[number.relation], number.value, number.places)


def count(given: Given, where: str, least: int = 1) -> int:
    """A count that is exact, such as the number of persons.

    Raises:
        InputError: it is no whole number, or less than ``least``.

    >>> count("1,683", "n")
    1683
    """
    value = read(given, where).value
    if value.denominator != 1 or value < least:
        raise InputError("a count is a whole number", where, f"{least} or more", repr(given), "give the number of cases")
    return value.numerator


def chosen(conventions: tuple[Rounding | str, ...]) -> tuple[Rounding, ...]:
    """The rounding conventions that the paper may have followed.

    Raises:
        InputError: there is none, or one is unknown.

    >>> chosen(("half even",))
    (<Rounding.HALF_EVEN: 'half even'>,)
    """
    try:
        found = tuple(Rounding(one) for one in ((conventions,) if isinstance(conventions, str) else conventions))
    except ValueError:
        found = ()
    if not found:
        raise InputError("no such rounding", "conventions", ", ".join(CONVENTIONS), repr(conventions), "leave it out, and all count")
    return found
