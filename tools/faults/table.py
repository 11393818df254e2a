"""The table of what was tried and what happened, for the docs."""

from __future__ import annotations

import datetime
import platform
import re
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from asprinted import generated_parts
from faults.trial import Trial
from forkmill.writing import write_text

COMMAND = "make -C tools faults"


def versions() -> str:
    """What the faults were tried under."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("papermill", "nbval", "jupyter_client", "ipykernel"))
    system = f"{platform.system()} {platform.release().partition('-')[0]}"
    return f"Python {platform.python_version()}, {libraries}, {system}"


def text(trials: list[Trial], seed: int, day: str) -> str:
    """Markdown: a row for each kind of fault and command."""
    lines = [f"{len(trials)} faults, seed {seed}, tried on {day} under {versions()}.", "",
             "| fault | command | audit | tried | what the command did | promises broken |", "|---|---|---|--:|---|--:|"]
    for key in sorted({(trial.kind, trial.command, trial.audit) for trial in trials}):
        own = [trial for trial in trials if (trial.kind, trial.command, trial.audit) == key]
        outcomes = Counter(trial.outcome for trial in own)
        did = ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common())
        lines.append(f"| {key[0]} | {key[1]} | {key[2]} | {len(own)} | {did} | {sum(bool(one.broken) for one in own)} |")
    broken = sum(bool(trial.broken) for trial in trials)
    lines.append(f"| **all** | | | **{len(trials)}** | | **{broken}** |")
    kinds = Counter(re.sub(r"\d+", "N", what.split(":")[0]) for trial in trials for what in trial.broken)
    if kinds:
        lines += ["", "Promises broken:", "", *(f"- {what}: {count}" for what, count in kinds.most_common())]
    return "\n".join(lines) + "\n"


def write(trials: list[Trial], path: Path, seed: int) -> None:
    """Put the table between its markers in a page of docs/, or write it alone into a file below build/.

    Raises:
        InputError: a page has no such markers.
    """
    table = text(trials, seed, datetime.datetime.now(datetime.UTC).date().isoformat())
    if path.resolve().parent.name == "docs":
        generated_parts.put(path, "faults", table, COMMAND)
    else:
        write_text(path, table)
