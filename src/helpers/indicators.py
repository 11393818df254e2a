"""The official series that the notebooks look up again and again: table, place, period and basis, written down once.

A figure is what :class:`asprinted.official.observations.Official` gives: a quantity with the rows that it rests on, or
:class:`~asprinted.numbers.quantity.Missing` with what is wanted. ``indicator`` is a name out of the table's column of
that name. A look-up that two observations fit raises :class:`forkmill.errors.InputError`.
"""

from __future__ import annotations

import pandas as pd

from asprinted.numbers import quantity
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official import yearly
from asprinted.official.observations import Official, gaps

VALUE_ADDED = {"strategic_emerging_industries_value_added": "emerging", "industry_value_added": "industry"}
EVERY_YEAR = pd.period_range("2013", "2024", freq="Y")  # of the communiques on R&D that were looked through


def months(quarter: pd.Period) -> str:
    """What a cumulative figure of a quarter covers.

    >>> months(pd.Period("2019Q1", freq="Q")), months(pd.Period("2019Q4", freq="Q"))
    ('Jan–Mar 2019', 'Jan–Dec 2019')
    """
    return f"Jan\N{EN DASH}{('Mar', 'Jun', 'Sep', 'Dec')[quarter.quarter - 1]} {quarter.year}"


def growth(official: Official, periods: pd.PeriodIndex, basis: str | list[str]) -> pd.DataFrame:
    """Growth of value added in China, and its gap: columns emerging, industry (percent) and gap (percentage points).

    One row a period, complete with its holes. ``basis`` is "annual", "cumulative" (from January to the end of the
    period) or both, where the year stands in for its fourth quarter. The gap is emerging less industry, as printed.
    """
    rates = official.wide("growth", periods, VALUE_ADDED, geography="China", basis=basis)
    return rates.assign(gap=gaps(rates["emerging"], rates["industry"]))


def growth_in_2019(official: Official, indicator: str, place: str = "China") -> Quantity | Missing:
    """Growth of 2019, the whole year, in percent."""
    return official.find("growth", indicator, "2019", geography=place, basis="annual")


def survey(official: Official, indicator: str) -> Quantity | Missing:
    """A share of the companies in the survey of 2020, in percent."""
    return official.find("prosperity", indicator, "2020", geography="China", basis="annual")


def climate(official: Official, indicator: str, place: str = "China") -> Quantity | Missing:
    """A result of the climate survey of the fourth quarter of 2020, in the unit of the indicator."""
    return official.find("prosperity", indicator, "2020Q4", geography=place, basis="quarter")


def climate_index(official: Official, quarter: str, place: str = "China") -> Quantity | Missing:
    """The climate index of all industries in one quarter, such as "2020Q1": 0 to 200, 100 is neutral."""
    return official.find("prosperity", "industry_climate_index", quarter, geography=place, basis="quarter")


def investment_growth(official: Official, indicator: str) -> Quantity | Missing:
    """Growth of investment in January to September 2020 on the same months of 2019, in percent."""
    return official.find("investment", indicator, "2020Q3", geography="China", basis="cumulative")


def special_fund(official: Official, indicator: str, place: str) -> Quantity | Missing:
    """A special fund of a province or city in 2020: projects, or its amount in yuan."""
    return official.find("funds", indicator, "2020", geography=place, basis="annual")


def ai_employees(official: Official, layer: str, place: str) -> Quantity | Missing:
    """Employees of companies in artificial intelligence in June 2017, by layer ("base" or "technology")."""
    return official.find("talent", f"ai_employees_{layer}_layer", "2017-06", geography=place, basis="point")


def annual(official: Official, table: str, indicator: str) -> pd.Series:
    """One indicator of China for every year of :data:`EVERY_YEAR` (index ``period[Y]``), holes among them."""
    return official.series(table, indicator, EVERY_YEAR, geography="China", basis="annual")


def by_year(official: Official, table: str, indicator: str, *, per: int = 1, **where: str) -> pd.Series:
    """One indicator of China for the years that the table has, in units of ``per``.

    ``where`` narrows by basis ("annual" unless given) or vintage ("first" unless given); see
    :func:`asprinted.official.yearly.series`.
    """
    return yearly.series(official, table, indicator, geography="China", per=per, **where)


def implied_by_the_next(level: pd.Series, change: pd.Series) -> pd.Series:
    """The value of each year but the last as the next communique implies it: the next level less its change on the year.

    Both are by year, of the same years and without a gap between them. Source of the formula: each communique prints its
    level and the change on the year before as revised (:func:`asprinted.numbers.quantity.revised`).
    """
    return pd.Series(map(quantity.revised, level.iloc[1:], change.iloc[1:]), index=level.index[:-1].rename(None), dtype=object)
