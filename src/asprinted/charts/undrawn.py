"""Whether figures are drawn at all: who replays a notebook for its verdicts wants none, and no drawing library either."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ParamSpec

if TYPE_CHECKING:
    from asprinted.charts.figure import Figure

P = ParamSpec("P")
_INSTEAD: ContextVar[Callable[..., Any] | None] = ContextVar("instead", default=None)


def _nothing(function: Callable[..., Figure], *arguments: Any, **options: Any) -> None:
    """What a reader of verdicts needs of a figure."""


@contextlib.contextmanager
def undrawn(instead: Callable[..., Any] = _nothing) -> Iterator[None]:
    """While this is open, functions that are :func:`drawing` draw nothing and give None: for those who want the verdicts.

    Who wants something else of a figure gives a function to call ``instead``, with the drawing function and its arguments.
    """
    token = _INSTEAD.set(instead)
    try:
        yield
    finally:
        _INSTEAD.reset(token)


def drawing(function: Callable[P, Figure]) -> Callable[P, Figure]:
    """Decorator of what draws a figure."""

    @functools.wraps(function)
    def draw(*arguments: P.args, **options: P.kwargs) -> Figure:
        instead = _INSTEAD.get()
        return function(*arguments, **options) if instead is None else instead(function, *arguments, **options)

    return draw
