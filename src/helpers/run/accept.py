"""Making a complete run with default parameters the record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.errors import InputError, InputErrors
from helpers.run import compare, inputs, notebooks, parameters, pending, shape
from helpers.run.collect import records
from helpers.run.folder import files
from helpers.run.terminal import Terminal
from helpers.run.unchanged import MARK

AGAIN = "run make reproduce, then make accept"


def accept(root: Path, terminal: Terminal) -> int:
    """Replace the committed notebooks by the executed ones, all or none, and say which verdicts changed.

    Raises:
        InputErrors: the build is missing, incomplete, of other parameters, edited, or of other inputs.
    """
    build = paths.build(root)
    with pending.alone(root, terminal):
        committed = shape.load(paths.notebooks(root))
        _check(root, build, committed)
        executed = [notebooks.read(build / "notebooks" / one.path.name) for one in committed]
        changed = compare.changes({record["id"]: record for record in records(executed)}, committed)
        other = compare.other_outputs(executed, committed)
        texts = {one.path.name: notebooks.dump(one.content) for one in executed}
        stored = {name: (paths.notebooks(root) / name).read_bytes() for name in texts}
        different = {name: text for name, text in texts.items() if stored[name] != text.encode("utf-8")}
        pending.replace(root, different)
    terminal.listed("Changed verdicts:", changed)
    terminal.listed("Changed outputs:", [] if changed else other)
    names = ", ".join(sorted(Path(name).stem for name in different)) or "none"
    terminal.say(f"Accepted: {len(changed)} verdict(s) changed; notebooks replaced: {names}.")
    return 0


def _check(root: Path, build: Path, committed: list[notebooks.Notebook]) -> None:
    run = _run(build)
    errors = []
    if not run["default"]:
        said = parameters.as_text(run["parameters"])
        errors.append(
            InputError(
                "the run had other parameters than the defaults", f"build/{MARK}", "default parameters", said, AGAIN
            )
        )
    for name in _differing(run["files"], files(build)):
        errors.append(
            InputError(
                "a built file is not the one that the run wrote",
                f"build/{name}",
                "the file of the run",
                "another",
                AGAIN,
            )
        )
    for name in _differing(run["inputs"], inputs.hashes(root, committed)):
        errors.append(InputError("this has changed since the run", name, "what was run", "something else", AGAIN))
    if errors:
        raise InputErrors(errors)


def _run(build: Path) -> dict[str, Any]:
    try:
        run = json.loads((build / MARK).read_text(encoding="utf-8"))
        if isinstance(run, dict) and {"default", "parameters", "files", "inputs"} <= set(run):
            return run
    except (OSError, ValueError):
        pass
    raise InputErrors(
        [InputError("there is no complete run to accept", f"build/{MARK}", "the mark of a complete run", "none", AGAIN)]
    )


def _differing(before: dict[str, str], now: dict[str, str]) -> list[str]:
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
