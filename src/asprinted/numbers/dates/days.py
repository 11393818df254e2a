"""Days as numbers: a date is the interval of the days that it may be, so that it is judged as a printed number is.

A day is counted from 1 January of year 1 (:meth:`datetime.date.toordinal`, the proleptic Gregorian calendar).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from asprinted.numbers.arithmetic import Quantity
from asprinted.numbers.dates import periods
from asprinted.numbers.interval import Interval

UNIT = "date"  # of a row whose digits are a period, and the kind of a claim that is one
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ORDINALS = ("first", "second", "third", "fourth")


class Days(Interval):
    """The days from a first to a last one, both among them; no bound on a side that is open."""

    @classmethod
    def between(cls, first: date | None, last: date | None) -> Days:
        """The days from one to another.

        >>> Days.between(date(2018, 11, 1), date(2018, 11, 30))
        November 2018
        """
        return cls(*(None if day is None else Fraction(day.toordinal()) for day in (first, last)))

    @classmethod
    def of(cls, interval: Interval) -> Days:
        """An interval of days that is known to be one."""
        return cls(interval.low, interval.high)

    @property
    def ends(self) -> tuple[date | None, date | None]:
        """The first and the last day."""
        first, last = (None if end is None else date.fromordinal(int(end)) for end in (self.low, self.high))
        return first, last

    def __repr__(self) -> str:
        return in_words(*self.ends)


@dataclass(frozen=True)
class Dated:
    """A date with what it rests on: ``days`` is a quantity whose interval counts days.

    There is no arithmetic on dates. Which of two is earlier is asked of their days, ``truth.less(first.days, second.days)``, and
    ``last.days - first.days`` is how many days lie between them.
    """

    days: Quantity

    def __str__(self) -> str:
        return repr(Days.of(self.days.interval))


def of_period(text: str) -> Days:
    """The days of a period as tables write it.

    Raises:
        ValueError: it is no period.

    >>> of_period("2019Q3"), of_period("2018-11-07")
    (third quarter of 2019, 7 November 2018)
    """
    return Days.between(periods.first_day(text), periods.last_day(text))


def in_words(first: date | None, last: date | None) -> str:
    """The days from one to another in words, as short as they can be told.

    >>> in_words(date(2018, 11, 7), date(2018, 11, 7)), in_words(date(2019, 1, 1), date(2019, 6, 30)), in_words(date(2019, 1, 1), None)
    ('7 November 2018', 'first half of 2019', '1 January 2019 or later')
    """
    if first is None or last is None:
        return "" if first is last else f"{_day(first)} or later" if first else f"{_day(last)} or earlier"  # type: ignore[arg-type]
    if first == last:
        return _day(first)
    year, month = first.year, first.month
    forms = {f"{year}": f"{year}", f"{year}-{month:02}": f"{first:%B} {year}",
             **{f"{year}H{one}": f"{_ORDINALS[one - 1]} half of {year}" for one in (1, 2)},
             **{f"{year}Q{one}": f"{_ORDINALS[one - 1]} quarter of {year}" for one in (1, 2, 3, 4)}}
    whole = [said for text, said in forms.items() if (first, last) == (periods.first_day(text), periods.last_day(text))]
    return whole[0] if whole else f"{_day(first)} to {_day(last)}"


def _day(one: date) -> str:
    return f"{one.day} {one:%B} {one.year}"


def from_record(low: str | None, high: str | None) -> str | None:
    """The bounds of a record in words where they are days, None where they are numbers.

    >>> from_record("2018-11-09", "2018-11-09"), from_record("8.4", "8.4")
    ('9 November 2018', None)
    """
    if not any(end and _ISO.fullmatch(end) for end in (low, high)):
        return None
    return in_words(*(None if end is None else date.fromisoformat(end) for end in (low, high)))
