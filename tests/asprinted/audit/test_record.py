"""Accepting a run, showing a claim, and the command line."""

from __future__ import annotations

import csv
import json
import re

import pytest
from click.testing import CliRunner

from asprinted.__main__ import main
from asprinted.audit import collect
from asprinted.audit.accept import accept
from asprinted.audit.reproduce import reproduce
from asprinted.commands import show
from asprinted.paths import project
from asprinted.verdicts import record as form
from checkout import ROOT
from forkmill import writing
from forkmill.errors import InputErrors
from forkmill.run import journal
from forkmill.terminal import Terminal

QUIET = Terminal(quiet=True)


def command(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def test_accept_makes_the_executed_notebooks_the_record(accepted, capsys):
    accepted.edit("02_second", "one", source='paper.check("one", -sign)')
    reproduce(accepted.root, terminal=QUIET)
    capsys.readouterr()
    assert accept(accepted.root, QUIET) == 0
    said = capsys.readouterr().out
    assert "one: reproduced -> contradicted" in said
    assert "notebooks replaced: 02_second." in said
    assert accepted.bytes()["02_second.ipynb"] == accepted.built()["notebooks/02_second.ipynb"]
    assert reproduce(accepted.root, terminal=QUIET) == 0


def test_accepting_twice_changes_nothing(accepted, capsys):
    before = accepted.bytes()
    assert accept(accepted.root, QUIET) == 0
    assert accepted.bytes() == before
    assert "0 verdict(s) changed; notebooks replaced: none" in capsys.readouterr().out


def edit_source(audit):
    audit.edit("01_first", "title", source="# Another")


def edit_data(audit):
    path = audit.root / "data/paper/parameters.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def edit_built(audit):
    path = audit.build / "notebooks/01_first.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("two 2", "two 3"), encoding="utf-8")


def other_parameters(audit):
    reproduce(audit.root, "sign=-1", terminal=QUIET)


def no_mark(audit):
    (audit.build / "run.json").unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (edit_source, "notebooks/01_first.ipynb: this has changed"),
        (edit_data, "data/paper/parameters.yaml: this has changed"),
        (edit_built, "build/notebooks/01_first.ipynb: a built file"),
        (other_parameters, "other parameters"),
        (no_mark, "no complete run"),
    ],
)
def test_what_is_not_a_complete_default_run_of_the_present_inputs_is_refused(accepted, spoil, said):
    spoil(accepted)
    before = accepted.bytes()
    with pytest.raises(InputErrors, match=said):
        accept(accepted.root, QUIET)
    assert accepted.bytes() == before


def test_a_failed_move_leaves_every_notebook_as_it_was(accepted, monkeypatch):
    before, moves, real = accepted.bytes(), [], journal._move

    def fails_the_second_time(source, target):
        moves.append(target)
        if len(moves) == 2:
            raise OSError("no space left")
        real(source, target)

    monkeypatch.setattr(journal, "_move", fails_the_second_time)
    with pytest.raises(OSError, match="no space"):
        journal.replace(project(accepted.root), {f"{name}.ipynb": "new" for name in ("01_first", "02_second", "03_overview")})
    assert accepted.bytes() == before
    assert not (accepted.build / ".accepting").exists()


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


def test_bad_input_ends_with_2_and_all_faults(accepted):
    result = command("reproduce", "--params", "sing=1 vintage=lastest")
    assert result.exit_code == 2
    assert "did you mean sign?" in result.output
    assert "did you mean latest?" in result.output
    assert "Not started: 2 fault(s) in the input (exit 2)." in result.output


def test_check_says_that_all_is_sound(accepted):
    result = command("check")
    assert (result.exit_code, result.output) == (0, "Sound: 3 claims, 3 notebooks, 2 parameters (exit 0).\n")


def test_a_command_outside_any_audit_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIT_ROOT", str(tmp_path))
    result = command("check")
    assert result.exit_code == 2
    assert "AUDIT_ROOT" in result.output


def test_help_imports_neither_pandas_nor_papermill(python):
    script = (
        "import sys, runpy\nsys.argv = ['asprinted', '--help']\n"
        "try:\n    runpy.run_module('asprinted', run_name='__main__')\nfinally:\n"
        "    print(sorted({'pandas', 'papermill', 'nbformat', 'rich', 'yaml', 'matplotlib'} & set(sys.modules)))"
    )
    result = python("-c", script)
    assert result.stdout.splitlines()[-1] == "[]"
    assert "reproduce" in result.stdout


def test_a_command_does_not_look_for_garbage_among_its_libraries_at_its_end(python):
    script = (
        "import atexit, gc, sys, runpy\nsys.argv = ['asprinted', '--help']\n"
        "atexit.register(lambda: print(len(gc.get_objects()) < gc.get_freeze_count()))\n"
        "runpy.run_module('asprinted', run_name='__main__')"
    )
    assert python("-c", script).stdout.splitlines()[-1] == "True"


def test_the_csv_has_a_row_a_claim_and_no_formula(accepted):
    found = {claim["id"]: claim for claim in accepted.verdicts()["claims"]}
    found["one"] |= {
        "reason": "=HYPERLINK(1)",
        "stated": "-4.4",
        "with": ["two", "three"],
        "computed": None,
        "readings": [{"name": "a", "verdict": "reproduced"}, {"name": "b", "verdict": "contradicted"}],
    }
    rows = list(csv.DictReader(form.as_csv(found).splitlines()))
    assert [row["id"] for row in rows] == ["one", "two", "three"]
    assert rows[0]["reason"] == "'=HYPERLINK(1)"
    assert rows[0]["stated"] == "-4.4"
    assert rows[0]["with"] == "two; three"
    assert rows[0]["readings"] == "a: reproduced; b: contradicted"
    assert (rows[0]["computed_low"], rows[1]["computed_low"]) == ("", "2")


@pytest.mark.parametrize("cell", ["=1", "+x", "-x", "@x", "\t=1", "\r=1", "-1-1", "+1.2.3"])
def test_a_cell_that_a_spreadsheet_would_compute_is_made_harmless(cell):
    assert writing.harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "-4.4", "+0.3", "12", "a=b", "8.0"])
def test_a_plain_number_or_text_is_left_as_it_is(cell):
    assert writing.harmless(cell) == cell


def test_a_record_that_lacks_a_field_or_has_an_unknown_verdict_is_a_fault(accepted):
    record = accepted.verdicts()["claims"][0]
    assert form.record_fault(record) is None
    assert "lacks margin" in form.record_fault({key: value for key, value in record.items() if key != "margin"})
    assert "unknown: true" in form.record_fault(record | {"verdict": "true"})
    assert form.record_fault(["a list"])


def test_a_figure_cannot_leave_its_folder(accepted, monkeypatch):
    from forkmill.notebooks import rules

    monkeypatch.setattr(collect, "files", lambda bundle: {"../../evil.svg": b""})
    found = collect.collect(rules.load(accepted.root / "notebooks"), ["one", "two", "three"])
    assert found.figures == {}
    assert "cannot be called" in found.faults[0]


def test_verdicts_json_ends_with_a_newline_and_keeps_other_scripts_readable():
    text = form.as_json({}, {"name": "增长"}, True)
    assert text.endswith("}\n")
    assert json.loads(text)["parameters"] == {"name": "增长"}
    assert "增长" in text


def test_of_a_claim_that_rests_on_many_rows_the_first_are_printed_and_the_others_counted(monkeypatch):
    monkeypatch.setattr(show, "SHOWN", 2)
    found = show.show(ROOT, "rd-expenditure-2019")
    assert len(re.findall("^  row: ", found, re.MULTILINE)) == 2
    assert re.search(r"and more: +\d+ others, all in verdicts.json", found)
