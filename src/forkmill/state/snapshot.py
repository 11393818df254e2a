"""The one answer to what counts as a file of a project, and to whether it is the same as before. Standard library only."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

SLACK_NS = 20_000_000  # a file written this shortly before it was looked at may be written again at the same time
PASSING = ("__pycache__", ".ipynb_checkpoints")  # what tools leave beside sources
ABSENT = "absent"
Seen = tuple[list[int] | None, str]


def files(base: Path | str, names: Iterable[str]) -> Iterator[str]:
    """Every file at or below the named files and folders of ``base``, as paths from there; what is not there has none.

    Links are followed, but not in a circle. An absolute name stays as it is. What tools leave is passed over, also where
    it is named.
    """
    for name in names:
        path = os.path.join(base, name)
        if os.path.basename(name) in PASSING:
            continue
        if os.path.isdir(path):
            yield from _below(path, name)
        elif os.path.isfile(path):
            yield name


def _below(folder: str, name: str, through: tuple[str, ...] = ()) -> Iterator[str]:
    """``through``: where the links lead by which the folder was reached."""
    with os.scandir(folder) as entries:
        for entry in entries:
            links = through
            if entry.is_symlink():
                links = (*through, os.path.realpath(entry.path))
                if _in_a_circle(links, folder) or not os.path.exists(entry.path):
                    continue
            if entry.is_dir():
                if entry.name not in PASSING:
                    yield from _below(entry.path, f"{name}/{entry.name}", links)
            elif entry.is_file():  # not a pipe, which has no end
                yield f"{name}/{entry.name}"


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


def look(base: Path | str, name: str) -> Seen:
    """How a file looks from outside, or None where that could deceive, and its SHA-256."""
    path = os.path.join(base, name)
    seen = signs(path)
    steady = max(seen[1], seen[2]) < time.time_ns() - SLACK_NS
    return seen if steady else None, sha256(path)


def signs(path: str) -> list[int]:
    """Size, both times and number of a file: while they are the same, so are its bytes."""
    seen = os.stat(path)
    return [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]


def same(base: Path | str, seen: Mapping[str, Seen]) -> bool:
    """Whether every file is as it was when it was looked at; where its looks differ, its SHA-256 decides."""
    return all(_is(os.path.join(base, name), *one) for name, one in seen.items())


def _is(path: str, outside: list[int] | None, content: str) -> bool:
    return (outside is not None and signs(path) == outside) or sha256(path) == content


class States:
    """The state of files and folders now; each is looked at once."""

    def __init__(self, root: Path | str) -> None:
        self.root = root
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, kind: str, name: str) -> str:
        """SHA-256 of a file or module, of a folder's names, or what stands at a path; ``absent`` where nothing does."""
        key = ("file" if kind == "module" else kind, name)
        if key not in self._known:
            self._known[key] = self._look(*key)
        return self._known[key]

    def _look(self, kind: str, name: str) -> str:
        path = os.path.join(self.root, name)
        try:
            if kind == "folder":
                names = sorted(one for one in os.listdir(path) if one not in PASSING and not one.endswith(".part"))
                return digest("\0".join(names).encode("utf-8", "surrogateescape"))
            if kind == "there":
                return "a folder" if os.path.isdir(path) else "a file" if os.path.exists(path) else ABSENT
            return sha256(path)
        except IsADirectoryError:
            return "a folder"
        except OSError:
            return ABSENT
