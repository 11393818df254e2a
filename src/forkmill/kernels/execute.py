"""Executing one notebook through papermill."""

from __future__ import annotations

import asyncio
import functools
import logging
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from forkmill.kernels.child import TOO_MUCH
from forkmill.kernels.manager import Kernels
from forkmill.notebooks import ipynb
from forkmill.notebooks.task import Failure, Result, Task, too_much

REFUSED = re.compile(r"Permission denied|unable to open database file")
DENIED = (" (kernels of a run can read what counts as their input, write in their temporary folder, and connect to nothing;"
          " forkmill's README says how to name more)")
# What ipykernel says at its start.
GREETING = re.compile("without encryption|Ctrl-C will not work|quit this process|UNIX-like|To read more|connect another client|--existing")
CELL_TIMEOUT = 300  # seconds; a cell that computes longer hangs


class Papermill:
    """Calls papermill on a task. One object serves all threads of a run; the kernels are those of that run."""

    def __init__(
        self, kernels: Kernels, timeout: int = CELL_TIMEOUT, cell: Callable[[Task, str], None] | None = None
    ) -> None:
        """``cell`` is called, in the thread of the task, with the id of each cell that is about to run."""
        self.kernels, self.timeout, self.cell = kernels, timeout, cell
        # What papermill and its client log is said by us, once, with the cell.
        for name in ("papermill", "traitlets"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        sys.modules["black"] = None  # type: ignore[assignment] # where it is installed, papermill would lay out cells with it

    def __call__(self, task: Task) -> Result:
        """Execute, once more only if the kernel died before its first cell; a fault of the notebook never raises."""
        began = time.perf_counter()
        try:
            for attempt in (1, 2):
                begun: list[dict[str, Any]] = []
                content, failure = self._attempt(task, begun)
                if failure is None or begun or attempt == 2 or self.kernels.stopped:
                    break
        finally:
            _close_loop()
        return Result(task.name, time.perf_counter() - began, content, failure)

    def _attempt(self, task: Task, begun: list[dict[str, Any]]) -> tuple[dict[str, Any] | None, Failure | None]:
        import nbformat
        from papermill import execute_notebook
        from papermill.exceptions import PapermillExecutionError

        part = self.kernels.cache / "parts" / f"{task.name}.ipynb"
        part.unlink(missing_ok=True)
        try:
            # The same object that was checked is run: the file may be saved again in between.
            source = nbformat.from_dict(ipynb.normalise(ipynb.without_outputs(task.notebook.content)))
            execute_notebook(source, _escape(part), parameters=dict(task.parameters), kernel_name="python3", progress_bar=False,
                             log_output=False, request_save_on_cell_execute=False, autosave_cell_every=0, record_timing=False,
                             shutdown_kernel="immediate", execution_timeout=self.timeout,
                             kernel_manager_class=self.kernels.manager(task.name),
                             on_cell_execute=functools.partial(self._began, task, begun))
        except PapermillExecutionError as error:
            said = _said(error.ename, error.evalue)
            kept = DENIED if self.kernels.opens and REFUSED.search(said) else ""
            content = self._partial(part)
            return content, self._failure(task, _failing(content, error.exec_count) or begun, said + kept)
        except Exception as error:  # the kernel died, did not start, or a cell ran out of time
            return None, self._failure(task, begun, self._died(task.name, error))
        content = ipynb.normalise(ipynb.read(part).content)
        part.unlink()
        return content, _unfinished(task.name, content)

    def _began(self, task: Task, begun: list[dict[str, Any]], cell: dict[str, Any], cell_index: int) -> None:
        begun.append(cell)
        if self.cell is not None:
            self.cell(task, cell["id"])

    def _failure(self, task: Task, begun: list[dict[str, Any]], said: str) -> Failure:
        # By its id: an injected cell shifts the counts.
        cell = next((cell for cell in task.notebook.code if begun and cell.id == begun[-1]["id"]), None)
        return Failure(task.name, cell.number if cell else None, cell.id if cell else None, said)

    def _partial(self, part: Path) -> dict[str, Any] | None:
        return ipynb.normalise(ipynb.read(part).content) if part.exists() else None

    def _died(self, name: str, error: Exception) -> str:
        from nbclient.exceptions import CellTimeoutError

        if isinstance(error, CellTimeoutError):
            return f"the cell did not end within {self.timeout} seconds"
        if self.kernels.ended.get(name) == TOO_MUCH:
            return too_much()
        log = self.kernels.log(name)
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
        words = [f"its last words: {line.strip()}" for line in lines if line.strip() and not GREETING.search(line)][-1:]
        told = [*_ended(self.kernels.ended.get(name)), *words]
        return _said(type(error).__name__, str(error)) + (f" ({'; '.join(told)})" if told else "")


def _ended(status: int | None) -> list[str]:
    """How a kernel ended, in words."""
    if not status:
        return []
    if status > 0:
        return [f"the kernel ended with status {status}"]
    perhaps = ", perhaps because memory ran out" if -status == getattr(signal, "SIGKILL", 0) else ""
    return [f"the kernel was killed by {signal.Signals(-status).name}{perhaps}"]


def _close_loop() -> None:
    """Close the event loop that jupyter_core leaves open in a thread, with what a stopped kernel left in it."""
    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    pending = asyncio.all_tasks(loop)
    for task in pending:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
    loop.close()
    asyncio.set_event_loop(None)


def _escape(path: Path) -> str:
    # papermill fills {name} in a path with parameters.
    return str(path).replace("{", "{{").replace("}", "}}")


def _said(name: str, text: str) -> str:
    text = re.sub(r"\x1b\[[0-9;]*m", "", text).strip()
    return f"{name}: {text}" if text else name


def _unfinished(name: str, content: dict[str, Any]) -> Failure | None:
    """papermill returns normally after SystemExit; only the counts tell whether all cells ran."""
    code = ipynb.of(content, Path(f"{name}.ipynb")).code
    for place, cell in enumerate((cell for cell in code if cell.runs), 1):
        stopped = any(output["output_type"] == "error" for output in cell.outputs)
        if stopped or cell.count != place:
            said = "the cell ended the kernel (SystemExit)" if stopped else "the cell was not run"
            return Failure(name, cell.number, cell.id, said)
    return None


def _failing(content: dict[str, Any] | None, count: int | None) -> list[dict[str, Any]]:
    """The cell that failed, which need not be the last that began: papermill goes on after an error that is tolerated."""
    cells = content["cells"] if content else []
    return [cell for cell in cells if count is not None and cell.get("execution_count") == count]
