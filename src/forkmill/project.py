"""Where the folders of a project are and what its kernels are given: plain data that everything here is handed."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

CACHE = ".cache"  # below the build: what runs keep for the next one
TRACES = "traces"  # below the cache, see :mod:`forkmill.state.trace`
LOCK = ".lock"
ACCEPTING = ".accepting"  # notebooks that are being made the record, see :mod:`forkmill.run.journal`
MARK = "run.json"  # its presence is what makes a build complete
TIMINGS = "timings.json"
NOTEBOOKS, FAILED = "notebooks", "failed"  # below the build: executed notebooks, and those that did not end
GIVEN = "FORKMILL_GIVEN"  # variable by which a notebook is given a file made of other notebooks' results
NOTEBOOK = ".ipynb"
VARIABLES = "FORKMILL_"  # what every variable of ours begins with
CODE = (os.path.dirname(os.path.abspath(__file__)),)


class Project(NamedTuple):
    """A folder of notebooks and what belongs to it.

    ``root``: paths in traces and messages are below it. ``notebooks``: the folder of the notebooks, in which kernels
    start. ``build``: the folder that a run writes. ``declaration``: the file that declares parameters, below ``root``.
    ``inputs``: files and folders below ``root`` that results may rest on; ``shown``: those that only what is made of the
    results rests on. ``code``: folders of packages, wherever they lie, that count as inputs beside this one.
    ``variables``: what kernels find in their environment. ``hidden``: names below ``build`` that other commands write and
    a run leaves alone.
    ``lock``: the file below ``root`` that pins the packages. ``locate``: finds the same project in another process.
    ``passes``: names of variables that kernels are handed from outside. ``versions``: of what drives the runs, by its
    name, which a complete run notes beside this package's own.
    """

    root: Path
    notebooks: Path
    build: Path
    declaration: str = "parameters.yaml"
    inputs: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    variables: Mapping[str, str] = {}
    hidden: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    lock: str = "requirements/run.txt"
    locate: Callable[[], Project] | None = None
    passes: tuple[str, ...] = ()
    versions: Mapping[str, str] = {}

    @property
    def cache(self) -> Path:
        """What runs keep below the build."""
        return self.build / CACHE

    @property
    def sources(self) -> tuple[str, ...]:
        """The folder of the notebooks; only its notebooks where that is the root, below which the build lies too."""
        if self.notebooks != self.root:
            return (str(self.notebooks),)
        return tuple(sorted(name for name in os.listdir(self.root) if name.endswith(NOTEBOOK)))

    @property
    def packages(self) -> tuple[str, ...]:
        """Folders of the packages that count as inputs: this one and those of the project."""
        return tuple(dict.fromkeys((*CODE, *self.code)))

    @property
    def passed_over(self) -> tuple[str, ...]:
        """Names below the build that are no part of what a run builds."""
        return (CACHE, LOCK, ACCEPTING, *self.hidden)


def of(folder: Path, reads: tuple[str, ...] = (), passes: tuple[str, ...] = ()) -> Project:
    """The project of a plain folder: its notebooks lie in it or in its ``notebooks``, a run writes its ``build``.

    ``reads``: paths of what else kernels can read, wherever it lies.
    """
    root = folder.resolve()
    notebooks = root / "notebooks"
    inside = notebooks if notebooks.is_dir() else root
    here = (entry for entry in os.scandir(root) if not (entry.name.startswith(".") and entry.is_dir()))
    names = {entry.name for entry in here} - {"build", "notebooks"}
    inputs = tuple(sorted(name for name in names if inside != root or not name.endswith(NOTEBOOK)))
    return Project(root, inside, root / "build", inputs=(*inputs, *map(os.path.abspath, reads)), passes=passes,
                   locate=functools.partial(of, root, reads, passes))
