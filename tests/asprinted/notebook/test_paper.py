"""What a notebook calls: one claim, one call, one card, one record."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from small_paper import figure, make

from asprinted.notebook.other_notebooks import Verdicts
from asprinted.notebook.paper import Paper
from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import Missing, Quantity, number
from asprinted.numbers.truth import Truth, less
from asprinted.verdicts.record import VERDICT_MIME, as_json, groups, record_fault, summary
from asprinted.verdicts.vocabulary import MARKS, NOT_JUDGED, VERDICTS
from asprinted.verdicts.words import span
from forkmill.errors import InputError

KEYS = {
    *(
        "id",
        "where",
        "section",
        "kind",
        "quantity",
        "stated",
        "unit",
        "qualifier",
        "verdict",
        "reason",
        "how",
        "computed",
    ),
    *("corrected", "margin", "only_by", "with", "wanted", "evidence", "sources", "error", "readings", "convention"),
    *("vintage", "note", "turns"),
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return make(tmp_path)


@pytest.fixture
def paper(base: Path) -> Paper:
    return Paper(base=base)


def test_a_record_has_every_key_of_the_contract_and_is_plain_json(paper: Paper):
    record = paper.check("rate", figure("9.4")).record
    assert set(record) >= KEYS
    assert json.loads(json.dumps(record)) == record


def test_a_condition_says_what_the_paper_states_before_the_id_of_the_claim(paper: Paper):
    record = paper.check("rising", less(figure("1"), paper.stated("amount"))).record
    assert record["only_by"] == ["the paper's own 790 billion yuan (amount) taken as right"]
    assert record["reason"] == f"holds on a condition: {record['only_by'][0]}"


def test_an_id_that_is_a_word_of_every_day_is_told_in_words_in_a_condition_alone(paper: Paper):
    stated = paper.stated("rate")
    record = paper.check("rising", rate=less(figure("1"), stated), both=less(figure("1"), stated + paper.stated("bound"))).record
    assert record["only_by"] == ["the paper's own 8.4 percent (rate) taken as right",
                                 "the paper's own 8.4 percent (rate), more than 40 percent (bound) taken as right"]
    assert record["reason"] == "under every reading; rate: consistent; both: consistent"


@pytest.mark.parametrize("value", [figure("8.4"), Missing(("a",)), figure("9.4")])
def test_the_keys_of_a_record_do_not_depend_on_the_verdict(paper: Paper, value):
    assert list(paper.check("rate", value).record) == list(paper.check("rate", figure("8.4")).record)


def test_a_record_carries_exact_decimals(paper: Paper):
    record = paper.check("rate", figure("9.4")).record
    assert (record["computed"], record["corrected"]) == ({"low": "9.4", "high": "9.4"}, "9.4")
    assert record["error"] == {"relative": "-0.1064", "units": "-10"}


def test_bounds_without_an_end_of_their_decimal_are_rounded_outwards(paper: Paper):
    assert paper.check("rate", figure(25) / 3).record["computed"] == {"low": "8.333333333333", "high": "8.333333333334"}


def test_a_record_names_the_conclusions_that_turn_on_the_claim(paper: Paper):
    assert paper.check("rate", figure("8.4")).record["turns"] == ["end"]


def test_a_quantity_in_plain_units_is_judged_in_the_units_of_the_printed_digits(paper: Paper):
    record = paper.check("amount", figure(790 * 10**9)).record
    assert (record["verdict"], record["computed"], record["unit"]) == (
        "reproduced",
        {"low": "790", "high": "790"},
        "billion yuan",
    )


@pytest.mark.parametrize("choice", ["instead", "vintages", "conventions"])
def test_every_other_choice_is_scaled_like_the_value(paper: Paper, choice: str):
    record = paper.check("amount", figure(10**11), **{choice: {"other": figure(790 * 10**9)}}).record
    assert record["verdict"] == ("misattributed" if choice == "instead" else "consistent")


def test_a_quantity_without_a_bound_is_scaled_and_judged(paper: Paper):
    record = paper.check("amount", Quantity(Interval(Fraction(800 * 10**9), None), ("row",), strong=True)).record
    assert (record["verdict"], record["computed"]) == ("contradicted", {"low": "800", "high": None})


def test_readings_by_name_are_each_shown_in_words(paper: Paper):
    record = paper.check("rate", whole_year=figure("8.4"), first_half=figure("9.4")).record
    assert record["verdict"] == "ambiguous"
    assert [(r["name"], r["verdict"]) for r in record["readings"]] == [
        ("whole year", "reproduced"),
        ("first half", "contradicted"),
    ]


def test_one_reading_is_not_listed_as_a_reading(paper: Paper):
    assert paper.check("rate", figure("8.4")).record["readings"] == []


def test_what_is_given_for_one_reading_does_not_touch_another(paper: Paper):
    hole = Missing(("a",))
    record = paper.check("rate", one=hole, two=hole, given={"one": [paper.stated("bound")]}).record
    assert [reading["verdict"] for reading in record["readings"]] == ["inconsistent", "not checkable"]


def test_what_is_given_for_all_readings_reaches_each_of_them(paper: Paper):
    given = (quantity for quantity in [paper.stated("bound")])
    record = paper.check("rate", one=Missing(("a",)), two=Missing(("b",)), given=given).record
    assert record["verdict"] == "inconsistent"


def test_a_reading_that_is_given_something_but_does_not_exist_is_an_error(paper: Paper):
    with pytest.raises(InputError, match=r"given names no reading of the claim(.|\n)*found: +on\n(.|\n)*did you mean one\?"):
        paper.check("rate", one=Missing(("a",)), given={"on": [paper.stated("bound")]})


def test_a_claim_without_any_value_is_an_error_that_names_it(paper: Paper):
    with pytest.raises(InputError, match=r"paper.check\('rate'\): a check without a value"):
        paper.check("rate")


def test_a_reading_that_counts_something_else_carries_its_own_unit(paper: Paper):
    record = paper.check("both", heads=figure("9.4"), amount=figure("9.5")).record
    assert [(one["name"], one["unit"]) for one in record["readings"]] == [("heads", "persons"), ("amount", "yuan")]


def test_a_unit_of_a_reading_that_is_not_judged_is_an_error_to_read(paper: Paper):
    with pytest.raises(InputError, match=r"claim both, field units: data/paper gives a unit to a reading that is not judged(.|\n)*heads"):
        paper.check("both", amount=figure("9.5"))


@pytest.mark.parametrize(("choice", "allowed"), [
    ({"vintage": "lastest"}, "first, latest"), ({"rounding": "half-up"}, "half up, half even, truncate"),
    ({"least_evidence": "none"}, "official, press, mirror"),
])
def test_a_choice_that_is_none_is_an_error_that_lists_those_there_are(base: Path, choice: dict[str, str], allowed: str):
    with pytest.raises(InputError, match="there is no such choice") as told:
        Paper(base=base, **choice)
    assert (told.value.where, told.value.expected) == (*choice, allowed)


def test_a_notebook_shows_a_fault_of_the_input_and_no_traceback():
    fault = InputError("there is no such choice", "rounding", "half up", "'half-up'")
    assert fault._render_traceback_() == ["rounding: there is no such choice", "  expected: half up", "  found:    'half-up'"]


def test_an_unknown_claim_is_an_error_to_read(paper: Paper):
    with pytest.raises(InputError, match="there is no such claim"):
        paper.check("rates", figure("8.4"))


def test_a_number_takes_no_truth(paper: Paper):
    with pytest.raises(InputError, match=r"expected: a quantity, for a claim of kind number(.|\n)*of type Truth"):
        paper.check("rate", Truth(True, figure(1)))


def test_a_trend_takes_no_quantity(paper: Paper):
    with pytest.raises(InputError, match=r"expected: a truth, for a claim of kind trend(.|\n)*of type Quantity"):
        paper.check("rising", figure(1))


def test_a_trend_is_judged_from_a_truth(paper: Paper):
    assert paper.check("rising", Truth(True, figure(1))).record["verdict"] == "reproduced"


def test_a_count_within_the_paper_needs_no_source(paper: Paper):
    record = paper.check("parts", number(2)).record
    assert (record["verdict"], record["how"]) == ("reproduced", "internal to the paper")


def test_a_stated_number_is_a_quantity_that_rests_on_its_claim(paper: Paper):
    stated = paper.stated("rate")
    assert (stated.claims, stated.rows, repr(stated.interval)) == (("rate",), (), "[8.35, 8.5)")


def test_a_stated_bound_is_compared_as_the_bound_it_is(paper: Paper):
    assert paper.stated("bound").value == Interval(Fraction(40), None, False)


def test_a_stated_number_is_in_plain_units_and_its_trailing_zeros_do_not_narrow_it(paper: Paper):
    assert repr(paper.stated("amount").interval) == "[785000000000, 800000000000)"


def test_an_output_has_a_plain_text_a_card_and_the_record(paper: Paper):
    verdict = paper.check("rate", figure("9.4"))
    bundle = verdict._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", VERDICT_MIME}
    assert bundle[VERDICT_MIME] == verdict.record


def test_the_plain_text_says_claim_stated_computed_verdict_and_why(paper: Paper):
    assert repr(paper.check("rate", figure("9.4"))) == (
        "✗ rate  [1.1/1/1]\n"
        "  claim:          a rate of the test <b>\n"
        "  stated:         8.4 percent\n"
        "  recomputed:     9.4 percent\n"
        "  verdict:        contradicted\n"
        "  why:            no value that the figures allow prints as stated; it would print as 9.4\n"
        "  would an error show?: a wrong digit would have been noticed 16 times of 17"
    )


def test_the_card_escapes_what_the_claim_says(paper: Paper):
    markup = paper.check("rate", figure("9.4"))._repr_mimebundle_()["text/html"]
    assert "a rate of the test &lt;b&gt;" in markup
    assert "<b>" not in markup


def test_every_verdict_has_a_mark_of_its_own():
    assert set(MARKS) == {*VERDICTS, NOT_JUDGED}
    assert len(set(MARKS.values())) == len(MARKS)


@pytest.mark.parametrize(
    ("computed", "text"),
    [
        ({"low": "8.4", "high": "8.4"}, "8.4"),
        ({"low": "8.35", "high": "8.45"}, "8.35 to 8.45"),
        (None, ""),
        ({"low": None, "high": "7"}, "less than 7"),
        ({"low": "7", "high": None}, "more than 7"),
    ],
)
def test_a_computed_value_reads_as_a_number_a_range_or_a_bound(computed, text: str):
    assert span(computed) == text


def test_subsections_are_counted_from_the_locators(paper: Paper):
    assert paper.subsections("1") == ["1.1", "1.2"]


def test_a_caption_lies_in_the_section_of_the_sentence_before_it(paper: Paper):
    assert (paper.section("fig/1"), paper.section("1.2/1/1")) == ("1.1", "1.2")


def write_notebook(base: Path, name: str, *records: dict) -> None:
    cells = [{"outputs": [{"data": {VERDICT_MIME: record}}]} for record in records]
    (base / "notebooks").mkdir(exist_ok=True)
    (base / "notebooks" / f"{name}.ipynb").write_text(json.dumps({"cells": [{}, *cells]}), encoding="utf-8")


def test_verdicts_outside_a_run_are_those_of_the_committed_notebooks_in_the_papers_order(
    paper: Paper, base: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("FORKMILL_GIVEN", raising=False)
    write_notebook(base, "02", paper.check("amount", figure(10**11)).record, paper.check("rate", figure("8.4")).record)
    verdicts = paper.verdicts("02")
    assert (verdicts.source, list(verdicts.frame.index)) == ("the committed notebooks", ["rate", "amount"])


def test_verdicts_within_a_run_are_those_of_the_run_and_of_the_named_notebooks(
    paper: Paper, base: Path, monkeypatch: pytest.MonkeyPatch
):
    records = {"02": [paper.check("rate", figure("8.4")).record], "03": [paper.check("amount", figure(10**11)).record]}
    (base / "run.json").write_text(json.dumps(records), encoding="utf-8")
    monkeypatch.setenv("FORKMILL_GIVEN", str(base / "run.json"))
    verdicts = paper.verdicts("02")
    assert (verdicts.source, list(verdicts.frame.index)) == ("the run that executed this notebook", ["rate"])


def test_verdicts_of_no_notebook_are_an_empty_table(paper: Paper, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("FORKMILL_GIVEN", raising=False)
    assert len(paper.verdicts().frame) == 0


def test_the_verdicts_of_a_notebook_that_does_not_exist_are_an_error_to_read(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("FORKMILL_GIVEN", raising=False)
    with pytest.raises(InputError, match="02_typo"):
        paper.verdicts("02_typo")


def test_a_claim_can_be_said_to_wait_for_its_judgement(paper):
    record = paper.judge_later("rate").record
    assert (record["verdict"], record["could_fail"], record["sources"]) == ("not judged yet", False, [])
    assert record_fault(record) is None
    assert "not judged yet" in repr(paper.judge_later("rate"))


def test_a_claim_that_waits_is_among_no_verdicts(paper):
    paper.judge_later("rate")
    records = [paper.judge_later("rate").record, paper.check("parts", number(2)).record]
    assert [verdict.record["id"] for verdict in paper.own] == ["parts"]
    assert list(Verdicts(records, "here", ("rate", "parts")).frame.index) == ["parts"]
    assert sum(summary(records).values()) == sum(groups(records).values()) == 1


def test_how_many_claims_wait_stands_in_the_file_of_verdicts_only_where_some_do(paper):
    waiting, judged = paper.judge_later("rate").record, paper.check("parts", number(2)).record
    assert json.loads(as_json({"rate": waiting, "parts": judged}, {}, True))["not judged yet"] == 1
    assert "not judged yet" not in json.loads(as_json({"parts": judged}, {}, True))


def test_a_claim_that_is_not_there_cannot_wait(paper):
    with pytest.raises(InputError, match="did you mean rate"):
        paper.judge_later("rat")
