"""Which notebooks a run executes, in which order, with what, and why."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.errors import InputError
from helpers.run import calls
from helpers.run.notebooks import Notebook
from helpers.run.parameters import Parameter, Value, differing

UNKNOWN = 1.0  # seconds that a notebook takes for which no time is known


@dataclass(frozen=True)
class Task:
    """One notebook to execute.

    ``wave``: 1, or one more than the last of the notebooks whose verdicts it asks for, which are ``rests_on``.
    ``parameters``: only those that differ from the notebook's own cell.
    ``reasons``: why it has to run; an empty tuple would mean that what is built already still stands.
    """

    notebook: Notebook
    wave: int
    rests_on: tuple[str, ...] = ()
    parameters: dict[str, Value] = field(default_factory=dict)
    reasons: tuple[str, ...] = ("a run executes every notebook",)

    @property
    def name(self) -> str:
        """The notebook's stem."""
        return self.notebook.name


def rests_on(notebook: Notebook, read: list[Notebook]) -> tuple[str, ...]:
    """Notebooks that the code names in ``paper.verdicts(NAME, ...)``; without names, all that ask for no verdicts."""
    asked = _asked(notebook)
    if asked == []:
        return tuple(one.name for one in read if _asked(one) is None)
    return tuple(dict.fromkeys(str(name) for name in asked or ()))


def _asked(notebook: Notebook) -> list[str | None] | None:
    """Names that the notebook's calls of ``paper.verdicts`` give; None when there is no such call."""
    found = [call for cell in notebook.code for call in calls.of_paper(cell.source) if call.name == "verdicts"]
    return [name for call in found for name in call.arguments] if found else None


def errors(read: list[Notebook]) -> list[InputError]:
    """Names that are no notebook, or not written out, and circles; the code has passed the shape check."""
    names = [one.name for one in read]
    found = []
    for one in read:
        for cell in one.code:
            for call in calls.of_paper(cell.source):
                for name in call.arguments if call.name == "verdicts" else ():
                    if name not in names:
                        close = difflib.get_close_matches(name or "", names, 1)
                        do = f"did you mean {close[0]}?" if close else "write its name out, without .ipynb"
                        found.append(
                            InputError(
                                "no such notebook to take verdicts from", cell.label, ", ".join(names), str(name), do
                            )
                        )
    if not found:
        circle = sorted(set(names) - set(waves(read)))
        found += [
            InputError(
                "the notebook waits for verdicts that wait for its own",
                f"{name}.ipynb",
                "no circle",
                " and ".join(circle),
                "take a call of paper.verdicts out",
            )
            for name in circle
        ]
    return found


def waves(read: list[Notebook]) -> dict[str, int]:
    """Wave of each notebook; those in a circle, or behind one, are left out."""
    behind = {one.name: rests_on(one, read) for one in read}
    placed: dict[str, int] = {}
    while True:
        ready = [name for name, needs in behind.items() if name not in placed and set(needs) <= set(placed)]
        if not ready:
            break
        placed |= {name: 1 + max((placed[need] for need in behind[name]), default=0) for name in ready}
    return placed


def plan(read: list[Notebook], declared: dict[str, Parameter], chosen: dict[str, Value]) -> list[Task]:
    """Tasks by wave, then by name. The notebooks have no :func:`errors`."""
    wave = waves(read)
    tasks = [Task(one, wave[one.name], rests_on(one, read), differing(declared, chosen, one.name)) for one in read]
    return sorted(tasks, key=lambda task: (task.wave, task.name))


def longest_first(tasks: list[Task], seconds: Mapping[str, float]) -> list[Task]:
    """Tasks in the order to begin them: first where it takes longest until all has ended that rests on them.

    ``seconds``: how long each took last time; one that never ran counts as :data:`UNKNOWN`.
    """

    @functools.cache
    def until_the_end(name: str) -> float:
        behind = (until_the_end(other.name) for other in tasks if name in other.rests_on)
        return seconds.get(name, UNKNOWN) + max(behind, default=0.0)

    return sorted(tasks, key=lambda task: until_the_end(task.name), reverse=True)
