"""What must be true of the official figures among themselves, whatever anybody says of them."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from asprinted.numbers.printed import SCALES
from asprinted.official import tables
from checkout import ROOT

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
YEARS = [str(year) for year in range(2011, 2025)]
HUNDRED_MILLION = Decimal(10**8)


TABLES = {name: tables.rows(name, ROOT) for name in tables.names(ROOT)}


def _value(table: str, indicator: str, period: str, geography: str = "China", basis: str | None = None,
           vintage: str = "first") -> Decimal:
    """The most closely printed of the sightings of one observation."""
    found = [row for row in TABLES[table] if (row["indicator"], row["period"], row["geography"], row["vintage"])
             == (indicator, period, geography, vintage) and basis in (None, row["basis"])]
    assert found, f"no row for {table}, {indicator}, {geography}, {period}, {vintage}"
    power = {row["row"]: SCALES[row["scale"]] - len(row["digits"].partition(".")[2]) for row in found}
    best = min(found, key=lambda row: (row["bound"] not in ("", "about"), power[row["row"]]))
    return Decimal(best["digits"]).scaleb(SCALES[best["scale"]])


def _expenditure(year: str) -> Decimal:
    return _value("research", "gross_expenditure_on_rd", year) / HUNDRED_MILLION


@pytest.mark.parametrize("year", YEARS)
def test_the_stated_increase_of_expenditure_is_the_difference_of_first_published_levels(year):
    increase = _value("research", "gross_expenditure_on_rd_increase", year) / HUNDRED_MILLION
    assert abs(_expenditure(year) - _expenditure(str(int(year) - 1)) - increase) <= TENTH


@pytest.mark.parametrize("year", YEARS)
def test_the_growth_of_expenditure_follows_from_the_levels(year):
    growth = (_expenditure(year) / _expenditure(str(int(year) - 1)) - 1) * 100
    assert growth.quantize(TENTH) == _value("research", "gross_expenditure_on_rd_growth", year, basis="annual")


@pytest.mark.parametrize("year", [year for year in ["2010", *YEARS] if year != "2021"])  # known error
def test_basic_applied_and_experimental_research_add_up_to_the_expenditure(year):
    parts = sum(_value("research", f"{kind}_expenditure", year)
                for kind in ("basic_research", "applied_research", "experimental_development")) / HUNDRED_MILLION
    assert abs(parts - _expenditure(year)) <= 2 * TENTH  # four figures, each rounded to 0.1


@pytest.mark.parametrize(
    ("kind", "year"),
    list(itertools.product(("basic_research", "applied_research", "experimental_development"), YEARS)))
def test_the_growth_of_each_kind_of_research_follows_from_the_levels(kind, year):
    now, before = (_value("research", f"{kind}_expenditure", y) for y in (year, str(int(year) - 1)))
    stated = _value("research", f"{kind}_expenditure_growth", year, basis="annual")
    assert abs((now / before - 1) * 100 - stated) <= Decimal("0.1")  # the kinds are revised a little now and then


@pytest.mark.parametrize(("year", "before"), [("2015", "2014"), ("2022", "2021"), ("2023", "2022")])
def test_intensity_less_its_stated_change_is_the_revised_intensity_of_the_year_before(year, before):
    change = _value("research", "rd_intensity_change", year)
    revised = _value("research", "rd_intensity", before, vintage="revised")
    assert _value("research", "rd_intensity", year) - change == revised


@pytest.mark.parametrize("year", ["2020", "2021", "2022", "2023", "2024"])
def test_intensity_is_expenditure_over_the_product_as_first_published(year):
    product = _value("research", "gross_domestic_product", year) / HUNDRED_MILLION
    assert (_expenditure(year) / product * 100).quantize(HUNDREDTH) == _value("research", "rd_intensity", year)


def test_intensity_of_2019_has_two_values_because_the_product_was_revised():
    revised = _value("research", "gross_domestic_product", "2019", vintage="revised") / HUNDRED_MILLION
    cut = _value("research", "gross_domestic_product_revision", "2019", vintage="revised") / HUNDRED_MILLION
    first = (_expenditure("2019") / (revised - cut) * 100).quantize(HUNDREDTH)
    assert first == _value("research", "rd_intensity", "2019")
    implied = _value("research", "rd_intensity", "2020") - _value("research", "rd_intensity_change", "2020")
    assert (_expenditure("2019") / revised * 100).quantize(HUNDREDTH) == implied == Decimal("2.24")


@pytest.mark.parametrize("year", ["2015", "2016", "2017", "2019"])
def test_expenditure_per_full_time_equivalent_is_expenditure_over_personnel(year):
    personnel = _value("talent", "rd_personnel_full_time_equivalent", year)
    stated = _value("research", "expenditure_per_full_time_equivalent", year)
    assert abs(_value("research", "gross_expenditure_on_rd", year) / personnel - stated) <= 500


@pytest.mark.parametrize("year", [year for year in YEARS if year != "2023"])  # no change was stated for 2023
def test_the_change_of_expenditure_per_full_time_equivalent_follows_from_the_levels(year):
    now, before = (_value("research", "expenditure_per_full_time_equivalent", y) for y in (year, str(int(year) - 1)))
    stated = _value("research", "expenditure_per_full_time_equivalent_change", year)
    assert abs(now - before - stated) <= 1000  # three figures, each rounded to a thousand yuan


def test_the_full_time_equivalents_of_the_three_kinds_of_research_add_up():
    kinds = ("basic_research", "applied_research", "experimental_development")
    parts = sum(_value("talent", f"rd_personnel_full_time_equivalent_{kind}", "2019") for kind in kinds)
    assert parts == _value("talent", "rd_personnel_full_time_equivalent", "2019")


def test_the_stated_increase_of_personnel_is_the_difference_of_the_levels():
    increase = _value("talent", "rd_personnel_full_time_equivalent_increase", "2017")
    levels = [_value("talent", "rd_personnel_full_time_equivalent", year) for year in ("2017", "2016")]
    assert levels[0] - levels[1] == increase


def _gaps(sector: str) -> list[tuple[str, str, str]]:
    def periods(indicator: str) -> set[tuple[str, str, str]]:
        return {(row["period"], row["basis"], row["geography"]) for row in TABLES["growth"]
                if row["indicator"] == indicator and row["basis"] != "annual average"}

    return sorted(periods(f"{sector}_gap") & periods(f"{sector}_value_added") & periods("industry_value_added"))


@pytest.mark.parametrize(("sector", "least"), [
    ("strategic_emerging_industries", 10), ("high_tech_manufacturing", 8), ("equipment_manufacturing", 3)])
def test_growth_less_growth_of_industry_is_the_stated_gap(sector, least):
    found = _gaps(sector)
    assert len(found) >= least
    for period, basis, place in found:
        own, industry = (_value("growth", f"{name}_value_added", period, place, basis) for name in (sector, "industry"))
        assert own - industry == _value("growth", f"{sector}_gap", period, place, basis), (period, basis, place)


def test_growth_of_2015_to_2017_compounds_to_the_stated_average():
    product = Decimal(1)
    for year in ("2015", "2016", "2017"):
        product *= 1 + _value("growth", "strategic_emerging_industries_value_added", year) / 100
    average = (product ** (Decimal(1) / 3) - 1) * 100
    assert average.quantize(TENTH) == _value("growth", "strategic_emerging_industries_value_added", "2015/2017")


@pytest.mark.parametrize("indicator", ["fixed_asset_investment_growth", "manufacturing_investment_growth"])
def test_growth_of_investment_and_its_stated_change_agree(indicator):
    now, before = (_value("investment", indicator, period) for period in ("2020-10", "2020Q3"))
    assert now - before == _value("investment", f"{indicator}_change", "2020-10")


def test_the_layers_of_the_united_states_add_up_and_give_the_printed_ratios_and_shares():
    layers = {name: _value("talent", f"ai_employees_{name}_layer", "2017-06", "United States")
              for name in ("base", "technology", "application")}
    total = _value("talent", "ai_employees_total", "2017-06", "United States")
    assert sum(layers.values()) == total
    for name, count in layers.items():
        share = _value("talent", f"ai_{name}_layer_share", "2017-06", "United States")
        assert abs(count / total * 100 - share) <= 1  # the source rounds as it pleases: 22, 37.3, 39.89


@pytest.mark.parametrize("layer", ["base", "application"])
def test_the_printed_ratio_of_a_layer_follows_from_the_printed_counts(layer):
    own, other = (_value("talent", f"ai_employees_{layer}_layer", "2017-06", place)
                  for place in ("United States", "China"))
    ratio = _value("talent", f"ai_{layer}_layer_ratio", "2017-06", "United States to China")
    assert abs(own / other - ratio) < Decimal("0.25")


@pytest.mark.parametrize(("demand_year", "stock_month"), [("2020", "2017-12"), ("2021", "2018-12")])
def test_shortage_of_circuit_talent_is_demand_less_the_stock_of_its_edition(demand_year, stock_month):
    demand = _value("talent", "integrated_circuit_talent_demand", demand_year)
    stock = _value("talent", "integrated_circuit_talent_stock", stock_month)
    assert demand - stock == _value("talent", "integrated_circuit_talent_shortage", demand_year)


@pytest.mark.parametrize("month", ["2017-12", "2019-12"])
def test_the_branches_of_the_circuit_industry_add_up_to_its_stock(month):
    parts = sum(_value("talent", f"integrated_circuit_employees_{branch}", month)
                for branch in ("design", "manufacturing", "packaging_and_test"))
    assert parts == _value("talent", "integrated_circuit_talent_stock", month)


def test_the_stock_of_circuit_talent_grows_by_what_is_stated():
    for before, now in (("2017-12", "2018-12"), ("2018-12", "2019-12")):
        levels = [_value("talent", "integrated_circuit_talent_stock", month) for month in (now, before)]
        assert levels[0] - levels[1] == _value("talent", "integrated_circuit_talent_stock_increase", now)


def test_the_clusters_of_the_first_batch_add_up_over_the_cities():
    four = [_value("clusters", "first_batch_clusters", "2019", city) for city in ("Beijing", "Shanghai", "Wuhan")]
    three = [_value("clusters", "first_batch_clusters", "2019", city) for city in ("Shenzhen", "Hefei")]
    two = _value("clusters", "first_batch_cities_with_two_clusters", "2019")
    one = _value("clusters", "first_batch_cities", "2019") - len(four) - len(three) - two
    assert sum(four) + sum(three) + 2 * two + one == _value("clusters", "first_batch_clusters", "2019")


def test_the_names_seen_do_not_exceed_the_count_of_any_place():
    names = TABLES["cluster_names"]
    for row in TABLES["clusters"]:
        if row["indicator"] == "first_batch_clusters" and row["geography"] != "China":
            place = row["geography"]
            assert sum(place in (name["city"], name["province"]) for name in names) <= int(row["digits"]), place


def test_the_advanced_manufacturing_clusters_add_up_over_regions_and_years():
    regions = [_value("clusters", "advanced_manufacturing_clusters", "2022", f"{region} China")
               for region in ("East", "Central", "West", "Northeast")]
    total = _value("clusters", "advanced_manufacturing_clusters", "2022")
    assert sum(regions) == total
    assert total + _value("clusters", "advanced_manufacturing_clusters_added", "2024") == _value(
        "clusters", "advanced_manufacturing_clusters", "2024")


def test_the_shares_of_2019_and_2020_imply_one_share_for_2014():
    implied = {_value("targets", "share_of_gdp", year) - _value("targets", "share_of_gdp_change_since_2014", year)
               for year in ("2019", "2020")}
    assert implied == {Decimal("7.6")}
