"""Kernels of a run: our own interpreter, an environment without the user's settings, and a way to stop them all."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from helpers import paths
from helpers.run.unchanged import CACHE, TRACES
from helpers.run.warm import client, place
from helpers.run.warm.child import MEMORY, RECORD

# Variables that change what Python, IPython or matplotlib print or draw.
DROPPED = (
    "PYTHON",
    "LC_",
    "LANG",
    "TZ",
    "MPL",
    "MATPLOTLIB",
    "IPYTHON",
    "JUPYTER",
    "AUDIT_",
    "COLUMNS",
    "LINES",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "PYTEST_",
)
FORKED = "forked"
IPYTHON = ("profile_default", "log", "pid", "security", "startup", "static")  # folders that every kernel would make
VERDICTS = "AUDIT_VERDICTS"  # variable by which a notebook is given the verdicts of others
HELPERS = str(Path(__file__).resolve().parents[2])  # the folder to import them from
KEPT = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")


def environment(root: Path, cache: Path) -> dict[str, str]:
    """Environment variables for a kernel: the same on every machine as far as they decide what a notebook shows.

    ``cache``: a folder for what kernels keep (font list, IPython's profile).
    """
    kept = {name: value for name, value in os.environ.items() if name in KEPT or not name.startswith(DROPPED)}
    kept |= {
        "AUDIT_ROOT": str(root),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "IPYTHONDIR": str(cache / "ipython"),
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "JUPYTER_RUNTIME_DIR": str(cache / "runtime"),
    }
    # What a killed kernel or nbval leaves lies under build/, where the next run removes it.
    kept |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(cache / "temporary"))
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if HELPERS in map(os.path.realpath, filter(None, given)):  # maybe how they are found; nothing else on it gets there
        kept["PYTHONPATH"] = HELPERS
    return kept


def begin(root: Path, fresh: bool = False) -> None:
    """Start the process that kernels are forked from where all notebooks will run; it imports while others do more."""
    cache = paths.build(root) / CACHE
    if fresh or not (cache / TRACES).is_dir():
        client.begin(environment(root, cache))


def register() -> None:
    """Make the forked kernels known to jupyter_client, also where this package is not installed."""
    from importlib.metadata import EntryPoint

    from jupyter_client.provisioning import KernelProvisionerFactory as Factory

    entry = EntryPoint(FORKED, "helpers.run.warm.provisioner:ForkProvisioner", Factory.GROUP_NAME)
    Factory.instance().provisioners[FORKED] = entry


def memory() -> int:
    """Bytes that one kernel may take: most of the machine's, so that a greedy cell fails before the machine does."""
    try:
        most = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 2**63 - 1
    with contextlib.suppress(OSError, ValueError):  # a container may have less; "max" means that it has not
        most = min(most, int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    return most * 8 // 10


def fresh_cache(cache: Path) -> None:
    """Make the kernels' folders, without what an earlier run left, there and among the sockets."""
    empty_cache(cache)
    tidy_sockets()


def tidy_sockets() -> None:
    """Remove sockets of kernels that are no more; also at the end of a run, because at its start some may be too young."""
    if hasattr(os, "fork"):
        with contextlib.suppress(place.Unavailable, OSError):
            place.tidy()


def empty_cache(cache: Path) -> None:
    """Make the kernels' folders, without what an earlier notebook left.

    The font list stays, which takes half a second, and IPython's own folders, without a file.
    """
    for name in ("ipython", "runtime", "logs", "parts", "read", "temporary"):
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


class Kernels:
    """The kernels of one run; ``manager(name)`` gives nbclient the class that starts the next one.

    They are forked where that can be had (:mod:`helpers.run.warm`), and processes of their own where not.
    """

    def __init__(self, env: dict[str, str], cwd: Path, cache: Path, verdicts: Mapping[str, Path] | None = None) -> None:
        """``verdicts``: for each notebook that asks for verdicts, the file that holds those, and no others.

        It may grow while the run goes on.
        """
        self.env, self.cwd, self.cache = env, cwd, cache
        self.verdicts = {} if verdicts is None else verdicts
        self.stopped = False
        self._live: set[Any] = set()
        self._lock = threading.Lock()

    def log(self, name: str) -> Path:
        """What the kernel of a notebook wrote beside the protocol: start-up warnings, a crash."""
        return self.cache / "logs" / f"{name}.log"

    def environment(self, name: str) -> dict[str, str]:
        """Variables of the kernel of one notebook."""
        own = {RECORD: str(self.record(name)), MEMORY: str(memory())}
        given = {VERDICTS: str(self.verdicts[name])} if name in self.verdicts else {}
        return {**self.env, **own, **given}

    def record(self, name: str) -> Path:
        """What the kernel of a notebook noted of its reading, see :mod:`helpers.run.warm.recorder`."""
        return self.cache / "read" / f"{name}.jsonl"

    def add(self, manager: Any) -> None:
        """Remember a started kernel; stop it at once when the run is being stopped."""
        with self._lock:
            self._live.add(manager)
        if self.stopped:
            _kill(manager)

    def remove(self, manager: Any) -> None:
        """Forget a kernel that has ended."""
        with self._lock:
            self._live.discard(manager)

    def stop(self) -> None:
        """Kill every kernel with its children, and every one that is being started."""
        self.stopped = True
        with self._lock:
            live = list(self._live)
        for manager in live:
            _kill(manager)

    def manager(self, name: str) -> type:
        """A kernel manager class whose kernel has this run's environment and folder and writes to ``log(name)``."""
        from ipykernel.kernelspec import RESOURCES, get_kernel_dict
        from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
        from jupyter_client.manager import AsyncKernelManager
        from traitlets import default

        register()

        kernels = self

        class OwnInterpreter(KernelSpecManager):
            # A user's own kernel named python3 may belong to another Python.
            def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
                spec = KernelSpec(resource_dir=RESOURCES, **get_kernel_dict(["--HistoryManager.enabled=False"]))
                spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": FORKED}}
                return spec

        class Manager(AsyncKernelManager):
            output: BinaryIO | None = None

            @default("kernel_spec_manager")
            def _own_interpreter(self) -> KernelSpecManager:
                return OwnInterpreter(parent=self)

            async def start_kernel(self, **options: Any) -> None:
                self.connection_file = str(kernels.cache / "runtime" / f"kernel-{uuid.uuid4()}.json")
                self.output = open(kernels.log(name), "ab")  # noqa: SIM115 - closed with the kernel
                options |= {
                    "env": kernels.environment(name),
                    "cwd": str(kernels.cwd),
                    "stdout": self.output,
                    "stderr": self.output,
                }
                await _at_once(AsyncKernelManager.start_kernel)(self, **options)
                kernels.add(self)

            async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
                await _at_once(AsyncKernelManager.shutdown_kernel)(self, now=now, restart=restart)

            async def cleanup_resources(self, restart: bool = False) -> None:
                await super().cleanup_resources(restart=restart)
                kernels.remove(self)
                if self.output is not None:
                    self.output.close()

        return Manager


def _at_once(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method of jupyter_client without the hundredth of a second that it sleeps so that its own tests can look."""
    return getattr(method, "__wrapped__", method)


def _kill(manager: Any) -> None:
    provisioner = manager.provisioner
    pid = getattr(provisioner, "pid", None)
    if pid is None or not provisioner.has_process:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        # A kernel leads its own process group, so what its cells started goes with it.
        os.killpg(pid, signal.SIGKILL) if hasattr(os, "killpg") else os.kill(pid, signal.SIGTERM)
