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
from queue import Empty
from typing import Any

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from forkmill.notebooks.rules import IGNORED


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)  # whoever asked is gone; kernels and workers watch this process in the same way


def pytest_configure(config: Any) -> None:
    """End when the command that started this was killed, so that nothing goes on running; else, without delay.

    Python would look through all libraries for garbage at its end, in each worker and then in the first process.
    """
    atexit.register(gc.freeze)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


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
    """Notice a dead kernel at once; nbval would wait for the time-out of the cell."""
    result = yield
    kernel = getattr(item.parent, "kernel", None)
    if isinstance(item, IPyNbCell) and kernel is not None and not hasattr(kernel, "watched"):
        kernel.watched = True
        plain = kernel.get_message

        def watched(stream: str, timeout: float | None = None) -> Any:
            waited = 0.0
            while timeout is None or waited < timeout:
                try:
                    return plain(stream, timeout=1 if timeout is None else min(1, timeout - waited))
                except Empty:
                    waited += 1
                    if not kernel.is_alive():
                        raise RuntimeError("the kernel died") from None
            raise Empty

        kernel.get_message = watched
    return result


FAILED: list[str] = []


def pytest_runtest_logreport(report: Any) -> None:
    """Keep each failure as our message; with xdist they arrive in the first process."""
    if report.failed:
        FAILED.append(str(report.longrepr))


def pytest_collectreport(report: Any) -> None:
    """Keep what could not even be collected."""
    pytest_runtest_logreport(report)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: Any) -> None:
    """Say every failure once, below the dots."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and not hasattr(session.config, "workerinput"):
        for line in ["", "", *FAILED] if FAILED else []:
            reporter.write_line(line)


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
        return [
            f"{what}, {name}: stored {_short(old.get(name))}, computed {_short(new.get(name))}"
            for name in sorted({*old, *new})
            if old.get(name) != new.get(name)
        ]
    if isinstance(old, str) and isinstance(new, str):
        before, after = old.splitlines(), new.splitlines()
        place = next(
            (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
        )
        old, new = "".join(before[place : place + 1]), "".join(after[place : place + 1])
        return [f"{what}, line {place + 1}: stored {_short(old)}, computed {_short(new)}"]
    return [f"{what}: stored {_short(old)}, computed {_short(new)}"]


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 160 else text[:157] + "..."


def _compare(item: Any, test: list[Any], ref: list[Any]) -> bool:
    skipped = item.parent.skip_compare
    item.comparison_traceback = differences(shown(ref, skipped), shown(test, skipped))
    return not item.comparison_traceback


def _message(item: Any, error: BaseException) -> str:
    place = f"{item.path.name}, cell [{item.cell_num + 1}] (id {item.cell.get('id')})"
    said = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    detail = getattr(error, "inner_traceback", None) if isinstance(error, NbCellError) else None
    lines = re.sub(r"\x1b\[[0-9;]*m", "", detail).strip().splitlines() if detail else []
    if said.startswith("Cell execution caused"):
        said, lines = "the cell failed", lines[-1:]
    elif said == "Cell outputs differ":
        said = "the computed outputs are not the stored ones"
    return "\n".join([f"{place}: {said}", *(f"  {line}" for line in lines)])
