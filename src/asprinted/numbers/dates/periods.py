"""Periods as the tables write them: a year, half-year, quarter, month, week or day, or two of one kind as ``first/last``.

Weeks are those of ISO 8601, from Monday, the first of a year holding its first Thursday. A fiscal year is written as its months,
``2018-04/2019-03``: "2018/19" does not say which. Standard library alone.
"""

from __future__ import annotations

import calendar
import functools
import re
from datetime import date, timedelta

_FORM = re.compile(r"(?P<year>\d{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|W(?P<week>\d{2})|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


def kind(text: str) -> str:
    """What kind of period it is: "year", "half", "quarter", "week", "month" or "day"; of two of them that of each.

    Raises:
        ValueError: it is no period.

    >>> [kind(one) for one in ("2019", "2019H1", "2019Q3", "2019W31", "2019-07", "2019-07-31", "2018-04/2019-03")]
    ['year', 'half', 'quarter', 'week', 'month', 'day', 'month']
    """
    first, last = _ends(text)
    if kind_of(first) != kind_of(last):
        raise ValueError(f"the ends of {text} are of two kinds")
    if first_day(text) > last_day(text) or ("/" in text and first == last):
        raise ValueError(f"{text} ends before it begins")
    return kind_of(first)


def kind_of(one: str) -> str:
    """The kind of a single period."""
    found = _matched(one)
    return next((name for name in ("half", "quarter", "week", "day", "month") if found[name]), "year")


@functools.cache
def first_day(text: str) -> date:
    """The day on which a period begins.

    >>> str(first_day("2019H2")), str(first_day("2019W01")), str(first_day("2016/2019"))
    ('2019-07-01', '2018-12-31', '2016-01-01')
    """
    found = _matched(_ends(text)[0])
    year = int(found["year"])
    if found["week"]:
        return date.fromisocalendar(year, int(found["week"]), 1)
    whole = {"half": 6, "quarter": 3}
    month = next((int(found[name]) * length - length + 1 for name, length in whole.items() if found[name]), int(found["month"] or 1))
    return date(year, month, int(found["day"] or 1))


@functools.cache
def last_day(text: str) -> date:
    """The day on which a period ends.

    Raises:
        ValueError: it is no period, or one that no calendar has.

    >>> [str(last_day(one)) for one in ("2019", "2019H1", "2019Q3", "2020-02", "2019W31", "2019-07-31", "2018-04/2019-03")]
    ['2019-12-31', '2019-06-30', '2019-09-30', '2020-02-29', '2019-08-04', '2019-07-31', '2019-03-31']
    """
    one = _ends(text)[1]
    found, begins = _matched(one), first_day(one)
    if found["day"]:
        return begins
    if found["week"]:
        return begins + timedelta(days=6)
    month = begins.month + {"half": 5, "quarter": 2, "month": 0, "year": 11}[kind_of(one)]
    return date(begins.year, month, calendar.monthrange(begins.year, month)[1])


def _ends(text: str) -> tuple[str, str]:
    first, _, last = text.partition("/")
    return first, last or first


def _matched(one: str) -> re.Match[str]:
    found = _FORM.fullmatch(one)
    if found is None:
        raise ValueError(f"{one} is no period (expected one such as 2019, 2019H1, 2019Q3, 2019-07, 2019W31, 2019-07-31 or 2018-04/2019-03)")
    return found
