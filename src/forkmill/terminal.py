"""What a command says: lines for a person, in colour and moving where a terminal can show that."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

if TYPE_CHECKING:
    from forkmill.notebooks.task import Result

DIM, BOLD = 2, 1


def encodable() -> None:
    """Let every character be said, as its number where the encoding of an output has none for it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a stream that was closed is None
            stream.reconfigure(errors="backslashreplace")


class Line(NamedTuple):
    """A line as it was meant: ``colour`` and ``mark`` show on a terminal alone, a quiet run leaves out a ``note``."""

    text: str
    colour: int = 0
    mark: str = ""
    note: bool = False


class Terminal:
    """Lines for a person. ``quiet`` keeps only faults and the last sentence."""

    def __init__(self, quiet: bool = False, out: TextIO | None = None) -> None:
        self.quiet, self._out = quiet, out
        self._kept: list[Line] | None = None
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
    def kept(self) -> Iterator[list[Line]]:
        """Collect the lines that are said meanwhile, beside saying them, for :meth:`repeat`."""
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
        try:
            with shown(lines, self.out) as self._live:
                yield
        finally:
            self._live = None

    def note(self, text: str, colour: int = 0, mark: str = "") -> None:
        """A line that a quiet run leaves out."""
        self.repeat(Line(text, colour, mark, note=True))

    def say(self, text: str) -> None:
        """A line that is always shown."""
        self.repeat(Line(text))

    def repeat(self, line: Iterable[Any]) -> None:
        """Say a line that was :attr:`kept` before, perhaps by another process."""
        line = Line(*line)
        if self._kept is not None:
            self._kept.append(line)
        if line.note and self.quiet:
            return
        text = self._drawn(line)
        if self._live is not None:
            self._live.console.print(text, markup=False, highlight=False, soft_wrap=True)
            return
        self.out.write(text + "\n")
        self.out.flush()

    def _drawn(self, line: Line) -> str:
        if not self.moving or not (line.mark or line.colour):
            return line.text
        mark = line.mark
        try:
            mark.encode(self.out.encoding or "ascii")
        except UnicodeEncodeError:
            mark = ""
        text = f"{line.text[:2]}{mark:1} {line.text[2:]}"
        return f"\x1b[{line.colour}m{text}\x1b[0m" if line.colour and not os.environ.get("NO_COLOR") else text

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


def shown(lines: Callable[[], Iterable[str]], out: object) -> AbstractContextManager[object]:
    """Show lines at the end of a terminal and bring them up to date until the context ends; then they are gone."""
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    return Live(
        get_renderable=lambda: Text("\n".join(lines()), no_wrap=True, overflow="ellipsis", style="dim"),
        console=Console(file=out, highlight=False),  # type: ignore[arg-type]
        refresh_per_second=5, transient=True, redirect_stdout=False, redirect_stderr=False,
    )
