"""A statement of several numbers holds where each of them does, and is accused where one of them is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding, parse, shorten
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.numbers.sources import AS_PUBLISHED, OF_DATA, RECOMPUTED
from asprinted.verdicts.agreement import Stated
from asprinted.verdicts.parts import WHOLE, over_parts, power_over
from asprinted.verdicts.rules import Outcome, judge_number
from asprinted.verdicts.vocabulary import ACCUSING, GRAVEST_FIRST, SUPPORTING, UNJUDGED, VERDICTS

OF_ONE = [verdict for verdict in VERDICTS if verdict != "ambiguous"]  # no number of a reading is: readings alone are
FOUND = st.lists(st.sampled_from(OF_ONE), min_size=2, max_size=4)
VALUES = st.decimals(-1000, 1000, places=4, allow_nan=False).map(Fraction)
PLACES = st.sampled_from([Fraction(1), Fraction(1, 10), Fraction(1, 100)])


def over(verdicts: Sequence[str]) -> Outcome:
    return over_parts({f"part {n}": Outcome(one, f"reason {n}") for n, one in enumerate(verdicts)}, {f"part {n}": str(n) for n in range(9)})


def known(value: Fraction, more: Fraction = Fraction(0)) -> Quantity:
    return Quantity(Interval(value, value + more), ("row",), (), None, "official", True, ("first",))


@given(FOUND)
def test_one_wrong_number_makes_the_statement_wrong_and_one_open_one_leaves_it_open(verdicts: list[str]) -> None:
    found = over(verdicts).verdict
    assert (found in ACCUSING) == any(one in ACCUSING for one in verdicts)
    assert (found == UNJUDGED) == (UNJUDGED in verdicts and found not in ACCUSING)
    assert (found == "reproduced") == ({*verdicts} == {"reproduced"})
    assert found == min(verdicts, key=GRAVEST_FIRST.index)


@given(FOUND)
def test_the_order_of_the_numbers_decides_nothing(verdicts: list[str]) -> None:
    assert over(verdicts).verdict == over(verdicts[::-1]).verdict


@given(FOUND)
def test_the_reason_names_the_numbers_that_it_is_the_reason_of(verdicts: list[str]) -> None:
    found = over(verdicts)
    named = [f"part {n} {n}: reason {n}" for n, one in enumerate(verdicts)
             if one == found.verdict or (one in ACCUSING and found.verdict in ACCUSING)]
    assert found.reason == "; ".join(named)


def test_a_reason_that_all_numbers_share_is_said_once():
    same = Outcome("reproduced", "as published, digit for digit")
    assert over_parts({"mean": same, "SD": same}, {"mean": "38.8", "SD": "2.7"}).reason == same.reason


def test_what_is_judged_as_one_keeps_its_own_outcome():
    found = Outcome("reproduced", "as published")
    assert over_parts({WHOLE: found}, {WHOLE: "5–10"}) is found


def test_a_statement_could_fail_only_where_each_of_its_numbers_could():
    sure, blind = ({"power": {"noticed": n, "tried": 9}, "could_fail": n > 0} for n in (7, 0))
    assert power_over({"mean": sure, "SD": sure}) == {"power": {"noticed": 14, "tried": 18}, "could_fail": True}
    assert power_over({"mean": sure, "SD": blind}) == {"power": {"noticed": 7, "tried": 18}, "could_fail": False}


@settings(max_examples=300)
@given(VALUES, VALUES, PLACES, st.sampled_from(Rounding), st.sampled_from(Rounding), st.data())
def test_what_lies_between_two_ends_is_never_accused_however_they_were_rounded(one, other, place, used, taken, data) -> None:
    low, high = sorted((one, other))
    value = data.draw(st.fractions(low, high, max_denominator=10**6))
    stated = Stated(parse(shorten(low, place, used)), "exact", taken, upto=parse(shorten(high, place, used)))
    assert judge_number(stated, known(value)).verdict in SUPPORTING


@settings(max_examples=300)
@given(VALUES, VALUES, VALUES, PLACES, st.sampled_from(Rounding))
def test_a_range_is_kept_by_what_lies_between_its_ends_or_prints_as_one_of_them(one, other, value, place, rounding) -> None:
    low, high = sorted((one, other))
    ends = [parse(shorten(end, place, rounding)) for end in (low, high)]
    stated = Stated(ends[0], "exact", rounding, upto=ends[1])
    prints = any(judge_number(Stated(end, "exact", rounding), known(value)).verdict == "reproduced" for end in ends)
    between = ends[0].value <= value <= ends[1].value
    assert (judge_number(stated, known(value)).verdict == "reproduced") == (prints or between)


def test_a_value_outside_a_range_is_contradicted_and_one_across_its_end_is_left_open():
    stated = Stated(parse("5"), upto=parse("10"))
    assert judge_number(stated, known(Fraction("4.4"))).verdict == "contradicted"
    assert judge_number(stated, known(Fraction(11))).reason.startswith("no value that the figures allow lies in the stated range")
    assert judge_number(stated, known(Fraction("4.4"), Fraction("0.2"))).verdict == "consistent"
    assert judge_number(stated, Missing(("a page",))).verdict == UNJUDGED


def test_a_range_of_counts_is_exact_at_its_ends():
    stated = Stated(parse("5"), exact_count=True, upto=parse("10"))
    found = {value: judge_number(stated, known(Fraction(value))).verdict for value in (4, 5, 7, 10, 11)}
    assert found == {4: "contradicted", 5: "reproduced", 7: "reproduced", 10: "reproduced", 11: "contradicted"}


def test_a_range_has_the_digits_of_no_other_quantity():
    outcome = judge_number(Stated(parse("5"), upto=parse("10")), known(Fraction(40)), instead={"the year before": known(Fraction(7))})
    assert outcome.verdict == "contradicted"


@pytest.mark.parametrize(("hows", "how"), [
    ((AS_PUBLISHED, AS_PUBLISHED), AS_PUBLISHED), ((AS_PUBLISHED, RECOMPUTED), RECOMPUTED), ((RECOMPUTED, OF_DATA), OF_DATA),
    ((AS_PUBLISHED, OF_DATA), OF_DATA), ((AS_PUBLISHED, ""), AS_PUBLISHED), (("", ""), ""),
])
def test_how_a_statement_was_checked_is_how_its_least_looked_up_number_was(hows: tuple[str, str], how: str):
    found = {name: Outcome("reproduced", "as is", how=one) for name, one in zip(("mean", "SD"), hows, strict=True)}
    assert over_parts(found, {"mean": "38.8", "SD": "2.7"}).how == how
