"""Accepting a run: what becomes the record, what is said of it, and what is refused."""

from __future__ import annotations

import json

import pytest
from miniature import code

from asprinted.audit.accept import accept
from asprinted.audit.reproduce import reproduce
from asprinted.paths import project
from forkmill.errors import InputErrors
from forkmill.run import journal
from forkmill.terminal import Terminal

QUIET = Terminal(quiet=True)


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


def test_an_accepted_run_that_is_run_and_accepted_again_changes_no_byte_of_the_record(accepted):
    before = accepted.bytes()
    assert reproduce(accepted.root, terminal=QUIET) == 0
    assert accept(accepted.root, QUIET) == 0
    assert accepted.bytes() == before
    assert json.loads(before["01_first.ipynb"])["cells"]


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


def edited(audit, source: str) -> None:
    content = audit.read("01_first")
    content["cells"].append(code("added", source, "nbval-check-output"))
    audit.write("01_first", content)


def test_what_would_not_be_found_sound_is_not_made_the_record(accepted):
    edited(accepted, "from IPython.display import HTML\nHTML('<p>growth of 8.4 percent')")
    assert reproduce(accepted.root, terminal=QUIET) == 0
    before = accepted.read("01_first")
    with pytest.raises(InputErrors, match="a compared cell shows nothing that is compared"):
        accept(accepted.root, QUIET)
    assert accepted.read("01_first") == before


@pytest.mark.parametrize("kind", ["Markdown", "Latex"])
def test_every_kind_of_output_that_is_compared_is_told_where_it_is_another(accepted, capsys, kind):
    edited(accepted, f"from IPython.display import {kind}\n{kind}(f'growth of {{4.4 + 4:.1f}}')")
    assert reproduce(accepted.root, terminal=QUIET) == 0
    accept(accepted.root, QUIET)
    path = accepted.root / "notebooks" / "01_first.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("growth of 8.4", "growth of 9.9"), encoding="utf-8")
    capsys.readouterr()
    reproduce(accepted.root, terminal=Terminal())
    assert "Other outputs than in the committed notebooks (make accept stores them):\n  01_first.ipynb, cell" in capsys.readouterr().out


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
