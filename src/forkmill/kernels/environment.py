"""The environment of a kernel: the same on every machine, and nothing in it that does not count as an input."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from forkmill.kernels import client
from forkmill.kernels.variables import passed_on
from forkmill.project import TRACES, Project

SOURCES = str(Path(__file__).resolve().parents[2])  # the folder to import this package from


def environment(project: Project, cache: Path | None = None) -> dict[str, str]:
    """Environment variables for a kernel.

    ``cache``: a folder for what kernels keep (font list, IPython's profile); that of the project by default.
    """
    cache = cache or project.cache
    kept = passed_on(project.passes) | {
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONTZPATH": "",  # time zones of the pinned package tzdata, not of the machine
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "IPYTHONDIR": str(cache / "ipython"),
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "JUPYTER_RUNTIME_DIR": str(cache / "runtime"),
        **project.variables,
    }
    if os.name == "posix":  # where the programs of the system are, whatever its user has on the path
        kept["PATH"] = os.pathsep.join((os.path.dirname(sys.executable), "/usr/local/bin", "/usr/bin", "/bin"))
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if SOURCES in map(os.path.realpath, filter(None, given)):  # maybe how we are found; nothing else on it gets there
        kept["PYTHONPATH"] = os.pathsep.join(filter(None, (kept.get("PYTHONPATH"), SOURCES)))
    return kept


def temporary(cache: Path, name: str) -> dict[str, str]:
    """Variables that name the folder of one notebook's own for what it writes: under build/, where the next run removes it."""
    own = cache / "temporary" / name
    own.mkdir(parents=True, exist_ok=True)
    return dict.fromkeys(("TMPDIR", "TEMP", "TMP", "HOME"), str(own))


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
