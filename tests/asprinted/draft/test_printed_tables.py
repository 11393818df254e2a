"""A printed table is one entry with one cell of a notebook, or it is said why not; a second draft adds and touches nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from drafts import claims, contents, drafted, rows

from asprinted.audit import collect, input_checks
from asprinted.commands.show import listing
from asprinted.draft.printed_tables import LaidOut, NotLaidOut, lay_out
from asprinted.draft.reading import latex, markdown
from asprinted.draft.structure import ROW, places
from forkmill.errors import InputErrors

TABLE = """\
| island | birds | share | mass (g) |
|--------|------:|------:|---------:|
| Dream  | 124   | 36.1% | 3,733    |
| Biscoe | 168   | 48.8% | 4,716    |
"""
TEXT = f"# Growth\n\nIt rose by 8.4 percent.\n\n{TABLE}\n: Birds of an island.\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def cells(root: Path, id: str = "table-1") -> list[dict[str, str]]:
    with (root / f"data/paper/tables/{id}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def laid_out(text: str, read=markdown.read) -> LaidOut:
    return lay_out([one for one in places(read(text).blocks) if one.kind == ROW], "table-1", "tab/1", "")


def test_a_table_is_one_entry_with_its_cells_as_printed_and_no_row_of_the_inventory(audit, paper):
    drafted(audit, paper)
    assert claims(audit)["table-1"] == {
        "id": "table-1", "where": "tab/1", "kind": "table", "quantity": "guess: Birds of an island.",
        "columns": {"birds": {"unit": ""}, "share": {"unit": "percent"}, "mass (g)": {"unit": "grams"}},
    }
    assert cells(audit) == [{"island": "Dream", "birds": "124", "share": "36.1%", "mass (g)": "3,733"},
                            {"island": "Biscoe", "birds": "168", "share": "48.8%", "mass (g)": "4,716"}]
    assert [row["text"] for row in rows(audit, "inventory")] == ["8.4"]
    assert "table-1: the unit of birds is not known" in (audit / "build/draft/unsure.md").read_text(encoding="utf-8")


def test_one_cell_of_a_notebook_says_of_every_cell_of_the_table_that_it_waits(audit, paper):
    said = drafted(audit, paper)
    found = input_checks.check(audit, record=True)
    collected = collect.collect(found.notebooks, found.claims)
    assert collected.faults == []
    assert [id for id in collected.records if id.startswith("table-1[")] == [
        "table-1[Dream, birds]", "table-1[Dream, share]", "table-1[Dream, mass (g)]",
        "table-1[Biscoe, birds]", "table-1[Biscoe, share]", "table-1[Biscoe, mass (g)]"]
    assert [cell.source for one in found.notebooks for cell in one.code if "table-1" in cell.source] == ['paper.judge_later("table-1")']
    assert "7 claims that are not judged yet (6 of them the cells of 1 printed table)" in said


def test_what_waits_is_listed_and_a_table_in_a_line(audit, paper):
    drafted(audit, paper)
    assert "… tab/1  table-1         6 cells: not judged yet" in listing(audit)


def test_a_second_draft_of_the_same_table_changes_nothing(audit, paper):
    drafted(audit, paper)
    before = contents(audit)
    assert "Nothing in paper.md" in drafted(audit, paper)
    assert contents(audit) == before


def test_of_a_table_that_was_edited_what_is_new_is_added_beside_it_and_told(audit, paper):
    drafted(audit, paper)
    before = contents(audit)
    paper.write_text(TEXT.replace("168 ", "169 ").replace("\n\n:", "\n| Torgersen | 52 | 15.1% | 3,706 |\n\n:"), encoding="utf-8")
    said = drafted(audit, paper)
    assert "tab/1/3 reads otherwise now; no longer in it: 168" in said
    assert "tab/1/4 is new or changed in the printed table table-1" in said
    assert {"biscoe-birds-169", "torgersen-birds-52"} <= set(claims(audit))
    assert before["data/paper/tables/table-1.csv"] == contents(audit)["data/paper/tables/table-1.csv"]
    assert before["data/paper/claims/01.yaml"] in contents(audit)["data/paper/claims/01.yaml"]
    with pytest.raises(InputErrors, match=r"a cell of the printed table is not as in the text(.|\n)*169, as drafted of tab/1/3"):
        input_checks.check(audit, record=True)


def test_a_table_that_comes_later_is_an_entry_of_its_own(audit, paper):
    drafted(audit, paper)
    paper.write_text(TEXT + "\nMore.\n\n| year | nests |\n|---|---|\n| 2019 | 7 |\n| 2020 | 9 |\n\n: Nests.\n", encoding="utf-8")
    drafted(audit, paper)
    assert [row["nests"] for row in cells(audit, "table-2")] == ["7", "9"]
    input_checks.check(audit, record=True)


def test_two_numbers_in_a_cell_are_named_by_the_head_of_their_column():
    found = laid_out("| a | Mass, M (SD) | n (%) |\n|---|---|---|\n| x | 12.0 (3.4) | 19 (0.7%) |\n| y | 9.5 (1.2) | 4 (0.1%) |\n")
    assert found.entry["columns"] == {
        "Mass, M (SD)": {"unit": "", "parts": ["M", "SD"]},
        "n (%)": {"unit": "cases", "kind": "count", "parts": ["n", {"name": "percent", "unit": "percent", "kind": "number"}]},
    }
    assert found.cells == 4


@pytest.mark.parametrize(("text", "why"), [
    ("| a | b | b |\n|---|---|---|\n| x | 1 | 2 |\n", "two columns are called b"),
    ("| a | | c |\n|---|---|---|\n| x | 1 | 2 |\n", "column 2 has no name"),
    ("| a | size |\n|---|---|\n| x | 12 (3.4) |\n", "the numbers of the statement have no names: 12 (3.4)"),
    ("| a | b |\n|---|---|\n| x | 1 |\n| x | 2 |\n", "two rows of the printed table have one label"),
    ("| a | b |\n|---|---|\n| x | 1 |\n| | (0.2) |\n", "a row of the printed table has no label"),
    ("| a | b |\n|---|---|\n| x | 1 million |\n| y | 2 thousand |\n", "column b has numbers in million and in thousand"),
    ("| a | b |\n|---|---|\n| 12 | yes |\n", "no column beside the first states a number"),
])
def test_of_a_table_that_cannot_be_laid_out_it_is_said_why(text, why):
    with pytest.raises(NotLaidOut) as error:
        laid_out(text)
    assert why in str(error.value)


def test_its_numbers_are_then_claims_of_their_own_and_none_is_lost(audit, paper):
    paper.write_text(TEXT.replace("| Biscoe |", "| Dream |"), encoding="utf-8")
    drafted(audit, paper)
    assert "the table is no entry of kind table" in (audit / "build/draft/unsure.md").read_text(encoding="utf-8")
    assert len([row for row in rows(audit, "inventory") if row["where"].startswith("tab/1/")]) == 6


def test_the_first_columns_that_tell_the_rows_apart_are_labels_and_one_that_stands_for_several_rows_is_repeated():
    found = laid_out("| species | sex | n | place |\n|---|---|---|---|\n"
                     "| Adelie | f | 73 | Dream |\n| | m | 73 | Biscoe |\n| Gentoo | f | 58 | - |\n")
    assert found.entry["labels"] == ["species", "sex"]
    assert found.entry["not_judged"] == ["place"]
    assert found.entry["columns"] == {"n": {"unit": "cases", "kind": "count"}}
    assert [row["species"] for row in found.rows] == ["Adelie", "Adelie", "Gentoo"]


def test_marks_of_significance_are_no_part_of_a_number():
    assert [row["b"] for row in laid_out("| a | b |\n|---|---|\n| x | 0.52** |\n| y | 0.1 * |\n").rows] == ["0.52", "0.1"]


def test_numbers_that_name_rows_are_told_but_where_they_only_count_them():
    assert laid_out("| k | b |\n|---|---|\n| 1 | 0.52 |\n| 2 | 0.1 |\n").unsure == ()
    assert "taken to name the rows" in laid_out("| k | b |\n|---|---|\n| 10 | 0.52 |\n| 25 | 0.1 |\n").unsure[0]


def test_labels_that_stand_once_more_before_further_columns_are_not_judged():
    found = laid_out("| k | b | again | c |\n|---|---|---|---|\n| 1 | 0.5 | 1 | 7 |\n| 2 | 0.1 | 2 | 8 |\n")
    assert (list(found.entry["columns"]), found.entry["not_judged"]) == (["b", "c"], ["again"])


def test_a_table_of_latex_with_a_head_of_two_rows_is_laid_out_by_both():
    found = laid_out(r"\begin{tabular}{lrr}\toprule & \multicolumn{2}{c}{Men} \\ \cmidrule(lr){2-3} & n & M \\ \midrule"
                     r"\multicolumn{3}{l}{\emph{Panel A}} \\ Dream & 12 & 3.5 \\[1ex] Biscoe & 13 & 3.6 \\ \bottomrule"
                     r"\end{tabular}", latex.read)
    assert list(found.rows[1]) == ["row", "Men, n", "Men, M"]
    assert list(found.entry["columns"]) == ["Men, n", "Men, M"]
    assert [list(row.values()) for row in found.rows] == [["Panel A", "", ""], ["Dream", "12", "3.5"], ["Biscoe", "13", "3.6"]]


def test_a_number_over_several_columns_belongs_to_none_of_them():
    with pytest.raises(NotLaidOut, match="its rows have 2 to 3 cells"):
        laid_out(r"\begin{tabular}{lrr} & n & M \\ \hline Dream & \multicolumn{2}{c}{12} \\ Biscoe & 13 & 3.6 \\ \end{tabular}", latex.read)
