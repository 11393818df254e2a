"""Single cells run as a notebook of a plain folder, by kernels as a run has them."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from plain import Plain, code, notebook

from forkmill import project
from forkmill.kernels import client
from forkmill.kernels.cache import fresh_cache
from forkmill.kernels.environment import environment
from forkmill.kernels.execute import Papermill
from forkmill.kernels.manager import Kernels
from forkmill.notebooks import ipynb
from forkmill.notebooks.task import Result, Task

OF_THE_PROJECT = "OF_THE_PROJECT"  # a variable that the project gives its kernels


class Runner:
    """Runs cells in forked or in ordinary kernels, as :data:`forkmill.kernels.client.SWITCH` says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "notebooks").mkdir(parents=True)
        self.project = project.of(root)._replace(variables={OF_THE_PROJECT: "one"})
        self.cache = self.project.cache
        self.more: dict[str, str] = {}  # variables beside those of a run
        fresh_cache(self.cache)

    def __call__(self, *cells: str, timeout: int = 60, name: str = "one") -> Result:
        Plain(self.root).write(name, notebook() | {"cells": [code(f"c{n}", cell) for n, cell in enumerate(cells)]})
        kernels = Kernels(environment(self.project) | self.more, self.project.notebooks, self.cache)
        return Papermill(kernels, timeout)(Task(ipynb.read(self.project.notebooks / f"{name}.ipynb")))

    def text(self, *cells: str) -> str:
        """What the cells printed."""
        result = self(*cells)
        assert result.failure is None, result.failure
        return "".join("".join(output["text"]) for cell in result.content["cells"] for output in cell["outputs"])


def server() -> int:
    """Process number of the fork server that kernels come from now."""
    nowhere = project.Project(Path("/"), Path("/"), Path("/"))
    with client.connect(environment(nowhere)) as connection:
        return int.from_bytes(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)[:4], sys.byteorder)
