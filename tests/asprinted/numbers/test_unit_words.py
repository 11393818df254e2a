"""Units as tables and papers write them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.numbers.unit_words import read
from asprinted.numbers.units import Unit
from forkmill.errors import InputError


@pytest.mark.parametrize(("one", "other"), [
    ("percent", "%"), ("Per cent", "percentage"), ("percent of surveyed companies", "percent"), ("‰", "per mille"),
    ("odds ratio", "times"), ("correlation coefficient", "1"), ("people", "persons"), ("years", "year"), ("cities", "city"),
    ("classes", "class"), ("boxes", "box"), ("US dollars", "us dollar"), ("mm", "millimetres"), ("kg", "1000 g"), ("series", "series"),
    ("yuan per 100,000 inhabitants", "yuan per 100000 persons"), ("stations per ten thousand people", "1/10000 stations per person"),
    ("hundred million yuan", "100 million yuan"), ("1.5 hours", "90 minutes"), ("square meters", "1000000 square millimeters"),
    ("person-years", "person-year"), ("  billion   Yuan ", "billion yuan"), ("deaths per 1,000", "1/1000 deaths"),
])
def test_two_ways_to_write_a_unit_are_one_unit(one: str, other: str):
    assert read(one) == read(other)


@pytest.mark.parametrize(("one", "other"), [
    ("persons", "person-years"), ("companies", "enterprises"), ("yuan", "US dollars"), ("percent", "percentage points"),
    ("meters", "square meters"), ("index points", "percentage points"), ("response times", "times"), ("stations", "base stations"),
])
def test_two_units_are_not_one_for_being_alike(one: str, other: str):
    assert read(one) != read(other)


@given(st.text(st.characters(categories=["Ll", "Lu", "Zs"]), min_size=1, max_size=30).filter(str.strip))
def test_any_words_are_a_unit_and_the_same_one_in_capitals(words: str):
    assert isinstance(read(words), Unit)
    assert str(read(words)) == words.strip()


@given(st.sampled_from(["yuan", "persons", "yuan per person", "lumens per watt"]), st.sampled_from([1, 10**3, 10**9]))
def test_what_is_told_of_a_multiple_reads_back_as_it(words: str, size: int):
    unit = read(words).of_size(size)
    assert read(str(unit)) == unit


def test_an_audit_may_declare_a_word_in_another_unit():
    assert read("fen", {"Fen": "1/100 yuan"}) == read("0.01 yuan")
    assert read("yuan per mu", {"mu": "2000/3 square meters"}).factor == Fraction(3, 2000)


def test_a_declared_word_may_stand_for_another_declared_word():
    assert read("5G masts", {"5G masts": "base stations", "base stations": "stations"}) == read("stations")


def test_units_that_are_said_in_one_another_are_refused():
    with pytest.raises(InputError, match="units are said in one another, in a circle"):
        read("ell", {"ell": "2 feet", "foot": "1/2 ells"})
