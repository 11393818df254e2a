"""Writing files so that a reader never meets half of one."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` under a temporary name beside ``path``, then move it into place.

    A run that is killed while it writes leaves the old file, or none, never half a file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes a private file; results are for everybody the folder is for.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_text(path: Path, content: str) -> None:
    """Write ``content`` as UTF-8 with plain line feeds, the same way as :func:`write_bytes`."""
    write_bytes(path, content.encode("utf-8"))


def harmless(cell: str) -> str:
    """``cell``, with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> harmless("=1+1"), harmless("-4.4"), harmless("+0.3"), harmless("-cmd")
    ("'=1+1", '-4.4', '+0.3', "'-cmd")
    """
    plain = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell)
    return "'" + cell if cell[:1] in tuple("=+-@\t\r") and not plain else cell


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """A CSV with plain line feeds; unlike Python's own writer it quotes a carriage return, which would end a row.

    >>> csv_text([["a", 1.5, None], ["b,c", "\\r=1"]]).splitlines()[0]
    'a,1.5,'
    """

    def quoted(cell: object) -> str:
        text = "" if cell is None else str(cell)
        return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text

    return "".join(",".join(map(quoted, row)) + "\n" for row in rows)
