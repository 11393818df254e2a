"""Making a complete run with default parameters the record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.audit import compare
from asprinted.audit.collect import guesses, records
from asprinted.audit.notebook_rules import AGAIN, record_errors
from asprinted.verdicts.record import Record, record_fault
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks import ipynb, parameter_values, rules
from forkmill.project import MARK, NOTEBOOKS, Project
from forkmill.run import journal
from forkmill.run.folder import files
from forkmill.state.inputs import hashes
from forkmill.terminal import Terminal


def accept(root: Path, terminal: Terminal) -> int:
    """Replace the committed notebooks by the executed ones, all or none, and say which verdicts changed.

    Raises:
        InputErrors: the build is missing, incomplete, of other parameters, edited, of other inputs, or no record that
            would be found sound.
    """
    project = paths.project(root)
    with journal.alone(project, terminal):
        committed = rules.load(project.notebooks)
        if guessed := guesses(_built(project.build)):  # the run is incomplete by them alone, which says less
            raise InputErrors(guessed)
        _check(project, committed)
        executed = [ipynb.read(project.build / NOTEBOOKS / one.path.name) for one in committed]
        if unsound := [error for one in executed for error in record_errors(one)]:
            raise InputErrors(unsound)
        changed = compare.changes({record["id"]: record for record in records(executed)}, committed)
        other = compare.other_outputs(executed, committed)
        texts = {one.path.name: ipynb.dump(one.content) for one in executed}
        different = {name: text for name, text in texts.items() if (project.notebooks / name).read_bytes() != text.encode("utf-8")}
        journal.replace(project, different)
    terminal.listed("Changed verdicts:", compare.told(changed))
    terminal.listed("Changed outputs:", [] if changed else other)
    names = ", ".join(sorted(Path(name).stem for name in different)) or "none"
    terminal.say(f"Accepted: {len(changed)} verdict(s) changed; notebooks replaced: {names}.")
    return 0


def _check(project: Project, committed: list[ipynb.Notebook]) -> None:
    run = _run(project.build)
    errors = []
    if not run["default"]:
        said = parameter_values.as_text(run["parameters"])
        errors.append(InputError("the run had other parameters than the defaults", f"build/{MARK}", "default parameters", said, AGAIN))
    errors += [InputError("a built file is not the one that the run wrote", f"build/{name}", "the file of the run", "another", AGAIN)
               for name in _differing(run["files"], files(project))]
    errors += [InputError("this has changed since the run", name, "what was run", "something else", AGAIN)
               for name in _differing(run["inputs"], hashes(project, committed))]
    if errors:
        raise InputErrors(errors)


def _run(build: Path) -> dict[str, Any]:
    try:
        run = json.loads((build / MARK).read_text(encoding="utf-8"))
        if isinstance(run, dict) and {"default", "parameters", "files", "inputs"} <= set(run):
            return run
    except (OSError, ValueError):
        pass
    raise InputErrors([InputError("there is no complete run to accept", f"build/{MARK}", "the mark of a complete run", "none", AGAIN)])


def _built(build: Path) -> list[Record]:
    """The verdicts of the last run, complete or not; none where there was none."""
    try:
        found = json.loads((build / "verdicts.json").read_text(encoding="utf-8"))["claims"]
        return [record for record in found if record_fault(record) is None]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _differing(before: dict[str, str], now: dict[str, str]) -> list[str]:
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
