"""What a notebook calls where numbers are recomputed from data files: a file, a quantity of a value, a printed table at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asprinted import paths
from asprinted.data_files import computed, provenance
from asprinted.data_files.frames import DataFile
from asprinted.notebook.side_by_side import SideBySide
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official.observations import Official
from asprinted.paper import tables
from asprinted.paper.register import Claim, Register
from asprinted.verdicts import arguments
from asprinted.verdicts.card import Verdict
from forkmill.errors import InputError
from forkmill.schema import near

if TYPE_CHECKING:
    import pandas as pd

LISTED = ("vintages", "conventions", "instead")


class FromData(ABC):
    """The part of :class:`asprinted.notebook.paper.Paper` that recomputes."""

    base: Path
    register: Register
    official: Official

    @abstractmethod
    def check(self, id: str, value: Any, **listed: Any) -> Verdict:
        """The verdict on one claim."""

    def data(self, name: str) -> DataFile:
        """A data file of data/files, such as penguins.csv; nothing is read before its ``frame`` is asked for.

        Raises:
            InputError: there is no such file, or nothing beside it says what it is.
        """
        about = provenance.about(name, self.base)  # first: it refuses what is no name of a file
        return DataFile(paths.data_files(self.base) / name, about)

    def computed(self, value: Any, *data: DataFile, unit: str = "", within: Any = None) -> computed.Value:
        """A number computed from data files as a quantity, True or False as a truth, a date as one, resting on the files and on this cell.

        Args:
            value: one number or date, however it was computed. A float of more than twelve digits is taken to be right to twelve.
            data: the data files that it was computed from.
            unit: what it counts or measures, in words; none where arithmetic or the claim knows it.
            within: the width to each side, where the computation is right to so much only; 0 takes a float by its digits.

        Raises:
            InputError: it is no single number, or it is not said what it was computed from, or its unit is no text.
        """
        if not isinstance(unit, str):
            raise InputError("the unit is no text", "paper.computed, unit", "what the value counts or measures, in quotes", repr(unit)[:60],
                             'write unit="grams"')
        return computed.quantity(value, data, self.official.unit(unit), within)

    def check_table(self, id: str, frame: pd.DataFrame, *data: DataFile, within: Any = None,
                    **listed: Mapping[str, pd.DataFrame]) -> SideBySide:
        """Judge a printed table: each of its cells against the value of ``frame`` under the same labels of row and column.

        Args:
            id: a table of the register.
            frame: quantities, or with ``data`` plain numbers that were computed from these files. A cell of several numbers is a
                mapping of their names, or a column of the frame for each: ``("mass", "mean")`` and ``("mass", "SD")``.
            data, within: see :meth:`computed`.
            listed: as ``vintages``, ``conventions`` and ``instead`` of :meth:`asprinted.notebook.paper.Paper.check`, frames by name.

        Raises:
            InputError: there is no such table, the frame lacks a label of it, or holds no number where it prints one.
        """
        table = self.register.tables.get(id) if isinstance(id, str) else None
        if table is None:
            raise InputError("there is no such printed table", str(id)[:80], "an entry of kind table in data/paper/claims",
                             ", ".join(self.register.tables) or "none", near(str(id), self.register.tables) or "add it, or correct the id")
        unknown = [name for name in listed if name not in LISTED]
        if unknown:
            raise InputError("check_table takes no such argument", f"paper.check_table({id!r})", ", ".join(LISTED), unknown[0],
                             near(unknown[0], LISTED) or "leave it out")
        for name, named in listed.items():
            arguments.by_name(named, name, f"paper.check_table({id!r})")

        def values(one: pd.DataFrame) -> dict[str, Any]:
            return {id: _of_cell(value, data, within, self.register[id]) for id, value in
                    tables.matched(table, one, {id: (*self.register[id].named,) for id in table.cells.values()}).items()}

        others = {kind: {name: values(one) for name, one in named.items()} for kind, named in listed.items()}
        return SideBySide([
            self.check(claim, value, **{kind: {name: of[claim] for name, of in named.items()} for kind, named in others.items()})
            for claim, value in values(frame).items()
        ])


def _of_cell(value: Any, data: Sequence[DataFile], within: Any, claim: Claim) -> Any:
    if isinstance(value, Mapping):
        return {name: _quantity(one, data, within, f"{claim.id}, {name}") for name, one in value.items()}
    return _quantity(value, data, within, claim.id)


def _quantity(value: Any, data: Sequence[DataFile], within: Any, claim: str) -> Any:
    if isinstance(value, Quantity | Missing):
        return value
    return computed.quantity(value, data, None, within, f"paper.check_table, the cell {claim}")
