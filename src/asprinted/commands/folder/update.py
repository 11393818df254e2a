"""Bringing an audit that an older version has started to this one, without a hand on what somebody has edited."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import asprinted
from asprinted import paths
from asprinted.audit.accept import accept
from asprinted.audit.reproduce import reproduce
from asprinted.commands import readme
from asprinted.commands.folder import manifest
from asprinted.commands.folder.libraries import in_its_own
from asprinted.commands.folder.pins import ALL, RUN, WHEELS, locked
from asprinted.official import dictionary
from forkmill.errors import InputError
from forkmill.project import MARK
from forkmill.state.snapshot import digest
from forkmill.terminal import Terminal
from forkmill.writing import write_bytes

ASIDE = Path("build", "update")  # newer forms of what was edited


def update(root: Path, terminal: Terminal) -> int:
    """Bring files, wheels, pins and record of an audit to this version, and say what has changed; the exit status.

    A record that says the same verdicts is renewed; where one has become another, that is said, and nobody's record is
    touched. 0: up to date. 1: a verdict became another, or the run is incomplete. Where its notebooks import what this Python
    lacks, the audit's own runs all of this.

    Raises:
        InputError: it was not started by `asprinted new`, or no Python has what its notebooks import; nothing was written.
    """
    before = manifest.noted(root)
    if not before and b"\nasprinted==" not in _content(root / RUN):
        raise InputError("this audit pins no asprinted", str(root), "one that `asprinted new` has started", RUN,
                         "take a newer state of its own repository")
    elsewhere = in_its_own(root, "update")
    if elsewhere is not None:
        return elsewhere
    shutil.rmtree(root / ASIDE, ignore_errors=True)
    index = not (root / WHEELS).is_dir()
    newer = manifest.house(index)
    said, locks = _pins(root, before, index)
    said += _files(root, before, newer)
    manifest.note(root, newer | locks)
    if dictionary.check(root):
        dictionary.write(root)
        said.append("data/README.md: written anew")
    terminal.listed(f"Brought to asprinted {asprinted.__version__}:", said or ["nothing: its files are those of this version"])
    return _record(root, terminal)


def _files(root: Path, before: dict[str, str], newer: dict[str, bytes]) -> list[str]:
    """Write what is newer where nobody has edited the older; what was done, a line each."""
    said = []
    for name in sorted({*before, *newer} - {RUN, ALL}):
        path, wanted, known = root / name, newer.get(name), before.get(name)
        there = path.read_bytes() if path.is_file() else None
        if there == wanted or (there is None and known):  # somebody has done without it
            continue
        if wanted is None:
            if there is not None and digest(there) == known:
                path.unlink()
                said.append(f"{name}: no longer needed, removed")
        elif there is None or digest(there) == known:
            write_bytes(path, wanted)
            said.append(f"{name}: {'added' if there is None else 'renewed'}")
        elif digest(wanted) != known:
            write_bytes(root / ASIDE / name, wanted)
            why = "it was edited" if known else "nothing says that it was not edited"
            said.append(f"{name}: kept, since {why}; its newer form is {(ASIDE / name).as_posix()}")
    return said


def _pins(root: Path, before: dict[str, str], index: bool) -> tuple[list[str], dict[str, bytes]]:
    """Renew the wheels and both locks; what was done, and the locks that are now as they were written.

    A lock that was compiled in the audit keeps its pins but for our two packages.
    """
    lent, said, whole = manifest.lent(), [], {}
    with tempfile.TemporaryDirectory(prefix="wheels-") as folder:
        built = manifest.wheels(Path(folder))
        for name in (RUN, ALL):
            there = _content(root / name)
            own = bool(there) and digest(there) != before.get(name)
            text = locked(there.decode("utf-8") if own else lent[name].read_text(encoding="utf-8"), built).encode("utf-8")
            if text != there:
                write_bytes(root / name, text)
                said.append(f"{name}: " + ("our two packages; `make lock` brings what else they need" if own else "renewed"))
            whole |= {} if own else {name: text}
        for path in [] if index else built.values():
            if _content(root / WHEELS / path.name) != path.read_bytes():
                for older in (root / WHEELS).glob(f"{path.name.split('-')[0]}-*.whl"):
                    older.unlink()
                shutil.copyfile(path, root / WHEELS / path.name)
                said.append(f"{(WHEELS / path.name).as_posix()}: renewed")
    return said, whole


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _record(root: Path, terminal: Terminal) -> int:
    """Run the notebooks under this version, and renew the record where it says the same."""
    status = reproduce(root, terminal=terminal)
    if status == 0 and (paths.build(root) / MARK).is_file():
        status = accept(root, terminal)
        readme.rewrite(root)
    return status
