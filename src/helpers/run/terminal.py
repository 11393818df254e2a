"""What a command says: one line a notebook, a table of the verdicts, one sentence."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from helpers.run.execute import Result


class Terminal:
    """Lines for a person. ``quiet`` keeps only faults and the last sentence."""

    def __init__(self, quiet: bool = False, out: TextIO | None = None) -> None:
        self.quiet, self._out = quiet, out
        self._kept: list[str] | None = None

    @property
    def out(self) -> TextIO:
        """Where lines go: the standard output as it is now, unless another stream was given."""
        return self._out or sys.stdout

    @contextlib.contextmanager
    def kept(self) -> Iterator[list[str]]:
        """Collect the lines that are said meanwhile, beside saying them."""
        self._kept = []
        try:
            yield self._kept
        finally:
            self._kept = None

    def note(self, text: str) -> None:
        """A line that a quiet run leaves out."""
        if not self.quiet:
            self.say(text)

    def say(self, text: str) -> None:
        """A line that is always shown."""
        if self._kept is not None:
            self._kept.append(text)
        self.out.write(text + "\n")
        self.out.flush()

    def notebook(self, result: Result, width: int) -> None:
        """One notebook and its time, or where it failed."""
        if result.kept:
            self.note(f"{result.name:<{width}}  unchanged")
        elif result.failure is None:
            self.note(f"{result.name:<{width}}  {result.seconds:6.1f} s")
        elif result.seconds:
            self.say(f"{result.name:<{width}}  {result.seconds:6.1f} s  failed\n  {self._indented(result.failure)}")
        else:
            self.say(f"{result.name:<{width}}       - s  not run\n  {self._indented(result.failure)}")

    @staticmethod
    def _indented(what: object) -> str:
        return str(what).replace("\n", "\n    ")

    def listed(self, title: str, lines: Iterable[object]) -> None:
        """A title and one indented line for each thing; nothing where there is none."""
        lines = list(lines)
        if lines:
            self.say(title)
        for line in lines:
            self.say("  " + self._indented(line))

    def verdicts(self, summary: dict[str, int]) -> None:
        """How many claims have each verdict."""
        if self.quiet:
            return
        total = sum(summary.values())
        if self.out.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb":
            self._rich(summary, total)
            return
        self.say("")
        for verdict, number in [*summary.items(), ("claims", total)]:
            self.say(f"  {verdict:<14} {number:>4}")
        self.say("")

    def _rich(self, summary: dict[str, int], total: int) -> None:
        from rich.console import Console
        from rich.table import Table

        table = Table("verdict", title="Verdicts", title_justify="left")
        table.add_column("claims", justify="right")
        for verdict, number in summary.items():
            table.add_row(verdict, str(number), style="dim" if not number else "")
        table.add_section()
        table.add_row("all", str(total), style="bold")
        Console(file=self.out).print(table)
