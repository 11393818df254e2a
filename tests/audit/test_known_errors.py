"""Each known error of a source is still to be seen in its rows: a test here fails as soon as it is not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from asprinted.numbers.printed import SCALES
from asprinted.official import tables
from checkout import ROOT

OFFICIAL = ROOT / "data" / "official"
ENTRIES = {entry["id"]: entry for entry in tables.read_yaml(OFFICIAL / "known_errors.yaml")}
ROWS = {row["row"]: row for name in tables.names(ROOT) for row in tables.rows(name, ROOT)}


def _figures(error: str) -> list[Decimal]:
    return [Decimal(ROWS[key]["digits"]).scaleb(SCALES[ROWS[key]["scale"]]) for key in ENTRIES[error]["rows"]]


def _rate(indicator: str, year: str) -> Decimal:
    return next(Decimal(row["digits"]) for row in ROWS.values() if row.get("indicator") == indicator
                and (row["geography"], row["period"], row["basis"]) == ("China", year, "annual"))


def test_the_count_of_the_technology_layer_fits_neither_its_ratio_nor_its_share():
    china, united_states, ratio, share, total = _figures("ai-technology-layer-count")
    assert abs(united_states / china - ratio) > Decimal("0.15")
    assert abs(china / total * 100 - share) > 2
    assert round(united_states / ratio, -3) == round(total * share / 100, -3) == 13000


def test_the_layers_of_china_do_not_add_up_to_its_total():
    base, technology, application, total = _figures("ai-layers-of-china")
    assert base + technology + application == 37600
    assert total == 39200


def test_the_average_of_2016_to_2019_does_not_follow_from_the_annual_rates():
    average, gap = _figures("average-growth-2016-2019")
    compounded = {}
    for indicator in ("strategic_emerging_industries_value_added", "industry_value_added"):
        product = Decimal(1)
        for year in ("2016", "2017", "2018", "2019"):
            product *= 1 + _rate(indicator, year) / 100
        compounded[indicator] = (product ** Decimal("0.25") - 1) * 100
    own, industry = compounded.values()
    assert own.quantize(Decimal("0.1")) == Decimal("9.7")
    assert average == Decimal("10.5")
    assert (own - industry).quantize(Decimal("0.1")) == Decimal("3.6")
    assert gap == Decimal("4.4")


def test_the_summary_table_of_the_plan_prints_2019_under_the_label_2020():
    for key in ENTRIES["plan-summary-labels"]["rows"]:
        assert ROWS[key]["period"] == "2019", key
        assert ROWS[key]["evidence"].startswith("2020年"), key


def test_two_scopes_of_equipment_manufacturing_give_two_rates():
    bureau, ministry, bureau_first_quarter, ministry_first_quarter = _figures("equipment-manufacturing-scopes")
    assert bureau - ministry == Decimal("0.6") == bureau_first_quarter - ministry_first_quarter


def test_two_pages_count_the_biomedicine_clusters_differently():
    assert _figures("biomedicine-clusters") == [16, 17]


def test_a_portal_gives_another_stock_of_circuit_talent_than_the_white_paper():
    assert _figures("circuit-stock-2018") == [461000, 410000]


def test_the_average_growth_of_basic_research_is_that_of_a_shorter_period():
    level = {row["period"]: Decimal(row["digits"]) for row in ROWS.values()
             if row.get("indicator") == "basic_research_expenditure"
             and (row["geography"], row["vintage"], row["scale"]) == ("China", "first", "hundred million")}
    four = ((level["2019"] / level["2015"]) ** (Decimal(1) / 4) - 1) * 100
    five = ((level["2020"] / level["2015"]) ** (Decimal(1) / 5) - 1) * 100
    assert [four.quantize(Decimal("0.1"))] == _figures("basic-research-growth-of-the-plan")
    assert five.quantize(Decimal("0.1")) == Decimal("15.4")


def test_the_share_of_2010_was_given_twice():
    assert _figures("share-of-gdp-2010") == [3, 4]


def test_the_kinds_of_research_of_2021_do_not_add_up_to_the_expenditure():
    total, basic, applied, experimental = _figures("kinds-of-research-2021")
    assert (basic + applied + experimental - total).scaleb(-8) == Decimal("2.0")


def test_the_ratio_of_the_base_layer_does_not_follow_from_its_counts_and_the_one_of_chips_does():
    united_states, china, base, chips = _figures("ai-base-layer-ratio")
    assert (united_states / china).quantize(Decimal("0.1")) == chips == Decimal("13.8")
    assert base - united_states / china > Decimal("0.2")
    low, high = (united_states - 50) / (china + 50), (united_states + 50) / (china - 50)  # both counts may be rounded
    assert low < base < high


def test_a_caption_misprints_june_2019_and_its_own_increase_shows_it():
    caption, same_caption, *others = _figures("industry-june-2019")
    assert caption == same_caption == Decimal("6.5")
    assert set(others) == {Decimal("6.3")}
    assert "1.3 percentage points higher" in ROWS[ENTRIES["industry-june-2019"]["rows"][0]]["evidence"]


def test_one_page_gives_the_first_quarter_of_2018_as_what_the_others_round_to():
    coarse, *close = _figures("first-quarter-2018")
    assert set(close) == {Decimal("9.6")}
    assert coarse == 10 == round(close[0])


@pytest.mark.parametrize("error", ENTRIES)
def test_a_known_error_names_rows_that_exist_and_says_what_is_wrong_and_how_it_is_guarded(error):
    assert [key for key in ENTRIES[error]["rows"] if key not in ROWS] == []
    assert ENTRIES[error]["wrong"]
    assert ENTRIES[error]["guard"]


def test_every_known_error_is_shown_by_a_test_of_this_file():
    text = Path(__file__).read_text(encoding="utf-8")
    assert [error for error in ENTRIES if f'"{error}"' not in text] == []
