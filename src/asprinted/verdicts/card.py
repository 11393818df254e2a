"""A record of a verdict as people read it: a small card in HTML, and its twin in plain text."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from asprinted.numbers.sources import of_data
from asprinted.verdicts import words
from asprinted.verdicts.record import VERDICT_MIME
from asprinted.verdicts.vocabulary import COLOURS, MARKS, NOT_JUDGED, UNJUDGED


def lines(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and text of each line of a card, in reading order; lines with nothing to say are left out."""
    several = len(record["readings"]) > 1 or bool(record.get("parts"))
    files = of_data(record["sources"])
    found = {
        "quantity": record["quantity"], "stated": words.stated(record), words.beside(record): "" if several else words.published(record),
        "verdict": record["verdict"], "reason": record["reason"],
        **{one["name"]: _part(one) for one in record.get("parts", ())},
        **{f"read as {one['name']}": _reading(record, one) for one in record["readings"]},
        "only_by": "; ".join(record["only_by"]), "holds_under": _holds_text(record.get("holds_under")), "power": power_text(record),
        "faithful": faithful_text(record.get("faithful")), "data": ": ".join([words.data(record), ", ".join(files)]) if files else "",
        "with": _several(record["with"]),
        "settles": "; ".join(record.get("settles", record["wanted"])), "note": record["note"],
        "pages": _several([_page(one) for one in record.get("pages", ())]),
        **{f"answer of {one['by']}": f"{one['reply']} ({one['date']})" for one in record.get("replies", [])},
    }
    return [(words.LABELS.get(name, name), text) for name, text in found.items() if text]


def _part(part: Mapping[str, Any]) -> str:
    """One number of a statement, in a line.

    >>> _part({"name": "SD", "stated": "2.7", "unit": "mm", "verdict": "contradicted", "how": "recomputed", "sources": ["row"],
    ...        "computed": {"low": "2.9", "high": "2.9"}})
    'stated 2.7 mm, recomputed 2.9 mm: contradicted'
    """
    found, left = words.value(part), words.implied(part)
    beside = f", {words.beside(part)} {found}" if found else f", would have to be {left}" if left else ""
    return f"stated {words.measured(part['stated'], part['unit'])}{beside}: {part['verdict']}"


def _reading(record: Mapping[str, Any], reading: Mapping[str, Any]) -> str:
    value = words.value({"stated": record["stated"], "unit": record["unit"], **reading})
    return reading["verdict"] + (f", {value}" if value else "")


def _page(page: Mapping[str, str]) -> str:
    return ", ".join(part for part in (page["publisher"], page["published"]) if part)


def power_text(record: Mapping[str, Any]) -> str:
    """What the check is worth, in words.

    >>> power_text({"power": {"noticed": 26, "tried": 27}, "could_fail": True, "verdict": "reproduced"})
    'a wrong digit would have been noticed 26 times of 27'
    >>> power_text({"power": None, "could_fail": False, "verdict": "reproduced"})
    'none: had it been wrong, this check could not have said so'
    >>> power_text({"power": {"noticed": 9, "tried": 18}, "could_fail": False, "verdict": "reproduced",
    ...             "parts": [{"name": "mean", "could_fail": True}, {"name": "SD", "could_fail": False}]})
    'a wrong digit would have been noticed 9 times of 18, but none of SD'
    """
    power = record.get("power")
    missed = [one["name"] for one in record.get("parts", ()) if not one["could_fail"]]
    if power and power["noticed"] and missed:
        return f"a wrong digit would have been noticed {power['noticed']} times of {power['tried']}, but none of {' or '.join(missed)}"
    if not record.get("could_fail"):
        return "" if record["verdict"] in (UNJUDGED, NOT_JUDGED) else "none: had it been wrong, this check could not have said so"
    return f"a wrong digit would have been noticed {power['noticed']} times of {power['tried']}" if power else ""


def faithful_text(found: Mapping[str, Any] | None) -> str:
    """Whether the work that the paper cites prints the same.

    >>> faithful_text({"status": "differs from the cited work", "reference": 1, "prints": "0.2"})
    'differs from the cited work [1], which prints 0.2'
    """
    if not found:
        return ""
    said = found["status"] + (f" [{found['reference']}]" if found["reference"] else "")
    return said + (f", which prints {found['prints']}" if found["prints"] and found["status"] != "as cited" else "")


def _holds_text(found: Mapping[str, list[str]] | None) -> str:
    """Under what the verdict holds, where it does not hold under every listed choice.

    >>> _holds_text({"rounding": ["half up"], "vintage": ["first"], "not": ["rounding: truncate, reproduced"]})
    'rounding: half up; vintage: first (rounding: truncate, reproduced)'
    """
    if not found or not found["not"]:
        return ""
    return "; ".join(f"{kind}: {', '.join(found[kind])}" for kind in ("rounding", "vintage")) + f" ({'; '.join(found['not'])})"


def _several(keys: list[str], shown: int = 3) -> str:
    """The first keys and how many more there are; the record itself holds them all."""
    more = len(keys) - shown
    return ", ".join(keys[:shown]) + (f" and {more} more" if more > 0 else "")


def as_text(record: Mapping[str, Any]) -> str:
    """The card as plain text."""
    head = f"{MARKS[record['verdict']]} {record['id']}  [{record['where']}]"
    return "\n".join([head, *(f"  {label + ':':<15} {text}" for label, text in lines(record))])


def as_html(record: Mapping[str, Any], link: str = "") -> str:
    """The card as HTML that needs no style sheet or script of a page around it; its id leads to ``link``.

    Colours are written out, and only in ways that JupyterLab leaves in a notebook that it does not trust yet.
    """
    verdict = record["verdict"]
    name = f"<code>{html.escape(record['id'])}</code>"
    if link:
        name = f'<a href="{html.escape(link, quote=True)}">{name}</a>'
    chip = (f'<span style="background-color:{COLOURS[verdict]};color:#111111;border:1px solid #444444;padding:0px 6px">'
            f"<strong>{MARKS[verdict]} {verdict}</strong></span>")
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left;vertical-align:top;padding:0 1em 0 0;font-weight:normal;'
        f'opacity:.75;width:11em">{html.escape(label)}</th><td style="text-align:left;padding:0">{text}</td></tr>'
        for label, text in ((label, _linked(record, label) or html.escape(text)) for label, text in lines(record))
        if label != words.LABELS["verdict"]
    )
    return (
        f'<div class="verdict" data-verdict="{verdict}" style="border-left:4px solid {COLOURS[verdict]};'
        f'padding:.3em .8em;margin:.3em 0">{chip} {name} <span style="opacity:.75">{html.escape(record["where"])}</span>'
        f'<table style="border:0;margin:.2em 0 0">{rows}</table></div>'
    )


def _linked(record: Mapping[str, Any], label: str) -> str:
    """The pages as links, where this is their line."""
    if label != words.LABELS["pages"]:
        return ""
    return _several([f'<a href="{html.escape(one["address"], quote=True)}" rel="noreferrer">{html.escape(_page(one))}</a>'
                     if one["address"] else html.escape(_page(one)) for one in record["pages"]])


class Verdict:
    """One judged claim: a card in HTML, its twin in plain text, and the whole record as JSON."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.record = record

    def __repr__(self) -> str:
        return as_text(self.record)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/plain": as_text(self.record), "text/html": as_html(self.record), VERDICT_MIME: self.record}
