"""Which notebooks a run would execute now, and why."""

from __future__ import annotations

from pathlib import Path

from helpers import paths
from helpers.run import inputs, parameters
from helpers.run.plan import plan
from helpers.run.settled import Settled


def why(root: Path, text: str = "", file: Path | None = None) -> str:
    """A paragraph a notebook: it stands, it would run and why, or it may run because another would.

    Raises:
        InputErrors: every fault of the inputs.
    """
    found = inputs.check(root)
    chosen = parameters.values(parameters.load(paths.paper(root) / "parameters.yaml"), text, file)
    settled, lines = Settled(root, found.notebooks), []
    moving: set[str] = set()  # would run or may run
    for task in plan(found.notebooks, found.declared, chosen):
        behind = [name for name in task.rests_on if name in moving]
        given = () if behind else task.rests_on
        reasons = [one for one in settled.reasons(task, given) if not (behind and one.startswith("the verdicts of "))]
        if reasons:
            lines += [f"{task.name}: would run", *(f"  {reason}" for reason in reasons)]
        elif behind:
            lines += [f"{task.name}: would run if the verdicts of {' or '.join(behind)} change"]
        else:
            lines += [f"{task.name}: stands"]
        if reasons or behind:
            moving.add(task.name)
    return "\n".join(lines)
