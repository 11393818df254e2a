"""The table of verdicts that a run says: on a terminal with a mark and a colour each."""

from __future__ import annotations

from collections.abc import Mapping

from asprinted.verdicts.vocabulary import MARKS, TERMINAL
from forkmill.terminal import BOLD, DIM, Terminal


def say(summary: Mapping[str, int], terminal: Terminal) -> None:
    """Say how many claims have each verdict."""
    terminal.note("")
    for verdict, number in summary.items():
        terminal.note(_row(verdict, number), TERMINAL[verdict] if number else DIM, MARKS[verdict])
    terminal.note(_row("claims", sum(summary.values())), BOLD)
    terminal.note("")


def _row(name: str, number: int) -> str:
    return f"  {name:<14} {number:>4}"
