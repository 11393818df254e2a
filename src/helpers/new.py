"""Starting an audit of another paper: this layout and these helpers in an empty folder, with a working first claim."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import helpers
from helpers import dictionary, readme, tables
from helpers.errors import InputError
from helpers.files import write_text
from helpers.run import accept, build, unchanged
from helpers.run import folder as emptied
from helpers.run.terminal import Terminal

PACKAGE = Path(helpers.__file__).resolve().parent
TEMPLATE = PACKAGE / "template"
# What every audit shares is taken from the checkout that the helpers belong to, so that it exists once.
SHARED = (
    "Makefile", "pyproject.toml", "environment.yml", "LICENSE", "LICENSE-DATA", ".gitignore", ".gitattributes",
    "requirements/install.py", "requirements/run.in", "requirements/run.txt", "requirements/all.in",
    "requirements/all.txt", "requirements/conda.txt", "tests/test_notebooks_form.py",
)  # fmt: skip
PLACEHOLDER = "AUDIT_NAME"


def new(folder: Path, checkout: Path | None = None) -> Path:
    """Start an audit in ``folder``, which must be new or empty; its absolute path.

    The helpers go along as a copy under ``src/``: the new audit needs nothing of this one, on any machine. Its notebook
    is run once, so that its record is complete.

    Raises:
        InputError: the folder holds something, or the helpers do not lie in a checkout.
        RuntimeError: the first run did not end; nothing is left behind.
    """
    folder, checkout = folder.absolute(), checkout or PACKAGE.parents[1]
    missing = [name for name in SHARED if not (checkout / name).is_file()]
    if missing:
        raise InputError("the helpers do not lie in a checkout", str(checkout), "the files that every audit shares",
                         f"no {missing[0]}", "call this from a checkout of an audit, not from an installed package")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("the folder is not empty", str(folder), "a new or an empty folder", "something in it",
                         "give another name")
    existed = folder.exists()
    try:
        _write(folder, checkout)
        _first_run(folder)
    except BaseException:
        _remove(folder, existed)
        raise
    return folder


def _write(folder: Path, checkout: Path) -> None:
    for source, name in _files(checkout):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    shutil.copytree(PACKAGE, folder / "src" / "helpers", ignore=shutil.ignore_patterns("__pycache__", "*.part"))
    page = folder / "README.md"
    write_text(page, page.read_text(encoding="utf-8").replace(PLACEHOLDER, folder.name))
    tables.rehash(folder)
    dictionary.write(folder)


def _files(checkout: Path) -> Iterator[tuple[Path, str]]:
    """Every file that is copied, with its place in the new folder."""
    yield from ((checkout / name, name) for name in SHARED)
    for path in sorted(TEMPLATE.rglob("*")):
        if path.is_file():
            yield path, path.relative_to(TEMPLATE).as_posix()


def _first_run(folder: Path) -> None:
    """Run the notebook, make it the record, and fill in the page that rests on the record."""
    said = io.StringIO()
    terminal = Terminal(quiet=True, out=said)
    build.reproduce(folder, terminal=terminal)  # run.json tells whether it is complete
    if not (folder / "build" / unchanged.MARK).is_file():
        raise RuntimeError(f"the first run of the new audit did not end:\n{said.getvalue()}")
    accept.accept(folder, terminal)
    emptied.clean(folder, terminal)
    readme.rewrite(folder)


def _remove(folder: Path, existed: bool) -> None:
    """Take back what was written; the folder itself stays if it was there before."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if not existed:
        folder.rmdir()
