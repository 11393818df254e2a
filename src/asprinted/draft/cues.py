"""The words by which a draft guesses, out of ``cues.yaml``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from forkmill import reading


@functools.cache
def _all() -> dict[str, Any]:
    return dict(reading.document(Path(__file__).with_name("cues.yaml"), "cues.yaml"))


def table(name: str) -> dict[str, Any]:
    """A table of words by its name."""
    return dict(_all()[name])


def listed(name: str, key: str = "") -> list[str]:
    """A list of words by its name, or by its key in a table.

    >>> listed("sentences", "may_end")[:2], "fig" in listed("labels")
    (['al', 'etc'], True)
    """
    return str(_all()[name][key] if key else _all()[name]).split()


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first.

    >>> any_of(["ca.", "circa"])
    '(?:circa|ca\\\\.)'
    """
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
