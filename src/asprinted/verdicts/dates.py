"""Verdicts on dates: the rules of numbers on days, told in the words of days.

A stated date says that the day is one of its days; a bound says it of every day on its side. Nothing is rounded, no word makes it rough,
and no other quantity has its digits by chance: those parts of the rules do not apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from asprinted.numbers.dates.days import Days
from asprinted.numbers.dates.written import PrintedDate, parse
from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Meaning, Printed, Rounding
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.numbers.sources import AS_PUBLISHED, RECOMPUTED
from asprinted.verdicts.agreement import Listed, Stated, fits, standing
from asprinted.verdicts.rules import Outcome, judge_number
from asprinted.verdicts.vocabulary import UNJUDGED
from forkmill.errors import InputError

# Words before a date that have an exact meaning: whether days after it are meant, and whether its own days are.
BOUNDS = {"before": (False, False), "by": (False, True), "after": (True, False), "since": (True, True)}
QUALIFIERS = ("exact", *BOUNDS)
EVERY_DAY = Days(None, None)
LEFT_OPEN = "one of the days that the source leaves open"


@dataclass(frozen=True)
class StatedDate(Stated):
    """A date as the paper prints it. ``says`` are the days that it may be; its number is the first day that is printed."""

    says: Interval = EVERY_DAY

    def meanings(self, rounding: Rounding | None = None) -> list[Meaning]:
        """The days, whatever the convention: a date is not rounded."""
        return [Meaning(Fraction(1), self.says, self.says)]


def stated_date(text: str, locale: str, qualifier: str, rounding: Rounding) -> StatedDate:
    """What a date with its word says.

    Raises:
        ValueError: it is no date, or one that can be read in two ways.

    >>> stated_date("November 2018", "en", "exact", Rounding.HALF_UP).says
    November 2018
    >>> stated_date("2018", "en", "before", Rounding.HALF_UP).says, stated_date("2018", "en", "since", Rounding.HALF_UP).says
    (31 December 2017 or earlier, 1 January 2018 or later)
    """
    found = parse(text, locale)
    number = Printed(text, Fraction(found.first.toordinal()), (Fraction(1),))
    # To the rules a bound is a bound, whichever side: only its days decide.
    return StatedDate(number, "exact" if qualifier == "exact" else "≤", rounding, says=_says(found, qualifier))


def _says(found: PrintedDate, qualifier: str) -> Days:
    if qualifier == "exact":
        return found.days
    later, itself = BOUNDS[qualifier]
    if later:
        return Days.between(found.first if itself else found.last + timedelta(1), None)
    return Days.between(None, found.last if itself else found.first - timedelta(1))


def judge_printed(stated: Stated, value: Quantity | Missing, **others: Any) -> Outcome:
    """The verdict on one reading of a stated number or date; see :func:`asprinted.verdicts.rules.judge_number`."""
    return judge_date(stated, value, **others) if isinstance(stated, StatedDate) else judge_number(stated, value, **others)


def judge_date(
    stated: StatedDate, value: Quantity | Missing, *, vintages: Listed | None = None, conventions: Listed | None = None,
    instead: Mapping[str, object] | None = None, given: Iterable[Quantity | Missing] = (), shortened_to: Iterable[int] = (),
    measured: bool = True,
) -> Outcome:
    """The verdict on one reading of a stated date.

    Args:
        value: the days that it is known to be.
        vintages, conventions, given, measured: see :func:`asprinted.verdicts.rules.judge_number`; ``shortened_to`` is of numbers alone.
        instead: nothing, of a date.

    Raises:
        InputError: ``instead`` is given: two events of one year have their digits in common, and neither is the other.
    """
    if instead:
        raise InputError("a date takes no other quantity that its digits may belong to", f"the stated date {stated.printed.text}",
                         "vintages, conventions, given, or readings by name", f"instead: {', '.join(instead)}",
                         "judge another event as another reading of the sentence, or leave it out")
    vintages, conventions = vintages or {}, conventions or {}
    found = judge_number(stated, value, vintages=vintages, conventions=conventions, given=given, shortened_to=(), measured=False)
    if found.computed is not None:
        found = replace(found, computed=Days.of(found.computed), error=None)
    if isinstance(value, Missing) or found.verdict == "inconsistent":
        return found
    if found.how == RECOMPUTED and value.formula is None and "latest" not in value.vintages:
        found = replace(found, how=AS_PUBLISHED)
    if measured and found.margin is None and found.verdict != UNJUDGED:
        found = replace(found, margin=_margin(stated, value, vintages, conventions))
    return _told(stated, value, found)


def _told(stated: StatedDate, value: Quantity, found: Outcome) -> Outcome:
    """The outcome with its reason in the words of days."""
    known = Days.of(value.interval)
    if found.verdict == "contradicted":
        reason = f"no day that it can have been is as stated; it is {known}, {_off(stated, known)}"
        return replace(found, corrected=repr(known), reason=reason)
    own = judge_number(stated, value, shortened_to=(), measured=False)
    fit = fits(stated, value)
    if value.claims or fit == "none":
        return found
    every = "the day is as stated" if known.low == known.high else "every day that it can have been is as stated"
    said = "some of the days that it can have been are as stated" if fit == "some" else "the same date" if known == stated.says else every
    only_by = tuple(LEFT_OPEN if one == "rounding" else one for one in found.only_by)
    return replace(found, reason=said + found.reason.removeprefix(own.reason), only_by=only_by)


def _off(stated: StatedDate, known: Days) -> str:
    """By how many days the nearest ends of two dates lie apart.

    >>> one = stated_date("7 November 2018", "en", "exact", Rounding.HALF_UP)
    >>> _off(one, parse("9 November 2018").days), _off(one, parse("October 2018").days)
    ('2 days later', '7 days earlier')
    """
    says, later = stated.says, known.low is not None and stated.says.high is not None and known.low > stated.says.high
    days = int(known.low - says.high if later else says.low - known.high)  # type: ignore[operator]
    return f"{days} day{'s' if days > 1 else ''} {'later' if later else 'earlier'}"


def _margin(stated: StatedDate, value: Quantity, vintages: Listed, conventions: Listed) -> Fraction | None:
    """The fewest days by which the known date would have to move for another verdict; None where no move gives one."""
    def now(days: Fraction) -> str:
        found = standing(stated, replace(value, interval=value.interval + Interval.point(days)), vintages, conventions)
        return "some" if found == "elsewhere" else found

    known, says = [[end for end in (one.low, one.high) if end is not None] for one in (value.interval, stated.says)]
    shifts = {bound - end + step for bound in says for end in known for step in (-1, 0, 1)}
    return next((abs(shift) for shift in sorted(shifts, key=abs) if now(shift) != now(Fraction(0))), None)
