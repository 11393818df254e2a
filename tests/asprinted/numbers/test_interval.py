"""Exact intervals: arithmetic and comparisons against brute force over sample points."""

from __future__ import annotations

import itertools
import operator
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from asprinted.numbers.interval import Interval, below, decimal_text, hull, magnitude, power, root

# A coarse grid makes touching ends, zero and points frequent; a fine one would hardly ever meet them.
GRID = st.integers(-6, 6).map(lambda n: Fraction(n, 2))
STEP = Fraction(1, 8)
# Sampling pairs takes its time where many tests run side by side; that is no failure.
SLOW_MACHINE = settings(deadline=None)


@st.composite
def bounded(draw: st.DrawFn, least: Fraction = Fraction(-3)) -> Interval:
    low, high = sorted((max(draw(GRID), least), max(draw(GRID), least)))
    if low == high:
        return Interval.point(low)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def any_interval(draw: st.DrawFn) -> Interval:
    drawn = draw(bounded())
    low = draw(st.sampled_from([drawn.low, None]))
    high = draw(st.sampled_from([drawn.high, None]))
    return Interval(low, high, drawn.low_closed, drawn.high_closed)


def samples(interval: Interval, span: int = 8) -> list[Fraction]:
    """Values of the interval on a grid finer than its ends; an end without a bound is sampled well past the others."""
    low = Fraction(-span) if interval.low is None else interval.low
    high = Fraction(span) if interval.high is None else interval.high
    points = [low + STEP * n for n in range(int((high - low) / STEP) + 1)]
    return [point for point in points if point in interval]


def half_open(low: str, high: str) -> Interval:
    return Interval(Fraction(low), Fraction(high), True, False)


def test_a_closed_end_belongs_and_an_open_end_does_not():
    interval = half_open("8.35", "8.45")
    assert Fraction("8.35") in interval
    assert Fraction("8.45") not in interval


def test_an_open_lower_end_does_not_belong_and_a_closed_upper_end_does():
    interval = Interval(Fraction(1), Fraction(2), False, True)
    assert Fraction(1) not in interval
    assert Fraction(2) in interval


def test_an_interval_without_bounds_holds_every_value():
    assert Fraction(10**30) in Interval(None, None)
    assert Fraction(-(10**30)) in Interval(None, None)


def test_an_end_without_a_bound_is_never_closed():
    assert Interval(None, None, True, True) == Interval(None, None, False, False)


@pytest.mark.parametrize(("low", "high", "closed"), [(2, 1, True), (1, 1, False)])
def test_an_empty_interval_is_refused(low: int, high: int, closed: bool):
    with pytest.raises(ValueError, match=f"an interval needs low <= high, got {low} and {high}"):
        Interval(Fraction(low), Fraction(high), closed, closed)


def test_an_interval_prints_its_open_and_closed_ends():
    assert [repr(half_open("8.35", "8.45")), repr(Interval(None, Fraction(2)))] == ["[8.35, 8.45)", "(..., 2]"]


@given(any_interval(), any_interval())
@SLOW_MACHINE
def test_within_agrees_with_sampled_points(first: Interval, second: Interval):
    assert first.within(second) == all(point in second for point in samples(first, 16))


@given(any_interval(), any_interval())
@SLOW_MACHINE
def test_meets_agrees_with_sampled_points(first: Interval, second: Interval):
    assert first.meets(second) == any(point in second for point in samples(first))


@given(any_interval(), any_interval())
def test_meets_is_symmetric(first: Interval, second: Interval):
    assert first.meets(second) == second.meets(first)


@given(any_interval(), any_interval())
@example(half_open("1", "2"), half_open("2", "3"))
@example(Interval(Fraction(1), Fraction(2)), Interval(Fraction(2), Fraction(3)))
@SLOW_MACHINE
def test_below_agrees_with_sampled_pairs(first: Interval, second: Interval):
    answers = {a < b for a, b in itertools.product(samples(first), samples(second))}
    assert below(first, second) == (answers.pop() if len(answers) == 1 else None)


@given(any_interval())
def test_negation_twice_gives_the_interval_back(interval: Interval):
    negated = -interval
    assert -negated == interval


@given(any_interval())
def test_negation_holds_exactly_the_negated_values(interval: Interval):
    assert {-point for point in samples(interval)} == set(samples(-interval))


@pytest.mark.parametrize("operation", [operator.add, operator.sub])
@given(first=any_interval(), second=any_interval())
@SLOW_MACHINE
def test_sums_and_differences_hold_every_value_of_their_terms(operation, first: Interval, second: Interval):
    result = operation(first, second)
    assert all(operation(a, b) in result for a, b in itertools.product(samples(first)[::3], samples(second)[::3]))


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
@given(first=bounded(), second=bounded())
@example(first=Interval(Fraction(0), Fraction(1)), second=Interval(Fraction(2), Fraction(3), False, False))
@SLOW_MACHINE
def test_an_end_is_closed_exactly_where_two_values_reach_it(operation, first: Interval, second: Interval):
    if operation is operator.truediv:
        assume(Fraction(0) not in second and 0 not in (second.low, second.high))
    result = operation(first, second)
    reached = {operation(a, b) for a, b in itertools.product(samples(first), samples(second))}
    assert all(value in result for value in reached)
    assert (result.low in reached, result.high in reached) == (result.low_closed, result.high_closed)


@given(bounded(), bounded())
def test_the_ends_of_a_product_are_those_of_the_corners(first: Interval, second: Interval):
    corners = [a * b for a in (first.low, first.high) for b in (second.low, second.high)]
    product = first * second
    assert (product.low, product.high) == (min(corners), max(corners))


@given(any_interval(), st.integers(1, 5))
def test_a_positive_factor_scales_an_interval_without_a_bound_too(interval: Interval, factor: int):
    scaled = interval * Interval.point(factor)
    assert (scaled.low, scaled.high) == tuple(
        None if end is None else end * factor for end in (interval.low, interval.high)
    )


def test_a_divisor_that_may_be_zero_is_refused():
    with pytest.raises(ZeroDivisionError, match=r"the divisor \[-1, 1\] may be zero"):
        Interval.point(1) / Interval(Fraction(-1), Fraction(1))


def test_arithmetic_stays_exact_where_floats_do_not():
    assert Interval.point("0.1") + Interval.point("0.2") == Interval.point("0.3")


@given(st.integers(1, 10**6), st.integers(1, 5))
@SLOW_MACHINE
def test_a_root_of_a_perfect_power_is_exact(base: int, degree: int):
    assert root(Interval.point(base**degree), degree) == Interval.point(base)


@given(st.fractions(Fraction(1, 10**6), 10**6), st.fractions(0, 10), st.integers(1, 5))
@SLOW_MACHINE
def test_a_root_encloses_the_true_root(low: Fraction, width: Fraction, degree: int):
    result = root(Interval(low, low + width), degree)
    assert result.low**degree <= low
    assert low + width <= result.high**degree


@given(st.fractions(Fraction(1, 100), 10**6), st.integers(1, 5))
@SLOW_MACHINE
def test_a_root_is_rounded_outwards_by_no_more_than_its_last_place(value: Fraction, degree: int):
    result = root(Interval.point(value), degree, places=6)
    assert result.high - result.low <= Fraction(1, 10**6)


def test_a_root_is_rounded_to_fifteen_places_unless_others_are_asked_for():
    assert root(Interval.point(2), 2).high - root(Interval.point(2), 2).low == Fraction(1, 10**15)


@pytest.mark.parametrize("interval", [Interval(None, Fraction(1)), Interval(Fraction(1), None), Interval.point(0)])
def test_a_root_of_nothing_positive_and_bounded_is_refused(interval: Interval):
    with pytest.raises(ValueError, match="a root needs a bounded interval above zero"):
        root(interval, 2)


@given(st.decimals(-(10**6), 10**6, places=6))
def test_decimal_text_is_exact_where_the_decimal_ends(value):
    assert Fraction(decimal_text(Fraction(value))) == Fraction(value)


@given(st.fractions(-100, 100))
def test_decimal_text_encloses_a_value_that_has_no_end(value: Fraction):
    assert Fraction(decimal_text(value, 3, up=False)) <= value <= Fraction(decimal_text(value, 3, up=True))


def test_decimal_text_never_prints_a_negative_zero():
    assert decimal_text(Fraction(-1, 10**9), 3) == "0"


@pytest.mark.parametrize("closed", [(True, False), (False, True), (False, False)])
def test_one_value_alone_cannot_have_an_open_end(closed: tuple[bool, bool]):
    with pytest.raises(ValueError, match="an interval needs low <= high, got 1 and 1"):
        Interval(Fraction(1), Fraction(1), *closed)


def test_the_root_of_a_value_below_every_printed_place_is_enclosed():
    assert root(Interval.point(Fraction(1, 10**50)), 2) == Interval(Fraction(0), Fraction(1, 10**15))


def test_an_end_of_a_hull_is_closed_if_it_is_a_value_of_any_of_its_parts():
    closed, open_ends = Interval(Fraction(1), Fraction(2)), Interval(Fraction(1), Fraction(2), False, False)
    above = Interval(Fraction(3), Fraction(4))
    assert repr(hull([closed, open_ends])) == "[1, 2]"
    assert repr(hull([open_ends, above])) == "(1, 4]"
    assert repr(hull([above, -above, open_ends])) == "[-4, 4]"
    assert repr(hull([open_ends, Interval(Fraction(1), Fraction(4), False, False)])) == "(1, 4)"


def test_an_interval_without_a_bound_can_only_be_multiplied_by_one_value():
    for other in (Interval(None, Fraction(2)), Interval(Fraction(1), Fraction(2))):
        with pytest.raises(ValueError, match="products and quotients need bounded intervals"):
            Interval(Fraction(1), None) * other


def test_a_product_holds_its_end_where_one_corner_reaches_it_and_another_does_not():
    product = Interval(Fraction(-2), Fraction(0)) * Interval(Fraction(-2), Fraction(0), high_closed=False)
    assert repr(product) == "[0, 4]"


@pytest.mark.parametrize(("interval", "without_sign"), [
    (Interval(Fraction(-1), None), Interval(Fraction(0), None)), (Interval(None, Fraction(1)), Interval(Fraction(0), None)),
    (Interval(None, None), Interval(Fraction(0), None)),
    (Interval(Fraction(-3), Fraction(0), high_closed=False), Interval(Fraction(0), Fraction(3), low_closed=False)),
])
def test_values_without_their_sign_begin_at_zero_and_end_nowhere_where_either_end_is_open(interval: Interval, without_sign: Interval):
    assert magnitude(interval) == without_sign


@pytest.mark.parametrize("interval", [Interval.point(0), Interval(Fraction(0), None), Interval(Fraction(-2), Fraction(3), False, False)])
def test_every_value_to_the_power_of_zero_is_one(interval: Interval):
    assert power(interval, 0) == Interval.point(1)
