"""What the kernel of a notebook is given: variables, and what it can open; nothing that does not count as an input."""

from __future__ import annotations

import contextlib
import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from forkmill.kernels import client
from forkmill.kernels.child import SETTINGS
from forkmill.kernels.variables import passed_on
from forkmill.project import TRACES, Project

SOURCES = str(Path(__file__).resolve().parents[2])  # the folder to import this package from
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/proc", "/sys",
          *(f"/etc/{name}" for name in ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "passwd", "group",
                                        "nsswitch.conf", "localtime", "mime.types", "fonts", "ssl", "hosts")))
OWN = ("ipython", "matplotlib", "runtime")  # folders of the cache that every kernel writes into


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
        SETTINGS: "no",
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


def opens(paths: Iterable[str], listed: Iterable[str]) -> dict[str, list[str]]:
    """The arguments of :func:`forkmill.kernels.confinement.confine` that kernels with the same inputs have in common.

    All of it is an input (:mod:`forkmill.state.inputs`), is the machine's (the interpreter with its libraries, which count by
    their versions, and the system's programs), or is made for kernels and holds nothing of a notebook's: the folders of
    IPython, matplotlib and the sockets, `/dev` for its null device, terminals and semaphores.
    ``paths``: what counts as an input; ``listed``: folders of which only the names do.
    """
    interpreter = {sys.prefix, sys.base_prefix, sys.exec_prefix, sysconfig.get_path("stdlib"), os.path.realpath(sys.executable)}
    loaded = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    return {"read": [*SYSTEM, *sorted(interpreter), *filter(None, loaded), *paths], "lists": list(listed), "write": ["/dev"]}


def opens_beside(opens: dict[str, list[str]], cache: Path, name: str, given: str | None) -> dict[str, list[str]]:
    """What kernels open, with what one has for itself: its folder for what it writes, and the results of others it is given."""
    folders = [*(str(cache / one) for one in OWN), str(cache / "temporary" / name), str(client.folder())]
    return {**opens, "read": [*opens["read"], *filter(None, [given])], "write": [*opens["write"], *folders]}
