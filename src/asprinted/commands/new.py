"""Starting an audit of another paper: a thin folder that pins this package and its runner as two wheels."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asprinted
import forkmill
from asprinted import paths
from asprinted.audit.accept import accept
from asprinted.audit.reproduce import reproduce
from asprinted.commands import readme
from asprinted.official import dictionary, tables
from asprinted.report.material import SITE
from forkmill.errors import InputError
from forkmill.files import write_bytes, write_text
from forkmill.project import MARK
from forkmill.run.folder import clean
from forkmill.state.snapshot import sha256
from forkmill.terminal import Terminal

PACKAGES = {module.__name__: Path(module.__file__ or "").resolve().parent for module in (forkmill, asprinted)}
TEMPLATE = PACKAGES["asprinted"] / "template"
WHEELS = Path("requirements", "wheels")
LOCKS = ("requirements/run.txt", "requirements/all.txt")
# What every audit shares is taken from the one that this is called in, so that it exists once.
SHARED = (*LOCKS, "requirements/install.py", "LICENSE", "LICENSE-DATA", ".gitignore", ".gitattributes")
PLACEHOLDER = "AUDIT_NAME"
NAMED = ("README.md", SITE)  # pages that bear the name of the folder


def new(folder: Path, base: Path | None = None) -> Path:
    """Start an audit in ``folder``, which must be new or empty; its absolute path.

    ``base``: the audit that lends what audits share, the one called in by default. The new one needs nothing of it, on
    any machine. Its notebook is run once, so that its record is complete.

    Raises:
        InputError: the folder holds something, or the lending audit lacks a file.
        RuntimeError: a wheel could not be built, or the first run did not end; nothing is left behind.
    """
    folder, base = folder.absolute(), base or paths.root()
    missing = [name for name in SHARED if not (base / name).is_file()]
    if missing:
        raise InputError("this audit has nothing to lend", str(base), ", ".join(SHARED), f"no {missing[0]}",
                         "call this inside a checkout, or inside an audit that was started by this command")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("the folder is not empty", str(folder), "a new or an empty folder", "something in it",
                         "give another name")
    existed = folder.exists()
    try:
        _write(folder, base)
        _first_run(folder)
    except BaseException:
        _remove(folder, existed)
        raise
    return folder


def _write(folder: Path, base: Path) -> None:
    for source, name in _files(base):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    for page in (folder / name for name in NAMED):
        write_text(page, page.read_text(encoding="utf-8").replace(PLACEHOLDER, folder.name))
    built = {name: wheel(name, folder / WHEELS) for name in PACKAGES}
    for name in LOCKS:
        write_text(folder / name, locked((base / name).read_text(encoding="utf-8"), built))
    tables.rehash(folder)
    dictionary.write(folder)


def _files(base: Path) -> Iterator[tuple[Path, str]]:
    """Every file that is copied, with its place in the new folder."""
    yield from ((base / name, name) for name in SHARED)
    for path in sorted(TEMPLATE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path, path.relative_to(TEMPLATE).as_posix()


def wheel(name: str, folder: Path) -> Path:
    """Build the wheel of a package from its own folder, the same bytes every time; where it lies.

    Raises:
        RuntimeError: it cannot be built; the message holds what the build said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wheel-") as copy:
        source = Path(copy, name)
        shutil.copytree(PACKAGES[name], source, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))
        command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", copy, str(source)]
        env = {**os.environ, "SOURCE_DATE_EPOCH": "315532800", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}  # the first day of a zip
        done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
        built = list(Path(copy).glob("*.whl"))
        if done.returncode or not built:
            raise RuntimeError(f"the wheel of {name} could not be built:\n{done.stdout}{done.stderr}")
        return Path(shutil.copy(built[0], folder / built[0].name))


def locked(lock: str, wheels: dict[str, Path]) -> str:
    """A lock with a pin and a hash for each wheel, in place of those it may hold already."""
    for name in wheels:
        lock = re.sub(rf"^{name}==.*\n(?:    --hash.*\n)+", "", lock, flags=re.MULTILINE)
    pins = [f"{name}=={path.name.split('-')[1]} \\\n    --hash=sha256:{sha256(path)}\n" for name, path in sorted(wheels.items())]
    return lock + "".join(pins)


def _first_run(folder: Path) -> None:
    """Run the notebook, make it the record, and fill in the page that rests on the record."""
    said = io.StringIO()
    terminal, project = Terminal(quiet=True, out=said), paths.project(folder)
    with _without(folder / SITE):  # nobody looks at the report of this run
        reproduce(folder, terminal=terminal)  # run.json tells whether it is complete
    if not (project.build / MARK).is_file():
        raise RuntimeError(f"the first run of the new audit did not end:\n{said.getvalue()}")
    accept(folder, terminal)
    clean(project, terminal)
    readme.rewrite(folder)


@contextlib.contextmanager
def _without(path: Path) -> Iterator[None]:
    content = path.read_bytes()
    path.unlink()
    try:
        yield
    finally:
        write_bytes(path, content)


def _remove(folder: Path, existed: bool) -> None:
    """Take back what was written; the folder itself stays if it was there before."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if not existed:
        folder.rmdir()
