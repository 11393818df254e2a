"""Accusations that cannot happen: what must survive before a number is called wrong, and what is then said."""

from __future__ import annotations

from fractions import Fraction

import pytest
from makers import NEVER, claimed, official, stated

from asprinted.numbers import truth
from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import NO_MEASURE, TOO_WEAK, Missing, Quantity
from asprinted.verdicts.rules import WEAK, judge_number, judge_truth

ACCUSATIONS = ("contradicted", "misattributed", "inconsistent")


@pytest.mark.parametrize("choice", ["vintages", "conventions"])
def test_a_listed_choice_that_is_missing_never_contradicts(choice: str):
    outcome = judge_number(stated(), official("9.4"), **{choice: {"latest": Missing(("revision",), TOO_WEAK)}})
    assert outcome.verdict not in ACCUSATIONS


@pytest.mark.parametrize("instead", [{}, {"another": official("8.4", strong=False)}, {"another": official("8.4")}])
def test_weak_evidence_never_accuses(instead: dict[str, Quantity]):
    outcome = judge_number(stated(), official("9.4", strong=False), instead=instead)
    assert (outcome.verdict, outcome.reason, outcome.wanted) == ("not checkable", WEAK, ("row",))


def test_weak_evidence_can_support():
    assert judge_number(stated(), official("8.4", strong=False)).verdict == "reproduced"


def test_a_missing_figure_is_not_contradicted_by_anything_and_names_what_is_wanted():
    outcome = judge_number(stated(), NEVER, vintages={"latest": official("9.4")}, conventions={"a": official("9.4")})
    assert (outcome.verdict, outcome.reason, outcome.wanted) == ("not checkable", NO_MEASURE, ("the figure",))


def test_a_statement_more_precise_than_the_figure_is_not_contradicted():
    """An official 2.21 stands for 2.205 to 2.215, and 2.214 is one of these values."""
    assert judge_number(stated("2.214"), official("2.21")).verdict == "consistent"


@pytest.mark.parametrize(("qualifier", "digits"), [("less than", "40"), ("more than", "40"), ("nearly", "40")])
def test_a_printed_figure_that_equals_a_bound_does_not_contradict_it(qualifier: str, digits: str):
    """A printed 40 stands for 39.5 to 40.5, some of which is less and some more than 40."""
    assert judge_number(stated("40", qualifier), official(digits)).verdict == "consistent"


@pytest.mark.parametrize(("figure", "verdict"), [("40", "consistent"), ("41", "contradicted"), ("45", "contradicted")])
def test_a_figure_beyond_a_bound_contradicts_it_and_one_on_it_does_not(figure: str, verdict: str):
    assert judge_number(stated("40", "less than"), official(figure)).verdict == verdict


def test_the_digits_of_one_named_other_quantity_are_misattributed_and_both_are_shown():
    outcome = judge_number(stated(), official("9.4"), instead={"another sector": official("8.4", "other")})
    assert (outcome.rows, outcome.corrected) == (("row", "other"), "9.4")
    assert outcome.reason == "the digits are those of another sector; the quantity as worded is 9.4"


def test_where_two_named_quantities_fit_the_number_is_misattributed_and_both_are_named():
    instead = {"a sector": official("8.4", "a"), "a place": official("8.4", "b")}
    known, unknown = (judge_number(stated(), value, instead=instead) for value in (official("9.4"), NEVER))
    assert known.verdict == unknown.verdict == "misattributed"
    assert known.reason == "the digits are those of a place and of a sector; the quantity as worded is 9.4"
    assert unknown.reason == "the digits are those of a place and of a sector; the quantity as worded was not published"
    assert (known.rows, unknown.rows) == (("row", "b", "a"), ("b", "a"))


def test_where_no_named_quantity_fits_the_number_is_contradicted():
    assert judge_number(stated(), official("9.4"), instead={"a": official("7.4"), "b": NEVER}).verdict == "contradicted"


def test_a_number_that_holds_is_not_misattributed_whatever_else_fits():
    assert judge_number(stated(), official("8.4"), instead={"another": official("8.4")}).verdict == "reproduced"


def test_a_quantity_without_any_measure_can_be_misattributed():
    outcome = judge_number(stated(), NEVER, instead={"another sector": official("8.4", "other")})
    assert (outcome.verdict, outcome.wanted, outcome.rows) == ("misattributed", ("the figure",), ("other",))


def test_digits_found_on_a_mirror_alone_do_not_misattribute():
    assert judge_number(stated(), NEVER, instead={"another": official("8.4", strong=False)}).verdict == "not checkable"


def test_a_figure_that_was_published_but_is_too_weak_is_not_said_to_be_unpublished():
    outcome = judge_number(stated(), Missing(("row",), TOO_WEAK), instead={"another": official("8.4")})
    assert outcome.verdict == "not checkable"


# What the paper's other statements imply


def test_an_implied_value_that_fits_leaves_a_missing_figure_not_checkable():
    assert judge_number(stated(), NEVER, given=[claimed("8.4")]).verdict == "not checkable"


def test_an_inconsistent_number_names_the_statements_and_calls_none_of_them_right():
    outcome = judge_number(stated(), NEVER, given=[claimed("9.4")])
    assert (outcome.verdict, outcome.against, outcome.corrected) == ("inconsistent", ("other-claim",), None)
    known = judge_number(stated("6.7"), official("6.5") + claimed("4.4"))
    assert (known.verdict, known.corrected) == ("inconsistent", None)


@pytest.mark.parametrize("digits", ["9.4", "7.7"])
def test_a_mirror_that_excludes_the_number_as_well_leaves_the_clash(digits: str):
    outcome = judge_number(stated(), official(digits, strong=False), given=[claimed("9.4")])
    assert (outcome.verdict, outcome.wanted) == ("inconsistent", ("row",))


def test_a_mirror_that_has_the_number_stands_against_the_clash_and_neither_is_called_wrong():
    outcome = judge_number(stated(), official("8.4", strong=False), given=[claimed("9.4")])
    assert (outcome.verdict, outcome.against) == ("consistent", ("other-claim",))
    assert outcome.reason.endswith("; another statement of the paper excludes it")


def test_strong_evidence_for_a_number_is_not_touched_by_another_statement_of_the_paper():
    assert judge_number(stated(), official("8.4"), given=[claimed("9.4")]).verdict == "reproduced"


def test_strong_evidence_against_a_number_contradicts_it_whatever_else_it_clashes_with():
    assert judge_number(stated(), official("7.4"), given=[claimed("9.4")]).verdict == "contradicted"


def test_an_implied_value_that_rests_on_a_mirror_does_not_accuse():
    assert judge_number(stated(), NEVER, given=[official("9.4", strong=False)]).verdict == "not checkable"


def test_a_missing_implied_value_accuses_nothing():
    assert judge_number(stated(), NEVER, given=[NEVER]).verdict == "not checkable"


def test_an_inconsistency_must_survive_every_rounding():
    """8.45 cut off, or rounded half even, is the stated 8.4."""
    implied = Quantity(Interval.point("8.45"), (), ("other-claim",))
    assert judge_number(stated(), NEVER, given=[implied]).verdict == "not checkable"


def test_an_inconsistency_must_survive_the_rounding_of_the_other_statement():
    """A stated 2.21 stands for 2.205 to 2.215, so 2.214 elsewhere can be the same quantity."""
    assert judge_number(stated("2.214"), NEVER, given=[claimed("2.21")]).verdict == "not checkable"


def test_a_clash_with_another_statement_of_the_paper_is_inconsistent_and_not_contradicted():
    implied = official("6.5") + claimed("4.4")
    assert judge_number(stated("6.7"), implied).verdict == "inconsistent"
    assert judge_number(stated("6.7"), claimed("10.9")).verdict == "inconsistent"


def test_a_clash_with_a_count_within_the_paper_has_nothing_to_do_with_a_mirror():
    outcome = judge_number(stated("four", count=True), Quantity(Interval.point(5), published=Fraction(5)))
    assert outcome.verdict in ("contradicted", "inconsistent")
    assert "mirror" not in outcome.reason


def test_a_truth_that_fails_only_if_the_papers_own_number_is_right_is_inconsistent():
    assert judge_truth(truth.less(official("7.7"), claimed("6.7"))).verdict == "inconsistent"
