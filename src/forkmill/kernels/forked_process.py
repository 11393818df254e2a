"""A forked kernel that looks like a process."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from forkmill.kernels import client
from forkmill.kernels.sockets import Unavailable


class ForkedProcess:
    """A forked kernel, with what jupyter_client wants of a :class:`subprocess.Popen`."""

    stdin: BinaryIO | None = None
    stdout: BinaryIO | None = None
    stderr: BinaryIO | None = None

    def __init__(self, arguments: list[str], env: Mapping[str, str], cwd: str, output: Any = None, errors: Any = None,
                 sockets: str = "") -> None:
        """Fork one; returns when its sockets are bound.

        ``output``, ``errors``: as of :class:`subprocess.Popen`.

        Raises:
            Unavailable: the server is not there, or the kernel ended before it was ready.
        """
        self.returncode: int | None = None
        self._sockets = sockets
        umask = os.umask(0)
        os.umask(umask)
        request = {"arguments": arguments, "env": dict(env), "cwd": cwd, "umask": umask, "sockets": sockets,
                   "ignored": [n for n in signal.valid_signals() if signal.getsignal(n) is signal.SIG_IGN]}
        with contextlib.ExitStack() as handed, contextlib.ExitStack() as kept:
            out, self.stdout = _end(output, 1, handed, kept)
            err, self.stderr = (out, None) if errors == subprocess.STDOUT else _end(errors, 2, handed, kept)
            for attempt in (1, 2):  # a server may just be ending when it is asked; then there is another
                try:
                    self._ask(request, [out, err])
                    kept.pop_all()
                    return
                except Unavailable:
                    self._forget()
                    if attempt == 2:
                        raise

    def _ask(self, request: dict[str, Any], files: list[int]) -> None:
        self._rest = b""
        self._connection = client.connect(request["env"])
        try:
            self._connection.settimeout(client.STARTING)
            with open(os.devnull, "rb") as nothing:
                client.send(self._connection, request, [nothing.fileno(), *files])
            self.pid: int = self._hear()["pid"]
            if "ready" not in self._hear():
                raise Unavailable("the kernel ended before it was ready")
            self._connection.settimeout(0)
        except (OSError, KeyError, ValueError) as error:
            raise Unavailable(str(error)) from error
        finally:
            if self._connection.gettimeout() != 0:
                self._connection.close()

    def _hear(self) -> dict[str, Any]:
        while b"\n" not in self._rest:
            heard = self._connection.recv(4096)
            if not heard:
                raise ConnectionError("the fork server hung up")
            self._rest += heard
        line, _, self._rest = self._rest.partition(b"\n")
        return json.loads(line)

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        if self.returncode is None:
            try:
                self.returncode = self._hear()["exit"]
            except BlockingIOError:
                return None
            except (OSError, KeyError, ValueError):  # the server was killed
                self.send_signal(signal.SIGKILL)
                self.returncode = -signal.SIGKILL
                self._forget()
            self._connection.close()
        return self.returncode

    def _forget(self) -> None:
        """Remove the kernel's sockets from the file system, which its server would have done."""
        if self._sockets:
            for path in client.folder().glob(f"{Path(self._sockets).name}-*"):
                path.unlink(missing_ok=True)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; the exit status.

        Raises:
            subprocess.TimeoutExpired: it still runs after ``timeout`` seconds.
        """
        until = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                raise subprocess.TimeoutExpired("kernel", timeout)
            select.select([self._connection], [], [], left)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and all that it started; nothing once it has ended."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def _end(file: Any, standard: int, handed: contextlib.ExitStack, kept: contextlib.ExitStack) -> tuple[int, BinaryIO | None]:
    """The descriptor that a kernel writes to, and what is read from it here where that is a pipe.

    ``handed`` closes what only the kernel needs, ``kept`` the other end.
    """
    if file == subprocess.PIPE:
        read, write = os.pipe()
        handed.callback(os.close, write)
        return write, kept.enter_context(open(read, "rb"))
    if file == subprocess.DEVNULL:
        return handed.enter_context(open(os.devnull, "wb")).fileno(), None
    if file is None:
        return standard, None
    return file if isinstance(file, int) else file.fileno(), None
