"""Lines for a person: in colour and with a mark where a terminal shows them, plain in a log, few to a quiet user."""

from __future__ import annotations

import io

import pytest

from forkmill.notebooks.task import Failure, Result
from forkmill.terminal import Line, Terminal


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


def said(out: io.StringIO, quiet: bool = False) -> str:
    say = Terminal(quiet=quiet, out=out)
    say.note("  a note", colour=32, mark="✓")
    say.say("a sentence")
    return out.getvalue()


def test_a_terminal_gets_colours_and_marks():
    assert said(Screen()) == "\x1b[32m  ✓ a note\x1b[0m\na sentence\n"


def test_no_color_leaves_the_mark(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert said(Screen()) == "  ✓ a note\na sentence\n"


def test_a_pipe_and_a_dumb_terminal_get_plain_lines(monkeypatch):
    assert said(io.StringIO()) == "  a note\na sentence\n"
    monkeypatch.setenv("TERM", "dumb")
    assert said(Screen()) == "  a note\na sentence\n"


def test_a_terminal_that_cannot_write_a_mark_goes_without_it():
    out = Screen()
    out.encoding = "ascii"
    assert said(out) == "\x1b[32m    a note\x1b[0m\na sentence\n"


def test_a_quiet_one_leaves_out_notes():
    assert said(io.StringIO(), quiet=True) == "a sentence\n"


def test_what_was_kept_can_be_said_again_by_another():
    say = Terminal(out=io.StringIO())
    with say.kept() as kept:
        say.note("a note", colour=32)
        say.say("a sentence")
    say.say("later")
    again = io.StringIO()
    for line in [list(one) for one in kept]:  # as they come out of JSON
        Terminal(out=again).repeat(line)
    assert again.getvalue() == "a note\na sentence\n"
    assert kept[0] == Line("a note", 32, "", True)


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (Result("one", 0.0, None, kept=True), "one    unchanged\n"),
        (Result("one", 1.25, {}), "one       1.2 s\n"),
        (Result("one", 1.25, None, Failure("one", 2, "b", "Error: x\ny")),
         "one       1.2 s  failed\n  one.ipynb, cell [2] (id b): Error: x\n    y\n"),
        (Result("one", 0.0, None, Failure("one", None, None, "not run")), "one         - s  not run\n  one.ipynb: not run\n"),
    ],
)
def test_a_notebook_has_its_line(result, line):
    out = io.StringIO()
    Terminal(out=out).notebook(result, 5)
    assert out.getvalue() == line
