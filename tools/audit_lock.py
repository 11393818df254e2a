"""The lock that a new audit is lent, requirements/audit.txt: what asprinted, its tests and JupyterLab need, as all.txt pins it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from asprinted.commands.folder import manifest, pins
from forkmill.writing import write_text

ROOT = Path(__file__).resolve().parents[1]


def compiled() -> str:
    """Its text; our own two packages are left to the audit."""
    with tempfile.TemporaryDirectory() as folder:
        wheels, ours = manifest.wheels(Path(folder)), Path(folder, "ours.txt")
        write_text(ours, pins.pinned(wheels))
        return pins.compiled(manifest.TEMPLATE, ["--all-extras"], [ours, ROOT / "requirements" / "all.txt"], "", False, wheels)


if __name__ == "__main__":
    write_text(ROOT / manifest.LENT[pins.ALL], compiled())
    sys.exit(0)
