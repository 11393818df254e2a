"""What is admitted to a verdict: what rests on something, in the unit and size of the claim."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import official, stated

from asprinted.numbers.missing import Missing
from asprinted.numbers.quantity import number
from asprinted.numbers.truth import Truth
from asprinted.numbers.unit_words import read
from asprinted.verdicts import admitted
from asprinted.verdicts.agreement import fits
from forkmill.errors import InputError

HOLE = Missing(("a",))
PERCENT = read("percent")


@pytest.mark.parametrize(("value", "does"), [
    (3, "look it up with paper.official.find"), ("3", "look it up with paper.official.find"), (True, "a plain yes or no has lost"),
    ([1, 2], "take one of its values"), (None, "write quantity.Missing"), (Truth(True, number(1)), "hand over the quantity itself"),
    ({"latest": 3}, "hand over one value"),
])  # fmt: skip
def test_what_is_no_quantity_is_refused_with_what_to_do(value: object, does: str):
    with pytest.raises(InputError) as raised:
        admitted.of_kind(value, "paper.check('a'), reading as worded", "number", is_number=True)
    assert does in raised.value.do


def test_a_claim_of_order_takes_a_truth_and_no_number():
    admitted.of_kind(Truth(True, number(1)), "a", "order", is_number=False)
    with pytest.raises(InputError, match=r"compare it: truth\.less"):
        admitted.of_kind(number(1), "a", "order", is_number=False)
    with pytest.raises(InputError, match="a plain yes or no has lost"):
        admitted.of_kind(False, "a", "order", is_number=False)


@pytest.mark.parametrize("is_number", [True, False])
def test_a_hole_is_admitted_to_any_claim(is_number: bool):
    admitted.of_kind(HOLE, "a", "number", is_number=is_number)


def test_a_choice_that_is_mistyped_gets_the_nearest():
    with pytest.raises(InputError, match=r"did you mean official\?"):
        admitted.choice("least_evidence", "offical", ["official", "press"])


@pytest.mark.parametrize("value", [HOLE, number(3), official("3"), official("3", unit=PERCENT)])
def test_a_value_in_the_unit_of_the_claim_or_in_none_stays_as_it_is(value):
    assert admitted.of_unit(value, PERCENT, "a") is value
    assert admitted.of_unit(value, None, "a") is value


def test_a_value_in_another_size_keeps_its_digits_as_a_figure():
    found = admitted.of_unit(official("3", unit=read("kilometers")), read("meters"), "a")
    assert (found.published, found.how) == (3000, "as published")


def test_a_lead_in_another_unit_stays_a_lead_and_one_in_another_size_is_brought_to_it():
    assert admitted.alike(official("3", unit=read("meters")), PERCENT) == official("3", unit=read("meters"))
    assert admitted.alike(official("3", unit=read("kilometers")), read("meters")).published == 3000
    assert admitted.alike(HOLE, PERCENT) == HOLE


@given(st.integers(1, 999), st.sampled_from([1, 1000, 10**9]), st.sampled_from(["percent", "yuan"]), st.integers(1, 999))
def test_a_number_of_unknown_unit_that_fits_is_never_refused(digits: int, scale: int, unit: str, other: int):
    claim, value = stated(str(digits)), number(Fraction(other * scale))
    if fits(claim, number(other)) != "none":
        admitted.of_scale(value, claim, read(unit), Fraction(scale), "a")


@pytest.mark.parametrize("value", [number(Fraction("0.084")), replace(official("0.084"), unit=None)])
def test_a_share_of_unknown_unit_with_the_digits_of_the_percentage_is_refused(value):
    with pytest.raises(InputError, match=r"the value looks like a share(.|\n)*multiply it by 100"):
        admitted.of_scale(value, stated("8.4"), PERCENT, Fraction(1), "a")


def test_a_share_with_other_digits_than_the_percentage_goes_to_its_verdict():
    admitted.of_scale(number(Fraction("0.07")), stated("8.4"), PERCENT, Fraction(1), "a")
    admitted.of_scale(number(Fraction("0.084")), stated("8.4"), read("meters"), Fraction(1), "a")


def test_a_figure_whose_unit_is_known_goes_to_its_verdict_whatever_its_digits():
    admitted.of_scale(official("683", unit=read("yuan")), stated("683"), read("yuan"), Fraction(1000), "a")
