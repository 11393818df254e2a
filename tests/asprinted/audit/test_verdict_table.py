"""Verdicts as a run says them: on a terminal each with a mark and a colour, in a pipe plain, to a quiet user not at all."""

from __future__ import annotations

import io
import re

import pytest
from standing_results import needs_confinement

from asprinted import paths
from asprinted.audit.reproduce import reproduce
from asprinted.verdicts.vocabulary import MARKS, NOT_JUDGED, VERDICTS
from forkmill.state import quick_answer
from forkmill.terminal import Terminal

COLOUR = re.compile(r"\x1b\[3[0-9]m")


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def said(accepted, out: io.StringIO) -> str:
    assert reproduce(accepted.root, terminal=Terminal(out=out)) == 0
    return out.getvalue()


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_a_terminal_shows_verdicts_in_colour_with_a_mark_beside_it(accepted):
    shown = said(accepted, Screen())
    rows = [line for line in shown.splitlines() if re.search(r"(reproduced|contradicted) +\d", line)]
    assert rows, shown
    for row in rows:
        assert MARKS["reproduced" if "reproduced" in row else "contradicted"] in row
    assert COLOUR.search("".join(rows))


def test_no_color_leaves_the_marks_and_takes_the_colours(accepted, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    shown = said(accepted, Screen())
    assert not COLOUR.search(shown)
    assert f"{MARKS['reproduced']} reproduced" in shown


def test_a_pipe_gets_neither_marks_nor_colours(accepted):
    shown = said(accepted, io.StringIO())
    assert "reproduced" in shown
    assert "\x1b" not in shown
    assert not set(MARKS.values()) & set(shown)


@needs_confinement
@pytest.mark.parametrize("kind", [Screen, io.StringIO], ids=["a terminal", "a pipe"])
def test_a_quiet_run_says_one_sentence_and_so_does_the_quick_answer(accepted, kind):
    out = kind()
    assert reproduce(accepted.root, terminal=Terminal(quiet=True, out=out)) == 0
    assert len(out.getvalue().splitlines()) == 1
    again = kind()
    assert quick_answer.again(paths.project(accepted.root), "", None, Terminal(quiet=True, out=again)) == 0
    assert again.getvalue() == out.getvalue()


def test_every_verdict_has_a_mark_and_no_two_the_same():
    assert tuple(MARKS) == (*VERDICTS, NOT_JUDGED)
    assert len(set(MARKS.values())) == len(MARKS)
