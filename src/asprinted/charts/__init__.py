"""The kinds of chart that an audit draws (:mod:`asprinted.charts.kinds`), as ``charts.NAME`` in a notebook.

They are imported when the first is asked for: who only reads the files of a figure needs no drawing library.
"""

from __future__ import annotations

import importlib
from typing import Any


def __getattr__(name: str) -> Any:
    kinds = importlib.import_module("asprinted.charts.kinds")
    if name.startswith("_") or not hasattr(kinds, name):
        raise AttributeError(f"there is no chart called {name}; see asprinted.charts.kinds")
    return getattr(kinds, name)
