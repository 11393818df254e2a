"""A run that is stopped, and two runs at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SLOW = """import time
Path({mark!r}).write_text(str(os.getpid()), encoding="utf-8")
time.sleep({seconds})"""
RUN = "from helpers.run import inputs\ninputs.data_errors = lambda root: []\nimport helpers.__main__ as m\nm.main()"
pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals of POSIX")


def start(audit, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *arguments],
        cwd=audit.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def wait_for(path) -> int:
    until = time.monotonic() + 30
    while not (path.exists() and path.read_text(encoding="utf-8")):
        assert time.monotonic() < until
        time.sleep(0.02)
    return int(path.read_text(encoding="utf-8"))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")  # a process that ended and was not yet waited for still has a number
    return state.read_text(encoding="utf-8").split()[2] != "Z" if state.exists() else not Path("/proc").exists()


@pytest.fixture
def sleeper(accepted, tmp_path):
    """An audit whose first notebook sleeps, and the file that its kernel's process number is written to."""
    accepted.edit(
        "01_first",
        "setup",
        source="".join(accepted.cell(accepted.read("01_first"), "setup")["source"])
        + "\n"
        + SLOW.format(mark=str(tmp_path / "mark"), seconds=60),
    )
    return accepted, tmp_path / "mark"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_says_so_stops_its_kernels_and_is_not_complete(sleeper, number, status):
    audit, mark = sleeper
    committed = audit.bytes()
    process = start(audit, "reproduce")
    kernel = wait_for(mark)
    process.send_signal(number)
    said, _ = process.communicate(timeout=15)
    assert process.returncode == status, said
    assert said.splitlines()[-1] == f"Interrupted: the kernels were stopped and build/ is incomplete (exit {status})."
    assert "Traceback" not in said
    assert not alive(kernel)
    assert not (audit.build / "run.json").exists()
    assert audit.bytes() == committed


def test_a_killed_run_leaves_no_process_and_the_next_one_is_whole(sleeper):
    audit, mark = sleeper
    process = start(audit, "reproduce")
    kernel = wait_for(mark)
    process.kill()
    process.communicate()
    until = time.monotonic() + 5
    while alive(kernel) and time.monotonic() < until:
        time.sleep(0.1)
    assert not alive(kernel)
    assert not (audit.build / "run.json").exists()


def test_a_second_run_says_that_it_waits_and_both_end_whole(accepted):
    first, second = start(accepted, "reproduce"), start(accepted, "reproduce")
    said = [process.communicate(timeout=120)[0] for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], said
    assert sum("another run (process " in one for one in said) == 1
    assert (accepted.build / "run.json").is_file()
