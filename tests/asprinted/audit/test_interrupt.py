"""A run that is stopped, and two runs at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from commands_run import alive, gone, slowed, start, wait_for
from standing_results import needs_confinement

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals of POSIX")


@pytest.fixture
def sleeper(accepted):
    """An audit whose first notebook sleeps, and the file that its kernel's process number is written to."""
    return accepted, slowed(accepted)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_says_so_stops_its_kernels_and_is_not_complete(sleeper, number, status):
    audit, mark = sleeper
    committed = audit.bytes()
    process = start(audit, "reproduce")
    kernel = wait_for(mark)
    process.send_signal(number)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == status, said
    assert said.splitlines()[-1] == f"Interrupted: the kernels were stopped and build/ is incomplete (exit {status})."
    assert "Traceback" not in said
    assert not alive(kernel)
    assert not (audit.build / "run.json").exists()
    assert audit.bytes() == committed


@pytest.mark.long
def test_whenever_ctrl_c_comes_the_last_line_and_the_status_agree():
    for moment in range(24):
        process = subprocess.Popen([sys.executable, "-m", "asprinted", "check"], stdout=subprocess.PIPE, text=True,
                                   stderr=subprocess.STDOUT, encoding="utf-8", start_new_session=True)
        time.sleep(0.03 + 0.015 * moment)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=30)[0]
        if process.returncode in (0, 130):
            assert said.splitlines()[-1].endswith(f"(exit {process.returncode}).")
        else:  # Python itself was starting
            assert process.returncode in (1, -signal.SIGINT)
            assert "(exit" not in said


def test_a_killed_run_leaves_no_process_and_the_next_one_is_whole(sleeper):
    audit, mark = sleeper
    process = start(audit, "reproduce")
    kernel = wait_for(mark)
    process.kill()
    process.communicate()
    assert gone(kernel)
    assert not (audit.build / "run.json").exists()


def test_a_second_run_says_that_it_waits_and_both_end_whole(accepted, tmp_path):
    mark, go = slowed(accepted), tmp_path / "go"
    setup = "".join(accepted.cell(accepted.read("01_first"), "setup")["source"])
    waits = f"while not Path({str(go)!r}).exists():\n    time.sleep(0.02)"
    accepted.edit("01_first", "setup", source=setup.replace("time.sleep(600)", waits))
    first = start(accepted, "reproduce")
    wait_for(mark)
    second = start(accepted, "reproduce")
    begun = second.stdout.readline()
    go.touch()
    said = [first.communicate(timeout=120)[0], begun + second.communicate(timeout=120)[0]]
    assert [first.returncode, second.returncode] == [0, 0], said
    assert begun.startswith("another run (process ")
    assert "another run (process " not in said[0]
    assert (accepted.build / "run.json").is_file()


@needs_confinement
@pytest.mark.parametrize("number", [signal.SIGKILL, pytest.param(signal.SIGTERM, marks=pytest.mark.long)])
def test_a_run_that_was_cut_short_goes_on_where_it_was(accepted, tmp_path, number):
    whole = {**accepted.built()}
    mark, stopped = accepted.build / ".cache/temporary/03_overview/mark", tmp_path / "stopped"
    waits = f"from pathlib import Path\nimport os, time\nif not Path({str(stopped)!r}).exists():\n"
    waits += "    _ = Path(os.environ['HOME'], 'mark').write_text(str(os.getpid()), encoding='utf-8')\n    time.sleep(600)"
    accepted.edit("03_overview", "given", source="given = paper.verdicts()\n" + waits)
    process = start(accepted, "reproduce", "--fresh")
    kernel = wait_for(mark)
    stopped.touch()
    process.send_signal(number)
    said, _ = process.communicate(timeout=60)
    assert "01_first " in said
    assert "02_second " in said
    assert gone(kernel)
    again = start(accepted, "reproduce")
    said, _ = again.communicate(timeout=60)
    assert again.returncode == 0, said
    lines = {line.split()[0]: line.split()[1:] for line in said.splitlines() if line[:3] in ("01_", "02_", "03_")}
    assert (lines["01_first"], lines["02_second"]) == (["unchanged"], ["unchanged"])
    assert lines["03_overview"][-1] == "s"
    same = ("notebooks/01_first.ipynb", "notebooks/02_second.ipynb", "verdicts.json", "verdicts.csv")
    assert {name: accepted.built()[name] for name in same} == {name: whole[name] for name in same}
