"""While notebooks run: on a terminal a line for each, with what it is doing, since when, and how long it took last time.

A log file or a pipe gets nothing of this, only the lines that :class:`forkmill.terminal.Terminal` says.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.task import Task
from forkmill.writing import write_text

STORED = "seconds.json"  # in the run's cache: how long notebooks and the report took when they last ran


def last_seconds(cache: Path) -> dict[str, float]:
    """How long everything took when it last ran; what never ran to its end is not in it."""
    try:
        found = json.loads((cache / STORED).read_text(encoding="utf-8"))
        return {str(name): float(seconds) for name, seconds in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def remember(cache: Path, seconds: Mapping[str, float]) -> None:
    """Keep how long something took, beside what is kept of the rest."""
    known = last_seconds(cache) | {name: round(took, 3) for name, took in seconds.items()}
    write_text(cache / STORED, json.dumps(known, indent=1, sort_keys=True) + "\n")


def doing(notebook: Notebook, id: str) -> str:
    """A cell as a reader finds it: its number, and the heading it stands under."""
    heading = ""
    for cell in notebook.cells:
        if cell.kind == "markdown":
            headings = [line for line in cell.source.splitlines() if line.startswith("#")]
            heading = headings[-1].lstrip("#").strip() if headings else heading
        elif cell.id == id:
            return f"[{cell.number}/{len(notebook.code)}] {heading}".rstrip()
    return "parameters"  # a cell that papermill put in


class Progress:
    """What a run is doing, as text; ``expected`` from :func:`last_seconds`. Its threads may say at any time what they do."""

    def __init__(self, tasks: Sequence[Task], expected: Mapping[str, float], jobs: int,
                 clock: Callable[[], float] = time.monotonic, after: Sequence[str] = ()) -> None:
        """``after``: names of what is done once the notebooks have ended."""
        self.tasks, self.expected, self.jobs, self.clock, self.after = tasks, expected, jobs, clock, after
        self.began = clock()
        self._width = max((len(task.name) for task in tasks), default=0)
        self._since: dict[str, float] = {}
        self._what: dict[str, str] = {}
        self._ended: set[str] = set()

    def begin(self, name: str, what: str = "starting") -> None:
        """Something is being done from now on."""
        self._what[name] = what
        self._since[name] = self.clock()

    def cell(self, task: Task, id: str) -> None:
        """A notebook has come to a cell."""
        self._what[task.name] = doing(task.notebook, id)

    def end(self, name: str) -> None:
        """It has ended, or there was nothing to do."""
        self._ended.add(name)

    def lines(self) -> list[str]:
        """A line for all that is being done, and one for the whole."""
        now = self.clock()
        running = [name for name in list(self._since) if name not in self._ended]
        shown = [f"{name:<{self._width}}  {now - self._since[name]:6.1f} s{self._about(name):<15}  {self._what[name]}" for name in running]
        done = sum(task.name in self._ended for task in self.tasks)
        left = self._left(now)
        more = f", about {left:.0f} s left" if left is not None else ""
        return [*shown, f"{done} of {len(self.tasks)} notebooks, {now - self.began:.0f} s{more}"]

    def _about(self, name: str) -> str:
        return f" of about {self.expected[name]:.0f} s" if self.expected.get(name, 0) >= 0.5 else ""

    def _left(self, now: float) -> float | None:
        """Seconds until all has ended, if it lasts as long as last time; None where something never ran."""
        names = [task.name for task in self.tasks if task.name not in self._ended]
        if any(name not in self.expected for name in names):
            return None
        each = [max(0.0, self.expected[name] - (now - self._since.get(name, now))) for name in names]
        after = [max(0.0, self.expected.get(name, 0.0) - (now - self._since.get(name, now))) for name in self.after]
        return max(sum(each) / self.jobs, max(each, default=0.0)) + sum(after)


class Stages:
    """Seconds from one stage's end to the next, by name, in order."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def done(self, stage: str) -> None:
        """The stage that began where the one before ended has ended."""
        now = time.perf_counter()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self._last, 3)
        self._last = now
