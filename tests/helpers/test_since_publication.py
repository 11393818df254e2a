"""The series carried on: right line, right unit, right first year; whatever rows are added later."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official import yearly
from asprinted.official.observations import Official
from checkout import ROOT
from helpers import since_publication as since

OFFICIAL = Official(ROOT)
YEARS = pd.period_range("2019", "2020", freq="Y")
# table, its first year, a year of it, and what its columns say then
TABLES = [
    (since.share_of_gdp, "2015", "2020", {"published share": "11.7", "target": "15"}),
    (since.personnel, "2015", "2019", {"implied by expenditure": "4.7982 to 4.8086", "published": "4.801", "preliminary": "\N{EM DASH}"}),
    (since.stations_5g, "2019", "2020", {"base stations": "more than 0.718"}),
    (since.users_5g, "2019", "2021", {"subscribers": "355", "connections": "\N{EM DASH}"}),
    (since.stations_5g, "2019", "2019", {"base stations": "more than 0.13"}),
    (since.investment, "2019", "2020", {"high-tech manufacturing": "11.5", "foreign direct investment": "6.2",
                                        "foreign direct investment in high technology": "11.4"}),
    (since.vehicles, "2018", "2020", {"China Association of Automobile Manufacturers": "1.366", "National Bureau of Statistics": "1.456"}),
    (since.share_of_sales, "2018", "2019", {"share of sales": "4.68"}),
]


def series(*values: int | None) -> pd.Series:
    figures = [Missing(("a",)) if value is None else Quantity(Interval.point(value), published=Fraction(value)) for value in values]
    return pd.Series(figures, index=YEARS, dtype=object)


@pytest.mark.parametrize(("table", "first", "year", "said"), TABLES, ids=[one[0].__name__ for one in TABLES])
def test_a_table_begins_with_its_year_and_says_what_was_published(table, first, year, said):
    frame = table(OFFICIAL)
    assert str(frame.index[0]) == first
    assert frame.loc[pd.Period(year, "Y")].map(yearly.words).to_dict() == said


@pytest.mark.parametrize("table", [one[0] for one in TABLES], ids=[one[0].__name__ for one in TABLES])
def test_a_table_has_a_row_every_year_and_ends_with_a_figure(table):
    frame = table(OFFICIAL)
    assert list(frame.index) == list(pd.period_range(frame.index[0], frame.index[-1], freq="Y"))
    assert any(isinstance(figure, Quantity) for figure in frame.iloc[-1])


def test_implied_personnel_are_expenditure_over_expenditure_per_head():
    """Of 2019: 2,214.36 thousand million yuan over 461 thousand yuan a person-year, both as printed."""
    implied = since.personnel(OFFICIAL).loc[pd.Period("2019", "Y"), "implied by expenditure"].interval
    assert implied.low < Fraction(221436, 46100) < implied.high


def test_manufacturing_stands_beside_its_high_tech_part_where_both_were_published():
    frame = since.manufacturing(OFFICIAL)
    assert frame[frame["label"] == "Jan–Sep\n2020"].to_numpy().tolist() == [
        ["Jan–Sep\n2020", "all manufacturing", -6.5], ["Jan–Sep\n2020", "high-tech manufacturing", 9.3]]
    assert not frame["value"].isna().any()
    assert since.manufacturing(Official(ROOT, least_evidence="official")).empty


def test_a_series_as_first_published_ignores_what_was_revised():
    assert since.in_vintage(series(1, 2), series(3, 4), "first").equals(series(1, 2))


def test_the_latest_vintage_has_the_revised_figure_wherever_one_is_known():
    found = since.in_vintage(series(1, 2), series(3, None), "latest")
    assert [float(figure) for figure in found] == [3, 2]


def test_what_followed_tells_the_figure_of_2019_and_the_last_one():
    found = since.what_followed({"x": "a diagnosis"}, {"x": ("stations, million", series(1, 4))}, heading="diagnosis")
    assert found.index.name == "diagnosis"
    assert found.loc["a diagnosis"].to_dict() == {"followed by": "stations, million", "2019": "1", "last figure": "4 in 2020"}


def test_what_nothing_published_follows_stays_in_the_table_and_empty():
    found = since.what_followed({"x": "one", "y": "other"}, {"y": ("people", series(1, None))}, heading="measure")
    assert list(found.index) == ["one", "other"]
    assert found.loc["one"].to_dict() == {"followed by": "", "2019": "", "last figure": yearly.NOTHING}
    assert found.loc["other", "last figure"] == "1 in 2019"
