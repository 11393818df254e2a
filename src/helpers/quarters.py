"""What cumulative rates say of a single quarter: the offices print growth from January on, the paper speaks of quarters.

Growth from January is the mean of the growth of its quarters, each weighted with its share in the base period. The
shares were not published; ``ratio`` is how many times the value added of one quarter may be that of another in the same
year, at most. The formula, with its bounds, is that of :func:`asprinted.numbers.brackets.last_part`.
"""

from __future__ import annotations

import pandas as pd

from asprinted.numbers import brackets
from asprinted.numbers.quantity import Missing, Quantity


def single_quarter(
    cumulative: Quantity | Missing, before: Quantity | Missing, *, quarter: int, ratio: int
) -> Quantity | Missing:
    """Growth of one quarter alone in percent, between bounds; missing where one of the two rates is.

    Args:
        cumulative: growth from January to the end of the quarter, in percent.
        before: growth from January to the end of the quarter before it.
        quarter: 2, 3 or 4, its number in the year.

    Raises:
        ValueError: there is no such quarter, or none before it.

    >>> from fractions import Fraction
    >>> from asprinted.numbers.interval import Interval
    >>> half_year, first = (Quantity(Interval.point(rate)) for rate in (8, 7))
    >>> single_quarter(half_year, first, quarter=2, ratio=2).interval
    [8.5, 10]
    """
    if quarter not in (2, 3, 4):
        raise ValueError(f"expected quarter 2, 3 or 4, found {quarter}: before the first there is none in the year")
    return brackets.last_part(cumulative, before, brackets.share_of_last(quarter, ratio))


def single_gap(rates: pd.DataFrame, quarter: str, *, ratio: int) -> Quantity | Missing:
    """The gap of one quarter alone, in percentage points: growth of the emerging industries less that of all industry.

    ``rates`` is cumulative, by quarter (:func:`helpers.indicators.growth`); ``quarter`` is written "2017Q3". The weights
    of the quarters may differ between the two, so the bounds are as far apart as both allow.

    Raises:
        KeyError: ``rates`` lacks the quarter or the one before it.
        ValueError: it is the first of its year.
    """
    period = pd.Period(quarter, freq="Q")
    emerging, industry = (
        single_quarter(rates.loc[period, name], rates.loc[period - 1, name], quarter=period.quarter, ratio=ratio)
        for name in ("emerging", "industry")
    )
    return emerging - industry
