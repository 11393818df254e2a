"""The series that notebook A1 carries on past the paper's last year: China, by year, to the last row of each table.

Each function gives a table with a row a year (:func:`asprinted.official.yearly.table`) and a column a line of a figure.
To carry a series on add rows to data/official; to show another one add its line here.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from asprinted.numbers.quantity import Quantity
from asprinted.official import yearly
from asprinted.official.observations import Official
from helpers.indicators import by_year

MILLION = 10**6
MANUFACTURING = {
    "manufacturing_investment_growth": "all manufacturing",
    "high_tech_manufacturing_investment_growth": "high-tech manufacturing",
}


def share_of_gdp(official: Official) -> pd.DataFrame:
    """Share of the emerging industries in GDP since 2015, percent, and the targets set for it."""
    return yearly.table({
        "published share": by_year(official, "targets", "share_of_gdp"),
        "target": by_year(official, "targets", "share_of_gdp_target"),
    }, since="2015")


def personnel(official: Official) -> pd.DataFrame:
    """R&D personnel in full-time equivalents, million person-years, since 2015: implied, published and preliminary.

    Implied is expenditure over expenditure per full-time equivalent, both as the communique of the year prints them.
    """
    spent = yearly.table({
        "all": by_year(official, "research", "gross_expenditure_on_rd"),
        "per head": by_year(official, "research", "expenditure_per_full_time_equivalent"),
    }, since="2015")
    return yearly.table({
        "implied by expenditure": spent["all"] / spent["per head"] / MILLION,
        "published": by_year(official, "talent", "rd_personnel_full_time_equivalent", per=MILLION),
        "preliminary": by_year(official, "talent", "rd_personnel_full_time_equivalent", per=MILLION, vintage="flash"),
    }, since="2015")


def stations_5g(official: Official) -> pd.DataFrame:
    """Base stations at the end of the year, in millions, since 2019.

    Of 2019 the Ministry's bulletin gives a bound; relays that print the same number without it are not the bulletin.
    """
    stations, bounds = (by_year(official, "mobile", "base_stations_5g", per=MILLION, basis="end of period", **bound)
                        for bound in ({}, {"bound": "more than"}))
    return yearly.table({"base stations": bounds[bounds.index == "2019"].combine_first(stations)}, since="2019")


def users_5g(official: Official) -> pd.DataFrame:
    """Subscribers, and connections (devices, another measure), at the end of the year, in millions, since 2019."""
    return yearly.table({
        name: by_year(official, "mobile", f"{name}_5g", per=MILLION, basis="end of period") for name in ("subscribers", "connections")
    }, since="2019")


def investment(official: Official) -> pd.DataFrame:
    """Growth of investment in high-tech manufacturing, and of foreign direct investment, percent, since 2019."""
    return yearly.table({
        "high-tech manufacturing": by_year(official, "investment", "high_tech_manufacturing_investment_growth"),
        "foreign direct investment": by_year(official, "investment", "foreign_direct_investment_growth"),
        "foreign direct investment in high technology": by_year(official, "investment", "high_tech_foreign_direct_investment_growth"),
    }, since="2019")


def manufacturing(official: Official) -> pd.DataFrame:
    """Growth of investment in all and in high-tech manufacturing, percent, for ``charts.bars``.

    A label for each part of a year, from January on, for which both were published.
    """
    found = official.figures("investment", geography="China", basis="cumulative", indicator=list(MANUFACTURING))
    wide = found.pivot(index="month", columns="indicator", values="figure").reindex(columns=list(MANUFACTURING)).dropna()
    return pd.DataFrame([
        {"label": f"Jan\N{EN DASH}{month.strftime('%b')}\n{month.year}", "group": group, "value": float(row[indicator])}
        for month, row in wide.iterrows() for indicator, group in MANUFACTURING.items()
    ], columns=["label", "group", "value"])


def vehicles(official: Official) -> pd.DataFrame:
    """Output of new energy vehicles, in millions, since 2018, by who counts them."""
    return yearly.table({
        name: by_year(official, "vehicles", f"new_energy_vehicle_output_{body}", per=MILLION) for name, body in
        {"China Association of Automobile Manufacturers": "association", "National Bureau of Statistics": "bureau"}.items()
    }, since="2018")


def share_of_sales(official: Official) -> pd.DataFrame:
    """New energy vehicles among the new vehicles sold, percent, since 2018."""
    return yearly.table({"share of sales": by_year(official, "vehicles", "new_energy_vehicle_share_of_sales")}, since="2018")


def in_vintage(first: pd.Series, implied: pd.Series, vintage: str) -> pd.Series:
    """A series as first published, or with ``vintage`` "latest" as revised wherever a revised figure is known."""
    known = implied.map(lambda figure: isinstance(figure, Quantity)) & (vintage == "latest")
    return implied.where(known, first)


def what_followed(said: Mapping[str, str], followed: Mapping[str, tuple[str, pd.Series]], heading: str) -> pd.DataFrame:
    """What the paper says, each with the series nearest to it: its name, its figure of 2019 and its last figure, as text.

    Args:
        said: the words for each diagnosis or measure, by id; they become the index, under ``heading``.
        followed: by id the name of a series, with its unit, and the series by year; an id without one has empty cells.
    """
    nothing = ("", pd.Series(dtype=object))
    found = [followed.get(id, nothing) for id in said]
    return pd.DataFrame({
        "followed by": [name for name, _ in found],
        "2019": [yearly.at(series, "2019") if name else "" for name, series in found],
        "last figure": [yearly.latest(series) for _, series in found],
    }, index=pd.Index(list(said.values()), name=heading))
