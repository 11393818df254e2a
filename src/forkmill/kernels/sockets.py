"""The folder where the fork servers and their kernels meet their clients: private, with a short path."""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
import time
from pathlib import Path

SOCKETS = "FORKMILL_SOCKETS"  # names where the folder is to those with another temporary folder


class Unavailable(Exception):
    """No fork server is to be had here; an ordinary kernel does the same, later."""


def folder() -> Path:
    """A private folder with a short path: a socket's path may not be longer than about a hundred characters.

    Raises:
        Unavailable: somebody else owns it.
    """
    base = os.environ.get(SOCKETS) or os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    if len(base) > 40 or not os.access(base, os.W_OK):
        base = "/tmp"
    path = Path(base, f"forkmill-{os.getuid()}")
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        seen = path.lstat()
    except OSError as error:
        raise Unavailable(str(error)) from error
    if seen.st_uid != os.getuid() or seen.st_mode & 0o077 or path.is_symlink():
        raise Unavailable(f"{path} is not private")
    return path


def connected(path: Path) -> socket.socket:
    """A connection to a socket of the folder."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(str(path))
    except OSError:
        connection.close()
        raise
    return connection


def tidy() -> None:
    """Remove what is in the folder of processes that were all killed together: none of them could do it."""
    now = time.time()
    for path in folder().iterdir():
        with contextlib.suppress(OSError):
            age = abs(now - path.stat().st_mtime)  # from before the clock was set back, it is no new one either
            if path.suffix in (".lock", ".log"):
                gone = age > 24 * 3600 and not path.with_suffix(".socket").exists()
            else:
                gone = age > 1 and path.is_socket() and not _listening(path)
            if gone:
                path.unlink()


def _listening(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.setblocking(False)  # whoever listens may be stopped, with as many waiting as may wait
        try:
            connection.connect(str(path))
        except ConnectionRefusedError:
            return False
        except BlockingIOError:
            return True
    return True
