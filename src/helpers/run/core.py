"""Keep a worker of a cluster on a core of its own: ``dask worker ADDRESS --nthreads 1 --preload helpers.run.core``.

A worker and its kernel take turns: while one computes, the other waits. On one core they find each other's data in its
caches, and no core has to be woken for a turn. What that gains is measured by ``make bench-many``.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from collections.abc import Iterable
from typing import Any

_CLAIMS: list[socket.socket] = []  # held until this process ends, however it ends


def dask_setup(worker: Any) -> None:
    """What dask calls in each worker that it starts; where no core is to be had, the worker stays free to move."""
    logger = logging.getLogger("distributed.worker")
    if not hasattr(os, "sched_setaffinity"):
        logger.warning("this system keeps no process on a core; the worker is free to move")
        return
    core = take(sorted(os.sched_getaffinity(0)))
    if core is None:
        logger.warning("every core has a worker of its own already; this one is free to move")
        return
    stay(core)
    logger.info("kept on core %d", core)


def take(cores: Iterable[int]) -> int | None:
    """The first of the cores that no other worker of this user on this machine has taken; None if all are taken."""
    for core in cores:
        claim = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            claim.bind(f"\0audit-core-{os.getuid()}-{core}")  # a name without a file, so that nothing is left behind
        except OSError:
            claim.close()
            continue
        _CLAIMS.append(claim)
        return core
    return None


def stay(core: int) -> None:
    """Keep every thread of this process on ``core``, and with them whatever they start from now on."""
    for thread in os.listdir("/proc/self/task"):
        with contextlib.suppress(ProcessLookupError):  # ended in between
            os.sched_setaffinity(int(thread), {core})
