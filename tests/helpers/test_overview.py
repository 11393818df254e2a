"""What is said of all claims together counts each of them once, and leaves none out."""

from __future__ import annotations

import pandas as pd
import pytest

from asprinted import Paper
from asprinted.paper.attribution import Attributions, Passage, Work
from asprinted.verdicts import vocabulary
from checkout import ROOT
from helpers import overview

PAPER = Paper(base=ROOT)
VERDICTS = ["reproduced", "ambiguous", "reproduced", "consistent"]
JUDGED = pd.DataFrame({"verdict": pd.Categorical(VERDICTS, vocabulary.VERDICTS), "telling": [True, True, False, True]},
                      index=["growth-2019q1", "growth-2019q2", "growth-2019q3", "other"])
PASSAGES = overview.passages(Attributions(
    {1: Work(1, "early", "2020-01/2020-12", "not seen"), 2: Work(2, "late", "2021-03/2021-03", "not seen")},
    (Passage("a", ("2.1/1/1", "2.1/1/2"), 1, "2021-01", "the year 2020"), Passage("b", ("3/1/1",), 0, "2020-06", "May 2020"),
     Passage("c", ("3/1/2",), 2, "2022-01", "the year 2021")),
))


def test_claims_are_counted_by_verdict_in_the_order_of_the_vocabulary_with_those_that_nobody_has():
    frame = overview.by_verdict(JUDGED)
    assert list(frame.columns) == ["verdict", "claims"]
    assert list(frame["verdict"]) == list(vocabulary.VERDICTS)
    assert list(frame["claims"]) == [2, 1, 0, 0, 0, 1, 0]


def test_support_that_says_little_is_counted_apart():
    assert overview.by_group(JUDGED)["claims"].to_dict() == {
        "holds": 2, "agrees, but says little": 1, "does not hold": 0, "depends on the reading": 1, "not checkable": 0}


def test_what_became_of_some_claims_is_said_in_one_clause():
    assert overview.standing(JUDGED["verdict"]) == (
        "3 agree with what was published, 0 do not, 1 depends on the reading")


def test_the_verdicts_under_each_evidence_are_those_with_the_other_choices_as_usual():
    table = pd.DataFrame([
        ("a", "mirror", "half up", "reproduced"), ("a", "press", "half up", "not checkable"), ("a", "official", "half up", "not checkable"),
        ("a", "mirror", "truncate", "contradicted"), ("b", pd.NA, "half up", "inconsistent"), ("b", pd.NA, "truncate", "consistent"),
    ], columns=["claim", "least_evidence", "rounding", "verdict"])
    found = overview.by_evidence(table, {"least_evidence": "official", "rounding": "half up"})
    assert found.to_dict("index") == {"a": {"mirror": "reproduced", "press": "not checkable", "official": "not checkable"},
                                      "b": dict.fromkeys(("mirror", "press", "official"), "inconsistent")}
    counted = overview.standing_by_evidence(found).query("value > 0")
    assert counted.to_numpy().tolist() == [
        ["mirror\nor better", "agrees", 1], ["mirror\nor better", "does not hold", 1], ["press\nor better", "does not hold", 1],
        ["press\nor better", "not checkable", 1], ["official\nalone", "does not hold", 1], ["official\nalone", "not checkable", 1]]


CLAIMS = pd.DataFrame([
    ("growth-2019q1", 6, 6, 1.0, ""), ("growth-2019q2", 6, 4, 0.67, "least_evidence=press: not checkable; rounding=truncate: ambiguous"),
    ("growth-2019q3", 6, 2, 0.33, "least_evidence=official: not checkable"),
], columns=["claim", "specifications", "holds", "share", "flipped_by"]).set_index("claim")


def test_claims_that_a_choice_turns_are_listed_most_fragile_first_with_every_choice_but_the_evidence_named():
    verdicts = pd.DataFrame({"mirror": ["reproduced"] * 3, "press": ["consistent"] * 3}, index=CLAIMS.index)
    found = overview.turned(CLAIMS, verdicts)
    assert list(found.index) == ["growth-2019q3", "growth-2019q2"]
    assert list(found["another choice"]) == ["", "rounding truncate: ambiguous"]
    assert list(found.columns) == ["mirror", "press", "another choice"]


def test_claims_and_least_evidence_are_told_in_words_and_what_is_neither_stays():
    frame = pd.DataFrame({"mirror": ["x", "y"], "still": [1, 2]}, index=pd.MultiIndex.from_tuples(
        [("growth-2019q1", "a"), ("other", "b")], names=["claim", "verdict"]))
    found = overview.in_words(frame, PAPER.register)
    assert list(found.columns) == ["mirror or better", "still"]
    assert list(found.index) == [(PAPER.register["growth-2019q1"].quantity, "a"), ("other", "b")]


def test_every_number_of_the_paper_stands_in_reading_order_with_its_section():
    numbers = overview.every_number(PAPER, JUDGED)
    order = PAPER.register.locators.index
    assert len(numbers) == len(PAPER.inventory())
    assert list(numbers["where"].map(order)) == sorted(numbers["where"].map(order))
    assert [PAPER.section(where) for where in numbers["where"]] == list(numbers["section"])


def test_a_number_has_the_verdict_of_its_claim_and_one_without_a_claim_has_none():
    numbers = overview.every_number(PAPER, JUDGED)
    of_claims = dict(zip(numbers["claim"], numbers["verdict"], strict=True))
    assert of_claims["growth-2019q1"] == "reproduced"
    assert of_claims["growth-2019q2"] == "ambiguous"
    assert of_claims[""] == of_claims["growth-2019"] == ""


def test_a_measure_rests_on_the_claims_of_each_of_its_diagnoses():
    links = overview.behind_measures(PAPER, JUDGED)
    conclusions = {entry["conclusion"]: entry["rests_on"] for entry in PAPER.register.conclusions.values()}
    for (_, diagnosis), rows in links.groupby(["measure", "diagnosis"], sort=False):
        assert list(rows["claim"]) == conclusions[diagnosis]


def test_a_measure_is_left_out_only_where_its_diagnoses_rest_on_nothing():
    conclusions = PAPER.register.conclusions
    resting = [one["measure"] for one in PAPER.document("mechanism")["measures"]
               if any(conclusions[key]["rests_on"] for key in one["conclusions"])]
    assert list(dict.fromkeys(overview.behind_measures(PAPER, JUDGED)["measure"])) == resting


def test_a_claim_behind_a_measure_has_its_verdict():
    links = overview.behind_measures(PAPER, JUDGED).drop_duplicates("claim").set_index("claim")["verdict"].dropna()
    assert links.to_dict() == {id: verdict for id, verdict in JUDGED["verdict"].items() if id in links.index}
    assert len(links)


@pytest.mark.parametrize(("where", "cites", "able", "could"), [
    ("2.1/1/1", "[1]", "no", "[2]"),
    ("3/1/1", "nothing", "", "[1] [2]"),
    ("3/1/2", "[2]", "no", "none"),
])
def test_a_passage_says_what_it_cites_and_which_works_could_hold_its_figures(where, cites, able, could):
    row = PASSAGES.loc[where]
    assert (row["cites"], row["can the cited work hold it"], row["works that could, by date"]) == (cites, able, could)


def test_a_passage_stands_under_its_first_sentence_with_its_latest_figure():
    assert PASSAGES["latest figure"].to_dict() == {"2.1/1/1": "the year 2020", "3/1/1": "May 2020", "3/1/2": "the year 2021"}
