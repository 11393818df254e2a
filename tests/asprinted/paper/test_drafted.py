"""What was drafted of a text guards what is written down of it: a slip in a table, and a claim whose number is gone, are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from own_data import CELLS, make, put

from asprinted.paper import drafted
from asprinted.paper.drafted import Remembered

FILE = "data/paper/tables/table-1.csv"
PRINTED = [Remembered("1/1/1", "1", "aaaaaaaaaaaa", ("4", "4,413")), Remembered("tab/1", "1", "b", ()), Remembered("tab/1/1", "1", "c", ()),
           Remembered("tab/1/2", "1", "d", ("2", "3775", "35.4")), Remembered("tab/1/3", "1", "e", ("2", "5,051"))]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    remember(make(tmp_path), PRINTED)
    return tmp_path


def remember(root: Path, places: list[Remembered]) -> None:
    put(root, f"data/paper/{drafted.FILE}", drafted.text(places))


def said(root: Path) -> list[tuple[str, str, str]]:
    return [(one.where.removeprefix("data/paper/"), one.expected, one.got) for one in drafted.check(root)]


def test_a_table_as_the_text_prints_it_is_sound(root):
    assert said(root) == []


def test_an_audit_without_a_draft_is_not_held_to_one(tmp_path):
    assert drafted.check(make(tmp_path)) == []


@pytest.mark.parametrize(("before", "after", "expected", "got"), [
    ("3775", "3757", "3775", "3757"),
    ("3775", "-3775", "3775", "-3775"),
    ("3775", "3775.0", "3775", "3775.0"),
    ("Adelie,2", "Adelie,3", "2", "3"),
    ("5,051", "3775", "5,051", "3775"),
])
def test_a_slip_of_the_pen_in_a_cell_is_named_with_what_the_text_has(root, before, after, expected, got):
    put(root, FILE, CELLS.replace(before, after))
    [(where, printed, found)] = said(root)
    assert where.startswith("tables/table-1.csv, line ")
    assert printed.startswith(f"{expected}, as drafted of tab/1/")
    assert found == got


def test_cells_of_two_rows_that_were_exchanged_are_named(root):
    put(root, FILE, 'species,n,mean,SD\nAdelie,2,"5,051",35.4\nGentoo,2,3775,–\n')
    assert {found for *_, found in said(root)} <= {"5,051", "3775"}
    assert said(root)


@pytest.mark.parametrize("cells", [
    "species,mean,n,SD\nAdelie,3775,2,35.4\nGentoo,\"5,051\",2,–\n",
    'species,n,mean,SD\nGentoo,2,"5,051",–\nAdelie,2,3775 g,35.4\n',
])
def test_other_columns_and_rows_first_and_a_unit_beside_a_number_are_no_slip(root, cells):
    put(root, FILE, cells)
    assert said(root) == []


def test_a_table_that_is_turned_round_is_held_to_all_of_its_numbers(root):
    turned = [Remembered("tab/1/1", "1", "c", ("2", "2")), Remembered("tab/1/2", "1", "d", ("3775", "5,051")),
              Remembered("tab/1/3", "1", "e", ("35.4",))]
    remember(root, turned)
    assert said(root) == []
    put(root, FILE, CELLS.replace("35.4", "34.5"))
    assert [(where, got) for where, _, got in said(root)] == [("tables/table-1.csv, line 2, column SD", "34.5")]


def test_a_table_that_names_a_sentence_is_found_by_its_numbers(root):
    claims = root / "data/paper/claims/1.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("where: tab/1", "where: 1/1/1"), encoding="utf-8")
    put(root, FILE, CELLS.replace("35.4", "34.5"))
    assert [got for *_, got in said(root)] == ["34.5"]


def test_numbers_of_another_table_say_nothing_of_this_one(root):
    remember(root, [Remembered("tab/2/1", "1", "c", ("7", "8", "2"))])
    assert said(root) == []


def test_a_number_that_the_text_printed_once_and_prints_no_longer_is_told_with_its_claim(root):
    remember(root, [Remembered("1/1/1", "1", "f", ("4", "4,414"), ("4,413",)), *PRINTED[1:]])
    assert said(root) == [("inventory.csv, 1/1/1, number 2", "4, 4,414", "4,413, which claim mean-mass states")]


def test_a_number_that_a_reader_added_to_the_inventory_was_never_drafted_and_is_not_told(root):
    remember(root, [Remembered("1/1/1", "1", "f", ("4",)), *PRINTED[1:]])
    assert said(root) == []


def test_a_place_that_the_draft_misread_is_put_right_by_its_row(root):
    remember(root, [*PRINTED[:4], Remembered("tab/1/3", "1", "e", ("2", "5", "051"))])
    assert [got for *_, got in said(root)] == ["5,051"]
    remember(root, [*PRINTED[:4], Remembered("tab/1/3", "1", "e", ("2", "5", "051", "5,051"))])
    assert said(root) == []


def test_what_an_older_version_drafted_is_read(root):
    put(root, f"data/paper/{drafted.FILE}", "where,part,words,numbers\n1/1/1,1,aaaaaaaaaaaa,4|12\n")
    assert drafted.read(root / "data/paper") == [Remembered("1/1/1", "1", "aaaaaaaaaaaa", ("4", "12"))]
