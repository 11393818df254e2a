"""The margin is the smallest shift of what is known at which the verdict changes, in units of the last printed place."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import QUALIFIERS, Rounding, parse, shorten
from asprinted.numbers.quantity import Quantity
from asprinted.verdicts.agreement import Stated, at_hand, elsewhere, margin, standing
from asprinted.verdicts.rules import judge_number


def quantity(low: str | None, high: str | None = None, *, bounded: bool = True) -> Quantity:
    if high is None and bounded:
        return Quantity(Interval.point(low), ("row",), strong=True)
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    return Quantity(Interval(*ends), ("row",), strong=True)


def verdict(stated: Stated, known: Quantity) -> str:
    return judge_number(stated, known, measured=False).verdict


@pytest.mark.parametrize(("digits", "qualifier", "known", "wanted"), [
    ("8.4", "exact", quantity("8.41"), "0.4"),  # to 8.45, where it prints as 8.5
    ("8.4", "exact", quantity("8.35"), "0"),  # on the very edge
    ("8.4", "exact", quantity("8.7"), "2"),  # to 8.5, which cutting off would still print as 8.4
    ("790", "exact", quantity("789.6"), "0.46"),  # the zero may mean nothing: to 785, where it prints as 780 or 790
    ("8.4", "exact", quantity("8.36", "8.42"), "0.1"),  # an interval leaves at the end that is nearer
    ("8.4", "exact", quantity("8.41", "8.49"), "0.4"),  # in part: all of it fits a little lower
    ("4", "exact", quantity("0", "10"), "5"),  # wider than the place: it can only cease to meet it, beyond all that is cut to 4
    ("130,000", "more than", quantity("134000"), "4000"),
    ("130,000", "more than", quantity("259000"), "1000"),  # beyond the double of it the word says nothing
    ("130,000", "more than", quantity("300000"), "40000"),
    ("40", "nearly", quantity("39"), "1"),  # forty itself is not nearly forty
    ("40", "nearly", quantity("37"), "1"),
    ("40", "about", quantity("45"), "1"),  # to 44, which nobody calls wrong
    ("40", "about", quantity("43"), "1"),
])
def test_the_margin_of(digits: str, qualifier: str, known: Quantity, wanted: str) -> None:
    assert margin(Stated(parse(digits), qualifier), known, {}, {}) == Fraction(wanted)


def test_a_lower_bound_against_an_exact_number_flips_only_where_they_part() -> None:
    known = quantity("100", None, bounded=False)
    assert margin(Stated(parse("130")), known, {}, {}) == 4  # to 140, in tens, by cutting off


def test_no_shift_changes_a_bound_without_an_end_against_another() -> None:
    """More than 130,000, and 130,000 or more: neither all of it nor none, however far it is moved."""
    assert margin(Stated(parse("130,000"), "more than"), quantity("130000", None, bounded=False), {}, {}) is None


def test_a_count_moves_in_whole_steps() -> None:
    count = Stated(parse("66"), exact_count=True)
    assert margin(count, quantity("66"), {}, {}) == 1
    assert margin(count, quantity("69"), {}, {}) == 3


def test_a_counted_bound_moves_as_a_bound_does() -> None:
    bound = Stated(parse("66"), "more than", exact_count=True)
    assert margin(bound, quantity("70"), {}, {}) == 4  # to 66 itself, which is not more


def test_a_counted_number_that_is_only_about_right_moves_by_the_width_of_its_word() -> None:
    assert margin(Stated(parse("66"), "nearly", exact_count=True), quantity("60"), {}, {}) == Fraction("0.6")


def test_what_fits_in_part_stands_in_part_whatever_else_is_listed() -> None:
    assert standing(Stated(parse("8.4")), quantity("8.41", "8.49"), {"latest": quantity("8.4")}, {}) == "some"


def test_another_vintage_that_fits_keeps_the_verdict_from_flipping_to_contradicted() -> None:
    stated, latest = Stated(parse("2.23")), quantity("2.23")
    assert standing(stated, quantity("2.26"), {"latest": latest}, {}) == "elsewhere"
    assert margin(stated, quantity("2.26"), {"latest": latest}, {}) == Fraction("2.5")


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(QUALIFIERS), st.sampled_from(Rounding))
def test_nothing_changes_within_the_margin_and_something_does_at_it(seed: int, qualifier: str, rounding: Rounding) -> None:
    draw = random.Random(seed)
    value = Fraction(draw.randint(-5000, 5000), 100)
    stated = Stated(parse(shorten(value + Fraction(draw.randint(-300, 300), 100), Fraction(1, 10))), qualifier, rounding)
    known = Quantity(Interval(value, value + Fraction(draw.choice((0, 1, 5, 30)), 100)), ("row",))
    found = margin(stated, known, {}, {})
    assert found is not None
    now, place, little = verdict(stated, known), stated.meanings()[-1].place, Fraction(1, 10**6)

    def changed(shift: Fraction) -> bool:
        return verdict(stated, replace(known, interval=known.interval + Interval.point(shift))) != now

    assert not any(changed(sign * found * place * Fraction(step, 8)) for sign in (-1, 1) for step in range(8))
    assert any(changed(sign * (found * place + extra)) for sign in (-1, 1) for extra in (Fraction(0), little))


def test_the_margin_of_a_statement_finer_than_the_figure_moves_all_that_the_figure_allows() -> None:
    figure = Quantity(Interval(Fraction("2.205"), Fraction("2.215"), True, False), ("row",), published=Fraction("2.21"))
    stated = Stated(parse("2.214"))
    assert standing(stated, figure, {}, {}) == "some"
    assert margin(stated, figure, {}, {}) == Fraction(3, 2)  # down to where all of it lies below 2.2135


@pytest.mark.parametrize(("qualifier", "upto", "kept"), [
    ("exact", None, "prints as stated"), ("nearly", None, "is as stated"), ("about", None, "is as stated"),
    ("exact", "9", "lies in the stated range"),
])
def test_what_a_supported_value_does_is_said_by_the_kind_of_statement(qualifier: str, upto: str | None, kept: str):
    assert Stated(parse("8"), qualifier, upto=None if upto is None else parse(upto)).kept == kept


def test_a_figure_that_is_less_exact_than_the_statement_is_not_at_hand():
    wide = Quantity(Interval(Fraction(3), Fraction(10)), ("row",), published=Fraction(5))
    assert not at_hand(Stated(parse("5")), wide)
    assert at_hand(Stated(parse("5")), replace(wide, interval=Interval(Fraction(9, 2), Fraction(11, 2))))


def test_other_choices_under_the_rounding_of_the_run_are_named_first():
    stated = Stated(parse("8.5"), rounding=Rounding.TRUNCATE)
    assert elsewhere(stated, quantity("8.46"), {"latest": quantity("8.55")}, {}) == (
        "vintage: latest", "rounding: half up", "rounding: half even")
