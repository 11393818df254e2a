"""Which parameters the verdict on each claim reads, seen while its notebook's code runs.

Three things are watched: the names that a cell reads and binds, the objects that it changes in place, and the choices
that a :class:`~asprinted.notebook.paper.Paper` carries, at the moment when its methods look at them. What is found can name a
parameter too many (a cell counts as a whole, or as its checks), never one too few; a test holds it to all combinations.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import sys
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

import pandas as pd

from asprinted.charts.undrawn import undrawn
from asprinted.notebook import calls, side_by_side
from asprinted.notebook import paper as notebook
from asprinted.numbers import quantity, truth
from asprinted.official.observations import Official
from asprinted.robustness import replay
from asprinted.verdicts import rules

CARRIED = {notebook.Paper: ("rounding",), Official: ("vintage", "least_evidence")}
SHOWN = "nbval-check-output"  # on a cell with an output; one that changes something in place has none
LABELLING = "_record"  # the method that writes down under which choices a claim was judged, without using them
CONSTANT = (str, bytes, int, float, bool, Fraction, frozenset, ModuleType, FunctionType, BuiltinFunctionType, type,
            pd.Index, pd.Period, quantity.Quantity, quantity.Missing, truth.Truth, notebook.Verdict)
_LOCK = threading.Lock()  # the watch over the carried choices is one for the process


@dataclass(frozen=True)
class Observed:
    """The record of a claim, the parameters that were read on the way to it, and the cells, or steps in them, that it rests on."""

    record: dict[str, Any]
    reads: frozenset[str]
    cells: frozenset[str]


class Namespace(dict[str, Any]):
    """Global names of a notebook that notes which of them are read and which are bound."""

    def __init__(self, **names: Any) -> None:
        super().__init__(names)
        self.read: set[str] = set()
        self.bound: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)

    def __setitem__(self, name: str, value: Any) -> None:
        self.bound.add(name)
        super().__setitem__(name, value)

    def get(self, name: str, default: Any = None) -> Any:
        """As of a dict; the name counts as read."""
        self.read.add(name)
        return super().get(name, default)

    def copy(self) -> dict[str, Any]:
        """As of a dict; all names count as read (DataFrame.query resolves its @names in such a copy)."""
        self.read.update(self)
        return dict(self)

    def peek(self, name: str) -> Any:
        """The value of a name without reading it."""
        return super().get(name)


class _Carried:
    """An attribute of a class that notes each look at it."""

    def __init__(self, name: str, noted: set[str]) -> None:
        self.name, self.noted = name, noted

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        if sys._getframe(1).f_code.co_name != LABELLING:
            self.noted.add(self.name)
        return owner.__dict__[self.name]

    def __set__(self, owner: Any, value: Any) -> None:
        owner.__dict__[self.name] = value


@contextlib.contextmanager
def _watched(noted: set[str]) -> Iterator[None]:
    """While this is open, a look at a carried choice adds its name to ``noted``."""
    with _LOCK:
        for kind, names in CARRIED.items():
            for name in names:
                setattr(kind, name, _Carried(name, noted))
        try:
            yield
        finally:
            for kind, names in CARRIED.items():
                for name in names:
                    delattr(kind, name)


def observe(path: Path, parameters: Mapping[str, Any], cells: Collection[str] | None = None) -> list[Observed]:
    """Every claim that a notebook judges under ``parameters``, with what was read for it.

    Cells that only show something are left out, and so is what a record says beside the verdict: margin, power, and the
    conventions under which it is the same.
    ``cells``: those to run, as an observation names them, where not all claims are wanted.

    Raises:
        KeyError: the notebook does not take one of the parameters.
    """
    carried: set[str] = set()
    names = Namespace(**replay.names())
    flow = _Flow(names)
    found = []
    with _watched(carried), _only_verdicts(), undrawn(), replay.own_helpers(path):
        for cell, tags, source in replay.code(path):
            if SHOWN in tags and _only_shows(source):
                continue
            for id, step in _steps(cell, source):
                if not (cells is None or id in cells or "parameters" in tags):
                    continue
                names.read.clear(), names.bound.clear(), carried.clear()
                before = {name: _snapshot(value) for name, value in names.items()
                          if not isinstance(value, CONSTANT) and name != "__builtins__"}
                judged = _judged(names)
                replay.execute(replay.compiled(step, f"{path.name}:{id}"), names)
                reads, rests_on = flow.after(id, carried, before)
                if "parameters" in tags:
                    flow.begin(path, parameters)
                found += [Observed(record, reads, rests_on) for claim, record in _judged(names).items()
                          if record is not judged.get(claim)]
    return found


@functools.lru_cache(maxsize=1024)
def _steps(cell: str, source: str) -> tuple[tuple[str, str], ...]:
    """What is watched at once, with a name: a cell, or of one that judges several claims side by side each statement and check.

    The table itself only shows what they gave.
    """
    body = ast.parse(source).body
    last = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    if not (isinstance(last, ast.Call) and isinstance(last.func, ast.Attribute) and last.func.attr == side_by_side.METHOD):
        return ((cell, source),)
    return tuple((f"{cell}/{number}", ast.unparse(one)) for number, one in enumerate([*body[:-1], *last.args], start=1))


class _Flow:
    """From which parameters and through which cells the value of each name has come."""

    def __init__(self, names: Namespace) -> None:
        self.names = names
        self.sources: dict[str, frozenset[str]] = {}
        self.made: dict[str, frozenset[str]] = {}
        self.taken: frozenset[str] = frozenset()
        self.carrier: frozenset[str] = frozenset()

    def begin(self, path: Path, parameters: Mapping[str, Any]) -> None:
        """The parameters cell has run: its names are the parameters, and get the values of this specification."""
        self.taken = frozenset(self.names.bound)
        unknown = set(parameters) - self.taken
        if unknown:
            raise KeyError(f"{path.name} takes no parameter {', '.join(sorted(unknown))}")
        self.names.update(parameters)
        self.sources = {name: frozenset({name}) for name in self.taken}

    def after(self, id: str, carried: set[str], before: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
        """The parameters that the cell that has just run read, and the cells it rests on, itself among them.

        Both are handed on to the names that it bound or changed.
        """
        rests_on = frozenset({id}).union(*(self.made.get(name, ()) for name in self.names.read))
        reads = frozenset().union(*(self.sources.get(name, ()) for name in self.names.read))
        reads |= frozenset().union(*(self._behind(name) for name in carried))
        changed = {name for name in self.names.read & set(before) if not _same(before[name], self.names.peek(name))}
        for name in self.names.bound | changed:
            self.made[name] = rests_on | (self.made.get(name, frozenset()) if name in changed else frozenset())
            value = self.names.peek(name)
            if _imported(value):
                self.sources[name] = frozenset()
            elif isinstance(value, (notebook.Paper, Official)):
                # It hands nothing on by itself: what it carries is noted when it is looked at.
                self.carrier |= reads
                self.sources[name] = frozenset()
            else:
                self.sources[name] = reads | (self.sources.get(name, frozenset()) if name in changed else frozenset())
        return reads, rests_on

    def _behind(self, name: str) -> frozenset[str]:
        """Parameters behind a carried choice: that of its name, or all that its carrier was made from."""
        return frozenset({name}) if name in self.taken else self.carrier


def _imported(value: Any) -> bool:
    code = isinstance(value, FunctionType | BuiltinFunctionType | type) and value.__module__ != "__main__"
    return code or isinstance(value, ModuleType)


def _judged(names: Namespace) -> dict[str, dict[str, Any]]:
    paper = names.peek("paper")
    return {} if paper is None else {verdict.record["id"]: verdict.record for verdict in paper.own}


@functools.lru_cache(maxsize=1024)
def _only_shows(source: str) -> bool:
    """Whether a cell is one expression that judges nothing: a table to read, or a figure."""
    body = ast.parse(source).body
    if len(body) != 1 or not isinstance(body[0], ast.Expr):
        return not body
    return not calls.judges(source)


@contextlib.contextmanager
def _only_verdicts() -> Iterator[None]:
    """While this is open, what a record says beside the verdict is not worked out; it reads nothing that this does not."""
    kept = notebook.power, rules.margin, notebook.Paper._holds_under, notebook.Paper._around
    notebook.power = lambda *_: {"power": None, "could_fail": False}
    rules.margin = lambda *_: None
    notebook.Paper._holds_under = lambda *_: {"rounding": [], "vintage": [], "not": []}  # type: ignore[method-assign]
    notebook.Paper._around = lambda *_: {"turns": [], "replies": [], "faithful": None, "settles": [], "pages": []}  # type: ignore[method-assign]
    try:
        yield
    finally:
        notebook.power, rules.margin, notebook.Paper._holds_under, notebook.Paper._around = kept  # type: ignore[method-assign]


def _snapshot(value: Any) -> Any:
    """Enough of a value to see afterwards whether it was changed in place; None where that cannot be seen."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return value.copy(deep=False)  # pandas copies what is written to
    if isinstance(value, dict):
        return {key: (item, _snapshot(item)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [(item, _snapshot(item)) for item in value]
    return value if isinstance(value, (*CONSTANT, set, notebook.Paper, Official)) else None


def _same(before: Any, value: Any) -> bool:
    if isinstance(value, pd.DataFrame | pd.Series):
        return type(before) is type(value) and before.equals(value) and list(before.axes[-1]) == list(value.axes[-1])
    if isinstance(value, dict):
        return (isinstance(before, dict) and list(before) == list(value)
                and all(value[key] is item and _same(copy, item) for key, (item, copy) in before.items()))
    if isinstance(value, list | tuple):
        return (isinstance(before, list) and len(before) == len(value)
                and all(now is item and _same(copy, item)
                        for now, (item, copy) in zip(value, before, strict=True)))
    return isinstance(value, (*CONSTANT, notebook.Paper, Official)) or value is None
