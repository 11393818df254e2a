"""What is admitted to a verdict: what rests on something, in the unit and size of the claim."""

from __future__ import annotations

import contextlib
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
from asprinted.numbers.units import UnitMismatch
from asprinted.verdicts import admitted
from asprinted.verdicts.agreement import fits
from forkmill.errors import InputError

HOLE = Missing(("a",))
PERCENT = read("percent")


@pytest.mark.parametrize(("value", "does"), [
    (3, "look it up with paper.official.find"), ("3", "look it up with paper.official.find"), (True, "a plain yes or no has lost"),
    ([1, 2], "take one of its values"), (None, "write quantity.Missing"), (Truth(True, number(1)), "hand over the quantity itself"),
    ({"latest": 3}, "hand over one value"),
])
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


@pytest.mark.parametrize("value", [HOLE, number(3), official("3", unit=read("yuan")), official("3", unit=read("share"))])
def test_where_the_claim_has_no_unit_a_value_stays_as_it_is_unless_it_counts_parts_of_a_whole(value):
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


@pytest.mark.parametrize(("digits", "unit", "value", "do"), [
    ("8.4", "percent", "0.084", "multiply it by 100"),
    ("8.4", "percent", "0.07", "say in which unit it is"),
    ("0.28", "kilograms", "283.8", "divide it by 1,000"),
    ("709", "grams", "0.709", "multiply it by 1,000"),
])
def test_a_number_without_a_unit_that_is_far_off_is_asked_for_its_unit(digits, unit, value, do):
    for one in (number(Fraction(value)), replace(official(value), unit=None)):
        with pytest.raises(InputError, match=rf"times as (much|little) as what is stated, and has no unit(.|\n)*{do}"):
            admitted.of_scale(one, stated(digits), read(unit), Fraction(1), "a")


@pytest.mark.parametrize(("text", "qualifier", "value"), [("a third", "more than", "31.2"), ("half", "about", "50.79"),
                                                          ("a third", "nearly", "31.22")])
def test_a_percentage_without_a_unit_is_no_fraction_in_words(text, qualifier, value):
    claim = replace(stated(text), qualifier=qualifier)
    with pytest.raises(InputError, match="and has no unit"):
        admitted.of_scale(number(Fraction(value)), claim, None, Fraction(1), "a")
    with pytest.raises(UnitMismatch, match=r"the claim has no unit(.|\n)*share where it says a third"):
        admitted.of_unit(official(value, unit=PERCENT), None, "a")


@given(st.fractions(Fraction(1, 1000), 1000), st.integers(1, 999))
def test_a_number_without_a_unit_is_refused_only_where_it_is_far_off(value: Fraction, digits: int):
    claim = stated(str(digits))
    far = not Fraction(1, admitted.FAR) <= value / digits <= admitted.FAR
    with pytest.raises(InputError) if far else contextlib.nullcontext():
        admitted.of_scale(number(value), claim, read("yuan"), Fraction(1), "a")


def test_a_p_has_no_unit_and_goes_to_its_verdict_unless_a_power_of_ten_lies_between():
    admitted.of_scale(number(Fraction("0.00016")), stated("0.03"), None, Fraction(1), "a")
    with pytest.raises(InputError, match=r"multiply it by 100; only if it is right(.|\n)*paper.in_unit\(value, \"share\"\)"):
        admitted.of_scale(number(Fraction("0.0003")), stated("0.03"), None, Fraction(1), "a")


def test_a_bound_that_holds_from_far_is_no_reason_to_ask():
    admitted.of_scale(number(Fraction("0.0000001")), replace(stated("0.001"), qualifier="<"), None, Fraction(1), "a")


@pytest.mark.parametrize(("digits", "unit", "value"), [("8.4", "percent", "0.084"), ("0.28", "kilograms", "283.8"),
                                                       ("709", "grams", "0.709")])
def test_a_power_of_ten_accuses_where_the_unit_is_of_a_page_or_was_said_of_this_very_number(digits, unit, value):
    claim, known = stated(digits), read(unit)
    computed = replace(official(value, unit=known), evidence="data file", published=None)
    admitted.of_scale(official(value, unit=known), claim, known, Fraction(1), "a")
    admitted.of_scale(replace(computed, unit=replace(known, said=True)), claim, known, Fraction(1), "a")
    with pytest.raises(InputError, match=r"but for a power of ten(.|\n)*only if it is right(.|\n)*paper.in_unit"):
        admitted.of_scale(computed, claim, known, Fraction(1), "a")


def test_a_figure_whose_unit_is_known_goes_to_its_verdict_whatever_its_digits():
    admitted.of_scale(official("683", unit=read("yuan")), stated("683"), read("yuan"), Fraction(1000), "a")
