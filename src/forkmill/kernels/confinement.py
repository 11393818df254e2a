"""What a kernel can open, kept by the system: files that it is not given it cannot open, in whatever way it tries.

Landlock (of Linux 6.7 or later, `landlock(7)`) is asked for it before the first cell: the kernel, its threads, whatever
library in C, and every program that it starts can read what is named and write where it may, and cannot connect by TCP.
So nothing has to be noted of what a notebook reads: what counts is everything that it could have read.

Standard library only, and nothing of this package: it runs inside kernels.
"""

from __future__ import annotations

import ctypes
import functools
import os
import struct
import sys
from collections.abc import Iterable

CREATE, ADD, RESTRICT = 444, 445, 446  # numbers of the three system calls, the same on all machines that Python names below
MACHINES = ("x86_64", "aarch64", "i686", "armv7l", "ppc64le", "s390x", "riscv64", "loongarch64")
NO_NEW_PRIVILEGES = 38  # of prctl(2): without it a program with rights of its own could undo what is set here
EXECUTE, WRITE_FILE, READ_FILE, LIST, TRUNCATE, DEVICE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | DEVICE
CONNECT = 1 << 1  # by TCP
ENOUGH = 4  # the first version that keeps from connecting; DEVICE came with the fifth


@functools.cache
def version() -> int:
    """The version of Landlock that this system offers; 0 where it has none that is enough, or forbids it."""
    if not sys.platform.startswith("linux") or os.uname().machine not in MACHINES:
        return 0
    found: int = _libc().syscall(CREATE, None, 0, 1)
    return found if found >= ENOUGH else 0


def confine(read: Iterable[str], lists: Iterable[str], write: Iterable[str]) -> None:
    """Let this thread, and all that it starts from now on, open no more than this; it cannot be taken back.

    Args:
        read: files and folders with all below them that can be read, and programs there started.
        lists: folders whose names, and those of all folders below, can be listed.
        write: files and folders with all below them where everything is allowed.

    Raises:
        OSError: the system refuses.
    """
    rights = 2 * DEVICE - 1 if version() > ENOUGH else DEVICE - 1
    attributes = struct.pack("=QQ", rights, CONNECT)
    rules = _checked(_libc().syscall(CREATE, attributes, len(attributes), 0))
    try:
        for paths, allowed in ((read, READ_FILE | LIST | EXECUTE), (lists, LIST), (write, rights)):
            for path in paths:
                _allow(rules, path, allowed)
        _checked(_libc().prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _checked(_libc().syscall(RESTRICT, rules, 0))
    finally:
        os.close(rules)


def _allow(rules: int, path: str, allowed: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # what is not there cannot be opened
        return
    try:
        own = allowed if os.path.isdir(path) else allowed & OF_A_FILE
        _checked(_libc().syscall(ADD, rules, 1, struct.pack("=Qi", own, place), 0))
    finally:
        os.close(place)


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return result
