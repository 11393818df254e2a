"""A table of the paper as one entry of the register with the file of its cells, or the reason why it cannot be one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from asprinted.draft import cues, exemptions
from asprinted.draft.claims import FEW, GUESS, claim
from asprinted.draft.structure import Place
from asprinted.numbers.written import parts
from asprinted.paper import tables

CORNER = "row"  # what the labels of the rows are called where the paper calls them nothing
_MEASURES = cues.table("measures")
_MARKS = re.compile(r"(?<=[\d%])\s?[*†‡]{1,4}$")  # of significance, or of a note: no part of the number
Rows = list[dict[str, str]]


class NotLaidOut(ValueError):
    """A table of which no file of cells can be made; the text says why."""


@dataclass(frozen=True)
class LaidOut:
    """An entry of kind table with the rows of its file, and what was not sure."""

    entry: dict[str, Any]
    rows: Rows
    unsure: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        """How many of its cells state a number."""
        return sum(1 for _ in tables.cells(self.entry, self.rows))


def lay_out(places: Sequence[Place], id: str, where: str, caption: str) -> LaidOut:
    """The rows of a printed table, in their order, as one entry.

    Columns that state numbers are claims, each with the unit that its cells or its head show; the first columns, as many as tell
    the rows apart, are their labels; all others are not judged. A mark such as * behind a number is left out.

    Args:
        id: of the entry. where: its locator. caption: out of which its quantity is guessed.

    Raises:
        NotLaidOut: with the reason.

    >>> heads = ("island", "birds")
    >>> rows = [Place("tab/1/2", "row", "Dream | 124", "1", ("Dream", "124"), heads, "tab/1/1")]
    >>> found = lay_out(rows, "table-1", "tab/1", "Birds of an island that were seen")
    >>> found.rows, found.entry["columns"], found.entry["quantity"]
    ([{'island': 'Dream', 'birds': '124'}], {'birds': {'unit': ''}}, 'guess: Birds of an island that were')
    """
    body = [place for place in places if place.heads]
    names, cells = _named(places, body), [list(place.cells) for place in body]
    found = {number: list(_numbers(body, number)) for number in range(len(names))}
    again = {number for number in range(1, len(names)) if [row[number] for row in cells] == [row[0] for row in cells]}  # the labels
    judged = [number for number in range(1, len(names)) if found[number] and number not in again]
    if not judged:
        raise NotLaidOut("no column beside the first states a number")
    for row in cells:
        for number in judged:
            row[number] = _MARKS.sub("", row[number])
    labels = _labels(cells, judged)
    quantity = f"{GUESS} {' '.join(caption.split()[:FEW]) or f'what the table at {where} says'}"
    entry: dict[str, Any] = {"id": id, "where": where, "kind": tables.KIND, "quantity": quantity}
    if labels > 1:
        entry["labels"] = names[:labels]
    entry["columns"] = {names[number]: _several(names[number], found[number], body[0].locale) or _column(names[number], found[number])
                        for number in judged}
    if others := [names[number] for number in range(labels, len(names)) if number not in judged]:
        entry["not_judged"] = others
    rows = [dict(zip(names, row, strict=True)) for row in cells]
    if faults := tables.breaches(entry, rows, id, body[0].locale):
        raise NotLaidOut(f"{faults[0].what}: {faults[0].got}")
    bare = found[0] and not _counted([row[0] for row in cells])
    told = f"the numbers in the column {names[0]} are taken to name the rows, and no claim is made of them"
    return LaidOut(entry, rows, (told,) if bare else ())


def _named(places: Sequence[Place], body: Sequence[Place]) -> list[str]:
    """The names of the columns."""
    widths = {len(place.cells) for place in places}
    if len(widths) > 1:
        raise NotLaidOut(f"its rows have {min(widths)} to {max(widths)} cells")
    if not body:
        raise NotLaidOut("nothing names its columns")
    names = [body[0].heads[0] or CORNER, *body[0].heads[1:]]
    for number, name in enumerate(names):
        if not name or names.index(name) != number:
            raise NotLaidOut(f"two columns are called {name}" if name else f"column {number + 1} has no name")
    return names


def _numbers(body: Sequence[Place], column: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The cells of a column that state a number: their text, and the claim that it would be alone."""
    for place in body:
        for token in place.numbers:
            if place.text[: token.start].count(" | ") == column and exemptions.guess(token, place.text) is None:
                yield place.cells[column], claim(token, place, set())[0]


def _labels(cells: list[list[str]], judged: list[int]) -> int:
    """How many of the first columns tell the rows apart; a label that stands once for several rows is repeated in ``cells``."""
    for number in range(1, judged[0] + 1):
        filled = [row[:number] for row in cells]
        for above, row in itertools.pairwise(filled):
            row[:-1] = [mine or theirs for mine, theirs in zip(row[:-1], above[:-1], strict=True)]
        named = [tuple(row) for row, whole in zip(filled, cells, strict=True) if any(whole[place] for place in judged)]
        if len({*named}) == len(named) and all(map(all, named)):
            for row, whole in zip(filled, cells, strict=True):
                whole[:number] = row
            return number
    return 1


def _several(head: str, cells: Sequence[tuple[str, dict[str, Any]]], locale: str) -> dict[str, Any]:
    """What the entry says of a column whose cells hold two numbers that its head names; nothing of any other.

    >>> _several("M (SD)", [("38.8 (2.7)", {}), ("47.5 (3.1)", {})], "en")["parts"]
    ['M', 'SD']
    >>> _several("n (%)", [("19 (0.7)", {})], "en"), _several("mass (g)", [("38.8", {})], "en")
    ({'unit': 'cases', 'kind': 'count', 'parts': ['n', {'name': 'percent', 'unit': 'percent', 'kind': 'number'}]}, {})
    """
    named = re.fullmatch(r"(.*?)(\S+)\s*(?:\(([^()]+)\)|±\s*(\S+))", head)
    if named is None:
        return {}
    names = (named[2], named[3] or named[4])
    if any(len(parts.parts(text, locale, names)) != len(names) for text, _ in cells):
        return {}
    second = {"name": "percent", "unit": "percent", "kind": "number"} if names[1] in ("%", "percent") else names[1]
    if names[0] in ("n", "N", "No."):
        return {"unit": "cases", "kind": "count", "parts": [names[0], second]}
    units = {one["unit"] for _, one in cells if one.get("unit") and not isinstance(second, dict)}
    return {"unit": units.pop() if len(units) == 1 else "", "parts": [names[0], second]}


def _column(name: str, cells: Sequence[tuple[str, dict[str, Any]]]) -> dict[str, str]:
    """What the entry says of a column: the unit that its cells share or its head gives, whether they count, their scale."""
    units = {one["unit"] for _, one in cells if one.get("unit")} or {_unit(name)}
    scales = {one.get("scale", "one") for _, one in cells}
    if len(scales) > 1:
        raise NotLaidOut(f"column {name} has numbers in {' and in '.join(sorted(scales))}")
    found = {"unit": units.pop() if len(units) == 1 else ""}
    if all(one["kind"] == "count" for _, one in cells) or (found["unit"] == "cases" and all(text.isdigit() for text, _ in cells)):
        found["kind"] = "count"
    return found | ({"scale": scale} if (scale := scales.pop()) != "one" else {})


def _unit(head: str) -> str:
    """The unit that the head of a column gives.

    >>> _unit("mass (g)"), _unit("Share, %"), _unit("n"), _unit("Mean")
    ('grams', 'percent', 'cases', '')
    """
    if re.search(r"%|\bper ?cent\b", head):
        return "percent"
    if re.fullmatch(r"[nN]|.*, [nN]", head):
        return "cases"
    bracketed = re.search(r"\(([^()]+)\)$", head)
    return str(_MEASURES.get(bracketed[1], "")) if bracketed else ""


def _counted(labels: Sequence[str]) -> bool:
    """Whether numbers at the head of the rows are no more than their count, as 1, 2, 3."""
    return all(label.isdigit() for label in labels) and [int(label) - int(labels[0]) for label in labels] == list(range(len(labels)))
