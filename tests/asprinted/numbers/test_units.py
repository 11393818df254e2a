"""Units: what is the same, what is a mismatch, and what arithmetic makes of them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from asprinted.numbers.unit_words import read
from asprinted.numbers.units import Unit, UnitMismatch, conversion, hint, together

BASES = st.sampled_from(["yuan", "person", "meter", "bird", "watt"])
UNITS = st.builds(
    lambda factor, powers: Unit(factor, tuple(sorted((base, Fraction(power)) for base, power in powers.items() if power))),
    st.fractions(Fraction(1, 100), 100, max_denominator=100), st.dictionaries(BASES, st.integers(-3, 3), max_size=3),
)


def difference(first: str, second: str, sign: int = -1) -> str:
    unit, _ = together(read(first), read(second), sign, lambda: ("a", "b"))
    return str(unit)


@given(UNITS, UNITS)
def test_a_unit_divided_by_what_it_was_multiplied_with_is_itself(first: Unit, second: Unit):
    assert first * second / second == first


@given(UNITS, UNITS, UNITS)
def test_multiplying_units_depends_on_no_order(first: Unit, second: Unit, third: Unit):
    assert first * second == second * first
    assert (first * second) * third == first * (second * third)


@given(UNITS, st.integers(-3, 3).filter(bool))
def test_a_whole_power_of_a_unit_is_taken_back_by_its_root(unit: Unit, power: int):
    raised = unit ** Fraction(power)
    assert raised is not None
    assert raised ** Fraction(1, power) == unit


@given(UNITS, UNITS)
def test_a_conversion_and_the_one_back_leave_the_number_as_it_was(first: Unit, second: Unit):
    there, back = conversion(first, second), conversion(second, first)
    assert (there is None) == (back is None)
    assume(there is not None)
    assert there * back == 1


@given(UNITS)
def test_a_ratio_of_one_unit_is_a_share_and_a_hundred_times_it_is_percent(unit: Unit):
    assert unit / unit == read("times")
    assert (unit / unit).times(Fraction(100)) == read("percent")


@given(UNITS.filter(lambda unit: unit.powers))
def test_the_hundred_may_stand_before_the_division_or_after_it(unit: Unit):
    assert unit.times(Fraction(100)) / unit == (unit / unit).times(Fraction(100)) == read("percent")
    assert unit / unit.times(Fraction(1, 100)) == read("percent")


@pytest.mark.parametrize("factor", [2, 3, 10, Fraction(1, 10), 150, 200, 101])
def test_a_factor_that_is_no_power_of_ten_from_a_hundred_on_changes_no_unit(factor):
    assert read("share").times(Fraction(factor)) == read("share")


@pytest.mark.parametrize(("first", "second", "made"), [
    ("percent", "percent", "percentage points"), ("percentage points", "percentage points", "percentage points"),
    ("percent", "percentage points", "percent"), ("yuan", "yuan", "yuan"), ("yuan per capita", "yuan per person", "yuan per person"),
])
def test_the_difference_of_two_has_the_unit_that_offices_print(first: str, second: str, made: str):
    assert difference(first, second) == made


def test_shares_add_up_to_percent_and_points_to_points():
    assert difference("percent", "percent", sign=1) == "percent"
    assert difference("percent", "percentage points", sign=1) == "percent"
    assert difference("percentage points", "percentage points", sign=1) == "percentage points"


@pytest.mark.parametrize("sign", [1, -1, 0])
@pytest.mark.parametrize(("first", "second"), [("meters", "lumens per watt"), ("percent", "share"), ("persons", "person-years"),
                                               ("yuan", "percent"), ("percent", "per mille")])
def test_what_does_not_measure_the_same_is_no_sum_no_difference_and_no_comparison(sign: int, first: str, second: str):
    with pytest.raises(UnitMismatch) as raised:
        together(read(first), read(second), sign, lambda: ("row a", "claim b"))
    assert f"{second} (claim b)" in raised.value.expected
    assert f"{first} (row a)" in raised.value.got


def test_a_gap_is_not_compared_with_a_rate():
    with pytest.raises(UnitMismatch, match="one is a share, the other the difference of two shares"):
        together(read("percent"), read("percentage points"), 0, lambda: ("a", "b"))


@pytest.mark.parametrize("sign", [1, -1, 0])
def test_a_number_without_a_unit_takes_that_of_its_partner(sign: int):
    assert together(None, read("yuan"), sign, lambda: ("", "")) == (read("yuan"), 1)
    assert together(read("yuan"), None, sign, lambda: ("", "")) == (read("yuan"), 1)
    assert together(None, None, sign, lambda: ("", "")) == (None, 1)


@pytest.mark.parametrize(("have", "want", "factor"), [
    ("billion yuan", "yuan", 10**9), ("kilometers", "meters", 1000), ("hours", "minutes", 60), ("years", "quarters", 4),
    ("square kilometers", "hectares", 100), ("yuan per ten thousand people", "yuan per person", Fraction(1, 10**4)),
    ("percent", "percent of GDP", 1), ("yuan per person-year", "yuan per capita", 1),
])
def test_a_declared_size_converts_exactly(have: str, want: str, factor):
    assert conversion(read(have), read(want)) == factor


@pytest.mark.parametrize(("have", "want"), [("share", "percent"), ("percent", "share"), ("percent", "percentage points"),
                                            ("person-years", "persons"), ("stations", "base stations")])
def test_between_a_share_and_a_percentage_nothing_is_converted(have: str, want: str):
    assert conversion(read(have), read(want)) is None


def test_a_number_that_was_multiplied_with_a_hundred_may_be_the_amount_or_its_hundredth_part():
    hundredfold = read("yuan").times(Fraction(100))
    assert conversion(hundredfold, read("yuan")) == 1
    assert conversion(hundredfold, read("fen", {"fen": "1/100 yuan"})) == 1
    assert conversion(hundredfold, read("million yuan")) is None


@pytest.mark.parametrize(("have", "want", "says"), [
    ("share", "percent", "a factor of 100 lies between them: multiply by 100"),
    ("percent", "times", "a factor of 100 lies between them: divide by 100"),
    ("per mille", "percent", "a factor of 10 lies between them: divide by 10"),
    ("thousand yuan", "yuan", "a factor of 1,000 lies between them"),
    ("base stations", "stations", '"base stations: stations" in'), ("yuan", "percent", "look up or compute what is meant"),
])
def test_the_hint_names_the_factor_or_how_to_declare_a_word(have: str, want: str, says: str):
    assert says in hint(read(have), read(want))


@pytest.mark.parametrize(("unit", "words"), [
    (read("yuan") / read("persons"), "yuan per person"), (read("yuan").of_size(10**12), "trillion yuan"),
    (read("persons").of_size(Fraction(1, 3)), "1/3 person"), (Unit(Fraction(1, 1000)), "per mille"), (Unit(Fraction(3)), "3 of a whole"),
    (Unit() / read("second"), "1 per second"), (read("meter") * read("meter"), "meter^2"),
    ((read("share")).times(Fraction(10**6)), "1/1000000 of a whole"), (Unit(points=True).times(Fraction(100)), "percentage points"),
])
def test_a_computed_unit_is_told_in_words(unit: Unit, words: str):
    assert str(unit) == words
