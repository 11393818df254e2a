"""One notebook to execute, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.parameter_values import Value

# Bytes that the cells of one notebook may show: a cell that prints without end would fill the memory of the run, which
# takes about eight times what it is shown. JupyterLab hardly opens half as much.
SHOWN = 100_000_000


@dataclass(frozen=True)
class Task:
    """One notebook to execute.

    ``rests_on``: names of the notebooks whose results it is given, which run before it. ``parameters``: only those that
    differ from the notebook's own cell.
    """

    notebook: Notebook
    rests_on: tuple[str, ...] = ()
    parameters: dict[str, Value] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The notebook's stem."""
        return self.notebook.name


def too_much() -> str:
    """What is said of a notebook that has shown more."""
    return (f"the kernel was ended here, as the notebook has shown more than {SHOWN // 10**6} MB, which is the most that all of its"
            " outputs may be together: show less, such as the first rows, or look for a loop without end")


@dataclass(frozen=True)
class Failure:
    """Why a notebook did not run to its end.

    ``cell`` counts code cells from 1 and ``id`` is its name in the file; None when no cell had begun.
    """

    notebook: str
    cell: int | None
    id: str | None
    error: str

    def __str__(self) -> str:
        return f"{self.notebook}.ipynb" + (f", cell [{self.cell}] (id {self.id})" if self.cell else "") + f": {self.error}"


@dataclass(frozen=True)
class Result:
    """What became of a task: the normalised notebook, or a failure and the notebook as far as it came.

    ``kept``: nothing was run, because what is built stands.
    """

    name: str
    seconds: float
    content: dict[str, Any] | None
    failure: Failure | None = None
    kept: bool = False
