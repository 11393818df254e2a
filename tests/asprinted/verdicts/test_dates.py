"""Verdicts on dates: a true date is never accused at any precision, a wrong one where the days that are known exclude it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.numbers.dates.days import Days, of_period
from asprinted.numbers.dates.periods import first_day, last_day
from asprinted.numbers.printed import Rounding
from asprinted.numbers.quantity import NO_MEASURE, Missing, Quantity
from asprinted.numbers.sources import AS_PUBLISHED, OF_DATA
from asprinted.verdicts.dates import BOUNDS, QUALIFIERS, judge_date, stated_date
from asprinted.verdicts.record import of_outcome
from asprinted.verdicts.vocabulary import ACCUSING
from forkmill.errors import InputError

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
PRECISIONS = ("year", "half", "quarter", "month", "week", "day")


def printed(day: date, precision: str) -> str:
    iso = day.isocalendar()
    return {"year": f"{day.year}", "half": f"{day.year}H{(day.month + 5) // 6}", "quarter": f"{day.year}Q{(day.month + 2) // 3}",
            "month": f"{day:%Y-%m}", "week": f"{iso.year}W{iso.week:02}", "day": f"{day}"}[precision]


def text_of(period: str) -> str:
    return f"{first_day(period):%B %Y}" if len(period) == 7 and "-" in period else period  # 2010-11 is two years as well


def known(period: str, *, strong: bool = True, **fields: object) -> Quantity:
    return Quantity(of_period(period), ("row",), evidence="official" if strong else "mirror", strong=strong, vintages=("first",), **fields)


def judged(stated: str, value: Quantity | Missing, word: str = "exact", **others: object):
    return judge_date(stated_date(stated, "en", word, Rounding.HALF_UP), value, **others)


precisions = st.sampled_from(PRECISIONS)


@given(DAYS, precisions, precisions)
def test_a_true_date_is_never_accused_at_any_precision_of_either_side(day, stated, published):
    found = judged(text_of(printed(day, stated)), known(printed(day, published)))
    assert found.verdict in ("reproduced", "consistent")
    assert (found.verdict == "reproduced") == of_period(printed(day, published)).within(of_period(printed(day, stated)))


@given(DAYS, DAYS)
def test_a_wrong_day_is_accused_where_both_sides_are_days(stated, published):
    assert (judged(f"{stated}", known(f"{published}")).verdict in ACCUSING) == (stated != published)


@given(DAYS, DAYS, precisions, precisions)
def test_a_date_is_accused_where_no_day_is_common_to_both_and_only_there(one, two, stated, published):
    found = judged(text_of(printed(one, stated)), known(printed(two, published)))
    apart = not of_period(printed(one, stated)).meets(of_period(printed(two, published)))
    assert (found.verdict == "contradicted") == apart


@given(DAYS, precisions, DAYS, st.sampled_from(sorted(BOUNDS)))
def test_a_bound_is_kept_by_every_day_on_its_side(day, precision, published, word):
    period = printed(day, precision)
    first, last = first_day(period), last_day(period)
    side = {"before": published < first, "by": published <= last, "after": published > last, "since": published >= first}[word]
    assert judged(text_of(period), known(f"{published}"), word).verdict == ("reproduced" if side else "contradicted")


@given(DAYS, DAYS, precisions, precisions, st.sampled_from(QUALIFIERS))
def test_what_was_seen_on_a_mirror_accuses_nobody(one, two, stated, published, word):
    found = judged(text_of(printed(one, stated)), known(printed(two, published), strong=False), word)
    assert found.verdict in ("reproduced", "consistent", "not checkable")


@given(DAYS, precisions, st.integers(0, 400), st.sampled_from(["exact", "before", "since"]))
def test_the_margin_is_the_fewest_days_that_give_another_verdict(day, precision, shift, word):
    text, published = text_of(printed(day, precision)), day + timedelta(shift)
    found = judged(text, known(f"{published}"), word)
    assert found.margin is not None
    margin = int(found.margin)

    def moved(*days: int) -> set[str]:
        return {judged(text, known(f"{published + timedelta(one)}"), word, measured=False).verdict for one in days}

    assert moved(*(sign * inside for inside in {0, 1, margin // 2, margin - 1} if inside < margin for sign in (1, -1))) == {found.verdict}
    assert moved(margin, -margin) != {found.verdict}


def test_a_record_holds_days_and_the_reason_says_by_how_many_they_are_off():
    found = judged("7 November 2018", known("2018-11-09"))
    record = of_outcome(found)
    assert record["computed"] == {"low": "2018-11-09", "high": "2018-11-09"}
    assert (found.how, found.corrected, record["error"], record["margin"]) == ("as published", "9 November 2018", None, "2")
    assert found.reason == "no day that it can have been is as stated; it is 9 November 2018, 2 days later"


@pytest.mark.parametrize(("stated", "published", "reason", "only_by"), [
    ("7 November 2018", "2018-11-07", "the same date", ()),
    ("November 2018", "2018-11-07", "the day is as stated", ()),
    ("2018", "2018-11", "every day that it can have been is as stated", ()),
    ("7 November 2018", "2018-11", "some of the days that it can have been are as stated",
     ("one of the days that the source leaves open",)),
])
def test_the_reason_is_told_in_days(stated, published, reason, only_by):
    found = judged(stated, known(published))
    assert (found.reason, found.only_by) == (reason, only_by)


def test_another_statement_of_the_paper_excludes_a_date_without_evidence():
    implied = Quantity(of_period("2018-12"), (), ("other-claim",))
    alone = judged("7 November 2018", Missing(("issued",)), given=[implied])
    assert (alone.verdict, alone.computed) == ("inconsistent", of_period("2018-12"))
    beside = judged("7 November 2018", known("2018-11-07", strong=False), given=[implied])
    assert (beside.verdict, beside.reason) == ("consistent", "the same date; another statement of the paper excludes it")


def test_a_date_that_only_another_vintage_has_is_consistent():
    found = judged("7 November 2018", known("2018-11-09"), vintages={"revised": known("2018-11-07")})
    assert (found.verdict, found.only_by) == ("consistent", ("vintage: revised",))


def test_nothing_else_has_the_digits_of_a_date():
    for value in (known("2019"), Missing(("x",), NO_MEASURE)):
        assert judged("2018", value).verdict in ("contradicted", "not checkable")
        with pytest.raises(InputError, match="no other quantity"):
            judged("2018", value, instead={"another event": known("2018-05-01")})


def test_days_are_told_as_short_as_they_can_be():
    said = {"2018-11-07": "7 November 2018", "2018-11": "November 2018", "2018": "2018", "2019H2": "second half of 2019",
            "2019Q3": "third quarter of 2019", "2019W31": "29 July 2019 to 4 August 2019"}
    assert {period: repr(of_period(period)) for period in said} == said
    assert repr(Days.between(None, date(2018, 1, 1))) == "1 January 2018 or earlier"


def test_a_date_that_was_computed_from_a_data_file_is_not_called_published():
    data = Quantity(of_period("2018-11"), ("data/files/broods.csv",), evidence="data file", strong=True, vintages=("first",))
    assert judged("November 2018", data).how == OF_DATA
    assert judged("November 2018", known("2018-11")).how == AS_PUBLISHED
