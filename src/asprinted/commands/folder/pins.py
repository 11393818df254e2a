"""Compiling an audit's locks anew: what its requirements/run.in and pyproject.toml ask for, in versions that go together."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from asprinted import __version__
from forkmill.errors import InputError
from forkmill.state.snapshot import sha256
from forkmill.writing import write_text

RUN, ALL = "requirements/run.txt", "requirements/all.txt"
ASKED = "requirements/run.in"
WHEELS = Path("requirements", "wheels")
OURS = ("asprinted", "forkmill")


def lock(root: Path, upgrade: bool = False) -> list[str]:
    """Compile both locks, with a hash for every file; what became other, a line each.

    A version that a lock holds stays as long as it goes together with the others, unless ``upgrade``.

    Raises:
        InputError: there is nothing to compile, no uv, no set of versions that fits, or the audit pins no asprinted.
    """
    missing = [name for name in ("pyproject.toml", ASKED) if not (root / name).is_file()]
    if missing:
        raise InputError("a lock is made of two files", str(root), f"pyproject.toml and {ASKED}", f"no {missing[0]}",
                         "bring it back from git")
    project = _project(root)
    if not any(re.match(r"asprinted\b", line) for line in project.get("dependencies", [])):
        raise InputError("this audit pins no asprinted", "pyproject.toml, dependencies", "asprinted among them",
                         ", ".join(project.get("dependencies", [])) or "none", "compile its locks in the way of its own repository")
    before = {name: _text(root / name) for name in (RUN, ALL)}
    wheels = {path.name.split("-")[0]: path for path in sorted((root / WHEELS).glob("*.whl"))}
    with tempfile.TemporaryDirectory(prefix="lock-") as folder:
        ours, run = Path(folder, "ours.txt"), Path(folder, "run.txt")
        write_text(ours, pinned(wheels))
        write_text(run, compiled(root, [], [ours], before[RUN], upgrade, wheels))
        made = {RUN: run.read_text(encoding="utf-8"), ALL: compiled(root, ["--all-extras"], [ours, run], before[ALL], upgrade, wheels)}
    for name, text in made.items():
        write_text(root / name, locked(text, wheels))
    return [line for name in made for line in differences(name, before[name], _text(root / name))]


def pinned(wheels: dict[str, Path]) -> str:
    """Constraints by which nothing but these wheels, or where there are none this version, is taken for our packages.

    A package of the same name and a higher version may stand in an index.
    """
    return "".join(f"{name} @ {wheels[name].resolve().as_uri()}\n" if name in wheels else f"{name}=={__version__}\n" for name in OURS)


def compiled(root: Path, options: list[str], constraints: list[Path], before: str, upgrade: bool, wheels: dict[str, Path]) -> str:
    """The lock that uv makes of pyproject.toml and requirements/run.in; without the wheels, of which it knows the address alone.

    Raises:
        InputError: it found none; the message holds what it said.
    """
    with tempfile.TemporaryDirectory(prefix="lock-") as folder:
        out = Path(folder, "lock.txt")
        write_text(out, "" if upgrade else before)
        line = [_uv(), "pip", "compile", "--quiet", "--universal", "--python-version", _oldest(root), "--python", sys.executable,
                "--no-header", "--no-annotate", "--generate-hashes", "pyproject.toml", ASKED, "-o", str(out), *options]
        line += [part for path in constraints for part in ("-c", str(path))]
        line += [part for name in wheels for part in ("--no-emit-package", name)]
        env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
        done = subprocess.run(line, cwd=root, env=env | {"UV_PYTHON_DOWNLOADS": "never"}, capture_output=True, text=True, encoding="utf-8",
                              check=False)
        if done.returncode:
            raise InputError("no lock can be made of what is asked for", ASKED, "packages whose versions go together, and an index that "
                             "can be reached", " ".join(done.stderr.split()), "mend the line, or try again with a network")
        return out.read_text(encoding="utf-8")


def locked(text: str, wheels: dict[str, Path]) -> str:
    """A lock with a pin and a hash for each wheel, in place of those it may hold already."""
    for name in wheels:
        text = re.sub(rf"^{name}==.*\n(?:    --hash.*\n)+", "", text, flags=re.MULTILINE)
    pins = [f"{name}=={path.name.split('-')[1]} \\\n    --hash=sha256:{sha256(path)}\n" for name, path in sorted(wheels.items())]
    return text + "".join(pins)


def differences(name: str, before: str, after: str) -> list[str]:
    """What one lock pins otherwise than the other.

    >>> differences("run.txt", "a==1\\nb==1\\n", "a==2\\nc==1\\n")
    ['run.txt: a 1 -> 2', 'run.txt: b 1 is gone', 'run.txt: c 1 is new']
    """
    old, new = _versions(before), _versions(after)
    said = {one: f"{old[one]} -> {new[one]}" if one in old and one in new else f"{old[one]} is gone" if one in old else f"{new[one]} is new"
            for one in sorted({*old, *new}) if old.get(one) != new.get(one)}
    return [f"{name}: {one} {what}" for one, what in said.items()]


def _versions(text: str) -> dict[str, str]:
    """The versions that a lock pins, by the name of the package: several where Pythons or systems need others."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE):
        found.setdefault(name, []).append(version)
    return {name: " or ".join(versions) for name, versions in found.items()}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _project(root: Path) -> dict[str, Any]:
    return tomllib.loads(_text(root / "pyproject.toml")).get("project", {})


def _oldest(root: Path) -> str:
    found = re.search(r">=\s*([0-9.]+)", _project(root).get("requires-python", ""))
    return found[1] if found else "3.11"


def _uv() -> str:
    """The uv that the locks pin, beside this Python, or one of the machine.

    Raises:
        InputError: there is none.
    """
    found = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if not found:
        raise InputError("uv compiles the locks", sys.executable, "a uv beside it, as requirements/run.txt pins one", "none",
                         "python requirements/install.py")
    return found
