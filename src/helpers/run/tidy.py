"""Bringing committed notebooks into the normal form that a run writes, so that a diff shows what a person changed."""

from __future__ import annotations

from pathlib import Path

from helpers import paths
from helpers.errors import InputError, InputErrors
from helpers.files import write_text
from helpers.run import notebooks


def tidy(root: Path) -> list[str]:
    """Normalise every notebook of an audit in place; names of those that changed. Running it again changes none.

    Raises:
        InputErrors: a notebook cannot be read; then none is touched.
    """
    read, errors = [], []
    for path in notebooks.paths(paths.notebooks(root)):
        try:
            read.append(notebooks.read(path))
        except InputError as error:
            errors.append(error)
    if errors:
        raise InputErrors(errors)
    changed = []
    for one in read:
        text = notebooks.dump(notebooks.normalise(one.content))
        if text.encode("utf-8") != one.path.read_bytes():
            write_text(one.path, text)
            changed.append(one.path.name)
    return changed
