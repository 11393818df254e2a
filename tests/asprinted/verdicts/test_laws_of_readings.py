"""The laws of the verdicts, third to fifth: candidates, readings and trailing zeros."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from makers import NEVER, computed, official, stated, tenths, verdict

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding
from asprinted.numbers.quantity import NO_MEASURE, NOT_SEEN, Missing, Quantity
from asprinted.verdicts.readings import over_readings
from asprinted.verdicts.rules import Outcome, judge_number
from asprinted.verdicts.vocabulary import ACCUSING, SUPPORTING, UNJUDGED, VERDICTS

MANY = settings(max_examples=400, deadline=None)
UNSEEN = Missing(("the figure",), NOT_SEEN)


# Law 3: the list of candidates decides nothing by its length or order.

NAMES = st.sampled_from(("a sector", "a place", "a year", "another measure"))
CANDIDATE = st.one_of(
    st.builds(lambda digits, row, strong: official(digits, row, strong=strong),
              st.sampled_from(("8.4", "8.40", "8.41", "8.3", "9.4", "8")), st.sampled_from("bcde"), st.booleans()),
    st.just(NEVER), st.just(computed("8.38", "8.42")), st.just(computed("8.3", "8.5")),
)
CANDIDATES = st.dictionaries(NAMES, CANDIDATE, max_size=4)
VALUES = st.sampled_from((official("9.4"), official("9.4", strong=False), official("8.4"), NEVER, UNSEEN))
FITS, MISSES, WEAK = official("8.4", "new"), official("8.7", "new"), official("8.4", "new", strong=False)


@MANY
@given(VALUES, CANDIDATES, st.randoms())
def test_the_order_of_the_candidates_changes_nothing(value: Quantity | Missing, instead: dict, draw):
    turned = list(instead.items())
    draw.shuffle(turned)
    assert judge_number(stated(), value, instead=instead) == judge_number(stated(), value, instead=dict(turned))


@MANY
@given(VALUES, CANDIDATES)
def test_a_further_candidate_with_the_digits_leaves_a_number_misattributed_and_is_named(value: Quantity | Missing, instead: dict):
    before, after = (judge_number(stated(), value, instead=listed) for listed in (instead, instead | {"new": FITS}))
    if before.verdict == "misattributed":
        assert after.verdict == "misattributed"
        assert "of new" in after.reason
        assert set(before.rows) < set(after.rows)


@MANY
@given(VALUES, CANDIDATES, st.sampled_from((MISSES, NEVER, computed("8.3", "8.5"))))
def test_a_candidate_without_the_digits_changes_nothing(value: Quantity | Missing, instead: dict, other: Quantity | Missing):
    assert judge_number(stated(), value, instead=instead | {"new": other}) == judge_number(stated(), value, instead=instead)


@MANY
@given(VALUES, CANDIDATES)
def test_a_candidate_on_a_mirror_decides_nothing(value: Quantity | Missing, instead: dict):
    assert verdict("8.4", value, instead=instead | {"new": WEAK}) == verdict("8.4", value, instead=instead)
    assert verdict("8.4", value, instead={"new": WEAK}) != "misattributed"


def test_digits_on_a_mirror_are_a_lead_beside_a_figure_that_contradicts():
    outcome = judge_number(stated(), official("9.4"), instead={"another sector": official("8.4", strong=False)})
    assert outcome.verdict == "contradicted"
    assert outcome.reason.endswith("; another sector has the same digits: a lead, not a verdict")


def test_digits_on_a_mirror_are_a_lead_where_nobody_measures_the_figure_and_no_verdict():
    outcome = judge_number(stated(), NEVER, instead={"another sector": official("8.4", strong=False)})
    assert outcome.verdict == "not checkable"
    assert outcome.reason == f"{NO_MEASURE}; another sector has the same digits: a lead, not a verdict"


HIGH_TECH, COMPUTERS, MANUFACTURING = official("9.3", "high-tech"), official("9.3", "computers"), official("-6.5", "manufacturing")


@pytest.mark.parametrize("value", [MANUFACTURING, Missing(("x",), NO_MEASURE)], ids=["published", "no measure"])
@pytest.mark.parametrize("instead", [{"high-tech": HIGH_TECH}, {"high-tech": HIGH_TECH, "computers": COMPUTERS}], ids=["one", "two"])
def test_the_case_that_was_wrong_a_second_candidate_changed_the_verdict(value: Quantity | Missing, instead: dict):
    """H2: with one candidate misattributed, with two contradicted or nothing at all."""
    assert verdict("9.3", value, instead=instead) == "misattributed"


@pytest.mark.parametrize(("value", "found"), [(MANUFACTURING, "contradicted"), (Missing(("x",), NO_MEASURE), "not checkable")])
def test_the_case_that_was_wrong_a_mirror_named_the_other_quantity(value: Quantity | Missing, found: str):
    """H3: a candidate on a mirror was enough where the quantity itself was known, and not where it was missing."""
    weak = official("9.3", "high-tech", strong=False)
    outcome = judge_number(stated("9.3"), value, instead={"high-tech": weak})
    assert outcome.verdict == found
    assert "high-tech has the same digits: a lead" in outcome.reason


# Law 4: a reading that nobody can judge neither shields a wrong number nor taints a right one.

JUDGED = st.sampled_from([one for one in VERDICTS if one != "ambiguous"])
READINGS = st.lists(JUDGED, min_size=1, max_size=5)


def joint(verdicts: list[str]) -> Outcome:
    return over_readings({f"reading {n}": Outcome(one, f"reason {n}") for n, one in enumerate(verdicts)})


@MANY
@given(READINGS)
def test_a_sentence_is_ambiguous_if_and_only_if_one_reading_supports_and_one_accuses(verdicts: list[str]):
    both = any(one in SUPPORTING for one in verdicts) and any(one in ACCUSING for one in verdicts)
    assert (joint(verdicts).verdict == "ambiguous") == both


@MANY
@given(READINGS)
def test_a_reading_that_was_not_judged_never_makes_a_number_reproduced_and_never_accuses(verdicts: list[str]):
    before, after = joint(verdicts).verdict, joint([*verdicts, UNJUDGED]).verdict
    assert after not in ("reproduced", *ACCUSING)
    assert (after in SUPPORTING) == (before in SUPPORTING)
    assert (after == "ambiguous") == (before == "ambiguous")


@MANY
@given(READINGS, st.randoms())
def test_the_order_of_the_readings_changes_no_verdict(verdicts: list[str], draw):
    turned = list(verdicts)
    draw.shuffle(turned)
    assert joint(turned).verdict == joint(verdicts).verdict


@MANY
@given(READINGS)
def test_a_joint_verdict_is_never_stronger_than_any_of_its_readings(verdicts: list[str]):
    found = joint(verdicts).verdict
    if found == "reproduced" or found in ACCUSING:
        ladder = SUPPORTING if found == "reproduced" else ACCUSING
        assert set(verdicts) <= set(ladder)
        assert ladder.index(found) == max(map(ladder.index, verdicts))
    assert all(one in joint(verdicts).reason for one in verdicts if found == "ambiguous" and len(verdicts) > 1)


@MANY
@given(st.integers(10, 300), st.integers(10, 300), st.integers(5, 900), st.sampled_from(("strong", "mirror", "unseen", "no measure")))
def test_a_right_and_a_grossly_wrong_number_never_get_the_same_verdict(right: int, other: int, off: int, seen: str):
    wrong = right + off
    assume(abs(wrong - other) > 3)
    second = {"unseen": UNSEEN, "no measure": NEVER}.get(seen) or official(tenths(other), "b", strong=seen == "strong")
    found = [over_readings({"one": judge_number(stated(tenths(number)), official(tenths(right))),
                            "two": judge_number(stated(tenths(number)), second)}).verdict for number in (right, wrong)]
    assert found[0] != found[1]
    assert found[0] in (*SUPPORTING, "ambiguous")
    assert found[1] in (*ACCUSING, UNJUDGED)


def test_a_reading_that_was_not_judged_makes_support_consistent_and_says_as_what_it_is_read():
    outcome = joint(["reproduced", "not checkable"])
    assert (outcome.verdict, outcome.only_by) == ("consistent", ("read as reading 0",))
    assert outcome.reason == "as far as its readings could be judged; reading 0: reproduced; reading 1: not checkable"


def test_a_reading_that_was_not_judged_withdraws_an_accusation_and_names_it():
    outcome = joint(["contradicted", "not checkable"])
    assert (outcome.verdict, outcome.corrected) == ("not checkable", None)
    assert outcome.reason == (
        "accused by each reading that could be judged, but not every reading could be; reading 0: contradicted; reading 1: not checkable"
    )


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("reproduced", "consistent", "consistent"),
        ("contradicted", "misattributed", "misattributed"),
        ("contradicted", "inconsistent", "inconsistent"),
        ("misattributed", "inconsistent", "inconsistent"),
        ("not checkable", "not checkable", "not checkable"),
    ],
)
def test_readings_on_one_side_give_the_mildest_of_their_verdicts(first: str, second: str, verdict: str):
    assert joint([first, second]).verdict == joint([second, first]).verdict == verdict


def test_the_case_that_was_wrong_7_7_and_97_7_got_the_same_verdict():
    """H5: with one reading unseen every number was ambiguous."""
    found = {digits: over_readings({"cumulative": judge_number(stated(digits), official("7.7")),
                                    "single quarter": judge_number(stated(digits), UNSEEN)}) for digits in ("7.7", "7.1", "97.7")}
    assert [one.verdict for one in found.values()] == ["consistent", "not checkable", "not checkable"]
    assert "cumulative: contradicted" in found["97.7"].reason


def test_the_case_that_was_wrong_an_unseen_reading_passed_for_doubt():
    """H13: contradicted, with a reading that nobody could judge, was called ambiguous; now it says what it would be."""
    found = joint(["contradicted", UNJUDGED])
    assert (found.verdict, found.corrected) == ("not checkable", None)
    assert "contradicted" in found.reason


# Law 5: trailing zeros stand for a coarser place only while two significant digits remain.

ROUND = st.builds(lambda lead, zeros, sign: sign * lead * 10**zeros, st.integers(1, 9999), st.integers(1, 6), st.sampled_from((1, -1)))


@settings(max_examples=600, deadline=None)
@given(ROUND, st.fractions(Fraction(-3), Fraction(3)), st.sampled_from(Rounding))
def test_no_number_off_by_more_than_a_tenth_of_itself_passes_for_its_zeros(number: int, share: Fraction, rounding: Rounding):
    assume(abs(share) > Fraction(1, 10))
    value = number * (1 + share)
    said = stated(f"{number:,}", rounding=rounding.value)
    assert judge_number(said, Quantity(Interval.point(value), ("row",), strong=True), measured=False).verdict == "contradicted"


@MANY
@given(ROUND, st.sampled_from(Rounding))
def test_the_zeros_of_a_number_leave_at_least_two_significant_digits(number: int, rounding: Rounding):
    for meaning in stated(str(number), rounding=rounding.value).meanings():
        assert meaning.place == 1 or abs(number) >= 10 * meaning.place


@pytest.mark.parametrize(("digits", "value"), [("20", "15"), ("20", "24"), ("10", "5"), ("100", "50"), ("100", "149"), ("40", "35"),
                                               ("100,000", "199000"), ("200,000", "150000")])
def test_the_case_that_was_wrong_a_gross_error_passed_for_its_zeros(digits: str, value: str):
    """H1: each of these was reproduced or consistent."""
    assert [judge_number(stated(digits, rounding=one.value), official(value)).verdict for one in Rounding] == ["contradicted"] * 3


@pytest.mark.parametrize(("digits", "value"), [("790", "794"), ("130", "125.1"), ("240,000", "239500"), ("720,000", "715000")])
def test_zeros_that_leave_two_digits_may_still_mean_nothing(digits: str, value: str):
    assert verdict(digits, computed(value)) == "reproduced"
