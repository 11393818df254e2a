"""Which notebooks a run executes, with what, and in which order."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from forkmill.errors import InputError, InputErrors
from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.parameter_declaration import Parameter
from forkmill.notebooks.parameter_values import Value, differing
from forkmill.notebooks.task import Task

UNKNOWN = 1.0  # seconds that a notebook takes for which no time is known
RestsOn = Mapping[str, tuple[str, ...]]


def order(names: list[str], rests_on: RestsOn) -> list[str]:
    """The names, each after those whose results it is given, else in their own order.

    Raises:
        InputErrors: notebooks wait for one another in a circle.
    """
    sorter = TopologicalSorter({name: rests_on.get(name, ()) for name in names})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = sorted(set(error.args[1]))
        raise InputErrors([InputError("the notebook waits for results that wait for its own", f"{name}.ipynb", "no circle",
                                      " and ".join(circle), "let one of them ask for nothing") for name in circle]) from None
    placed: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=names.index)
        placed += ready
        sorter.done(*ready)
    return placed


def plan(read: list[Notebook], declared: dict[str, Parameter], chosen: dict[str, Value], rests_on: RestsOn) -> list[Task]:
    """A task for each notebook, in :func:`order`. Raises as that."""
    found = {one.name: one for one in read}
    return [Task(found[name], tuple(rests_on.get(name, ())), differing(declared, chosen, name)) for name in order(list(found), rests_on)]


def longest_first(tasks: list[Task], seconds: Mapping[str, float]) -> list[Task]:
    """Tasks in the order to begin them: first where it takes longest until all has ended that rests on them.

    ``seconds``: how long each took last time; one that never ran counts as :data:`UNKNOWN`.
    """

    @functools.cache
    def until_the_end(name: str) -> float:
        behind = (until_the_end(other.name) for other in tasks if name in other.rests_on)
        return seconds.get(name, UNKNOWN) + max(behind, default=0.0)

    return sorted(tasks, key=lambda task: until_the_end(task.name), reverse=True)
