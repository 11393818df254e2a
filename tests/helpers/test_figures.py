"""The frames behind the figures: what was published and what is only stated stand apart, and holes stay open."""

from __future__ import annotations

import math
from fractions import Fraction

import pandas as pd
import pytest

from asprinted import Paper
from asprinted.charts.undrawn import undrawn
from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import Missing, Quantity
from checkout import ROOT
from helpers import figures, indicators

PAPER = Paper(base=ROOT)
OFFICIAL = PAPER.official
QUARTERS = ["Jan–Dec 2018", "Jan–Mar 2019", "Jan–Jun 2019", "Jan–Sep 2019"]
LEVEL, CHANGE = (indicators.annual(OFFICIAL, "research", name) for name in ("rd_intensity", "rd_intensity_change"))


def point(value: int) -> Quantity:
    return Quantity(Interval.point(value), published=Fraction(value))


@pytest.fixture(scope="module")
def figure_1() -> pd.DataFrame:
    rates = indicators.growth(OFFICIAL, pd.period_range("2018Q4", "2019Q3", freq="Q"), basis=["cumulative", "annual"])
    return figures.growth_and_gap(PAPER, rates)


def test_figure_1_has_a_panel_for_the_rates_and_one_for_the_gap(figure_1):
    official = figure_1.query("kind == 'official'")
    lines = {panel: list(dict.fromkeys(rows["series"])) for panel, rows in official.groupby("panel", sort=False)}
    assert list(lines.items()) == [("growth", ["strategic emerging industries", "all industry"]), ("gap", ["gap"])]


def test_a_line_of_figure_1_runs_through_every_quarter_and_is_open_where_nothing_was_seen(figure_1):
    line = figure_1.query("series == 'strategic emerging industries' and kind == 'official'").set_index("period")["value"]
    assert list(line.index) == QUARTERS
    assert line.dropna().to_dict() == {"Jan–Dec 2018": 8.9, "Jan–Jun 2019": 7.7, "Jan–Sep 2019": 8.4}


def test_what_the_paper_states_in_figure_1_stands_in_rows_of_its_own(figure_1):
    stated = figure_1.query("kind == 'stated' and panel == 'gap'")
    assert dict(zip(stated["period"], stated["value"], strict=True)) == {"Jan–Sep 2017": 4.6, "Jan–Mar 2019": 4.4}


def test_each_of_two_stated_numbers_that_exclude_one_another_says_what_the_other_would_be(figure_1):
    implied = figure_1.query("kind == 'implied'")[["panel", "series", "period", "value"]]
    assert implied.to_numpy().tolist() == [["growth", "if 4.4 is right", "Jan–Mar 2019", 10.9],
                                           ["gap", "if 6.7 is right", "Jan–Mar 2019", 0.2]]


def test_nothing_follows_where_the_rate_of_industry_is_not_accepted(figure_1):
    rates = pd.DataFrame({"industry": [Missing(("industry",))]}, index=pd.period_range("2019Q1", "2019Q1", freq="Q"), dtype=object)
    assert figures.implied_in_2019(PAPER, rates).empty


def test_the_periods_of_figure_1_are_in_the_order_of_time_and_say_that_they_run_from_january(figure_1):
    assert list(figure_1["period"].cat.categories) == ["Jan–Sep 2017", *QUARTERS]


def test_the_stated_points_of_a_line_of_figure_1_follow_its_official_ones_in_the_order_of_time(figure_1):
    line = figure_1.query("series == 'gap'").astype({"period": str})
    assert list(zip(line["kind"], line["period"], strict=True)) == [
        *(("official", period) for period in QUARTERS), ("stated", "Jan–Sep 2017"), ("stated", "Jan–Mar 2019")]


def test_a_stated_point_shows_its_qualifier_and_digits():
    assert list(figures.stated_table(PAPER, "2", "percent")["stated"]) == ["12.1", "nearly 40", "9.5"]


def test_a_point_that_the_paper_does_not_state_has_words_in_the_table():
    table = figures.stated_table(PAPER, "3", "percent")
    assert table.index.name == "percent"
    assert table.loc["Biological industry", "stated"] == "not stated"


def test_a_point_that_the_paper_does_not_state_has_a_place_and_no_value():
    points = figures.stated_points(PAPER, "4").set_index("label")
    assert points.loc["West", "stated"] == 122.1
    assert math.isnan(points.loc["East", "stated"])
    assert points["official"].isna().all()


def test_the_texts_of_a_figure_say_so_where_they_speak_of_other_choices_than_those_made():
    strict = figures.told(Paper(least_evidence="official", base=ROOT), name="x", title="It fell", alt="A line", source="none")
    assert figures.told(PAPER, name="x", title="It fell") == {"name": "x", "title": "It fell"}
    assert strict == {"name": "x", "title": "It fell (said of the default choices; drawn under others)",
                      "alt": "A line (said of the default choices; drawn under others)", "source": "none"}


def test_investment_sets_the_official_rate_beside_the_stated_one():
    rows = figures.investment(PAPER).set_index("label")
    assert rows.loc["Manufacturing"].to_dict() == {"official": -6.5, "stated": 9.3}
    assert rows.loc["Pharmaceuticals"].to_dict() == {"official": 21.2, "stated": 21.2}


def test_a_rate_of_investment_that_the_paper_does_not_state_is_empty():
    assert list(figures.investment(PAPER)["stated"].isna()) == [True, False, True, False, False]


def test_employees_are_in_thousands_a_group_each_place_under_both_ratios():
    frame = figures.ai_employees(PAPER)
    assert frame[["group", "value"]].to_numpy().tolist() == [
        ["United States", 17.9], ["China", 1.3], ["United States", 29.4], ["China", 12.0]]
    assert list(frame["label"].unique()) == ["base layer\nstated ratio: 13.98\nby these counts: 13.8",
                                             "technology layer\nstated ratio: 2.26\nby these counts: 2.45"]


def test_a_figure_that_is_missing_is_a_hole_beside_what_is_stated():
    frame = figures.beside({"a": point(3), "b": Missing(("b",))}, [float("nan"), 5.0])
    assert list(frame.columns) == ["label", "official", "stated"]
    assert frame.fillna(-1).to_numpy().tolist() == [["a", 3.0, -1.0], ["b", -1.0, 5.0]]


def test_the_revisions_of_the_share_of_gdp_are_those_of_the_years_that_two_communiques_speak_of():
    frame = figures.revisions(PAPER, LEVEL, indicators.implied_by_the_next(LEVEL, CHANGE)).set_index("label")
    assert list(frame.index) == [str(year) for year in range(2013, 2024)]
    assert frame.loc["2019"].to_dict() == {"group": "2019, for which the paper states 2.23", "value": 0.01, "first": 2.23, "implied": 2.24}
    assert set(frame.drop(index="2019")["group"]) == {"other years"}


def test_personnel_are_in_millions_and_open_in_the_year_without_a_final_figure():
    frame = figures.personnel(PAPER, indicators.annual(OFFICIAL, "talent", "rd_personnel_full_time_equivalent"))
    official = frame.query("kind == 'official'").set_index("period")["value"]
    assert official.fillna(0).to_dict() == {"2015": 3.759, "2016": 3.878, "2017": 4.034, "2018": 0, "2019": 4.801}


def test_the_stated_value_of_2019_is_the_last_row():
    frame = figures.personnel(PAPER, indicators.annual(OFFICIAL, "talent", "rd_personnel_full_time_equivalent"))
    last = frame.iloc[-1][["period", "series", "value", "kind", "panel"]]
    assert list(last) == ["2019", "stated", 4.8, "stated", "personnel"]
    assert list(frame["kind"]).count("stated") == 1


def test_a_stated_row_belongs_to_the_panel_of_the_lines():
    lines = pd.DataFrame({"period": ["2018"], "series": ["a"], "value": [1.0], "kind": ["official"], "panel": ["top"]})
    assert figures.with_stated(lines, "2019", 2.0).to_numpy().tolist() == [
        ["2018", "a", 1.0, "official", "top"], ["2019", "stated", 2.0, "stated", "top"]]


def test_panels_keep_their_order_and_each_column_becomes_a_line():
    years = pd.period_range("2018", "2019", freq="Y")
    tables = {"b": pd.DataFrame({"x": [point(1), point(2)], "y": [point(3), Missing(("y",))]}, index=years, dtype=object),
              "a": pd.DataFrame({"z": [point(4), point(5)]}, index=years, dtype=object)}
    frame = figures.panels(tables)
    found = frame[["panel", "series", "period", "value"]].fillna(-1).to_numpy().tolist()
    assert found == [["b", "x", "2018", 1.0], ["b", "x", "2019", 2.0], ["b", "y", "2018", 3.0], ["b", "y", "2019", -1.0],
                     ["a", "z", "2018", 4.0], ["a", "z", "2019", 5.0]]


def test_a_frame_is_the_same_where_nothing_is_drawn():
    drawn = figures.investment(PAPER)
    with undrawn():
        pd.testing.assert_frame_equal(figures.investment(PAPER), drawn)


def test_the_rows_of_a_figure_are_numbered_in_their_order_and_its_quarters_in_theirs(figure_1):
    lines = pd.DataFrame({"period": ["2018"], "series": ["a"], "value": [1.0], "kind": ["official"], "panel": ["top"]})
    for frame in (figure_1, figures.with_stated(lines, "2019", 2.0)):
        assert list(frame.index) == list(range(len(frame)))
    assert figure_1["period"].cat.ordered
