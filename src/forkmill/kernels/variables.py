"""Which variables of the environment kernels are handed: a few by name, and what their values are counts as an input."""

from __future__ import annotations

import os
from collections.abc import Iterable

# What the loader and the libraries of arithmetic look at, and where Python keeps what it compiles.
LIBRARIES = ("LD_", "DYLD_", "OMP_", "OPENBLAS_", "MKL_", "NUMEXPR_", "MALLOC_")
NAMED = (*LIBRARIES, "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
# Without these nothing starts there.
WINDOWS = ("PATH", "PATHEXT", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "NUMBER_OF_PROCESSORS", "PROCESSOR_",
           "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA")


def passed_on(more: Iterable[str] = ()) -> dict[str, str]:
    """The variables that are handed on, with their values; ``more``: names of others."""
    named = (*NAMED, *(WINDOWS if os.name == "nt" else ()))
    kept = {name: value for name, value in os.environ.items() if name.startswith(named)}
    return kept | {name: os.environ[name] for name in more if name in os.environ}
