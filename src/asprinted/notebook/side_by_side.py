"""Several claims judged by one cell: a table of what is stated, published and found, with each claim's whole card folded in it.

One cell for a paragraph lets its text be read as text. Each claim stays a record of its own, as of a cell that judges it alone.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from asprinted.notebook import judged_table
from asprinted.numbers.sources import RECOMPUTED
from asprinted.verdicts import card, words
from asprinted.verdicts.record import VERDICT_MIME, Record
from asprinted.verdicts.vocabulary import COLOURS, MARKS

VERDICTS_MIME = "application/vnd.audit.verdicts+json"
METHOD = "side_by_side"  # of a paper: what the code of a notebook calls
HEADS = ("claim", "stated", "published", "verdict")
WIDTHS = (56, 26, 30, 16)  # of the columns in plain text: a line fits a notebook without being broken
SHARES = (46, 17, 20, 17)  # of the columns on a page, percent
NOTHING = "\N{EM DASH}"
CELL = "text-align:left;vertical-align:top;padding:.35em .8em .35em 0"


def records_of(data: Mapping[str, Any]) -> list[Any]:
    """The verdicts that the data of an output hold: that of one check, or of several side by side. None is looked at."""
    if VERDICT_MIME in data:
        return [data[VERDICT_MIME]]
    several = data.get(VERDICTS_MIME, [])
    return several if isinstance(several, list) else [several]


class SideBySide:
    """Judged claims in one table: HTML, its twin in plain text, and the list of their records as JSON.

    Raises:
        TypeError: there is none, or one of them is no verdict.
        ValueError: a claim is there twice.
    """

    def __init__(self, verdicts: Sequence[card.Verdict]) -> None:
        if not verdicts or not all(isinstance(one, card.Verdict) for one in verdicts):
            raise TypeError("paper.side_by_side takes what paper.check gives, once for each claim")
        self.records = [one.record for one in verdicts]
        ids = [record["id"] for record in self.records]
        twice = sorted({id for id in ids if ids.count(id) > 1})
        if twice:
            raise ValueError(f"each claim is judged once; twice in one table: {', '.join(twice)}")

    def __repr__(self) -> str:
        return as_text(self.records)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/plain": as_text(self.records), "text/html": as_html(self.records), VERDICTS_MIME: self.records}


def _row(record: Record, heads: Sequence[str]) -> tuple[str, str, str, str]:
    """The cells of a claim's line; a dash where a stated number has nothing published beside it."""
    found, implied = words.published(record), words.implied(record)
    if found and words.beside(record) not in heads:
        found = f"{words.beside(record)} {found}"
    found = found or (f"{implied} (by the paper's own numbers)" if implied else NOTHING if record["stated"] else "")
    return record["quantity"], words.stated(record), found, f"{MARKS[record['verdict']]} {record['verdict']}"


def as_text(records: Iterable[Record]) -> str:
    """The table as plain text, and below it a few lines of each claim; the cells of one printed table as ``judged_table`` has them."""
    records = list(records)
    if judged_table.table_of(records):
        return judged_table.as_text(records)
    heads = _heads(records)
    rows = [heads, *(_row(record, heads) for record in records)]
    used = [max(len(line) for row in rows for line in _wrapped(row[column], width)) for column, width in enumerate(WIDTHS)]
    lines = [*_lines(rows[:1], used), "  ".join("-" * width for width in used), *_lines(rows[1:], used)]
    return "\n".join([*lines, *(f"\n{_short(record)}" for record in records)])


def _heads(records: Sequence[Record]) -> tuple[str, ...]:
    """The heads of the columns; where all that is found was recomputed, nothing of it is called published."""
    named = {words.beside(record) for record in records if words.published(record)}
    return tuple(RECOMPUTED if head == "published" and named == {RECOMPUTED} else head for head in HEADS)


def _lines(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for row in rows:
        cells = [_wrapped(text, width) for text, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            yield "  ".join(f"{part:<{width}}" for part, width in zip(parts, widths, strict=True)).rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) or [""]


def _short(record: Record) -> str:
    """What a reader should know of a claim beside its line of the table."""
    condition = "; ".join(record["only_by"])
    said = [record["reason"], "" if condition in record["reason"] else f"{words.LABELS['only_by']} {condition}", record.get("note", "")]
    return "\n".join([f"{MARKS[record['verdict']]} {record['id']}  [{record['where']}]", *(f"  {line}" for line in said if line)])


def as_html(records: Iterable[Record], links: Mapping[str, str] | None = None) -> str:
    """The table as HTML that needs no style sheet or script of a page around it.

    Below each claim its card is folded, as wide as the table. ``links``: where the id in a card leads to, by claim.
    """
    records = list(records)
    if judged_table.table_of(records):
        return judged_table.as_html(records, links)
    columns = "".join(f'<col style="width:{share}%">' for share in SHARES)
    heads = _heads(records)
    head = "".join(f'<th scope="col" style="{CELL}">{one}</th>' for one in heads)
    rows = "".join(_html_row(record, heads, (links or {}).get(record["id"], "")) for record in records)
    return (f'<table class="verdicts" style="border-collapse:collapse;table-layout:auto;width:100%"><colgroup>{columns}</colgroup>'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")


def _html_row(record: Record, heads: Sequence[str], link: str) -> str:
    """A claim's line; one without a number has in the place of the two numbers why its verdict is what it is."""
    claim, stated, published, verdict = (html.escape(words.signed(text)) for text in _row(record, heads))
    folded = (f'<details id="verdict-{html.escape(record["id"])}"><summary style="opacity:.75">why, and where it was seen</summary>'
              f"{card.as_html(record, link)}</details>")
    numbers = (f'<td style="{CELL}">{stated}</td><td style="{CELL}">{published}</td>' if record["stated"]
               else f'<td colspan="2" style="{CELL};opacity:.75">{html.escape(record["reason"])}</td>')
    chip = (f'<span style="background-color:{COLOURS[record["verdict"]]};color:#111111;border:1px solid #444444;padding:0px 6px;'
            f'white-space:nowrap">{verdict}</span>')
    return (f'<tr data-verdict="{html.escape(record["verdict"])}"><th scope="row" style="{CELL};font-weight:normal">{claim}</th>'
            f'{numbers}<td style="{CELL}">{chip}</td></tr><tr><td colspan="4" style="text-align:left;padding:0 0 .6em">{folded}</td></tr>')
