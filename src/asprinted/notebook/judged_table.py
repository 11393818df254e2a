"""A printed table as it was judged, cell by cell: one card, with a mark in every cell, and a line for each below it."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from asprinted.verdicts import vocabulary, words
from asprinted.verdicts.record import Record
from asprinted.verdicts.vocabulary import ACCUSING, COLOURS, MARKS, NOT_JUDGED, SUPPORTING, tally

METHOD = "check_table"  # of a paper: what the code of a notebook calls
CELL = "text-align:left;vertical-align:top;padding:.3em .8em .3em 0"
HEADS = ("cell", "stated", "found", "verdict", "why")


def table_of(records: Sequence[Mapping[str, Any]]) -> str:
    """The id of the table whose cells all the records are; nothing where they are no cells of one table."""
    found = {(record.get("table") or {}).get("id", "") for record in records}
    return found.pop() if len(found) == 1 else ""


def judged_by(record: Mapping[str, Any]) -> str:
    """The id by which the code of a notebook asks for a record: of a cell that of its table."""
    table = record.get("table")
    return str((table if isinstance(table, dict) else record).get("id"))


def gathered(records: Iterable[Record]) -> list[list[Record]]:
    """Records in their order, those of one table together: each list is a claim, or the cells of a table."""
    found: dict[tuple[bool, str], list[Record]] = {}
    for record in records:
        found.setdefault((bool(record.get("table")), judged_by(record)), []).append(record)
    return list(found.values())


def gravest(records: Iterable[Record]) -> str:
    """The verdict that a reader of a table has to know of first; where none fails, that a cell waits for its verdict.

    >>> gravest([{"verdict": "reproduced"}, {"verdict": "contradicted"}, {"verdict": "not checkable"}])
    'contradicted'
    """
    return vocabulary.gravest(record["verdict"] for record in records)


def counts(records: Sequence[Record]) -> str:
    """How many cells of a table have which verdict, in a line.

    >>> counts([{"verdict": "reproduced"}, {"verdict": "contradicted"}])
    '2 cells: 1 reproduced, 1 contradicted'
    """
    waiting = sum(record["verdict"] == NOT_JUDGED for record in records)
    told = NOT_JUDGED if waiting == len(records) else tally(record["verdict"] for record in records)
    return f"{words.many(len(records), 'cell')}: {told}"


def cell(record: Record) -> str:
    """What is stated in a cell beside what was found, in a line: with its labels in place of its id."""
    found = words.published(record)
    return (f"[{record['table']['row']}, {record['table']['column']}] stated {words.stated(record)}"
            + (f", {words.beside(record)} {found}" if found else ""))


def those_that_fail(records: Sequence[Record], shown: int = 5) -> str:
    """The cells of a table that do not hold, in a line; of many the first few."""
    failing = [record for record in records if record["verdict"] in ACCUSING]
    more = len(failing) - shown
    return (f"{len(failing)} of {words.many(len(records), 'cell')}: {'; '.join(map(cell, failing[:shown]))}"
            + (f"; and {more} more" if more > 0 else ""))


def _laid_out(records: Sequence[Record]) -> tuple[list[str], dict[str, dict[str, Record]]]:
    """Columns in the order in which they are met, and the records by row and column."""
    rows: dict[str, dict[str, Record]] = {}
    for record in records:
        rows.setdefault(record["table"]["row"], {})[record["table"]["column"]] = record
    return list(dict.fromkeys(record["table"]["column"] for record in records)), rows


def _title(records: Sequence[Record]) -> str:
    """What the cells are: what the quantities of all of them begin with."""
    first = records[0]
    return str(first["quantity"].removesuffix(f": {first['table']['row']}, {first['table']['column']}"))


def as_text(records: Sequence[Record]) -> str:
    """The table as plain text, and below it each cell that does not hold, with the reason."""
    columns, rows = _laid_out(records)
    lines = [["", *columns], *([row, *(_marked(cells.get(column)) for column in columns)] for row, cells in rows.items())]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns) + 1)]
    shown = ["  ".join(f"{text:<{width}}" for text, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    head = f"{table_of(records)}  [{records[0]['where']}]  {_title(records)}"
    others = [f"{MARKS[one['verdict']]} {cell(one)}\n  {one['reason']}" for one in records
              if one["verdict"] not in (*SUPPORTING[:1], NOT_JUDGED)]
    return "\n".join([head, counts(records), "", *shown, *(["", *others] if others else [])])


def _marked(record: Record | None) -> str:
    return f"{MARKS[record['verdict']]} {record['stated']}" if record else ""


def as_html(records: Sequence[Record], links: Mapping[str, str] | None = None, named: str = "verdict-") -> str:
    """The table as HTML that needs no style sheet or script of a page around it, and below it a line for each cell is folded.

    ``links``: where a cell of it leads to, by claim. ``named``: how the ids of the lines begin.
    """
    columns, rows = _laid_out(records)
    heads = "".join(f'<th scope="col" style="{CELL}">{html.escape(column)}</th>' for column in columns)
    body = "".join(f'<tr><th scope="row" style="{CELL};font-weight:normal">{html.escape(row)}</th>'
                   + "".join(_html_cell(cells.get(column), links or {}) for column in columns) + "</tr>" for row, cells in rows.items())
    caption = f"<strong>{html.escape(_title(records))}</strong> ({html.escape(records[0]['where'])}), {html.escape(counts(records))}"
    return (f'<div class="verdict"><table class="verdicts" style="border-collapse:collapse">'
            f'<caption style="text-align:left;caption-side:top">{caption}</caption>'
            f"<thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table>{_each(records, named)}</div>")


def _html_cell(record: Record | None, links: Mapping[str, str]) -> str:
    if record is None:
        return f'<td style="{CELL}"></td>'
    verdict, found = record["verdict"], words.published(record)
    said = html.escape(_marked(record))
    if record["id"] in links:
        said = f'<a href="{html.escape(links[record["id"]], quote=True)}" style="color:#111111">{said}</a>'
    why = html.escape(f"{verdict}: {record['reason']}", quote=True)
    beside = f'<br><span style="opacity:.75">{html.escape(found)}</span>' if found and verdict not in SUPPORTING else ""
    return (f'<td data-verdict="{verdict}" title="{why}" style="{CELL}">'
            f'<span style="background-color:{COLOURS[verdict]};color:#111111;border:1px solid #444444;padding:0px 6px;'
            f'white-space:nowrap">{said}</span>{beside}</td>')


def _each(records: Sequence[Record], named: str) -> str:
    """A line for each cell: what is stated, what was found, and why the verdict is what it is."""
    heads = "".join(f'<th scope="col" style="{CELL}">{head}</th>' for head in HEADS)
    lines = (f'<table style="border-collapse:collapse;width:100%"><thead><tr>{heads}</tr></thead>'
             f"<tbody>{''.join(_line(record, named) for record in records)}</tbody></table>")
    return f'<details><summary style="opacity:.75">every cell, with the reason of its verdict</summary>{lines}</details>'


def _line(record: Record, named: str) -> str:
    said = (words.stated(record), words.published(record), f"{MARKS[record['verdict']]} {record['verdict']}", record["reason"])
    cells = "".join(f'<td style="{CELL}">{html.escape(text)}</td>' for text in said)
    name = f"{record['table']['row']}, {record['table']['column']}"
    return (f'<tr id="{named}{words.anchor(record["id"])}"><th scope="row" style="{CELL};font-weight:normal">'
            f"{html.escape(name)}</th>{cells}</tr>")
