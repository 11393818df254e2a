"""What the kernel of a notebook is given to open: what counts as its input, the system, and folders of its own.

All that is named here is an input (:mod:`forkmill.state.inputs`), is the machine's (the interpreter with its libraries,
which count by their versions, and the system's programs), or is made for kernels and holds nothing of a notebook's: the
folders of IPython, matplotlib and the sockets, `/dev` for its null device, terminals and semaphores.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from forkmill.kernels import client

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/proc", "/sys",
          *(f"/etc/{name}" for name in ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "passwd", "group",
                                        "nsswitch.conf", "localtime", "mime.types", "fonts", "ssl", "hosts")))  # fmt: skip
OWN = ("ipython", "matplotlib", "runtime")  # folders of the cache that every kernel writes into


def of(paths: Iterable[str], listed: Iterable[str]) -> dict[str, list[str]]:
    """The arguments of :func:`forkmill.kernels.confinement.confine` that kernels with the same inputs have in common.

    ``paths``: what counts as an input; ``listed``: folders of which only the names do.
    """
    interpreter = {sys.prefix, sys.base_prefix, sys.exec_prefix, sysconfig.get_path("stdlib"), os.path.realpath(sys.executable)}
    loaded = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    return {"read": [*SYSTEM, *sorted(interpreter), *filter(None, loaded), *paths], "lists": list(listed), "write": ["/dev"]}


def own(opens: dict[str, list[str]], cache: Path, name: str, given: str | None) -> dict[str, list[str]]:
    """The same with what one kernel has for itself: its folder for what it writes, and the results of others it is given."""
    folders = [*(str(cache / one) for one in OWN), str(cache / "temporary" / name), str(client.folder())]
    return {**opens, "read": [*opens["read"], *filter(None, [given])], "write": [*opens["write"], *folders]}
