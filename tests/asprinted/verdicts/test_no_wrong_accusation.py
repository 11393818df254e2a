"""A right number is never accused, whatever the paper's habits and the run's choices; and the cases that once were."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding, interval, parse
from asprinted.numbers.quantity import NO_MEASURE, Missing, Quantity, published_difference
from asprinted.numbers.truth import less
from asprinted.verdicts.agreement import Stated
from asprinted.verdicts.rules import judge_number, judge_truth
from asprinted.verdicts.vocabulary import ACCUSING
from synthetic import bulk, papers
from synthetic.papers import Setting

SEEN = st.sampled_from(["strong", "mirror", "never seen"])
TRUE = st.builds(
    Setting, kind=st.sampled_from(papers.KINDS[:5]), rounding=st.sampled_from(Rounding),
    qualifier=st.sampled_from(papers.QUALIFIERS), habit=st.sampled_from(list(papers.HABITS)),
    vintage=st.sampled_from(papers.VINTAGES), basis=st.sampled_from(papers.BASES), seen=SEEN,
).map(lambda made: made if made.kind != "count" else Setting("count", made.rounding, vintage=made.vintage, seen=made.seen))
SEED = st.integers(0, 2**64)


def looked_up(digits: str, *, strong: bool = True, vintage: str = "first") -> Quantity:
    """A published figure, rounded half up to the digits that it shows."""
    number = parse(digits)
    host = "official" if strong else "mirror"
    return Quantity(interval(number.value, number.places[0]), (f"row-{digits}",), (), number.value, host, strong, (vintage,))


def stated(digits: str, qualifier: str = "exact") -> Stated:
    return Stated(parse(digits), qualifier)


@settings(max_examples=600, deadline=None)
@given(TRUE, SEED)
def test_a_true_statement_is_never_accused(made: Setting, seed: int) -> None:
    assert papers.make(random.Random(seed), made).outcome.verdict not in ACCUSING


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(Rounding), SEEN, SEED)
def test_two_true_statements_are_never_called_inconsistent(rounding: Rounding, seen: str, seed: int) -> None:
    claim = papers.make(random.Random(seed), Setting("pair", rounding, seen=seen))
    assert claim.outcome.verdict == "not checkable"


@settings(max_examples=200, deadline=None)
@given(st.builds(Setting, kind=st.sampled_from(papers.KINDS), size=st.sampled_from(papers.SIZES),
                 habit=st.sampled_from(list(papers.HABITS)), seen=st.just("mirror")), SEED)
def test_a_figure_on_a_mirror_never_accuses(made: Setting, seed: int) -> None:
    assert not papers.make(random.Random(seed), made).accused


def test_the_bulk_run_accuses_no_true_statement_and_most_wrong_ones() -> None:
    tally = bulk.run(2000, seed=7)
    assert tally.wrong == []
    accused, wrong = bulk.rates(tally)["wrong statements with strong evidence accused"]
    assert wrong > 500
    assert accused / wrong > 0.75


def test_the_counts_do_not_hang_on_the_number_of_processes() -> None:
    assert bulk.run(900, seed=3, jobs=2).counts == bulk.run(900, seed=3).counts


def test_a_great_error_in_a_looked_up_number_is_always_noticed_once_its_words_leave_one_reading() -> None:
    made = Setting(size=100)
    outcomes = [papers.make(random.Random(seed), made).outcome for seed in range(300)]
    assert all(outcome.verdict in ACCUSING for outcome in outcomes if len(outcome.readings) == 1)


def test_a_later_vintage_cut_off_is_excused_although_no_single_choice_excuses_it() -> None:
    first, latest = looked_up("2.23"), looked_up("2.248", vintage="latest")
    outcome = judge_number(stated("2.24"), first, vintages={"first": first, "latest": latest})
    assert outcome.verdict == "consistent"
    assert outcome.only_by == ("rounding: truncate with vintage: latest",)


def test_a_gap_of_unrounded_rates_may_differ_from_the_gap_of_the_printed_ones() -> None:
    gap = published_difference(looked_up("8.4"), looked_up("5.7"))  # 8.36 and 5.74, say
    found = judge_number(stated("2.7"), gap)
    assert (found.verdict, found.reason) == ("consistent", "the printed figures give it; within their rounding other values are possible")
    assert judge_number(stated("2.6"), gap).verdict == "consistent"
    assert judge_number(stated("2.3"), gap).verdict == "contradicted"


@pytest.mark.parametrize(("digits", "verdict"), [("8.43", "consistent"), ("8.4", "reproduced"), ("8.5", "contradicted"),
                                                 ("8.48", "contradicted"), ("8.3", "contradicted"), ("8.2", "contradicted")])
def test_a_figure_with_fewer_digits_does_not_contradict_one_with_more(digits: str, verdict: str) -> None:
    assert judge_number(stated(digits), looked_up("8.4")).verdict == verdict


def test_more_than_a_round_figure_is_not_contradicted_by_the_figure() -> None:
    assert judge_number(stated("130,000", "more than"), looked_up("130000")).verdict == "consistent"


def test_equal_digits_do_not_show_that_nothing_rose() -> None:
    outcome = judge_truth(less(looked_up("8.4"), looked_up("8.4")))
    assert outcome.verdict == "consistent"
    assert judge_truth(less(looked_up("8.5"), looked_up("8.4"))).verdict == "contradicted"
    assert judge_truth(less(looked_up("8.4"), looked_up("8"))).verdict == "consistent"


def test_the_same_digits_beside_an_unseen_figure_are_a_lead_and_no_verdict() -> None:
    outcome = judge_number(stated("9.3"), Missing(("row",)), instead={"another": looked_up("9.3")})
    assert outcome.verdict == "not checkable"
    assert "another has the same digits: a lead" in outcome.reason


def test_the_digits_of_another_quantity_are_misattributed_where_nobody_measures_the_one_named() -> None:
    hole = Missing(("row",), NO_MEASURE)
    assert judge_number(stated("9.3"), hole, instead={"another": looked_up("9.3")}).verdict == "misattributed"
    weak = looked_up("9.3", strong=False)
    assert judge_number(stated("9.3"), hole, instead={"another": weak}).verdict == "not checkable"


def test_less_than_twenty_does_not_have_the_digits_of_every_smaller_number() -> None:
    outcome = judge_number(stated("20", "less than"), looked_up("31"), instead={"another": looked_up("14.6")})
    assert outcome.verdict == "contradicted"


def test_nearly_nothing_can_be_judged() -> None:
    assert judge_number(stated("0", "nearly"), Quantity(Interval.point(Fraction(0)), ("row",))).verdict == "reproduced"
