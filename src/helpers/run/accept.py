"""Making a complete run with default parameters the record."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import threading
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.errors import InputError, InputErrors
from helpers.run import compare, inputs, lock, notebooks, parameters, shape
from helpers.run.build import MARK, files
from helpers.run.collect import records
from helpers.run.terminal import Terminal

_STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
AGAIN = "run make reproduce, then make accept"


def accept(root: Path, terminal: Terminal) -> int:
    """Replace the committed notebooks by the executed ones, all or none, and say which verdicts changed.

    Raises:
        InputErrors: the build is missing, incomplete, of other parameters, edited, or of other inputs.
    """
    build = paths.build(root)
    with lock.Lock(build, lambda other: terminal.say(f"a run (process {other}) is going on; waiting for it")):
        committed = shape.load(paths.notebooks(root))
        _check(root, build, committed)
        executed = [notebooks.read(build / "notebooks" / one.path.name) for one in committed]
        changed = compare.changes({record["id"]: record for record in records(executed)}, committed)
        other = compare.other_outputs(executed, committed)
        different = {one.path: notebooks.dump(one.content) for one in executed}
        different = {
            paths.notebooks(root) / path.name: text
            for path, text in different.items()
            if (paths.notebooks(root) / path.name).read_bytes() != text.encode("utf-8")
        }
        replace(different)
    terminal.listed("Changed verdicts:", changed)
    terminal.listed("Changed outputs:", [] if changed else other)
    names = ", ".join(sorted(path.stem for path in different)) or "none"
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


def replace(texts: dict[Path, str]) -> None:
    """Write every text to its path, or leave all as they were.

    All are written beside their places first, so that a full disk is met before anything is replaced. The moves take
    less than a millisecond each, and Ctrl-C waits for them.
    """
    before = {path: path.read_bytes() for path in texts}
    staged: dict[Path, str] = {}
    try:
        for path, text in texts.items():
            handle, staged[path] = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.chmod(staged[path], path.stat().st_mode & 0o777)
        _move(staged, before)
    finally:
        for name in staged.values():
            Path(name).unlink(missing_ok=True)


def _move(staged: dict[Path, str], before: dict[Path, bytes]) -> None:
    main = threading.current_thread() is threading.main_thread()
    handlers = (
        {number: signal.signal(number, signal.SIG_IGN) for number in _STOPPING} if main else {}
    )
    try:
        for path, name in staged.items():
            os.replace(name, path)
    except OSError:
        for path, content in before.items():
            if path.read_bytes() != content:
                path.write_bytes(content)
        raise
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
