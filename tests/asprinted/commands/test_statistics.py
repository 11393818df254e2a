"""``asprinted statistics``: one table for many texts, and a status."""

from __future__ import annotations

from pathlib import Path

import pytest

from asprinted.commands.statistics import run
from forkmill.errors import InputError, InputErrors


def test_one_table_for_many_texts_and_a_status(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.txt", tmp_path / "wrong.txt"
    right.write_text("t(28) = 2.34, p = .03", encoding="utf-8-sig")
    wrong.write_text("A line.\nF(2, 57) = 3.11, p = .51", encoding="utf-8")
    assert run([right])[1] == 0
    text, status = run([right, wrong])
    assert status == 1
    assert "F(2, 57) = 3.11, p = .51" in text
    assert text.endswith("2 statistics in 2 texts: 1 reproduced, 1 inconsistent (exit 1).")


def test_a_text_without_statistics_says_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    assert run([tmp_path / "a.txt"]) == ("no statistics in 1 text: none in the form t(28) = 2.34, p = .027 (exit 0).", 0)


def test_every_file_that_is_no_text_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputErrors) as found:
        run([tmp_path / "a.pdf", tmp_path / "b.txt", tmp_path / "c.txt"])
    assert [one.got.partition(",")[0] for one in found.value.errors][:2] == ["a PDF", "other bytes"]
    assert len(found.value.errors) == 3


def test_a_folder_is_read_as_a_whole_and_ends_with_a_line_for_each_of_its_texts(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "right.md").write_text("*t*(28) = 2.34, *p* = .03", encoding="utf-8")
    (tmp_path / "wrong.tex").write_text(r"$F(2, 57) = 3.11$, $p = .51$ % not this: $F(2, 57) = 3.11$, $p = .52$", encoding="utf-8")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "figure.png").write_bytes(b"\x89PNG")
    text, status = run([tmp_path])
    assert status == 1
    lines = [line.split() for line in text.split("\n\n")[1].splitlines()]
    assert lines[0] == ["file", "statistics", "fit", "flagged", "not", "checkable"]
    assert [Path(line[0]).name for line in lines[1:]] == ["right.md", "scan.pdf", "wrong.tex"]
    assert [line[1:4] for line in (lines[1], lines[3])] == [["1", "1", "0"], ["1", "0", "1"]]
    assert lines[2][1:3] == ["not", "read"]
    assert text.endswith("2 statistics in 2 texts: 1 reproduced, 1 inconsistent (exit 1).")


def test_a_folder_without_a_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no text"):
        run([tmp_path])
