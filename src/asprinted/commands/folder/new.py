"""Starting an audit of another paper: a thin folder that pins this package and its runner."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from asprinted import paths
from asprinted.audit.accept import accept
from asprinted.audit.reproduce import reproduce
from asprinted.commands import readme
from asprinted.commands.folder import manifest
from asprinted.commands.folder.pins import ALL, RUN, WHEELS, locked
from asprinted.official import dictionary, tables
from forkmill.errors import InputError
from forkmill.project import MARK
from forkmill.run.folder import clean
from forkmill.terminal import Terminal
from forkmill.writing import write_bytes

PLACEHOLDER = b"AUDIT_NAME"


def new(folder: Path, index: bool = False) -> Path:
    """Start an audit in ``folder``, which must be new or empty; its absolute path.

    The two packages go along as wheels, so that nothing but the files is needed on another machine; with ``index`` the
    locks alone name them, by the hashes of the same wheels, and they come from where all else comes from. Its notebook is
    run once, so that its record is complete.

    Raises:
        InputError: the folder holds something, or this package has nothing to lend.
        RuntimeError: a wheel could not be built, or the first run did not end; nothing is left behind.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("the folder is not empty", str(folder), "a new or an empty folder", "something in it",
                         "give another name")
    content, existed = manifest.files(index), folder.exists()
    try:
        _write(folder, content, index)
        _first_run(folder)
    except BaseException:
        _remove(folder, existed)
        raise
    return folder


def _write(folder: Path, content: dict[str, bytes], index: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="wheels-") as elsewhere:
        built = manifest.wheels(Path(elsewhere) if index else folder / WHEELS)
        for name in (RUN, ALL):
            content[name] = locked(content[name].decode("utf-8"), built).encode("utf-8")
    for name, text in content.items():
        write_bytes(folder / name, text.replace(PLACEHOLDER, folder.name.encode("utf-8")))
    manifest.note(folder, {name: text for name, text in content.items() if name in (RUN, ALL) or name.startswith(manifest.HOUSE)})
    tables.rehash(folder)
    dictionary.write(folder)


def _first_run(folder: Path) -> None:
    """Run the notebook, make it the record, and fill in the page that rests on the record."""
    said = io.StringIO()
    terminal, project = Terminal(quiet=True, out=said), paths.project(folder)
    with _without(folder / paths.SITE):  # nobody looks at the report of this run
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
