"""A paper drafted into an audit, and what the audit holds then."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import yaml

from asprinted.commands import draft
from forkmill.terminal import Terminal


def drafted(root: Path, paper: Path) -> str:
    """Draft a paper into an audit; what is said."""
    out = io.StringIO()
    draft.run(root, paper, Terminal(out=out))
    return out.getvalue()


def contents(root: Path) -> dict[str, bytes]:
    """Every file of an audit but those below build/."""
    kept = [path for path in root.rglob("*") if path.is_file() and "build" not in path.parts]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in kept}


def claims(root: Path) -> dict[str, dict]:
    """The claims of an audit as they are written, by their ids."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((root / "data/paper/claims").glob("*.yaml"))]
    return {entry["id"]: entry for text in texts for entry in yaml.safe_load(text)}


def rows(root: Path, name: str) -> list[dict[str, str]]:
    """The rows of a file of data/paper."""
    with (root / f"data/paper/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
