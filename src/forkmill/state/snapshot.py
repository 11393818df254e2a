"""The one answer to whether something is the same as before. Standard library only."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from forkmill.project import NOTEBOOK
from forkmill.project_files import files, left_behind, signs

SLACK_NS = 20_000_000  # a file written this shortly before it was looked at may be written again at the same time
ABSENT = "absent"
Look = tuple[list[int] | None, str]  # signs, state


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal digits."""
    import hashlib  # a run with nothing to do needs none, and OpenSSL comes with it

    return hashlib.sha256(content).hexdigest()


def sha256(path: Path | str) -> str:
    """SHA-256 of a file's bytes, of which no more than a part is held at once."""
    import hashlib

    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hashes(base: Path | str, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of every one of the :func:`files` but hidden ones, by path, in the order of the paths."""
    return {name: sha256(os.path.join(base, name)) for name in sorted(files(base, names)) if not os.path.basename(name).startswith(".")}


def look(base: Path | str, kind: str, name: str) -> Look:
    """Its signs, or None where they could deceive, and its state: of a folder that of its names, or its notebooks'."""
    path = os.path.join(base, name)
    try:
        seen = signs(path)
        steady = max(seen[1], seen[2]) < time.time_ns() - SLACK_NS
        is_now = state(path) if kind == "file" else _names(path, NOTEBOOK if kind == "notebooks" else "")
        return seen if steady else None, is_now
    except OSError:
        return None, ABSENT


def state(path: str) -> str:
    """All of a file that a notebook could look at and that is its own: SHA-256, time of its last change, and rights."""
    seen = os.stat(path)
    return f"{sha256(path)} {seen.st_mtime_ns} {seen.st_mode:o}"


def _names(folder: str, ending: str) -> str:
    names = sorted(name for name in os.listdir(folder) if name.endswith(ending) and not left_behind(name))
    return digest("\0".join(names).encode("utf-8", "surrogateescape"))


def same(base: Path | str, seen: Mapping[str, Look]) -> bool:
    """Whether everything (``kind name``) is as it was when it was looked at; where its signs differ, its state decides."""
    return all(_again(base, key, one)[1] == one[1] for key, one in seen.items())


def renewed(base: Path | str, seen: Mapping[str, Look]) -> dict[str, Look]:
    """The looks with the signs of now, of what is as it was: a folder has others once Python has left its cache there."""
    return {key: now if (now := _again(base, key, one))[1] == one[1] else one for key, one in seen.items()}


def _again(base: Path | str, key: str, before: Look) -> Look:
    """Another look; the one before, and nothing is read, where no sign differs."""
    kind, _, name = key.partition(" ")
    try:
        if before[0] is not None and signs(os.path.join(base, name)) == before[0]:
            return before
    except OSError:
        pass
    return look(base, kind, name)


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
        return {key for key, one in self._looks.items() if _again(self.root, key, one)[1] != one[1]}


def relative(path: str, root: Path | str) -> str:
    """A path as it is written in traces: from the root where it lies below it."""
    return path[len(str(root)) + 1 :].replace(os.sep, "/") if path.startswith(f"{root}{os.sep}") else path
