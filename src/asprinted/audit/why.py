"""Which notebooks a run would execute now, and why."""

from __future__ import annotations

from pathlib import Path

from asprinted import paths
from asprinted.audit import collect, input_checks
from forkmill.notebooks import parameter_values
from forkmill.run.plan import plan
from forkmill.state.standing import Standing


def why(root: Path, text: str = "", file: Path | None = None) -> str:
    """A paragraph a notebook: it stands, it would run and why, or it may run because another would.

    Raises:
        InputErrors: every fault of the inputs.
    """
    found = input_checks.check(root)
    chosen = parameter_values.values(found.declared, text, file)
    standing = Standing(paths.project(root), found.notebooks, lambda one: collect.records([one]), found.readers)
    lines: list[str] = []
    moving: set[str] = set()  # would run or may run
    for task in plan(found.notebooks, found.declared, chosen, found.rests_on):
        behind = [name for name in task.rests_on if name in moving]
        given = () if behind else task.rests_on
        reasons = [one for one in standing.reasons(task, given) if not (behind and one.startswith("the results of "))]
        if reasons:
            lines += [f"{task.name}: would run", *(f"  {reason}" for reason in reasons)]
        elif behind:
            lines += [f"{task.name}: would run if the results of {' or '.join(behind)} change"]
        else:
            lines += [f"{task.name}: stands"]
        if reasons or behind:
            moving.add(task.name)
    return "\n".join(lines)
