"""Peak memory of a command with all that it starts. LIMIT: Linux only; elsewhere it is not known (None)."""

from __future__ import annotations

import threading
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.25  # seconds between two looks; each costs a few milliseconds of one core


class Watch:
    """While open, sums the proportional memory of a process, its descendants, and the fork server with its kernels."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak = pid, None if not PROC.is_dir() else 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        if self.peak is not None:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self.peak = max(self.peak or 0, sum(map(_proportional, self._family())) // 1024)

    def _family(self) -> set[int]:
        parents = {int(path.name): _parent(path) for path in PROC.glob("[0-9]*")}
        found = {self.pid, *(pid for pid in parents if "kernels/fork_server.py" in _command(pid))}
        while True:
            more = {pid for pid, parent in parents.items() if parent in found} - found
            if not more:
                return found
            found |= more


def _parent(path: Path) -> int:
    try:
        return int((path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0


def _command(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _proportional(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration, ValueError):
        return 0
