"""What the last run of each notebook rested on, and what of it is no longer so. Standard library only.

A trace is written when a notebook has run to its end: the hash of what a person writes in it, its parameters, the
results of others it was given, the state of everything that its kernel could open (:mod:`forkmill.state.inputs`), the
variables that it was handed, and the versions of all installed libraries. Nothing is declared by hand or noted while it
runs, so nothing can be forgotten or missed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from forkmill.project import TRACES
from forkmill.state.snapshot import ABSENT
from forkmill.writing import write_text

UNSTEADY = "changed while the notebook ran"
UNSEEN = "its kernel could open everything on this machine, so what it read is not known"
PARTS = {"notebook", "parameters", "given", "built", "inputs", "variables", "libraries", "python", "confined"}


def read(cache: Path, name: str) -> dict[str, Any] | None:
    """The trace of a notebook; None when there is none that can be read."""
    try:
        found = json.loads((cache / TRACES / f"{name}.json").read_text(encoding="utf-8"))
        return found if isinstance(found, dict) and set(found) == PARTS else None
    except (OSError, ValueError):
        return None


def forget(cache: Path, name: str) -> None:
    """Remove a notebook's trace: what is built of it counts no more."""
    (cache / TRACES / f"{name}.json").unlink(missing_ok=True)


def write(cache: Path, name: str, trace: Mapping[str, Any]) -> None:
    """Store a trace. It is the last thing written of a notebook."""
    write_text(cache / TRACES / f"{name}.json", json.dumps(trace, indent=1, sort_keys=True) + "\n")


def steady(trace: Mapping[str, Any]) -> bool:
    """Whether the result can stand at all: it is known what it rested on, and that did not change under it."""
    return bool(trace["confined"]) and UNSTEADY not in trace["inputs"].values()


def reasons(trace: Mapping[str, Any] | None, now: Mapping[str, Any]) -> tuple[str, ...]:
    """Why a notebook has to run again, a line a reason with old and new; () when what is built stands.

    ``now``: the parts of a trace as they are now.
    """
    if trace is None:
        return ("it has not run yet",)
    if not trace["confined"]:
        return (UNSEEN,)
    found = []
    if trace["notebook"] != now["notebook"]:
        found.append(f"the notebook itself: {_short(trace['notebook'])} -> {_short(now['notebook'])}")
    found += _differing("parameter ", trace["parameters"], now["parameters"], "the default")
    found += [_told(key, old, new) for key, old, new in _pairs(trace["inputs"], now["inputs"], ABSENT)]
    found += _differing("the results of ", trace["given"], now["given"], "none")
    found += _differing("variable ", trace["variables"], now["variables"], "none")
    found += _differing("library ", trace["libraries"], now["libraries"], ABSENT)
    if trace["python"] != now["python"]:
        found.append(f"Python: {trace['python']} -> {now['python']}")
    if trace["built"] != now["built"]:
        found.append(f"its result in build/: {_short(trace['built'])} -> {_short(now['built'])}")
    return tuple(found)


def machine(libraries: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, Any]:
    """The parts of a trace that are the same for all notebooks."""
    return {"libraries": dict(libraries), "variables": dict(variables), "python": sys.version}


def _pairs(before: Mapping[str, str], now: Mapping[str, str], without: str) -> list[tuple[str, str, str]]:
    each = ((name, before.get(name, without), now.get(name, without)) for name in sorted({*before, *now}))
    return [(name, old, new) for name, old, new in each if old != new]


def _differing(what: str, before: Mapping[str, str], now: Mapping[str, str], without: str) -> list[str]:
    return [f"{what}{name}: {_short(str(old))} -> {_short(str(new))}" for name, old, new in _pairs(before, now, without)]


def _told(key: str, old: str, new: str) -> str:
    kind, _, name = key.partition(" ")
    if kind != "file":
        return f"{name} (its list of files): {_short(old)} -> {_short(new)}"
    if old[:64] == new[:64] and len(old) > 64:
        return f"{name}: its time or its rights have changed"
    return f"{name}: {_short(old)} -> {_short(new)}"


def _short(state: str) -> str:
    return state[:8] if len(state.partition(" ")[0]) == 64 else state
