"""A worker of a cluster that is kept on a core of its own, with what it starts."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a process on a core")

TAKE = "from helpers.run import core; print(core.take({cores}), flush=True); {then}"
STAY = """\
import os, subprocess, sys, threading
from helpers.run import core
waiting = threading.Event()
thread = threading.Thread(target=waiting.wait)
thread.start()
core.stay({core})
print([sorted(os.sched_getaffinity(int(one))) for one in os.listdir("/proc/self/task")])
waiting.set()
subprocess.run([sys.executable, "-c", "import os; print(sorted(os.sched_getaffinity(0)))"])
"""
FIRST, SECOND = 100_001, 100_002  # numbers that no worker on this machine has


def started(cores: list[int], then: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", TAKE.format(cores=cores, then=then)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def answer(cores: list[int]) -> str:
    with started(cores, "pass") as process:
        return process.communicate()[0].strip()


def test_each_process_takes_the_first_core_that_is_free_and_gives_it_back_with_its_end():
    with started([FIRST, SECOND], "input()") as holder:
        assert holder.stdout.readline().strip() == str(FIRST)
        assert answer([FIRST, SECOND]) == str(SECOND)
        assert answer([FIRST]) == "None"
        holder.kill()
    assert answer([FIRST, SECOND]) == str(FIRST)


def test_every_thread_and_what_it_starts_stay_on_the_core():
    import os

    core = max(os.sched_getaffinity(0))
    said = subprocess.run([sys.executable, "-c", STAY.format(core=core)], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [str([[core], [core]]), str([core])]
