"""The notebooks of a draft: one a section, a text a paragraph and a cell a claim, with what each shows until it is judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from asprinted.draft.claims import plain
from asprinted.draft.structure import Place
from asprinted.notebook import calls
from asprinted.notebook.side_by_side import SideBySide
from asprinted.verdicts.card import Verdict
from forkmill.notebooks import ipynb
from forkmill.notebooks.parameter_declaration import Parameter
from forkmill.notebooks.rules import CHECKED, PARAMETERS

TAKEN = ("vintage", "rounding", "least_evidence")  # parameters that a paper is opened with
Cells = list[dict[str, Any]]


def name(number: int, title: str) -> str:
    """The name of the notebook of a section.

    >>> name(3, "The palmerpenguins R package, and how it was made")
    '03_the_palmerpenguins_r_package'
    """
    return f"{number:02}_{'_'.join(plain(title).split('-')[:4])}"


def begin(title: str, part: str, declared: dict[str, Parameter]) -> Cells:
    """The cells that a notebook begins with: its title, the choices of a run, the paper under them."""
    taken = [one for one in TAKEN if one in declared]
    lines = [f"{one} = {declared[one].default!r}  # {declared[one].meaning}" for one in taken]
    call = f"paper = Paper({', '.join(f'{one}={one}' for one in taken)})"
    return [
        _text("title", f"# {title}\n\nWhat section {part} of the paper states. A cell that says `paper.judge_later` waits for a person: "
                       "say in `data/paper/claims` what is meant, and write `paper.check` with the value in its place."),
        _code("parameters", "\n".join(lines) or "# this notebook takes no choice", (PARAMETERS,)),
        _code("imports", f"from asprinted import Paper\n\n{call}"),
    ]


def paragraphs(places: Sequence[Place], claims: dict[str, list[dict[str, Any]]], of: dict[str, Verdict | SideBySide],
               taken: set[str]) -> Cells:
    """A text for each paragraph, caption or table that has claims, by place, then a cell for each of them; ids join ``taken``."""
    found: Cells = []
    last = ""
    for place in places:
        if not claims.get(place.where):
            continue
        head = _head(place.where)
        if head != last:
            found.append(_text(_free(f"at-{plain(head)}", taken), f"## {head}"))
            last = head
        for entry in claims[place.where]:
            found.append(_claim(entry["id"], of[entry["id"]], taken))
    return found


def _head(where: str) -> str:
    """What a place is part of: its paragraph, its table, itself.

    >>> _head("2.1/3/2"), _head("tab/1/4"), _head("fig/2"), _head("2/title")
    ('2.1/3', 'tab/1', 'fig/2', '2/title')
    """
    return where.rpartition("/")[0] if where.count("/") > 1 else where


def _claim(id: str, verdict: Verdict | SideBySide, taken: set[str]) -> dict[str, Any]:
    shown = verdict._repr_mimebundle_().items()
    data = {mime: value if mime.endswith("json") else value.splitlines(keepends=True) for mime, value in shown}
    cell = _code(_free(id, taken), f'paper.judge_later("{id}")', (CHECKED,))
    return cell | {"outputs": [{"data": data, "metadata": {}, "output_type": "execute_result"}]}


def _free(id: str, taken: set[str]) -> str:
    """An id of a cell: at most 64 characters, as the format of notebooks has it."""
    short, number = id[:60].rstrip("-"), 1
    free = short
    while free in taken:
        number += 1
        free = f"{short}-{number}"
    taken.add(free)
    return free


def _text(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


def _code(id: str, source: str, tags: Sequence[str] = ()) -> dict[str, Any]:
    metadata = {"tags": list(tags)} if tags else {}
    return {"cell_type": "code", "execution_count": None, "id": id, "metadata": metadata, "outputs": [], "source": source}


def numbered(cells: Iterable[dict[str, Any]], begun: int = 0) -> Cells:
    """The cells with the counts that a run gives them, ``begun`` code cells standing before."""
    found = []
    for cell in cells:
        counted: dict[str, Any] = {}
        if cell["cell_type"] == "code":
            begun += 1
            counted = {"execution_count": begun, "outputs": [output | {"execution_count": begun} for output in cell["outputs"]]}
        found.append(cell | counted)
    return found


def text(cells: Cells) -> str:
    """The text of a notebook of these cells."""
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return ipynb.dump(ipynb.normalise(content))


def with_more(content: dict[str, Any], cells: Cells) -> str:
    """The text of a notebook with further cells at its end; those that are there stay as they are."""
    counts = [cell.get("execution_count") or 0 for cell in content["cells"] if cell["cell_type"] == "code"]
    run = counts == list(range(1, len(counts) + 1))
    added = numbered(cells, len(counts)) if run else cells
    return ipynb.dump(ipynb.normalise({**content, "cells": [*content["cells"], *added]}))


def claims_in(content: dict[str, Any]) -> set[str]:
    """Ids of the claims that the cells of a notebook name."""
    return {claim for cell in content["cells"] if cell["cell_type"] == "code" for claim in calls.claims_of(ipynb.text_of(cell["source"]))}
