"""Whether committed notebooks, run again by nbval, give what they have stored."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

from forkmill.errors import InputError
from forkmill.kernels import client, sockets
from forkmill.kernels.cache import fresh_cache, tidy_sockets
from forkmill.kernels.child import SHOWS
from forkmill.kernels.environment import environment, temporary
from forkmill.kernels.manager import FORKED
from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.rules import CHECKED
from forkmill.notebooks.task import SHOWN, Task
from forkmill.project import Project
from forkmill.run import pool
from forkmill.run.plan import longest_first
from forkmill.run.progress import last_seconds
from forkmill.terminal import Terminal
from forkmill.validate import ASKED_BY, SETTINGS, VALIDATED

CELL_TIMEOUT = 120  # nbval waits half an hour otherwise


def available() -> None:
    """Raise :class:`InputError` where nbval is not installed."""
    if importlib.util.find_spec("nbval") is None:
        raise InputError("nbval is not installed", sys.executable, "nbval and pytest", "none",
                         "install the extra validate: pip install nbval pytest")


def validate(project: Project, read: list[Notebook], say: Terminal) -> int:
    """Run sound notebooks through nbval; 0 where every compared output equals the stored one, else 1.

    The caller is :func:`forkmill.run.journal.alone`.
    """
    fresh_cache(project.cache)
    try:
        status = nbval(project, _longest_first(project, read))
    except BaseException:
        say.say("")  # it was stopped in the middle of a line
        raise
    tidy_sockets()
    compared = sum(CHECKED in cell.tags for one in read for cell in one.code)
    if status == 0:
        say.say(f"Valid: {compared} cells of {len(read)} notebooks give what they have stored (exit 0).")
        return 0
    say.say("Not valid: see the cells above (exit 1).")
    return 1


def _longest_first(project: Project, read: list[Notebook]) -> list[Path]:
    """Files of notebooks, first the one that took longest the last time, so that no worker begins with it at the end.

    The last time that it was validated, else run; of those that never ran here, the one with most code first.
    """
    tasks = [Task(one) for one in sorted(read, key=lambda one: len(one.code), reverse=True)]  # none waits for another
    last = last_seconds(project.cache)
    validated = {name.removeprefix(VALIDATED): seconds for name, seconds in last.items() if name.startswith(VALIDATED)}
    return [task.notebook.path for task in longest_first(tasks, last | validated)]


def nbval(project: Project, files: list[Path]) -> int:
    """Exit status of pytest with nbval over notebook files, without the settings of any project or user."""
    ini = project.cache / SETTINGS
    ini.write_text("[pytest]\n", encoding="utf-8")
    # unraisableexception looks for garbage twice at the end of each process; cells run in others.
    plugins = ("no:cacheprovider", "no:unraisableexception", "nbval.plugin", "forkmill.validate.nbval_plugin")
    command = [sys.executable, "-m", "pytest", "-c", str(ini), "--rootdir", str(project.root), "--noconftest",
               *(word for plugin in plugins for word in ("-p", plugin)), "--nbval-lax", "--nbval-current-env",
               "--nbval-cell-timeout", str(CELL_TIMEOUT), "-q", "--no-header", "--tb=short", "--color=no", "--no-summary"]
    if importlib.util.find_spec("xdist") is not None and len(files) > 1:
        command += ["-p", "xdist.plugin", "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
    env = environment(project)
    client.begin(env)
    env |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **temporary(project.cache, "nbval")}
    with contextlib.suppress(sockets.Unavailable):
        env |= {sockets.SOCKETS: str(sockets.folder().parent)}
    # nbval finds the forked kernels by the name under which this package is installed, if it is.
    if entry_points(group="jupyter_client.kernel_provisioners", name=FORKED):
        env |= {"JUPYTER_DEFAULT_PROVISIONER_NAME": FORKED, SHOWS: str(SHOWN), client.SWITCH: os.environ.get(client.SWITCH, FORKED)}
    # A group of its own, so that its workers end with it and say nothing after our last line.
    group = {"process_group": 0} if hasattr(os, "killpg") else {}
    if group:  # elsewhere a Python of an environment is started by another process of its own
        env[ASKED_BY] = str(os.getpid())
    with pool.Signals(), subprocess.Popen([*command, *map(str, files)], cwd=project.root, env=env, **group) as process:
        try:
            return process.wait()
        except BaseException:
            if group:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)
            else:
                process.terminate()  # its own watch ends the kernels with it
            raise
