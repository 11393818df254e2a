"""Which libraries the notebooks of an audit import that this Python does not have, and the audit's own Python."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from asprinted import paths
from asprinted.commands.folder.manifest import PACKAGES
from forkmill.errors import InputError
from forkmill.notebooks import ipynb

OWN = Path(".venv", *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def missing(root: Path) -> dict[str, str]:
    """Each library that is not here, with the first file that imports it; what is tried only, or stands in the audit itself, is none."""
    source = paths.source(root)
    inside = {path.stem for path in source.iterdir()} if source else set()
    found: dict[str, str] = {}
    for name, text in _sources(root):
        for library in _imported(text):
            if library not in inside and importlib.util.find_spec(library) is None:
                found.setdefault(library, name)
    return found


def _sources(root: Path) -> Iterator[tuple[str, str]]:
    for path in ipynb.paths(paths.notebooks(root)):
        yield from ((path.name, cell.source) for cell in ipynb.read(path).code)
    for path in sorted((paths.source(root) or root / "src").rglob("*.py")):
        yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def _imported(text: str) -> Iterator[str]:
    try:
        waiting: list[ast.AST] = [ast.parse(text)]
    except SyntaxError:  # the run tells it
        return
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
        elif not isinstance(node, ast.Try):
            waiting += ast.iter_child_nodes(node)


def in_its_own(root: Path, command: str) -> int | None:
    """Call a command of this package with the Python of the audit, where its notebooks import what this one lacks; its status.

    None: nothing is missing here.

    Raises:
        InputError: the audit has no Python of its own, or that lacks it as well; nothing was done.
    """
    lacking = missing(root)
    if not lacking:
        return None
    own = root / OWN
    if not own.is_file() or Path(sys.prefix).resolve() == own.parents[1].resolve():
        library, where = next(iter(lacking.items()))
        raise InputError(f"the notebooks cannot be run here, and {command} was not begun", where, "libraries that this Python has",
                         ", ".join(lacking), f"see that {library} is a line of requirements/run.in; in the audit's folder make lock, then "
                         f"make reproduce, which sets up the Python that {command} will take")
    env = {**os.environ, "PYTHONPATH": str(PACKAGES["asprinted"].parent)}
    return subprocess.run([own, "-m", "asprinted", "-C", root, command], env=env, check=False).returncode
