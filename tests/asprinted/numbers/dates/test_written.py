"""Printed dates: every form of every language is read back, what can be read in two ways is not read, and nothing else is a date."""

from __future__ import annotations

import datetime

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from asprinted.numbers.dates import cldr
from asprinted.numbers.dates.days import Days, of_period
from asprinted.numbers.dates.written import dates_in, misprints, parse, readings

DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(9999, 12, 31))
LANGUAGES = st.sampled_from(sorted(cldr.MONTHS))
PATTERNS = ("yMMMM", "yMMM", "yQQQQ", "yQQQ")
FORMS = [
    ("7 November 2018", "en", "2018-11-07"), ("November 7, 2018", "en", "2018-11-07"), ("Nov. 7, 2018", "en", "2018-11-07"),
    ("7th of November 2018", "en", "2018-11-07"), ("November 7th, 2018", "en", "2018-11-07"), ("NOVEMBER 2018", "en", "2018-11"),
    ("Sept. 2018", "en", "2018-09"), ("the third quarter of 2019", "en", "2019Q3"), ("Q3 2019", "en", "2019Q3"),
    ("2019 Q3", "en", "2019Q3"),
    ("3rd quarter 2019", "en", "2019Q3"), ("second half of 2019", "en", "2019H2"), ("H1 2019", "en", "2019H1"), ("1998", "en", "1998"),
    ("2018-11-07", "en", "2018-11-07"), ("2018/11/7", "en", "2018-11-07"), ("2018-11", "en", "2018-11"), ("2019-W31", "en", "2019W31"),
    ("week 31 of 2019", "en", "2019W31"), ("11/2018", "en", "2018-11"),
    ("13/04/2018", "en", "2018-04-13"), ("04/13/2018", "en", "2018-04-13"),
    ("3/3/2018", "en", "2018-03-03"), ("03/04/2018", "en-GB", "2018-04-03"), ("03/04/2018", "en_US", "2018-03-04"),
    ("7. November 2018", "de", "2018-11-07"), ("7.11.2018", "de-AT", "2018-11-07"), ("7. 11. 2018", "cs", "2018-11-07"),
    ("3. Quartal 2019", "de", "2019Q3"), ("März 2015", "de", "2015-03"), ("1er novembre 2018", "fr", "2018-11-01"),
    ("7 de noviembre de 2018", "es", "2018-11-07"), ("primo", "it", ""), ("7 listopada 2018", "pl", "2018-11-07"),
    ("7. listopadu 2018", "cs", "2018-11-07"), ("7 ноября 2018 г.", "ru", "2018-11-07"), ("2018. november 7.", "hu", "2018-11-07"),
    ("2018年11月7日", "zh", "2018-11-07"), ("2018年11月", "en", "2018-11"),
    ("２０１８年１１月７日", "ja", "2018-11-07"), ("2018年", "zh", "2018"),
    ("2018年第三季度", "zh", "2018Q3"), ("2019年上半年", "zh", "2019H1"), ("2018年十一月", "zh", "2018-11"),
    ("2018년 11월 7일", "ko", "2018-11-07"), ("7\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2018", "en", "2018-11-07"),
]
NONE = ["", "7", "November", "7 November", "7.11.18", "'98", "spring 2018", "early 2018", "FY2018", "1990s", "31 November 2018", "2018-13",
        "29 February 2019",
        "2019-W54", "2019Q5", "2018-11-07 14:30", "7 and 9 November 2018", "3 to 7 November 2018", "November 2018 and 2019",
        "7. novembre 2018", "0018", "20181107", "8.4", "2,018", "November or December 2018", "about 2018", "-7 November of"]


@pytest.mark.parametrize(("text", "locale", "period"), FORMS)
def test_a_form_is_the_date_that_it_prints(text, locale, period):
    assert [one.days for one in readings(text, locale)] == ([of_period(period)] if period else [])


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_date_and_nothing_else_is_not_read(text):
    with pytest.raises(ValueError, match="not a date"):
        parse(text)


@pytest.mark.parametrize(("text", "locale"), [("03/04/2018", "en"), ("03.04.2018", "hr"), ("03/04/2018", "es"), ("3-4-2018", "fr-CA")])
def test_two_numbers_that_may_both_be_the_day_are_named_in_both_readings(text, locale):
    with pytest.raises(ValueError, match="3 April 2018 and as 4 March 2018"):
        parse(text, locale)


def test_a_year_and_a_month_that_may_be_two_years_has_two_readings():
    assert [str(one.days) for one in readings("2010-11")] == ["November 2010", "1 January 2010 to 31 December 2011"]
    assert [str(one.days) for one in readings("2018-11")] == ["November 2018"]


@given(DAYS, LANGUAGES, st.sampled_from(["long", "full without weekday", "medium"]))
def test_every_day_that_a_language_prints_is_read_back_or_is_open(day, language, width):
    pattern = Locale.parse(language).date_formats["medium" if width == "medium" else "long"].pattern
    pattern = pattern if "yy" not in pattern.replace("yyyy", "") else pattern.replace("yy", "y")
    found = readings(format_date(day, pattern, locale=language), language)
    assert Days.between(day, day) in [one.days for one in found]
    assert len(found) == 1 or language in cldr.NEITHER


@given(DAYS, LANGUAGES, st.sampled_from(PATTERNS))
def test_every_month_and_quarter_that_a_language_prints_is_read_back(day, language, skeleton):
    pattern = Locale.parse(language).datetime_skeletons.get(skeleton)
    period = f"{day.year}Q{(day.month + 2) // 3}" if "Q" in skeleton else f"{day.year}-{day.month:02}"
    assert pattern is None or parse(format_date(day, pattern.pattern, locale=language), language).days == of_period(period)


@given(DAYS, st.sampled_from(sorted(cldr.DAY_FIRST | cldr.MONTH_FIRST)))
def test_digits_are_read_in_the_order_of_a_language_or_territory_that_has_one(day, name):
    printed = f"{day.day:02}/{day.month:02}/{day.year}" if name in cldr.DAY_FIRST else f"{day.month:02}/{day.day:02}/{day.year}"
    assert parse(printed, name).first == day


@given(DAYS, LANGUAGES)
def test_a_date_in_a_sentence_is_found_whole(day, language):
    text = format_date(day, "long", locale=language)
    assert [one.days for one in dates_in(f"(12) {text}: 3.5 %", language)] == [Days.between(day, day)]


@given(DAYS, LANGUAGES)
def test_a_misprint_is_another_date_that_can_be_read(day, language):
    text = format_date(day, "long", locale=language)
    others = misprints(text, language)
    assert others
    assert all(parse(one, language).first != day for one in others)


def test_a_misprint_changes_a_digit_or_the_name():
    assert {"8 November 2018", "17 November 2018"} & {*misprints("7 November 2018")} == {"8 November 2018"}
    assert any(parse(one).days == of_period("2018-10-07") for one in misprints("7 November 2018"))
    assert any(parse(one).days == of_period("2019Q1") for one in misprints("third quarter of 2019"))


def test_no_name_of_a_month_is_that_of_another():
    for language, named in cldr.MONTHS.items():
        names = [one for month in named for one in month]
        assert len(named) == 12, language
        assert all(named), language
        assert len(names) == len({*names}), language


def test_a_number_beside_a_date_is_no_part_of_it():
    assert [str(one.days) for one in dates_in("12017 November 2018 and 2018-11-071 and 3-7 May 2018")] == ["November 2018", "May 2018"]
