"""Rows whose figure is a date: read as days, held to their evidence, and joined where several say the same."""

from __future__ import annotations

import pytest
from tiny_table import COLUMNS, changed, faults_of, make_audit, only

from asprinted.numbers.dates.days import Dated, of_period
from asprinted.official import observations
from asprinted.official.observations import Official

THAW = "tiny-thaw-oslo-2019-office,thaw,Oslo,2019,point,date,2019-03-12,one,,first,VERIFIED,office,gone by 12 March 2019"


def found(folder, *rows: str) -> Dated:
    return Official(make_audit(folder, "\n".join([COLUMNS, *rows, ""]))).find("tiny", "thaw", "2019")


def test_a_row_of_a_date_is_sound_and_is_found_as_one(tmp_path):
    assert faults_of(tmp_path / "a", COLUMNS, THAW) == []
    one = found(tmp_path / "b", THAW)
    assert (one.days.interval, one.days.rows, one.days.strong) == (of_period("2019-03-12"), ("tiny-thaw-oslo-2019-office",), True)
    assert observations.text(one) == "12 March 2019"


@pytest.mark.parametrize(("digits", "evidence", "locale"), [
    ("2019-03", "in March 2019", ""), ("2019", "2019 年", ""), ("2019-03-12", "2019年3月12日", ""),
    ("2019-03-12", "am 12. März 2019", "de"),
    ("2019Q1", "first quarter of 2019", ""), ("2019-03-12", "12/03/2019", "en-GB"), ("2019-12-03", "12/03/2019", "en-US"),
])
def test_the_date_stands_in_the_evidence_in_the_language_of_the_source(tmp_path, digits, evidence, locale):
    row = changed(changed(THAW, "digits", digits), "evidence", evidence)
    assert faults_of(tmp_path, COLUMNS, row, **({"source": {"locale": locale}} if locale else {})) == []


@pytest.mark.parametrize(("digits", "evidence"), [
    ("2019-03-13", "on 12 March 2019"), ("2019-03", "on 12 March 2019"), ("2019-03-12", "in March 2019"),
    ("2019-03-12", "12/03/2019")])
def test_another_date_or_one_as_precise_as_the_evidence_is_not_is_refused(tmp_path, digits, evidence):
    row = changed(changed(THAW, "digits", digits), "evidence", evidence)
    assert "do not stand in the evidence" in str(only(faults_of(tmp_path, COLUMNS, row)))


@pytest.mark.parametrize(("column", "value", "what"), [
    ("digits", "2019-02-30", "no calendar has this period"), ("scale", "million", "a scale or a bound"),
    ("bound", "about", "a scale or a bound"), ("digits", "12.03.2019", "the value is not allowed here")])
def test_what_is_no_date_is_refused(tmp_path, column, value, what):
    assert any(what in str(one) for one in faults_of(tmp_path, COLUMNS, changed(THAW, column, value)))


def test_the_digits_of_a_number_are_no_date(tmp_path):
    row = "tiny-rain-oslo-2019-office,rain,Oslo,2019,annual,percent,2019-03,one,,first,VERIFIED,office,in 2019-03"
    assert "the digits are a date" in str(faults_of(tmp_path, COLUMNS, row)[0])


def test_two_sightings_of_a_date_are_one_as_precise_as_the_better_and_two_dates_are_an_error(tmp_path):
    month = changed(changed(changed(THAW, "row", "tiny-thaw-oslo-2019-other"), "digits", "2019-03"), "evidence", "in March 2019")
    one = found(tmp_path / "a", THAW, month)
    assert (one.days.interval, len(one.days.rows)) == (of_period("2019-03-12"), 2)
    other = changed(changed(month, "digits", "2019-04"), "evidence", "in April 2019")
    with pytest.raises(Exception, match="two sightings of one figure disagree"):
        found(tmp_path / "b", THAW, other)
