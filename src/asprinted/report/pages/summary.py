"""A summary of two pages to print or to send: the class of the paper and its reason, what to correct, for what nothing was found."""

from __future__ import annotations

from asprinted.paper import findings as recorded
from asprinted.report import about
from asprinted.report.markup import esc, front_matter, md, sentence_case
from asprinted.report.material import Material, Record, locator, part
from asprinted.report.pages import counts
from asprinted.report.pages.claims import linked
from asprinted.report.pages.front import ranked
from asprinted.report.rows import best
from asprinted.verdicts.vocabulary import ACCUSING, INCONSISTENT, UNJUDGED, UNSEEN, worded
from asprinted.verdicts.words import agreeing, anchor, as_read, beside, enumerated, implied, many, number, published, signed, stated


def page(material: Material) -> str:
    """Markdown of summary.md."""
    name, reason = counts.classification(material)
    stamp = about.stamp(material)
    said = [counts.worth(material), counts.official_only(material)]
    return "\n\n".join(text for text in [
        front_matter(html_theme__sidebar_secondary__remove="true"),
        "# Summary in two pages",
        f'<p class="small">{esc(material.site["title"])}{"; " + esc(stamp) if stamp else ""}</p>',
        material.site["introduction"].strip(),
        f'<p class="answer">{esc(name)}.</p>',
        f"{md(reason)}\n\n{md(' '.join(text for text in said if text))}",
        f'<p class="small">{esc(counts.CLASSES)}</p>',
        f"## What should be corrected\n\n{corrections(material)}",
        f"## For what {worded(UNSEEN, *material.rests_on)}, and why\n\n{unseen(material)}",
    ] if text) + "\n"


def corrections(material: Material) -> str:
    """A list to the authors, polite and exact: what is wrong, and what a sentence leaves open."""
    told = {id: one for one in recorded.true_of(material.records, material.root) for id in recorded.spoken_of(one)}
    listed = ranked(material)
    if not listed:
        return "Nothing.\n"
    wrong = [_correction(material, one, told.get(one["id"])) for one in listed if one["verdict"] in ACCUSING]
    unclear = [_clearer(material, one, told.get(one["id"])) for one in listed if one["verdict"] not in ACCUSING]
    parts = []
    if wrong:
        parts.append("To the authors, with thanks for numbers that can be checked. Please correct:\n\n"
                     f'<ol class="corrections">{"".join(wrong)}</ol>')
    if unclear:
        parts.append(f"And please say which is meant, where a sentence is right in one reading and not in another:\n\n"
                     f"<ol>{''.join(unclear)}</ol>")
    return "\n\n".join(parts)


def _place(record: Record) -> str:
    return f'<a href="claims.html#{anchor(record["id"])}">{esc(sentence_case(locator(record["where"])))}</a>'


def _correction(material: Material, record: Record, finding: recorded.Finding | None) -> str:
    """One correction: what to read in its place, or which statements exclude one another; why, and on which page it can be seen."""
    found, left = signed(published(record)), signed(implied(record))
    source = best(material, record["sources"])
    more = (f" {esc(finding['says'].strip())}" if finding else "") + (f" Source: {source}." if source else "")
    what = f"{_place(record)}: " + ("" if finding else f"{esc(record['quantity'])}. ")
    if left:
        others = [id for id in record["with"] if id in material.records]
        against = enumerated([linked(material, id) for id in others]) if others else "what else the paper states"
        right = "" if finding else f" Beside {against} this would have to be <strong>{esc(left)}</strong>."
        return (f"<li>{what}<strong>{esc(stated(record))}</strong> and {against} cannot both be right; please correct one of them."
                f"{right}{more}</li>")
    place = f"; {beside(record)}: <strong>{esc(found)}</strong>" if found else f". {linked(material, sentence_case(record['reason']))}"
    return f"<li>{what}Stated: <strong>{esc(stated(record) or 'as worded')}</strong>{place}.{more}</li>"


def _clearer(material: Material, record: Record, finding: recorded.Finding | None) -> str:
    """One sentence that bears two readings, with what each comes to."""
    said = stated(record)
    readings = ", ".join(f"{_as_read(material, one)} if read as <em>{esc(one['name'])}</em>" for one in record["readings"])
    more = f" {esc(finding['says'].strip())}" if finding and finding["claim"] == record["id"] else ""
    return f"<li>{_place(record)}: {esc(record['quantity'])}{f', <strong>{esc(said)}</strong>' if said else ''}: {readings}.{more}</li>"


def _as_read(material: Material, reading: Record) -> str:
    """What became of one reading; of two statements that exclude each other both are named, as either may be the wrong one."""
    others = [linked(material, id) for id in reading["with"] if id in material.records and stated(material.records[id])]
    if reading["verdict"] != INCONSISTENT or not others:
        return as_read(reading["verdict"])
    return f"excluded by {enumerated(others)} (either may be wrong)"


def unseen(material: Material) -> str:
    """What could not be checked, by reason, a line a section: numbers where there are some, else how many statements."""
    open_ = [one for one in material.records.values() if one["verdict"] == UNJUDGED and one["kind"] != "identity"]
    if not open_:
        return "For every claim that is judged something was found that could decide it.\n"
    reasons: dict[str, dict[str, list[Record]]] = {}
    for record in open_:
        reasons.setdefault(record["reason"], {}).setdefault(record["section"], []).append(record)
    lines = []
    for reason, sections in sorted(reasons.items(), key=lambda one: -sum(map(len, one[1].values()))):
        total = sum(map(len, sections.values()))
        head = f"<strong>{esc(sentence_case(reason))}</strong> ({many(total, 'claim')})"
        if any(one["stated"] for found in sections.values() for one in found):
            parts = "".join(f"<li>{esc(part(section))}: {_several(found)}</li>" for section, found in sections.items())
            lines.append(f"<p>{head}</p><ul>{parts}</ul>")
        else:
            places = enumerated([f"{number(len(found))} in {esc(part(section).replace('Section', 'section'))}"
                                      for section, found in sections.items()])
            lines.append(f"<p>{head}: statements in words, {places}.</p>")
    noted = " ".join(one["says"].strip() for one in recorded.true_of(material.records, material.root) if one["verdict"] == UNJUDGED)
    return "".join(lines) + f"\n\n{md(noted)} What would settle each stands in its block on [the page of claims](claims.md)."


def _several(found: list[Record]) -> str:
    numbers = [f'<a href="claims.html#{anchor(one["id"])}">{esc(stated(one))}</a>' for one in found if one["stated"]]
    others = len(found) - len(numbers)
    words = [f"{number(others)} {agreeing(others, 'statement', 'statements')} in words"] if others else []
    return ", ".join(numbers + words)
