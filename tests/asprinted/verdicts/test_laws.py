"""The laws of the verdicts, first and second: more precise data, and more evidence (see docs/explanation.md)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from makers import NEVER, claimed, computed, official, rounded, stated, tenths, verdict

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding, shorten
from asprinted.numbers.quantity import NOT_SEEN, Missing, Quantity, published_difference, published_sum
from asprinted.verdicts.agreement import at_hand
from asprinted.verdicts.rules import judge_number
from asprinted.verdicts.vocabulary import ACCUSING, SUPPORTING

MANY = settings(max_examples=400, deadline=None)
TRUTHS = st.integers(1, 10**7).map(lambda thousandths: Fraction(thousandths, 1000))
SIGNED = st.builds(lambda truth, sign: truth * sign, TRUTHS, st.sampled_from((1, -1)))
PLACES = st.integers(-2, 1).map(lambda power: Fraction(10) ** power)
FINER = st.sampled_from((10, 100))
UNSEEN = Missing(("the figure",), NOT_SEEN)
COMBINED = {
    "figure": lambda first, second: first,
    "published difference": published_difference,
    "published sum": published_sum,
    "difference": lambda first, second: first - second,
    "ratio": lambda first, second: first / second,
    "growth": lambda first, second: (first / second - 1) * 100,
}
EXACT = COMBINED | {"published difference": COMBINED["difference"], "published sum": lambda first, second: first + second}
KINDS = st.sampled_from(list(COMBINED))


# Law 1: more precise data never give a worse verdict on a true number, and a reason is true of the numbers beside it.


def published(kind: str, truths: tuple[Fraction, Fraction], place: Fraction) -> Quantity:
    """The quantity of that kind as it follows from two true values that are printed to a place."""
    first, second = (rounded(truth, place, row) for truth, row in zip(truths, "ab", strict=True))
    assume(kind not in ("ratio", "growth") or (second.interval.low > 0 and abs(second.published) > 20 * place))
    return COMBINED[kind](first, second)


def printed_to(truth: Fraction, place: Fraction, rounding: Rounding = Rounding.HALF_UP) -> str:
    """As a paper prints a value: never so short that fewer than two significant digits of a whole number remain."""
    while place > 1 and abs(truth) < 10 * place:
        place /= 10
    return shorten(truth, place, rounding)


@MANY
@given(KINDS, SIGNED, TRUTHS, PLACES, FINER, PLACES, st.sampled_from((0, 0, 0, 0, -1, 1, 2, -3)))
def test_what_coarse_data_reproduce_finer_data_reproduce_unless_the_finer_figure_stands_on_the_edge(
    kind: str, first: Fraction, second: Fraction, place: Fraction, finer: int, own: Fraction, off: int
):
    """On the edge: 8.446 is printed as 8.4 and, to one place more, as 8.45, which itself may have been 8.45 or more."""
    coarse, fine = (published(kind, (first, second), one) for one in (place, place / finer))
    digits = printed_to(EXACT[kind](first, second) + off * own, own)
    if verdict(digits, coarse) == "reproduced":
        found = verdict(digits, fine)
        assert found == "reproduced" or (found == "consistent" and not fine.interval.within(coarse.interval))


@MANY
@given(KINDS, SIGNED, TRUTHS, PLACES, FINER, PLACES, st.integers(-9, 9))
def test_what_coarse_data_accuse_finer_data_accuse_or_leave_open(
    kind: str, first: Fraction, second: Fraction, place: Fraction, finer: int, own: Fraction, off: int
):
    coarse, fine = (published(kind, (first, second), one) for one in (place, place / finer))
    digits = printed_to(EXACT[kind](first, second) + off * own, own)
    if verdict(digits, coarse) in ACCUSING:
        assert verdict(digits, fine) in (*ACCUSING, "consistent")


@MANY
@given(KINDS, SIGNED, TRUTHS, PLACES, FINER, PLACES, st.sampled_from(Rounding))
def test_a_right_rounding_of_the_truth_is_accused_neither_by_coarse_nor_by_fine_data(
    kind: str, first: Fraction, second: Fraction, place: Fraction, finer: int, own: Fraction, rounding: Rounding
):
    for one in (place, place / finer):
        # Who shortens a printed figure otherwise than the office did has nothing but its digits.
        truths = (Fraction(shorten(first, one)), second) if kind == "figure" and rounding is not Rounding.HALF_UP else (first, second)
        digits = printed_to(EXACT[kind](*truths), own, rounding)
        assert verdict(digits, published(kind, (first, second), one)) in SUPPORTING


@MANY
@given(KINDS, SIGNED, TRUTHS, PLACES, PLACES, st.integers(-3, 3), st.sampled_from(Rounding))
def test_a_reason_is_true_of_the_numbers_beside_it(
    kind: str, first: Fraction, second: Fraction, place: Fraction, own: Fraction, off: int, rounding: Rounding
):
    known = published(kind, (first, second), place)
    said = stated(printed_to(EXACT[kind](first, second) + off * own, own), rounding=rounding.value)
    outcome = judge_number(said, known, measured=False)
    meanings = [meaning.says for meaning in said.meanings()]
    # Who shortens a printed figure otherwise than the office did has nothing but its digits.
    allowed = known.value if rounding is not Rounding.HALF_UP and at_hand(said, known) else known.interval
    every = any(allowed.within(meaning) for meaning in meanings)
    some = any(allowed.meets(meaning) for meaning in meanings)
    assert ("every value" in outcome.reason) == (every and "digit for digit" not in outcome.reason)
    if "every value" in outcome.reason:
        assert any(outcome.computed.within(meaning) for meaning in meanings)
    if "some of the values" in outcome.reason or "printed figures give it" in outcome.reason:
        assert some
        assert not every
    if "printed figures give it" in outcome.reason:
        assert EXACT[kind](*(Fraction(shorten(truth, place)) for truth in (first, second))) == said.printed.value
    if "digit for digit" in outcome.reason:
        assert known.published == said.printed.value
    if "no value" in outcome.reason:
        assert not some


def test_the_case_that_was_wrong_coarse_levels_gave_the_better_verdict():
    """H6: 790 was consistent with 2214.36 less 1416.99 and reproduced by 2.21 less 1.42 trillion."""
    fine = published_difference(rounded(Fraction("2214.36"), Fraction(1, 100), "a"), rounded(Fraction("1416.99"), Fraction(1, 100), "b"))
    coarse = published_difference(rounded(Fraction(2210), Fraction(10), "a"), rounded(Fraction(1420), Fraction(10), "b"))
    assert verdict("790", fine) == verdict("790", coarse) == "consistent"
    assert "every value" not in judge_number(stated("790"), coarse).reason
    assert verdict("2.7", published_difference(official("8.4", "a"), official("5.7", "b"))) == "consistent"


def test_the_reason_beside_a_bound_does_not_say_that_the_printed_figures_give_it():
    """8.4 less 5.7 is 2.7, and not more than 2.7."""
    outcome = judge_number(stated("2.7", "more than"), published_difference(official("8.4", "a"), official("5.7", "b")))
    assert outcome.verdict == "consistent"
    assert "the printed figures give it" not in outcome.reason


@pytest.mark.parametrize("own", [claimed("8.4"), Quantity(Interval.point("8.4"), published=Fraction("8.4"))])
def test_what_comes_from_the_paper_alone_is_not_said_to_be_published(own: Quantity):
    assert "published" not in judge_number(stated(), own).reason


def test_a_figure_copied_digit_for_digit_is_reproduced_whatever_the_rounding():
    for rounding in Rounding:
        outcome = judge_number(stated(rounding=rounding), official("8.4"))
        assert (outcome.verdict, outcome.reason, outcome.only_by) == ("reproduced", "as published, digit for digit", ())


@pytest.mark.parametrize(("digits", "figure"), [("8.40", "8.4"), ("2.214", "2.21"), ("8.5", "8.45")])
def test_a_statement_that_is_not_the_figure_itself_is_judged_by_all_that_the_figure_allows(digits: str, figure: str):
    assert judge_number(stated(digits), official(figure)).verdict == "consistent"


def test_a_difference_of_printed_figures_is_judged_by_its_interval():
    gap = published_difference(official("8.4", "a"), official("5.7", "b"))
    outcome = judge_number(stated("2.7"), gap)
    assert (outcome.verdict, outcome.computed) == ("consistent", Interval(Fraction("2.6"), Fraction("2.8"), False, False))
    assert judge_number(stated("3"), gap).verdict == "reproduced"


# Law 2: more evidence against a number never removes an accusation.

GIVEN = st.integers(-40, 40).filter(lambda off: abs(off) > 2).map(lambda off: claimed(tenths(84 + off), f"claim{off}"))
AGAINST = st.one_of(
    st.builds(lambda off, strong: official(tenths(84 + off), f"row{off}", strong=strong),
              st.integers(3, 60) | st.integers(-60, -3), st.booleans()),
    st.builds(lambda off, wide, strong: computed(tenths(88 + off), tenths(88 + off + wide), strong=strong),
              st.integers(0, 30), st.integers(0, 30), st.booleans()),
    st.builds(lambda one, two: official(tenths(one), "a") + claimed(tenths(two)), st.integers(60, 90), st.integers(60, 90)),
)


@MANY
@given(st.lists(GIVEN, min_size=1, max_size=3), st.sampled_from((NEVER, UNSEEN)), AGAINST)
def test_a_figure_that_excludes_a_number_leaves_it_accused(implied: list[Quantity], hole: Missing, known: Quantity):
    assert verdict("8.4", hole, given=implied) == "inconsistent"
    assert verdict("8.4", known, given=implied) in ACCUSING


@MANY
@given(st.lists(GIVEN, min_size=1, max_size=3), st.lists(GIVEN | st.just(NEVER) | st.just(claimed("8.4")), max_size=3),
       st.just(NEVER) | AGAINST, st.randoms())
def test_further_statements_of_the_paper_leave_a_number_accused(implied: list, further: list, known: Quantity | Missing, draw):
    assert verdict("8.4", known, given=implied) in ACCUSING
    mixed = [*implied, *further]
    draw.shuffle(mixed)
    assert verdict("8.4", known, given=mixed) in ACCUSING


@pytest.mark.parametrize("choice", ["vintages", "conventions"])
@pytest.mark.parametrize("known", [NEVER, official("9.4", strong=False), official("9.4")], ids=["never seen", "mirror", "strong"])
def test_a_listed_choice_that_was_not_seen_does_not_remove_a_clash(known: Quantity | Missing, choice: str):
    assert verdict("8.4", known, given=[claimed("9.4")], **{choice: {"latest": UNSEEN}}) in ACCUSING


def test_a_listed_choice_on_strong_evidence_is_not_outvoted_by_a_clash_because_another_was_not_seen():
    """With the first vintage seen the number is not accused; that it was not seen is nothing against it."""
    listed = {"first": UNSEEN, "latest": official("8.4")}
    assert verdict("8.4", official("9.4"), given=[claimed("9.4")], vintages=listed) in SUPPORTING
    assert verdict("8.4", UNSEEN, given=[claimed("9.4")], vintages=listed) not in ACCUSING


def test_the_case_that_was_wrong_a_mirror_against_a_number_removed_its_accusation():
    """H4: a gap of 4.4 was inconsistent until a mirror showed 6.7, hence 0.2."""
    implied = [published_difference(claimed("6.7", "growth-2019q1"), official("6.5"))]
    on_a_mirror = published_difference(official("6.7", "mirror", strong=False), official("6.5"))
    assert verdict("4.4", UNSEEN, given=implied) == "inconsistent"
    assert verdict("4.4", on_a_mirror, given=implied) == "inconsistent"
