"""A pytest plugin for nbval: what it compares, and failures that name notebook and cell.

nbval compares HTML and drawings as text, stumbles over outputs that are not text, and counts cells from 0; data (types
that end in +json) and plain text decide here, and cells are counted as JupyterLab shows them.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import re
import threading
import time
from collections import defaultdict
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from forkmill.kernels.child import TOO_MUCH
from forkmill.notebooks.rules import IGNORED
from forkmill.notebooks.task import too_much
from forkmill.run.progress import remember
from forkmill.validate import ASKED_BY, SETTINGS, VALIDATED


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)  # whoever asked is gone; kernels and workers watch this process in the same way


def pytest_configure(config: Any) -> None:
    """End when the command that started this was killed, so that nothing goes on running; else, without delay.

    Python would look through all libraries for garbage at its end, in each worker and then in the first process: 4 % of a validation.
    The first is told who asked, for that one may be gone before it gets here; a worker hears of the end of the first by what connects
    them.
    """
    atexit.register(gc.freeze)
    asked = int(os.environ.pop(ASKED_BY, 0)) or os.getppid()
    threading.Thread(target=_end_with, args=(asked,), daemon=True).start()


def pytest_collectstart(collector: Any) -> None:
    """Leave out what looks different on another machine and means the same."""
    if isinstance(collector, IPyNbFile):
        collector.skip_compare = (*collector.skip_compare, *IGNORED)


def pytest_itemcollected(item: Any) -> None:
    """Give every cell of a notebook our comparison and our message."""
    if isinstance(item, IPyNbCell):
        item.compare_outputs = lambda test, ref, skip_compare=None: _compare(item, test, ref)
        item.repr_failure = lambda excinfo: _message(item, excinfo.value)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: Any) -> Any:
    """Notice a dead kernel at once, for which nbval would wait as long as a cell may take, and hear what is shown."""
    result = yield
    kernel = getattr(item.parent, "kernel", None)
    if isinstance(item, IPyNbCell) and kernel is not None and not hasattr(kernel, "shown"):
        kernel.shown = Shown()
        plain = kernel.get_message

        def watched(stream: str, timeout: float | None = None) -> Any:
            waited = 0.0
            while timeout is None or waited < timeout:
                try:
                    message = plain(stream, timeout=1 if timeout is None else min(1, timeout - waited))
                    if stream == "iopub":
                        kernel.shown.hear(message)
                    return message
                except Empty:
                    waited += 1
                    if not kernel.is_alive():
                        ended = getattr(kernel.km, "ended_with", None)
                        raise RuntimeError(too_much() if ended == TOO_MUCH else "the kernel died") from None
            raise Empty

        kernel.get_message = watched
    return result


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: Any, nextitem: Any) -> None:
    """Compare, after the last cell, what a later one could have changed."""
    kernel = getattr(item.parent, "kernel", None)
    if isinstance(item, IPyNbCell) and hasattr(kernel, "shown") and (nextitem is None or nextitem.parent is not item.parent):
        for cell, stored, computed in kernel.shown.left:
            found = differences(stored, shown(computed, cell.parent.skip_compare))
            if found:
                raise _Late("\n".join([f"{_place(cell)}: the computed outputs are not the stored ones", *(f"  {line}" for line in found)]))


class _Late(Exception):
    """A difference in a cell that was told after the cell; the text is whole."""


class Shown:
    """What the cells of a notebook show, made of the messages of its kernel as nbclient makes it.

    That is nbval's outputs, but for displays that are updated, and for outputs that are cleared. ``left``: cells whose
    displays a later cell may still update, each with its stored and its computed outputs.
    """

    def __init__(self) -> None:
        self.left: list[tuple[Any, dict[str, list[Any]], list[dict[str, Any]]]] = []
        self.now: list[dict[str, Any]] = []
        self.displays: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.request, self.clearing = "", False

    def hear(self, message: dict[str, Any]) -> None:
        """Take a message in."""
        kind, content, request = message["msg_type"], message["content"], message["parent_header"].get("msg_id", "")
        if kind == "execute_input":
            self.now, self.request, self.clearing = [], request, False
        if request != self.request:
            return
        name = content.get("transient", {}).get("display_id")
        if kind in ("display_data", "execute_result", "update_display_data") and name:
            for output in self.displays[name]:
                output.update(data=content["data"], metadata=content["metadata"])
        if kind == "clear_output":
            self.clearing = content["wait"]
            if not self.clearing:
                self.now.clear()
        elif kind in ("stream", "display_data", "execute_result", "error"):
            if self.clearing:
                self.now.clear()
                self.clearing = False
            self._add({"output_type": kind, **{key: value for key, value in content.items() if key != "transient"}}, name)

    def _add(self, output: dict[str, Any], name: str | None) -> None:
        last = self.now[-1] if self.now else {}
        if output["output_type"] == "stream" == last.get("output_type") and output["name"] == last["name"]:
            last["text"] += output["text"]
            return
        self.now.append(output)
        if name:
            self.displays[name].append(output)

    @property
    def settled(self) -> bool:
        """Whether no later cell can change what this one shows."""
        return not any(output is one for output in self.now for each in self.displays.values() for one in each)


FAILED: list[str] = []
SECONDS: dict[str, float] = defaultdict(float)  # of each notebook


def pytest_runtest_logreport(report: Any) -> None:
    """Keep each failure as our message, and how long each notebook took; with xdist they arrive in the first process."""
    SECONDS[Path(report.fspath).stem] += report.duration
    if report.failed:
        FAILED.append(str(report.longrepr))


def pytest_collectreport(report: Any) -> None:
    """Keep what could not even be collected."""
    if report.failed:
        FAILED.append(str(report.longrepr))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: Any) -> None:
    """Say every failure once, below the dots; where there is none, the next time begins with what took longest."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and not hasattr(session.config, "workerinput"):
        for line in ["", "", *FAILED] if FAILED else []:
            reporter.write_line(line)
        settings = session.config.inipath
        if not FAILED and settings is not None and settings.name == SETTINGS:
            remember(settings.parent, {VALIDATED + name: took for name, took in SECONDS.items()})


def shown(outputs: list[Any], skipped: tuple[str, ...]) -> dict[str, list[Any]]:
    """What is compared of a cell's outputs: for each mime type or stream, its contents in order."""
    found: dict[str, list[Any]] = defaultdict(list)
    for output in outputs:
        if output.get("output_type") == "stream":
            found[output["name"]].append(output["text"])
        for mime, value in (output.get("data") or {}).items():
            found[mime].append(value)
        if output.get("output_type") == "error":
            found["error"].append(f"{output['ename']}: {output['evalue']}")
    return {key: values for key, values in found.items() if key not in skipped}


def differences(stored: dict[str, list[Any]], computed: dict[str, list[Any]]) -> list[str]:
    """Lines that say in which outputs, and in which fields of a record, the two differ; [] when they are equal."""
    lines = []
    for key in sorted({*stored, *computed}):
        old, new = stored.get(key, []), computed.get(key, [])
        if len(old) != len(new):
            lines.append(f"{key}: {len(old)} stored, {len(new)} computed")
            continue
        for one, other in zip(old, new, strict=True):
            if one != other:
                lines += _fields(key, one, other)
    return lines


def _fields(key: str, old: Any, new: Any) -> list[str]:
    own = re.fullmatch(r"application/vnd\.(?:[\w-]+\.)*([\w-]+)\+json", key)
    what = own[1] if own else key
    if isinstance(old, dict) and isinstance(new, dict):
        return _of_records(what, old, new)
    before, after = _by_id(old), _by_id(new)
    if before and after:
        lines = [line for id in dict.fromkeys([*before, *after]) for line in _of_records(f"{what}, {id}", before.get(id), after.get(id))]
        if lines:  # none where they stand in another order
            return lines
    if isinstance(old, str) and isinstance(new, str):
        before, after = old.splitlines(), new.splitlines()
        place = next(
            (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
        )
        old, new = "".join(before[place : place + 1]), "".join(after[place : place + 1])
        return [f"{what}, line {place + 1}: stored {_short(old)}, computed {_short(new)}"]
    return [f"{what}: stored {_short(old)}, computed {_short(new)}"]


def _of_records(what: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> list[str]:
    """The fields in which two records differ; one that is on one side alone is said as a whole."""
    if old is None or new is None:
        return [f"{what}: {'not stored' if old is None else 'stored'}, {'not computed' if new is None else 'computed'}"]
    return [
        f"{what}, {name}: stored {_short(old.get(name))}, computed {_short(new.get(name))}"
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]


def _by_id(value: Any) -> dict[str, dict[str, Any]]:
    """A list of records that have an id each, by their ids; nothing where it is none."""
    if not isinstance(value, list) or not all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in value):
        return {}
    return {one["id"]: one for one in value}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 160 else text[:157] + "..."


def _compare(item: Any, test: list[Any], ref: list[Any]) -> bool:
    skipped, ours = item.parent.skip_compare, item.parent.kernel.shown
    stored = shown(ref, skipped)
    if not ours.settled:
        ours.left.append((item, stored, ours.now))
        return True
    item.comparison_traceback = differences(stored, shown(ours.now, skipped))
    return not item.comparison_traceback


def _place(item: Any) -> str:
    return f"{item.path.name}, cell [{item.cell_num + 1}] (id {item.cell.get('id')})"


def _message(item: Any, error: BaseException) -> str:
    if isinstance(error, _Late):
        return str(error)
    place = _place(item)
    said = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    detail = getattr(error, "inner_traceback", None) if isinstance(error, NbCellError) else None
    lines = re.sub(r"\x1b\[[0-9;]*m", "", detail).strip().splitlines() if detail else []
    if said.startswith("Cell execution caused"):
        said, lines = "the cell failed", lines[-1:]
    elif said == "Cell outputs differ":
        said = "the computed outputs are not the stored ones"
    return "\n".join([f"{place}: {said}", *(f"  {line}" for line in lines)])
