"""One claim with all it rests on, for the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.audit.collect import records
from asprinted.verdicts import card
from asprinted.verdicts.record import Record
from asprinted.verdicts.vocabulary import MARKS
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks import parameter_values, rules
from forkmill.project import MARK
from forkmill.schema import near


def current(root: Path) -> tuple[str, dict[str, Record]]:
    """Which verdicts there are, in words, and the records by claim: a complete build, else the committed notebooks."""
    build = paths.build(root)
    try:
        content = json.loads((build / "verdicts.json").read_text(encoding="utf-8"))
        if (build / MARK).is_file() and content["complete"]:
            given = parameter_values.as_text(content["parameters"])
            return f"from build/, a complete run ({given})", {record["id"]: record for record in content["claims"]}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    committed = records(rules.load(paths.notebooks(root)))
    return "from the committed notebooks; build/ holds no complete run", {record["id"]: record for record in committed}


def rows(root: Path, keys: list[str]) -> dict[str, dict[str, Any]]:
    """Official rows by key, with their source fields."""
    from asprinted.official import tables

    found: dict[str, dict[str, Any]] = {}
    for name in tables.names(root) if keys else []:
        table = tables.load(name, root)
        found |= {str(key): table.loc[key].to_dict() for key in keys if key in table.index}
    return found


def show(root: Path, claim: str) -> str:
    """The text that ``show ID`` prints: the card of the claim, then what no card has room for.

    Raises:
        InputErrors: no such claim.
    """
    source, found = current(root)
    if claim not in found:
        raise InputErrors([InputError("no verdict on such a claim", source, "the id of a claim", claim,
                                      near(claim, found) or "see the claims in data/paper")])
    record = found[claim]
    lines = [f"{claim} ({source})", card.as_text({"note": "", **record})]
    more = {
        "how": record["how"], "margin": record["margin"], "error": _error(record), "with": "; ".join(record["with"]),
        "convention": record["convention"], "vintage": record["vintage"], "turns": "; ".join(record["turns"]),
        **{f"  {one['name']}": one["reason"] for one in record["readings"]},
        "judged in": f"{record.get('notebook', '')}, cell {record.get('cell', '')}",
    }  # fmt: skip
    for label, text in more.items():
        lines += [f"  {label + ':':<15} {text}"] if text else []
    known = rows(root, record["sources"])
    for key in record["sources"]:
        lines += [f"  {'source:':<15} {key}", *(f"{'':<18}{text}" for text in _row(known.get(key)))]
    return "\n".join(lines)


def _error(record: Record) -> str:
    found = record["error"]
    return f"{found['relative']} of the value, {found['units']} units of the last printed place" if found else ""


def listing(root: Path) -> str:
    """A line a claim: id, verdict, place in the paper; the first line says which verdicts these are."""
    source, found = current(root)
    width = max(map(len, found), default=0)
    lines = [f"  {MARKS[one['verdict']]} {id:<{width}}  {one['verdict']:<13}  {one['where']}" for id, one in found.items()]
    return "\n".join([source, *lines])


def _row(row: dict[str, Any] | None) -> list[str]:
    if row is None:
        return ["(no such row in data/official now)"]
    figure = " ".join(str(row.get(key, "")) for key in ("bound", "digits", "scale", "unit")).replace(" one ", " ").strip()
    about = ", ".join(str(row[key]) for key in ("indicator", "geography", "period", "basis", "vintage", "status") if row.get(key))
    cited = ", ".join(str(row[key]) for key in ("publisher", "title", "published") if row.get(key))
    return [text for text in (f"{figure} ({about})", cited, str(row.get("address", ""))) if text]
