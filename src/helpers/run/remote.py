"""What runs on a worker of a cluster: one notebook or one evaluation, from the worker's own checkout.

A worker is known by its fingerprint: the hashes of code, data and notebooks, and the versions of Python and of every
package of the lock. A task that meets another fingerprint than its sender's is handed back undone.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.errors import InputError, InputErrors

LOCK = Path("requirements", "run.txt")
Order = dict[str, Any]
Reply = dict[str, Any]
_ROOM = threading.local()  # each thread of a worker has a folder of its own for what kernels keep


def fingerprint(root: Path | None = None) -> dict[str, str]:
    """Hash or version of all that decides what a notebook shows, by name; empty where there is no sound audit."""
    try:
        root = root or paths.root()
        return dict(_fingerprint(root, _state(root)))
    except (InputError, InputErrors):
        return {}


def _state(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of every file that a fingerprint is made from: while they stand, it does."""
    folders = (paths.notebooks(root), root / "data", Path(__file__).parents[1])
    found = [one for folder in folders for one in _files(str(folder))]
    lock = root / LOCK
    if lock.is_file():
        status = lock.stat()
        found.append((str(lock), status.st_size, status.st_mtime_ns))
    return tuple(sorted(found))


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """A worker looks before every task, so this is made of what costs least."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(entry.path) if entry.name != "__pycache__" else ()
                elif entry.is_file():
                    status = entry.stat()
                    yield entry.path, status.st_size, status.st_mtime_ns
    except FileNotFoundError:  # gone in between: another state than before
        return


@functools.lru_cache(maxsize=2)
def _fingerprint(root: Path, state: object) -> dict[str, str]:
    from helpers.run import inputs, shape

    found = inputs.hashes(root, shape.load(paths.notebooks(root)))
    lock = root / LOCK
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    return found | {"python": platform.python_version()} | versions(text)


@functools.cache
def versions(lock: str) -> dict[str, str]:
    """Installed versions of the packages that a lock pins; without pins, of those that this package asks for."""
    names = re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)
    if not names:
        asked = importlib.metadata.requires("audit-helpers") or []
        names = [re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in asked if "extra ==" not in line]
    found = {}
    for name in names:
        try:
            found[f"package {name}"] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[f"package {name}"] = "not installed"
    return found


def differences(expected: dict[str, str], got: dict[str, str]) -> list[str]:
    """Names of what two fingerprints do not have in common, versions with both values."""
    if not got:
        return ["no sound audit is found on the worker"]
    found = []
    for name in sorted({*expected, *got}):
        ours, theirs = expected.get(name, "missing"), got.get(name, "missing")
        if ours != theirs:
            found.append(f"{name} {theirs} instead of {ours}" if name.startswith(("package ", "python")) else name)
    return found


def digest(found: dict[str, str]) -> str:
    """A fingerprint in one hash, to send along with every task."""
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode("utf-8")).hexdigest()


def perform(kind: str, order: Order, expected: str) -> Reply:
    """Carry an order out, or say that this worker has another digest than ``expected``; the content comes with its hash."""
    if digest(fingerprint()) != expected:
        return {"differs": True}
    reply = KINDS[kind](order)
    return {"content": reply, "sha256": hashlib.sha256(reply).hexdigest()}


def notebook(order: Order) -> bytes:
    """Execute the notebook ``name`` under ``parameters``, ``verdicts`` being the records of other notebooks as text."""
    from helpers.run import notebooks, plan
    from helpers.run.execute import Papermill
    from helpers.run.kernels import Kernels, empty_cache, environment

    root = paths.root()
    if not hasattr(_ROOM, "folder"):
        _ROOM.folder = tempfile.TemporaryDirectory(prefix="audit-worker-")
    cache = Path(_ROOM.folder.name)
    empty_cache(cache)
    verdicts = {}
    if order["verdicts"] is not None:
        verdicts[order["name"]] = cache / "verdicts.json"
        verdicts[order["name"]].write_text(order["verdicts"], encoding="utf-8")
    read = notebooks.read(paths.notebooks(root) / f"{order['name']}.ipynb")
    kernels = Kernels(environment(root, cache), paths.notebooks(root), cache, verdicts)
    result = Papermill(kernels)(plan.Task(read, 1, parameters=order["parameters"]))
    failure = None if result.failure is None else dataclasses.asdict(result.failure)
    return _bytes({"name": result.name, "seconds": result.seconds, "content": result.content, "failure": failure})


def evaluations(order: Order) -> bytes:
    """Carry out several ``orders`` of a sweep."""
    from helpers import sweep

    found = sweep.answers([sweep.read_order(one) for one in order["orders"]], paths.root())
    return _bytes([dataclasses.asdict(one) for one in found])


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


KINDS: dict[str, Callable[[Order], bytes]] = {"notebook": notebook, "evaluations": evaluations}
