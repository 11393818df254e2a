"""A run with nothing to do answers at once, and only where nothing at all is other than it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from commands_run import RUN
from standing_results import needs_confinement

from forkmill.state import quick_answer
from forkmill.terminal import Terminal

pytestmark = needs_confinement


def test_a_run_with_nothing_to_do_says_the_same_and_imports_no_library(watched, python):
    code = (
        "import sys, json\nfrom pathlib import Path\nfrom forkmill.terminal import Terminal\n"
        "from asprinted.paths import project\nfrom forkmill.state.quick_answer import again\n"
        "status = again(project(Path(sys.argv[1])), '', None, Terminal())\n"
        "heavy = {'pandas', 'numpy', 'yaml', 'papermill', 'nbformat', 'matplotlib', 'zmq', 'rich', 'asyncio'}\n"
        "print(json.dumps([status, sorted(heavy & set(sys.modules))]))"
    )
    whole, quick = python("-c", RUN, "reproduce"), python("-c", code, str(watched.root))
    assert (whole.returncode, quick.returncode) == (0, 0), whole.stdout + quick.stderr
    *said, last = quick.stdout.splitlines()
    assert last == json.dumps([0, []])
    assert said[1:] == whole.stdout.splitlines()[3:]


def test_the_command_with_nothing_to_do_answers_before_its_own_library_is_imported(watched, python):
    whole, quick = python("-c", RUN, "reproduce"), python("-X", "importtime", "-m", "asprinted", "reproduce")
    said = ["Nothing has changed since the last run: build/ stands.", *whole.stdout.splitlines()[3:]]
    assert (quick.returncode, quick.stdout.splitlines()) == (0, said)
    imported = {line.rpartition("|")[2].strip() for line in quick.stderr.splitlines()}
    assert "forkmill.state.quick_answer" in imported
    assert not imported & {"click", "dataclasses", "inspect"}


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_the_answer_is_the_same_sentence_where_nobody_can_hear_it(watched, python, unbuffered):
    python("-c", RUN, "reproduce")
    with open(os.devnull, "rb") as deaf:
        done = subprocess.run([sys.executable, "-m", "asprinted", "reproduce"], stdout=deaf, stderr=subprocess.PIPE, text=True,
                              env={**os.environ, "AUDIT_ROOT": str(watched.root), "PYTHONUNBUFFERED": unbuffered}, check=False)
    assert done.returncode == 3
    assert "Bad file descriptor" in done.stderr


@pytest.mark.parametrize("change", ["data/a.csv", "notebooks/01_first.ipynb", "build/verdicts.csv", "build/new.txt"])
def test_the_quick_answer_is_not_given_when_anything_is_other(watched, change):
    assert quick_answer.recall(watched.project) is not None
    path = watched.root / change
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    assert quick_answer.recall(watched.project) is None


def test_the_quick_answer_is_not_given_to_another_question(watched, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("vintage: first\n", encoding="utf-8")
    assert quick_answer.recall(watched.project, "vintage=latest") is None
    assert quick_answer.recall(watched.project, "", other) is None


def test_a_terminal_that_is_quiet_says_only_the_sentence_again(watched, capsys):
    status = quick_answer.again(watched.project, "", None, Terminal(quiet=True))
    assert status == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
