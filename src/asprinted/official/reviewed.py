"""The tables and data files of an audit: whether they are sound, and a reviewed change of them taken over."""

from __future__ import annotations

from pathlib import Path

from asprinted.data import provenance
from asprinted.official import dictionary, tables
from asprinted.verdicts.words import many
from forkmill.errors import InputErrors


def take_over(root: Path) -> list[str]:
    """Store the hash of every table and data file, and bring the dictionary up to date; the names of what had changed.

    Raises:
        InputErrors: something is at fault beside a hash, which says that somebody looked at the file; none is stored then.
    """
    found = [*tables.check(root), *provenance.check(root)]
    if refused := [error for error in found if error.do not in (tables.ACCEPT, provenance.BEGIN)]:
        raise InputErrors(refused)
    changed = [*tables.rehash(root), *provenance.rehash(root)]
    dictionary.write(root)
    return changed


def sound(root: Path) -> str:
    """How many tables and data files there are, in words.

    Raises:
        InputErrors: every fault of them and of their dictionary.
    """
    if errors := [*tables.check(root), *provenance.check(root), *dictionary.check(root)]:
        raise InputErrors(errors)
    files = len(provenance.names(root))
    return many(len(tables.names(root)), "table") + (f", {many(files, 'data file')}" if files else "")
