"""Generated parts of a Markdown page, which stand between markers; what is written around them by hand stays."""

from __future__ import annotations

import re
from pathlib import Path

from helpers.errors import InputError
from helpers.files import write_text


def put(path: Path, name: str, content: str, command: str) -> bool:
    """Replace the part ``name`` of the page; whether anything changed.

    Raises:
        InputError: the page or its markers are missing.
    """
    opening, closing = f"<!-- {name}: generated, see `{command}` -->", f"<!-- /{name} -->"
    page = path.read_text(encoding="utf-8") if path.is_file() else ""
    pattern = re.compile(f"({re.escape(opening)}\n).*?({re.escape(closing)})", re.DOTALL)
    if not pattern.search(page):
        raise InputError("a marker is missing", f"docs/{path.name}", f"{opening} ... {closing}", "none", "put the pair of markers back")
    text = pattern.sub(lambda found: f"{found[1]}{content.strip()}\n{found[2]}", page)
    if text != page:
        write_text(path, text)
    return text != page
