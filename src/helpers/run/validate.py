"""Whether the committed notebooks, run again, give what they have stored."""

from __future__ import annotations

import contextlib
import html
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path

from helpers import paths
from helpers.errors import InputError, InputErrors
from helpers.run import collect, inputs, pending, pool
from helpers.run.kernels import FORKED, environment, fresh_cache, tidy_sockets
from helpers.run.notebooks import FIGURE_MIME, VERDICT_MIME, Notebook, text_of
from helpers.run.plan import Task, longest_first
from helpers.run.progress import last_seconds
from helpers.run.shape import CHECKED
from helpers.run.terminal import Terminal
from helpers.run.unchanged import CACHE
from helpers.run.warm import client, place

CELL_TIMEOUT = 120  # nbval waits half an hour otherwise


def validate(root: Path, terminal: Terminal) -> int:
    """Check the notebooks' shape and that every claim is judged once, then run nbval over them; the exit status.

    0: every compared output equals the stored one. 1: a claim is unjudged, judged twice, unknown, or an output differs.

    Raises:
        InputErrors: every fault in data, claims, parameters and notebooks (a missing output, a misspelt tag, ...).
    """
    if importlib.util.find_spec("nbval") is None:
        raise InputErrors(
            [
                InputError(
                    "nbval is not installed",
                    sys.executable,
                    "the environment of the tests",
                    "none",
                    "run make validate",
                )
            ]
        )
    with pending.alone(root, terminal):
        return _validate(root, terminal)


def _validate(root: Path, terminal: Terminal) -> int:
    found = inputs.check(root, record=True)
    faults = collect.collect(found.notebooks, found.claims).faults + card_faults(found.notebooks)
    if faults:
        terminal.listed("The committed notebooks do not judge every claim once:", faults)
        terminal.say(f"Not valid: {len(faults)} fault(s); no notebook was run (exit 1).")
        return 1
    build = paths.build(root)
    fresh_cache(build / CACHE)
    status = nbval(root, build / CACHE, _longest_first(found.notebooks, last_seconds(build / CACHE)))
    tidy_sockets()
    compared = sum(CHECKED in cell.tags for one in found.notebooks for cell in one.code)
    if status == 0:
        terminal.say(
            f"Valid: {compared} cells of {len(found.notebooks)} notebooks give what they have stored (exit 0)."
        )
        return 0
    terminal.say("Not valid: see the cells above (exit 1).")
    return 1


def _longest_first(read: list[Notebook], seconds: Mapping[str, float]) -> list[Path]:
    """Files of notebooks, first the one that took longest when it last ran, so that no worker begins with it at the end.

    Of those that never ran here, the one with most code first.
    """
    tasks = [Task(one, 1) for one in sorted(read, key=lambda one: len(one.code), reverse=True)]  # none waits for another
    return [task.notebook.path for task in longest_first(tasks, seconds)]


def card_faults(read: list[Notebook]) -> list[str]:
    """Stored cards and captions that are not those of the record beside them: nbval compares no HTML."""
    from helpers.card import as_html

    faults = []
    for cell in [cell for one in read for cell in one.code]:
        for bundle in cell.bundles(VERDICT_MIME):
            record = {"note": "", **bundle[VERDICT_MIME]}
            if "text/html" in bundle and text_of(bundle["text/html"]) != as_html(record):
                faults.append(f"{cell.label}: the stored card is not the one of the stored verdict")
        for bundle in cell.bundles(FIGURE_MIME):
            texts = [html.escape(bundle[FIGURE_MIME][key], quote=True) for key in ("alt", "title", "source")]
            shown = text_of(bundle.get("text/html", ""))
            if "<figcaption" in shown and not all(text in shown for text in texts):
                faults.append(f"{cell.label}: the stored caption is not the one of the stored figure")
    return faults


def nbval(root: Path, cache: Path, files: list[Path]) -> int:
    """Exit status of pytest with nbval over notebook files, without the settings of any project or user."""
    ini = cache / "nbval.ini"
    ini.write_text("[pytest]\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        str(ini),
        "--rootdir",
        str(root),
        "--noconftest",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:unraisableexception",  # it looks for garbage twice at the end of each process; cells run in others
        "-p",
        "nbval.plugin",
        "-p",
        "helpers.run.nbval_plugin",
        "--nbval-lax",
        "--nbval-current-env",
        "--nbval-cell-timeout",
        str(CELL_TIMEOUT),
        "-q",
        "--no-header",
        "--tb=short",
        "--color=no",
        "--no-summary",
    ]
    if importlib.util.find_spec("xdist") is not None and len(files) > 1:
        command += ["-p", "xdist.plugin", "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
    env = environment(root, cache)
    client.begin(env)
    env |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    with contextlib.suppress(place.Unavailable):
        env |= {place.SOCKETS: str(place.folder().parent)}
    # nbval finds the forked kernels by the name under which this package is installed, if it is.
    if entry_points(group="jupyter_client.kernel_provisioners", name=FORKED):
        env |= {"JUPYTER_DEFAULT_PROVISIONER_NAME": FORKED, client.SWITCH: os.environ.get(client.SWITCH, FORKED)}
    # A group of its own, so that its workers end with it and say nothing after our last line.
    group = {"process_group": 0} if hasattr(os, "killpg") else {}
    with pool.Signals(), subprocess.Popen([*command, *map(str, files)], cwd=root, env=env, **group) as process:
        try:
            return process.wait()
        except BaseException:
            if group:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)
            else:
                process.terminate()  # its own watch ends the kernels with it
            raise
