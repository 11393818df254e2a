"""A value computed from data files as a quantity: which numbers it may stand for, and what it rests on."""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from asprinted.data_files import provenance
from asprinted.data_files.frames import DataFile
from asprinted.numbers.dates.days import Dated, Days
from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import Missing, Quantity, weakest
from asprinted.numbers.sources import EXCLUDED
from asprinted.numbers.truth import Truth
from asprinted.numbers.units import Unit
from forkmill.errors import InputError

Value = Quantity | Missing | Truth | Dated
EXACT_DIGITS = 12  # to which a float is taken to be right
_TIMED = "a date with a time of day or a time zone is not judged: its day would depend on where it was read"
_ROUND = "say which day is meant: .tz_localize(None) and .normalize() of a timestamp, .date() of a datetime"
WHOLE = 2**53  # up to it every whole number is a float of its own


def interval(value: Any, within: Any = None, where: str = "paper.computed") -> Interval:
    """The values that a computed number may stand for.

    Whole numbers, fractions and decimals are exact, and so is a float whose shortest decimal is no longer than
    :data:`EXACT_DIGITS` digits. A longer one is taken to be right to so many: the sum of a column may end in ...49999999 where
    the exact one ends in ...5, and that must accuse nobody. ``within`` gives the width to each side instead; 0 takes the
    float by its shortest decimal.

    Raises:
        InputError: it is no single finite number.

    >>> interval(344), interval(0.5, within=0), interval(2.5, within=0.01)
    ([344, 344], [0.5, 0.5], [2.49, 2.51])
    >>> Fraction("8.35") in interval(8.3499999999999996)
    True
    """
    number = _number(value, where)
    if within is not None:
        width = abs(_number(within, f"{where}, within"))
    elif isinstance(value, numbers.Rational | Decimal) or _short(value) or (number.denominator == 1 and abs(number) <= WHOLE):
        width = Fraction(0)
    else:
        width = abs(number) / 10**EXACT_DIGITS
    return Interval(number - width, number + width)


def _short(value: Any) -> bool:
    """Whether a float shows so few digits that nothing of it is the noise of its computation."""
    digits = re.sub("[^0-9]", "", str(value).lower().partition("e")[0])
    return len(digits.strip("0")) <= EXACT_DIGITS


def _number(value: Any, where: str) -> Fraction:
    """The number itself; a float by its shortest decimal, which is what it shows."""
    if isinstance(value, numbers.Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if not isinstance(value, numbers.Real | Decimal):
        what = f"{type(value).__name__} {str(value)[:60]!r}".replace("\\n", " ")
        raise InputError("what was computed is no single number", where, "an int, a float, a Fraction, a Decimal, or True or False", what,
                         "take one value of it, such as .mean(), .iloc[0] or .item()")
    if not math.isfinite(value):
        raise InputError("what was computed is no number", where, "a finite number", str(value),
                         "see whether empty cells of the data (NaN) went into it, or a division by zero")
    return Fraction(str(value))


def quantity(value: Any, files: Sequence[DataFile], unit: Unit | None = None, within: Any = None, where: str = "paper.computed") -> Value:
    """A value as a quantity, of True or False a truth, of a date one, that rests on the files as wholes; missing where one is left out
    for the moment.

    Args:
        value: see :func:`interval` and :func:`days`.
        files: the data files that it was computed from.
        unit: what the value counts or measures.
        within: see :func:`interval`.
        where: what to call the value in a message.

    Raises:
        InputError: it is no single number, or it is not said what it was computed from.
    """
    if not files or not all(isinstance(one, DataFile) for one in files):
        raise InputError("it is not said which data file the value was computed from", where, 'what paper.data("NAME") gives',
                         ", ".join(type(one).__name__ for one in files) or "nothing",
                         'birds = paper.data("penguins.csv"), then paper.computed(birds.frame["x"].mean(), birds)')
    keys = tuple(dict.fromkeys(provenance.key(one.name) for one in files))
    if not EXCLUDED.get().isdisjoint(keys):
        return Missing(keys)
    when = days(value, where)
    if when is not None and (unit is not None or within is not None):
        raise InputError("a date has no unit and no width", where, "the date and its data files", "unit or within", "leave them out")
    truth = isinstance(value, bool) or type(value).__name__ in ("bool_", "bool")
    found = Quantity(
        when or (Interval.point(0) if truth else interval(value, within, where)),
        rows=keys,
        evidence=weakest(provenance.grade(one.about) for one in files),
        strong=all(provenance.strong(one.about) for one in files),
        unit=unit,
    )
    return Truth(bool(value), found) if truth else Dated(found) if when else found


def days(value: Any, where: str = "paper.computed") -> Days | None:
    """The days of a date or a period of days, such as of Python, numpy or pandas; None of anything else.

    Raises:
        InputError: it is no date, has a time of day or a time zone, or is shorter than a day.

    >>> days(date(2018, 11, 7)), days(datetime(2018, 11, 7)), days(2018)
    (7 November 2018, 7 November 2018, None)
    """
    name = type(value).__name__
    if name == "NaTType" or (name == "datetime64" and value != value):
        raise InputError("what was computed is no date", where, "a day", "NaT", "see whether empty cells of the data went into it")
    if name == "Period" and hasattr(value, "start_time"):
        first, last = value.start_time, value.end_time
        if first.time() != datetime.min.time() or (last.date() == first.date() and value.freqstr[:1] in "hmstunHLU"):
            raise InputError(_TIMED, where, "a day, or a period of days", str(value), _ROUND)
        return Days.between(first.date(), last.date())
    if name == "datetime64":
        value = value.astype("datetime64[us]").item()
    if isinstance(value, datetime):
        if value.tzinfo is not None or value.time() != datetime.min.time():
            raise InputError(_TIMED, where, "a day, at midnight and in no time zone", str(value), _ROUND)
        value = value.date()
    return Days.between(value, value) if isinstance(value, date) else None
