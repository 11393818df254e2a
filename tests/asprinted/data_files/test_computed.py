"""A value computed from a data file: what it may stand for, what it rests on, and when it may accuse."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.data_files.computed import EXACT_DIGITS, interval, quantity
from asprinted.data_files.frames import DataFile
from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import parse
from asprinted.numbers.quantity import Missing, Quantity, number
from asprinted.numbers.sources import OF_DATA
from asprinted.numbers.truth import Truth
from asprinted.robustness.without_a_source import excluding
from asprinted.verdicts.agreement import Stated
from asprinted.verdicts.rules import WEAK_DATA, judge_number, judge_truth
from asprinted.verdicts.vocabulary import UNJUDGED
from forkmill.errors import InputError

OPEN = {"whose": "authors", "address": "https://example.org"}
OWN = DataFile(Path("penguins.csv"), OPEN)
OTHER = DataFile(Path("iris.csv"), {"whose": "others", "address": "https://example.org"})
CLOSED = DataFile(Path("letters.csv"), {"whose": "authors", "address": "not public"})


@pytest.mark.parametrize("value", [344, np.int64(344), np.uint8(200), Fraction(1, 3), Decimal("0.1"), 344.0, np.float64(12)])
def test_whole_numbers_fractions_and_decimals_are_exact(value):
    assert interval(value) == Interval.point(Fraction(str(value)) if not isinstance(value, Fraction) else value)


@pytest.mark.parametrize("value", [12.5, 4412.75, 0.1, 8.35, -2.5e-7, np.float32(0.1)])
def test_a_float_that_shows_few_digits_is_what_it_shows(value):
    assert interval(value) == Interval.point(Fraction(str(value)))


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: not x.is_integer() and len(str(x).strip("0")) > 20))
def test_any_other_float_stands_for_all_that_agree_with_it_to_twelve_digits(value):
    found, exact = interval(value), Fraction(str(value))
    assert exact in found
    assert found.high - found.low == 2 * abs(exact) / 10**EXACT_DIGITS


@given(st.floats(allow_nan=False, allow_infinity=False), st.fractions(min_value=0, max_value=100))
def test_a_width_that_is_given_goes_to_both_sides(value, within):
    assert interval(value, within) == Interval(Fraction(str(value)) - within, Fraction(str(value)) + within)


@given(st.integers(1, 10**6), st.integers(1, 9), st.sampled_from([1, 2, 4]))
def test_the_noise_of_a_sum_of_floats_never_accuses_what_the_exact_sum_prints(count, tenth, parts):
    """0.1 a ``count`` of times and the like: the float ends beside the exact value, which may lie on the edge of two prints."""
    exact = Fraction(tenth, 10) * count / parts
    value = sum([tenth / 10] * min(count, 100)) * (count / min(count, 100)) / parts
    printed = parse(f"{Decimal(exact.numerator) / Decimal(exact.denominator):.1f}")
    assert judge_number(Stated(printed), quantity(value, [OWN])).verdict != "contradicted"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), np.nan])
def test_what_is_not_finite_says_to_look_for_empty_cells(value):
    with pytest.raises(InputError, match="empty cells"):
        interval(value)


@pytest.mark.parametrize("value", ["344", None, pd.Series([1.0]), np.array([1, 2]), pd.NA, 1j])
def test_what_is_no_single_number_says_to_take_one(value):
    with pytest.raises(InputError, match="take one value of it"):
        interval(value)


def test_it_rests_on_the_file_as_a_whole_and_is_called_recomputed_from_data():
    found = quantity(344, [OWN], unit="penguins")
    assert (found.rows, found.evidence, found.strong, found.how) == (("data/files/penguins.csv",), "authors' data", True, OF_DATA)


def test_of_several_files_it_rests_on_each_once_and_has_the_weaker_evidence():
    found = quantity(1.5, [OWN, OTHER, OWN])
    assert (found.rows, found.evidence) == (("data/files/penguins.csv", "data/files/iris.csv"), "data file")


def test_with_a_published_figure_it_has_the_evidence_of_the_figure_and_stays_recomputed_from_data():
    figure = Quantity(Interval.point(2), ("row",), (), Fraction(2), "mirror", False, ("first",))
    both = quantity(344, [OWN]) / figure
    assert (both.evidence, both.strong, both.how) == ("mirror", False, OF_DATA)


def test_true_and_false_are_truths_that_rest_on_the_file():
    for value in (True, False, np.True_, np.bool_(False)):
        found = quantity(value, [OWN])
        assert isinstance(found, Truth)
        assert (found.holds, found.basis.rows) == (bool(value), ("data/files/penguins.csv",))
    assert judge_truth(quantity(False, [OWN])).verdict == "contradicted"


def test_a_wrong_number_is_contradicted_by_a_file_that_a_reader_can_get():
    assert judge_number(Stated(parse("345"), exact_count=True), quantity(344, [OWN])).verdict == "contradicted"


def test_a_file_that_a_reader_cannot_get_supports_and_never_contradicts():
    wrong = judge_number(Stated(parse("345"), exact_count=True), quantity(344, [CLOSED]))
    assert (wrong.verdict, wrong.reason) == (UNJUDGED, WEAK_DATA)
    assert judge_truth(quantity(False, [CLOSED])).reason == WEAK_DATA
    assert judge_number(Stated(parse("344"), exact_count=True), quantity(344, [CLOSED])).verdict == "reproduced"


@pytest.mark.parametrize("files", [[], [pd.DataFrame()], ["penguins.csv"], [number(1)]])
def test_without_a_data_file_it_says_how_to_name_one(files):
    with pytest.raises(InputError, match="which data file"):
        quantity(344, files)


def test_without_its_file_the_value_is_missing():
    with excluding(frozenset(["data/files/penguins.csv"])):
        assert quantity(344, [OWN]) == Missing(("data/files/penguins.csv",))
        assert isinstance(quantity(150, [OTHER]), Quantity)
