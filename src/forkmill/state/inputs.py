"""Everything that a result may rest on: what a kernel can open, which is no more than is counted here.

A kernel of a run is kept from all else by the system (:mod:`forkmill.kernels.confinement`), so nothing that it read, in
whatever way, is missing. A file that it did not read counts as well: a notebook too many costs seconds.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from forkmill import project_files
from forkmill.project import NOTEBOOK, Project
from forkmill.state import snapshot

if TYPE_CHECKING:
    from forkmill.notebooks.ipynb import Notebook


class Inputs:
    """What the notebooks of a project may rest on.

    Args:
        notebooks: whether the files of all notebooks are among it.
        more: names of further files and folders.
    """

    def __init__(self, project: Project, notebooks: bool = False, more: Iterable[str] = ()) -> None:
        self.root = str(project.root)
        beside = [name for name in _beside(project) if notebooks or not name.endswith(NOTEBOOK)]
        self.names = (*project.inputs, *beside, *project.packages, *edited_in_place(project), *more)
        # Folders of which the names count: that of the notebooks, and those that packages are imported from.
        self.listed = tuple(dict.fromkeys((str(project.notebooks), *map(os.path.dirname, project.packages))))

    @cached_property
    def _walked(self) -> list[tuple[str, str, bool]]:
        return list(project_files.walk(self.root, self.names))

    @property
    def paths(self) -> Iterator[str]:
        """What can be read, with all below it; also where links lead."""
        yield from (os.path.join(self.root, name) for name in self.names)
        yield from (os.path.realpath(os.path.join(self.root, name)) for _, name, linked in self._walked if linked)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Kind ("file", "folder", or "notebooks" of a folder) and name of everything that counts."""
        for kind, name, _ in self._walked:
            yield kind, name
        for folder in self.listed:
            # Of the root every other name is among the project's inputs, or is of the build.
            yield ("notebooks", ".") if folder == self.root else ("folder", snapshot.relative(folder, self.root))


def edited_in_place(project: Project) -> list[str]:
    """Folders of libraries that were installed to be edited where they lie: of these the version says nothing.

    Where the project's own packages lie only these count.
    """
    own = {os.path.basename(one) for one in project.packages}
    found = (folder for place in sys.path if place.endswith("-packages") for folder in _named_in(place))
    return [folder for folder in found if own.isdisjoint(os.listdir(folder))]


def _named_in(place: str) -> Iterator[str]:
    """Folders that are put on the path by the files ``*.pth`` of a folder of libraries (Python's documentation of site)."""
    with contextlib.suppress(OSError):
        for name in sorted(os.listdir(place)):
            if name.endswith(".pth"):
                with open(os.path.join(place, name), encoding="utf-8", errors="replace") as file:
                    lines = (os.path.join(place, line.strip()) for line in file if not line.startswith(("#", "import ", "import\t")))
                    yield from (line for line in lines if os.path.isdir(line) and not os.path.samefile(line, place))


def hashes(project: Project, read: list[Notebook]) -> dict[str, str]:
    """SHA-256 of everything that a run rests on, by name; of a notebook only what a person writes in it."""
    found = snapshot.hashes(project.root, [*project.inputs, *(name for name in _beside(project) if not name.endswith(NOTEBOOK))])
    found |= {key(project, one.name): one.source_hash for one in read}
    for code in project.packages:
        inside = snapshot.hashes(code, sorted(os.listdir(code)))
        found |= {f"{os.path.basename(code)}/{name}": one for name, one in inside.items() if name.endswith(".py")}
    return dict(sorted(found.items()))


def key(project: Project, name: str) -> str:
    """By what name the hash of a notebook stands among the others."""
    return f"{_folder(project)}{name}{NOTEBOOK}"


def _folder(project: Project) -> str:
    return "" if project.notebooks == project.root else f"{project.notebooks.name}/"


def _beside(project: Project) -> list[str]:
    """Names, below the root, of the notebooks and of what lies beside them, such as a module; where they lie in the root,
    the rest is among the project's inputs."""
    names = sorted(name for name in os.listdir(project.notebooks) if not name.startswith("."))
    if project.notebooks == project.root:
        return [name for name in names if name.endswith(NOTEBOOK)]
    return [_folder(project) + name for name in names]
