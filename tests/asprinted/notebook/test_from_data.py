"""Numbers recomputed from a data file, one by one and a printed table at once: verdicts, records, cards."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from own_data import make, put

from asprinted.audit.collect import collect
from asprinted.commands import show
from asprinted.notebook import judged_table, side_by_side
from asprinted.notebook.paper import Paper
from asprinted.numbers.quantity import Missing
from asprinted.numbers.truth import less
from asprinted.paper import files
from asprinted.robustness.without_a_source import source_of
from asprinted.verdicts import arguments, card
from asprinted.verdicts.record import as_csv, record_fault
from forkmill.errors import InputError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path)


@pytest.fixture
def paper(root: Path) -> Paper:
    return Paper(base=root)


def table_of(paper: Paper) -> pd.DataFrame:
    groups = paper.data("birds.csv").frame.groupby("species")["mass"]
    return pd.DataFrame({"n": groups.size(), "mean": groups.mean(), "SD": groups.std()})


def check_table(paper: Paper, frame: pd.DataFrame | None = None, **more: object) -> side_by_side.SideBySide:
    return paper.check_table("table-1", table_of(paper) if frame is None else frame, paper.data("birds.csv"), **more)


def verdicts(found: side_by_side.SideBySide) -> dict[str, str]:
    return {record["id"].removeprefix("table-1"): record["verdict"] for record in found.records}


def test_a_number_recomputed_from_a_file_has_a_sound_record_that_names_the_file_once(paper):
    birds = paper.data("birds.csv")
    record = paper.check("mean-mass", paper.computed(birds.frame["mass"].mean(), birds)).record
    assert record_fault(record) is None
    assert json.loads(json.dumps(record)) == record
    assert (record["verdict"], record["how"], record["evidence"]) == ("reproduced", "recomputed from data", "authors' data")
    assert record["sources"] == ["data/files/birds.csv"]
    (page,) = record["pages"]
    assert (page["publisher"], page["address"], page["host"]) == ("the authors", "https://example.org/birds", "authors' data")


def test_the_card_says_recomputed_from_the_authors_data_and_never_official_or_published(paper):
    birds = paper.data("birds.csv")
    record = paper.check("birds", paper.computed(5, birds)).record
    for text in (card.as_text(record), card.as_html(record)):
        assert "official" not in text
        assert "published" not in text
    assert "recomputed:     5 birds" in card.as_text(record)
    assert "recomputed from: the authors' data: data/files/birds.csv" in card.as_text(record)


def test_a_statement_is_judged_by_quantities_of_the_data(paper):
    birds = paper.data("birds.csv")
    mean = birds.frame.groupby("species")["mass"].mean()
    adelie, gentoo = (paper.computed(mean[name], birds) for name in ("Adelie", "Gentoo"))
    assert paper.check("heavier", less(adelie, gentoo)).record["verdict"] == "reproduced"
    assert paper.check("heavier", less(gentoo, adelie)).record["verdict"] == "contradicted"
    assert paper.check("heavier", paper.computed(True, birds)).record["how"] == "recomputed from data"


def test_every_cell_of_a_printed_table_gets_a_verdict_of_its_own(paper):
    assert verdicts(check_table(paper)) == {
        "[Adelie, n]": "reproduced", "[Adelie, mean]": "reproduced", "[Adelie, SD]": "reproduced",
        "[Gentoo, n]": "reproduced", "[Gentoo, mean]": "reproduced"}


def test_a_wrong_cell_is_contradicted_and_the_others_are_not(paper, root):
    put(root, "data/paper/tables/table-1.csv", "species,n,mean,SD\nAdelie,2,3785,35.4\n")
    found = check_table(Paper(base=root))
    assert verdicts(found) == {"[Adelie, n]": "reproduced", "[Adelie, mean]": "contradicted", "[Adelie, SD]": "reproduced"}
    text = repr(found)
    assert "3 cells: 2 reproduced, 1 contradicted" in text
    assert "✗ [Adelie, mean] stated 3785 grams, recomputed 3775 grams" in text


@pytest.mark.parametrize("factor", [0.001, 1000])
def test_a_column_in_another_size_of_its_unit_accuses_no_cell(paper, factor):
    with pytest.raises(InputError, match=r"times as (much|little) as what is stated, and has no unit"):
        check_table(paper, table_of(paper).assign(mean=lambda frame: frame["mean"] * factor))


def test_quantities_and_holes_of_a_frame_are_judged_as_they_are(paper):
    birds = paper.data("birds.csv")
    frame = table_of(paper).astype(object).map(lambda value: paper.computed(value, birds) if value == value else value)
    frame.loc["Adelie", "SD"] = Missing(("the SD",))
    assert verdicts(paper.check_table("table-1", frame))["[Adelie, SD]"] == "not checkable"


def test_a_convention_is_a_frame_by_its_name(paper, root):
    put(root, "data/paper/tables/table-1.csv", "species,n,mean,SD\nAdelie,2,3775,25\n")
    paper = Paper(base=root)
    other = table_of(paper).assign(SD=paper.data("birds.csv").frame.groupby("species")["mass"].std(ddof=0))
    assert verdicts(check_table(paper))["[Adelie, SD]"] == "contradicted"
    assert verdicts(check_table(paper, conventions={"divided by n": other}))["[Adelie, SD]"] == "consistent"


@pytest.mark.parametrize(("change", "said"), [
    (lambda frame: frame.astype({"SD": object}).replace({"SD": frame.loc["Adelie", "SD"]}, np.nan), "table-1[Adelie, SD]"),
    (lambda frame: frame.rename(index={"Adelie": "Adelia"}), "did you mean Adelia?"),
])
def test_a_hole_or_a_wrong_label_in_the_frame_names_the_cell(paper, change, said):
    with pytest.raises(InputError) as told:
        check_table(paper, change(table_of(paper)))
    assert said in str(told.value)


def test_plain_numbers_without_a_file_say_how_to_name_it(paper):
    with pytest.raises(InputError, match="which data file"):
        paper.check_table("table-1", table_of(paper))


@pytest.mark.parametrize(("id", "more", "said"), [
    ("table-2", {}, "did you mean table-1?"),
    ("table-1", {"insted": {}}, "did you mean instead?"),
])
def test_a_mistyped_table_or_argument_is_answered_with_the_near_one(paper, id, more, said):
    with pytest.raises(InputError) as told:
        paper.check_table(id, table_of(paper), paper.data("birds.csv"), **more)
    assert said in str(told.value)


def test_the_cells_are_collected_as_claims_and_stand_as_rows_in_the_csv(paper):
    check_table(paper)
    records = {verdict.record["id"]: verdict.record for verdict in paper.own}
    assert [record_fault(record) for record in records.values()] == [None] * 5
    rows = as_csv(records).splitlines()
    assert len(rows) == 6
    assert '"table-1[Adelie, n]"' in rows[1]
    assert "id: table-1; row: Adelie; column: n" in rows[1]
    assert collect([], list(records)).faults == [f"no notebook judges the claim {id}" for id in records]


def test_the_card_of_a_table_has_a_cell_for_each_number_and_a_line_with_an_id_for_each(paper):
    html = side_by_side.as_html(check_table(paper).records)
    assert html.count("data-verdict=") == 5
    assert html.count('<tr id="verdict-table-1-') == 5
    assert 'id="verdict-table-1-gentoo-mean"' in html
    assert "5 cells: 5 reproduced" in html


def test_one_table_is_one_line_of_a_list_with_counts_and_the_mark_of_its_gravest(paper):
    check_table(paper)
    records = {verdict.record["id"]: verdict.record for verdict in paper.own}
    (line,) = show._lines(records)
    assert line == "  ✓ tab/1  table-1  5 cells: 5 reproduced"
    records["table-1[Adelie, n]"]["verdict"] = "contradicted"
    assert show._lines(records) == ["  ✗ tab/1  table-1  5 cells: 4 reproduced, 1 contradicted"]


def test_a_table_of_which_many_cells_fail_names_the_first_few():
    record = {"verdict": "contradicted", "stated": "1", "unit": "", "qualifier": "exact", "computed": None, "sources": [], "readings": []}
    cells = [record | {"table": {"id": "t", "row": str(row), "column": "n"}} for row in range(7)]
    text = judged_table.those_that_fail(cells)
    assert text.startswith("7 of 7 cells: [0, n] stated 1")
    assert text.endswith("; and 2 more")


def test_the_rows_of_a_claim_on_data_are_shown_as_the_file_with_publisher_rights_and_address(root):
    assert show._sources(root, ["data/files/birds.csv"])[0].split() == ["data", "file:", "data/files/birds.csv"]
    assert "https://example.org/birds" in show._sources(root, ["data/files/birds.csv"])[-1]


def test_a_data_file_is_its_own_source_among_those_that_are_left_out_in_turn(root):
    assert source_of(root) == {"data/files/birds.csv": "data/files/birds.csv"}


def test_of_hundreds_of_rows_the_first_are_shown_and_the_others_counted(root):
    lines = show._sources(root, [f"row-{number}" for number in range(344)])
    assert len(lines) < 100
    assert lines[-1].split() == ["and", "more:", "304", "others,", "all", "in", "verdicts.json"]


SEVERAL = {
    "data/paper/claims/1.yaml": """\
- id: table-1
  where: tab/1
  kind: table
  quantity: birds by species
  columns: {mass: {unit: grams, parts: [mean, SD]}}
""",
    "data/paper/tables/table-1.csv": "species,mass\nAdelie,3775 (35.4)\nGentoo,5052 (71.4)\n",
    "data/paper/inventory.csv": "where,n,text,claim,exempt\n",
    "data/paper/conclusions.yaml": "[]\n",
}


@pytest.mark.parametrize("form", ["columns", "mappings"])
def test_a_cell_of_several_numbers_is_one_claim_and_takes_a_column_of_the_frame_for_each_or_a_mapping(root, form):
    for name, text in SEVERAL.items():
        put(root, name, text)
    paper = Paper(base=root)
    birds = paper.data("birds.csv")
    frame = birds.frame.groupby("species").agg({"mass": ["mean", "std"]}).rename(columns={"std": "SD"})
    if form == "mappings":
        frame = pd.DataFrame({"mass": [dict(zip(("mean", "SD"), row, strict=True)) for row in frame.to_numpy()]}, index=frame.index)
    found = paper.check_table("table-1", frame, birds)
    assert verdicts(found) == {"[Adelie, mass]": "reproduced", "[Gentoo, mass]": "contradicted"}
    assert [(one["name"], one["verdict"]) for one in found.records[1]["parts"]] == [("mean", "contradicted"), ("SD", "reproduced")]
    assert "stated 5052 (71.4) grams, recomputed mean 5051 grams, SD 71.42 grams" in repr(found)
    assert [(row["n"], row["text"]) for row in files.inventory(root)] == [("1", "3775"), ("2", "35.4"), ("3", "5052"), ("4", "71.4")]


@pytest.mark.parametrize(("argument", "value", "said"), [
    ("conventions", None, "conventions holds no names"), ("vintages", None, "vintages holds no names"),
    ("instead", None, "instead holds no names"), ("given", None, "given is no list"), ("instead", {"x": 5}, "a bare number has no source"),
    ("given", {"as worded": 5}, "given is no list"), ("note", 5, "note is no text"), ("conventoins", None, "did you mean conventions"),
    ("convention", None, "did you mean conventions"), ("givn", None, "did you mean given"), ("insted", None, "did you mean instead"),
])
def test_an_argument_that_has_another_form_or_a_slip_in_its_name_is_one_clear_error(paper, argument, value, said):
    birds = paper.data("birds.csv")
    mean = paper.computed(birds.frame["mass"].mean(), birds)
    with pytest.raises(InputError, match=said):
        paper.check("mean-mass", mean, **{argument: mean if value is None else value})


@pytest.mark.parametrize("name", ["whole_year", "first_vintage", "by_convention", "in_the_note"])
def test_a_reading_whose_name_is_no_slip_of_an_argument_is_a_reading(paper, name):
    birds = paper.data("birds.csv")
    mean = paper.computed(birds.frame["mass"].mean(), birds)
    assert paper.check("mean-mass", **{name: mean}).record["verdict"] == "reproduced"


def test_a_reading_that_the_claim_names_in_its_units_is_one_whatever_its_name():
    arguments.check("rate", ["notes"], {"notes": "percent"}, (), "")


@pytest.mark.parametrize("frame", [pd.Series([2, 2], index=["Adelie", "Gentoo"], name="n"), 5, {"n": 2}, [2, 2], None])
def test_a_table_is_judged_against_a_frame_and_nothing_else(paper, frame):
    for more in ({}, {"conventions": {"other": frame}}):
        with pytest.raises(InputError, match="a printed table is judged against a frame"):
            paper.check_table("table-1", table_of(paper) if more else frame, paper.data("birds.csv"), **more)
    with pytest.raises(InputError, match="conventions holds no names"):
        check_table(paper, conventions=table_of(paper))


@pytest.mark.parametrize("id", [5, ["mean-mass"], None])
def test_an_id_that_is_no_text_is_no_claim_no_table_and_no_file(paper, id):
    for call in (paper.check, paper.judge_later, paper.stated, lambda id: paper.check_table(id, table_of(paper)), paper.data):
        with pytest.raises(InputError, match="there is no such"):
            call(id)
