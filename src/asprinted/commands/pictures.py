"""The pictures of README.md: figures out of the committed notebooks, so that they show what the record says."""

from __future__ import annotations

import re
from pathlib import Path

from asprinted import paths
from asprinted.charts.figure_files import FIGURE_MIME, files
from forkmill.errors import InputError
from forkmill.notebooks import rules
from forkmill.writing import write_bytes

FOLDER = Path("docs", "pictures")
SHOWN = re.compile(r"docs/pictures/([a-z0-9-]+)\.png")


def pictures(root: Path) -> dict[Path, bytes]:
    """Bytes of each picture that README.md shows, by its path below ``root``.

    Raises:
        InputError: no committed notebook draws a figure of that name.
    """
    found, shown = {}, dict.fromkeys(SHOWN.findall((root / "README.md").read_text(encoding="utf-8")))
    for notebook in rules.load(paths.notebooks(root)):
        for cell in notebook.code:
            for bundle in cell.bundles(FIGURE_MIME):
                name = bundle[FIGURE_MIME]["name"]
                if name in shown:
                    found[FOLDER / f"{name}.png"] = files(bundle)[f"{name}.png"]
    for name in shown:
        if FOLDER / f"{name}.png" not in found:
            raise InputError("a picture of README.md has no figure", "notebooks", f"a figure named {name}", "none",
                             "name the figure so, or take the picture out of README.md")
    return found


def rewrite(root: Path | None = None) -> bool:
    """Bring the pictures up to date; whether anything changed."""
    base = root or paths.root()
    stale = {path: content for path, content in pictures(base).items()
             if not (base / path).is_file() or (base / path).read_bytes() != content}
    for path, content in stale.items():
        write_bytes(base / path, content)
    return bool(stale)
