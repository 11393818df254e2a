"""Where the folders of an audit are, from whatever folder a notebook or command is started."""

from __future__ import annotations

import os
from pathlib import Path

from helpers.errors import InputError

MARK = Path("data", "paper", "parameters.yaml")


def root() -> Path:
    """Folder of the audit: ``AUDIT_ROOT``, else the nearest folder upwards, else this package's own checkout.

    Raises:
        InputError: no audit is found in any of the three.
    """
    named = os.environ.get("AUDIT_ROOT")
    candidates = [Path(named)] if named else [Path.cwd(), *Path.cwd().parents, Path(__file__).resolve().parents[2]]
    for folder in candidates:
        if (folder / MARK).is_file():
            return folder.resolve()
    raise InputError("no audit is found here", str(candidates[0]), f"a folder that holds {MARK.as_posix()}",
                     "none upwards of this folder", "start from inside the audit's folder, or set AUDIT_ROOT to it")


def official(base: Path | None = None) -> Path:
    """Folder of the official figures."""
    return (base or root()) / "data" / "official"


def paper(base: Path | None = None) -> Path:
    """Folder of what the paper states."""
    return (base or root()) / "data" / "paper"


def notebooks(base: Path | None = None) -> Path:
    """Folder of the committed notebooks."""
    return (base or root()) / "notebooks"


def build(base: Path | None = None) -> Path:
    """Folder that a run writes into."""
    return (base or root()) / "build"
