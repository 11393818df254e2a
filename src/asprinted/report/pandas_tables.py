"""Tables of pandas as a page shows them: headers that say what they head, numbers under each other."""

from __future__ import annotations

import html
import re

HOLE = "\N{EM DASH}"  # where a table has no figure
NAMELESS = "<th></th>"
_FIGURE = r"[-+−]?\d[\d,]*(?:\.\d+)?"
_NUMBER = re.compile(rf"(?:more than |less than |at least )?{_FIGURE}(?: to {_FIGURE})?")


def accessible(markup: str) -> str:
    """A pandas table with a scope on every header, its columns of numbers marked, and without attributes of looks.

    >>> accessible("<thead><tr><th>year</th></tr></thead><tbody><tr><td>8.4</td></tr></tbody>").split("</thead>")[1]
    '<tbody><tr><td class="number">8.4</td></tr></tbody>'
    """
    markup = markup.replace(' border="1"', "").replace(' style="text-align: right;"', "")
    head, mark, body = _one_header(markup).replace(NAMELESS, "<td></td>").partition("</thead>")
    if not mark:
        return markup
    numeric = _numeric(body)
    head, body = (re.sub(r"<th(?=[ >])", f'<th scope="{scope}"', part) for scope, part in (("col", head), ("row", body)))
    return _marked(head, "th", numeric) + mark + _marked(body, "td", numeric)


def _one_header(markup: str) -> str:
    """The header in one row where pandas writes two: the names of the columns, and below them those of what heads the rows."""
    rows = re.findall(r"<tr>.*?</tr>", markup.partition("</thead>")[0], re.DOTALL)
    names = [re.findall(r"<th.*?</th>", row, re.DOTALL) for row in rows]
    if len(rows) != 2 or len(names[0]) != len(names[1]) or not all(NAMELESS in pair for pair in zip(*names, strict=True)):
        return markup
    both = "".join(above if below == NAMELESS else below for above, below in zip(*names, strict=True))
    return markup.replace(rows[1], "", 1).replace(rows[0], f"<tr>{both}</tr>", 1)


def _numeric(body: str) -> list[bool]:
    """For each column of cells, whether all that stands in it are numbers, and anything does."""
    rows = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in body.split("</tr>")]
    columns = [[html.unescape(cell) for cell in column if cell != HOLE] for column in zip(*filter(None, rows), strict=False)]
    return [bool(column) and all(map(_NUMBER.fullmatch, column)) for column in columns]


def _marked(part: str, tag: str, numeric: list[bool]) -> str:
    """Part of a table with a class on the cells of numbers: of each row the last cells belong to the columns."""
    return "</tr>".join(_marked_row(row, tag, numeric) for row in part.split("</tr>"))


def _marked_row(row: str, tag: str, numeric: list[bool]) -> str:
    before, *cells = re.split(rf"(?=<{tag}[ >])", row)
    beside = len(cells) - len(numeric)  # headers of the row, which stand before its columns
    return before + "".join(
        cell.replace(f"<{tag}", f'<{tag} class="number"', 1) if place >= beside and numeric[place - beside] else cell
        for place, cell in enumerate(cells)
    )
