"""What an audit says of its units, in data/official/units.yaml where there is one: each in another, ``fen: 1/100 yuan``.

What :mod:`asprinted.numbers.unit_words` knows needs no entry, nor does a word that stands for itself.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.numbers import unit_words
from asprinted.numbers.units import Unit
from forkmill import project_files, reading
from forkmill.errors import InputError

WHERE = "data/official/units.yaml"
Declared = tuple[tuple[str, str], ...]


def load(root: Path | None = None) -> Declared:
    """The declared units, by name; () where the audit declares none.

    Raises:
        InputError: the file cannot be read, or is no mapping of texts.
    """
    path = paths.official(root) / "units.yaml"
    return _loaded(path, reading.stamp(path)) if path in project_files.find(path.parent, ".yaml") else ()


@functools.lru_cache(maxsize=16)
def _loaded(path: Path, stamp: object) -> Declared:
    found: Any = reading.document(path, WHERE)
    if not isinstance(found, dict) or not all(isinstance(one, str) for pair in found.items() for one in pair):
        raise InputError("the units are no mapping of texts", WHERE, 'name: what one of it is, such as fen: "1/100 yuan"',
                         type(found).__name__ if not isinstance(found, dict) else "a name or a size that is no text",
                         "write each as one line of text")
    return tuple(sorted(found.items()))


def read(text: str, declared: Declared) -> Unit | None:
    """The unit that words name; None where there are none."""
    return unit_words.read(text, dict(declared)) if text.strip() else None


def check(root: Path | None = None) -> list[InputError]:
    """Every fault of the declared units; [] where they are sound, or none are declared."""
    try:
        declared = load(root)
        for name, size in declared:
            if not size.strip():
                return [InputError("the unit has no size", f"{WHERE}, {name}", "another unit, with a number if need be", "nothing",
                                   f"write what one of it is, or leave {name} out")]
            read(name, declared)
    except InputError as error:
        return [error]
    return []
