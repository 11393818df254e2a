"""The verdicts under every choice that could have been made, each claim over the parameters that it reads alone.

A claim is judged under every combination of the parameters that were read for it in any of its combinations; a
parameter that was read in none of them cannot change its verdict, so it stays at its default.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from asprinted import paths
from asprinted.paper import register
from asprinted.robustness.parameter_reads import observe
from asprinted.robustness.replay import judging
from forkmill.errors import InputError
from forkmill.notebooks import parameter_declaration, parameter_values
from forkmill.notebooks.parameter_declaration import Parameter, Value

KEPT = ("id", "verdict", "reason", "corrected")
Differing = tuple[tuple[str, Value], ...]  # name and value of what is not at its default


@dataclass(frozen=True)
class Order:
    """One evaluation: a notebook under the parameters that differ from their defaults; ``cells`` as in ``observe``."""

    notebook: str
    differing: Differing = ()
    cells: tuple[str, ...] | None = None

    @property
    def key(self) -> str:
        """A name for what is asked, the same in every process."""
        return f"{self.notebook} {parameter_values.as_text(dict(self.differing))} {' '.join(self.cells or ())}".strip()

    def as_dict(self) -> dict[str, Any]:
        """Plain values that :func:`read_order` takes back."""
        return {"notebook": self.notebook, "differing": self.differing, "cells": self.cells}


@dataclass(frozen=True)
class Answer:
    """What an order gave: for each claim the verdict, the parameters read and the cells it rests on."""

    order: Order
    found: list[dict[str, Any]] = field(default_factory=list)


def read_order(entry: Mapping[str, Any]) -> Order:
    """An order out of plain values, for instance from JSON."""
    cells = None if entry["cells"] is None else tuple(entry["cells"])
    return Order(entry["notebook"], tuple((name, value) for name, value in entry["differing"]), cells)


def read_answer(entry: Mapping[str, Any]) -> Answer:
    """An answer out of plain values."""
    return Answer(read_order(entry["order"]), entry["found"])


def answer(order: Order, base: Path | None = None) -> Answer:
    """Carry out an order in this process."""
    path = paths.notebooks(base) / f"{order.notebook}.ipynb"
    seen = observe(path, dict(order.differing), order.cells)
    found = [{key: one.record[key] for key in KEPT} | {"reads": sorted(one.reads), "cells": sorted(one.cells)}
             for one in seen]
    return Answer(order, found)


def answers(orders: Iterable[Order], base: Path | None = None) -> list[Answer]:
    """Carry out several orders."""
    return [answer(order, base) for order in orders]


Ask = Callable[[Sequence[Order]], Iterable[Answer]]


def choices(parameter: Parameter) -> list[Value]:
    """The values of a parameter that are tried, its default first.

    Raises:
        InputError: it has no finite list of values.
    """
    listed = parameter.listed
    if listed is None:
        raise InputError("not every value of the parameter can be tried", f"{parameter.file}, {parameter.name}",
                         "allowed values, or an integer with minimum and maximum", parameter.expected, "give it limits")
    return [parameter.default, *(value for value in listed if value != parameter.default)]


class Notebook:
    """The growing table of one notebook: which claims have been judged under which specifications."""

    def __init__(self, name: str, declared: Mapping[str, Parameter]) -> None:
        self.name = name
        self.values = {key: choices(one) for key, one in declared.items() if name in one.notebooks}
        self.reads: dict[str, set[str]] = {}
        self.cells: dict[str, set[str]] = {}
        self.rows: dict[tuple[str, Differing], dict[str, Any]] = {}

    def orders(self) -> list[Order]:
        """What is still to be asked: first the defaults, then every combination that a claim was seen to read."""
        if not self.reads:
            return [Order(self.name)]
        wanted: dict[Differing, set[str]] = {}
        for claim in self.reads:
            for combination in self.combinations(claim):
                if (claim, combination) not in self.rows:
                    wanted.setdefault(combination, set()).update(self.cells[claim])
        return [Order(self.name, combination, tuple(sorted(cells))) for combination, cells in wanted.items()]

    def combinations(self, claim: str) -> list[Differing]:
        """The specifications of a claim, each as what differs from the defaults, in the order of the declaration."""
        read = {name: values for name, values in self.values.items() if name in self.reads[claim]}
        return [tuple((name, value) for name, value in zip(read, combination, strict=True) if value != read[name][0])
                for combination in itertools.product(*read.values())]

    def add(self, given: Answer) -> None:
        """Take an answer in; claims that were not asked for may be among it."""
        for found in given.found:
            self.rows[found["id"], given.order.differing] = found
            self.reads.setdefault(found["id"], set()).update(found["reads"])
            self.cells.setdefault(found["id"], set()).update(found["cells"])


def sweep(declared: Mapping[str, Parameter], names: Collection[str], ask: Ask) -> list[Notebook]:
    """The complete tables of the named notebooks; ``ask`` carries out orders, in any order, each once."""
    tables = [Notebook(name, declared) for name in names]
    by_name = {table.name: table for table in tables}
    while orders := [order for table in tables for order in table.orders()]:
        for given in ask(orders):
            by_name[given.order.notebook].add(given)
    return tables


def tidy(tables: Iterable[Notebook], declared: Mapping[str, Parameter], order: Sequence[str]) -> pd.DataFrame:
    """One row a claim and specification: claim, notebook, a column a parameter, verdict, ``default`` and ``holds``.

    A parameter that the claim does not read is missing (NA). ``holds``: the verdict is that of the default choices.
    ``order``: the claims in the order of the paper.
    """
    columns = ["claim", "notebook", *declared, "verdict", "corrected", "default", "holds"]
    rows = [row for table in tables for claim in table.reads for row in _rows(table, claim)]
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(declared, object))
    place = {claim: number for number, claim in enumerate(order)}
    return frame.sort_values("claim", key=lambda ids: ids.map(place), kind="stable", ignore_index=True)


def _rows(table: Notebook, claim: str) -> list[dict[str, Any]]:
    usual = table.rows[claim, ()]["verdict"]
    defaults = {name: values[0] for name, values in table.values.items() if name in table.reads[claim]}
    rows = []
    for combination in table.combinations(claim):
        found = table.rows[claim, combination]
        rows.append({"claim": claim, "notebook": table.name, **dict.fromkeys(table.values, pd.NA), **defaults,
                     **dict(combination), "verdict": found["verdict"], "corrected": found["corrected"] or "",
                     "default": not combination, "holds": found["verdict"] == usual})
    return rows


def relative_to(table: pd.DataFrame, values: Mapping[str, Value]) -> pd.DataFrame:
    """The table with other choices as the usual ones: ``default`` and ``holds`` speak of these values."""
    usual = pd.Series(True, index=table.index)
    for name, value in values.items():
        usual &= table[name].isna() | (table[name] == value)
    verdicts = table[usual].set_index("claim")["verdict"]
    return table.assign(default=usual, holds=table["verdict"] == table["claim"].map(verdicts))


Row = dict[str, Any]


def _by_claim(table: pd.DataFrame) -> dict[str, list[Row]]:
    """The rows of each claim as plain values: a frame for a few rows at a time took fifty times as long, 0.23 s of each run of A2."""
    found: dict[str, list[Row]] = {}
    for row in table.to_dict("records"):
        found.setdefault(row["claim"], []).append(row)
    return found


def _read(rows: Sequence[Row], names: Iterable[str]) -> list[str]:
    """The parameters that a claim reads."""
    return [name for name in names if not pd.isna(rows[0][name])]


def matters(rows: Sequence[Row], names: Collection[str]) -> list[str]:
    """Parameters that change the verdict of one claim somewhere when they alone are changed."""
    def alone(name: str) -> bool:
        verdicts: dict[tuple[Value, ...], set[str]] = {}
        for row in rows:
            verdicts.setdefault(tuple(row[other] for other in read if other != name), set()).add(row["verdict"])
        return any(len(found) > 1 for found in verdicts.values())

    read = _read(rows, names)
    return [name for name in read if alone(name)]


def flips(rows: Sequence[Row], names: Collection[str]) -> list[str]:
    """Single changes of the default choices that change the verdict of one claim, as ``name=value: verdict``."""
    usual, read = next(row for row in rows if row["default"]), _read(rows, names)
    changes = [([name for name in read if row[name] != usual[name]], row) for row in rows if not row["holds"]]
    return [f"{changed[0]}={row[changed[0]]}: {row['verdict']}" for changed, row in changes if len(changed) == 1]


def shares(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """One row a claim: its default verdict, in how many specifications it holds, what it reads, and what changes it."""
    found = []
    for claim, rows in _by_claim(table).items():
        holds = sum(row["holds"] for row in rows)
        found.append({
            "claim": claim, "verdict": next(row["verdict"] for row in rows if row["default"]),
            "specifications": len(rows), "holds": holds, "share": holds / len(rows),
            "reads": ", ".join(_read(rows, names)), "depends_on": ", ".join(matters(rows, names)),
            "flipped_by": "; ".join(flips(rows, names)),
            "otherwise": ", ".join(dict.fromkeys(row["verdict"] for row in rows if not row["holds"])),
        })
    return pd.DataFrame(found).set_index("claim")


def specifications(table: pd.DataFrame, listed: Mapping[str, Sequence[Value]]) -> pd.DataFrame:
    """One row a combination of the ``listed`` values: ``holds``, how many claims keep their verdict, and ``default``.

    The first value of each is the usual one. Combinations under which most claims keep their verdict come first.
    """
    each = [dict(zip(listed, values, strict=True)) for values in itertools.product(*listed.values())]
    holds = [0] * len(each)
    for rows in _by_claim(table).values():
        read = _read(rows, listed)
        kept = {tuple(row[name] for name in read) for row in rows if row["holds"]}
        holds = [count + (tuple(row[name] for name in read) in kept) for count, row in zip(holds, each, strict=True)]
    default = [all(row[name] == values[0] for name, values in listed.items()) for row in each]
    frame = pd.DataFrame(each).assign(holds=holds, default=default)
    return frame.sort_values(["holds", "default"], ascending=False, kind="stable", ignore_index=True)


def listed_values(
    declared: Mapping[str, Parameter], usual: Mapping[str, Value] | None = None
) -> dict[str, list[Value]]:
    """The values of every parameter that are tried, the usual one first: the default, unless ``usual`` names it."""
    found = {name: choices(one) for name, one in declared.items()}
    first = {name: values[0] for name, values in found.items()} | dict(usual or {})
    return {name: sorted(values, key=lambda value: value != first[name]) for name, values in found.items()}


def declared(base: Path | None = None) -> dict[str, Parameter]:
    """The parameters of the audit. Raises :class:`forkmill.errors.InputErrors`."""
    return parameter_declaration.load((base or paths.root()) / paths.MARK)


def in_process(base: Path | None = None) -> pd.DataFrame:
    """The tidy table of the whole audit, evaluated here and now."""
    base = base or paths.root()
    parameters = declared(base)
    tables = sweep(parameters, judging(base), lambda orders: answers(orders, base))
    return tidy(tables, parameters, list(register.load(base).claims))
