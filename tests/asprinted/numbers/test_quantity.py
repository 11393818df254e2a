"""Quantities: what they rest on, how holes spread, and three-valued truth."""

from __future__ import annotations

import operator
from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import claimed
from makers import official as figure

from asprinted.numbers import brackets, quantity, truth
from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import NO_MEASURE, NOT_SEEN, TOO_WEAK, Missing, Quantity
from asprinted.numbers.truth import Truth
from forkmill.errors import InputError

OPERATIONS = [operator.add, operator.sub, operator.mul, operator.truediv]
HOLE = Missing(("growth: 2019Q1",))


@pytest.mark.parametrize(("value", "field"), [(HOLE, "reason"), (figure("2"), "evidence"), (Truth(True, figure("2")), "holds"),
                                              (Interval.point(1), "low")])
def test_a_value_is_never_changed_in_place(value, field):
    with pytest.raises(FrozenInstanceError, match="cannot assign to field"):
        setattr(value, field, getattr(value, field))


def test_a_figure_of_which_nothing_else_is_said_may_not_contradict():
    assert Quantity(Interval.point(1)) == Quantity(Interval.point(1), (), (), None, "none", False, (), False)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("other", [figure("2"), 2, Fraction(1, 2)])
def test_whatever_is_computed_from_a_missing_figure_is_missing(operation, other):
    assert operation(HOLE, other) == HOLE
    assert operation(other, HOLE) == HOLE


@pytest.mark.parametrize("operation", OPERATIONS)
def test_two_missing_figures_are_both_wanted(operation):
    assert operation(HOLE, Missing(("b",))).wanted == ("growth: 2019Q1", "b")


def test_the_same_missing_figure_is_wanted_once():
    assert (HOLE + HOLE).wanted == HOLE.wanted


def test_a_reason_outside_the_closed_list_is_refused_with_the_list():
    with pytest.raises(
        ValueError, match=f"unknown reason 'lost': expected one of {NOT_SEEN}; {TOO_WEAK}; {NO_MEASURE}"
    ):
        Missing(("a",), "lost")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_arithmetic_joins_what_two_quantities_rest_on(operation):
    result = operation(figure("3", "a"), figure("2", "b") + claimed("1", "c"))
    assert (result.rows, result.claims, result.vintages, result.published) == (("a", "b"), ("c",), ("first",), None)


@pytest.mark.parametrize("operation", [*OPERATIONS, quantity.published_difference, truth.less])
def test_a_mixture_of_vintages_is_refused_until_it_is_named(operation):
    first, revised = figure("3", "a"), figure("2", "b", vintages=("revised",))
    with pytest.raises(ValueError, match=r"a mixture of vintages \(first, revised\) in one computation"):
        operation(first, revised)
    assert operation(quantity.in_vintage(first, "revised"), revised) is not None


def test_naming_the_vintage_of_a_hole_leaves_it_a_hole():
    assert quantity.in_vintage(HOLE, "first") == HOLE


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("turned", [False, True])
def test_arithmetic_with_a_whole_number_works_on_both_sides(operation, turned: bool):
    first, second = (2, figure("3")) if turned else (figure("3"), 2)
    result = operation(first, second)
    middle = operation(Fraction(2), Fraction(3)) if turned else operation(Fraction(3), Fraction(2))
    assert middle in result.interval
    assert (result.rows, result.published) == (("row",), None)


def test_a_float_never_enters_arithmetic():
    with pytest.raises(InputError, match=r'a float is not exact(.|\n)*write Fraction\("0.5"\)'):
        figure("3") * 0.5


def test_a_computed_quantity_stands_on_its_weakest_evidence():
    result = figure("3") - figure("2", strong=False)
    assert (result.evidence, result.strong) == ("mirror", False)


def test_a_number_without_a_source_does_not_weaken_the_evidence():
    result = figure("3") - quantity.number(2)
    assert (result.evidence, result.strong) == ("official", True)


@given(st.integers(-50, 50), st.integers(-50, 50))
def test_the_published_difference_has_the_digits_of_an_office_and_the_interval_of_both_roundings(first: int, second: int):
    a, b = figure(f"{first}"), figure(f"{second}", "other")
    difference = quantity.published_difference(a, b)
    assert difference.published == first - second
    assert difference.interval == difference.value == (a - b).interval
    assert difference.published in difference.interval


def test_the_published_sum_has_the_digits_of_an_office():
    assert quantity.published_sum(figure("4.4"), figure("6.5")).published == Fraction("10.9")


@pytest.mark.parametrize("operation", [quantity.published_difference, quantity.published_sum])
def test_a_published_difference_or_sum_of_a_computed_value_is_refused(operation):
    with pytest.raises(ValueError, match="this convention needs two printed figures, not computed ones"):
        operation(figure("3") + 0, figure("2"))


@pytest.mark.parametrize("operation", [quantity.published_difference, quantity.published_sum, truth.less])
@pytest.mark.parametrize("turned", [False, True])
def test_comparing_with_a_hole_gives_a_hole(operation, turned: bool):
    assert operation(*((HOLE, figure("2")) if turned else (figure("2"), HOLE))) == HOLE


@pytest.mark.parametrize(
    "function",
    [
        truth.positive,
        lambda hole: truth.nearly_equal(hole, figure("1")),
        lambda hole: quantity.shortened(hole, Fraction(10)),
        lambda hole: quantity.average_growth(hole, figure("1"), 2),
        lambda hole: quantity.revised(hole, figure("1")),
        lambda hole: quantity.revised(figure("1"), hole),
        lambda hole: truth.equal(hole, figure("1")),
        lambda hole: brackets.mean_of(figure("1"), hole),
        lambda hole: brackets.last_part(hole, figure("1"), brackets.share_of_last(3, 2)),
        lambda hole: brackets.last_part(figure("1"), hole, brackets.share_of_last(3, 2)),
    ],
)
def test_every_function_takes_a_hole_and_gives_it_back(function):
    assert function(HOLE) == HOLE


@pytest.mark.parametrize(("first", "second", "holds"), [("6.5", "6.7", True), ("6.7", "6.5", False)])
def test_less_decides_figures_that_print_differently(first: str, second: str, holds: bool):
    assert truth.less(figure(first), figure(second)).holds is holds


def test_less_is_undecided_where_both_figures_print_alike():
    assert truth.less(figure("6.7"), figure("6.7", "other")).holds is None


def test_less_is_undecided_where_one_figure_is_printed_too_coarsely():
    assert truth.less(figure("6.7"), figure("6.72", "other")).holds is None


def test_less_by_intervals_is_undecided_where_they_overlap():
    assert truth.less(figure("6.7"), figure("6.72"), as_printed=False).holds is None


def test_a_comparison_with_the_papers_own_number_is_a_condition():
    held = truth.less(claimed("6.7", "growth"), figure("7.7"))
    assert (held.holds, held.complete, held.condition) == (True, False, "the paper's own growth taken as right")


@pytest.mark.parametrize("first", [True, False, None])
@pytest.mark.parametrize("second", [True, False, None])
def test_both_hold_by_the_rules_of_three_valued_logic(first, second):
    joint = Truth(first, figure("1", "a")) & Truth(second, figure("1", "b"))
    order = [False, None, True]
    assert joint.holds is order[min(order.index(first), order.index(second))]
    assert joint.basis.rows == ("a", "b")


def test_conditions_are_joined_and_each_said_once():
    joint = (
        Truth(True, figure("1"), False, "a")
        & Truth(True, figure("1"), False, "b")
        & Truth(True, figure("1"), False, "a")
    )
    assert joint.condition == "a; b"


def test_a_rising_series_rises():
    assert truth.rising([figure("6.7"), figure("7.7"), figure("8.4")]).holds is True
    assert truth.falling([figure("6.7"), figure("7.7"), figure("8.4")]).holds is False


def test_a_falling_series_falls():
    assert truth.falling([figure("8.4"), figure("7.7"), figure("6.7")]).holds is True


def test_a_series_with_a_hole_holds_on_a_condition_and_names_the_hole():
    held = truth.rising([HOLE, figure("7.7"), figure("8.4")])
    assert (held.holds, held.complete, held.wanted) == (True, False, HOLE.wanted)
    assert held.condition == "the missing observations agree"


def test_a_step_down_decides_a_rising_series_whatever_its_holes_hide():
    assert truth.rising([HOLE, figure("8.4"), figure("7.7")]).holds is False


def test_a_series_of_holes_is_missing():
    assert truth.rising([HOLE, figure("7.7")]) == HOLE


def test_no_comparison_at_all_is_missing_not_true():
    assert isinstance(truth.all_true([]), Missing)
    assert isinstance(truth.rising([figure("1")]), Missing)


@pytest.mark.parametrize(("others", "holds"), [(["7.7", "8.4"], True), (["7.7", "6.5"], False)])
def test_the_lowest_is_less_than_all_others(others: list[str], holds: bool):
    assert truth.lowest(figure("6.7"), map(figure, others)).holds is holds


@pytest.mark.parametrize(("value", "holds"), [("0.4", True), ("-0.4", False)])
def test_positive_is_greater_than_zero(value: str, holds: bool):
    assert truth.positive(figure(value)).holds is holds


def test_a_figure_that_rounds_to_zero_may_be_positive():
    assert truth.positive(figure("0.0")).holds is None


def test_a_bound_above_zero_is_positive():
    assert truth.positive(Quantity(Interval(Fraction(0), None, False), ("row",))).holds is True


@pytest.mark.parametrize(("value", "holds"), [("104", True), ("96", True), ("94", False), ("106", False)])
def test_nearly_equal_has_the_width_of_about_on_both_sides(value: str, holds: bool):
    assert truth.nearly_equal(quantity.number(100), quantity.number(int(value))).holds is holds


@pytest.mark.parametrize("end", [95, 105])
def test_the_ends_of_nearly_equal_are_those_of_about(end: int):
    """ "About 100" includes 95 and 105, see the table of qualifiers."""
    assert truth.nearly_equal(quantity.number(100), quantity.number(end)).holds is True


@pytest.mark.parametrize(("second", "holds"), [("8.4", None), ("8.44", None), ("8.5", False), ("8.3", False)])
def test_figures_that_exclude_each_other_are_not_equal_and_others_may_be(second: str, holds: bool | None):
    assert truth.equal(figure("8.4"), figure(second, "other")).holds is holds


def test_two_exact_numbers_are_equal_or_not():
    assert [truth.equal(quantity.number(7), quantity.number(other)).holds for other in (7, 6)] == [True, False]


@pytest.mark.parametrize("place", [Fraction(10), 10])
def test_a_figure_is_shortened_as_a_summary_would_print_it_and_stays_exact(place):
    short = quantity.shortened(figure("797"), place)
    assert (short.published, short.interval) == (800, Interval(Fraction(795), Fraction(805), True, False))
    assert isinstance(short.interval.low, Fraction)


def test_a_computed_value_cannot_be_shortened():
    with pytest.raises(InputError, match="only a printed figure can be shortened"):
        quantity.shortened(figure("797") + 1, Fraction(10))


@given(st.integers(1, 50), st.integers(1, 5))
def test_average_growth_holds_the_rate_that_made_the_series(percent: int, years: int):
    last = quantity.number((1 + Fraction(percent, 100)) ** years)
    assert Fraction(percent) in quantity.average_growth(quantity.number(1), last, years).interval


def test_a_revised_value_is_the_level_minus_the_change_to_the_last_place_of_the_level():
    revised = quantity.revised(figure("2.40", "a"), figure("0.16", "b"))
    assert (revised.published, revised.vintages, revised.rows) == (Fraction("2.24"), ("latest",), ("a", "b"))
    assert revised.interval == Interval(Fraction("2.235"), Fraction("2.245"), True, False)


def test_how_says_whether_a_value_was_looked_up_or_computed_or_comes_from_the_paper():
    assert [q.how for q in (figure("1"), figure("1") + 1, claimed("1"))] == [
        "as published",
        "recomputed",
        "internal to the paper",
    ]


@pytest.mark.parametrize(
    ("value", "drawn"),
    [(figure("8.4"), 8.4), (figure("3") * 2, 6.0), (Quantity(Interval(Fraction(130000), None)), 130000.0)],
)
def test_a_number_to_draw_is_the_figure_the_middle_or_the_only_bound(value: Quantity, drawn: float):
    assert float(value) == drawn


def test_a_printed_difference_is_no_longer_one_once_something_else_was_computed_from_it():
    difference = quantity.published_difference(figure("6.5"), figure("4.4"))
    assert difference.derived
    assert not (difference + 1).derived
    assert not (figure("6.5") + 1).derived


@pytest.mark.parametrize("complete", [(True, False), (False, True)])
def test_two_truths_hold_together_on_the_condition_of_either(complete: tuple[bool, bool]):
    first, second = (Truth(holds=True, basis=figure("2"), complete=one) for one in complete)
    assert not (first & second).complete


def test_a_number_that_was_looked_up_or_stated_is_no_exponent():
    for exponent in (figure("2"), claimed("2")):
        with pytest.raises(TypeError):
            figure("3") ** exponent


def test_a_printed_zero_counts_as_zero_among_printed_digits():
    assert (figure("5") - figure("0")).digits == 5


def test_only_pandas_itself_is_refused_a_bare_float_and_not_who_calls_beside_it():
    value = figure("8.4")
    assert eval("float(value)", {"__name__": "a notebook", "value": value}) == 8.4
    with pytest.raises(InputError, match="pandas would make bare floats"):
        eval("float(value)", {"__name__": "pandas.core.nanops", "value": value})
