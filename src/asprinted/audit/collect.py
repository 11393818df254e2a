"""Verdicts and figures out of executed notebooks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from asprinted.charts.figure_files import FIGURE_MIME, figure_fault, files
from asprinted.notebook.calls import claims_of
from asprinted.notebook.judged_table import judged_by
from asprinted.notebook.side_by_side import records_of
from asprinted.paper.register import GUESS
from asprinted.verdicts.record import Record, judged, ordered, record_fault
from forkmill.errors import InputError
from forkmill.notebooks import ipynb
from forkmill.notebooks.ipynb import Cell, Notebook
from forkmill.notebooks.rules import CHECKED


@dataclass
class Collection:
    """What the notebooks judged: ``records`` by claim, and every fault that makes the collection incomplete."""

    records: dict[str, Record] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    figures: dict[str, bytes] = field(default_factory=dict)


def stored(cell: Cell) -> list[Any]:
    """What a cell has stored as verdicts, sound or not, in its order."""
    return [record for output in cell.outputs for record in records_of(output.get("data") or {})]


def records(read: Iterable[Notebook]) -> list[Record]:
    """Every sound verdict record as stored, with ``notebook`` and ``cell`` added, in the order of notebooks and cells."""
    return [
        ordered({**record, "notebook": one.name, "cell": cell.id})
        for one in read
        for cell in one.code
        for record in stored(cell)
        if record_fault(record) is None
    ]


def guesses(found: Iterable[Record], shown: int = 8) -> list[InputError]:
    """One error that names the judged claims which still say what a draft guessed of them: a reader would be given a guess.

    What waits for its verdict may keep its guess. ``shown``: of many as many are named.
    """
    ids = list(dict.fromkeys(judged_by(one) for one in found if judged(one) and one["quantity"].startswith(GUESS)))
    more = f" and {len(ids) - shown} more" if len(ids) > shown else ""
    many = f"{len(ids)} judged claims still have the guess of the draft for what they say" if len(ids) > 1 else (
        "a judged claim still has the guess of the draft for what it says")
    return [InputError(many, "data/paper/claims, field quantity", "what is claimed, in your own words", ", ".join(ids[:shown]) + more,
                       f"write it in place of `{GUESS} ...`, then run make reproduce")] if ids else []


def collect(read: list[Notebook], claims: list[str]) -> Collection:
    """Records in the order of ``claims``; a claim unjudged, judged twice or unknown is a fault that names it."""
    found = Collection()
    places: dict[str, list[str]] = {}
    for one in read:
        for cell in one.code:
            left = stored(cell)
            for record in left:
                fault = record_fault(record)
                if fault:
                    found.faults.append(f"{cell.label}: {fault}")
                else:
                    places.setdefault(record["id"], []).append(cell.label)
            judged = {judged_by(record) for record in left if isinstance(record, dict)}
            found.faults += [f"{cell.label}: the check of {claim} left no verdict"
                             for claim in claims_of(cell.source) if claim not in judged]
    for claim, where in places.items():
        if claim not in claims:
            found.faults.append(f"{where[0]}: the claim {claim} does not exist in data/paper")
        if len(where) > 1:
            found.faults.append(f"the claim {claim} is judged {len(where)} times: " + "; ".join(where))
    found.faults += [f"no notebook judges the claim {claim}" for claim in claims if claim not in places]
    sound = {record["id"]: record for record in records(read)}
    found.records = {claim: sound[claim] for claim in claims if claim in sound}
    found.faults += [f"{one.what}: {one.got}; {one.do}" for one in guesses(found.records.values())]
    _figures(read, found)
    return found


def _figures(read: list[Notebook], found: Collection) -> None:
    for one in read:
        for cell in one.code:
            bundles = cell.bundles(FIGURE_MIME)
            if bundles and CHECKED not in cell.tags:
                found.faults.append(f"{cell.label}: a figure without the tag {CHECKED}, so its data would not be compared")
            for bundle in bundles:
                if fault := figure_fault(bundle[FIGURE_MIME]) or _drawing_fault(bundle):
                    found.faults.append(f"{cell.label}: {fault}")
                    continue
                joined = {
                    mime: "".join(value) if isinstance(value, list) and not mime.endswith("json") else value
                    for mime, value in bundle.items()
                }
                for name, content in files(joined).items():
                    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
                        found.faults.append(f"{cell.label}: a figure's file cannot be called {name!r}")
                    elif name in found.figures:
                        found.faults.append(f"{cell.label}: a second figure would be saved as {name}")
                    else:
                        found.figures[name] = content


def _drawing_fault(bundle: dict[str, Any]) -> str | None:
    drawn = [mime for mime in ("text/html", "image/svg+xml") if ipynb.is_text(bundle.get(mime))]
    return None if len(drawn) == 2 else "the stored figure has no drawing as HTML and SVG"
