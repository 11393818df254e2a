"""What a command says: one line a notebook, a table of the verdicts, one sentence."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from helpers.marks import MARKS

if TYPE_CHECKING:
    from helpers.run.execute import Result

# Of the sixteen colours, so that a terminal's own theme decides how they look; blue and red tell apart for every eye.
COLOURS = {"reproduced": 34, "consistent": 36, "contradicted": 31, "misattributed": 31, "inconsistent": 31, "ambiguous": 33}
DIM, BOLD = 2, 1


class Terminal:
    """Lines for a person. ``quiet`` keeps only faults and the last sentence."""

    def __init__(self, quiet: bool = False, out: TextIO | None = None) -> None:
        self.quiet, self._out = quiet, out
        self._kept: list[str] | None = None
        self._live: Any = None

    @property
    def out(self) -> TextIO:
        """Where lines go: the standard output as it is now, unless another stream was given."""
        return self._out or sys.stdout

    @property
    def moving(self) -> bool:
        """Whether lines may change after they were written: on a terminal, not in a log file or a pipe."""
        return self.out.isatty() and os.environ.get("TERM") != "dumb"

    @contextlib.contextmanager
    def kept(self) -> Iterator[list[str]]:
        """Collect the lines that are said meanwhile, beside saying them."""
        self._kept = []
        try:
            yield self._kept
        finally:
            self._kept = None

    @contextlib.contextmanager
    def showing(self, lines: Callable[[], Iterable[str]]) -> Iterator[None]:
        """Keep ``lines()`` in sight below what is said meanwhile, where lines may change and somebody wants to see them."""
        if self.quiet or not self.moving:
            yield
            return
        from helpers.run.progress import shown

        try:
            with shown(lines, self.out) as self._live:
                yield
        finally:
            self._live = None

    def note(self, text: str) -> None:
        """A line that a quiet run leaves out."""
        if not self.quiet:
            self.say(text)

    def say(self, text: str) -> None:
        """A line that is always shown."""
        if self._kept is not None:
            self._kept.append(text)
        if self._live is not None:
            self._live.console.print(text, markup=False, highlight=False, soft_wrap=True)
            return
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
        """How many claims have each verdict; on a terminal with a mark each, and in colour unless NO_COLOR is set."""
        if self.quiet:
            return
        self.say("")
        for verdict, number in summary.items():
            self.say(self._row(MARKS.get(verdict, ""), verdict, number, COLOURS.get(verdict, 0) if number else DIM))
        self.say(self._row("", "claims", sum(summary.values()), BOLD))
        self.say("")

    def _row(self, mark: str, name: str, number: int, colour: int) -> str:
        text = f"{name:<14} {number:>4}"
        if not self.moving:
            return f"  {text}"
        try:
            mark.encode(self.out.encoding or "ascii")
        except UnicodeEncodeError:
            mark = ""
        text = f"  {mark:1} {text}"
        return f"\x1b[{colour}m{text}\x1b[0m" if colour and not os.environ.get("NO_COLOR") else text
