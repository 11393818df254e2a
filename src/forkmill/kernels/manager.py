"""Kernels of a run: our own interpreter, an environment without the user's settings, and a way to stop them all."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from forkmill.kernels.child import MEMORY, OPENS, SHOWS
from forkmill.kernels.environment import memory, opens_beside, temporary
from forkmill.notebooks.task import SHOWN
from forkmill.project import GIVEN

FORKED = "forked"


def register() -> None:
    """Make the forked kernels known to jupyter_client, also where this package is not installed."""
    from importlib.metadata import EntryPoint

    from jupyter_client.provisioning import KernelProvisionerFactory as Factory

    entry = EntryPoint(FORKED, "forkmill.kernels.provisioner:ForkProvisioner", Factory.GROUP_NAME)
    Factory.instance().provisioners[FORKED] = entry


class Kernels:
    """The kernels of one run; ``manager(name)`` gives nbclient the class that starts the next one.

    They are forked where that can be had (:mod:`forkmill.kernels`), and processes of their own where not.
    """

    def __init__(self, env: dict[str, str], cwd: Path, cache: Path, given: Mapping[str, Path] | None = None,
                 opens: Callable[[str], dict[str, list[str]]] | None = None) -> None:
        """``given``: for each notebook that asks for others' results, the file that holds those, and no others.

        It may grow while the run goes on. ``opens``: what the kernel of a notebook can open, beside the folders of its own
        (:func:`forkmill.kernels.environment.opens`); everything unless it is given.
        """
        self.env, self.cwd, self.cache, self.opens = env, cwd, cache, opens
        self.given = {} if given is None else given
        self.stopped = False
        self.ended: dict[str, int] = {}  # of notebooks whose kernel has ended by itself: its status, below 0 a signal's number
        self._live: set[Any] = set()
        self._lock = threading.Lock()

    def log(self, name: str) -> Path:
        """What the kernel of a notebook wrote beside the protocol: start-up warnings, a crash."""
        return self.cache / "logs" / f"{name}.log"

    def environment(self, name: str) -> dict[str, str]:
        """Variables of the kernel of one notebook."""
        own = {MEMORY: str(memory()), SHOWS: str(SHOWN), **temporary(self.cache, name)}
        given = {GIVEN: str(self.given[name])} if name in self.given else {}
        opens = {} if self.opens is None else {OPENS: json.dumps(opens_beside(self.opens(name), self.cache, name, given.get(GIVEN)))}
        return {**self.env, **own, **given, **opens}

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
                await super().start_kernel(**options)
                kernels.add(self)

            async def cleanup_resources(self, restart: bool = False) -> None:
                await super().cleanup_resources(restart=restart)
                kernels.remove(self)
                if getattr(self, "ended_with", None) is not None:
                    kernels.ended[name] = self.ended_with
                if self.output is not None:
                    self.output.close()

        return Manager


def _kill(manager: Any) -> None:
    provisioner = manager.provisioner
    pid = getattr(provisioner, "pid", None)
    if pid is None or not provisioner.has_process:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        # A kernel leads its own process group, so what its cells started goes with it.
        os.killpg(pid, signal.SIGKILL) if hasattr(os, "killpg") else os.kill(pid, signal.SIGTERM)
