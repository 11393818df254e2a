"""The process that kernels are forked from: ``python fork_server.py SOCKET IDLE MODULE ...``.

It imports the named libraries once and then forks a kernel for every request. One thread, no ZMQ context, nothing of
this package, no name of a project: whatever it held would be in every kernel. It ends after IDLE seconds without a
kernel, when it is told to, or when its socket is no longer the one in the file system.

A request is four bytes of length, sent together with three file descriptors (input, output, errors), then JSON:
{"arguments", "cwd", "env", "umask", "ignored", "sockets"} or {"stop": true}. Answers are JSON lines on the same connection:
{"pid"}, then {"ready"} from the kernel, then {"exit"}. A client that hangs up wants its kernel dead.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import glob
import importlib
import importlib.util
import json
import os
import selectors
import signal
import socket
import sys
import time
import traceback
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 5.0  # seconds for a client to send its request
TICK = 2.0  # seconds between two looks at the clock and at the socket's file


class Server:
    """Listens on a bound socket; ``kernels`` are those alive, by process number, with their connection."""

    def __init__(self, listening: socket.socket, path: str, idle: float) -> None:
        self.listening, self.path, self.idle = listening, path, idle
        self.inode = os.stat(path).st_ino
        self.kernels: dict[int, tuple[socket.socket, str]] = {}
        self.selector = selectors.DefaultSelector()
        self.used = time.monotonic()
        self.stopping = False

    def run(self) -> None:
        """Serve until idle, told to stop, or no longer reachable."""
        woken, wake = socket.socketpair()
        for end in (woken, wake, self.listening):
            end.setblocking(False)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.private = (woken, wake)
        self.selector.register(self.listening, selectors.EVENT_READ)
        self.selector.register(woken, selectors.EVENT_READ)
        while not self._done():
            for key, _ in self.selector.select(TICK):
                if key.fileobj is self.listening:
                    with contextlib.suppress(BlockingIOError):
                        self._accept(self.listening.accept()[0])
                elif key.fileobj is woken:
                    with contextlib.suppress(BlockingIOError):
                        woken.recv(4096)
                else:
                    self._hung_up(key.data)
            self._reap()

    def _done(self) -> bool:
        if self.kernels:
            self.used = time.monotonic()
            return False
        try:
            replaced = os.stat(self.path).st_ino != self.inode
        except FileNotFoundError:
            replaced = True
        return self.stopping or replaced or time.monotonic() - self.used > self.idle

    def _accept(self, client: socket.socket) -> None:
        client.settimeout(PATIENCE)
        try:
            head, files, _, _ = socket.recv_fds(client, 4, 3)
            while len(head) < 4:
                head += client.recv(4 - len(head)) or _hang_up()
            size, text = int.from_bytes(head, "big"), b""
            while len(text) < size:
                text += client.recv(size - len(text)) or _hang_up()
            request = json.loads(text)
        except (OSError, ValueError):
            client.close()
            return
        if request.get("stop"):
            self.stopping = True
            client.close()
            return
        try:
            self._fork(client, files, request)
        finally:
            for file in files:
                os.close(file)

    def _fork(self, client: socket.socket, files: list[int], request: dict[str, Any]) -> None:
        server = os.getpid()
        try:
            pid = os.fork()
        except OSError:  # no process or no memory left: the client starts an ordinary kernel
            client.close()
            return
        if pid == 0:
            _kernel(self, client, files, request, server)
        self.kernels[pid] = (client, request.get("sockets", ""))
        with contextlib.suppress(OSError):
            _say(client, {"pid": pid})
        self.selector.register(client, selectors.EVENT_READ, pid)

    def _hung_up(self, pid: int) -> None:
        client, _ = self.kernels[pid]
        with contextlib.suppress(OSError):
            if client.recv(1):
                return
        self.selector.unregister(client)
        _kill_group(pid)

    def _reap(self) -> None:
        while self.kernels:
            pid, status = _ended()
            if pid == 0:
                return
            client, sockets = self.kernels.pop(pid, (None, ""))
            if client is None:
                continue
            for left in glob.glob(glob.escape(sockets) + "-*") if sockets else ():  # before another may come there
                with contextlib.suppress(OSError):
                    os.unlink(left)
            with contextlib.suppress(OSError):
                _say(client, {"exit": os.waitstatus_to_exitcode(status)})
            with contextlib.suppress(KeyError, ValueError):
                self.selector.unregister(client)
            client.close()


def _ended() -> tuple[int, int]:
    """Number and status of a child that has ended, (0, 0) when none has; what it left running is killed."""
    try:
        if hasattr(os, "waitid"):
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None:
                return 0, 0
            _kill_group(ended.si_pid)  # before its number is free for others
            return os.waitpid(ended.si_pid, 0)
        pid, status = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return 0, 0
    if pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    return pid, status


def _hang_up() -> bytes:
    raise ConnectionError("the client hung up")


def _say(client: socket.socket, what: dict[str, Any]) -> None:
    client.sendall((json.dumps(what) + "\n").encode("ascii"))


def _kill_group(pid: int) -> None:
    for kill in (os.killpg, os.kill):  # the second before the child has made its group
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _kernel(server: Server, client: socket.socket, files: list[int], request: dict[str, Any], parent: int) -> None:
    """The forked child: everything of its own that a new process would have, then the kernel. Never returns."""
    try:
        _end_with(parent)
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            with contextlib.suppress(OSError, ValueError):
                signal.signal(number, signal.SIG_IGN if number in request["ignored"] else signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        server.selector.close()
        for one in (server.listening, *server.private, *(other for other, _ in server.kernels.values())):
            one.close()
        for target, file in enumerate(files):
            os.dup2(file, target, inheritable=True)
        for file in files:
            if file > 2:
                os.close(file)
        os.chdir(request["cwd"])
        os.umask(request["umask"])
        os.environ.clear()
        os.environ.update({**request["env"], "JPY_PARENT_PID": str(parent)})
        time.tzset()
        _unshare()
        sys.argv[:] = ["ipykernel_launcher.py", *request["arguments"]]

        def ready() -> None:
            with contextlib.suppress(OSError):
                _say(client, {"ready": True})
            client.close()

        del server
        _child().serve(request["arguments"], ready)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _end_with(parent: int) -> None:
    """Let this process end when the server is killed, at whatever moment.

    ipykernel looks after its parent only once it is up; one that has lost it by then waits for ever if not process 1 but
    a session's manager adopts it.
    """
    if sys.platform.startswith("linux"):
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)


def _unshare() -> None:
    """What a new process draws anew: numpy's seed (``random`` sees to itself)."""
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _child() -> Any:
    if "_forkmill_child" not in sys.modules:
        spec = importlib.util.spec_from_file_location("_forkmill_child", os.path.join(HERE, "child.py"))
        module = importlib.util.module_from_spec(spec)
        sys.modules["_forkmill_child"] = module
        spec.loader.exec_module(module)
    return sys.modules["_forkmill_child"]


class _Shell:
    kernel = None  # by this attribute libraries tell a notebook from a terminal


def _preload(name: str) -> None:
    """Import one library as it would be imported in a notebook: pandas sets its widths by where it is imported."""
    builtins.get_ipython = _Shell  # type: ignore[attr-defined]
    try:
        with contextlib.suppress(ImportError):  # a kernel will say so where it needs it
            importlib.import_module(name)
    finally:
        with contextlib.suppress(AttributeError):
            del builtins.get_ipython  # type: ignore[attr-defined]


def _look_around() -> None:
    """Read once what each kernel would read again: which installed packages offer a backend to matplotlib.

    And forget the folders that were not there. What the others hold Python looks up again where one has changed.
    """
    with contextlib.suppress(ImportError, AttributeError):  # not installed, or before matplotlib 3.9
        importlib.import_module("matplotlib.backends").backend_registry.list_all()
    for path in [path for path, finder in sys.path_importer_cache.items() if finder is None]:
        del sys.path_importer_cache[path]


def main() -> None:
    """Bind first, so that a client can already wait in line while the libraries are imported."""
    path, idle, modules = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
    sys.path[:] = [one for one in sys.path if os.path.abspath(one or ".") != HERE]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(path)
    listening.listen(64)
    server = Server(listening, path, idle)
    gc.disable()  # what is imported stays, so looking for what could go is in vain
    for name in modules:
        _preload(name)
    _look_around()
    _child()._sibling("confinement").version()
    # The collector would write to pages that kernels share. Nor does it run before: everybody waits by now, and what it
    # freed would be holes in those pages, which kernels fill and so copy (Python's documentation of gc.freeze).
    gc.freeze()
    gc.enable()
    try:
        server.run()
    finally:
        with contextlib.suppress(OSError):
            if os.stat(path).st_ino == server.inode:
                os.unlink(path)


if __name__ == "__main__":
    main()
