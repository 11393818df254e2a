"""What a run says at its end: the table of verdicts, on a terminal with a mark and a colour each, and what does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from asprinted.notebook import judged_table
from asprinted.verdicts import words
from asprinted.verdicts.record import Record
from asprinted.verdicts.vocabulary import ACCUSING, MARKS, NOT_JUDGED, TERMINAL
from forkmill.terminal import BOLD, DIM, Terminal


def say(summary: Mapping[str, int], terminal: Terminal, waiting: int = 0) -> None:
    """Say how many claims have each verdict, and how many have none yet."""
    terminal.note("")
    for verdict, number in summary.items():
        terminal.note(_row(verdict, number), TERMINAL[verdict] if number else DIM, MARKS[verdict])
    terminal.note(_row("claims", sum(summary.values())), BOLD)
    if waiting:
        more = f"{waiting} more {words.agreeing(waiting, 'is', 'are')} {NOT_JUDGED}: paper.judge_later in a notebook"
        terminal.note(f"  {more}", TERMINAL[NOT_JUDGED], MARKS[NOT_JUDGED])
    terminal.note("")


def _row(name: str, number: int) -> str:
    return f"  {name:<14} {number:>4}"


def say_what_fails(records: Iterable[Record], terminal: Terminal) -> None:
    """Say of each claim about the world that does not hold what is stated and what was published."""
    failing = [found for found in judged_table.gathered(one for one in records if one["kind"] != "identity")
               if any(one["verdict"] in ACCUSING for one in found)]
    if not failing:
        return
    terminal.note("What does not hold:")
    for found in failing:
        first, verdict = found[0], judged_table.gravest(found)
        said = judged_table.those_that_fail(found) if first.get("table") else beside(first)
        terminal.note(f"  {judged_table.judged_by(first)} ({first['where']}): {said}", TERMINAL[verdict], MARKS[verdict])
    terminal.note("")


def beside(record: Record) -> str:
    """What is stated beside what was published, in a line.

    >>> beside({"stated": "9.3", "unit": "percent", "qualifier": "exact", "verdict": "contradicted", "readings": [], "sources": ["row"],
    ...         "computed": {"low": "-6.5", "high": "-6.5"}, "corrected": "-6.5"})
    'stated 9.3 percent, published -6.5 percent'
    """
    said = [f"stated {words.stated(record)}"] if record["stated"] else [record["quantity"]]
    if published := words.published(record):
        said.append(f"{words.beside(record)} {published}")
    if implied := words.implied(record):
        said.append(f"the paper's own other numbers leave {implied}")
    return ", ".join(said)
