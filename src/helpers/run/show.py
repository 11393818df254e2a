"""One claim with all it rests on, for the terminal."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.errors import InputError, InputErrors
from helpers.run import parameters, shape
from helpers.run.collect import Record, records
from helpers.run.unchanged import MARK

LINES = (
    "where",
    "quantity",
    "stated",
    "qualifier",
    "verdict",
    "reason",
    "how",
    "computed",
    "corrected",
    "margin",
    "only_by",
    "holds_under",
    "readings",
    "with",
    "wanted",
    "convention",
    "vintage",
    "evidence",
    "error",
    "note",
    "turns",
    "could_fail",
    "faithful",
    "notebook",
    "cell",
)


def current(root: Path) -> tuple[str, dict[str, Record]]:
    """Which verdicts there are, in words, and the records by claim: a complete build, else the committed notebooks."""
    build = paths.build(root)
    try:
        content = json.loads((build / "verdicts.json").read_text(encoding="utf-8"))
        if (build / MARK).is_file() and content["complete"]:
            given = parameters.as_text(content["parameters"])
            return f"from build/, a complete run ({given})", {record["id"]: record for record in content["claims"]}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    committed = records(shape.load(paths.notebooks(root)))
    return "from the committed notebooks; build/ holds no complete run", {record["id"]: record for record in committed}


def rows(root: Path, keys: list[str]) -> dict[str, dict[str, Any]]:
    """Official rows by key, with their source fields."""
    from helpers import tables

    found: dict[str, dict[str, Any]] = {}
    for name in tables.names(root) if keys else []:
        table = tables.load(name, root)
        found |= {str(key): table.loc[key].to_dict() for key in keys if key in table.index}
    return found


def show(root: Path, claim: str) -> str:
    """The text that ``python -m helpers show ID`` prints.

    Raises:
        InputErrors: no such claim.
    """
    source, found = current(root)
    if claim not in found:
        near = difflib.get_close_matches(claim, found, 3)
        raise InputErrors(
            [
                InputError(
                    "no verdict on such a claim",
                    source,
                    "the id of a claim",
                    claim,
                    "did you mean " + " or ".join(near) + "?" if near else "see the claims in data/paper",
                )
            ]
        )
    record = found[claim]
    lines = [f"{claim} ({source})"]
    for name in LINES:
        text = _text(name, record)
        if text:
            lines.append(f"  {name.replace('_', ' '):<11} {text}")
    known = rows(root, record["sources"])
    for key in record["sources"]:
        lines.append(f"  source      {key}")
        lines += [f"              {text}" for text in _row(known.get(key))]
    return "\n".join(lines)


def listing(root: Path) -> str:
    """A line a claim: id, verdict, place in the paper; the first line says which verdicts these are."""
    source, found = current(root)
    width = max(map(len, found), default=0)
    return "\n".join([source, *(f"  {id:<{width}}  {one['verdict']:<13}  {one['where']}" for id, one in found.items())])


def _text(name: str, record: Record) -> str:
    value = record.get(name)
    if value in (None, "", []):
        return ""
    if name == "stated":
        return f"{value} {record['unit']}"
    if name == "computed":
        low, high = value["low"], value["high"]
        if low is None or high is None:
            return f"more than {low}" if high is None else f"less than {high}"
        return low if low == high else f"from {low} to {high}"
    if name == "could_fail":
        return "yes" if value else "no: had the number been wrong, the same check could not have said so"
    if name == "faithful":
        return "; ".join(f"{key}: {one}" for key, one in value.items() if one)
    if name == "holds_under":
        return "; ".join(f"{kind}: {', '.join(names)}" for kind, names in value.items() if names)
    if name == "error":
        return f"{value['relative']} of the value, {value['units']} units of the last printed place"
    if name == "readings":
        return "\n              ".join(f"{one['name']}: {one['verdict']} ({one['reason']})" for one in value)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _row(row: dict[str, Any] | None) -> list[str]:
    if row is None:
        return ["(no such row in data/official now)"]
    figure = (
        " ".join(str(row.get(key, "")) for key in ("bound", "digits", "scale", "unit")).replace(" one ", " ").strip()
    )
    about = ", ".join(
        str(row[key]) for key in ("indicator", "geography", "period", "basis", "vintage", "status") if row.get(key)
    )
    cited = ", ".join(str(row[key]) for key in ("publisher", "title", "published") if row.get(key))
    return [text for text in (f"{figure} ({about})", cited, str(row.get("address", ""))) if text]
