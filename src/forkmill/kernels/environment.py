"""The environment of a kernel: the same on every machine as far as it decides what a notebook shows."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from forkmill.kernels import client
from forkmill.project import TRACES, VARIABLES, Project

# Variables that change what Python, IPython or matplotlib print or draw.
DROPPED = ("PYTHON", "LC_", "LANG", "TZ", "MPL", "MATPLOTLIB", "IPYTHON", "JUPYTER", VARIABLES, "COLUMNS", "LINES",
           "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "PYTEST_")  # fmt: skip
KEPT = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
SOURCES = str(Path(__file__).resolve().parents[2])  # the folder to import this package from


def environment(project: Project, cache: Path | None = None) -> dict[str, str]:
    """Environment variables for a kernel.

    ``cache``: a folder for what kernels keep (font list, IPython's profile); that of the project by default.
    """
    cache = cache or project.cache
    kept = {name: value for name, value in os.environ.items() if name in KEPT or not name.startswith(DROPPED)}
    kept |= {
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "IPYTHONDIR": str(cache / "ipython"),
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "JUPYTER_RUNTIME_DIR": str(cache / "runtime"),
        "FORKMILL_ROOT": str(project.root),
        **project.variables,
    }
    # What a killed kernel or nbval leaves lies under build/, where the next run removes it.
    kept |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(cache / "temporary"))
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if SOURCES in map(os.path.realpath, filter(None, given)):  # maybe how we are found; nothing else on it gets there
        kept["PYTHONPATH"] = os.pathsep.join(filter(None, (kept.get("PYTHONPATH"), SOURCES)))
    return kept


def begin(project: Project, fresh: bool = False) -> None:
    """Start the process that kernels are forked from where all notebooks will run; it imports while others do more."""
    if fresh or not (project.cache / TRACES).is_dir():
        client.begin(environment(project))


def memory() -> int:
    """Bytes that one kernel may take: most of the machine's, so that a greedy cell fails before the machine does."""
    try:
        most = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 2**63 - 1
    with contextlib.suppress(OSError, ValueError):  # a container may have less; "max" means that it has not
        most = min(most, int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    return most * 8 // 10
