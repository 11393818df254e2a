"""A figure that is not to be had, and why: whatever is computed from it is missing too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NoReturn

from asprinted.numbers.sources import DATA, PAGES
from forkmill.errors import InputError

# From the best to the worst place where a figure can have been seen.
EVIDENCE = (*DATA, *PAGES, "none")

# Why a figure is missing: a closed list, so that a reader can count the reasons.
NOT_SEEN = "not seen on any page"
TOO_WEAK = "seen only on evidence weaker than this run accepts"
NO_MEASURE = "no public measure of what is claimed"
REASONS = (NOT_SEEN, TOO_WEAK, NO_MEASURE)


def weakest(grades: Iterable[str]) -> str:
    """The weakest of several grades of evidence; "none" where there is no source at all."""
    return max(grades, key=EVIDENCE.index, default="none")


def merge(*parts: tuple[str, ...]) -> tuple[str, ...]:
    """Keys of all ``parts``, each once, in the order in which they first appear."""
    return tuple(dict.fromkeys(key for part in parts for key in part))


@dataclass(frozen=True)
class Missing:
    """A figure that is not to be had, with what is wanted and why it is not there.

    ``hint`` says what there is instead, for who asked; it is no part of any verdict.
    """

    wanted: tuple[str, ...]
    reason: str = NOT_SEEN
    hint: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.reason not in REASONS:
            raise ValueError(f"unknown reason {self.reason!r}: expected one of {'; '.join(REASONS)}")

    def _spread(self, other: object) -> Missing:
        if isinstance(other, Missing):
            return replace(self, wanted=merge(self.wanted, other.wanted))
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __pow__ = _spread

    def _itself(self, digits: int | None = None) -> Missing:
        return self

    __neg__ = __abs__ = __round__ = _itself

    def _not_compared(self, other: object) -> NoReturn:
        raise InputError("a figure that is missing is neither more nor less than another", "; ".join(self.wanted), "a figure",
                         f"none: {self.reason}", "compare with truth.less and its kin, which carry the hole on")

    __lt__ = __le__ = __gt__ = __ge__ = _not_compared
