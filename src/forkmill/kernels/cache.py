"""The folders that kernels write into, and the sockets by which they are reached: made, emptied, tidied."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from forkmill.kernels import sockets

IPYTHON = ("profile_default", "log", "pid", "security", "startup", "static")  # folders that every kernel would make


def fresh_cache(cache: Path) -> None:
    """Make the kernels' folders, without what an earlier run left, there and among the sockets."""
    empty_cache(cache)
    tidy_sockets()


def tidy_sockets() -> None:
    """Remove sockets of kernels that are no more; also at the end of a run, because at its start some may be too young."""
    if hasattr(os, "fork"):
        with contextlib.suppress(sockets.Unavailable, OSError):
            sockets.tidy()


def empty_cache(cache: Path) -> None:
    """Make the kernels' folders, without what an earlier notebook left.

    The font list stays, which takes half a second, and IPython's own folders, without a file.
    """
    for name in ("ipython", "runtime", "logs", "parts", "temporary"):
        (cache / name).mkdir(parents=True, exist_ok=True)
        _empty(cache / name, IPYTHON if name == "ipython" else ())
    (cache / "matplotlib").mkdir(exist_ok=True)


def _empty(folder: Path | str, kept: tuple[str, ...]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    os.unlink(entry)
            elif entry.name in kept:
                _empty(entry.path, kept)
            else:
                shutil.rmtree(entry, ignore_errors=True)
