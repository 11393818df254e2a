"""The quick answer where nothing has changed since the last complete run: the same words again, in a blink.

Standard library only, and few modules of that: this is all that a run with nothing to do may cost. A file counts as the
one that was hashed when size, both times and number in the file system are the same; where any of them differs, its
SHA-256 decides. Everything that the answer rests on is looked at: data, notebooks with their outputs, this package,
libraries, parameters, every other file that a notebook read, and every file that the run wrote.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CACHE = ".cache"
TRACES = "traces"  # below the cache, see :mod:`helpers.run.traces`
LOCK = ".lock"
ACCEPTING = ".accepting"  # notebooks that are being made the record, see :mod:`helpers.run.pending`
# Under build/, but not part of what a run builds: its own cache and lock, and what other commands write there.
HIDDEN = (CACHE, LOCK, ACCEPTING, "sweep", ".mutants", "mutants.md", "bench", "sources.md", "sources.csv",
          "synthetic", "synthetic.md", "faults.md", "faults.jsonl", "corpus")
MARK = "run.json"
TIMINGS = "timings.json"
STORED = "unchanged.json"
FORMAT = 1
SLACK_NS = 20_000_000  # a file written this shortly before it was looked at may be written again at the same time
PASSING = ("__pycache__", ".ipynb_checkpoints")
Seen = tuple[list[int] | None, str]


def recall(root: Path, text: str = "", file: Path | None = None) -> dict[str, Any] | None:
    """What the last complete run said, if every single thing it rests on and wrote is the same; else None."""
    build = root / "build"
    try:
        with open(build / CACHE / STORED, encoding="utf-8") as stored:
            last = json.load(stored)
        same = (
            last["request"] == _request(root, text, file)
            and not os.path.isdir(build / ACCEPTING)
            and _free(build / LOCK)
            and set(last["inputs"]) == set(_inputs(root))
            and set(last["outputs"]) == set(_outputs(build))
            and all(_is(root, name, *seen) for part in ("inputs", "outputs") for name, seen in last[part].items())
            and all(_stands(key, state) for key, state in last["outside"].items())
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return last["answer"] if same else None


def again(root: Path, text: str, file: Path | None, terminal: Any, timings: bool = False) -> int | None:
    """Say what the last run said and give its exit status, if nothing has changed since; else None."""
    began = time.perf_counter()
    answer = recall(root, text, file)
    if answer is None:
        return None
    status = _told(answer, terminal)
    if timings:
        terminal.listed("Seconds:", [f"{'look for changes':<22} {time.perf_counter() - began:7.3f}"])
    return status


def at_once() -> bool:
    """End this process as ``make reproduce`` ends where nothing has changed; else return, with nothing said.

    True: something has changed. False: there is a fault, or nobody to hear the answer, and the command that follows knows
    what to do. Where every notebook will run, the process that kernels are forked from imports by then.
    """
    from helpers.errors import InputError
    from helpers.paths import root
    from helpers.run.terminal import Terminal

    try:
        answer = recall(root())
    except InputError:
        return False
    if answer is None:
        from helpers.run.kernels import begin

        begin(root())
        return True
    stopped = signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is as good as said
    try:
        status = _told(answer, Terminal())
        sys.stdout.flush()
    except OSError:
        signal.signal(signal.SIGINT, stopped)
        return False
    os._exit(status)


def _told(answer: Mapping[str, Any], terminal: Any) -> int:
    terminal.note("Nothing has changed since the last run: build/ stands.")
    terminal.verdicts(answer["summary"])
    for line in answer["said"]:
        terminal.say(line)
    return int(answer["status"])


class Before:
    """Everything that a run rests on, as it was before the run looked at any of it."""

    def __init__(self, root: Path, text: str = "", file: Path | None = None) -> None:
        self.root = root
        (root / "build" / CACHE / STORED).unlink(missing_ok=True)
        try:
            self.request = _request(root, text, file)
        except OSError:  # no such file of parameters: the run is about to say so
            self.request = {}
        self.inputs = {name: _look(root, name) for name in _inputs(root)}

    def remember(self, outside: Mapping[str, str], answer: Mapping[str, Any]) -> None:
        """Store what the run said with all it rests on; the last thing that a run writes."""
        from helpers.files import write_text

        build = self.root / "build"
        content = {
            "request": self.request,
            "inputs": self.inputs,
            "outputs": {name: _look(self.root, name) for name in _outputs(build)},
            "outside": dict(outside),
            "answer": dict(answer),
        }
        write_text(build / CACHE / STORED, json.dumps(content) + "\n")


def _request(root: Path, text: str, file: Path | None) -> dict[str, Any]:
    libraries = sorted(name for folder in sys.path for name in _names(folder) if name.endswith(".dist-info"))
    given = "" if file is None else _sha256(os.fspath(file))
    whose = [str(root), sys.prefix, sys.version, *sys.path[1:]]
    return {"format": FORMAT, "text": text, "file": given, "whose": whose, "libraries": libraries}


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder) if folder.endswith("-packages") else []
    except OSError:
        return []


def _inputs(root: Path) -> Iterator[str]:
    """Paths of all inputs, below ``root`` where they are: a run may look at any of them."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in ("data", "notebooks", package):
        yield from _files(os.path.join(root, folder), folder)
    if os.path.isdir(root / "docs"):  # the report shows them
        yield from _files(os.path.join(root, "docs"), "docs")
    if os.path.isfile(root / "CITATION.cff"):
        yield "CITATION.cff"


def _outputs(build: Path) -> Iterator[str]:
    for name in sorted(os.listdir(build)):
        path = os.path.join(build, name)
        if name not in (*HIDDEN, TIMINGS):
            yield from _files(path, f"build/{name}") if os.path.isdir(path) else (f"build/{name}",)


def _files(folder: str, name: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in PASSING:
                    yield from _files(entry.path, f"{name}/{entry.name}")
            else:
                yield f"{name}/{entry.name}"


def _look(root: Path, name: str) -> Seen:
    """How a file looks from outside, or None where that could deceive, and its SHA-256."""
    path = os.path.join(root, name)
    signs = _signs(path)
    settled = max(signs[1], signs[2]) < time.time_ns() - SLACK_NS
    return signs if settled else None, _sha256(path)


def _signs(path: str) -> list[int]:
    seen = os.stat(path)
    return [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]


def _is(root: Path, name: str, signs: list[int] | None, sha256: str) -> bool:
    path = os.path.join(root, name)
    return (signs is not None and _signs(path) == signs) or _sha256(path) == sha256


def _sha256(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _stands(key: str, state: str) -> bool:
    """Whether something else that a notebook read is as it was; see :mod:`helpers.run.traces`."""
    from helpers.run.traces import States

    kind, _, name = key.partition(" ")
    return States(Path("/"))(kind, name) == state


def _free(path: Path) -> bool:
    """Whether no run is going on that is just changing what is looked at."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        with open(path, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
