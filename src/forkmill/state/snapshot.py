"""The one answer to what counts as a file of a project, and to whether it is the same as before. Standard library only."""

from __future__ import annotations

import contextlib
import fnmatch
import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from forkmill.project import NOTEBOOK

SLACK_NS = 20_000_000  # a file written this shortly before it was looked at may be written again at the same time
# What tools, editors and systems leave beside files, by its name: no file of a project, for whatever looks for some.
LEFT = ("__pycache__", ".ipynb_checkpoints", ".*.sw[a-p]", ".#*", "#*#", "*~", "~$*", ".~lock.*#", "*.part", ".DS_Store", "._*",
        "Thumbs.db", "desktop.ini", ".directory", ".nfs*", ".fuse_hidden*")
_LEFT = re.compile("|".join(map(fnmatch.translate, LEFT)))
ABSENT = "absent"
Look = tuple[list[int] | None, str]  # signs, state


def left_behind(name: str) -> bool:
    """Whether something of this name is no file of a project, but what an editor or a system has left there.

    >>> [name for name in (".#growth.csv", "growth.csv~", "Thumbs.db", ".hidden.csv", "growth.csv") if left_behind(name)]
    ['.#growth.csv', 'growth.csv~', 'Thumbs.db']
    """
    return _LEFT.match(name) is not None


def files(base: Path | str, names: Iterable[str]) -> Iterator[str]:
    """Every file at or below the named files and folders of ``base``, as paths from there; what is not there has none.

    As :func:`walk`.
    """
    return (name for kind, name, _ in walk(base, names) if kind == "file")


def walk(base: Path | str, names: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """Kind ("file" or "folder") of everything at or below the names, its path from ``base``, and whether it is a link.

    Links are followed, but not in a circle. An absolute name stays as it is. What others leave is passed over, also where
    it is named; and what is neither, such as a pipe, which has no end.
    """
    for name in names:
        path = os.path.join(base, name)
        if left_behind(os.path.basename(name)):
            continue
        if os.path.isdir(path):
            yield "folder", name, os.path.islink(path)
            yield from _below(path, name)
        elif os.path.isfile(path):
            yield "file", name, os.path.islink(path)


def _below(folder: str, name: str, through: tuple[str, ...] = ()) -> Iterator[tuple[str, str, bool]]:
    """``through``: where the links lead by which the folder was reached."""
    with os.scandir(folder) as entries:
        for entry in entries:
            links, inside = through, f"{name}/{entry.name}"
            if left_behind(entry.name):
                continue
            if entry.is_symlink():
                links = (*through, os.path.realpath(entry.path))
                if _in_a_circle(links, folder) or not os.path.exists(entry.path):
                    continue
            if entry.is_dir():
                yield "folder", inside, entry.is_symlink()
                yield from _below(entry.path, inside, links)
            elif entry.is_file():
                yield "file", inside, entry.is_symlink()


def _in_a_circle(links: tuple[str, ...], folder: str) -> bool:
    """Whether the last link leads to where one before it led, or to a folder that it lies in."""
    here = os.path.realpath(folder) + os.sep
    return links[-1] in links[:-1] or here.startswith(links[-1].rstrip(os.sep) + os.sep)


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def sha256(path: Path | str) -> str:
    """SHA-256 of a file's bytes."""
    with open(path, "rb") as file:
        return digest(file.read())


def hashes(base: Path | str, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of every one of the :func:`files` but hidden ones, by path, in the order of the paths."""
    return {name: sha256(os.path.join(base, name)) for name in sorted(files(base, names)) if not os.path.basename(name).startswith(".")}


def look(base: Path | str, kind: str, name: str) -> Look:
    """A file's signs, or None where they could deceive, and its state; of a folder that of its names, or its notebooks'."""
    path = os.path.join(base, name)
    if kind != "file":
        return None, _names(path, NOTEBOOK if kind == "notebooks" else "")
    try:
        seen = signs(path)
        steady = max(seen[1], seen[2]) < time.time_ns() - SLACK_NS
        return seen if steady else None, state(path)
    except OSError:
        return None, ABSENT


def signs(path: str) -> list[int]:
    """Size, both times and number of a file: while they are the same, so is all of it."""
    seen = os.stat(path)
    return [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]


def state(path: str) -> str:
    """All of a file that a notebook could look at and that is its own: SHA-256, time of its last change, and rights."""
    seen = os.stat(path)
    return f"{sha256(path)} {seen.st_mtime_ns} {seen.st_mode:o}"


def _names(folder: str, ending: str) -> str:
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(ending) and not left_behind(name))
    except OSError:
        return ABSENT
    return digest("\0".join(names).encode("utf-8", "surrogateescape"))


def same(base: Path | str, seen: Mapping[str, Look]) -> bool:
    """Whether everything (``kind name``) is as it was when it was looked at; where its signs differ, its state decides."""
    return all(_same(base, key, *one) for key, one in seen.items())


def _same(base: Path | str, key: str, outside: list[int] | None, before: str) -> bool:
    kind, _, name = key.partition(" ")
    if outside is not None:
        with contextlib.suppress(OSError):
            if signs(os.path.join(base, name)) == outside:
                return True
    return look(base, kind, name)[1] == before


class States:
    """The state of files and folders, each looked at once."""

    def __init__(self, root: Path | str) -> None:
        self.root = root
        self._looks: dict[str, Look] = {}

    def __call__(self, kind: str, name: str) -> str:
        """The :func:`state` of a file, or that of a folder's names; ``absent`` where there is none."""
        key = f"{kind} {name}"
        if key not in self._looks:
            self._looks[key] = look(self.root, kind, name)
        return self._looks[key][1]

    def changed(self) -> set[str]:
        """What is no longer as it was when it was looked at, as ``kind name``."""
        return {key for key, one in self._looks.items() if not _same(self.root, key, *one)}


def relative(path: str, root: Path | str) -> str:
    """A path as it is written in traces: from the root where it lies below it."""
    return path[len(str(root)) + 1 :].replace(os.sep, "/") if path.startswith(f"{root}{os.sep}") else path
