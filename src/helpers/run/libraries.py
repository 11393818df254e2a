"""Versions of the installed libraries, read from the names of folders. Standard library only."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from helpers.files import write_text

STORED = "libraries.json"
SUFFIX = ".dist-info"
_FILE = re.compile(r"([A-Za-z_]\w*)(?:\.[\w-]+)?\.(?:py|so|pyd)")


def installed() -> dict[str, str]:
    """Version of every installed distribution, by its normal name (small letters, hyphens).

    LIMIT: a library that was edited in its place keeps its version, so the edit is not seen.
    """
    found: dict[str, str] = {}
    for folder in reversed(sys.path):  # what comes first on the path is what is imported
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith(SUFFIX):
                title, _, version = name.removesuffix(SUFFIX).rpartition("-")
                found[normal(title)] = version
    return found


def normal(name: str) -> str:
    """A distribution's name as indexes compare it.

    >>> normal("Jinja2"), normal("ruamel.yaml"), normal("jupyter_client")
    ('jinja2', 'ruamel-yaml', 'jupyter-client')
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def versions_of(modules: Iterable[str], cache: Path) -> dict[str, str]:
    """Version of the distribution of each module that belongs to one; modules of Python itself belong to none."""
    owners, versions = _owners(cache), installed()
    names = {name for module in modules for name in owners.get(module, ())}
    return {name: versions[name] for name in sorted(names) if name in versions}


def _owners(cache: Path) -> dict[str, list[str]]:
    """Distributions that each top-level module belongs to; asked of Python once for one set of libraries."""
    current = sorted(f"{name} {version}" for name, version in installed().items())
    try:
        stored = json.loads((cache / STORED).read_text(encoding="utf-8"))
        if stored["installed"] == current:
            return stored["owners"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    owners: dict[str, list[str]] = {}
    for folder in sys.path:
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            if name.endswith(SUFFIX):
                for module in _tops(Path(folder, name)):
                    owners.setdefault(module, []).append(normal(name.removesuffix(SUFFIX).rpartition("-")[0]))
    write_text(cache / STORED, json.dumps({"installed": current, "owners": owners}) + "\n")
    return owners


def _tops(info: Path) -> set[str]:
    """Top-level modules that a distribution's list of files names.

    importlib.metadata.packages_distributions says the same and takes ten times as long, which a first run would feel.
    """
    try:
        listed = (info / "RECORD").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return set()
    places = [line.partition(",")[0].partition("/") for line in listed.splitlines()]
    files = {_FILE.fullmatch(first) for first, inside, _ in places if not inside}
    return {first for first, inside, _ in places if inside and first.isidentifier()} | {file[1] for file in files if file}
