"""A date as a claim, from the file to the card: what it is compared with, what a reader sees, and every error on the way."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from own_data import make, put

from asprinted.commands import show
from asprinted.notebook.paper import Paper
from asprinted.numbers.truth import less
from asprinted.paper import form
from asprinted.report.number_line import picture
from asprinted.verdicts import card
from asprinted.verdicts.record import as_csv, record_fault
from forkmill.errors import InputError, InputErrors

CLAIM = '- {{id: issued, where: 1/1/1, kind: date, stated: "{0}", quantity: when the catalogue was issued{1}}}\n'
ROWS = {"7 November 2018": ("7", "2018"), "2018": ("2018",), "third quarter of 2019": ("third", "2019")}


def audit(folder: Path, stated: str = "7 November 2018", more: str = "", locale: str = "en", rows: tuple[str, ...] = ()) -> Path:
    root = make(folder)
    listed = rows or ROWS.get(stated, (stated,))
    put(root, "data/paper/claims/1.yaml", (root / "data/paper/claims/1.yaml").read_text("utf-8") + CLAIM.format(stated, more))
    numbered = "".join(f"1/1/1,{place},{text},issued,\n" for place, text in enumerate(listed, start=3))
    put(root, "data/paper/inventory.csv", (root / "data/paper/inventory.csv").read_text("utf-8") + numbered)
    put(root, "data/paper/paper.yaml", f"locale: {locale}\n")
    return root


def judged(root: Path, value: object, **others: object) -> dict:
    paper = Paper(base=root)
    return paper.check("issued", paper.computed(value, paper.data("birds.csv")), **others).record


def only(root: Path) -> InputError:
    (error,) = form.check(root)
    return error


@pytest.mark.parametrize("value", [datetime.date(2018, 11, 7), datetime.datetime(2018, 11, 7),  # noqa: DTZ001
                                   pd.Timestamp("2018-11-07"),
                                   np.datetime64("2018-11-07"), np.datetime64("2018-11-07T00:00:00"), pd.Period("2018-11-07", freq="D")])
def test_a_date_of_python_numpy_or_pandas_is_judged(tmp_path, value):
    assert judged(audit(tmp_path), value)["verdict"] == "reproduced"


def test_a_wrong_date_has_a_sound_record_and_a_card_that_prints_days(tmp_path):
    root = audit(tmp_path)
    record = judged(root, datetime.date(2018, 11, 9))
    assert record_fault(record) is None
    assert json.loads(json.dumps(record)) == record
    assert (record["verdict"], record["how"], record["unit"]) == ("contradicted", "recomputed from data", "")
    assert record["computed"] == {"low": "2018-11-09", "high": "2018-11-09"}
    text = card.as_text(record)
    assert "stated:         7 November 2018\n" in text
    assert "recomputed:     9 November 2018\n" in text
    assert "it is 9 November 2018, 2 days later" in text
    assert "2018-11-09" in as_csv({"issued": record | {"notebook": "x", "cell": "y"}})
    assert show._fits(record, "November 2018")
    assert picture(Paper(base=root).register["issued"], record) == ""


def test_what_other_dates_would_have_been_noticed_is_counted(tmp_path):
    record = judged(audit(tmp_path), datetime.date(2018, 11, 7))
    assert record["power"]["noticed"] == record["power"]["tried"] > 40
    assert record["could_fail"]


@pytest.mark.parametrize(("word", "stated", "verdict"), [
    ("before", "2019", "reproduced"), ("before", "2018", "contradicted"), ("by", "November 2018", "reproduced"),
    ("after", "October 2018", "reproduced"), ("after", "November 2018", "contradicted"),
    ("since", "7 November 2018", "reproduced")])
def test_a_word_with_an_exact_meaning_is_judged(tmp_path, word, stated, verdict):
    record = judged(audit(tmp_path, stated, f", qualifier: {word}", rows=(stated[-4:],)),
                    datetime.date(2018, 11, 7))
    assert record["verdict"] == verdict
    assert f"{word} {stated}" in card.as_text(record)


def test_a_period_of_a_data_file_is_as_coarse_as_it_is(tmp_path):
    root = audit(tmp_path)
    assert judged(root, pd.Period("2018-11", freq="M"))["verdict"] == "consistent"
    assert judged(root, pd.Period(year=2018, freq="Y"))["verdict"] == "consistent"
    assert judged(root, pd.Period("2018-12", freq="M"))["verdict"] == "contradicted"


@pytest.mark.parametrize("value", [pd.Timestamp("2018-11-07 14:30"), pd.Timestamp("2018-11-07", tz="UTC"),
                                   np.datetime64("2018-11-07T01:00"),
                                   pd.Period("2018-11-07 14:00", freq="h"), pd.Period("2018-11-07 00:00", freq="h")])
def test_a_time_of_day_or_a_time_zone_is_refused(tmp_path, value):
    with pytest.raises(InputError, match="time of day or a time zone"):
        judged(audit(tmp_path), value)


@pytest.mark.parametrize("value", [pd.NaT, np.datetime64("NaT")])
def test_a_date_that_is_none_is_refused(tmp_path, value):
    with pytest.raises(InputError, match="no date"):
        judged(audit(tmp_path), value)


def test_a_number_is_no_date_and_a_date_no_number(tmp_path):
    root = audit(tmp_path)
    paper = Paper(base=root)
    birds = paper.data("birds.csv")
    day = paper.computed(datetime.date(2018, 11, 7), birds)
    for claim, value, do in (("issued", paper.computed(2018, birds), "pandas.Period"), ("birds", day, "kind date"),
                             ("heavier", day, "first.days"), ("issued", "2018-11-07", "paper.computed")):
        with pytest.raises(InputError, match="nothing that a verdict can rest on") as caught:
            paper.check(claim, value)
        assert do in caught.value.do
    with pytest.raises(InputError, match="no unit"):
        paper.computed(datetime.date(2018, 11, 7), birds, unit="days")
    for claim, value, other in (("issued", day, day), ("issued", day, paper.computed(1, birds)), ("birds", paper.computed(4, birds), day)):
        with pytest.raises(InputError, match="other quantity"):
            paper.check(claim, value, instead={"another": other})


def test_which_of_two_dates_is_earlier_is_asked_of_their_days(tmp_path):
    paper = Paper(base=audit(tmp_path))
    first, last = (paper.computed(datetime.date(2018, 11, day), paper.data("birds.csv")) for day in (7, 9))
    assert less(first.days, last.days).holds
    assert str((last.days - first.days).interval) == "[2, 2]"
    assert str(paper.stated("issued")) == str(first) == "7 November 2018"


@pytest.mark.parametrize(("stated", "what"), [
    ("03/04/2018", "3 April 2018 and 4 March 2018"), ("2010-11", "November 2010 and 1 January 2010 to 31 December 2011"),
    ("spring 2018", "season"), ("7.11.18", "four digits"), ("7 novembre 2018", "language")])
def test_a_date_that_cannot_be_read_in_one_way_is_a_clear_error(tmp_path, stated, what):
    assert what in str(only(audit(tmp_path, stated)))


def test_a_territory_says_which_number_is_the_day(tmp_path):
    assert judged(audit(tmp_path, "03/04/2018", locale="en-GB"), datetime.date(2018, 4, 3))["verdict"] == "reproduced"


@pytest.mark.parametrize(("more", "what"), [
    (", qualifier: about", "no exact meaning before a date"), (", unit: days", "belongs to numbers"),
    (", scale: million", "belongs to numbers")])
def test_what_belongs_to_numbers_is_refused_of_a_date(tmp_path, more, what):
    assert what in str(only(audit(tmp_path, more=more)))


def test_a_word_before_dates_is_refused_of_a_number(tmp_path):
    root = make(tmp_path)
    claims = (root / "data/paper/claims/1.yaml").read_text("utf-8")
    put(root, "data/paper/claims/1.yaml", claims.replace('stated: "4", ', 'stated: "4", qualifier: before, '))
    assert "the claim is a number" in str(only(root))


def test_the_inventory_names_the_claim_at_the_numbers_of_its_date(tmp_path):
    assert form.check(audit(tmp_path / "both")) == []
    assert "print different numbers" in str(only(audit(tmp_path / "other", rows=("9", "2018"))))
    root = audit(tmp_path / "none")
    rows = (root / "data/paper/inventory.csv").read_text("utf-8").replace("issued,", ",date or period")
    put(root, "data/paper/inventory.csv", rows)
    assert "a stated date is not in the inventory" in str(only(root))
    with pytest.raises(InputErrors, match="not in the inventory"):
        Paper(base=root)
