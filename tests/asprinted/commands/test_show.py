"""Showing a claim with all it rests on, and listing every claim."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from asprinted.__main__ import main
from asprinted.commands import show
from checkout import ROOT
from forkmill.errors import InputErrors


def command(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def test_show_prints_a_claim_from_the_complete_build(accepted):
    text = show.show(accepted.root, "two")
    assert text.startswith("two (from build/, a complete run (sign=1 vintage=first))")
    assert re.search(r"^  verdict: +reproduced$", text, re.MULTILINE)
    assert re.search(r"^  why: +a reason$", text, re.MULTILINE)


def test_show_finds_a_claim_by_words_and_lists_those_that_fit(accepted):
    assert show.show(accepted.root, "number TWO").startswith("two (from build/")
    said = show.show(accepted.root, "number")
    assert said.startswith("3 claims fit 'number' (from build/")
    assert re.search(r"^  ✓ 1/1/1  two    reproduced     the number two$", said, re.MULTILINE)


def test_show_of_nothing_that_is_there_says_what_may_be_asked_for(accepted):
    with pytest.raises(InputErrors, match=r"(?s)no claim has this id.*found:    twoo.*did you mean two"):
        show.show(accepted.root, "twoo")


def test_show_falls_back_to_the_committed_notebooks_and_says_so(accepted):
    (accepted.build / "run.json").unlink()
    assert "from the committed notebooks" in show.show(accepted.root, "two")


def test_show_names_the_source_of_each_row(accepted, monkeypatch):
    row = {
        "digits": "8.4",
        "scale": "one",
        "unit": "percent",
        "publisher": "an office",
        "title": "a release",
        "published": "2019-07-15",
        "address": "https://example.org/release",
    }
    monkeypatch.setattr(show, "rows", lambda root, keys: {"row-1": row})
    path = accepted.build / "verdicts.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"sources": []', '"sources": ["row-1"]'), encoding="utf-8")
    text = show.show(accepted.root, "two")
    assert "8.4 percent" in text
    assert re.search(r"^ +an office, a release, 2019-07-15\n +https://example.org/release$", text, re.MULTILINE)


def test_an_unknown_claim_is_met_with_the_nearest_ones(accepted):
    result = command("show", "twoo")
    assert result.exit_code == 2
    assert "did you mean two?" in result.output


def test_list_names_every_claim(accepted):
    assert [line.split()[2] for line in command("list").output.splitlines()[1:]] == ["one", "two", "three"]


def test_of_a_claim_that_rests_on_many_rows_the_first_are_printed_and_the_others_counted(monkeypatch):
    monkeypatch.setattr(show, "SHOWN", 2)
    found = show.show(ROOT, "rd-expenditure-2019")
    assert len(re.findall("^  row: ", found, re.MULTILINE)) == 2
    assert re.search(r"and more: +\d+ others, all in verdicts.json", found)
