"""Reaching the fork server: where its socket is, and starting it once."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from forkmill.kernels.child import SETTINGS
from forkmill.kernels.sockets import Unavailable, connected, folder
from forkmill.kernels.variables import LIBRARIES
from forkmill.project import VARIABLES

HERE = Path(__file__).parent
SWITCH = "FORKMILL_KERNELS"  # "ordinary": never fork
IDLE = 600  # seconds that a server without kernels waits for the next run
STARTING = 60.0  # seconds that the libraries may take to be imported
# What notebooks import, and what a kernel itself imports on its way up; never anything of this package, nor matplotlib_inline,
# which looks at its notebook when it is imported.
PRELOAD = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics.execution",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "IPython.utils.module_paths",
    "faulthandler",
    "sqlite3",
    "tornado.platform.asyncio",
    "numpy",
    "pandas",
    "matplotlib.figure",
    "matplotlib.font_manager",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.style",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
    "encodings.unicode_escape",
    "encodings.utf_16_be",
    "pandas.core.methods.to_dict",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "seaborn",
    "yaml",
    "fastjsonschema",
)
# Libraries look at these when they are imported, so a server serves only who has the same.
READ_AT_IMPORT = (*LIBRARIES, "PYTHON")
OF_ONE_RUN = (VARIABLES, "IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_", "JPY_", "PYTEST_", "MPLBACKEND")


def possible(cwd: str | None = None, env: Mapping[str, str] | None = None) -> bool:
    """Whether kernels can and may be forked here.

    Settings of matplotlib, in the kernel's folder or its user's, are read when matplotlib is imported, and a file in that
    folder that is called like a library is imported in its place: either needs a process of its own.
    """
    return (
        hasattr(os, "fork")
        and hasattr(socket, "recv_fds")
        and os.environ.get(SWITCH) != "ordinary"
        and sys.gettrace() is None  # a debugger or a coverage tool wants to follow
        and not (cwd and _decides_imports(cwd))
        and not (env and env.get(SETTINGS) != "no" and _decides_figures(env))
    )


def _decides_imports(folder: str) -> bool:
    if Path(folder, "matplotlibrc").exists():
        return True
    modules = [path.stem for path in Path(folder).glob("*.py")] + [path.parent.name for path in Path(folder).glob("*/__init__.py")]
    specs = [importlib.util.find_spec(name) for name in modules if name.isidentifier() and name != "__main__"]
    return any(spec is not None and not str(spec.origin).startswith(folder) for spec in specs)


def _decides_figures(env: Mapping[str, str]) -> bool:
    """Whether a user has settings or styles where matplotlib looks for them."""
    home = Path(env.get("HOME", "~")).expanduser()
    known = env.get("MPLCONFIGDIR")
    usual = (Path(env.get("XDG_CONFIG_HOME") or home / ".config", "matplotlib"), home / ".matplotlib")  # the second on macOS
    folders = (Path(known),) if known else usual
    return "MATPLOTLIBRC" in env or any((folder / name).exists() for folder in folders for name in ("matplotlibrc", "stylelib"))


def key(env: Mapping[str, str]) -> str:
    """What a server may serve: this interpreter, these libraries and code, what libraries read at import, these limits."""
    libraries = next((path for path in sys.path if path.endswith("site-packages")), sys.prefix)
    parts = [sys.executable, sys.prefix, sys.version, *PRELOAD]
    parts += sorted(name for name in os.listdir(libraries) if name.endswith((".dist-info", ".pth")))
    parts += [str(os.stat(libraries).st_mtime_ns)]
    parts += [(HERE / name).read_text(encoding="utf-8") for name in ("fork_server.py", "child.py", "confinement.py")]
    parts += [f"{name}={env[name]}" for name in sorted(env) if name.startswith(READ_AT_IMPORT)]
    parts += _inherited()
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _inherited() -> list[str]:
    """What a process hands on without being asked: a kernel may not get less, or more, than its own user's shell gives."""
    import resource

    limits = sorted(name for name in dir(resource) if name.startswith("RLIMIT_"))
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return [*(f"{name}={resource.getrlimit(getattr(resource, name))}" for name in limits), f"cores={cores}"]


def server_environment(env: Mapping[str, str]) -> dict[str, str]:
    """The server's own variables: those of a kernel without what belongs to one run."""
    kept = {name: value for name, value in env.items() if not name.startswith(OF_ONE_RUN)}
    return {**kept, "MPLCONFIGDIR": str(folder() / "matplotlib"), "IPYTHONDIR": str(folder() / "ipython")}


def connect(env: Mapping[str, str]) -> socket.socket:
    """A connection to the server for kernels with ``env``, which is started where there is none.

    Raises:
        Unavailable: it cannot be started or reached.
    """
    path = folder() / f"{key(env)}.socket"
    with contextlib.suppress(OSError):
        return connected(path)
    with _alone(path.with_suffix(".lock")):
        with contextlib.suppress(OSError):
            return connected(path)
        path.unlink(missing_ok=True)  # of a server that was killed
        _start(path, env)
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                return connected(path)
            time.sleep(0.005)
    raise Unavailable("the fork server did not start")


def begin(env: Mapping[str, str]) -> None:
    """Start the server, if there is none, and do not wait: it imports while the caller does other things."""
    if possible():
        with contextlib.suppress(Unavailable, OSError):
            connect(env).close()


def stop_all() -> None:
    """Ask every server of this user to end once its kernels have ended."""
    with contextlib.suppress(Unavailable):
        for path in folder().glob("*.socket"):
            with contextlib.suppress(OSError), connected(path) as connection:
                send(connection, {"stop": True}, [0, 1, 2])


@contextlib.contextmanager
def _alone(path: Path) -> Any:
    import fcntl

    with open(path, "a", encoding="utf-8") as file:
        with contextlib.suppress(OSError):  # no locks there: two servers may start, and the one that nobody reaches ends
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start(path: Path, env: Mapping[str, str]) -> None:
    for name in ("matplotlib", "ipython"):
        (folder() / name).mkdir(exist_ok=True)
    with open(path.with_suffix(".log"), "wb") as log:
        subprocess.Popen(
            [sys.executable, str(HERE / "fork_server.py"), str(path), str(IDLE), *PRELOAD],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=server_environment(env),
            cwd="/",
            start_new_session=True,
        ).returncode = 0  # nobody waits for it, and nobody is to be warned of that


def send(connection: socket.socket, request: dict[str, Any], files: list[int]) -> None:
    """Send a request with the three files that go with it."""
    text = json.dumps(request).encode("utf-8")
    socket.send_fds(connection, [len(text).to_bytes(4, "big")], files)
    connection.sendall(text)
