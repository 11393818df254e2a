"""The paper's conclusions and what each rests on; errors that may change one told apart from those that do not."""

from __future__ import annotations

from typing import Any

from asprinted.report.markup import esc, front_matter, md, sentence_case
from asprinted.report.material import Material, Record, locator
from asprinted.report.pages import counts
from asprinted.report.pages.claims import chip
from asprinted.verdicts.vocabulary import NOT_REACHED, UNJUDGED, UNSEEN, worded
from asprinted.verdicts.words import agreeing, anchor, beside, enumerated, implied, many, number, published, signed, stated


def page(material: Material) -> str:
    """Markdown of conclusions.md."""
    may = [record for record in material.failing if counts.threatened(material, record)]
    not_ = [record for record in material.failing if not counts.threatened(material, record)]
    errors = []
    if may:
        errors += ["## Errors that may change a conclusion\n", _errors(material, may)]
    if not_:
        errors += ["## Errors that change no conclusion\n", _errors(material, not_)]
    parts = [front_matter(), "# Conclusions, and the errors under them\n", f"**{answer(material)}**\n",
             "Which claims a conclusion rests on is recorded in `data/paper/conclusions.yaml`; what became of the claims is computed. "
             "Whether a conclusion withstands an error is an argument, so it is recorded there with its reason, open to dispute. An "
             "error without such a reason counts as one that may change the conclusion.\n",
             *errors, "## Conclusion by conclusion\n"]
    parts += [_conclusion(material, one) for one in material.register.conclusions.values()]
    return "\n".join(parts)


def answer(material: Material) -> str:
    """What a reader came for: whether the errors overturn a conclusion, and what the conclusions rest on at all."""
    listed = [list(one["rests_on"]) for one in material.register.conclusions.values()]
    bare = sum(not ids for ids in listed)
    unseen = sum(bool(ids) and 2 * sum(_verdict(material, id) == UNJUDGED for id in ids) > len(ids) for ids in listed)
    more = []
    if unseen:
        more.append(f"{number(unseen)} {agreeing(unseen, 'rests', 'rest')} mostly on claims for which {worded(UNSEEN, *material.rests_on)}")
    if bare:
        more.append(f"{number(bare)} {agreeing(bare, 'rests', 'rest')} on no number at all")
    rest = f" Of {many(len(listed), 'conclusion')}, {enumerated(more)}." if more else ""
    return counts.turning(material) + rest


def _verdict(material: Material, id: str) -> str:
    return material.records[id]["verdict"] if id in material.records else NOT_REACHED


def _errors(material: Material, records: list[Record]) -> str:
    lines = []
    for record in records:
        value, left = signed(published(record)), signed(implied(record))
        found = f", {beside(record)} {value}" if value else f", would have to be {left}" if left else ""
        lines.append(f"- {chip(record['verdict'])} {_link(record['quantity'], record['id'])}: "
                     f"stated {md(stated(record) or 'in words')}{md(found)}.")
        for one in record["turns"]:
            entry = material.register.conclusions.get(one, {})
            reason = entry.get("withstands", {}).get(record["id"], "no reason is recorded why it withstands the error")
            lines.append(f"  - [{md(sentence_case(entry.get('conclusion', one)))}](#{one}): {md(reason)}.")
        if not record["turns"]:
            lines.append("  - No conclusion rests on it.")
    return "\n".join(lines) + "\n"


def _conclusion(material: Material, entry: dict[str, Any]) -> str:
    ids = list(entry["rests_on"])
    counted: dict[str, list[str]] = {}
    for id in ids:
        counted.setdefault(_verdict(material, id), []).append(_words(material, id))
    head = f"({entry['id']})=\n\n### {md(sentence_case(entry['conclusion']))}\n\n{md(sentence_case(locator(entry['where'])))}."
    if not ids:
        return head + " It rests on no number of the paper, so nothing here can test it. That does not speak against it.\n"
    lines = [f"- {chip(verdict) if verdict != NOT_REACHED else verdict} {len(found)}\n" + "\n".join(f"  - {one}" for one in found)
             for verdict, found in counted.items()]
    return f"{head} It rests on {many(len(ids), 'claim')}.\n\n" + "\n".join(lines) + "\n"


def _words(material: Material, id: str) -> str:
    """A claim by its words and number, as a link."""
    claim = material.register.claims[id]
    said = stated(material.records[id]) if id in material.records else ""
    return _link(claim.quantity, id) + (f": {md(said)}" if said else "")


def _link(quantity: str, id: str) -> str:
    """The way to a claim; to a cell of a printed table, whose id is none of Markdown's, in HTML."""
    if anchor(id) == id:
        return f"[{md(sentence_case(quantity))}](claims.md#{id})"
    return f'<a href="claims.html#{anchor(id)}">{esc(sentence_case(quantity))}</a>'
