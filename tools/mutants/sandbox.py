"""A throw-away copy of the checkout, and a process of its own to look at it.

The copy holds hard links to everything that a defect leaves alone, so it costs milliseconds; whoever writes to a file
there replaces it (:mod:`forkmill.writing`), so the checkout cannot be reached. The process is a fork of one that has
imported pandas already; it imports the packages of the audit anew, out of the copy.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from forkmill.errors import InputError
from forkmill.project import GIVEN
from mutants.defect import Files

LEFT_OUT = {".venv", ".bench", "build", ".git", ".hypothesis", ".pytest_cache", ".ruff_cache", "__pycache__", "node_modules"}
CODE = ("src", "tests", "tools")  # folders that modules are imported from
HARNESS = ("mutants", "__main__")
OURS = tuple(str(Path(__file__).resolve().parents[2] / folder) + os.sep for folder in CODE)
PROCESSOR_LIMIT = 240  # seconds of work, which another load on the machine does not eat up; unless the caller knows better
TIME_LIMIT = 1800


class Broken(Exception):
    """The harness failed, not what it looks at: nothing is known of the defect."""


def fill(root: Path, copy: Path, changed: Files) -> None:
    """Make ``copy`` the checkout ``root`` with some files changed; what was there is removed.

    Compiled files of unchanged modules are linked too: they are valid as long as their source has its time stamp.
    """
    shutil.rmtree(copy, ignore_errors=True)
    for folder, inner, names in os.walk(root):
        here = Path(folder).relative_to(root)
        inner[:] = [name for name in inner if name not in LEFT_OUT and not name.endswith(".egg-info")]
        (copy / here).mkdir(parents=True, exist_ok=True)
        for name in names:
            if (here / name).as_posix() not in changed:
                os.link(root / here / name, copy / here / name)
        compiled = Path(folder) / "__pycache__"
        if here.parts[:1] and here.parts[0] in CODE and compiled.is_dir():
            touched = {Path(path).stem for path in changed if Path(path).parent == here}
            (copy / here / "__pycache__").mkdir()
            for path in compiled.glob("*.pyc"):
                if path.name.partition(".")[0] not in touched:
                    os.link(path, copy / here / "__pycache__" / path.name)
    for name, text in changed.items():
        if text is not None:
            (copy / name).write_bytes(text.encode("utf-8"))


def enter(copy: Path) -> None:
    """Make this process one that was started in ``copy``: its folder, its packages, no bytecode written."""
    os.chdir(copy)
    os.environ["AUDIT_ROOT"] = str(copy)
    os.environ.pop(GIVEN, None)
    sys.dont_write_bytecode = True
    # What this process, or a test of it, has imported is not of the copy; but for the harness, which is running.
    for name in [name for name, module in sys.modules.items() if name.partition(".")[0] not in HARNESS and _of_the_checkout(module)]:
        del sys.modules[name]
    sys.path.insert(0, str(copy / "src"))
    importlib.invalidate_caches()
    importlib.import_module("asprinted")


def _of_the_checkout(module: Any) -> bool:
    """Whether a module was imported from this checkout; a folder without ``__init__.py`` has only its path."""
    found = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    return any(f"{path}{os.sep}".startswith(OURS) for path in found)


def each(tasks: Iterable[tuple[str, Callable[[Path], Any]]], work: Path, jobs: int,
         limit: int = PROCESSOR_LIMIT) -> Iterator[tuple[str, Any]]:
    """Name and result of each task, as they end, each in a fork of its own; at most ``jobs`` side by side.

    ``limit``: seconds of work after which a task is taken for one that does not end.

    A task is given a folder that is removed afterwards, and gives a JSON value. One that fails gives ``{"raised":
    text}``, one that does not end in time ``{"raised": "did not end"}``.

    Raises:
        InputError: this system cannot fork.
    """
    if not hasattr(os, "fork"):  # nor the module resource
        raise InputError("planting defects needs a system that can fork", sys.platform, "Linux or macOS", "another",
                         "run it there, or in WSL")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    waiting, running, number = iter(tasks), {}, 0
    gc.collect()
    gc.freeze()  # or each fork copies what its first collection touches
    try:
        while True:
            while len(running) < jobs and (task := next(waiting, None)) is not None:
                number += 1
                running[_start(task[1], work / str(number), limit)] = (task[0], work / str(number), time.monotonic())
            if not running:
                return
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid in running:
                name, folder, _ = running.pop(pid)
                yield name, _result(folder, status)
                continue
            for other, (_, _, started) in running.items():
                if time.monotonic() - started > TIME_LIMIT:
                    os.killpg(other, signal.SIGKILL)
            time.sleep(0.01)
    finally:
        for pid in running:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        shutil.rmtree(work, ignore_errors=True)


def _start(task: Callable[[Path], Any], folder: Path, limit: int) -> int:
    import resource

    folder.mkdir()
    pid = os.fork()
    with contextlib.suppress(OSError):
        os.setpgid(pid, pid)  # in both processes, whichever comes first: what a task starts ends with it
    if pid:
        return pid
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    status = 1
    try:
        with open(folder / "result.json", "w", encoding="utf-8") as file:
            json.dump(_done(task, folder / "copy"), file)
        status = 0
    finally:
        os._exit(status)  # whatever happened: this is no second process of whoever called


def _done(task: Callable[[Path], Any], copy: Path) -> Any:
    try:
        return task(copy)
    except Broken as error:
        return {"broken": str(error)}
    except BaseException as error:
        return {"raised": f"{type(error).__name__}: {error}"[:500]}


def _result(folder: Path, status: int) -> Any:
    path = folder / "result.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGKILL, signal.SIGXCPU)
        return {"raised": "did not end" if killed else f"the process ended with status {status}"}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
