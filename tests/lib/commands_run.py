"""Commands of the miniature audit as processes of their own, and kernels that last as long as a test wants."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

SLOW = """import time
Path(os.environ["HOME"], "mark").write_text(str(os.getpid()), encoding="utf-8")
time.sleep({seconds})"""
RUN = "from asprinted.audit import input_checks\ninput_checks.data_errors = lambda root: []\nimport asprinted.__main__ as m\nm.main()"


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
    until = time.monotonic() + 60
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


def gone(*numbers: int) -> bool:
    """Whether processes end; a machine that is busy gets its time."""
    until = time.monotonic() + 60
    while any(map(alive, numbers)) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(map(alive, numbers))


def slowed(audit, seconds: int = 600) -> Path:
    """Let the first notebook of an audit sleep; the file that its kernel's process number is written to."""
    setup = "".join(audit.cell(audit.read("01_first"), "setup")["source"])
    audit.edit("01_first", "setup", source=f"{setup}\n{SLOW.format(seconds=seconds)}")
    return audit.build / ".cache/temporary/01_first/mark"
