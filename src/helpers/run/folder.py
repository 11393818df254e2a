"""The folder ``build/`` as a whole: emptied before a run, removed by ``make clean``, listed with hashes after a run."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from helpers import paths
from helpers.files import write_bytes
from helpers.run import inputs, pending
from helpers.run.terminal import Terminal
from helpers.run.unchanged import CACHE, HIDDEN, MARK, TIMINGS

FIGURES = "figures"


def clear(build: Path, kept: Collection[str] = ()) -> None:
    """Remove what an earlier run built, run.json before all else, so that nothing of it can pass for fresh.

    Stays: what is hidden, and the ``kept`` files of the folder of notebooks. Figures are laid aside among the hidden,
    for :func:`write_figures`.
    """
    (build / MARK).unlink(missing_ok=True)
    if kept and (build / FIGURES).is_dir() and not (build / FIGURES).is_symlink():
        (build / CACHE).mkdir(exist_ok=True)
        shutil.rmtree(build / CACHE / FIGURES, ignore_errors=True)
        (build / FIGURES).replace(build / CACHE / FIGURES)
    found = [path for path in build.iterdir() if path.name not in HIDDEN] if build.is_dir() else []
    if kept and (build / "notebooks").is_dir():
        found = [path for path in found if path.name != "notebooks"]
        found += [path for path in (build / "notebooks").iterdir() if path.name not in kept]
    for path in found:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def write_figures(build: Path, figures: Mapping[str, bytes]) -> None:
    """Write the files of the figures; one that an earlier run has written with the same bytes is put back.

    File systems take long over new files where many were removed just before.
    """
    before, folder = build / CACHE / FIGURES, build / FIGURES
    laid_aside = {path.name: path for path in before.iterdir() if path.is_file() and not path.is_symlink()} if before.is_dir() else {}
    for name, content in figures.items():
        old = laid_aside.get(name)
        if old is not None and old.read_bytes() == content:
            folder.mkdir(exist_ok=True)
            old.replace(folder / name)
        else:
            write_bytes(folder / name, content)
    shutil.rmtree(before, ignore_errors=True)


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
