"""Opening JupyterLab on an audit: the first notebook beside its table of contents, no news, no noise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.robustness.choices import LAB
from forkmill.errors import InputError
from forkmill.notebooks import ipynb
from forkmill.project import GIVEN

SETTINGS = Path(__file__).parents[1] / "jupyter"  # defaults that a user's own settings still override
KEPT = ".lab"  # folder of the checkout that keeps which notebooks were open
WORKSPACE = "audit"


def command(root: Path, arguments: tuple[str, ...] = (), *, as_root: bool = False) -> list[str]:
    """What starts JupyterLab in the folder of the audit; ``arguments`` are handed on and win over ours."""
    first = ipynb.paths(paths.notebooks(root))
    if not first:
        raise InputError("there is no notebook", "notebooks/", "at least one .ipynb file", "none", "restore it from git")
    own = [
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/workspaces/{WORKSPACE}/tree/notebooks/{first[0].name}",
        "--ServerApp.contents_manager_class=asprinted.commands.lab_files.LabFiles",
        "--KernelManager.transport_encryption=auto",  # else each kernel warns that others could listen
        "--Application.log_level=ERROR",  # the address is said all the same
    ]
    if as_root and "--allow-root" not in arguments:
        own.append("--allow-root")
    return [sys.executable, "-m", "jupyterlab", *own, *arguments]


def environment(root: Path) -> dict[str, str]:
    """The user's environment, in which the server and its kernels find this audit and these defaults."""
    # Kernels find the audit by their folder; in a terminal there it may be another one's folder.
    dropped = (GIVEN, "PYTHONPATH", "PYTHONHOME", "AUDIT_ROOT")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    others = [kept["JUPYTER_CONFIG_PATH"]] if kept.get("JUPYTER_CONFIG_PATH") else []
    own = paths.source(root)
    return kept | ({"PYTHONPATH": str(own)} if own else {}) | {
        "JUPYTER_CONFIG_PATH": os.pathsep.join([*others, str(SETTINGS)]),
        LAB: "1",
        "JUPYTER_PREFER_ENV_PATH": "1",  # this environment's kernel, not one of the same name in the user's folder
        "JUPYTERLAB_WORKSPACES_DIR": kept.get("JUPYTERLAB_WORKSPACES_DIR", str(root / KEPT)),
    }


def workspace(notebook: str) -> dict[str, Any]:
    """A workspace in which one notebook (path below the root) is open, its contents to the left."""
    widget = f"notebook:{notebook}"
    contents = "@jupyterlab/toc:plugin"
    left = ["filebrowser", "running-sessions", contents, "extensionmanager.main-view"]
    layout = {
        "main": {"dock": {"type": "tab-area", "currentIndex": 0, "widgets": [widget]}, "current": widget},
        "left": {"collapsed": False, "visible": True, "current": contents, "widgets": left},
    }
    data = {
        "layout-restorer:data": layout,
        widget: {"data": {"path": notebook, "factory": "Notebook"}},
        "file-browser-filebrowser:cwd": {"path": "notebooks"},
    }
    return {"data": data, "metadata": {"id": WORKSPACE}}


def prepare(root: Path, folder: Path) -> None:
    """Write the workspace where there is none yet; one that a reader has arranged is left alone."""
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    if not any(folder.glob(f"{WORKSPACE}*")):
        first = ipynb.paths(paths.notebooks(root))[0]
        WorkspacesManager(str(folder)).save(WORKSPACE, json.dumps(workspace(f"notebooks/{first.name}")))


def start(root: Path, arguments: tuple[str, ...]) -> int:
    """Start JupyterLab and stay with it until it is stopped; its exit status.

    Raises:
        InputError: there is no notebook.
    """
    as_root = getattr(os, "geteuid", lambda: 1)() == 0
    line, env = command(root, arguments, as_root=as_root), environment(root)
    prepare(root, Path(env["JUPYTERLAB_WORKSPACES_DIR"]))
    if as_root:
        sys.stderr.write("You are root, as in a container: JupyterLab is started with --allow-root.\n")
        sys.stderr.flush()
    if os.name == "posix":  # Ctrl-C then reaches one process, which asks back
        os.execve(line[0], line, env)
    return subprocess.call(line, env=env)
