"""What the notebooks set beside each claim: run once and watched, however a comparison is written down.

``checks()`` gives, claim by claim, every figure that was looked up, found or not, and every comparison with both its sides.
A figure that nobody has seen is made up for this run: a hole hides what would have been set beside it.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import pytest

from asprinted import paths
from asprinted.notebook import paper as notebook
from asprinted.numbers import quantity, truth
from asprinted.numbers.interval import Interval
from asprinted.official import observations as official
from asprinted.official import tables
from asprinted.robustness import replay
from asprinted.verdicts import admitted
from checkout import ROOT

ROWS = {row["row"]: row for name in tables.names(ROOT) for row in tables.rows(name, ROOT) if "digits" in row}
WANTED = re.compile(r"\w+(?:, (?P<where>[^:]+))?: (?P<indicator>\w+), (?P<period>\d{4}[\dQ/-]*)"
                    r"(?:, (?P<place>[^,]+))?(?:, (?P<basis>[^,]+))?")
SIGNS = {"<": ">=", ">=": "<"}


@dataclass(frozen=True)
class Observation:
    """One figure that was looked up, whether it was found or not."""

    indicator: str
    place: str
    period: str
    basis: str = ""

    @property
    def end(self) -> str:
        """Its last month."""
        return last_month(self.period)


@dataclass(frozen=True)
class Side:
    """What a value rests on: observations, statements of the paper, or a number of its own; ``prose``: what is wanted else."""

    observations: frozenset[Observation] = frozenset()
    claims: frozenset[str] = frozenset()
    number: str = ""
    prose: tuple[str, ...] = ()


@dataclass
class Comparison:
    """Two sides, or one that was reported; ``truth`` is what the comparison gave."""

    sign: str
    sides: tuple[Side, ...]
    truth: Any = field(repr=False, default=None)


@dataclass(frozen=True)
class Check:
    """What a notebook set beside a claim: what each reading rests on, all that was looked up, every comparison."""

    readings: tuple[frozenset[Observation], ...]
    looked_up: frozenset[Observation]
    compared: tuple[Comparison, ...]
    prose: tuple[str, ...]
    reasons: frozenset[str]


def last_month(period: str) -> str:
    """The month in which a period ends: 2019, 2019Q4 and 2019-12 end together."""
    year, rest = period.rpartition("/")[2][:4], period.rpartition("/")[2][4:]
    return f"{year}-{3 * int(rest[1]):02}" if rest.startswith("Q") else f"{year}{rest}" if rest else f"{year}-12"


def _side(value: Any) -> Side:
    if isinstance(value, truth.Truth):
        return replace(_side(value.basis), prose=value.wanted)
    keys = value.wanted if isinstance(value, quantity.Missing) else value.rows
    found = {_observation(key) for key in keys} - {None}
    prose = tuple(key for key in keys if _observation(key) is None)
    if isinstance(value, quantity.Missing):
        return Side(frozenset(found), prose=prose)  # type: ignore[arg-type]
    alone = not keys and not value.claims and value.interval.low == value.interval.high
    return Side(frozenset(found), frozenset(value.claims), str(value.interval.low) if alone else "", prose)  # type: ignore[arg-type]


def _observation(key: str) -> Observation | None:
    """The observation behind the key of a row, or named by what is wanted; None for prose."""
    if key in ROWS:
        return Observation(*(ROWS[key][column] for column in ("indicator", "geography", "period", "basis")))
    named = WANTED.fullmatch(key)
    return named and Observation(named["indicator"], named["place"] or named["where"] or "", named["period"], named["basis"] or "")


class Found(quantity.Missing):
    """A figure in the place of one that is missing; its row is what is wanted."""

    def __new__(cls, wanted: tuple[str, ...], reason: str = "", hint: str = "") -> Any:
        """Any value will do: nothing is judged here."""
        return quantity.Quantity(Interval.point(100), rows=wanted, published=Fraction(100), strong=True)


class Watch:
    """Notes what the functions of :mod:`asprinted.numbers.truth` compare, and hands it to the next claim that is checked."""

    def __init__(self) -> None:
        self.open: list[Comparison] = []
        self.inside = 0
        self.checks: dict[str, Check] = {}

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """While this is open, every comparison is noted."""
        with pytest.MonkeyPatch.context() as patch:
            for name, sign in (("less", "<"), ("equal", "="), ("nearly_equal", "~"), ("reported", "reported")):
                patch.setattr(truth, name, self._noted(getattr(truth, name), sign))
            patch.setattr(truth, "negated", self._negated(truth.negated))
            patch.setattr(official, "Missing", Found)
            patch.setattr(official, "_wide", official._wide.__wrapped__)  # what other tests have looked up has true holes
            patch.setattr(admitted, "of_scale", lambda *_: None)  # what is made up may be far from what is stated
            patch.setattr(notebook.Paper, "check", self._checked(notebook.Paper.check))
            yield

    def _noted(self, original: Callable[..., Any], sign: str) -> Callable[..., Any]:
        @functools.wraps(original)
        def compare(*sides: Any, **options: Any) -> Any:
            self.inside += 1
            found = original(*sides, **options)
            self.inside -= 1
            if not self.inside:
                self.open.append(Comparison(sign, tuple(map(_side, sides)), found))
            return found
        return compare

    def _negated(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def negate(truth: Any) -> Any:
            for one in [] if self.inside else self.open:
                if one.truth is truth:
                    one.sign = SIGNS.get(one.sign, f"not {one.sign}")
            return original(truth)
        return negate

    def _checked(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def check(paper: Any, id: str, value: Any = None, **options: Any) -> Any:
            verdict = original(paper, id, value, **options)
            record, compared, self.open = verdict.record, tuple(self.open), []
            keys = [*record["sources"], *record["wanted"]]
            sides = [side for one in compared for side in one.sides]
            found = {_observation(key) for key in keys} | {one for side in sides for one in side.observations}
            prose = [key for key in keys if _observation(key) is None] + [key for side in sides for key in side.prose]
            listed = [value, *options.values()]
            readings = [frozenset(map(_observation, [*one["sources"], *one["wanted"]])) - {None} for one in record["readings"]]
            reasons = frozenset(one.reason for one in listed if isinstance(one, quantity.Missing))
            self.checks[id] = Check(tuple(readings or [found - {None}]), frozenset(found - {None}), compared,  # type: ignore[arg-type]
                                    tuple(dict.fromkeys(prose)), reasons)
            return verdict
        return check


@functools.cache
def checks() -> dict[str, Check]:
    """What the notebooks do with each claim."""
    watch = Watch()
    with watch.watching():
        for name in replay.judging(ROOT):
            replay.evaluate(paths.notebooks(ROOT) / f"{name}.ipynb")
    return watch.checks
