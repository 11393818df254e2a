"""All or none of the committed notebooks replaced, also when the command that does it is killed at any moment.

What is to be replaced is first written whole under ``build/``; a list of it, moved into place as the last of all, decides
that it will be. From then on whoever next works in the folder finishes it: every notebook that is still the old one is
replaced. A kill before that leaves the notebooks untouched.

LIMIT: a kill of the process, not of the machine: nothing is forced to the disk itself.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import signal
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from forkmill.project import ACCEPTING, Project
from forkmill.run import lock
from forkmill.state.snapshot import digest
from forkmill.terminal import Terminal
from forkmill.writing import write_bytes, write_text

JOURNAL = "decided.json"
UNLOCKED = "the file system of build/ knows no locks: see to it that no other run works in this folder"
_STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextlib.contextmanager
def alone(project: Project, terminal: Terminal, other: str = "a run (process {}) is going on; waiting for it") -> Iterator[None]:
    """Nobody else works in this folder meanwhile, and what an earlier command was killed in is finished."""
    with lock.Lock(project.build, lambda process: terminal.say(other.format(process)), lambda: terminal.say(UNLOCKED)):
        _resume(project, terminal)
        yield


def replace(project: Project, texts: Mapping[str, str]) -> None:
    """Make each text the committed notebook of that file name, or leave all as they were.

    The caller is :func:`alone`. A full disk is met before anything is replaced; the moves take less than a millisecond
    each, and Ctrl-C waits for them.
    """
    if not texts:
        return
    folder, places = _folder(project), {name: project.notebooks / name for name in texts}
    shutil.rmtree(folder, ignore_errors=True)
    before = {name: place.read_bytes() for name, place in places.items()}
    try:
        for name, text in texts.items():
            write_text(folder / name, text)
        hashes = {name: [digest(before[name]), digest(text.encode("utf-8"))] for name, text in texts.items()}
        write_text(folder / JOURNAL, json.dumps(hashes) + "\n")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    with _uninterrupted():
        try:
            _finish(project, hashes)
        except OSError:
            for name, content in before.items():
                if places[name].read_bytes() != content:
                    write_bytes(places[name], content)
            _forget(folder)
            raise


def _resume(project: Project, terminal: Terminal) -> None:
    folder = _folder(project)
    if not folder.is_dir():
        return
    try:
        hashes = json.loads((folder / JOURNAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # it was killed before it was decided
        shutil.rmtree(folder)
        return
    left = _finish(project, hashes)
    names = ", ".join(Path(name).stem for name in sorted(hashes) if name not in left) or "none"
    terminal.say(f"Finished what an earlier command was killed in; notebooks of that run: {names}.")
    if left:
        terminal.listed("Edited since, and left as they are:", sorted(left))


def _finish(project: Project, hashes: Mapping[str, list[str]]) -> list[str]:
    """Replace every notebook that is still the old one; the names of those that are neither the old nor the new one."""
    folder, left = _folder(project), []
    for name, (old, new) in hashes.items():
        place = project.notebooks / name
        now = digest(place.read_bytes()) if place.is_file() else ""
        if now == old != new and (folder / name).is_file():
            _move(folder / name, place)
        elif now != new:
            left.append(name)
    _forget(folder)
    return left


def _move(new: Path, place: Path) -> None:
    new.chmod(place.stat().st_mode & 0o777)
    try:
        os.replace(new, place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = place.with_name(f".{place.name}.part")  # build/ is a disk of its own
        try:
            shutil.copy(new, beside)
            os.replace(beside, place)
        finally:
            beside.unlink(missing_ok=True)


def _forget(folder: Path) -> None:
    (folder / JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(folder)


def _folder(project: Project) -> Path:
    return project.build / ACCEPTING


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    main = threading.current_thread() is threading.main_thread()
    handlers = {number: signal.signal(number, signal.SIG_IGN) for number in _STOPPING if main}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
