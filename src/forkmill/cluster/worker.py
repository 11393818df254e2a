"""What runs on a worker of a cluster: one notebook, or other work of the caller, from the worker's own copy of the folder.

A worker is known by its fingerprint: the hashes of code, data and notebooks, and the versions of Python and of every
package of the lock. A task that meets another fingerprint than its sender's is handed back undone.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import platform
import re
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from forkmill import project_files
from forkmill.errors import InputError, InputErrors
from forkmill.kernels.cache import empty_cache
from forkmill.kernels.environment import environment
from forkmill.kernels.execute import Papermill
from forkmill.kernels.manager import Kernels
from forkmill.notebooks import ipynb, rules
from forkmill.notebooks.task import Task
from forkmill.project import Project
from forkmill.state import packages, snapshot
from forkmill.state.inputs import hashes

Order = dict[str, Any]
Reply = dict[str, Any]
Work = Callable[[Project, Order], Any]
_ROOM = threading.local()  # each thread of a worker has a folder of its own for what kernels keep


def fingerprint(project: Project) -> dict[str, str]:
    """Hash or version of all that decides what a notebook shows, by name; empty where the project is not sound."""
    try:
        return dict(_fingerprint(project.root, _Held(project), _state(project)))
    except (InputError, InputErrors, OSError):
        return {}


def found_by(locate: Callable[[], Project]) -> dict[str, str]:
    """The fingerprint of the project that a worker finds; empty where it finds none."""
    try:
        return fingerprint(locate())
    except (InputError, OSError):
        return {}


class _Held:
    """A project as an argument that a cache does not look into: its root and its state decide."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return True


def _state(project: Project) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Name and signs of every file that a fingerprint is made from: while they stand, it does.

    A worker looks before every task, so this is made of what costs least.
    """
    names = (*project.sources, *project.inputs, *project.packages, project.lock)
    found = project_files.files(project.root, names)
    return tuple(sorted((name, tuple(snapshot.signs(os.path.join(project.root, name)))) for name in found))


@functools.lru_cache(maxsize=2)
def _fingerprint(root: Path, held: _Held, state: object) -> dict[str, str]:
    project, lock = held.project, root / held.project.lock
    found = hashes(project, rules.load(project.notebooks, upgrade=True))
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    return found | {"python": platform.python_version()} | versions(text)


def versions(lock: str) -> dict[str, str]:
    """Installed versions of the packages that a lock pins; without pins, of all that are installed."""
    there = packages.installed()
    names = map(packages.normal, re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE))
    return {f"package {name}": there.get(name, "not installed") for name in list(names) or sorted(there)}


def differences(expected: dict[str, str], got: dict[str, str]) -> list[str]:
    """Names of what two fingerprints do not have in common, versions with both values."""
    if not got:
        return ["no sound project is found on the worker"]
    found = []
    for name in sorted({*expected, *got}):
        ours, theirs = expected.get(name, "missing"), got.get(name, "missing")
        if ours != theirs:
            found.append(f"{name} {theirs} instead of {ours}" if name.startswith(("package ", "python")) else name)
    return found


def digest(found: dict[str, str]) -> str:
    """A fingerprint in one hash, to send along with every task."""
    return snapshot.digest(json.dumps(found, sort_keys=True).encode("utf-8"))


def perform(locate: Callable[[], Project], work: Work, order: Order, expected: str) -> Reply:
    """Do ``work`` on an order, or say that this worker has another digest than ``expected``; the content comes with its hash."""
    if digest(found_by(locate)) != expected:
        return {"differs": True}
    reply = json.dumps(work(locate(), order), ensure_ascii=False).encode("utf-8")
    return {"content": reply, "sha256": snapshot.digest(reply)}


def notebook(project: Project, order: Order) -> dict[str, Any]:
    """Execute the notebook ``name`` under ``parameters``, ``given`` being the results of other notebooks as text."""
    if not hasattr(_ROOM, "folder"):
        _ROOM.folder = tempfile.TemporaryDirectory(prefix="forkmill-worker-")
    cache = Path(_ROOM.folder.name)
    empty_cache(cache)
    given = {}
    if order["given"] is not None:
        given[order["name"]] = cache / "given.json"
        given[order["name"]].write_text(order["given"], encoding="utf-8")
    read = ipynb.read(project.notebooks / f"{order['name']}.ipynb", upgrade=True)
    kernels = Kernels(environment(project, cache), project.notebooks, cache, given)
    result = Papermill(kernels)(Task(read, parameters=order["parameters"]))
    failure = None if result.failure is None else dataclasses.asdict(result.failure)
    return {"name": result.name, "seconds": result.seconds, "content": result.content, "failure": failure}
