"""Revised figures keep each published value, the revisions are shown, and vintages are never mixed by accident."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from fractions import Fraction

import pytest

from asprinted.charts.figure import FIGURE_MIME
from asprinted.numbers import quantity, truth
from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import Quantity
from checkout import ROOT

KEY = ("indicator", "geography", "period", "basis", "unit")
# Revised figures whose first value was never seen in a release; the revision alone is known.
FIRST_NOT_SEEN = {
    ("gross_domestic_product", "China", "2019", "annual", "yuan"),
    ("gross_domestic_product_revision", "China", "2019", "annual", "yuan"),  # what the revision took away
}


def rows() -> list[dict[str, str]]:
    found = []
    for path in sorted((ROOT / "data" / "official").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [row for row in csv.DictReader(file) if "vintage" in row]
    return found


def vintages() -> dict[tuple[str, ...], set[str]]:
    found = defaultdict(set)
    for row in rows():
        found[tuple(row[column] for column in KEY)].add(row["vintage"])
    return dict(found)


def published(vintage: str, name: str = "gross") -> Quantity:
    return Quantity(Interval.point(Fraction(4)), (f"{name}-{vintage}",), (), Fraction(4), "official", True, (vintage,))


def figure(name: str) -> list[dict[str, object]]:
    cells = json.loads((ROOT / "notebooks" / "03_collaborative_innovation.ipynb").read_text(encoding="utf-8"))["cells"]
    bundles = [output["data"][FIGURE_MIME] for cell in cells for output in cell.get("outputs", []) if FIGURE_MIME in output.get("data", {})]
    found = next(bundle for bundle in bundles if bundle["name"] == name)
    return [dict(zip(found["columns"], row, strict=True)) for row in found["rows"]]


def test_every_revised_figure_stands_beside_an_earlier_one():
    alone = {key for key, found in vintages().items() if "revised" in found and not found & {"first", "flash"}}
    assert alone == FIRST_NOT_SEEN


def test_some_figures_were_revised():
    assert sum(len(found) > 1 for found in vintages().values()) >= 3


def test_each_published_share_of_gdp_and_the_change_that_revises_it_stand_in_the_table():
    listed = {(row["indicator"], row["period"]) for row in rows()
              if row["geography"] == "China" and row["basis"] == "annual" and row["vintage"] == "first"}
    wanted = {(name, str(year)) for name in ("rd_intensity", "rd_intensity_change") for year in range(2014, 2024)}
    assert wanted <= listed
    assert ("rd_intensity", "2013") in listed


def test_the_figure_of_revisions_shows_both_vintages_of_2013_to_2023():
    shown = [point["label"] for point in figure("rd-intensity") if None not in (point["first"], point["implied"])]
    assert shown == [str(year) for year in range(2013, 2024)]
    assert all(point["value"] == pytest.approx(point["implied"] - point["first"]) for point in figure("rd-intensity"))


def test_the_figure_of_revisions_shows_which_vintage_the_paper_used():
    (of_2019,) = [point for point in figure("rd-intensity") if point["label"] == "2019"]
    assert (of_2019["first"], of_2019["implied"], of_2019["value"]) == (2.23, 2.24, 0.01)
    assert "2.23" in of_2019["group"]


@pytest.mark.parametrize("operation", [
    lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a / b, quantity.published_difference, quantity.published_sum,
    truth.less, lambda a, b: truth.rising([a, b]), lambda a, b: quantity.average_growth(a, b, 4),
], ids=["sum", "difference", "ratio", "published difference", "published sum", "order", "series", "growth"])
def test_a_mixture_of_vintages_is_an_error(operation):
    with pytest.raises(ValueError, match="a mixture of vintages"):
        operation(published("first"), published("latest"))


def test_a_mixture_that_is_named_is_allowed_and_keeps_its_name():
    known = [quantity.in_vintage(published(name), "as known in 2020") for name in ("first", "latest")]
    assert (known[0] - known[1]).vintages == ("as known in 2020",)


def test_figures_of_one_vintage_can_be_joined():
    assert quantity.published_difference(published("first"), published("first", "net")).published == 0


def test_the_share_that_a_release_implies_for_the_year_before_is_the_latest_vintage():
    def share(value: str) -> Quantity:
        middle, width = Fraction(value), Fraction("0.005")
        return Quantity(Interval(middle - width, middle + width), (value,), (), middle, "official", True, ("first",))

    implied = quantity.revised(share("2.40"), share("0.16"))
    assert implied.published == Fraction("2.24")
    assert implied.vintages == ("latest",)
    assert implied.how == "recomputed"
