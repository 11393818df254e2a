"""The page of claims: one section each, with all that its verdict rests on."""

from __future__ import annotations

from asprinted.numbers.printed import WORDS
from asprinted.official.tables import REPRINT
from asprinted.paper.register import Claim
from asprinted.report.markup import esc, facts, fenced, front_matter, grouped, md
from asprinted.report.material import Material, Record, locator, stated
from asprinted.report.pages import rows as sources
from asprinted.report.pages.number_line import picture
from asprinted.verdicts.card import faithful_text, power_text
from asprinted.verdicts.vocabulary import HOW, MARKS

DISPUTE = "docs/how-to/dispute-a-verdict.md"


def page(material: Material) -> str:
    """Markdown of claims.md."""
    parts = [front_matter(), "# Every claim\n\n",
             "One section a claim, in the order of the paper. The address of a section ends in the claim's id, so it can be "
             "cited: `claims.html#` and the id. The same claims as a table to filter and sort: [the ledger](ledger.md). "
             "What the words mean: [methods](methods.md).\n"]
    section = ""
    for id, claim in material.register.claims.items():
        if claim.section != section:
            section = claim.section
            parts.append(f"## Section {md(section)}\n" if section != "fig" else "## Figures\n")
        record = material.records.get(id)
        parts.append(_section(material, claim, record) if record else _unjudged(claim))
    return "\n".join(parts)


def chip(verdict: str) -> str:
    """A verdict as HTML: mark, word, and a colour that only repeats them."""
    return f'<span class="v v-{verdict.replace(" ", "-")}">{MARKS[verdict]} {verdict}</span>'


def _unjudged(claim: Claim) -> str:
    return (f"({claim.id})=\n\n### {md(claim.id)}: not judged\n\n**{md(claim.quantity)}** ({md(locator(claim.where))}). This run did "
            "not judge the claim, because a notebook did not end; nothing is said about it here.\n")


def _section(material: Material, claim: Claim, record: Record) -> str:
    code = material.source_of(record["notebook"], record["cell"])
    parts = [
        f"({claim.id})=",
        f"### {md(MARKS[record['verdict']])} {md(claim.id)}: {record['verdict']}",
        f"**{md(_capital(claim.quantity))}.**",
        f"{chip(record['verdict'])} {md(grouped(_capital(record['reason'])))}.",
        picture(claim, record),
        facts(_pairs(material, claim, record)),
        sources.listed(material, record["sources"], record["id"]),
        _details("The cell that computes it", f"{_cell(record)}\n\n{fenced(code)}") if code else "",
        _dispute(material, claim),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _dispute(material: Material, claim: Claim) -> str:
    if (material.root / DISPUTE).is_file():
        return f"Not convinced? [How to dispute this verdict]({DISPUTE}): name `{claim.id}` and one of the three things listed there."
    return (f"Not convinced? Name `{claim.id}` and what is wrong: the reading of the sentence, the figure it is held against, or the "
            "calculation. What is answered stands above, among the replies.")  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")


def _pairs(material: Material, claim: Claim, record: Record) -> list[tuple[str, str]]:
    error = record["error"]
    return [
        ("Stated", f"{md(stated(record))}; {md(locator(claim.where))} ({md(claim.where)})"),
        ("How it was read", md(_read(claim, record))),
        ("Readings", _readings(record)),
        ("Published", f"**{md(grouped(record['corrected']))}** {md(record['unit'])}" if record["corrected"] else ""),
        ("How it was tested", f"[{md(HOW.get(record['how'], record['how']))}](methods.md#how-tested)"),
        ("Evidence", md(_evidence(record, material))),
        ("Holds only by", md("; ".join(record["only_by"]))),
        ("Cannot be true together with", "; ".join(sources.key(material, key) for key in record["with"])
         if record["verdict"] == "inconsistent" else ""),
        ("Rests on", "; ".join(sources.key(material, key) for key in record["with"])
         if record["verdict"] != "inconsistent" else ""),
        ("Size of the error", md(f"{error['relative']} times the right value; {error['units']} units of the last printed place")
         if error else ""),
        ("Margin", md(f"{record['margin']} units of the last printed place to the nearest change of verdict")
         if record["margin"] else ""),
        ("Power", md(power_text(record))),
        ("The cited work", md(faithful_text(record["faithful"]))),
        ("Without one of its sources", md(_without(material, claim.id))),
        ("Choices", md(f"vintage: {record['vintage']}; rounding: {record['convention']}") if record["how"] else ""),
        ("What would settle it", md("; ".join(record["wanted"]))),
        ("Conclusions that rest on it", "; ".join(f"[{md(material.register.conclusions[one]['conclusion'])}](conclusions.md#{one})"
                                                  for one in record["turns"] if one in material.register.conclusions)),
        ("Note", md(record.get("note", ""))),
        ("Replies", " ".join(f"{md(one['by'])}, {md(one['date'])}: {md(one['reply'])}" for one in record.get("replies", []))
         or "none recorded"),
    ]  # fmt: skip


def _read(claim: Claim, record: Record) -> str:
    if not claim.is_number:
        return f"as a claim of {claim.kind}, true or false for all values that the figures allow"
    if claim.kind == "count" and claim.qualifier == "exact":
        return "as a count, which is exact"
    if claim.qualifier == "exact":
        return f"as printed: every value that prints as these digits, {record['convention']}"
    return f'"{claim.qualifier}": {WORDS[claim.qualifier].why}'


def _readings(record: Record) -> str:
    from asprinted.verdicts.words import span

    said = []
    for one in record["readings"]:
        value = f", {md(grouped(span(one['computed'])))} {md(record['unit'])}" if one["computed"] else ""
        said.append(f"*{md(one['name'])}*: {chip(one['verdict'])}{value} ({md(grouped(one['reason']))})")
    return "<br>".join(said)


def _evidence(record: Record, material: Material) -> str:
    rows = [material.rows.get(key, {}) for key in record["sources"]]
    reprinted = any(row.get("status") == "VERIFIED" and row.get("address") != REPRINT for row in rows)
    best = {"official": "at least one row stands on a page of an official host", "press": "seen in a known newspaper or agency",
            "mirror": "seen on mirrors alone, at least one row in a verbatim reprint that names the release and can be opened" if reprinted
            else "seen on mirrors alone that relay it, which can support a number and never contradict one",
            "none": "no official figure"}  # fmt: skip
    return best.get(record["evidence"], record["evidence"])


def _without(material: Material, id: str) -> str:
    found = material.dependences.get(id)
    if found is None or not found.releases:
        return ""
    if not found.without:
        return "the verdict stays, whichever of its sources is left out"
    return f"{found.mark}: " + "; ".join(f"without {source} it would be {verdict}" for source, verdict in found.without.items())


def _cell(record: Record) -> str:
    return (f'<a href="notebooks/{esc(record["notebook"])}.html#verdict-{esc(record["id"])}">Open it in the notebook</a>: '
            f"{md(record['notebook'])}, cell {md(record['cell'])}.")


def _details(summary: str, content: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{content}\n\n</details>"
