"""What is looked up again and again means the table, place, period and basis that its name says."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import interval
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official.observations import Official, text
from checkout import ROOT
from helpers import indicators

OFFICIAL = Official(ROOT)
BOTH = indicators.growth(OFFICIAL, pd.period_range("2017Q1", "2019Q4", freq="Q"), basis=["cumulative", "annual"])


def printed(digits: str, place: str) -> Quantity:
    return Quantity(interval(Fraction(digits), Fraction(place)), ("row",), published=Fraction(digits))


def wanted(figure: Quantity | Missing) -> tuple[str, ...]:
    assert isinstance(figure, Missing)
    return figure.wanted


def test_growth_has_the_two_rates_and_the_gap_that_they_leave():
    assert BOTH.loc["2019Q3"].map(text).to_dict() == {"emerging": "8.4", "industry": "5.6", "gap": "2.8"}


def test_a_gap_carries_the_rounding_of_both_rates():
    low, high = BOTH.loc["2019Q3", "gap"].interval.low, BOTH.loc["2019Q3", "gap"].interval.high
    assert (low, high) == (Fraction("2.7"), Fraction("2.9"))


def test_where_one_rate_was_not_seen_there_is_no_gap():
    assert BOTH.loc["2018Q3"].map(text).to_dict() == {"emerging": "\N{EM DASH}", "industry": "6.4", "gap": "\N{EM DASH}"}


def test_the_year_stands_in_for_its_fourth_quarter():
    year = indicators.growth(OFFICIAL, pd.period_range("2018", "2019", freq="Y"), basis="annual")
    assert BOTH.loc["2019Q4"].map(text).to_list() == year.loc["2019"].map(text).to_list() == ["8.4", "5.7", "2.7"]


def test_growth_in_2019_is_of_the_whole_year_and_of_the_place():
    assert text(indicators.growth_in_2019(OFFICIAL, "strategic_emerging_industries_value_added", "Beijing")) == "5.5"
    assert wanted(indicators.growth_in_2019(OFFICIAL, "strategic_emerging_industries_value_added", "Zhejiang")) == (
        "growth: strategic_emerging_industries_value_added, 2019, Zhejiang, annual",)


def test_growth_in_2019_is_that_of_the_country_unless_a_place_is_named():
    assert text(indicators.growth_in_2019(OFFICIAL, "industry_value_added")) == "5.7"


@pytest.mark.parametrize(("figure", "key"), [
    (indicators.survey(OFFICIAL, "companies_with_lower_income"), "companies_with_lower_income, 2020, China, annual"),
    (indicators.climate(OFFICIAL, "quarters_ahead_of_east", "Central China"), "quarters_ahead_of_east, 2020Q4, Central China, quarter"),
    (indicators.climate(OFFICIAL, "industries_surveyed"), "industries_surveyed, 2020Q4, China, quarter"),
    (indicators.climate_index(OFFICIAL, "2019Q4", "West China"), "industry_climate_index, 2019Q4, West China, quarter"),
])
def test_a_result_of_the_survey_that_nobody_saw_says_which_it_is(figure, key):
    assert wanted(figure) == (f"prosperity: {key}",)


def test_a_climate_index_that_was_printed_is_found():
    found = OFFICIAL.figures("prosperity", indicator="industry_climate_index", basis="quarter", geography="China")
    assert len(found)
    for row in found.itertuples():
        assert indicators.climate_index(OFFICIAL, row.period) == row.figure


def test_investment_growth_is_that_of_january_to_september_2020():
    assert text(indicators.investment_growth(OFFICIAL, "manufacturing_investment_growth")) == "-6.5"


def test_a_special_fund_is_that_of_2020_in_projects_or_yuan():
    assert indicators.special_fund(OFFICIAL, "special_fund_projects", "Jiangsu").interval == Interval.point(41)
    assert text(indicators.special_fund(OFFICIAL, "special_fund_amount", "Jiangsu")) == "688000000"


def test_employees_are_told_apart_by_layer_and_place():
    found = {(layer, place): float(indicators.ai_employees(OFFICIAL, layer, place))
             for layer in ("base", "technology") for place in ("United States", "China")}
    assert list(found.values()) == [17900, 1300, 29400, 12000]


def test_annual_figures_are_complete_with_their_holes():
    people = indicators.annual(OFFICIAL, "talent", "rd_personnel_full_time_equivalent")
    assert list(people.index.astype(str)) == [str(year) for year in range(2013, 2025)]
    assert text(people["2019"]) == "4801000"
    assert isinstance(people["2018"], Missing)


def test_figures_by_year_have_only_the_years_that_the_table_has_and_the_unit_asked_for():
    spent = indicators.by_year(OFFICIAL, "research", "gross_expenditure_on_rd", per=10**12)
    assert not any(isinstance(figure, Missing) for figure in spent)
    assert text(spent["2019"]) == "2.21436"


def test_figures_by_year_are_as_printed_unless_a_unit_is_asked_for():
    assert text(indicators.by_year(OFFICIAL, "research", "rd_intensity")["2019"]) == "2.23"


def test_figures_by_year_can_be_of_another_vintage():
    flash = indicators.by_year(OFFICIAL, "talent", "rd_personnel_full_time_equivalent", vintage="flash")
    assert list(flash.index.astype(str)) == ["2018", "2020"]


def test_what_the_next_communique_implies_is_its_level_less_its_change():
    years = pd.period_range("2018", "2020", freq="Y")
    level = pd.Series([printed("2.19", "0.01"), printed("2.23", "0.01"), printed("2.40", "0.01")], index=years, dtype=object)
    change = pd.Series([printed("0.04", "0.01"), printed("0.09", "0.01"), printed("0.16", "0.01")], index=years, dtype=object)
    implied = indicators.implied_by_the_next(level, change)
    assert {str(year): figure.published for year, figure in implied.items()} == {"2018": Fraction("2.14"), "2019": Fraction("2.24")}
    assert implied["2019"].interval == interval(Fraction("2.24"), Fraction("0.01"))
    assert implied["2019"].vintages == ("latest",)


def test_nothing_is_implied_of_a_year_whose_next_communique_lacks_a_figure():
    years = pd.period_range("2018", "2019", freq="Y")
    level = pd.Series([printed("2.19", "0.01"), Missing(("2019",))], index=years, dtype=object)
    change = pd.Series([printed("0.04", "0.01")] * 2, index=years, dtype=object)
    assert wanted(indicators.implied_by_the_next(level, change)["2018"]) == ("2019",)
