"""An acceptance that is killed at any moment: the notebooks are all the old ones or, at the next command, all the new."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys

import pytest
from standing_results import needs_confinement

from asprinted.audit.accept import accept
from asprinted.audit.reproduce import reproduce
from asprinted.audit.validate import validate
from asprinted.paths import project
from forkmill.run import journal
from forkmill.run.folder import clean
from forkmill.state.quick_answer import recall
from forkmill.terminal import Terminal
from forkmill.validate import nbval

# A kill at each of the places where something of the file system changes, counted by Python's own audit events.
KILLED_AT = """
import os, sys
from pathlib import Path
from asprinted.audit import input_checks
from forkmill.run import journal
from asprinted.audit.accept import accept
from forkmill.terminal import Terminal
input_checks.data_errors = lambda root: []
left = int(sys.argv[2])
def hook(event, arguments):
    global left
    changes = event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.rmtree")
    if changes or (event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
replace = journal.replace
def watched(*arguments):
    sys.addaudithook(hook)
    replace(*arguments)
journal.replace = watched
sys.exit(accept(Path(sys.argv[1]), Terminal()))
"""
NAMES = ("01_first", "02_second", "03_overview")
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals of POSIX")


@pytest.fixture
def changed(accepted):
    """An audit of which every notebook will be another one when its run is accepted."""
    for name in NAMES:
        content = accepted.read(name)
        content["cells"][0]["source"] = "# Another title"
        accepted.write(name, content)
    assert reproduce(accepted.root, terminal=Terminal(quiet=True)) == 0
    old, new = accepted.bytes(), {f"{name}.ipynb": accepted.built()[f"notebooks/{name}.ipynb"] for name in NAMES}
    assert all(old[name] != new[name] for name in new)
    return accepted, old, new


def kill(audit, moment: int) -> int:
    return subprocess.run([sys.executable, "-c", KILLED_AT, str(audit.root), str(moment)], check=False,
                          capture_output=True).returncode


def cut(audit, new: dict[str, bytes], moved: int) -> None:
    """As an acceptance leaves it that is killed after so many notebooks."""
    real = journal._move

    def ends(source, target):
        nonlocal moved
        moved -= 1
        if moved < 0:
            raise KeyboardInterrupt
        real(source, target)

    texts = {name: content.decode("utf-8") for name, content in new.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "_move", ends)
        with pytest.raises(KeyboardInterrupt):
            journal.replace(project(audit.root), texts)


@pytest.mark.long
def test_a_kill_at_any_change_of_the_disk_leaves_all_old_or_the_next_accept_finishes(changed):
    audit, old, new = changed
    kept = audit.root.parent / "kept"
    shutil.copytree(audit.root, kept)
    halves, moment = set(), 0
    while kill(audit, moment) == -signal.SIGKILL:
        now = audit.bytes()
        assert set(now) == set(old), moment  # nothing is left beside the notebooks
        halves.add(sum(now[name] == new[name] for name in new))
        assert accept(audit.root, Terminal(quiet=True)) == 0
        assert audit.bytes() == new, moment
        assert not (audit.build / ".accepting").exists()
        shutil.rmtree(audit.root)
        shutil.copytree(kept, audit.root)
        moment += 1
    assert moment > 10
    assert halves == {0, 1, 2, 3}  # so many of the three were replaced


@pytest.mark.parametrize("moved", [0, 1, 2])
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(lambda root: reproduce(root, terminal=Terminal()), id="reproduce"),
        pytest.param(lambda root: accept(root, Terminal()), id="accept"),
        pytest.param(lambda root: validate(root, Terminal()), id="validate"),
        pytest.param(lambda root: clean(project(root), Terminal()), id="clean"),
    ],
)
def test_the_next_command_finishes_and_says_so(changed, capsys, monkeypatch, command, moved):
    audit, _, new = changed
    monkeypatch.setattr(nbval, "nbval", lambda *_: 0)  # what it finds is told elsewhere; this is about what comes before
    cut(audit, new, moved)
    capsys.readouterr()
    status = command(audit.root)
    assert not status
    assert capsys.readouterr().out.startswith("Finished what an earlier command was killed in; "
                                              "notebooks of that run: 01_first, 02_second, 03_overview.\n")
    assert audit.bytes() == new


@needs_confinement
def test_no_quick_answer_is_given_while_an_acceptance_is_not_finished(changed):
    audit, _, new = changed
    assert recall(project(audit.root)) is not None
    cut(audit, new, 0)
    assert recall(project(audit.root)) is None


def test_a_notebook_that_was_edited_since_is_left_and_named(changed, capsys):
    audit, _, new = changed
    cut(audit, new, 1)
    edited = audit.read("02_second")
    edited["cells"][0]["source"] = "# Mine"
    audit.write("02_second", edited)
    mine = audit.bytes()["02_second.ipynb"]
    capsys.readouterr()
    with journal.alone(project(audit.root), Terminal()):
        pass
    said = capsys.readouterr().out
    assert re.search(r"notebooks of that run: 01_first, 03_overview\.\nEdited since, and left as they are:\n  02_second", said)
    assert audit.bytes() == {**new, "02_second.ipynb": mine}


def test_notebooks_are_replaced_whole_where_the_build_is_a_disk_of_its_own(changed, monkeypatch):
    audit, _, new = changed
    real = os.replace

    def other_disk(source, target):
        if ".accepting" in str(source) and ".accepting" not in str(target):
            raise OSError(18, "Invalid cross-device link")
        real(source, target)

    monkeypatch.setattr(os, "replace", other_disk)
    assert accept(audit.root, Terminal(quiet=True)) == 0
    assert audit.bytes() == new
