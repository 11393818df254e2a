"""Which results in ``build/`` stand, and why the others do not."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.run import collect, libraries, notebooks, traces
from helpers.run.notebooks import Notebook
from helpers.run.plan import Task
from helpers.run.unchanged import CACHE, TRACES


class Settled:
    """The traces of one checkout, held against what is there now."""

    def __init__(self, root: Path, read: list[Notebook]) -> None:
        self.root, self.built, self.cache = root, paths.build(root) / "notebooks", paths.build(root) / CACHE
        self.sources = {one.name: one.source_hash for one in read}
        self.before = traces.States(root)
        self.installed = libraries.installed()
        self._records: dict[str, list[dict[str, Any]]] = {}

    def reasons(self, task: Task, given: Iterable[str] | None = None) -> tuple[str, ...]:
        """Why a notebook has to run; () when its result stands.

        ``given``: notebooks whose verdicts to look at; all that it asks for, which have to be settled, by default.
        """
        now = self._now(task, task.rests_on if given is None else given)
        return traces.reasons(traces.read(self.cache, task.name), now, self.before, self.installed)

    def _now(self, task: Task, given: Iterable[str]) -> dict[str, Any]:
        return {
            "notebook": self.sources[task.name],
            "parameters": dict(task.parameters),
            "given": {name: self._given(name) for name in given},
            "built": traces.States(self.root)("file", str(self.built / f"{task.name}.ipynb")),
        }

    def records(self, name: str) -> list[dict[str, Any]]:
        """The verdict records that a built notebook holds, in its order."""
        if name not in self._records:
            self._records[name] = collect.records([notebooks.read(self.built / f"{name}.ipynb")])
        return self._records[name]

    def _given(self, name: str) -> str:
        return traces.digest(json.dumps(self.records(name), ensure_ascii=False).encode("utf-8"))

    def settle(self, task: Task, began: float, ran: Notebook, text: str, known: Mapping[str, str]) -> None:
        """Store what a notebook that ``ran``, and was written as ``text``, rests on.

        ``known``: hashes of files before the run.
        """
        self._records[task.name] = collect.records([ran])
        record = self.cache / "read" / f"{task.name}.jsonl"
        states = traces.States(self.root)
        known = {name: known[name] for name in known if not name.startswith("notebooks/")}
        trace = traces.take(self.root, self.cache, record, began, states, known)
        now = self._now(task, task.rests_on) | {"built": traces.digest(text.encode("utf-8"))}
        traces.write(self.cache, task.name, {**trace, **now})

    def forget(self, name: str | None = None) -> None:
        """Remove the trace and the result of one notebook, or of all: also those of notebooks that are no more."""
        folder = self.cache / TRACES
        for one in [name] if name else [path.stem for path in folder.glob("*.json")]:
            traces.forget(self.cache, one)
            (self.built / f"{one}.ipynb").unlink(missing_ok=True)
            self._records.pop(one, None)

    @property
    def unseen(self) -> bool:
        """Whether some notebook's reading could not be seen, or changed under it: it has to run every time."""
        found = (traces.read(self.cache, name) for name in self.sources)
        return any(trace is None or {traces.UNSEEN, traces.UNSTEADY} & set(trace["reads"].values()) for trace in found)

    def outside(self) -> dict[str, str]:
        """Everything that notebooks read, ``kind path`` with its state, for a look that opens nothing else."""
        found: dict[str, str] = {}
        for name in self.sources:
            found |= (traces.read(self.cache, name) or {"reads": {}})["reads"]
        return {key: state for key, state in found.items() if os.path.isabs(key.partition(" ")[2])}
