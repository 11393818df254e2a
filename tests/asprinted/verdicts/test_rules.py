"""The rules of the verdicts as a specification: the smallest example of each, and what a verdict holds by."""

from __future__ import annotations

import csv
from dataclasses import FrozenInstanceError
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from makers import NEVER, claimed, computed, official, stated

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding, shorten
from asprinted.numbers.quantity import NO_MEASURE, NOT_SEEN, TOO_WEAK, Missing, Quantity
from asprinted.numbers.truth import Truth, less
from asprinted.verdicts.agreement import correction
from asprinted.verdicts.readings import over_readings
from asprinted.verdicts.rules import TRAILING_ZEROS, Outcome, judge_number, judge_truth
from asprinted.verdicts.vocabulary import VERDICTS


def both(first: Outcome, second: Outcome) -> Outcome:
    return over_readings({"one": first, "two": second})


SMALLEST = {
    "reproduced": judge_number(stated(), official("8.4")),
    "consistent": judge_number(stated(), computed("8.3", "8.4")),
    "contradicted": judge_number(stated(), official("9.4")),
    "misattributed": judge_number(stated(), official("9.4"), instead={"another sector": official("8.4", "other")}),
    "inconsistent": judge_number(stated(), NEVER, given=[claimed("9.4")]),
    "ambiguous": both(judge_number(stated(), official("8.4")), judge_number(stated(), official("9.4"))),
    "not checkable": judge_number(stated(), NEVER),
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_each_verdict_has_a_smallest_example(verdict: str):
    assert SMALLEST[verdict].verdict == verdict


def gold() -> list[dict[str, str]]:
    with Path(__file__).with_name("gold.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.mark.parametrize(
    "row", gold(), ids=lambda row: f"{row['stated']} {row['qualifier']}, {row['rounding']}: {row['why']}"
)
def test_a_verdict_is_that_of_the_definitions_worked_by_hand(row: dict[str, str]):
    value = Quantity(
        Interval(Fraction(row["low"]), Fraction(row["high"]) if row["high"] else None), ("row",), strong=True
    )
    assert judge_number(stated(row["stated"], row["qualifier"], row["rounding"]), value).verdict == row["verdict"]


@pytest.mark.parametrize("rounding", Rounding)
@for_all(st.decimals(-100, 100, places=4), st.integers(0, 3))
def test_a_figure_shortened_by_the_runs_convention_is_reproduced_and_by_another_consistent(
    rounding, value, places: int
):
    place = Fraction(1, 10**places)
    printed = shorten(Fraction(value), place, rounding)
    point = computed(str(value))
    assert judge_number(stated(printed, rounding=rounding), point).verdict == "reproduced"
    for other in Rounding:
        assert judge_number(stated(printed, rounding=other), point).verdict in ("reproduced", "consistent")


@for_all(st.integers(-999, 999), st.decimals(-100, 100, places=3), st.booleans())
def test_a_number_is_contradicted_only_if_no_convention_prints_it_and_the_evidence_is_strong(
    tenths: int, value, strong: bool
):
    digits = shorten(Fraction(tenths, 10), Fraction(1, 10))
    verdict = judge_number(stated(digits), computed(str(value), strong=strong)).verdict
    prints = {Fraction(shorten(Fraction(value), Fraction(1, 10), rounding)) for rounding in Rounding}
    assert (verdict == "contradicted") == (Fraction(digits) not in prints and strong)


# What a number holds only by


def test_a_number_that_holds_under_another_rounding_names_it():
    outcome = judge_number(stated("790"), computed("797.37"))
    assert (outcome.verdict, outcome.only_by) == ("consistent", ("rounding: truncate",))


def test_a_number_that_holds_under_the_runs_rounding_alone_says_so():
    assert judge_number(stated("790", rounding="truncate"), computed("797.37")).only_by == (
        TRAILING_ZEROS,
        "rounding: truncate",
    )


def test_trailing_zeros_that_have_to_be_read_as_not_significant_are_named():
    assert judge_number(stated("790"), computed("794")).only_by == (TRAILING_ZEROS,)


def test_trailing_zeros_that_may_be_significant_are_no_condition():
    assert judge_number(stated("790"), computed("790.4")).only_by == ()


def test_a_number_that_holds_in_another_vintage_names_it():
    outcome = judge_number(
        stated("2.23"), official("2.24"), vintages={"first": official("2.23"), "latest": official("2.24")}
    )
    assert (outcome.verdict, outcome.only_by) == ("consistent", ("vintage: first",))


def test_a_number_that_holds_in_another_vintage_alone_names_it_alone():
    outcome = judge_number(stated("2.23"), official("2.26"), vintages={"first": official("2.23"), "latest": official("2.26")})
    assert (outcome.verdict, outcome.only_by) == ("consistent", ("vintage: first",))


def test_a_number_that_holds_in_the_runs_vintage_alone_says_so():
    outcome = judge_number(
        stated("2.23"), official("2.23"), vintages={"first": official("2.23"), "latest": official("2.24")}
    )
    assert (outcome.verdict, outcome.only_by) == ("reproduced", ("vintage: first",))


def test_a_number_that_holds_under_another_convention_names_it():
    outcome = judge_number(stated("790"), official("812"), conventions={"of rounded levels": computed("790")})
    assert (outcome.verdict, outcome.only_by) == ("consistent", ("convention: of rounded levels",))


def test_a_number_that_fits_another_vintage_in_another_rounding_is_not_contradicted():
    outcome = judge_number(stated("2.23"), official("2.21"), vintages={"latest": computed("2.238")})
    assert outcome.verdict == "consistent"


# Counts


@pytest.mark.parametrize(("value", "verdict"), [("13", "reproduced"), ("12", "contradicted"), ("13.4", "contradicted")])
def test_a_count_is_exact(value: str, verdict: str):
    assert judge_number(stated("13", count=True), computed(value)).verdict == verdict


def test_trailing_zeros_of_a_count_are_significant():
    assert judge_number(stated("100", count=True), computed("101")).verdict == "contradicted"


def test_a_qualified_count_is_the_bound_it_states():
    assert judge_number(stated("100", "more than", count=True), computed("101")).verdict == "reproduced"


# Corrections, margins and errors


@pytest.mark.parametrize(
    ("digits", "value", "text"), [("9.3", "-6.5", "-6.5"), ("8.40", "9.4", "9.40"), ("790", "812.3", "812")]
)
def test_a_correction_has_the_precision_of_the_stated_number(digits: str, value: str, text: str):
    assert correction(stated(digits), Interval.point(value)) == text


def test_a_correction_is_a_range_where_the_figures_leave_the_last_digit_open():
    assert correction(stated(), Interval(Fraction("9.3"), Fraction("9.4"))) == "9.3 to 9.4"


def test_a_correction_leaves_out_what_an_open_end_excludes():
    assert correction(stated(), Interval(Fraction("2.55"), Fraction("2.65"), True, False)) == "2.6"


def test_a_correction_by_a_bound_says_that_it_is_a_bound():
    assert correction(stated("5"), Interval(Fraction(9), None, False)) == "more than 9"
    assert correction(stated("5"), Interval(None, Fraction(3))) == "less than 3"
    assert correction(stated("5"), Interval(None, None)) == ""


def test_a_correction_follows_the_runs_convention():
    assert correction(stated("9.3", rounding="truncate"), Interval.point("8.47")) == "8.4"


def test_the_error_is_stated_minus_computed_relative_and_in_last_places():
    assert judge_number(stated("4.4"), computed("0.2")).error == (Fraction(21), Fraction(42))


def test_the_margin_is_the_distance_to_the_nearest_flip_in_last_places():
    assert judge_number(stated(), computed("8.41")).margin == Fraction(4, 10)
    assert judge_number(stated(), computed("8.35")).margin == 0


@pytest.mark.parametrize("bounds", [(Fraction(9), None), (None, Fraction(7))])
def test_a_quantity_without_a_bound_is_judged_like_any_other(bounds):
    outcome = judge_number(stated(), Quantity(Interval(*bounds), ("row",), strong=True))
    assert outcome.verdict == "contradicted"
    assert outcome.error is not None


# Order, extreme, direction, trend


def truth(holds: bool | None, *, complete: bool = True, strong: bool = True, claims: tuple[str, ...] = ()) -> Truth:
    basis = Quantity(Interval.point(0), ("row",), claims, evidence="official", strong=strong)
    return Truth(holds, basis, complete, "" if complete else "a condition")


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (truth(True), "reproduced"),
        (truth(None), "consistent"),
        (truth(False), "contradicted"),
        (NEVER, "not checkable"),
        (truth(True, complete=False), "consistent"),
        (truth(None, complete=False), "consistent"),
        (truth(False, strong=False), "not checkable"),
        (truth(True, strong=False), "reproduced"),
    ],
)
def test_a_truth_is_judged_by_what_the_data_allow(given: Truth | Missing, verdict: str):
    assert judge_truth(given).verdict == verdict


def test_a_truth_that_holds_on_a_condition_names_it():
    assert judge_truth(truth(True, complete=False)).only_by == ("a condition",)


# Readings


def test_readings_that_agree_give_their_verdict_and_each_correction():
    outcome = both(judge_number(stated(), official("9.4", "a")), judge_number(stated(), official("7.4", "b")))
    assert (outcome.verdict, outcome.corrected, outcome.rows) == ("contradicted", "9.4 (one); 7.4 (two)", ("a", "b"))


def test_readings_that_differ_are_ambiguous_and_none_is_preferred():
    outcome = SMALLEST["ambiguous"]
    assert (outcome.computed, outcome.corrected, outcome.margin, outcome.error) == (None, None, None, None)
    assert outcome.reason == (
        "right under one reading of the sentence and wrong under another; one: reproduced; two: contradicted"
    )


def test_one_reading_is_its_own_verdict():
    assert over_readings({"as worded": SMALLEST["contradicted"]}).reason == SMALLEST["contradicted"].reason


def test_readings_with_sources_are_not_said_to_have_no_evidence():
    outcome = both(SMALLEST["not checkable"], SMALLEST["reproduced"])
    assert outcome.rows == ("row",)
    assert outcome.evidence == "official"


def test_the_margin_of_one_reading_is_not_passed_off_as_that_of_several():
    outcome = both(judge_number(stated(), official("9.4")), judge_number(stated(), official("7.4")))
    assert (outcome.margin, outcome.error) == (None, None)


def test_of_several_listed_choices_that_were_not_seen_the_first_gives_the_reason():
    unseen = {"first": Missing(("a",), TOO_WEAK), "second": Missing(("b",), NOT_SEEN)}
    outcome = judge_number(stated(), official("9.4"), vintages=unseen)
    assert (outcome.verdict, outcome.reason, outcome.wanted) == ("not checkable", TOO_WEAK, ("a", "b"))


@pytest.mark.parametrize("rounding", Rounding)
def test_a_number_that_another_rounding_prints_as_well_does_not_hold_by_rounding(rounding: Rounding):
    assert judge_number(stated(rounding=rounding), computed("8.42")).only_by == ()


def test_a_number_that_another_rounding_prints_in_part_does_not_hold_by_rounding():
    assert judge_number(stated(rounding="truncate"), computed("8.43", "8.48")).only_by == ()
    assert judge_number(stated(rounding="truncate"), computed("8.46", "8.48")).only_by == ("rounding: truncate",)


def test_of_readings_that_agree_the_first_says_how_it_was_found():
    first, second = judge_number(stated(), official("8.4")), judge_number(stated(), computed("8.41"))
    assert first.how != second.how
    assert both(first, second).how == first.how


def test_a_number_that_a_listed_vintage_prints_as_well_does_not_hold_by_vintage():
    assert judge_number(stated(), official("8.4"), vintages={"latest": official("8.4")}).only_by == ()
    assert judge_number(stated(), official("8.4"), vintages={"latest": NEVER}).only_by == ()


def test_a_reason_is_known_by_what_it_says():
    spelt = Missing(NEVER.wanted, "".join(list(NO_MEASURE)))
    assert judge_number(stated(), spelt, instead={"another sector": official("8.4")}).verdict == "misattributed"


def test_the_error_of_a_round_number_is_counted_in_its_last_significant_place():
    outcome = judge_number(stated("240,000"), computed("1042000"))
    assert outcome.error == (Fraction(240_000 - 1_042_000, 1_042_000), Fraction(240_000 - 1_042_000, 10_000))


def test_readings_that_compute_different_values_have_no_common_value():
    first, second = (judge_number(stated(), official(digits)) for digits in ("9.4", "9.5"))
    assert both(first, second).computed is None
    assert both(first, first).computed == first.computed


def test_a_truth_about_figures_is_recomputed_and_one_about_the_paper_alone_is_internal():
    assert judge_truth(less(official("1"), official("2"))).how == "recomputed"
    assert judge_truth(less(claimed("1"), claimed("2"))).how == "internal to the paper"


def test_an_outcome_cannot_be_changed_and_its_choices_are_given_by_name():
    with pytest.raises(FrozenInstanceError):
        SMALLEST["reproduced"].verdict = "contradicted"
    with pytest.raises(TypeError):
        judge_number(stated(), official("8.4"), {})


def test_a_word_is_said_of_values_and_digits_of_what_is_printed():
    inside, outside = computed("38"), computed("50")
    assert "allow is as stated" in judge_number(stated("40", "about"), inside).reason
    assert "allow prints as stated" in judge_number(stated("8.4"), computed("8.41")).reason
    assert "allow is as stated" in judge_number(stated("40", "about"), outside).reason


def test_what_is_consistent_by_a_word_names_the_word_and_by_digits_the_rounding():
    assert judge_number(stated("40", "about"), computed("43")).only_by == ('the width of "about"',)
    assert judge_number(stated("8.4"), computed("8.3", "8.41")).only_by == ("rounding",)


def test_the_error_is_measured_from_the_nearer_end():
    assert judge_number(stated("8.4"), computed("9.4", "10.4")).error == (Fraction("-1") / Fraction("9.4"), Fraction(-10))


@pytest.mark.parametrize(("digits", "value", "factor"), [
    ("683", "683000", "a 1,000th part of that"), ("84", "0.84", "100 times that"),
    ("2.21", "2210000000000", "a 1,000,000,000,000th part of that")])
def test_a_power_of_ten_between_the_printed_number_and_the_right_one_is_said(digits: str, value: str, factor: str):
    outcome = judge_number(stated(digits), official(value))
    assert outcome.verdict == "contradicted"
    assert outcome.reason.endswith(f"; {factor} would print as stated")


@pytest.mark.parametrize("value", ["6830", "700", "684000"])
def test_a_factor_that_is_none_of_scale_is_not_said(value: str):
    assert "that would print" not in judge_number(stated("683"), official(value)).reason
