"""Everything that a run of a project rests on, each with its hash."""

from __future__ import annotations

import os

from forkmill.notebooks.ipynb import Notebook
from forkmill.project import NOTEBOOK, Project
from forkmill.state import snapshot


def hashes(project: Project, read: list[Notebook]) -> dict[str, str]:
    """SHA-256 of everything that a run rests on, by name; of a notebook only what a person writes in it."""
    inputs = [name for name in project.inputs if project.root / name != project.notebooks]
    found = snapshot.hashes(project.root, inputs) | _beside(project)
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


def _beside(project: Project) -> dict[str, str]:
    """Of what lies beside the notebooks, such as a module; where that is the root, it is among the project's inputs."""
    if project.notebooks == project.root:
        return {}
    names = [name for name in os.listdir(project.notebooks) if not name.startswith(".") and not name.endswith(NOTEBOOK)]
    return {_folder(project) + name: one for name, one in snapshot.hashes(project.notebooks, sorted(names)).items()}
