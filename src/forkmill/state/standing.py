"""Which results in ``build/`` stand, and why the others do not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from forkmill.notebooks import ipynb
from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.task import Task
from forkmill.project import NOTEBOOKS, TRACES, Project
from forkmill.state import packages, snapshot, trace


def nothing(notebook: Notebook) -> Any:
    """What a notebook gives others where nothing was agreed on."""


class Standing:
    """The traces of one project, held against what is there now.

    ``gives``: what other notebooks are given of an executed one, as plain JSON.
    """

    def __init__(self, project: Project, read: list[Notebook], gives: Callable[[Notebook], Any] = nothing) -> None:
        self.project, self.gives = project, gives
        self.built, self.cache = project.build / NOTEBOOKS, project.cache
        self.sources = {one.name: one.source_hash for one in read}
        self.before = snapshot.States(project.root)
        self.installed = packages.installed()
        self._given: dict[str, Any] = {}

    def reasons(self, task: Task, given: Iterable[str] | None = None) -> tuple[str, ...]:
        """Why a notebook has to run; () when its result stands.

        ``given``: notebooks whose results to look at; all that it asks for, which have to stand, by default.
        """
        now = self._now(task, task.rests_on if given is None else given)
        return trace.reasons(trace.read(self.cache, task.name), now, self.before, self.installed)

    def _now(self, task: Task, given: Iterable[str]) -> dict[str, Any]:
        return {
            "notebook": self.sources[task.name],
            "parameters": dict(task.parameters),
            "given": {name: self._digest(name) for name in given},
            "built": snapshot.States(self.project.root)("file", str(self.built / f"{task.name}.ipynb")),
        }

    def given(self, name: str) -> Any:
        """What a built notebook gives others."""
        if name not in self._given:
            self._given[name] = self.gives(ipynb.read(self.built / f"{name}.ipynb"))
        return self._given[name]

    def _digest(self, name: str) -> str:
        return snapshot.digest(json.dumps(self.given(name), ensure_ascii=False).encode("utf-8"))

    def settle(self, task: Task, began: float, ran: Notebook, text: str, known: Mapping[str, str]) -> None:
        """Store what a notebook that ``ran``, and was written as ``text``, rests on.

        ``known``: hashes of files before the run.
        """
        self._given[task.name] = self.gives(ran)
        record = self.cache / "read" / f"{task.name}.jsonl"
        root = self.project.root
        taken = trace.take(root, self.cache, record, began, snapshot.States(root), known, self.installed)
        now = self._now(task, task.rests_on) | {"built": snapshot.digest(text.encode("utf-8"))}
        trace.write(self.cache, task.name, {**taken, **now})

    def forget(self, name: str | None = None) -> None:
        """Remove the trace and the result of one notebook, or of all: also those of notebooks that are no more."""
        for one in [name] if name else [path.stem for path in (self.cache / TRACES).glob("*.json")]:
            trace.forget(self.cache, one)
            (self.built / f"{one}.ipynb").unlink(missing_ok=True)
            self._given.pop(one, None)

    @property
    def unseen(self) -> bool:
        """Whether some notebook's reading could not be seen, or changed under it: it has to run every time."""
        found = (trace.read(self.cache, name) for name in self.sources)
        return any(one is None or {trace.UNSEEN, trace.UNSTEADY} & set(one["reads"].values()) for one in found)

    def reads(self) -> dict[str, str]:
        """Everything that notebooks read, ``kind path`` with its state."""
        found: dict[str, str] = {}
        for name in self.sources:
            found |= (trace.read(self.cache, name) or {"reads": {}})["reads"]
        return found
