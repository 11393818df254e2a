"""What the last run of each notebook rested on, and what of it is no longer so. Standard library only.

A trace is written when a notebook has run to its end: the hash of what a person writes in it, its parameters, the
results of others it was given, everything that its kernel noted as read (:mod:`forkmill.kernels.recorder`), each with the
state it had, and the versions of all installed libraries. Nothing is declared by hand, so nothing can be forgotten.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from forkmill.files import write_text
from forkmill.project import TRACES
from forkmill.state.snapshot import ABSENT, States

UNSTEADY = "changed while the notebook ran"
UNSEEN = "cannot be seen from here"
SLACK = 0.02  # seconds that a file's time may lag behind the clock
# What the outputs of every notebook rest on although no notebook reads it.
RUNNER = ("kernels/execute.py", "kernels/environment.py", "notebooks/ipynb.py", "kernels/child.py", "kernels/client.py",
          "kernels/server.py")  # fmt: skip


def read(cache: Path, name: str) -> dict[str, Any] | None:
    """The trace of a notebook; None when there is none that can be read."""
    try:
        found = json.loads((cache / TRACES / f"{name}.json").read_text(encoding="utf-8"))
        return found if isinstance(found, dict) and {"notebook", "parameters", "reads", "given"} <= set(found) else None
    except (OSError, ValueError):
        return None


def forget(cache: Path, name: str) -> None:
    """Remove a notebook's trace: what is built of it counts no more."""
    (cache / TRACES / f"{name}.json").unlink(missing_ok=True)


def write(cache: Path, name: str, trace: Mapping[str, Any]) -> None:
    """Store a trace. It is the last thing written of a notebook."""
    write_text(cache / TRACES / f"{name}.json", json.dumps(trace, indent=1, sort_keys=True) + "\n")


def take(
    root: Path, cache: Path, record: Path, began: float, states: States, known: Mapping[str, str], installed: Mapping[str, str]
) -> dict[str, Any]:
    """What a kernel read, with the state of each thing; part of a trace.

    Args:
        record: the file that the kernel wrote.
        began: time at which the kernel was started; what was written later is not what the kernel can have read.
        states: of now, not of before the run.
        known: SHA-256 of files before the run, by path below ``root``.
        installed: version of each library.
    """
    reads: dict[str, str] = {}
    for kind, text in _lines(record):
        if kind == "blind":
            reads[f"blind {text}"] = UNSEEN
        elif not _below(text, cache):
            name = _relative(text, root)
            state = states(kind, name)
            unsteady = kind != "there" and (_written_after(text, began) or known.get(name, state) != state)
            reads[f"{'file' if kind == 'module' else kind} {name}"] = UNSTEADY if unsteady else state
    package = Path(__file__).parents[1]
    for name in RUNNER:
        path = _relative(str(package / name), root)
        reads[f"file {path}"] = states("file", path)
    return {"reads": reads, "libraries": dict(installed), "python": sys.version}


def reasons(
    trace: Mapping[str, Any] | None,
    now: Mapping[str, Any],
    states: States,
    installed: Mapping[str, str],
) -> tuple[str, ...]:
    """Why a notebook has to run again, a line a reason with old and new; () when what is built stands.

    Args:
        now: notebook, parameters, given (hash of the results of each notebook it asks) and built (hash of the file).
        installed: version of each library.
    """
    if trace is None:
        return ("it has not run yet",)
    found = []
    if trace["notebook"] != now["notebook"]:
        found.append(f"the notebook itself: {_short(trace['notebook'])} -> {_short(now['notebook'])}")
    for name in sorted({*trace["parameters"], *now["parameters"]}):
        old, new = (one["parameters"].get(name, "the default") for one in (trace, now))
        if old != new:
            found.append(f"parameter {name}: {old} -> {new}")
    for key, old in trace["reads"].items():
        kind, _, name = key.partition(" ")
        if old == UNSEEN:
            found.append(f"it reads {name}, which {UNSEEN}")
        elif old != (new := states(kind, name)):
            found.append(f"{name}{' (its list of files)' if kind == 'folder' else ''}: {_short(old)} -> {_short(new)}")
    for name in sorted({*trace["given"], *now["given"]}):
        old, new = (one["given"].get(name, "none") for one in (trace, now))
        if old != new:
            found.append(f"the results of {name}: {_short(old)} -> {_short(new)}")
    for name in sorted({*trace["libraries"], *installed}):
        old, new = (one.get(name, ABSENT) for one in (trace["libraries"], installed))
        if old != new:
            found.append(f"library {name}: {old} -> {new}")
    if trace["python"] != sys.version:
        found.append(f"Python: {trace['python']} -> {sys.version}")
    if trace["built"] != now["built"]:
        found.append(f"its result in build/: {_short(trace['built'])} -> {_short(now['built'])}")
    return tuple(found)


def _lines(record: Path) -> list[tuple[str, str]]:
    try:
        lines = record.read_text(encoding="utf-8").splitlines()
        return [(kind, text) for kind, text in map(json.loads, lines)]
    except (OSError, ValueError):
        return [("blind", "files that its kernel did not tell of")]


def _written_after(path: str, began: float) -> bool:
    try:
        seen = os.stat(path)
    except OSError:
        return False
    return max(seen.st_mtime, seen.st_ctime) > began - SLACK


def _below(path: str, folder: Path) -> bool:
    return path.startswith((str(folder) + os.sep, os.path.realpath(folder) + os.sep))


def _relative(path: str, root: Path) -> str:
    for base in (str(root), os.path.realpath(root)):
        if path.startswith(base + os.sep):
            return path[len(base) + 1 :].replace(os.sep, "/")
    return path


def _short(state: str) -> str:
    return state[:8] if len(state) == 64 else state
