"""Who is running: the processes of one trial, the server that kernels are forked from, and the kernels."""

from __future__ import annotations

import contextlib
import os
import re
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

ORDINARY = re.compile(rb"ipykernel|kernels/child\.py|kernel-[0-9a-f-]+\.json")


def _all() -> Iterator[int]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            with contextlib.suppress(OSError, IndexError):
                state = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
                if state not in ("Z", "X"):
                    yield int(folder.name)


def _line(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _forked(run: Path) -> dict[int, bool]:
    """Everything that comes from a server with its socket in ``run``: True for the server itself.

    A forked kernel has the server's command line; what it says goes to the log of its run, the server's own beside its
    socket.
    """
    found = {}
    for pid in _all():
        line = _line(pid)
        if b"kernels/fork_server.py" in line and os.fsencode(run) in line:
            with contextlib.suppress(OSError):
                found[pid] = os.readlink(f"/proc/{pid}/fd/1").startswith(str(run))
    return found


def servers(run: Path) -> list[int]:
    """The servers whose socket is in ``run``."""
    return [pid for pid, server in _forked(run).items() if server]


def kernels(run: Path, mark: str) -> list[int]:
    """Kernels of the servers in ``run``, and ordinary ones of the trial."""
    forked = [pid for pid, server in _forked(run).items() if not server]
    return forked + [pid for pid in marked(mark) if ORDINARY.search(_line(pid))]


def marked(mark: str) -> list[int]:
    """Processes that carry ``mark`` in their environment, however they are related to us, but for servers."""
    found = []
    for pid in _all():
        with contextlib.suppress(OSError):
            if mark.encode() in Path(f"/proc/{pid}/environ").read_bytes() and b"kernels/fork_server.py" not in _line(pid):
                found.append(pid)
    return found


def within(folder: Path) -> list[int]:
    """Processes that work in a folder: nbval and its workers get no variable of ours, so that they carry no mark."""
    found = []
    for pid in _all():
        with contextlib.suppress(OSError):
            if Path(os.readlink(f"/proc/{pid}/cwd")).is_relative_to(folder):
                found.append(pid)
    return found


def left(run: Path, mark: str, root: Path) -> list[int]:
    """What may not be there when a trial's command has ended: all but a server, which waits for the next run."""
    return sorted({*marked(mark), *kernels(run, mark), *within(root)})


def kill(pids: Iterable[int]) -> None:
    """End each at once."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
