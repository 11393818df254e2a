"""`python -m forkmill validate` on a plain folder, really run: what comes out again, what does not, and what cannot be compared."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from commands_run import gone, wait_for
from plain import COMPARED, Plain


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals of POSIX")
def test_a_stopped_validate_says_so_and_leaves_no_kernel(ran, tmp_path):
    mark = tmp_path / "mark"
    content = ran.read("03_third")
    source = f"import os, time\nwith open({str(mark)!r}, 'w') as file:\n    _ = file.write(str(os.getpid()))\ntime.sleep(100)\nprint(3)"
    ran.cell(content, "shown")["source"] = source
    ran.write("03_third", content)
    run = subprocess.Popen([sys.executable, "-m", "forkmill", "validate", str(ran.root)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           text=True, encoding="utf-8", start_new_session=True)
    kernel = wait_for(mark)
    run.send_signal(signal.SIGINT)
    said, _ = run.communicate(timeout=60)
    assert (run.returncode, said.splitlines()[-1]) == (130, "Interrupted: the command did not end (exit 130).")
    assert "Traceback" not in said
    assert gone(kernel)


def test_stored_outputs_that_come_out_again_are_valid(command):
    assert command("validate") == 0, command.said
    assert command.said.splitlines()[-1] == "Valid: 3 cells of 3 notebooks give what they have stored (exit 0)."


def test_a_changed_output_is_not_valid_and_is_named(command):
    content = command.plain.read("02_second")
    command.plain.cell(content, "shown")["outputs"][0]["text"] = ["1 second b\n", "\n"]
    command.plain.write("02_second", content)
    assert command("validate") == 1
    assert ("02_second.ipynb, cell [3] (id shown): the computed outputs are not the stored ones\n"
            '  stdout, line 1: stored "1 second b", computed "1 first b"\n') in command.said
    assert command.said.splitlines()[-1] == "Not valid: see the cells above (exit 1)."


def untagged(plain: Plain) -> None:
    content = plain.read("03_third")
    del plain.cell(content, "shown")["metadata"]["tags"]
    plain.write("03_third", content)


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (untagged, "03_third.ipynb: no cell of the notebook is compared"),
        (lambda plain: plain.edit("03_third", "shown", outputs=[]), "cell [1] (id shown): a compared cell stored no output"),
        (lambda plain: plain.edit("03_third", "shown", execution_count=None), "the notebook was not run from top to bottom"),
        (lambda plain: plain.edit("03_third", "shown", metadata={"tags": [COMPARED[:-2]]}), "to do:    did you mean nbval-check-output?"),
    ],
)
def test_a_notebook_that_compares_nothing_cannot_be_valid(command, break_it, said):
    break_it(command.plain)
    assert command("validate") == 2
    assert said in command.faults
