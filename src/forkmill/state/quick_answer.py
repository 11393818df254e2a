"""The quick answer where nothing has changed since the last complete run: the same words again, in a blink.

Standard library only, and few modules of that: this is all that a run with nothing to do may cost. Everything that the
answer rests on is looked at (:mod:`forkmill.state.snapshot`): all that kernels can open, notebooks with their outputs,
libraries, parameters, variables, and every file that the run wrote.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from forkmill import project_files
from forkmill.kernels.variables import passed_on
from forkmill.project import ACCEPTING, CACHE, LOCK, TIMINGS, Project
from forkmill.state import snapshot
from forkmill.state.inputs import Inputs

STORED = "unchanged.json"
FORMAT = 4


def recall(project: Project, text: str = "", file: Path | None = None) -> dict[str, Any] | None:
    """What the last complete run said, if every single thing it rests on and wrote is the same; else None."""
    build = project.build
    try:
        with open(build / CACHE / STORED, encoding="utf-8") as stored:
            last = json.load(stored)
        same = (
            last["request"] == _request(project, text, file)
            and not os.path.isdir(build / ACCEPTING)
            and _free(build / LOCK)
            and set(last["inputs"]) == set(_inputs(project))
            and set(last["outputs"]) == set(_outputs(project))
            and snapshot.same(project.root, last["inputs"])
            and snapshot.same(build, last["outputs"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return last["answer"] if same else None


def again(project: Project, text: str, file: Path | None, terminal: Any, timings: bool = False) -> int | None:
    """Say what the last run said and give its exit status, if nothing has changed since; else None."""
    began = time.perf_counter()
    answer = recall(project, text, file)
    if answer is None:
        return None
    status = told(answer, terminal)
    if timings:
        terminal.listed("Seconds:", [f"{'look for changes':<22} {time.perf_counter() - began:7.3f}"])
    return status


def told(answer: Mapping[str, Any], terminal: Any) -> int:
    """Say the lines of an answer; its exit status."""
    terminal.note("Nothing has changed since the last run: build/ stands.")
    for line in answer["said"]:
        terminal.repeat(line)
    return int(answer["status"])


class Before:
    """Everything that a run rests on, as it was before the run looked at any of it."""

    def __init__(self, project: Project, text: str = "", file: Path | None = None) -> None:
        self.project = project
        (project.cache / STORED).unlink(missing_ok=True)
        try:
            self.request = _request(project, text, file)
        except OSError:  # no such file of parameters: the run is about to say so
            self.request = {}
        self.inputs = _looked(project.root, _inputs(project))

    def remember(self, said: list[Any], status: int) -> None:
        """Store what the run said with all it rests on; the last thing that a run writes."""
        from forkmill.writing import write_text

        content = {
            "request": self.request,
            "inputs": snapshot.renewed(self.project.root, self.inputs),
            "outputs": _looked(self.project.build, _outputs(self.project)),
            "answer": {"said": said, "status": status},
        }
        write_text(self.project.cache / STORED, json.dumps(content) + "\n")


def _request(project: Project, text: str, file: Path | None) -> dict[str, Any]:
    libraries = sorted(name for folder in sys.path for name in _names(folder) if name.endswith(".dist-info"))
    given = "" if file is None else snapshot.sha256(file)
    whose = [str(project.root), sys.prefix, sys.version, *sys.path[1:]]
    return {"format": FORMAT, "text": text, "file": given, "whose": whose, "libraries": libraries,
            "variables": passed_on(project.passes)}


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder) if folder.endswith("-packages") else []
    except OSError:
        return []


def _inputs(project: Project) -> Iterable[str]:
    """All that a run may look at, as ``kind name``, below ``root`` where it is."""
    return [f"{kind} {name}" for kind, name in Inputs(project, more=(*project.sources, *project.shown))]


def _outputs(project: Project) -> Iterable[str]:
    names = (name for name in sorted(os.listdir(project.build)) if name not in (*project.passed_over, TIMINGS))
    return [f"file {name}" for name in project_files.files(project.build, names)]


def _looked(base: Path, keys: Iterable[str]) -> dict[str, snapshot.Look]:
    return {key: snapshot.look(base, *key.split(" ", 1)) for key in keys}


def _free(path: Path) -> bool:
    """Whether no run is going on that is just changing what is looked at."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        with open(path, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # there is none, or the file system knows no locks
        return True
    return True
