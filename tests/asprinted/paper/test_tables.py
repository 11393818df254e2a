"""A printed table: one entry and a file of its cells make a claim a cell, and whatever does not fit is named."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_data import CELLS, TABLE, make, put

from asprinted.paper import files, form, register, tables
from forkmill.errors import InputError

CLAIMS = "data/paper/claims/1.yaml"
FILE = "data/paper/tables/table-1.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path)


def faults(root: Path) -> str:
    return "\n".join(map(str, form.check(root)))


def test_every_cell_with_a_number_is_a_claim_in_the_order_of_the_rows(root):
    found = register.load(root)
    assert list(found.tables["table-1"].cells.values()) == [
        "table-1[Adelie, n]", "table-1[Adelie, mean]", "table-1[Adelie, SD]", "table-1[Gentoo, n]", "table-1[Gentoo, mean]"]
    one = found["table-1[Adelie, SD]"]
    assert (one.stated, one.unit, one.kind, one.where) == ("35.4", "grams", "number", "tab/1")
    assert one.quantity == "birds by species: Adelie, SD"
    assert found["table-1[Gentoo, n]"].kind == "count"


def test_a_table_is_sound_without_a_row_of_its_numbers_in_the_inventory_which_lists_them_all_the_same(root):
    assert form.check(root) == []
    assert [row["text"] for row in files.inventory(root)] == ["4", "4,413", "2", "3775", "35.4", "2", "5,051"]


def test_a_conclusion_may_rest_on_a_table_and_so_on_each_of_its_cells(root):
    found = register.load(root)
    assert found.turns("table-1[Gentoo, mean]") == ["size"]
    assert len(found.conclusions["size"]["rests_on"]) == 6


def test_the_table_itself_is_no_claim_and_says_how_it_is_judged(root):
    with pytest.raises(InputError, match=r"paper\.check_table"):
        register.load(root)["table-1"]


@pytest.mark.parametrize(("name", "before", "after", "said"), [
    (FILE, "3775", "3775 (35)", "the numbers of the statement have no names"),
    (FILE, "3775", "3775*", "the stated number cannot be read"),
    (FILE, "\nGentoo", "\nAdelie", "two rows of the printed table have one label"),
    (FILE, "\nGentoo", "\n", "a row of the printed table has no label"),
    (FILE, ",mean,", ",means,", "did you mean means?"),
    (FILE, ",SD\n", ",SD,SD\n", "stands twice"),
    (CLAIMS, ", SD: {unit: grams}", "", "it is not said what a column of the printed table is"),
    (CLAIMS, "SD: {unit: grams}", "SD: {}", "field columns, field SD: a field is missing"),
    (CLAIMS, "id: table-1", "id: table-2", "the cells of the printed table are missing"),
    (CLAIMS, "where: tab/1", "where: tab/2", "did you mean tab/1?"),
    (CLAIMS, "  columns:", "  colums:", "did you mean columns?"),
    (CLAIMS, TABLE, "", "no claim is about the printed table"),
])
def test_what_does_not_fit_is_named(root, name, before, after, said):
    text = (root / name).read_text(encoding="utf-8")
    assert before in text
    put(root, name, text.replace(before, after))
    assert said in faults(root)


def renamed(root: Path, old: str, new: str) -> None:
    for name in (FILE, CLAIMS):
        put(root, name, (root / name).read_text(encoding="utf-8").replace(old, new))


@pytest.mark.parametrize("name", ["n (%)", "n (±)", "< n", "n+"])
def test_columns_that_a_mark_alone_tells_apart_are_two(root, name):
    renamed(root, "SD", name if name[0] != "<" else "n <")
    put(root, CLAIMS, (root / CLAIMS).read_text(encoding="utf-8").replace(f"{name}: {{", f'"{name}": {{'))
    assert faults(root) == ""


def test_rows_that_a_sign_alone_tells_apart_are_two(root):
    renamed(root, "Adelie", "< 20")
    renamed(root, "Gentoo", "≥ 20")
    assert faults(root) == ""


def test_columns_that_nothing_tells_apart_are_told_once_and_not_by_their_rows(root):
    renamed(root, "SD", "n*")
    put(root, CLAIMS, (root / CLAIMS).read_text(encoding="utf-8").replace("n*: {", '"n*": {'))
    found = form.check(root)
    assert [(error.what, error.where) for error in found] == [
        ("two columns of the printed table have one name", f"{FILE}, line 1, column n*")]
    assert "labels" not in found[0].do


def test_rows_that_nothing_tells_apart_are_told_once_a_row(root):
    put(root, FILE, 'species,n,mean,SD\nAdelie,2,3775,35.4\nAdelie*,2,"5,051",–\nadelie,2,"5,051",–\n')
    assert [error.where for error in form.check(root)] == [f"{FILE}, line 3", f"{FILE}, line 4"]


def test_a_table_whose_caption_is_a_sentence_is_told_its_place(root):
    put(root, "data/paper/locators.csv", "where,kind\n1/1/1,sentence\ntab/1/1,row\ntab/1/2,row\n")
    assert "did you mean 1/1/1, which stands before tab/1/1?" in faults(root)


def test_a_column_of_names_is_said_to_be_none_to_judge(root):
    put(root, FILE, CELLS.replace(",n,", ",place,n,").replace("\nAdelie,", "\nAdelie,Dream,").replace("\nGentoo,", "\nGentoo,Biscoe,"))
    assert "it is not said what a column" in faults(root)
    text = (root / CLAIMS).read_text(encoding="utf-8")
    put(root, CLAIMS, text.replace("  columns:", "  not_judged: [place]\n  columns:"))
    assert faults(root) == ""


def test_rows_may_bear_labels_in_several_columns(root):
    put(root, FILE, "species,sex,n,mean,SD\nAdelie,female,1,,\nAdelie,male,1,,\n")
    text = (root / CLAIMS).read_text(encoding="utf-8")
    put(root, CLAIMS, text.replace("  columns:", "  labels: [species, sex]\n  columns:"))
    assert list(register.load(root).tables["table-1"].cells) == [("Adelie", "female", "n"), ("Adelie", "male", "n")]


def frame() -> pd.DataFrame:
    return pd.DataFrame({"n": [2, 2], "mean": [3775, 5050], "SD": [35.4, 71.4]}, index=["Adelie", "Gentoo"])


@given(st.permutations(["Adelie", "Gentoo", "Chinstrap"]), st.permutations(["n", "mean", "SD", "median"]))
def test_a_frame_is_matched_by_its_labels_whatever_their_order_and_whatever_else_it_holds(rows, columns):
    cells = {("Adelie", "n"): "t[Adelie, n]", ("Gentoo", "mean"): "t[Gentoo, mean]"}
    table = tables.PrintedTable("t", "tab/1", "birds by species", ("species",), cells)
    assert tables.matched(table, frame().reindex(index=rows, columns=columns)) == {"t[Adelie, n]": 2, "t[Gentoo, mean]": 5050}


def test_labels_that_are_numbers_are_matched_as_they_are_printed():
    table = tables.PrintedTable("t", "tab/1", "birds by year", ("year",), {("2007", "n"): "t[2007, n]"})
    assert tables.matched(table, pd.DataFrame({"n": [3]}, index=[2007])) == {"t[2007, n]": 3}


def test_labels_of_several_levels_are_matched_together():
    table = tables.PrintedTable("t", "tab/1", "birds", ("a", "b"), {("x", "y", "n"): "t[x, y, n]"})
    index = pd.MultiIndex.from_tuples([("x", "z"), ("x", "y")])
    assert tables.matched(table, pd.DataFrame({"n": [1, 2]}, index=index)) == {"t[x, y, n]": 2}


@pytest.mark.parametrize(("change", "said"), [
    (lambda one: one.rename(index={"Adelie": "Adélie"}), "did you mean Adélie?"),
    (lambda one: one.rename(columns={"mean": "median"}), "no column of the printed table"),
    (lambda one: one.drop(index="Gentoo"), "no row of the printed table"),
    (lambda one: pd.concat([one, one]), "a label stands twice"),
])
def test_a_label_that_the_frame_lacks_or_has_twice_is_named(root, change, said):
    with pytest.raises(InputError) as told:
        tables.matched(register.load(root).tables["table-1"], change(frame()))
    assert said in str(told.value)


def test_a_cell_that_two_languages_read_differently_is_refused_where_none_is_declared(root):
    (root / "data/paper/paper.yaml").unlink()
    assert "table-1.csv, line 3, column mean: the stated number can be read in two ways" in faults(root)
