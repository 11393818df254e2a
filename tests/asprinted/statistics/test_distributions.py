"""The interval of a distribution holds the true value: closed forms, published tables, laws of the functions."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import drawn_statistics
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asprinted.numbers.interval import Interval
from asprinted.statistics import distributions
from asprinted.statistics.distributions import beta, gamma

pytestmark = pytest.mark.long
HALVES = st.integers(1, 400).map(lambda one: Fraction(one, 2))
INSIDE = st.fractions(Fraction(1, 10**6), 1 - Fraction(1, 10**6), max_denominator=10**6)


def close(found: Interval, value: float) -> bool:
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low < Fraction(1, 10**20)
    return math.isclose(float(found.low), value, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize(("df", "t", "p"), [(1, "12.706", 0.05), (5, "2.571", 0.05), (28, "2.048", 0.05), (28, "2.763", 0.01),
                                            (120, "1.980", 0.05)])
def test_t_of_the_tables(df: int, t: str, p: float) -> None:
    """Abramowitz and Stegun 1964, table 26.10."""
    size = Fraction(t)
    found = beta(df / (df + size * size), Fraction(df, 2), Fraction(1, 2))
    assert abs(float(found.low or 0) - p) < 2e-4


@pytest.mark.parametrize(("df", "x", "p"), [(1, "3.841", 0.05), (10, "18.307", 0.05), (30, "50.892", 0.01)])
def test_chi2_of_the_tables(df: int, x: str, p: float) -> None:
    """Abramowitz and Stegun 1964, table 26.8."""
    assert abs(float(gamma(Fraction(df, 2), Fraction(x) / 2).low or 0) - p) < 2e-5


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 150), st.fractions(Fraction(1, 100), 60, max_denominator=1000))
def test_it_agrees_with_closed_forms(df: int, size: Fraction) -> None:
    assert close(beta(df / (df + size * size), Fraction(df, 2), Fraction(1, 2)), drawn_statistics.p_of_t(float(size), df))
    assert close(gamma(Fraction(df, 2), size / 2), drawn_statistics.p_of_chi2(float(size), df))
    assert close(beta(df / (df + 4 * size), Fraction(df, 2), Fraction(2)), drawn_statistics.p_of_f(float(size), 4, df))


@settings(max_examples=40, deadline=None)
@given(INSIDE, HALVES, HALVES)
def test_the_laws_of_beta(x: Fraction, a: Fraction, b: Fraction) -> None:
    both = beta(x, a, b) + beta(1 - x, b, a)
    assert Fraction(1) in Interval(both.low - Fraction(1, 10**25), both.high)  # type: ignore[operator]
    smaller, greater = beta(x, a + 1, b), beta(x, a, b + 1)  # DLMF 8.17.20 and 8.17.21: it falls in a, rises in b
    assert smaller.low <= beta(x, a, b).high <= greater.high + Fraction(1, 10**20)  # type: ignore[operator]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), INSIDE)
def test_for_whole_numbers_it_holds_the_binomial_sum(a: int, b: int, x: Fraction) -> None:
    n = a + b - 1
    exact = sum(math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert exact in beta(x, Fraction(a), Fraction(b))


@settings(max_examples=60, deadline=None)
@given(st.fractions(Fraction(1, 100), 300, max_denominator=100))
def test_log_gamma_agrees_with_its_recurrence_and_the_library(z: Fraction) -> None:
    found = distributions._log_gamma(z)
    assert math.isclose(float(found), math.lgamma(float(z)), rel_tol=1e-12, abs_tol=1e-12)
    with localcontext(distributions.DIGITS):
        assert abs(distributions._log_gamma(z + 1) - found - distributions._decimal(z).ln()) < Decimal("1e-38")


def test_far_out_and_with_great_degrees_of_freedom_it_stays_an_interval() -> None:
    for found in (beta(Fraction(1, 10**9), Fraction(10**7), Fraction(1, 2)), gamma(Fraction(1, 2), Fraction(10**12))):
        assert found.low is not None
        assert found.low >= 0
        assert float(found.high or 0) < 1e-20
    normal = gamma(Fraction(1, 2), Fraction(9, 2))
    many = beta(Fraction(10**9, 10**9 + 9), Fraction(10**9, 2), Fraction(1, 2))
    assert math.isclose(float(normal.low or 0), float(many.low or 0), rel_tol=1e-7)
    assert gamma(Fraction(10**12), Fraction(10**12)) == distributions.ANYTHING  # too many terms: nothing is said
