"""The page of claims: a block each, with what a reader came for open and how it was tested folded."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from asprinted.notebook.judged_table import as_html, counts
from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.interval import decimal_text
from asprinted.numbers.printed import BOUNDS, WORDS
from asprinted.numbers.sources import of_data
from asprinted.paper import findings
from asprinted.paper.attribution import AS_CITED
from asprinted.paper.register import Claim
from asprinted.report import about, rows
from asprinted.report.markup import code_block, esc, facts_html, folded, front_matter, judging, md, sentence_case
from asprinted.report.material import APART, Material, Record, locator, part
from asprinted.report.number_line import picture
from asprinted.verdicts.card import faithful_text, power_text
from asprinted.verdicts.record import telling
from asprinted.verdicts.vocabulary import HOW, MARKS, NOT_JUDGED, NOT_REACHED, SUPPORTING, UNJUDGED, worded
from asprinted.verdicts.words import LABELS, anchor, beside, grouped, implied, many, published, sentence, signed, span, stated

INTRODUCTION = """\
A block for each claim, in the order of the paper: what it states, what was published, the verdict, and the words of the source.
What the words mean: [methods](methods.md). <span class="online">How a verdict was reached is folded below it; to find one,
[search](search.md) or filter [the ledger](ledger.md).</span>"""


def page(material: Material) -> str:
    """Markdown of claims.md."""
    parts = [front_matter(), "# Every claim\n", worded(INTRODUCTION, *material.rests_on) + "\n"]
    told = {one["claim"]: one for one in findings.true_of(material.records, material.root)}
    section = ""
    shown: set[str] = set()
    for id, claim in material.register.claims.items():
        if claim.section != section and not (section and claim.section in APART):  # a caption lies in the section around it
            section = claim.section
            parts.append(f"## {md(part(section))}\n")
        if claim.table and claim.table[0] in shown:
            continue
        if claim.table and id in material.records:
            shown.add(claim.table[0])
            parts.append(_table(material, claim.table[0]))
            continue
        if claim.table:  # one block for all its cells
            shown.add(claim.table[0])
            whole = replace(claim, id=claim.table[0], quantity=material.register.tables[claim.table[0]].quantity)
            parts.append(_unjudged(whole, id in material.waiting))
            continue
        record = material.records.get(id)
        parts.append(_section(material, claim, record, told.get(id)) if record else _unjudged(claim, id in material.waiting))
    return "\n".join(parts)


def chip(verdict: str) -> str:
    """A verdict as HTML: mark, word, and a colour that only repeats them."""
    return f'<span class="v v-{verdict.replace(" ", "-")}">{MARKS[verdict]} {verdict}</span>'


def linked(material: Material, text: str, page: str = "claims.html") -> str:
    """A sentence of a record as HTML; the ids of claims in it become what the paper states there, and lead to them."""
    def said(id: str) -> str:
        return stated(material.records[id]) or str(material.records[id]["quantity"])

    def shown(found: re.Match[str]) -> str:
        return (f'<a href="{page}#{anchor(found[0])}" title="{esc(material.records[found[0]]["quantity"])}">'
                f"{esc(said(found[0]))}</a>")

    for id in material.claim_ids.findall(text):  # a record has both, for who reads it elsewhere
        text = text.replace(f"{said(id)} ({id})", id)
    return material.claim_ids.sub(shown, esc(signed(grouped(text))))


def _unjudged(claim: Claim, waiting: bool) -> str:
    why = (f"Nobody has judged the claim `{claim.id}` yet" if waiting else
           f"This run did not judge the claim `{claim.id}`, because a notebook did not end")
    return (f"({claim.id})=\n\n### {md(sentence_case(claim.quantity))}: {NOT_JUDGED if waiting else NOT_REACHED}\n\n"
            f"{md(sentence_case(locator(claim.where)))}. {why}; nothing is said about it here.\n")


def _section(material: Material, claim: Claim, record: Record, finding: findings.Finding | None) -> str:
    heading = f"### {md(MARKS[record['verdict']])} {md(sentence_case(claim.quantity))}: {record['verdict']}"
    return f"({claim.id})=\n\n{heading}\n\n{_block(material, claim, record, finding)}\n"


def _block(material: Material, claim: Claim, record: Record, finding: findings.Finding | None) -> str:
    """A claim as one block of HTML without an empty line."""
    sources = rows.listed(material, record["sources"])
    wanted = "; ".join(record.get("settles", record["wanted"]))
    said = f"<strong>{esc(signed(stated(record)))}</strong>" if record["stated"] else "in words, without a number"
    parts = [
        _opened(record["id"], [record]),
        f'<p class="claim-where">{esc(sentence_case(locator(claim.where)))}</p>',
        facts_html([
            (LABELS["stated"].capitalize(), said),
            *_found(record),
            (LABELS["verdict"].capitalize(), f"{chip(record['verdict'])} {_verdict(material, record, finding)}"),
            (sentence_case(LABELS["power"]), esc(_worth(record))),
            ("How sure", esc(finding["sure"].strip()) if finding else ""),
            (sentence_case(LABELS["note"]), linked(material, sentence_case(record.get("note", "")), "") if record.get("note") else ""),
            (sentence_case(LABELS["settles"]), f"{esc(sentence_case(wanted))}{_looked_for(material)}" if wanted else ""),
            *((f"Answer of {esc(one['by'])}", f"{esc(one['reply'])} ({esc(one['date'])})") for one in record.get("replies", [])),
        ], "main"),
        f'<p class="claim-part">{_sources_title(record["sources"])}</p>{sources}' if sources else "",
        folded("How this was tested", _tested(material, claim, record), "tested"),
        folded("Cite or dispute it", _onward(material, record), "onward"),
        about.machine(material, record), "</div>",
    ]
    return "".join(part for part in parts if part)


def _opened(id: str, records: list[Record]) -> str:
    """The beginning of a block; all that an accusation or an open reading rests on is printed, too."""
    full = any(one["verdict"] not in (*SUPPORTING, UNJUDGED) for one in records)
    return f'<div class="claim{" in-full" * full}" data-claim="{esc(id)}">'


def _table(material: Material, id: str) -> str:
    """A printed table as one block: its cells with their marks, a line for each, and once what all of them rest on."""
    records = [material.records[cell] for cell in material.register.tables[id].cells.values() if cell in material.records]
    first, keys = records[0], list(dict.fromkeys(key for record in records for key in record["sources"]))
    code = material.source_of(first["notebook"], first["cell"])
    how = [(HOW.get(name, name), sum(one["how"] == name for one in records)) for name in dict.fromkeys(one["how"] for one in records)]
    tested = facts_html([(sentence_case(meaning), f"{count} of {many(len(records), 'cell')}") for meaning, count in how])
    grid = as_html(records, {record["id"]: f"#{anchor(record['id'])}" for record in records}, "")
    parts = [_opened(id, records), f'<p class="claim-where">{esc(sentence_case(locator(first["where"])))}</p>',
             grid, f'<p class="claim-part">{_sources_title(keys)}</p>{rows.listed(material, keys)}' if keys else "",
             folded("How this was tested", tested + (f'<div class="online">{code_block(code)}</div>' if code else ""), "tested"),
             "</div>"]
    heading = f"### {md(sentence_case(material.register.tables[id].quantity))}, {md(counts(records))}"
    return f"({id})=\n\n{heading}\n\n{''.join(part for part in parts if part)}\n"


def _onward(material: Material, record: Record) -> str:
    """A line to cite the verdict by, and the way to dispute it."""
    return (f'<p class="cite"><span class="cite-text">{esc(about.cite(material, record))}</span></p>'
            f'<p class="dispute">{about.dispute(material, record)}</p>')


def _found(record: Record) -> list[tuple[str, str]]:
    """What stands beside the stated number: what was published, or what the paper's other numbers leave."""
    found, left = signed(published(record)), signed(implied(record))
    return [(sentence_case(beside(record)), f"<strong>{esc(found)}</strong>" if found else ""),
            ("Would have to be", f"<strong>{esc(left)}</strong>, if the statements that it is held against are right" if left else "")]


def _verdict(material: Material, record: Record, finding: findings.Finding | None) -> str:
    """The verdict in a sentence of every day, then the finding where one is on record, else the reason."""
    more = esc(finding["says"].strip()) if finding else f"{linked(material, sentence_case(record['reason']), '')}."
    if record["verdict"] == UNJUDGED and (record["faithful"] or {}).get("status") == AS_CITED:
        more += " The work that the paper cites prints the same number, but does not publish the figure."
    return f"{esc(sentence(record))} <span class=\"reason\">{more}</span>"


def _looked_for(material: Material) -> str:
    """The way to what was looked for in vain, where the audit keeps a page of it."""
    kept = (material.root / "docs" / "not-found.md").is_file()
    return ' <span class="online">(<a href="docs/not-found.html">what was looked for, and not found</a>)</span>' if kept else ""


def _worth(record: Record) -> str:
    """What it is worth that a claim agrees: how much that is wrong the same check would have accused; nothing of other claims."""
    if record["verdict"] not in SUPPORTING:
        return ""
    said = power_text(record) or "its contrary would have been accused"
    return said if telling(record) or not record["could_fail"] else f"{said}, so that it says little"


def _sources_title(sources: list[str]) -> str:
    if files := of_data(sources):
        return "The data that it was recomputed from" if len(files) == len(sources) else "The data and published figures that it rests on"
    return "The published figure that it rests on" if len(sources) == 1 else "Published figures that it rests on"


def _tested(material: Material, claim: Claim, record: Record) -> str:
    code = judging(material.source_of(record["notebook"], record["cell"]), record["id"])
    place = f"notebooks/{esc(record['notebook'])}.html#verdict-{anchor(record['id'])}"
    where = (f'<div class="online"><p><a href="{place}">Read it in its notebook</a>, '
             f"{esc(record['notebook'])}; the code that judges it:</p>")
    return facts_html(_pairs(material, claim, record)) + picture(claim, record) + (f"{where}{code_block(code)}</div>" if code else "")


def _pairs(material: Material, claim: Claim, record: Record) -> list[tuple[str, str]]:
    tested = record["verdict"] != UNJUDGED
    conclusions = material.register.conclusions
    against = "; ".join(_named(material, key) for key in record["with"])
    return [
        ("Exact verdict", f"{record['verdict']}: {linked(material, record['reason'], '')}"),
        ("How it was read", esc(_read(claim, record)) if tested else ""),
        ("Its numbers", _readings(material, {**record, "readings": record.get("parts", [])})),
        ("Readings", _readings(material, record)),
        ("How it was tested", f'<a href="methods.html#how-tested">{esc(HOW.get(record["how"], record["how"]))}</a>'),
        ("Weakest evidence that it needs", esc(rows.evidence(material, record)) if record["sources"] else ""),
        (sentence_case(LABELS["only_by"]), linked(material, "; ".join(record["only_by"]), "")),
        (sentence_case(LABELS["with"]), against),
        ("Off by", esc(_off(claim, record))),
        ("Margin", esc(_margin(record))),
        (sentence_case(LABELS["power"]), esc(power_text(record)) if tested and record["verdict"] not in SUPPORTING else ""),
        (sentence_case(LABELS["faithful"]), esc(faithful_text(record["faithful"]))),
        ("Without one of its sources", _without(material, claim.id)),
        ("Choices other than the usual", esc(_choices(material, record))),
        ("Conclusions that rest on it", "; ".join(f'<a href="conclusions.html#{esc(one)}">{esc(conclusions[one]["conclusion"])}</a>'
                                                  for one in record["turns"] if one in conclusions)),
    ]


def _named(material: Material, key: str) -> str:
    """What a claim states, or a row shows, as a link, in place of its id or key."""
    if key in material.records:
        return linked(material, key, "") if "-" in key else esc(material.records[key]["quantity"])
    row = material.rows.get(key)
    if row is None:
        return esc(key)
    return (f'<a href="data/{row["table"]}.html#{esc(key)}">{esc(rows.figure(row) or key)}</a> '
            f"({esc(row.get('publisher', ''))}, {esc(row.get('published', ''))})")


def _read(claim: Claim, record: Record) -> str:
    if claim.kind == DATE:
        return "as printed: every day of it" if claim.qualifier == "exact" else f'"{claim.qualifier}": every day on that side of it'
    if not claim.is_number:
        return f"as a claim of {claim.kind}, true or false for all values that the figures allow"
    if claim.named:
        return f"{'as a range' if claim.is_range and not record.get('parts') else 'number by number'}, rounded {record['convention']}"
    number = claim.as_printed
    if number.relation in BOUNDS:
        return "as a bound: every value on its side, and the number itself is exact"
    word = number.relation or ("about" if number.rough and claim.qualifier == "exact" else claim.qualifier)
    if word != "exact":
        return f'"{word}": {WORDS[word].why}'
    if claim.kind == "count":
        return "as a count, which is exact"
    return f"as printed: every value that prints as these digits, rounded {record['convention']}"


def _readings(material: Material, record: Record) -> str:
    """Each reading, or each number of a statement, with its own verdict, value and unit."""
    said = []
    for one in record["readings"]:
        value = f"<strong>{esc(signed(span(one['computed'])))} {esc(one.get('unit', record['unit']))}</strong>, " if one["computed"] else ""
        named = one["name"] + (f" {signed(one['stated'])}" if "stated" in one else "")
        said.append(f"<li><em>{esc(named)}</em>: {chip(one['verdict'])} {value}{linked(material, one['reason'], '')}</li>")
    return f"<ul>{''.join(said)}</ul>" if said else ""


def _off(claim: Claim, record: Record) -> str:
    """By how much the stated number differs, where it was accused and one value stands beside it."""
    computed, error = record["computed"], record["error"]
    if not error or not computed or computed["low"] != computed["high"] or "/" in str(computed["low"]):
        return ""
    number = claim.as_printed
    if claim.named or not number.digits or number.relation:
        return ""
    off = number.value - Fraction(computed["low"])
    unit = re.sub(r"^percent\b", "percentage points", record["unit"])
    return f"{grouped(decimal_text(abs(off)))} {unit}, too {'high' if off > 0 else 'low'}" if off else ""


def _margin(record: Record) -> str:
    if not record["margin"]:
        return ""
    if record["kind"] == DATE:
        return f"the verdict would change if the date were {record['margin']} days away from where it is"
    return f"the verdict would change if the figures were {record['margin']} units of the last printed digit away from where they are"


def _without(material: Material, id: str) -> str:
    found = material.dependences.get(id)
    if found is None or not found.releases:
        return ""
    if not found.without:
        return "the verdict stays, whichever of its sources is left out"
    return "; ".join(f"without {esc(rows.name(material, source))} it would be <em>{esc(verdict)}</em>"
                     for source, verdict in found.without.items())


def _choices(material: Material, record: Record) -> str:
    """The choices of this run that are not the default ones; nothing in a usual run."""
    return "; ".join(f"{one['name']}: {one['value']}" for one in material.parameters if record["how"] and one["value"] != one["default"])
