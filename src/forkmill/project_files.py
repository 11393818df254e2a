"""The one answer to what counts as a file of a project, and which there are. Standard library only."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

# What tools, editors and systems leave beside files, by its name: no file of a project, for whatever looks for some.
LEFT = ("__pycache__", ".ipynb_checkpoints", ".*.sw[a-p]", ".#*", "#*#", "*~", "~$*", ".~lock.*#", ".*.part", ".DS_Store", "._*",
        "Thumbs.db", "desktop.ini", ".directory", ".nfs*", ".fuse_hidden*")
_LEFT = re.compile("|".join(map(fnmatch.translate, LEFT)))


def left_behind(name: str) -> bool:
    """Whether something of this name is no file of a project, but what an editor or a system has left there.

    >>> [name for name in (".#growth.csv", "growth.csv~", "Thumbs.db", ".hidden.csv", "growth.csv") if left_behind(name)]
    ['.#growth.csv', 'growth.csv~', 'Thumbs.db']
    """
    return _LEFT.match(name) is not None


def signs(path: Path | str) -> list[int]:
    """Size, both times and number of a file or folder: while they are the same, so is all of it, of a folder its names."""
    seen = os.stat(path)
    return [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]


def files(base: Path | str, names: Iterable[str]) -> Iterator[str]:
    """Every file at or below the named files and folders of ``base``, as paths from there; what is not there has none.

    As :func:`walk`.
    """
    return (name for kind, name, _ in walk(base, names) if kind == "file")


def find(folder: Path, *endings: str, deep: bool = False) -> list[Path]:
    """What has one of the endings in a folder, with ``deep`` the files at any depth, by name; [] where there is no folder.

    As :func:`walk`, and hidden files are passed over. Without ``deep`` also what should be a file and is none, a folder or a
    link to nothing, so that whoever reads it says so.
    """
    names = os.listdir(folder) if folder.is_dir() else []
    if deep:
        found = [Path(folder, name) for name in files(folder, names)]
    else:
        there = (Path(folder, name) for name in names if not left_behind(name))
        found = [path for path in there if path.is_file() or path.is_dir() or path.is_symlink()]  # no pipe, which has no end
    return sorted(path for path in found if path.name.endswith(endings) and not path.name.startswith("."))


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
