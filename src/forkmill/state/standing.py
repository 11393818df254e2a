"""Which results in ``build/`` stand, and why the others do not."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable
from typing import Any

from forkmill.kernels import confinement
from forkmill.kernels.variables import passed_on
from forkmill.notebooks import ipynb
from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.task import Task
from forkmill.project import NOTEBOOKS, TRACES, Project
from forkmill.state import packages, snapshot, trace
from forkmill.state.inputs import Inputs

SWITCH = "FORKMILL_CONFINED"  # "no": kernels can open everything


def nothing(notebook: Notebook) -> Any:
    """What a notebook gives others where nothing was agreed on."""


def confining() -> bool:
    """Whether kernels can open their inputs alone; where not, what they read is not known, and all run every time."""
    return confinement.version() > 0 and os.environ.get(SWITCH) != "no"


class Standing:
    """The traces of one project, held against what is there now.

    ``gives``: what other notebooks are given of an executed one, as plain JSON. ``readers``: notebooks that can read the
    files of all notebooks, which so count for them.
    """

    def __init__(self, project: Project, read: list[Notebook], gives: Callable[[Notebook], Any] = nothing,
                 readers: Collection[str] = ()) -> None:
        self.project, self.gives = project, gives
        self.built, self.cache = project.build / NOTEBOOKS, project.cache
        self.sources = {one.name: one.source_hash for one in read}
        self.before = snapshot.States(project.root)
        self.inputs = {reads: Inputs(project, notebooks=reads) for reads in (False, True)}
        self.readers = readers
        self.machine = trace.machine(packages.installed(), passed_on(project.passes))
        self._given: dict[str, Any] = {}

    def reasons(self, task: Task, given: Iterable[str] | None = None) -> tuple[str, ...]:
        """Why a notebook has to run; () when its result stands.

        ``given``: notebooks whose results to look at; all that it asks for, which have to stand, by default.
        """
        now = self._now(task, task.rests_on if given is None else given)
        return trace.reasons(trace.read(self.cache, task.name), now)

    def _now(self, task: Task, given: Iterable[str]) -> dict[str, Any]:
        built = self.built / f"{task.name}.ipynb"
        return {
            "notebook": self.sources[task.name],
            "parameters": dict(task.parameters),
            "given": {name: self._digest(name) for name in given},
            "inputs": {f"{kind} {name}": self.before(kind, name) for kind, name in self.opens(task)},
            "built": snapshot.sha256(built) if built.is_file() else snapshot.ABSENT,
            **self.machine,
        }

    def opens(self, task: Task) -> Inputs:
        """What the kernel of a notebook can open."""
        return self.inputs[task.name in self.readers]

    def given(self, name: str) -> Any:
        """What a built notebook gives others."""
        if name not in self._given:
            self._given[name] = self.gives(ipynb.read(self.built / f"{name}.ipynb"))
        return self._given[name]

    def _digest(self, name: str) -> str:
        return snapshot.digest(json.dumps(self.given(name), ensure_ascii=False).encode("utf-8"))

    def settle(self, task: Task, ran: Notebook, text: str) -> None:
        """Store what a notebook that ``ran``, and was written as ``text``, rests on."""
        self._given[task.name] = self.gives(ran)
        now = self._now(task, task.rests_on)
        now["inputs"] |= dict.fromkeys(self.before.changed() & set(now["inputs"]), trace.UNSTEADY)
        built = snapshot.digest(text.encode("utf-8"))
        trace.write(self.cache, task.name, {**now, "built": built, "confined": confining()})

    def forget(self, name: str | None = None) -> None:
        """Remove the trace and the result of one notebook, or of all: also those of notebooks that are no more."""
        for one in [name] if name else [path.stem for path in (self.cache / TRACES).glob("*.json")]:
            trace.forget(self.cache, one)
            (self.built / f"{one}.ipynb").unlink(missing_ok=True)
            self._given.pop(one, None)

    @property
    def unseen(self) -> bool:
        """Whether of some notebook it is not known what it rested on, or that changed under it: it has to run every time."""
        found = (trace.read(self.cache, name) for name in self.sources)
        return any(one is None or not trace.steady(one) for one in found)
