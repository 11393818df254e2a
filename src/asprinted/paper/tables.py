"""Tables that a paper prints: one entry of the register, a claim for each cell that holds a number, found by its labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from asprinted.paper import stated
from asprinted.verdicts import words
from forkmill.errors import InputError
from forkmill.schema import near

KIND = "table"
FOLDER = "data/paper/tables"
BLANK = ("", "-", "\N{EN DASH}", "\N{EM DASH}", "NA", "n/a", "n.a.")  # cells in which nothing is stated
Rows = list[dict[str, str]]
Cell = tuple[str, ...]  # the labels of a row, and last the name of a column


@dataclass(frozen=True)
class PrintedTable:
    """A table of the paper: the columns that label its rows, and the claim of each cell that states a number."""

    id: str
    where: str
    quantity: str
    labels: tuple[str, ...]
    cells: Mapping[Cell, str]


def cell_id(table: str, cell: Cell) -> str:
    """The claim of one cell.

    >>> cell_id("table-2", ("Adelie", "mean"))
    'table-2[Adelie, mean]'
    """
    return f"{table}[{', '.join(cell)}]"


def is_table(entry: object) -> bool:
    """Whether an entry of the claims is a printed table."""
    return isinstance(entry, dict) and entry.get("kind") == KIND


def labels(entry: Mapping[str, Any], rows: Rows) -> tuple[str, ...]:
    """The columns that name a row: those of the entry, else the first."""
    return tuple(entry.get("labels") or list(rows[0])[:1])


def cells(entry: Mapping[str, Any], rows: Rows) -> Iterator[tuple[int, Cell, str]]:
    """Line in the file, labels and text of every cell that states a number, row by row."""
    for line, row in enumerate(rows, start=2):
        for column in (name for name in row if name in entry["columns"]):
            if row[column].strip() not in BLANK:
                yield line, (*(row[label].strip() for label in labels(entry, rows)), column), row[column].strip()


def claims(entry: Mapping[str, Any], rows: Rows) -> list[dict[str, Any]]:
    """The entry of each cell's claim, as if it had been written out."""
    return [{"id": cell_id(entry["id"], cell), "where": entry["where"], "kind": "number", "stated": text,
             "quantity": f"{entry['quantity']}: {', '.join(cell)}", **entry["columns"][cell[-1]],
             "table": (entry["id"], ", ".join(cell[:-1]), cell[-1])}
            for _, cell, text in cells(entry, rows)]


def table(entry: Mapping[str, Any], rows: Rows) -> PrintedTable:
    """An entry that is sound, with its cells."""
    return PrintedTable(entry["id"], entry["where"], entry["quantity"], labels(entry, rows),
                        {cell: cell_id(entry["id"], cell) for _, cell, _ in cells(entry, rows)})


def breaches(entry: Mapping[str, Any], rows: Rows, where: str, locale: str = "") -> list[InputError]:
    """Every fault of a table's cells and columns, the entry itself being in form; ``locale``: as the audit declares it, or nothing."""
    file = f"{FOLDER}/{entry['id']}.csv"
    if not rows:
        return [InputError("the printed table has no rows", file, "a row of names and the rows of the table", "none",
                           "copy it from the paper")]
    header, known = list(rows[0]), [*labels(entry, rows), *entry["columns"], *entry.get("not_judged", ())]
    found = [InputError("the printed table has no such column", f"{where}, field columns", ", ".join(header), name,
                        near(name, header) or "correct the name") for name in known if name not in header]
    found += [InputError("it is not said what a column of the printed table is", f"{file}, column {name}",
                         "a name under labels, columns (with its unit) or not_judged", name, f"add it in {where}")
              for name in header if name not in known]
    if found:
        return found
    found += _alike(entry, rows, file, where)
    for line, cell, text in cells(entry, rows):
        at = f"{file}, line {line}, column {cell[-1]}"
        if not all(cell):
            found.append(InputError("a row of the printed table has no label", at, ", ".join(labels(entry, rows)), "nothing",
                                    "repeat the label that stands above it"))
        found += stated.faults({"stated": text, **entry["columns"][cell[-1]]}, at, locale)
    return found


def _alike(entry: Mapping[str, Any], rows: Rows, file: str, where: str) -> list[InputError]:
    """Columns, rows and cells that nothing tells apart in the address of a page, each told once."""
    expected = f"names that differ in a letter, a digit or one of {' '.join(words.SPELLED)}"
    columns: dict[str, str] = {}
    lines: dict[str, tuple[int, Cell]] = {}
    seen: dict[str, Cell] = {}
    told: set[int] = set()
    found = [InputError("two columns of the printed table have one name", f"{file}, line 1, column {name}", expected,
                        f"{name}, and before {columns[words.anchor(name)]}", f"rename one of them, here and in {where}")
             for name in entry["columns"] if columns.setdefault(words.anchor(name), name) != name]
    for line, cell, _ in cells(entry, rows):
        row, first = words.anchor(", ".join(cell[:-1])), seen.setdefault(words.anchor(cell_id(entry["id"], cell)), cell)
        if lines.setdefault(row, (line, cell))[0] != line:
            if line not in told:
                told.add(line)
                found.append(InputError("two rows of the printed table have one label", f"{file}, line {line}", expected,
                                        f"{', '.join(cell[:-1])}, and before {', '.join(lines[row][1][:-1])} in line {lines[row][0]}",
                                        f"write what tells them apart into the label, or name a further column under labels in {where}"))
        elif first != cell and not found:
            found.append(InputError("two cells of the printed table have one name", f"{file}, line {line}, column {cell[-1]}", expected,
                                    f"{', '.join(cell)}, and before {', '.join(first)}", "rename a row or a column"))
    return found


def inventoried(entry: Mapping[str, Any], rows: Rows, locale: str) -> Rows:
    """The numbers of a table as rows of the inventory: they need none there."""
    listed = [(cell_id(entry["id"], cell), number) for _, cell, text in cells(entry, rows)
              for number in stated.texts({"stated": text, **entry["columns"][cell[-1]]}, locale)]
    return [{"where": entry["where"], "n": str(n), "text": text, "claim": id, "exempt": ""} for n, (id, text) in enumerate(listed, start=1)]


def matched(table: PrintedTable, frame: Any, parts: Mapping[str, Cell] = MappingProxyType({})) -> dict[str, Any]:
    """The value of a frame for each claim of a table, found by the labels of row and column, wherever they stand.

    ``frame``: a pandas frame whose index holds the labels of the rows (a MultiIndex where several columns label them).
    ``parts``: by claim the names of the numbers in a cell of several, for each of which the frame may have a column.

    Raises:
        InputError: it is no frame, or a printed row or column is not in it, or twice.
    """
    if getattr(frame, "ndim", 0) != 2 or not hasattr(frame, "columns"):
        raise InputError("a printed table is judged against a frame", f"paper.check_table({table.id!r})",
                         f"a pandas frame with the columns {', '.join(dict.fromkeys(cell[-1] for cell in table.cells))}",
                         type(frame).__name__, "of a column of its own make a frame: series.to_frame(\"NAME\")")
    rows = _places(frame.index, f"paper.check_table({table.id!r}), index of the frame")
    columns = _places(frame.columns, f"paper.check_table({table.id!r}), columns of the frame")
    found = {}
    where = f"paper.check_table({table.id!r})"
    for cell, id in table.cells.items():
        row = _place(rows, cell[:-1], where, "row")
        if parts.get(id) and cell[-1:] not in columns:
            found[id] = {name: frame.iat[row, _place(columns, (cell[-1], name), where, "column")] for name in parts[id]}
        else:
            found[id] = frame.iat[row, _place(columns, cell[-1:], where, "column")]
    return found


def _places(labels: Any, where: str) -> dict[Cell, int]:
    """The place of each label, several levels of it as one."""
    found: dict[Cell, int] = {}
    for place, label in enumerate(labels):
        named = tuple(str(part).strip() for part in label) if isinstance(label, tuple) else (str(label).strip(),)
        if found.setdefault(named, place) != place:
            raise InputError("a label stands twice", where, "labels of their own", ", ".join(named), "group by it, or drop what is double")
    return found


def _place(known: Mapping[Cell, int], label: Cell, where: str, what: str) -> int:
    if label not in known:
        named = [", ".join(one) for one in known]
        raise InputError(f"the frame has no {what} of the printed table", where, ", ".join(label), "; ".join(named[:20]) or "none",
                         near(", ".join(label), named) or f"rename it: frame.rename({'index' if what == 'row' else 'columns'}={{...}})")
    return known[label]
