"""A reader's own copy of a paper against the inventory of its numbers; the papers here are made up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from asprinted.__main__ import main
from asprinted.paper import compare_with_copy
from asprinted.paper.compare_with_copy import Number
from forkmill.errors import InputError

ROWS = "where,n,text,claim,exempt\n" + "".join(f"{row},,date or period\n" for row in (
    "1/1/1,1,2031", "1/1/1,2,three", "1/1/1,3,14.5", "1/1/2,1,\"72,000\"", "fig/1,1,2030", "2/1/1,1,5G", "2/1/1,2,one hundred"))
LOCATORS = "where,kind\n" + "".join(f"{where},sentence\n" for where in ("1/title", "1/1/1", "1/1/2", "fig/1", "2/title", "2/1/1"))
LOCATED = """# A paper of 2032
`1/title` Apples
`1/1/1` In 2031 three orchards grew 14.5% more apples.
`1/1/2` They employed 72,000 pickers.[12]
`fig/1` Apples since 2030
## 2
`2/title` Pears
`2/1/1` The 5G pear is grown on one hundred farms.
## References
[1] Quince, 1999, pages 3 to 7.
"""
PLAIN = """1 Apples
In 2031 th-
ree orchards grew 14.5% more app-
les. They employed 72,000 pickers [12, 13].
Figure 1. Apples since 2030

- 7 -
\f
2 Pears
The 5G pear is grown on one
hundred farms.
References
1 Quince, 1999, pages 3 to 7.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    paper = tmp_path / "data" / "paper"
    (paper / "claims").mkdir(parents=True)
    for name, content in (("inventory.csv", ROWS), ("locators.csv", LOCATORS), ("conclusions.yaml", "[]\n"),
                          ("parameters.yaml", "parameters: []\n")):
        (paper / name).write_text(content, encoding="utf-8")
    monkeypatch.setenv("AUDIT_ROOT", str(tmp_path))
    return tmp_path


def differences(folder: Path, text: str) -> list[str]:
    copy = folder / "copy.txt"
    copy.write_text(text, encoding="utf-8")
    return [str(one) for one in compare_with_copy.check(copy, folder)]


@pytest.mark.parametrize("text", [LOCATED, PLAIN, PLAIN.replace("\n", "\r\n"), "\ufeff" + PLAIN, PLAIN.replace("14.5", "１４．５")])
def test_a_copy_that_agrees_has_no_differences(folder: Path, text: str) -> None:
    assert differences(folder, text) == []


def test_another_digit_is_named_with_both_places(folder: Path) -> None:
    assert differences(folder, PLAIN.replace("14.5", "14.6")) == ["different: inventory 14.5 at 1/1/1; copy 14.6 at line 3"]
    assert differences(folder, LOCATED.replace("14.5", "14.6")) == ["different: inventory 14.5 at 1/1/1; copy 14.6 at 1/1/1"]


def test_a_number_that_the_copy_lacks_is_missing(folder: Path) -> None:
    assert differences(folder, PLAIN.replace("72,000", "many")) == ["missing: inventory 72,000 at 1/1/2"]


def test_a_number_that_the_inventory_lacks_is_extra(folder: Path) -> None:
    assert differences(folder, PLAIN.replace("pickers", "pickers in 88 villages")) == ["extra: copy 88 at line 4"]


def test_numbers_in_another_order_are_not_taken_for_the_same(folder: Path) -> None:
    assert len(differences(folder, PLAIN.replace("14.5", "x").replace("72,000", "14.5").replace("x", "72,000"))) == 2


def test_a_trailing_zero_and_a_missing_comma_are_differences(folder: Path) -> None:
    assert differences(folder, PLAIN.replace("14.5", "14.50").replace("72,000", "72000")) == [
        "different: inventory 14.5, 72,000 at 1/1/1, 1/1/2; copy 14.50, 72000 at line 3, line 4"]


def test_a_number_at_the_start_of_a_line_is_no_page_number_and_no_heading(folder: Path) -> None:
    assert differences(folder, PLAIN.replace("employed 72,000", "employed\n72,000")) == []


def test_number_words_count_whole_and_across_lines() -> None:
    found = compare_with_copy.numbers("One\nhundred and someone, threefold; three.", {"one hundred", "one", "three"})
    assert list(found) == [Number("One hundred", "line 1"), Number("three", "line 2")]


@pytest.mark.parametrize("written", ["p < .05", "p<.05", "*p* = .05", "p ≤ .05"])
def test_a_number_that_begins_with_its_point_is_counted_once_whatever_stands_before_it(written: str) -> None:
    found = compare_with_copy.numbers(f"It rose, {written}, by 3.", {".05", "three"})
    assert list(found) == [Number(".05", "line 1"), Number("3", "line 1")]


def test_the_mark_of_a_citation_or_a_caption_may_be_listed_as_a_draft_lists_it_or_not(folder: Path) -> None:
    rows = folder / "data" / "paper" / "inventory.csv"
    listed = ROWS.replace("fig/1,1,2030", "1/1/2,2,12,,label of a figure\n1/1/2,3,13,,label of a figure\nfig/1,1,1,,label of a figure\n"
                          "fig/1,2,2030")
    rows.write_text(listed, encoding="utf-8")
    assert differences(folder, PLAIN) == []
    rows.write_text(listed.replace("1/1/2,3,13", "1/1/2,3,14"), encoding="utf-8")
    assert differences(folder, PLAIN) == ["missing: inventory 14 at 1/1/2"]


@pytest.mark.parametrize("content", [b"", b"no number at all", b"\xff\xfe\x00", b"%PDF-1.7 \x93\x8c"])
def test_a_copy_that_is_no_text_with_numbers_is_refused(folder: Path, content: bytes) -> None:
    (folder / "copy").write_bytes(content)
    with pytest.raises(InputError):
        compare_with_copy.check(folder / "copy", folder)


def test_the_command_ends_with_0_1_or_2(folder: Path) -> None:
    def status(text: str | None) -> int:
        path = folder / "copy.txt"
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["inventory", "--paper", str(path)]).exit_code

    assert [status(PLAIN), status(PLAIN.replace("2031", "2032")), status(None)] == [0, 1, 2]


def test_the_inventory_itself_is_never_written(folder: Path) -> None:
    before = shutil.copy(folder / "data" / "paper" / "inventory.csv", folder / "before.csv").read_bytes()
    differences(folder, PLAIN.replace("2031", "2032"))
    assert (folder / "data" / "paper" / "inventory.csv").read_bytes() == before
