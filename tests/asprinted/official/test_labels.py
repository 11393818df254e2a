"""What is wanted, and where rows were seen, in words."""

from __future__ import annotations

import pytest

from asprinted import paths
from asprinted.official import labels, tables
from checkout import ROOT

FOLDER = paths.official(ROOT)
ROWS = labels.ByKey(ROOT)
VALUE_ADDED = ("value added of industrial strategic emerging industries: growth on the same period of the year before, "
               "prices held constant, in enterprises above designated size")


@pytest.mark.parametrize(("key", "said"), [
    ("growth, China: strategic_emerging_industries_value_added, 2019Q1", f"{VALUE_ADDED}, China, January to March 2019"),
    ("growth: strategic_emerging_industries_value_added, 2019, Zhejiang, annual", f"{VALUE_ADDED}, Zhejiang, 2019"),
    ("funds: special_fund_projects, 2020, Shenzhen, annual", "projects that the special fund supports in that year, Shenzhen, 2020"),
    ("prosperity: names of the bands, 2020Q4", "names of the bands, fourth quarter of 2020"),
    ("from which rate on growth is rapid", "from which rate on growth is rapid"),
])
def test_a_figure_that_was_not_seen_is_named_in_words(key, said):
    assert labels.wanted([key], ROWS, FOLDER) == [said]


def test_several_quarters_of_one_figure_are_one_wish():
    keys = [f"prosperity: industry_climate_index, 2020Q{quarter}, Anhui, quarter" for quarter in (4, 1, 3, 2)]
    assert [one.rpartition(", ")[2] for one in labels.wanted(keys, ROWS, FOLDER)] == ["every quarter of 2020"]


def test_of_rows_only_those_that_are_too_weak_are_wanted_from_elsewhere():
    weak = next(key for key, row in ROWS.items() if row["host"] == "mirror" and row["status"] != "VERIFIED")
    strong = next(key for key, row in ROWS.items() if row["host"] == "official")
    said = labels.wanted([strong, weak], ROWS, FOLDER)
    assert len(said) == 1
    assert "on a page of the office or of the press" in said[0]


def test_a_figure_that_one_sighting_settles_is_not_wanted_for_the_sake_of_the_others():
    seen = [key for key in ROWS if key.startswith("growth-industry-china-2017q1-q3-")]
    assert len(seen) > 1
    assert labels.wanted(seen, ROWS, FOLDER) == []


def test_a_page_is_named_once_however_many_rows_stand_on_it():
    source = max({row["source"] for row in ROWS.values()}, key=lambda one: sum(row["source"] == one for row in ROWS.values()))
    keys = [key for key, row in ROWS.items() if row["source"] == source]
    assert len(keys) > 1
    assert [set(one) for one in labels.pages(keys, ROWS)] == [{"publisher", "title", "published", "address", "host"}]


def test_no_address_is_one_that_a_browser_could_run():
    assert {one["address"].partition(":")[0] for one in labels.pages(ROWS, ROWS)} <= {"http", "https", ""}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the tables that were read."""
    names: list[str] = []
    read = tables.load
    labels._rows_of.cache_clear()
    monkeypatch.setattr(tables, "load", lambda name, root: [names.append(name), read(name, root)][1])
    return names


def test_a_row_is_looked_for_in_the_table_that_its_key_names_and_no_other_is_read(opened):
    key = tables.rows("cluster_names", ROOT)[0]["row"]
    assert labels.ByKey(ROOT)[tables.rows("mobile", ROOT)[0]["row"]]["table"] == "mobile"
    assert opened == ["mobile"]
    assert labels.ByKey(ROOT)[key]["table"] == "cluster_names", "its keys do not begin with its name"


def test_for_what_is_wanted_in_words_no_table_is_read(opened):
    assert "from which rate on growth is rapid" not in labels.ByKey(ROOT)
    assert opened == []


def test_a_key_that_no_table_has_is_no_row():
    assert "growth-of-nothing" not in labels.ByKey(ROOT)
