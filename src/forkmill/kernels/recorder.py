"""What a notebook reads, noted while it runs: one line a thing, written at once, so that a killed kernel loses nothing.

Standard library only, and nothing of this package: it runs inside kernels. A line is JSON: [kind, text], where kind is
``file`` (opened for reading), ``folder`` (its names were listed), ``there`` (asked whether it exists), ``module`` (a
source file that was imported), ``blind`` (something whose reading cannot be seen from here: another program, the network).

LIMIT: a library that opens files in C without telling Python is not seen; pandas, matplotlib and numpy do tell.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

BLIND = {
    "subprocess.Popen": "another program",
    "os.system": "another program",
    "os.exec": "another program",
    "os.posix_spawn": "another program",
    "os.spawn": "another program",
    "socket.connect": "the network",
    "socket.getaddrinfo": "the network",
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Loaded(NamedTuple):
    """What was imported before a kernel was forked: noted once for all kernels, so that none has to look through it."""

    others: tuple[str, ...]  # modules that are of no library, for the kernel to judge
    last: object  # the newest module: sys.modules is in the order of loading


NOTHING = Loaded((), object())


def loaded() -> Loaded:
    """What is imported by now, for every kernel that is forked from here on."""
    below = _folders(libraries())
    paths = {name: _path_of(module) for name, module in sys.modules.items()}
    others = tuple(name for name, path in paths.items() if path and not path.startswith(below))
    return Loaded(others, sys.modules[next(reversed(sys.modules))])


def libraries() -> tuple[str, ...]:
    """Folders of what the set of installed libraries tells of, not file by file."""
    return sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), os.path.dirname(os.path.abspath(__file__))


class Recorder:
    """Writes to ``path`` what is read below ``root`` or elsewhere, but not below one of ``ignored``."""

    def __init__(self, path: str, root: str, ignored: tuple[str, ...], before: Loaded = NOTHING) -> None:
        self.root = _folder(os.path.realpath(root))
        self.ignored = _folders((*libraries(), *ignored))
        self.seen: set[tuple[str, str]] = set()
        self.last, self.others = before.last, before.others
        self.before = before
        self.written: set[str] = set()
        self.busy = False
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o600)

    def install(self) -> None:
        """Begin. An audit hook cannot be taken away again; it ends with the process."""
        sys.addaudithook(self.hook)
        self._watch_stat()

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Called by Python on every audited event; never raises, since that would forbid the event."""
        if self.busy or (event not in ("open", "os.listdir", "os.scandir", "sqlite3.connect") and event not in BLIND):
            return
        self.busy = True
        try:
            if event == "open":
                self._opened(*arguments)
            elif event == "sqlite3.connect":
                self._opened(arguments[0], "r", 0)
            elif event in BLIND:
                self.note("blind", BLIND[event])
            else:
                self._listed(arguments[0])
        except Exception:
            self.note("blind", "a file that could not be told")
        finally:
            self.busy = False

    def modules(self, *_: object) -> None:
        """Note every module that is loaded by now and was not at the last call."""
        self.busy = True
        try:
            for name in (*self.others, *self._loaded_since()):
                path = _path_of(sys.modules.get(name))
                if path is not None and not path.startswith(self.ignored):
                    self.note("module", path)
            self.others = ()
        finally:
            self.busy = False

    def _loaded_since(self) -> list[str]:
        found = _newer_than(self.last)
        self.last = sys.modules.get(found[0]) if found else self.last
        return found

    def note(self, kind: str, text: str) -> None:
        """Write one line, once."""
        if (kind, text) not in self.seen:
            self.seen.add((kind, text))
            os.write(self.file, _line(kind, text))

    def _opened(self, path: Any, mode: Any, flags: Any) -> None:
        if isinstance(path, int) or path in (":memory:", b":memory:"):
            return
        path = self._path(path)
        if path is None:
            return
        if (isinstance(flags, int) and flags & WRITING) or (isinstance(mode, str) and set(mode) & set("wax+")):
            self.written.add(path)
        elif path.endswith(".pyc"):
            self.note("module", importlib.util.source_from_cache(path) if "__pycache__" in path else path)
        elif path not in self.written:
            self.note("file", path)

    def _listed(self, path: Any) -> None:
        found = self._path("." if path is None else path) if not isinstance(path, int) else None
        # Python lists the folders that it imports from, whatever it then finds there.
        if found is not None and found not in self._importing():
            self.note("folder", found)

    def _importing(self) -> set[str]:
        """Folders that modules are looked for in, without those of the libraries of before, which count for nothing."""
        found = set(sys.path)
        for name in (*self.before.others, *_newer_than(self.before.last)):
            places = getattr(sys.modules.get(name), "__path__", None)
            found.update(places if isinstance(places, list) else ())
        return {os.path.abspath(one) for one in found if isinstance(one, str)}

    def _path(self, path: Any) -> str | None:
        path = os.path.abspath(os.fsdecode(path))
        return None if path.startswith(self.ignored) else path

    def _watch_stat(self) -> None:
        """Python tells no hook about ``os.stat``, by which ``Path.is_file`` and the like decide what to read."""
        plain: Callable[..., os.stat_result] = os.stat

        def stat(path: Any, *arguments: Any, **named: Any) -> os.stat_result:
            if not self.busy and not isinstance(path, int):
                self.busy = True
                try:
                    found = self._path(path)
                    if found is not None and found.startswith(self.root):
                        self.note("there", found)
                except Exception:
                    self.note("blind", "a file that could not be told")
                finally:
                    self.busy = False
            return plain(path, *arguments, **named)

        for known in (os.supports_fd, os.supports_dir_fd, os.supports_follow_symlinks):
            if plain in known:
                known.add(stat)
        os.stat = stat  # type: ignore[assignment]


def _newer_than(last: object) -> list[str]:
    """Names of the modules loaded after ``last``. Touching the others would copy, for each kernel, the memory they lie in."""
    try:
        return list(itertools.takewhile(lambda name: sys.modules[name] is not last, reversed(sys.modules)))
    except (RuntimeError, KeyError):  # another thread is importing
        return list(sys.modules)


def _line(kind: str, text: str) -> bytes:
    return (json.dumps([kind, text]) + "\n").encode("utf-8")


def _path_of(module: object) -> str | None:
    path = getattr(module, "__file__", None)
    return os.path.abspath(path) if isinstance(path, str) else None


def _folders(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(_folder(folder) for one in paths for folder in {one, os.path.realpath(one)})


def _folder(path: str) -> str:
    return path.rstrip(os.sep) + os.sep
