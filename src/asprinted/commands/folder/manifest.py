"""What is written into the folder of an audit, and a note of it by which a newer version knows what somebody has edited.

Some files are an example to be replaced (a claim, a table, a notebook) and are written once. Others are the same in every
audit (:data:`HOUSE`) and are brought up to date.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import asprinted
import forkmill
from asprinted.commands.folder.pins import ALL, OURS, RUN
from forkmill.errors import InputError
from forkmill.state.snapshot import digest
from forkmill.writing import write_text

PACKAGES = {module.__name__: Path(module.__file__ or "").resolve().parent for module in (forkmill, asprinted)}
TEMPLATE = PACKAGES["asprinted"] / "template"
INSTALLER = "requirements/install.py"
# What a checkout has for itself as well, by its name in an audit; a wheel holds it in this folder of the package.
LENT = {RUN: RUN, ALL: "requirements/audit.txt", INSTALLER: INSTALLER, "LICENSE": "LICENSE", "LICENSE-DATA": "LICENSE-DATA",
        ".gitignore": ".gitignore", ".gitattributes": ".gitattributes"}
FOLDER = "lent"
HOUSE = ("Makefile", "environment.yml", "pyproject.toml", ".gitignore", ".gitattributes", ".github/", "requirements/",
         "docs/index.md", "docs/how-to/", "data/official/schemas/common/")
NOTE = ".asprinted.json"


def files(index: bool) -> dict[str, bytes]:
    """Every file of a new audit but its wheels, by its place. ``index``: the packages come from one, not as wheels.

    Raises:
        InputError: this package was built without what an audit is lent.
    """
    found = {path.relative_to(TEMPLATE).as_posix(): path for path in sorted(TEMPLATE.rglob("*"))
             if path.is_file() and "__pycache__" not in path.parts}
    found |= {name: path for name, path in lent().items() if name != INSTALLER or index}
    return {name: path.read_bytes() for name, path in found.items()}


def house(index: bool) -> dict[str, bytes]:
    """Those that are the same in every audit; the locks are not among them, since a library more makes others of them."""
    return {name: content for name, content in files(index).items() if name.startswith(HOUSE) and name not in (RUN, ALL)}


def lent() -> dict[str, Path]:
    """Where what an audit is lent lies here, by its name there.

    Raises:
        InputError: some of it is missing.
    """
    inside, checkout = PACKAGES["asprinted"] / FOLDER, PACKAGES["asprinted"].parents[1]
    found = {name: inside / name if inside.is_dir() else checkout / there for name, there in LENT.items()}
    missing = [str(path) for path in found.values() if not path.is_file()]
    if missing:
        raise InputError("this asprinted has nothing to lend to an audit", missing[0], "a file", "none",
                         "call it from a checkout, or install it from a wheel that `asprinted new` has built")
    return found


def wheel(name: str, folder: Path) -> Path:
    """Build the wheel of a package from its own folder, the same bytes every time; where it lies.

    Raises:
        RuntimeError: it cannot be built; the message holds what the build said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wheel-") as copy:
        source = Path(copy, name)
        shutil.copytree(PACKAGES[name], source, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))
        for place, path in lent().items() if name == "asprinted" else ():
            target = source / FOLDER / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", copy, str(source)]
        env = {**os.environ, "SOURCE_DATE_EPOCH": "315532800", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}  # the first day of a zip
        done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
        built = list(Path(copy).glob("*.whl"))
        if done.returncode or not built:
            raise RuntimeError(f"the wheel of {name} could not be built:\n{done.stdout}{done.stderr}")
        return Path(shutil.copy(built[0], folder / built[0].name))


def wheels(folder: Path) -> dict[str, Path]:
    """Both wheels, built into a folder, by the name of their package."""
    return {name: wheel(name, folder) for name in OURS}


def noted(root: Path) -> dict[str, str]:
    """The hash of every file as it was written into this audit, by its place; nothing where no note was kept."""
    path = root / NOTE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["written"] if path.is_file() else {}
        return {str(name): str(value) for name, value in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError("the note of what was written here cannot be read", NOTE, "JSON with a mapping written", "something else",
                         "restore it from git") from None


def note(root: Path, content: dict[str, bytes]) -> None:
    """Keep the version and the hash of every file as it was written."""
    found = {"asprinted": asprinted.__version__, "written": {name: digest(text) for name, text in sorted(content.items())}}
    write_text(root / NOTE, json.dumps(found, indent=1) + "\n")
