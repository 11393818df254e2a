"""The two functions behind every p value, the regularised incomplete beta and gamma function, as intervals that hold the true value.

Each is a series of positive terms, so nothing cancels; what is left out is bounded by a geometric series. Calculated with
decimals of 45 digits, whose operations, ``ln`` and ``exp`` too, are correctly rounded (General Decimal Arithmetic, IEEE 754): after
at most 20,000 terms the relative error of a sum is below 20,000² · 10⁻⁴⁴, less than 10⁻³⁵, that of a factor below 10⁻⁴² times all that
was added in its logarithm. :data:`ERROR` is far above both. Where 20,000 terms are too few, the interval is [0, 1].
"""

from __future__ import annotations

import functools
import math
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction

from asprinted.numbers.interval import Interval

DIGITS, TERMS, ERROR = Context(prec=45, Emax=MAX_EMAX, Emin=MIN_EMIN), 20_000, Decimal("1e-30")
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899")
ANYTHING, HALF = Interval(Fraction(0), Fraction(1)), Fraction(1, 2)
SMALLEST = Interval(Fraction(0), Fraction(1, 10**1000))  # what lies in it is told by it: its digits would fill the memory
SHIFT = 40  # from here on twenty terms of Stirling's series leave less than 1e-53


def beta(x: Fraction, a: Fraction, b: Fraction) -> Interval:
    """I_x(a, b), the share of a beta distribution below x.

    Source: DLMF 8.17.8, https://dlmf.nist.gov/8.17#E8: I_x(a, b) = x^a (1-x)^b / (a B(a, b)) · Σ (a+b)_n / (a+1)_n · x^n; and
    I_x(a, b) = 1 - I_{1-x}(b, a) (8.17.4) where that needs fewer terms. It falls in a and rises in b and x.

    >>> found = beta(Fraction(1, 4), Fraction(1, 2), Fraction(1, 2))  # 2/pi * arcsin(sqrt(x)) is a third
    >>> Fraction(1, 3) in found, float(found.high - found.low) < 1e-28
    (True, True)
    """
    if x <= 0 or x >= 1:
        return Interval.point(0 if x <= 0 else 1)
    known = ANYTHING
    for other in (x > HALF, x <= HALF):
        found = _below(1 - x, b, a) if other else _below(x, a, b)
        if found is not None:
            known = Interval.point(1) - found if other else found
            if known.low or known == SMALLEST:  # else it was too small beside the 1
                break
    return known


def _below(x: Fraction, a: Fraction, b: Fraction) -> Interval | None:
    with localcontext(DIGITS):
        small, rest, first, second = (_decimal(one) for one in (x, 1 - x, a, b))
        total = _series(small * (first + second), small, first + 1)
        parts = (first * small.ln(), second * rest.ln(), _log_gamma(a + b), -_log_gamma(a + 1), -_log_gamma(b))
        return None if total is None else _enclosed(parts, total, first + second)


def gamma(a: Fraction, x: Fraction) -> Interval:
    """Q(a, x), the share of a gamma distribution with shape a above x.

    Source: DLMF 8.7.1 and 8.2.4, https://dlmf.nist.gov/8.7#E1: 1 - Q(a, x) = x^a e^-x / Γ(a+1) · Σ x^n / (a+1)_n. It rises in a
    and falls in x; far out, only that it is below what it was nearer, some 10⁻²⁷.

    >>> found = gamma(Fraction(1), Fraction(2))  # e^-2
    >>> float(found.low) == math.exp(-2), float(gamma(Fraction(1), Fraction(10**9)).high) < 1e-26
    (True, True)
    """
    if x <= 0:
        return Interval.point(1)
    far = a + 50 * (math.isqrt(math.ceil(a)) + 1) + 500
    with localcontext(DIGITS):
        value, shape = _decimal(min(x, far)), _decimal(a)
        total = _series(value, Decimal(0), shape + 1)
        found = total and _enclosed((shape * value.ln(), -value, -_log_gamma(a + 1)), total, shape + value)
    if not found:
        return ANYTHING
    above = Interval.point(1) - found
    return above if x <= far else Interval(Fraction(0), above.high)


def _series(upper: Decimal, step: Decimal, lower: Decimal) -> Decimal | None:
    """1 + u/l + u/l · (u+s)/(l+1) + ...: a ratio falls or stays below its limit ``step``, so the greater of both bounds the rest."""
    term = total = Decimal(1)
    for _ in range(TERMS):
        ratio = upper / lower
        if ratio < 1 and term < ERROR * total and term * (most := max(ratio, step)) < ERROR * total * (1 - most) / 2:
            return total
        term *= ratio
        total += term
        upper += step
        lower += 1
    return None


def _enclosed(logarithms: tuple[Decimal, ...], total: Decimal, size: Decimal) -> Interval | None:
    error = ERROR * (1 + sum(abs(one) for one in logarithms) + size)
    if error > Decimal("1e-6"):
        return None
    value = sum(logarithms, Decimal(0)).exp() * total
    if value * 2 < _decimal(SMALLEST.high or Fraction(0)):
        return SMALLEST
    low, high = Fraction(value * (1 - error)), Fraction(value * (1 + error))
    return Interval(min(low, Fraction(1)), min(high, Fraction(1)))


@functools.lru_cache(maxsize=10_000)
def _log_gamma(z: Fraction) -> Decimal:
    """ln Γ(z) by Stirling's series, DLMF 5.11.1, whose error is below its first omitted term (5.11(ii)), after a shift (5.5.1)."""
    with localcontext(DIGITS):
        steps = max(0, math.ceil(SHIFT - z))
        shifted = _decimal(z + steps)
        series = sum((_decimal(one) / shifted ** (2 * k + 1) for k, one in enumerate(_stirling())), Decimal(0))
        below = math.prod((_decimal(z + one) for one in range(steps)), start=Decimal(1))
        return (shifted - Decimal("0.5")) * shifted.ln() - shifted + (2 * PI).ln() / 2 + series - below.ln()


@functools.cache
def _stirling() -> tuple[Fraction, ...]:
    """B_2k / (2k (2k-1)) for k = 1 to 20, the Bernoulli numbers by their recurrence (DLMF 24.5.3)."""
    numbers = [Fraction(1)]
    for m in range(1, 41):
        numbers.append(-sum(math.comb(m + 1, k) * one for k, one in enumerate(numbers)) / (m + 1))
    return tuple(numbers[2 * k] / (2 * k * (2 * k - 1)) for k in range(1, 21))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
