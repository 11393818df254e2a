"""Arithmetic of quantities: exact or refused, with sources and units carried on."""

from __future__ import annotations

import operator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import claimed, computed
from makers import official as figure

from asprinted.numbers import brackets, quantity, truth
from asprinted.numbers.interval import Interval
from asprinted.numbers.missing import Missing
from asprinted.numbers.quantity import Quantity, number
from asprinted.numbers.unit_words import read
from asprinted.numbers.units import UnitMismatch, conversion
from forkmill.errors import InputError

HOLE = Missing(("the figure",))


def of(digits: str, unit: str, row: str = "row") -> Quantity:
    return figure(digits, row, unit=read(unit))


INTERVALS = st.builds(lambda low, width: Interval(low, low + width),
                      st.fractions(-9, 9, max_denominator=8), st.fractions(0, 4, max_denominator=8))


@given(INTERVALS, st.integers(0, 5), st.fractions(0, 1, max_denominator=16))
def test_a_power_holds_the_power_of_every_value(interval: Interval, exponent: int, share: Fraction):
    value = interval.low + (interval.high - interval.low) * share
    assert value**exponent in (Quantity(interval) ** exponent).interval


@given(INTERVALS.filter(lambda one: Fraction(0) not in one), st.integers(1, 4))
def test_a_negative_power_is_one_over_the_power(interval: Interval, exponent: int):
    assert (Quantity(interval) ** -exponent).interval == (1 / Quantity(interval) ** exponent).interval


@given(INTERVALS, st.fractions(0, 1, max_denominator=16))
def test_a_magnitude_holds_that_of_every_value_and_nothing_below_the_least(interval: Interval, share: Fraction):
    value = interval.low + (interval.high - interval.low) * share
    found = abs(Quantity(interval)).interval
    assert abs(value) in found
    assert found.low == (0 if Fraction(0) in interval else min(abs(interval.low), abs(interval.high)))


@given(INTERVALS)
def test_a_sign_changed_twice_is_the_value_as_it_was(interval: Interval):
    changed = -Quantity(interval)
    assert (-changed).interval == interval


def test_an_exact_fraction_as_a_power_is_a_root():
    assert (number(4) ** Fraction(1, 2)).interval == Interval.point(2)
    assert (of("4", "square meters") ** Fraction(1, 2)).unit == read("meters")


@pytest.mark.parametrize("value", [lambda q: -q, abs, lambda q: q**2, lambda q: q ** Fraction(1, 2), lambda q: q + 1])
def test_no_operation_on_one_quantity_loses_what_it_rests_on(value):
    found = value(figure("3", "a"))
    assert (found.rows, found.evidence, found.strong, found.vintages) == (("a",), "official", True, ("first",))


@pytest.mark.parametrize("operation", [operator.neg, abs, round, lambda hole: hole**2])
def test_a_hole_stays_a_hole(operation):
    assert operation(HOLE) == HOLE


@pytest.mark.parametrize("other", [Decimal("0.5"), np.int64(3), np.int32(3), True])
@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
def test_whatever_is_exact_enters_arithmetic_on_both_sides(operation, other):
    exact = Fraction(int(other)) if not isinstance(other, Decimal) else Fraction(other)
    assert operation(number(6), other).interval == Interval.point(operation(Fraction(6), exact))
    assert operation(other, number(6)).interval == Interval.point(operation(exact, Fraction(6)))


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv, operator.lt, operator.ge])
@pytest.mark.parametrize("other", [0.5, np.float64(0.5), np.float32(0.5), float("nan")])
def test_no_float_enters_arithmetic_or_a_comparison(operation, other):
    with pytest.raises(InputError, match="a float is not exact"):
        operation(figure("3"), other)


@pytest.mark.parametrize("value", [2, np.int64(2), Fraction(2), Decimal(2), "2"])
def test_a_plain_number_is_exact_however_it_is_written(value):
    assert number(value) == Quantity(Interval.point(2), published=Fraction(2))


def test_a_float_is_no_number_that_needs_no_source():
    with pytest.raises(InputError, match=r'write Fraction\("2.5"\)'):
        number(2.5)


def test_a_float_is_no_power_and_a_text_no_number():
    with pytest.raises(InputError, match="a float is not exact"):
        number(4) ** 0.5
    with pytest.raises(TypeError, match="unsupported operand"):
        number(4) + "1"


@pytest.mark.parametrize(("digits", "rounded"), [("2.34", "2.3"), ("-2.35", "-2.4"), ("2", "2")])
def test_a_figure_is_rounded_half_up_and_stays_a_figure(digits: str, rounded: str):
    assert round(figure(digits), 1).published == Fraction(rounded)


def test_a_computed_value_is_not_rounded():
    with pytest.raises(InputError, match="only a printed figure can be shortened"):
        round(figure("2.34") + 1, 1)


@pytest.mark.parametrize(("first", "second", "holds"), [("1", "2", (True, True, False, False)), ("2", "1", (False, False, True, True))])
def test_figures_apart_from_each_other_are_compared(first: str, second: str, holds: tuple[bool, ...]):
    one, two = figure(first), figure(second)
    assert (one < two, one <= two, one > two, one >= two) == holds


def test_equal_numbers_without_a_width_are_neither_more_nor_less():
    one, same = number(1), number(1)
    assert (one < same, one <= same, one > same, one >= same, max(number(1), number(2))) == (False, True, False, True, number(2))


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_a_comparison_that_rounding_leaves_open_is_refused_with_both_sources(compare):
    with pytest.raises(InputError, match="row a and row b: which of two figures is more is left open by their rounding"):
        compare(figure("6.7", "a"), figure("6.72", "b"))


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_a_hole_is_neither_more_nor_less(compare):
    for pair in ((HOLE, figure("1")), (figure("1"), HOLE), (HOLE, 1)):
        with pytest.raises(InputError, match="the figure: a figure that is missing is neither more nor less"):
            compare(*pair)


@pytest.mark.parametrize("reduction", ["mean", "median", "std", "var", "sem", "skew"])
def test_pandas_makes_no_bare_float_of_figures(reduction: str):
    with pytest.raises(InputError, match=r"bare floats(.|\n)*write quantity.mean\(series\)"):
        getattr(pd.Series([figure("1"), figure("2", "b")]), reduction)()


def test_pandas_makes_no_bare_float_of_figures_in_a_window():
    with pytest.raises(InputError, match="bare floats"):
        pd.Series([figure("1"), figure("2", "b")]).rolling(2).mean()


@pytest.mark.parametrize("total", [lambda s: s.sum(), sum, np.sum, lambda s: s.cumsum().iloc[-1], lambda s: np.add(*s)])
def test_a_sum_by_any_library_keeps_interval_sources_and_unit(total):
    found = total(pd.Series([of("1", "yuan", "a"), of("2", "yuan", "b")]))
    assert (found.interval, found.rows, found.unit) == (Interval(Fraction(2), Fraction(4), True, False), ("a", "b"), read("yuan"))


@pytest.mark.parametrize("mean", [quantity.mean, lambda s: np.mean(s.to_numpy()), lambda s: np.average(s.to_numpy())])
def test_a_mean_keeps_interval_sources_and_unit(mean):
    found = mean(pd.Series([of("1", "percent", "a"), of("2", "percent", "b")]))
    assert (found.interval, found.rows, found.unit) == (Interval(Fraction(1), Fraction(2), True, False), ("a", "b"), read("percent"))


def test_a_mean_with_a_hole_is_missing_and_one_of_nothing_is_refused():
    assert quantity.mean([figure("1"), HOLE]) == HOLE
    with pytest.raises(InputError, match="a mean of nothing"):
        quantity.mean([])


def test_a_mean_of_a_hundred_percentages_is_still_in_percent():
    assert quantity.mean([of("1", "percent", str(row)) for row in range(100)]).unit == read("percent")


def test_a_series_is_drawn_as_floats_where_that_is_asked_for():
    assert pd.Series([figure("1"), figure("2")]).map(float).tolist() == [1.0, 2.0]
    assert pd.Series([figure("1"), figure("2")]).astype(float).mean() == 1.5


@pytest.mark.parametrize(("compute", "unit"), [
    (lambda: of("4", "yuan") / of("2", "persons"), "yuan per person"),
    (lambda: of("4", "yuan per person") * of("2", "persons"), "yuan"),
    (lambda: of("4", "yuan") / of("2", "yuan per person-year"), "person-years"),
    (lambda: (of("4", "yuan") / of("2", "yuan") - 1) * 100, "percent"),
    (lambda: 100 * of("4", "yuan") / of("2", "yuan"), "percent"),
    (lambda: (of("4", "yuan") - of("3", "yuan")) / of("3", "yuan") * 100, "percent"),
    (lambda: of("4", "yuan") / of("2", "yuan") * 1000, "per mille"),
    (lambda: of("4", "percent") - of("3", "percent"), "percentage points"),
    (lambda: of("4", "deaths") / of("9", "persons") * 100000, "deaths per 100,000 people"),
    (lambda: 1 + of("4", "percent") / 100, "share"),
    (lambda: of("4", "yuan") / (1 + of("4", "percent") / 100), "yuan"),
    (lambda: of("4", "percent") * of("5", "yuan") / 100, "yuan"),
    (lambda: of("4", "percent") * 2, "percent"),
    (lambda: 1 / of("4", "seconds"), "1 per second"),
    (lambda: quantity.average_growth(of("4", "yuan"), of("5", "yuan"), 3), "percent"),
    (lambda: quantity.published_difference(of("4", "percent"), of("3", "percent")), "percentage points"),
    (lambda: quantity.revised(of("4", "percent"), of("3", "percentage points")), "percent"),
    (lambda: quantity.shortened(of("4.4", "yuan"), 1), "yuan"),
    (lambda: brackets.mean_of(number(2019) - of("2010", "year"), of("9", "years")), "years"),
    (lambda: brackets.last_part(of("8.4", "percent"), of("7.7", "percent"), brackets.share_of_last(3, 2)), "percent"),
    (lambda: -of("4", "yuan"), "yuan"), (lambda: of("4", "meters") ** 2, "square meters"),
])
def test_arithmetic_carries_the_unit_on(compute, unit: str):
    assert conversion(compute().unit, read(unit)) == 1


def test_a_percentage_of_an_amount_is_brought_to_the_amount_by_its_declared_hundredth():
    assert conversion((of("4", "percent") * of("5", "yuan")).unit, read("yuan")) == Fraction(1, 100)


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.lt, truth.less, truth.equal, quantity.published_difference,
                                       brackets.mean_of])
def test_a_mismatch_is_an_error_that_names_both_units_and_where_each_comes_from(operation):
    stated = replace(claimed("2", "length"), unit=read("meters"))
    with pytest.raises(UnitMismatch) as raised:
        operation(of("683", "lumens per watt", "efficacy"), stated)
    assert {"lumens per watt (row efficacy)", "meters (claim length)"} == {raised.value.expected, raised.value.got}


@pytest.mark.parametrize("operation", [operator.add, operator.sub])
def test_two_declared_sizes_of_one_unit_are_added_exactly(operation):
    found = operation(of("1", "meters"), of("2", "kilometers", "b"))
    assert Fraction(operation(1, 2000)) in found.interval
    assert found.unit == read("meters")
    assert truth.less(of("1999", "meters"), of("5", "kilometers", "b")).holds is True


def test_the_published_difference_of_two_sizes_has_the_digits_of_the_first():
    found = quantity.published_difference(of("5000", "meters"), of("2", "kilometers", "b"))
    assert (found.published, found.digits) == (3000, 3000)


def test_what_rests_on_something_without_a_unit_has_a_product_without_one():
    assert (computed("3") * of("2", "yuan")).unit is None
    assert (number(3) * of("2", "yuan")).unit == read("yuan")


@given(st.sampled_from(["yuan", "percent", "times"]), st.sampled_from(["persons", "percent", "years"]))
def test_units_change_no_interval_of_a_product_or_quotient(first: str, second: str):
    with_units = of("7", first), of("3", second, "b")
    without = figure("7"), figure("3", "b")
    for operation in (operator.mul, operator.truediv):
        assert operation(*with_units).interval == operation(*without).interval
