"""The tables and data files of an audit: whether they are sound, and a reviewed change of them taken over."""

from __future__ import annotations

from pathlib import Path

from asprinted import paths
from asprinted.data_files import begun, provenance
from asprinted.data_files.frames import DataFile
from asprinted.official import dictionary, tables
from asprinted.verdicts.words import many
from forkmill.errors import InputError, InputErrors


def take_over(root: Path) -> list[str]:
    """Store the hash of every table and data file, and bring the dictionary up to date; the names of what had changed.

    Raises:
        InputErrors: something is at fault beside a hash, which says that somebody looked at the file; none is stored then.
    """
    found = [*tables.check(root), *provenance.check(root)]
    if refused := [error for error in found if error.do not in (provenance.ACCEPT, provenance.BEGIN)]:
        raise InputErrors(refused)
    if unusable := _unusable(root):
        raise InputErrors(unusable)
    changed = [*tables.rehash(root), *provenance.rehash(root, lambda name: begun.columns(name, root))]
    dictionary.write(root)
    return changed


def sound(root: Path) -> str:
    """How many tables and data files there are, in words.

    Raises:
        InputErrors: every fault of them and of their dictionary.
    """
    if errors := [*tables.check(root), *provenance.check(root)] or [*_unusable(root), *dictionary.check(root)]:
        raise InputErrors(errors)
    files = len(provenance.names(root))
    return many(len(tables.names(root)), "table") + (f", {many(files, 'data file')}" if files else "")


def _unusable(root: Path) -> list[InputError]:
    """What would stop a notebook that reads a data file as its YAML says; files that nothing describes yet are none of these."""
    described = [name for name in provenance.names(root) if provenance.beside(name, root).is_file()]
    return [fault for name in described for fault in DataFile(paths.data_files(root) / name, provenance.about(name, root)).faults()]
