"""A true statistic is never accused, however it was rounded; and what is wrong mostly is."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import drawn_statistics
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asprinted import statistics
from asprinted.numbers.printed import Rounding, shorten
from asprinted.statistics import in_text

pytestmark = pytest.mark.long
WHOLE = st.lists(st.integers(-5, 9), min_size=2, max_size=40)
ROUNDINGS = st.sampled_from(Rounding)
PLACES = st.sampled_from([Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000)])


def _drawn(count: int, seed: int) -> Counter[str]:
    tallies, wrong = drawn_statistics.run(count, seed)
    assert wrong == []
    return sum(tallies.values(), Counter())


def test_no_true_statistic_of_a_thousand_is_accused_and_most_misprints_are() -> None:
    found = _drawn(1000, seed=5)
    assert found["noticed"] / found["misprints"] > 0.65


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12, 13, 14, 21, 22, 23, 24])
def test_no_true_statistic_of_a_hundred_thousand_is_accused(seed: int) -> None:
    _drawn(12_500, seed)


@settings(max_examples=300, deadline=None)
@given(WHOLE, ROUNDINGS, PLACES)
def test_a_mean_of_whole_numbers_is_possible(values: list[int], rounding: Rounding, place: Fraction) -> None:
    text = shorten(Fraction(sum(values), len(values)), place, rounding)
    assert statistics.mean_of_counts(text, len(values)).holds is not False
    assert statistics.mean_of_counts(text, len(values), conventions=(rounding,)).holds is not False


@settings(max_examples=300, deadline=None)
@given(WHOLE, ROUNDINGS, ROUNDINGS, PLACES, st.sampled_from([0, 1]))
def test_an_sd_of_whole_numbers_is_possible(values: list[int], first: Rounding, second: Rounding, place: Fraction, less: int) -> None:
    n, mean = len(values), Fraction(sum(values), len(values))
    sd = drawn_statistics._root(sum((one - mean) ** 2 for one in values) / (n - less))
    given = shorten(mean, place, first), shorten(sd, place, second), n
    assert statistics.sd_of_counts(*given, population=less == 0).holds is not False
    assert statistics.sd_of_counts(*given, scale=(min(values), max(values) + 1)).holds is not False


def test_grimmer_takes_no_more_than_the_printed_means_and_sds_that_there_are() -> None:
    """All samples of six numbers from 0 to 3, against a scale from 0 to 3: what none of them prints is mostly accused, the rest never."""
    samples = [[0] * a + [1] * b + [2] * c + [3] * (6 - a - b - c) for a in range(7) for b in range(7 - a) for c in range(7 - a - b)]
    real = {(shorten(Fraction(sum(one), 6), Fraction(1, 100)), shorten(drawn_statistics._root(
        Fraction(6 * sum(v * v for v in one) - sum(one) ** 2, 30)), Fraction(1, 100))) for one in samples}
    strict = {"population": False, "conventions": (Rounding.HALF_UP,), "scale": (0, 3)}
    taken = {(mean, sd) for mean in {mean for mean, _ in real} for sd in (f"{k / 100:.2f}" for k in range(200))
             if statistics.sd_of_counts(mean, sd, 6, **strict).holds is not False}  # type: ignore[arg-type]
    assert real <= taken
    assert len(taken) <= 1.1 * len(real)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_a_true_test_in_a_text_is_never_accused(seed: int) -> None:
    draw = random.Random(seed)
    df, size = draw.randint(1, 60), abs(draw.gauss(0, 2.5))
    p, printer = drawn_statistics.p_of_t(size, df) / draw.choice((1, 2)), drawn_statistics.Printer(draw, None)
    text = f"so t({df}) = {printer(size, 2)}, p = {printer(p, 3)}."
    assert set(in_text(text)["verdict"]) <= {"reproduced", "consistent"}, text
