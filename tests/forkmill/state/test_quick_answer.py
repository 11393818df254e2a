"""The quick answer is given where every single thing is as it was, and to the same question alone."""

from __future__ import annotations

import io
import os
import time

import pytest
from standing_results import needs_confinement

from forkmill.project import ACCEPTING
from forkmill.run import lock
from forkmill.state import quick_answer
from forkmill.terminal import Terminal

pytestmark = needs_confinement


@pytest.fixture
def stands(ran):
    """A folder whose last run was complete and of which nothing has changed."""
    assert ran.run(say=Terminal(quiet=True)) == 0
    assert quick_answer.recall(ran.project) is not None
    return ran


@pytest.mark.parametrize(
    "name",
    ["data/a.txt", "data/unread.txt", "data/new.txt", "parameters.yaml", "notebooks/01_first.ipynb", "notebooks/beside.py",
     "build/notebooks/03_third.ipynb", "build/run.json", "build/new.txt"],
)
def test_it_is_not_given_when_a_file_is_another_or_new(stands, name):
    path = stands.root / name
    stands.put(name, (path.read_text(encoding="utf-8") if path.exists() else "") + "\n")
    assert quick_answer.recall(stands.project) is None


def test_it_is_not_given_when_a_file_is_gone(stands):
    (stands.root / "data" / "unread.txt").unlink()
    assert quick_answer.recall(stands.project) is None


def test_times_in_the_future_change_nothing_of_it(ran):
    ahead = (time.time_ns() + 10**17,) * 2  # three years
    for path in (path for path in ran.root.rglob("*") if path.is_file()):
        os.utime(path, ns=ahead)
    assert ran.run(say=Terminal(quiet=True)) == 0
    assert quick_answer.recall(ran.project) is not None
    path = ran.root / "data" / "a.txt"
    path.write_text("A\n", encoding="utf-8")
    os.utime(path, ns=ahead)
    assert quick_answer.recall(ran.project) is None
    assert ran.run(say=Terminal(quiet=True)) == 0
    assert "A" in ran.shown("01_first")
    assert quick_answer.recall(ran.project) is not None


def test_a_file_that_is_older_than_the_one_before_it_is_another_one(stands):
    stands.put("data/a.txt", "A\n")
    os.utime(stands.root / "data" / "a.txt", (1, 1))  # written after the clock was set back
    assert quick_answer.recall(stands.project) is None
    assert stands.run(say=Terminal(quiet=True)) == 0
    assert "A" in stands.shown("01_first")


def test_it_is_not_given_to_another_question(stands, tmp_path):
    file = tmp_path / "other.yaml"
    file.write_text("vintage: first\n", encoding="utf-8")
    assert quick_answer.recall(stands.project, "vintage=latest") is None
    assert quick_answer.recall(stands.project, "", file) is None


def test_it_is_not_given_while_another_run_goes_on_or_notebooks_are_being_replaced(stands):
    with lock.Lock(stands.build, lambda process: None):
        assert quick_answer.recall(stands.project) is None
    (stands.build / ACCEPTING).mkdir()
    assert quick_answer.recall(stands.project) is None


def test_it_says_the_same_lines_again_and_gives_the_same_status(stands):
    said = io.StringIO()
    assert quick_answer.again(stands.project, "", None, Terminal(out=said)) == 0
    assert said.getvalue().splitlines()[1:] == ["Complete: 3 notebooks ran to their end or stand (exit 0)."]
    assert quick_answer.again(stands.project, "sign=0", None, Terminal(out=said)) is None


def test_a_run_that_was_cut_short_leaves_none(stands):
    quick_answer.Before(stands.project)
    assert quick_answer.recall(stands.project) is None


def test_it_needs_no_library(stands, python):
    code = ("import sys\nfrom pathlib import Path\nfrom forkmill import project\nfrom forkmill.state.quick_answer import recall\n"
            "assert recall(project.of(Path(sys.argv[1]))) is not None\n"
            "print(sorted({'yaml', 'nbformat', 'papermill', 'zmq', 'rich', 'asyncio', 'dataclasses'} & set(sys.modules)))")
    # Under the same path for modules as here, which is part of the question.
    done = python("-c", f"import sys\nsys.path[:] = {__import__('sys').path!r}\n{code}", str(stands.root))
    assert done.stdout == "[]\n", done.stderr
