"""``asprinted statistics``: one table for many texts, and a status."""

from __future__ import annotations

from pathlib import Path

import pytest

from asprinted.commands.statistics import run
from forkmill.errors import InputErrors


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
        run([tmp_path / "a.pdf", tmp_path / "b.txt", tmp_path / "c.txt", tmp_path])
    assert [one.got.partition(",")[0] for one in found.value.errors][:2] == ["a PDF", "other bytes"]
    assert len(found.value.errors) == 4
