"""What an audit of a paper is made of: numbers as printed, published figures, claims and their verdicts.

This is the door: a notebook begins with ``from asprinted import Paper``. Every other name of :data:`DOOR` is imported when
it is first asked for, so that a command that needs none of them starts at once.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"
DOOR = {
    "Choices": "asprinted.robustness.choices:Choices",
    "Paper": "asprinted.notebook.paper:Paper",
    "brackets": "asprinted.numbers.brackets",
    "charts": "asprinted.charts",
    "curve": "asprinted.robustness.curve",
    "gaps": "asprinted.official.observations:gaps",
    "quantity": "asprinted.numbers.quantity",
    "statistics": "asprinted.statistics",
    "sweep": "asprinted.robustness.sweep",
    "tally": "asprinted.verdicts.vocabulary:tally",
    "text": "asprinted.official.observations:text",
    "truth": "asprinted.numbers.truth",
    "vocabulary": "asprinted.verdicts.vocabulary",
    "yearly": "asprinted.official.yearly",
}
__all__ = list(DOOR)


def __getattr__(name: str) -> Any:
    if name not in DOOR:
        raise AttributeError(f"asprinted has no {name}; it has {', '.join(DOOR)}")
    module, _, attribute = DOOR[name].partition(":")
    found = importlib.import_module(module)
    return getattr(found, attribute) if attribute else found
