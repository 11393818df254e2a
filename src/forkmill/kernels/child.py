"""What every kernel does on its way up, whether it was forked or is a process of its own: ``python child.py -f FILE``.

Imports nothing of this package. The two ways must not differ in anything that a cell can see, so both end here.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import sys
import threading
import types
from collections.abc import Callable, Iterator
from typing import Any

OPENS = "FORKMILL_OPENS"  # variable that holds what a kernel of a run can open, as JSON: the arguments of `confine`
MEMORY = "FORKMILL_MEMORY"  # variable that holds the most bytes a kernel may take
SHOWS = "FORKMILL_SHOWS"  # variable that holds the most bytes that the cells of a kernel may show
TOO_MUCH = 109  # status of a kernel whose cells have shown more
SETTINGS = "FORKMILL_SETTINGS"  # variable that is "no" for a kernel that shows the same whatever its user has set
OURS = (OPENS, MEMORY, SHOWS, SETTINGS, "JUPYTER_DEFAULT_PROVISIONER_NAME", "FORKMILL_KERNELS", "FORKMILL_SOCKETS")

CELLS = "ipykernel_cells"  # where cells lie by their names; libraries know them by how it begins
INLINE = "module://matplotlib_inline.backend_inline"


def serve(arguments: list[str], ready: Callable[[], None] = lambda: None) -> None:
    """Run a kernel to its end with the arguments of ipykernel_launcher; never returns.

    ``ready`` is called once its sockets are bound.
    """
    opens, memory, shows, settings = (os.environ.get(name) for name in (OPENS, MEMORY, SHOWS, SETTINGS))
    for name in OURS:
        os.environ.pop(name, None)
    _limit(memory)
    if opens:
        _sibling("confinement").confine(**json.loads(opens))  # before there is a second thread, which would be left out
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.parent_handle = int(os.environ.get("JPY_PARENT_PID") or 0)  # read when the class was made, in the server
    if settings == "no":
        app.load_config_file = _no_settings
        _same_names()
    _figures()
    with _few_modules() if opens else contextlib.nullcontext():
        app.initialize(arguments)
    # Its close() waits for a thread that may wait for this one (ipykernel 7.4); the process ends by itself below.
    atexit.unregister(app.close)
    if shows:
        _count(app, int(shows))
    ready()
    status = 0
    try:
        app.start()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    finally:
        for end in (threading._shutdown, atexit._run_exitfuncs):  # in Python's own order: it waits for threads first
            with contextlib.suppress(BaseException):
                end()  # type: ignore[operator]
        for stream in (sys.__stdout__, sys.__stderr__):
            with contextlib.suppress(Exception):
                stream.flush()
        os._exit(status)


def _no_settings(*_: object, **__: object) -> None:
    """Settings of IPython that lie on this machine would change what a notebook shows."""


@contextlib.contextmanager
def _few_modules() -> Iterator[None]:
    """Hide the modules from ipykernel, which notes the file of each for its debugger and so copies pages of a fork.

    No debugger reaches the kernel of a run. Gains 12 ms of about 190 a kernel (medians of 15 starts with and without in
    turn, eight rounds, ipykernel 7.4, two busy cores). An ipykernel whose ``ipkernel`` looks through the modules under
    another name than its own ``sys`` loses the gain; one that reads more of them while it starts would miss them.
    """
    from ipykernel import ipkernel

    ipkernel.sys = types.SimpleNamespace(**{**vars(sys), "modules": {}})
    try:
        yield
    finally:
        ipkernel.sys = sys


def _same_names() -> None:
    """Let warnings name a cell in the same way wherever it runs: by its text, not by a temporary folder and a process."""
    from ipykernel import compiler

    compiler.get_tmp_directory = lambda *_: CELLS


def _limit(memory: str | None) -> None:
    """Make a greedy cell fail by itself: a MemoryError first, and if not, the kernel is what the system kills."""
    if not memory:
        return
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("500")
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (int(memory), int(memory)))


def _count(app: Any, left: int) -> None:
    """End this process once its cells have shown more than ``left`` bytes.

    Here, because a cell prints faster than anybody reads: where it is read, memory is full of what is still on its way.
    Whatever shows something, a child too, sends it by this method of ipykernel (5 to 7); a test prints without end.
    """
    thread = app.iopub_thread
    send = thread.send_multipart

    def counted(parts: Any, *arguments: Any, **options: Any) -> None:
        nonlocal left
        left -= sum(memoryview(part).nbytes for part in parts)
        if left < 0:
            os._exit(TOO_MUCH)
        send(parts, *arguments, **options)

    thread.send_multipart = counted


def _figures() -> None:
    """Let matplotlib draw with what the kernel's environment names, and else, as ipykernel will say, into the notebook.

    matplotlib looks there when it is imported, which in a forked kernel was before there was a notebook.
    """
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = os.environ.get("MPLBACKEND") or INLINE


def _sibling(name: str) -> Any:
    """A file beside this one as a module that no notebook can import by accident."""
    key = f"_forkmill_{name}"
    if key not in sys.modules:
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py")
        spec = importlib.util.spec_from_file_location(key, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[key] = module
        spec.loader.exec_module(module)
    return sys.modules[key]


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") != here]
    kept = sys.argv[1:]
    # Cells live in a module called __main__ of their own; this file must not be it.
    child = _sibling("child")
    sys.argv[:] = ["ipykernel_launcher.py", *kept]
    child.serve(kept)
