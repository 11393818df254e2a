"""Carrying a series on is adding rows: the how-to is followed to the letter on a copy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from asprinted.charts import kinds
from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official import dictionary, tables, yearly
from asprinted.official.observations import Official, quantity
from asprinted.robustness import replay
from checkout import ROOT

HOW_TO = ROOT / "docs" / "how-to" / "carry-a-series-on.md"
NOTEBOOK = "A1_since_publication"


def block(language: str) -> str:
    """The one fenced block of a language in the how-to."""
    [text] = re.findall(rf"^```{language}\n(.*?)^```", HOW_TO.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return text


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.setenv("AUDIT_ROOT", str(tmp_path))
    return tmp_path


def drawn(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[pd.DataFrame, str]]:
    """Data and alternative text of each figure that the notebook draws in an audit."""
    seen = {}
    for kind in ("series", "bars"):
        monkeypatch.setattr(kinds, kind, lambda frame, **texts: seen.update({texts["name"]: (frame, texts["alt"])}))
    replay.evaluate(root / "notebooks" / f"{NOTEBOOK}.ipynb")
    return seen


def add(root: Path, row: str, source: str) -> None:
    for name, text in (("mobile.csv", row), ("mobile.yaml", source)):
        with (root / "data" / "official" / name).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)


def test_the_row_of_the_how_to_carries_the_figure_on_by_a_year(copy, monkeypatch):
    before, _ = drawn(copy, monkeypatch)["since-5g"]
    add(copy, block("csv"), block("yaml"))
    assert tables.rehash(copy) == ["mobile"]
    dictionary.write(copy)
    assert [*tables.check(copy), *dictionary.check(copy)] == []
    after, alt = drawn(copy, monkeypatch)["since-5g"]
    assert "2026" not in set(before["period"])
    stations = after[(after["series"] == "base stations") & (after["period"] == "2026")]
    assert stations["value"].tolist() == [5.205]
    assert "5.205 in 2026" in alt


def test_a_row_without_its_source_is_refused(copy):
    add(copy, block("csv"), "")
    tables.rehash(copy)
    assert [error.what for error in tables.check(copy)] == ["the source is not in the provenance"]


def test_the_notebook_draws_a_figure_for_each_series_that_it_carries_on(copy, monkeypatch):
    names = {"value-added", "share-of-gdp", "research", "personnel", "5g", "capital", "vehicles"}
    assert set(drawn(copy, monkeypatch)) == {f"since-{name}" for name in names}


def test_a_neighbouring_series_is_never_joined_to_the_one_that_stopped(copy, monkeypatch):
    frame, _ = drawn(copy, monkeypatch)["since-value-added"]
    emerging = frame.query("panel == 'growth' and series == 'emerging industries'").set_index("period")["value"]
    assert emerging.loc[["2020", "2022", "2023", "2024"]].isna().all()
    assert emerging["2021"] == 16.8


def test_a_bound_is_marked_as_a_bound(copy, monkeypatch):
    frame, _ = drawn(copy, monkeypatch)["since-5g"]
    assert set(frame[frame["kind"] == "more than"]["period"]) == {"2019", "2020"}


@pytest.mark.parametrize("least", ["official", "press", "mirror"])
def test_the_notebook_runs_on_the_best_evidence_alone(copy, monkeypatch, least):
    for kind in ("series", "bars"):
        monkeypatch.setattr(kinds, kind, lambda frame, **texts: frame)
    assert replay.evaluate(copy / "notebooks" / f"{NOTEBOOK}.ipynb", {"least_evidence": least}) == []


def test_a_series_of_which_nothing_is_accepted_is_empty():
    found = yearly.series(Official(ROOT, least_evidence="official"), "funds", "special_fund_amount")
    assert found.empty
    assert yearly.latest(found) == yearly.NOTHING


def test_a_table_of_series_has_every_year_and_its_holes_name_what_is_wanted():
    years = pd.PeriodIndex(["2019", "2021"], freq="Y")
    one = pd.Series([figure("1.5"), figure("2.5")], index=years, dtype=object)
    table = yearly.table({"one": one}, since="2018")
    assert [str(year) for year in table.index] == ["2018", "2019", "2020", "2021"]
    assert table["one"].iloc[2] == Missing(("one, 2020",))


def test_a_figure_in_other_units_keeps_its_printed_place():
    assert yearly.words(yearly.scaled(figure("483.8", scale="ten thousand"), 10**6)) == "4.838"
    bound = yearly.scaled(figure("17", bound="more than"), 10)
    assert bound.interval == Interval(figure("1.7").published, None, False)


def figure(digits: str, scale: str = "one", bound: str = "") -> Quantity:
    row = {"row": "a", "digits": digits, "scale": scale, "bound": bound, "unit": "percent", "vintage": "first"}
    return quantity(row | {"host": "official", "status": "VERIFIED"})
