"""Verdicts and figures out of executed notebooks, and the files made of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from helpers.files import csv_text, harmless
from helpers.run.calls import claim_of
from helpers.run.notebooks import FIGURE_MIME, VERDICT_MIME, Notebook
from helpers.run.records import FIELDS, figure_fault, record_fault
from helpers.run.shape import CHECKED
from helpers.verdict import GROUPS, VERDICTS, group

Record = dict[str, Any]
OPTIONAL = ("note", "power", "holds_under", "replies")
COLUMNS = (*FIELDS, *OPTIONAL, "notebook", "cell")
# Notebook files are saved with sorted keys; a reader of verdicts.json gets the order of the sentence back.
INNER = ("name", "low", "high", "verdict", "reason", "relative", "units", "rounding", "vintage", "not", *FIELDS)


@dataclass
class Collection:
    """What the notebooks judged: ``records`` by claim, and every fault that makes the collection incomplete."""

    records: dict[str, Record] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    figures: dict[str, bytes] = field(default_factory=dict)


def records(read: Iterable[Notebook]) -> list[Record]:
    """Every sound verdict record as stored, with ``notebook`` and ``cell`` added, in the order of notebooks and cells."""
    return [
        _ordered({**bundle[VERDICT_MIME], "notebook": one.name, "cell": cell.id})
        for one in read
        for cell in one.code
        for bundle in cell.bundles(VERDICT_MIME)
        if record_fault(bundle[VERDICT_MIME]) is None
    ]


def collect(read: list[Notebook], claims: list[str]) -> Collection:
    """Records in the order of ``claims``; a claim unjudged, judged twice or unknown is a fault that names it."""
    found = Collection()
    places: dict[str, list[str]] = {}
    for one in read:
        for cell in one.code:
            for bundle in cell.bundles(VERDICT_MIME):
                fault = record_fault(bundle[VERDICT_MIME])
                if fault:
                    found.faults.append(f"{cell.label}: {fault}")
                else:
                    places.setdefault(bundle[VERDICT_MIME]["id"], []).append(cell.label)
            claim = claim_of(cell.source)
            if claim is not None and not any(
                bundle[VERDICT_MIME].get("id") == claim
                for bundle in cell.bundles(VERDICT_MIME)
                if isinstance(bundle[VERDICT_MIME], dict)
            ):
                found.faults.append(f"{cell.label}: the check of {claim} left no verdict")
    for claim, where in places.items():
        if claim not in claims:
            found.faults.append(f"{where[0]}: the claim {claim} does not exist in data/paper")
        if len(where) > 1:
            found.faults.append(f"the claim {claim} is judged {len(where)} times: " + "; ".join(where))
    found.faults += [f"no notebook judges the claim {claim}" for claim in claims if claim not in places]
    judged = {record["id"]: record for record in records(read)}
    found.records = {claim: judged[claim] for claim in claims if claim in judged}
    _figures(read, found)
    return found


def _ordered(record: Record) -> Record:
    order = {name: place for place, name in enumerate(COLUMNS)}
    return {name: _inner(record[name]) for name in sorted(record, key=lambda name: (order.get(name, 999), name))}


def _inner(value: Any) -> Any:
    if isinstance(value, list):
        return [_inner(one) for one in value]
    if isinstance(value, dict):
        return {
            key: _inner(value[key])
            for key in sorted(value, key=lambda key: (INNER.index(key) if key in INNER else 999, key))
        }
    return value


def figure_files(bundle: dict[str, Any]) -> dict[str, bytes]:
    """Files of one figure: its drawings and its data."""
    from helpers import figure_files as made

    return made.files(bundle)


def _figures(read: list[Notebook], found: Collection) -> None:
    for one in read:
        for cell in one.code:
            bundles = cell.bundles(FIGURE_MIME)
            if bundles and CHECKED not in cell.tags:
                found.faults.append(
                    f"{cell.label}: a figure without the tag {CHECKED}, so its data would not be compared"
                )
            for bundle in bundles:
                if fault := figure_fault(bundle[FIGURE_MIME]) or _drawing_fault(bundle):
                    found.faults.append(f"{cell.label}: {fault}")
                    continue
                joined = {
                    mime: "".join(value) if isinstance(value, list) and not mime.endswith("json") else value
                    for mime, value in bundle.items()
                }
                for name, content in figure_files(joined).items():
                    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
                        found.faults.append(f"{cell.label}: a figure's file cannot be called {name!r}")
                    elif name in found.figures:
                        found.faults.append(f"{cell.label}: a second figure would be saved as {name}")
                    else:
                        found.figures[name] = content


def _drawing_fault(bundle: dict[str, Any]) -> str | None:
    drawn = [mime for mime in ("text/html", "image/svg+xml") if _is_text(bundle.get(mime))]
    return None if len(drawn) == 2 else "the stored figure has no drawing as HTML and SVG"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value))


def summary(found: Iterable[Record]) -> dict[str, int]:
    """How many claims have each verdict, all seven named; relations inside the paper are no claims about the world."""
    given = [record["verdict"] for record in found if record["kind"] != "identity"]
    return {verdict: given.count(verdict) for verdict in VERDICTS}


def groups(found: Iterable[Record]) -> dict[str, int]:
    """How many claims hold and could have failed, agree only, do not hold, depend on the reading, are not checkable."""
    given = [group(record["verdict"], record["could_fail"]) for record in found if record["kind"] != "identity"]
    return {name: given.count(name) for name in GROUPS}


def identities(found: Iterable[Record]) -> dict[str, int]:
    """How many relations between the paper's own numbers have each verdict that occurs."""
    given = [record["verdict"] for record in found if record["kind"] == "identity"]
    return {verdict: given.count(verdict) for verdict in VERDICTS if verdict in given}


def as_json(found: dict[str, Record], parameters: dict[str, Any], complete: bool) -> str:
    """The text of verdicts.json."""
    content = {
        "parameters": parameters,
        "complete": complete,
        "claims": list(found.values()),
        "summary": summary(found.values()),
        "groups": groups(found.values()),
        "identities": identities(found.values()),
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def as_csv(found: dict[str, Record]) -> str:
    """The text of verdicts.csv: a row a claim; lists joined with a semicolon; no cell that a spreadsheet would compute."""
    names: list[str] = []
    for name in COLUMNS:
        names += {"computed": ["computed_low", "computed_high"], "error": ["error_relative", "error_units"]}.get(
            name, [name]
        )
    rows = [names]
    for record in found.values():
        row = dict(record)
        for outer in ("computed", "error"):
            row |= {f"{outer}_{key}": value for key, value in (record[outer] or {}).items()}
        rows.append([harmless(_flat(row.get(name))) for name in names])
    return csv_text(rows)


def _flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_flat(one) for one in value)
    if isinstance(value, dict) and "verdict" in value:  # a reading
        return f"{value.get('name')}: {value['verdict']}"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flat(one)}" for key, one in value.items() if one)
    return str(value)
