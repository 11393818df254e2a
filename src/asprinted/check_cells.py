"""A printed table judged cell by cell, each as a claim of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from asprinted.data import computed
from asprinted.data.frames import DataFile
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.paper import tables
from asprinted.paper.register import Register
from asprinted.verdicts.card import Verdict
from forkmill.errors import InputError
from forkmill.schema import near

if TYPE_CHECKING:
    import pandas as pd

LISTED = ("vintages", "conventions", "instead")


class Judge(Protocol):
    """What judges a claim: :class:`asprinted.notebook.Paper`."""

    register: Register

    def check(self, id: str, value: Any, **listed: Any) -> Verdict:
        """The verdict on one claim."""
        ...


def check_cells(judge: Judge, id: str, frame: pd.DataFrame, data: Sequence[DataFile], within: Any,
                listed: Mapping[str, Mapping[str, pd.DataFrame]]) -> list[Verdict]:
    """The verdict on each cell of a printed table; see :meth:`asprinted.notebook.Paper.check_table`."""
    table = judge.register.tables.get(id)
    if table is None:
        raise InputError("there is no such printed table", id, "an entry of kind table in data/paper/claims",
                         ", ".join(judge.register.tables) or "none", near(id, judge.register.tables) or "add it, or correct the id")
    unknown = [name for name in listed if name not in LISTED]
    if unknown:
        raise InputError("check_table takes no such argument", f"paper.check_table({id!r})", ", ".join(LISTED), unknown[0],
                         near(unknown[0], LISTED) or "leave it out")

    def values(one: pd.DataFrame) -> dict[str, Any]:
        return {claim: _quantity(value, data, within, claim, judge.register[claim].unit)
                for claim, value in tables.matched(table, one).items()}

    others = {kind: {name: values(one) for name, one in named.items()} for kind, named in listed.items()}
    return [judge.check(claim, value, **{kind: {name: of[claim] for name, of in named.items()} for kind, named in others.items()})
            for claim, value in values(frame).items()]


def _quantity(value: Any, data: Sequence[DataFile], within: Any, claim: str, unit: str) -> Any:
    if isinstance(value, Quantity | Missing):
        return value
    return computed.quantity(value, data, unit, within, f"paper.check_table, the cell {claim}")
