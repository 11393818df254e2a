"""The folder ``build/`` as a whole: emptied before a run, removed by ``make clean``, listed with hashes after a run."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from helpers import paths
from helpers.run import inputs, pending
from helpers.run.terminal import Terminal
from helpers.run.unchanged import HIDDEN, MARK, TIMINGS


def clear(build: Path, kept: Collection[str] = ()) -> None:
    """Remove what an earlier run built, run.json before all else, so that nothing of it can pass for fresh.

    Stays: what is hidden, and the ``kept`` files of the folder of notebooks.
    """
    (build / MARK).unlink(missing_ok=True)
    found = [path for path in build.iterdir() if path.name not in HIDDEN] if build.is_dir() else []
    if kept and (build / "notebooks").is_dir():
        found = [path for path in found if path.name != "notebooks"]
        found += [path for path in (build / "notebooks").iterdir() if path.name not in kept]
    for path in found:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def clean(root: Path, terminal: Terminal) -> None:
    """Remove ``build/`` whole, once no run is going on in it."""
    build = paths.build(root)
    if build.is_dir():
        with pending.alone(root, terminal):
            clear(build)
            shutil.rmtree(build)


def files(build: Path) -> dict[str, str]:
    """SHA-256 of every file of a build but run.json, the timings and what is hidden, by its path in ``build/``."""
    found = {path.relative_to(build).as_posix(): path for path in build.rglob("*") if path.is_file()}
    return {
        name: inputs.sha256(path)
        for name, path in sorted(found.items())
        if name.split("/")[0] not in (*HIDDEN, MARK, TIMINGS)
    }
