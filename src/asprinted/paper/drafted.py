"""What was drafted of a paper's text, ``data/paper/drafted.csv``, and whether claims and printed tables still state what stands there.

A row a place: its locator, the part of the paper, a hash of its words, the numbers that were found in it, and those that stood in it
once and do so no longer. The words stand nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.numbers.written.found import numbers_in
from asprinted.numbers.written.grammar import MINUS
from asprinted.paper import files, tables
from asprinted.paper.files import Files
from forkmill import reading
from forkmill.errors import InputError, InputErrors
from forkmill.writing import csv_text

FILE = "drafted.csv"
OLDER = ["where", "part", "words", "numbers"]  # before what is lost was remembered
COLUMNS = [*OLDER, "lost"]
MISREAD = f"or, where the draft misread that place, add the number to its row of data/paper/{FILE}"
_ROW = re.compile(r"(tab/.+)/\w+")


@dataclass(frozen=True)
class Remembered:
    """A place as it was drafted. ``lost``: numbers that stood in it in an earlier text; of a place that is gone all of them."""

    where: str
    part: str
    words: str
    numbers: tuple[str, ...]
    lost: tuple[str, ...] = ()

    @property
    def known(self) -> Counter[str]:
        """Every number that was ever drafted of the place."""
        return Counter(self.numbers + self.lost)


def read(folder: Path) -> list[Remembered]:
    """What was drafted into a folder data/paper; nothing where nothing was.

    Raises:
        InputErrors: the file is not in form.
    """
    path, where = folder / FILE, f"data/paper/{FILE}"
    if not path.exists():
        return []
    rows, faults = reading.table(path, where, OLDER)
    if faults:
        rows, faults = reading.table(path, where, COLUMNS)
    if faults:
        raise InputErrors(faults)
    return [Remembered(row["where"], row["part"], row["words"], _split(row["numbers"]), _split(row.get("lost", ""))) for row in rows]


def _split(numbers: str) -> tuple[str, ...]:
    return tuple(numbers.split("|")) if numbers else ()


def text(remembered: Sequence[Remembered]) -> str:
    """The text of the file."""
    return csv_text([COLUMNS, *([one.where, one.part, one.words, "|".join(one.numbers), "|".join(one.lost)] for one in remembered)])


def check(base: Path | None = None) -> list[InputError]:
    """Every claim and every cell of a printed table that states a number which the drafted text does not print there.

    Raises:
        InputErrors: the file is not in form.
    """
    folder = paths.paper(base)
    remembered = read(folder)
    return faults(files.read(folder, others=False), remembered) if remembered else []


def faults(held: Files, remembered: Sequence[Remembered]) -> list[InputError]:
    """As :func:`check`, of what was read; the claims are in form."""
    found = list(_stale(held, remembered))
    for _, entry in held.claims:
        if tables.is_table(entry) and entry["id"] in held.printed:
            found += _of_table(entry, held.printed[entry["id"]], remembered, held.locale or files.DEFAULT)
    return found


def _stale(held: Files, remembered: Sequence[Remembered]) -> Iterator[InputError]:
    """Rows of the inventory with a number that its place printed in an earlier text."""
    for one in remembered:
        here = [row for row in held.inventory if row["where"] == one.where] if one.lost else []
        over = (Counter(row["text"] for row in here) - Counter(one.numbers)) & Counter(one.lost)
        for row in here:
            if over[row["text"]]:
                over[row["text"]] -= 1
                yield InputError("the text no longer prints this number", f"data/paper/inventory.csv, {one.where}, number {row['n']}",
                                 ", ".join(one.numbers) or "no number, as it was drafted last",
                                 row["text"] + (f", which claim {row['claim']} states" if row["claim"] else ""),
                                 f"take the row out, with its claim and its cell of the notebook; {MISREAD}")


def _of_table(entry: Mapping[str, Any], rows: tables.Rows, remembered: Sequence[Remembered], locale: str) -> Iterator[InputError]:
    """Cells with a number that the drafted rows of the table do not print: row by row where the file is laid out as they are."""
    cells: dict[int, list[tuple[str, str]]] = {}
    for line, cell, said in tables.cells(entry, rows):
        cells.setdefault(line, []).append((cell[-1], _bare(said, locale)))
    printed = _nearest(entry, [number for row in cells.values() for _, number in row], remembered)
    pairs = _paired({line: [number for _, number in row] for line, row in cells.items()}, printed)
    whole = Counter(_plain(number) for one in printed for number in one.numbers)
    for line, row in cells.items() if printed else ():
        there = Counter(map(_plain, pairs[line].numbers)) if pairs else whole
        others = Counter(number for _, number in row)
        where = pairs[line].where if pairs else printed[0].where.rpartition("/")[0]
        for column, number in row:
            if there[number]:
                there[number] -= 1
                continue
            stands = [one for one in +there if not others[one]]
            yield InputError("a cell of the printed table is not as in the text",
                             f"{tables.FOLDER}/{entry['id']}.csv, line {line}, column {column}",
                             f"{' or '.join(stands[:8]) or 'no further number'}, as drafted of {where}", number,
                             f"look at the paper and correct the cell; {MISREAD}")


def _nearest(entry: Mapping[str, Any], numbers: list[str], remembered: Sequence[Remembered]) -> list[Remembered]:
    """The rows of the drafted table that the entry is of: the one that it names, else the one with most of its numbers, if it has half."""
    drafted: dict[str, list[Remembered]] = {}
    for one in remembered:
        if (row := _ROW.fullmatch(one.where)) and one.numbers:
            drafted.setdefault(row[1], []).append(one)
    if entry["where"] in drafted:
        return drafted[entry["where"]]
    shared = {name: (Counter(numbers) & Counter(_plain(number) for one in of for number in one.numbers)).total()
              for name, of in drafted.items()}
    best = max(shared, key=shared.__getitem__, default="")
    return drafted[best] if best and 2 * shared[best] >= len(numbers) else []


def _paired(cells: Mapping[int, list[str]], printed: list[Remembered]) -> dict[int, Remembered]:
    """Each row of a file with the drafted row that has most of its numbers; none where the file turns the table round."""
    free, pairs, shared = list(printed), {}, 0
    for line, numbers in cells.items():
        if not free:
            return {}
        alike = [(Counter(numbers) & Counter(map(_plain, one.numbers))).total() for one in free]
        best = alike.index(max(alike))
        shared += alike[best]
        pairs[line] = free.pop(best)
    return pairs if 2 * shared > sum(map(len, cells.values())) else {}


def _bare(said: str, locale: str) -> str:
    """The number of a cell as a draft finds it: without what stands beside it."""
    found = numbers_in(said, locale)
    return _plain(found[0].bare if found else said)


def _plain(number: str) -> str:
    """With one spelling of the minus."""
    return re.sub(f"^[{MINUS}]", "-", number)
