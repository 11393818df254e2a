"""The folder ``build/`` as a whole: emptied before a run, removed by ``clean``, listed with hashes after a run."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping

from forkmill import project_files
from forkmill.project import CACHE, MARK, NOTEBOOKS, TIMINGS, Project
from forkmill.run import journal
from forkmill.state import snapshot
from forkmill.terminal import Terminal
from forkmill.writing import write_bytes


def clear(project: Project, kept: Collection[str] = (), aside: Collection[str] = ()) -> None:
    """Remove what an earlier run built, run.json before all else, so that nothing of it can pass for fresh.

    Stays: what is passed over, and the ``kept`` notebooks. The folders ``aside`` are laid among what is passed over, for
    :func:`put_back`.
    """
    build = project.build
    (build / MARK).unlink(missing_ok=True)
    for name in aside:
        if kept and (build / name).is_dir() and not (build / name).is_symlink():
            (build / CACHE).mkdir(exist_ok=True)
            shutil.rmtree(build / CACHE / name, ignore_errors=True)
            (build / name).replace(build / CACHE / name)
    found = [path for path in build.iterdir() if path.name not in project.passed_over] if build.is_dir() else []
    if kept and (build / NOTEBOOKS).is_dir():
        found = [path for path in found if path.name != NOTEBOOKS]
        found += [path for path in (build / NOTEBOOKS).iterdir() if path.name not in kept]
    for path in found:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def put_back(project: Project, name: str, files: Mapping[str, bytes]) -> None:
    """Write the files of a folder of the build; one that an earlier run has written with the same bytes is put back.

    File systems take long over new files where many were removed just before.
    """
    before, folder = project.cache / name, project.build / name
    laid_aside = {path.name: path for path in before.iterdir() if path.is_file() and not path.is_symlink()} if before.is_dir() else {}
    for file, content in files.items():
        old = laid_aside.get(file)
        if old is not None and old.read_bytes() == content:
            folder.mkdir(exist_ok=True)
            old.replace(folder / file)
        else:
            write_bytes(folder / file, content)
    shutil.rmtree(before, ignore_errors=True)


def clean(project: Project, terminal: Terminal) -> None:
    """Remove ``build/`` whole, once no run is going on in it; where it is a link, what the link leads to is emptied."""
    if project.build.is_dir():
        with journal.alone(project, terminal):
            clear(project)
            for path in project.build.iterdir():
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
            if not project.build.is_symlink():
                project.build.rmdir()


def files(project: Project) -> dict[str, str]:
    """SHA-256 of every file of a build but run.json, the timings and what is passed over, by its path in ``build/``."""
    names = [path.name for path in project.build.iterdir() if path.name not in (*project.passed_over, MARK, TIMINGS)]
    return {name: snapshot.sha256(project.build / name) for name in sorted(project_files.files(project.build, names))}
