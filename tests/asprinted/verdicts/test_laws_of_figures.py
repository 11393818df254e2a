"""The laws of the verdicts, sixth and seventh: sightings and shortened levels; and growth of the last part."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from makers import NEVER, claimed, official, rounded, stated, verdict

from asprinted.numbers.brackets import last_part, mean_of, share_of_last
from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding, interval, parse, place_of_digit, shorten
from asprinted.numbers.quantity import Quantity, average_growth, published_difference
from asprinted.official import observations as tables
from asprinted.verdicts.rules import judge_number
from asprinted.verdicts.vocabulary import ACCUSING, SUPPORTING
from forkmill.errors import InputError

MANY = settings(max_examples=400, deadline=None)
LEVELS = st.integers(1, 10**7).map(lambda hundredths: Fraction(hundredths, 100))


# Law 6: sightings that differ by more than their own printed precision stop the run.


def sighting(digits: str) -> Quantity:
    row = {"row": f"row-{digits}", "digits": digits, "scale": "one", "bound": "", "unit": "persons", "status": "VERIFIED",
           "host": "press", "address": "https://example.org", "vintage": "first"}
    return tables.quantity(row)


PRINTED = st.one_of(
    st.builds(lambda lead, zeros: str(lead * 10**zeros), st.integers(1, 9999), st.integers(0, 5)),
    st.builds(lambda tenths: shorten(Fraction(tenths, 10), Fraction(1, 10)), st.integers(1, 10**5)),
)


@MANY
@given(PRINTED, st.fractions(Fraction(1, 2), Fraction(2), max_denominator=200))
def test_two_sightings_that_differ_by_more_than_half_the_coarser_place_stop_the_run(digits: str, share: Fraction):
    other = shorten(parse(digits).value * share, Fraction(1, 10))
    coarser = max(parse(text).places[-1] for text in (digits, other))
    assume(abs(parse(digits).value - parse(other).value) > coarser / 2)
    for pair in ((digits, other), (other, digits)):
        with pytest.raises(InputError, match="two sightings of one figure disagree"):
            tables.agree([sighting(text) for text in pair], "a table")


@MANY
@given(st.integers(10**5, 10**8), st.integers(0, 3))
def test_a_figure_and_its_own_rounding_are_one_figure(value: int, zeros: int):
    coarse = shorten(Fraction(value), Fraction(10**zeros))
    for pair in ((str(value), coarse), (coarse, str(value))):
        assert value in tables.agree([sighting(text) for text in pair], "a table").interval


@pytest.mark.parametrize("pair", [("400000", "355000"), ("100000", "149000"), ("1000", "1499"), ("10", "9.4")])
def test_the_case_that_was_wrong_sightings_were_merged_by_their_zeros(pair: tuple[str, str]):
    """H7: figures up to a third apart were taken for one."""
    with pytest.raises(InputError, match="two sightings of one figure disagree"):
        tables.agree([sighting(digits) for digits in pair], "a table")


# Law 7: what is calculated with shortened figures, as a paper prints them, is never accused.

CALCULATED = {
    "published difference": published_difference,
    "difference": lambda first, second: first - second,
    "sum": lambda first, second: first + second,
    "ratio": lambda first, second: first / second,
    "growth": lambda first, second: (first / second - 1) * 100,
    "share of the sum": lambda first, second: first / (first + second) * 100,
    "yearly growth": lambda first, second: average_growth(second, first, 3),
}
ON_FRACTIONS = CALCULATED | {"published difference": CALCULATED["difference"]}
EXACT_KINDS = st.sampled_from([kind for kind in CALCULATED if kind != "yearly growth"])


def short(value: Fraction, digits: int) -> Fraction:
    return Fraction(shorten(value, place_of_digit(value, digits)))


def stated_after(kind: str, levels: tuple[Fraction, Fraction], place: Fraction, rounding: Rounding) -> str:
    result = ON_FRACTIONS[kind](*levels)
    return shorten(result, min(place, Fraction(1)) if abs(result) < 10 * place else place, rounding)


@MANY
@given(EXACT_KINDS, LEVELS, LEVELS, st.sampled_from((3, 4)), st.sampled_from(("0.01", "0.1", "1", "10")),
       st.sampled_from(Rounding), st.sampled_from(Rounding))
def test_what_follows_from_levels_of_three_or_four_digits_is_never_accused(
    kind: str, first: Fraction, second: Fraction, digits: int, place: str, papers: Rounding, runs: Rounding
):
    figures = [rounded(level, Fraction(1, 100), row) for level, row in ((first, "a"), (second, "b"))]
    text = stated_after(kind, (short(first, digits), short(second, digits)), Fraction(place), papers)
    assert verdict(text, CALCULATED[kind](*figures), rounding=runs.value) in SUPPORTING


@settings(max_examples=200, deadline=None)
@given(EXACT_KINDS, LEVELS, LEVELS, st.sampled_from((3, 4)), st.sampled_from(Rounding))
def test_a_value_implied_by_full_levels_does_not_clash_with_one_from_shortened_levels(
    kind: str, first: Fraction, second: Fraction, digits: int, papers: Rounding
):
    figures = [rounded(level, Fraction(1, 100), row) for level, row in ((first, "a"), (second, "b"))]
    text = stated_after(kind, (short(first, digits), short(second, digits)), Fraction(1, 10), papers)
    assert verdict(text, NEVER, given=[CALCULATED[kind](*figures)]) not in ACCUSING


@settings(max_examples=200, deadline=None)
@given(st.fractions(Fraction(1, 2), Fraction(2), max_denominator=999), LEVELS, st.sampled_from((3, 4)))
def test_yearly_growth_from_levels_of_three_or_four_digits_is_never_accused(ratio: Fraction, second: Fraction, digits: int):
    figures = [rounded(level, Fraction(1, 1000), row) for level, row in ((second * ratio, "a"), (second, "b"))]
    exact = average_growth(*(Quantity(Interval.point(short(figure.published, digits))) for figure in figures[::-1]), 3)
    text = shorten(exact.interval.low, Fraction(1, 10))
    assert verdict(text, CALCULATED["yearly growth"](*figures)) in SUPPORTING


@MANY
@given(LEVELS, LEVELS, LEVELS, st.sampled_from(("0.1", "1")))
def test_levels_that_become_equal_when_shortened_can_still_be_divided_by_their_difference(
    whole: Fraction, first: Fraction, step: Fraction, place: str
):
    second = first + (step % 1)
    apart = official(shorten(second, Fraction(1, 100)), "b") - official(shorten(first, Fraction(1, 100)), "a")
    assume(0 not in apart.interval)
    assume(apart.interval.low != 0)
    known = official(shorten(whole, Fraction(1, 100)), "c") / apart
    assert verdict(shorten(whole / (step % 1), Fraction(place)), known) in SUPPORTING


def test_the_case_that_was_wrong_growth_of_the_papers_own_levels_was_accused():
    """H10: 55.6 percent is 2.21 over 1.42, and was contradicted unless a notebook happened to list that convention."""
    growth = (official("2214.36", "a") / official("1416.99", "b") - 1) * 100
    outcome = judge_number(stated("55.6"), growth)
    assert (outcome.verdict, outcome.only_by) == ("consistent", ("convention: of figures shortened to 3 digits",))
    assert verdict("55.9", growth) == "contradicted"


def test_a_computation_can_be_repeated_with_other_values_in_the_place_of_what_was_looked_up():
    growth = (official("2214.36", "a") / official("1416.99", "b") - 1) * 100
    assert [one.rows for one in growth.looked_up()] == [("a",), ("b",), (), ()]
    assert growth.with_inputs(lambda one: one.interval) == growth.interval


@pytest.mark.parametrize(("digits", "exact"), [(3, Fraction(2210, 1420)), (4, Fraction(2214, 1417))])
def test_a_computation_on_shortened_figures_is_exact_and_leaves_numbers_and_statements_alone(digits: int, exact: Fraction):
    ratio = (official("2214.36", "a") / official("1416.99", "b") - 1) * 100
    assert ratio.of_shortened(digits).interval == Interval.point((exact - 1) * 100)
    own = claimed("2214.36") - official("1416.99")
    low, high = own.of_shortened(digits).interval.low, own.of_shortened(digits).interval.high
    assert high - low == Fraction("0.01")


# Growth of the last part of a period lies within the bounds, and the bounds are reached.

RATES = st.integers(-300, 400).map(lambda tenths: Fraction(tenths, 10) + Fraction(tenths % 7, 100))


def cumulated(parts: list[Fraction], rates: list[Fraction]) -> Fraction:
    """Growth, in percent, of a sum of parts that each grow at a rate."""
    return sum((part * rate for part, rate in zip(parts, rates, strict=True)), Fraction(0)) / sum(parts)


@settings(max_examples=600, deadline=None)
@given(st.data(), st.integers(2, 4), st.integers(1, 3), st.sampled_from(("0.1", "0.01", "1")))
def test_the_true_growth_of_the_last_part_lies_within_the_bounds_of_the_rounded_figures(data, count: int, ratio: int, place: str):
    parts = data.draw(st.lists(st.integers(100, 100 * ratio), min_size=count, max_size=count))
    rates = data.draw(st.lists(RATES, min_size=count, max_size=count))
    whole, before = (rounded(cumulated(parts[:n], rates[:n]), Fraction(place), f"to {n}") for n in (count, count - 1))
    found = last_part(whole, before, share_of_last(count, ratio))
    assert rates[-1] in found.interval
    assert found.rows == (f"to {count}", f"to {count - 1}")
    assert judge_number(stated(shorten(rates[-1], Fraction(1, 10))), found, measured=False).verdict in SUPPORTING


@MANY
@given(RATES, RATES, st.integers(2, 4), st.integers(1, 3), st.sampled_from(("0.1", "0.01")))
def test_each_bound_of_the_last_part_is_reached_by_figures_and_shares_that_are_allowed(
    whole: Fraction, before: Fraction, count: int, ratio: int, place: str
):
    share = share_of_last(count, ratio)
    figures = [rounded(rate, Fraction(place), row) for rate, row in ((whole, "whole"), (before, "before"))]
    found = last_part(*figures, share).interval
    ends = [[one.interval.low, one.interval.high] for one in figures]
    reached = [a + (1 - w) / w * (a - b) for w in (share.low, share.high) for a in ends[0] for b in ends[1]]
    assert (found.low, found.high) == (min(reached), max(reached))


@MANY
@given(st.integers(2, 5), st.integers(1, 4), st.data())
def test_the_share_of_the_last_part_lies_within_its_bounds_which_are_reached(count: int, ratio: int, data):
    parts = data.draw(st.lists(st.integers(10, 10 * ratio), min_size=count, max_size=count))
    found = share_of_last(count, ratio)
    assert Fraction(parts[-1], sum(parts)) in found
    least, greatest = [*[ratio] * (count - 1), 1], [*[1] * (count - 1), ratio]
    assert (found.low, found.high) == tuple(Fraction(one[-1], sum(one)) for one in (least, greatest))


def test_the_last_part_that_is_the_whole_grows_as_the_whole():
    figure = Quantity(interval(Fraction("8.4"), Fraction("0.1")), ("row",))
    assert last_part(figure, official("7.7"), Interval.point(1)).interval == figure.interval


def test_a_mean_with_weights_that_nobody_knows_lies_between_the_least_and_the_greatest_part():
    mean = mean_of(official("7.7", "a"), official("8.4", "b"), official("8.0", "c"))
    assert (mean.interval, mean.rows) == (Interval(Fraction("7.65"), Fraction("8.45"), True, False), ("a", "b", "c"))
