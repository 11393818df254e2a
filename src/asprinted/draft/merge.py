"""The lines of a draft put among those that are there: each is added, none that stands is changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from forkmill.errors import InputError
from forkmill.writing import csv_text


def inserted(text: str, rows: Iterable[tuple[Sequence[str], str]], order: Mapping[str, int]) -> str:
    """A CSV whose first column is a locator, with each row added below the last row of its own place or of one before it.

    ``rows``: the cells of a row with the locator that it belongs to. ``order``: the place of each locator in the paper.

    >>> inserted("where,kind\\n1/1/1,sentence\\n1/1/3,mine\\n", [(["1/1/2", "sentence"], "1/1/2")], {"1/1/1": 0, "1/1/2": 1, "1/1/3": 2})
    'where,kind\\n1/1/1,sentence\\n1/1/2,sentence\\n1/1/3,mine\\n'
    """
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    known = [order.get(line.partition(",")[0], -1) for line in lines]
    for cells, where in rows:
        at = max((number for number, place in enumerate(known) if 0 <= place <= order[where]), default=0) + 1
        lines.insert(at, csv_text([cells]))
        known.insert(at, order[where])
    return "".join(lines)


def entries(claims: Iterable[Mapping[str, Any]]) -> str:
    """Claims as lines of YAML, a field a line.

    >>> print(entries([{"id": "birds-3", "where": "1/1/1", "stated": "3", "quantity": "guess: 3 birds"}]), end="")
    - id: birds-3
      where: 1/1/1
      stated: "3"
      quantity: "guess: 3 birds"
    """
    lines = []
    for claim in claims:
        for place, (key, value) in enumerate(claim.items()):
            plain = re.fullmatch(r"[A-Za-z][\w/.%-]*(?: [\w/.%-]+)*|\d[\d.]*/[\w/]+", str(value)) and str(value).lower() not in _NOT_TEXT
            shown = value if plain and key != "stated" else json.dumps(value, ensure_ascii=False)
            lines.append(f"{'- ' if not place else '  '}{key}: {shown}\n")
    return "".join(lines)


_NOT_TEXT = ("yes", "no", "on", "off", "true", "false", "null", "y", "n")


def listed(text: str, parameters: Iterable[str], notebooks: Sequence[str], instead: bool = False) -> str:
    """A declaration of parameters with further notebooks on the lists of some of them; ``instead`` of those that are on it.

    Raises:
        InputError: a list is not written in brackets.

    >>> listed("parameters:\\n  - name: rounding\\n    notebooks: [01_a]\\n", ["rounding"], ["02_b"])
    'parameters:\\n  - name: rounding\\n    notebooks: [01_a, 02_b]\\n'
    """
    for name in parameters:
        found = re.search(rf"(- name: [\"']?{name}[\"']?\n(?:(?!\s*- name:).*\n)*?\s*notebooks: \[)([^\]]*)(\])", text)
        if not found:
            raise InputError("the list of notebooks cannot be added to", f"data/paper/parameters.yaml, {name}", "notebooks: [one, two]",
                             "another form", "write the list in brackets")
        there = [] if instead else [one.strip() for one in found[2].split(",") if one.strip()]
        joined = ", ".join([*there, *(one for one in notebooks if one not in there)])
        text = text[: found.start(2)] + joined + text[found.end(2) :]
    return text
