"""One claim with all it rests on, for the terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.audit import verdict_table
from asprinted.audit.collect import records
from asprinted.notebook import judged_table
from asprinted.numbers.sources import DATA, of_data
from asprinted.verdicts import card, words
from asprinted.verdicts.record import Record
from asprinted.verdicts.vocabulary import MARKS, VERDICTS
from asprinted.verdicts.words import many
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks import parameter_values, rules
from forkmill.project import MARK
from forkmill.schema import near

SHOWN = 40  # rows of a claim


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
    """Official rows and data files by key, with their source fields."""
    from asprinted.data_files import provenance
    from asprinted.official import tables

    found: dict[str, dict[str, Any]] = {**provenance.rows(root)}
    for name in tables.names(root) if keys else []:
        table = tables.load(name, root)
        found |= {str(key): table.loc[key].to_dict() for key in keys if key in table.index}
    return found


def show(root: Path, asked: str) -> str:
    """The text that ``show ID`` prints: the card of the claim, then what no card has room for.

    ``asked`` may be a number or words of a claim as well: where several fit, they are listed.

    Raises:
        InputErrors: no claim fits.
    """
    source, found = current(root)
    if cells := [record for record in found.values() if record.get("table") and record["table"]["id"] == asked]:
        keys = list(dict.fromkeys(key for record in cells for key in record["sources"]))
        judged = f"{cells[0].get('notebook', '')}, cell {cells[0].get('cell', '')}"
        return "\n".join([f"{asked} ({source})", judged_table.as_text(cells), f"  {'judged in:':<15} {judged}", *_sources(root, keys)])
    fitting = [asked] if asked in found else [id for id, record in found.items() if _fits(record, asked)]
    if not fitting:
        raise InputErrors([InputError("no claim has this id, this number or these words", "ID",
                                      "the id of a claim, or what its sentence says", asked,
                                      near(asked, found) or "make list names them all")])
    if len(fitting) > 1:
        return "\n".join([f"{many(len(fitting), 'claim')} fit {asked!r} ({source}):", *_lines({id: found[id] for id in fitting})])
    record = found[fitting[0]]
    lines = [f"{record['id']} ({source})", card.as_text({"note": "", **record})]
    more = {
        "how": record["how"], "margin": record["margin"], "error": _error(record), "convention": record["convention"],
        "vintage": record["vintage"], "turns": "; ".join(record["turns"]),
        **{f"  {one['name']}": one["reason"] for one in (*record.get("parts", ()), *record["readings"])},
        "judged in": f"{record.get('notebook', '')}, cell {record.get('cell', '')}",
    }
    for label, text in more.items():
        lines += [f"  {label + ':':<15} {text}"] if text else []
    return "\n".join([*lines, *_sources(root, record["sources"])])


def _sources(root: Path, keys: list[str]) -> list[str]:
    """What a claim rests on, a few lines each; of many the first ones."""
    known, lines, more = rows(root, keys), list[str](), len(keys) - SHOWN
    for key in keys[:SHOWN]:
        lines += [f"  {'data file:' if of_data([key]) else 'row:':<15} {key}", *(f"{'':<18}{text}" for text in _row(known.get(key)))]
    return [*lines, *([f"  {'and more:':<15} {more} others, all in verdicts.json"] if more > 0 else [])]


def _fits(record: Record, asked: str) -> bool:
    """Whether the claim has all the words, in whatever order; a number may have commas or none.

    >>> record = {"id": "spending", "where": "1.2/1/3", "quantity": "increase of spending", "stated": "240,000",
    ...           "unit": "yuan", "qualifier": "exact", "readings": [], "computed": None, "sources": [], "verdict": "not checkable"}
    >>> _fits(record, "240000"), _fits(record, "40"), _fits(record, "Spending increase"), _fits(record, "1.2/1/3")
    (True, False, True, True)
    """
    shown = " ".join([record["id"], record["where"], record["quantity"], words.stated(record), words.published(record)]).lower()
    plain = f" {shown} {shown.replace(',', '')} "
    return all(re.search(rf"(?<![\w.,]){re.escape(word)}(?![\d])" if word[:1].isdigit() else re.escape(word), plain)
               for word in asked.lower().split())


def _error(record: Record) -> str:
    found = record["error"]
    return f"{found['relative']} of the value, {found['units']} units of the last printed place" if found else ""


def listing(root: Path) -> str:
    """A line a claim: place in the paper, id, verdict, what is stated and what was published; the first says which verdicts these are."""
    source, found = current(root)
    return "\n".join([source, *_lines(found)])


def _lines(found: dict[str, Record]) -> list[str]:
    listed = judged_table.gathered(found.values())
    width = max((len(judged_table.judged_by(one)) for one, *_ in listed), default=0)
    verdict = max(map(len, {*VERDICTS, *(one["verdict"] for one in found.values())}))
    place = max((len(one["where"]) for one, *_ in listed), default=0)
    return [f"  {MARKS[judged_table.gravest(cells)]} {one['where']:<{place}}  {judged_table.judged_by(one):<{width}}  "
            + (judged_table.counts(cells) if one.get("table") else f"{one['verdict']:<{verdict}}  {verdict_table.beside(one)}")
            for cells in listed for one in cells[:1]]


def _row(row: dict[str, Any] | None) -> list[str]:
    if row is None:
        return ["(no such row or file in data now)"]
    if row.get("host") in DATA:
        return [row["title"], f"{row['publisher']}, {row['published']} ({row['host']}, {row['rights']})", row["address"]]
    figure = " ".join(str(row.get(key, "")) for key in ("bound", "digits", "scale", "unit")).replace(" one ", " ").strip()
    about = ", ".join(str(row[key]) for key in ("indicator", "geography", "period", "basis", "vintage", "status") if row.get(key))
    cited = ", ".join(str(row[key]) for key in ("publisher", "title", "published") if row.get(key))
    return [text for text in (f"{figure} ({about})", cited, str(row.get("address", ""))) if text]
