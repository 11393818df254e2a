"""Generated parts of a Markdown page, which stand between markers; what is written around them by hand stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from forkmill.errors import InputError
from forkmill.writing import write_text


def replaced(page: str, parts: Mapping[str, str], where: str, command: str) -> str:
    """The text of a page with each of its parts, by the name in its markers, made anew.

    Raises:
        InputError: a marker is missing.
    """
    for name, content in parts.items():
        opening, closing = f"<!-- {name}: generated, see `{command}` -->", f"<!-- /{name} -->"
        pattern = re.compile(f"({re.escape(opening)}\n).*?({re.escape(closing)})", re.DOTALL)
        if not pattern.search(page):
            raise InputError("a marker is missing", where, f"{opening} ... {closing}", "none", "put the pair of markers back")
        page = pattern.sub(lambda found, content=content: f"{found[1]}{content.strip()}\n{found[2]}", page)
    return page


def put(path: Path, name: str, content: str, command: str) -> bool:
    """Replace the part ``name`` of a file; whether anything changed. Raises as :func:`replaced`."""
    page = path.read_text(encoding="utf-8") if path.is_file() else ""
    text = replaced(page, {name: content}, f"docs/{path.name}", command)
    if text != page:
        write_text(path, text)
    return text != page
