"""Versions of the installed libraries, read from the names of folders. Standard library only."""

from __future__ import annotations

import os
import re
import sys

SUFFIX = ".dist-info"


def installed() -> dict[str, str]:
    """Version of every installed distribution, by its normal name (small letters, hyphens).

    LIMIT: a library that was edited in its place keeps its version, so the edit is not seen.
    """
    found: dict[str, str] = {}
    for folder in reversed(sys.path):  # what comes first on the path is what is imported
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith(SUFFIX):
                title, _, version = name.removesuffix(SUFFIX).rpartition("-")
                found[normal(title)] = version
    return found


def normal(name: str) -> str:
    """A distribution's name as indexes compare it.

    >>> normal("Jinja2"), normal("ruamel.yaml"), normal("jupyter_client")
    ('jinja2', 'ruamel-yaml', 'jupyter-client')
    """
    return re.sub(r"[-_.]+", "-", name).lower()
