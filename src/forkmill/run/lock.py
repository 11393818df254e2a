"""One run at a time in one folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from forkmill.project import LOCK

try:
    import fcntl
except ImportError:  # LIMIT: on Windows nothing keeps two runs apart
    fcntl = None  # type: ignore[assignment]


class Lock:
    """Holds ``build/.lock`` while it is open; ``waiting`` is told the other's process number, once, if it has to wait.

    The system gives the lock back when its holder dies, however it dies. ``without`` is called where the file system
    knows no locks, as some of a network's: nothing then keeps two runs apart.
    """

    def __init__(self, build: Path, waiting: Callable[[str], None], without: Callable[[], None] = lambda: None) -> None:
        self.path, self.waiting, self.without = build / LOCK, waiting, without
        self.file: IO[str] | None = None

    def __enter__(self) -> Lock:
        told = False
        while True:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = open(self.path, "a+", encoding="utf-8")
            if fcntl is not None:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    file.seek(0)
                    if not told:
                        self.waiting(file.read().strip() or "unknown")
                    told = True
                    fcntl.flock(file, fcntl.LOCK_EX)
                except OSError:
                    self.without()
            if self._current(file):
                break
            file.close()  # the other one removed the file (make clean) while we waited for it
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        self.file = file
        return self

    def _current(self, file: IO[str]) -> bool:
        try:
            return fcntl is None or os.path.samestat(os.fstat(file.fileno()), os.stat(self.path))
        except FileNotFoundError:
            return False

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()
