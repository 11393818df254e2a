"""The front page: the verdict on the paper in a paragraph, the counts as a picture, the findings that matter most."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from helpers import claims
from helpers.marks import MARKS
from helpers.readme import WORDS
from helpers.report.claim_page import chip
from helpers.report.markup import esc, front_matter, grouped, md
from helpers.report.material import FAILING, Material, Record, locator, stated

FINDINGS = 10
ORDER = {verdict: rank for rank, verdict in enumerate((*FAILING, "ambiguous", "consistent", "not checkable", "reproduced"))}


def page(material: Material) -> str:
    """Markdown of index.md, with the contents of the whole site at its end."""
    site = material.site
    return "\n\n".join([
        front_matter(html_theme__sidebar_secondary__remove="true"),
        f"# {md(site['title'])}",
        site["introduction"].strip(),
        f"## The verdict\n\n{paragraph(material)}",
        bar(material),
        "## What matters most\n\n" + findings(material),
        "## Every number of the paper\n\n" + cells(material),
        "## Where to go on\n\n" + site["onward"].strip(),
        citation(material),
        contents(material)]) + "\n"  # fmt: skip


def paragraph(material: Material) -> str:
    """What became of the paper's claims, every figure in it counted from the run."""
    records = list(material.records.values())
    count = material.verdicts["summary"]
    wrong = sum(count[verdict] for verdict in FAILING)
    turning = sum(bool(threatened(material, record)) for record in material.failing)
    kinds = {how: sum(record["how"] == how for record in records) for how in ("recomputed", "as published", "internal to the paper")}
    said = [
        f"Of **{len(material.register.claims)}** claims, **{count['reproduced']}** are reproduced"
        + (f" and {count['consistent']} more are consistent with what was published" if count["consistent"] else "") + ".",
        f"**{wrong}** do not hold: {count['contradicted']} contradicted by official figures, {count['misattributed']} giving the "
        f"number of something else, {count['inconsistent']} excluded by another statement of the paper itself.",
        f"{count['ambiguous']} sentences bear readings with different verdicts, and for **{count['not checkable']}** claims no public "
        "figure was seen that could decide.",
        _turns(wrong, turning),
        f"Of all claims {kinds['recomputed']} were recomputed from official figures, {kinds['as published']} were found as "
        f"published, and {kinds['internal to the paper']} could only be tested for consistency inside the paper.",
    ]  # fmt: skip
    return " ".join(text for text in said if text)


def _turns(wrong: int, turning: int) -> str:
    if not wrong:
        return ""
    if not turning:
        return f"For each of the {wrong} errors there is a reason on record why the [conclusions](conclusions.md) withstand it."
    return f"Of the {wrong} errors, **{turning}** may change a [conclusion](conclusions.md)."


def threatened(material: Material, record: Record) -> list[str]:
    """Conclusions that an error may change: those resting on the claim for which no reason is recorded why they withstand it."""
    conclusions = material.register.conclusions
    return [one for one in record["turns"] if one in conclusions and record["id"] not in conclusions[one].get("withstands", {})]


def bar(material: Material) -> str:
    """The counts as a picture in HTML: a bar in parts, each a link into the ledger, and its key as text."""
    count = {verdict: number for verdict, number in material.verdicts["summary"].items() if number}
    total = sum(count.values()) or 1
    parts = "".join(f'<span class="v-{verdict.replace(" ", "-")}" style="flex-grow:{number}">{MARKS[verdict]}&#8239;{number}</span>'
                    for verdict, number in count.items())
    key = "".join(f'<li><a href="ledger.html?verdict={esc(verdict.replace(" ", "+"))}">{chip(verdict)}</a> '
                  f"<strong>{number}</strong> of {total}: {esc(WORDS[verdict])}</li>" for verdict, number in count.items())
    return f'<div class="counts" aria-hidden="true">{parts}</div><ul class="counts-key">{key}</ul>'


def ranked(material: Material) -> list[Record]:
    """Records in the order in which they matter: what fails first, then what conclusions rest on, then by size of error."""
    place = {id: number for number, id in enumerate(material.records)}

    def weight(record: Record) -> tuple[object, ...]:
        size = abs(Fraction(record["error"]["relative"])) if record["error"] and record["error"]["relative"] else Fraction(0)
        bad = any(one["verdict"] in FAILING for one in record["readings"])
        return (ORDER[record["verdict"]], not bad, -len(threatened(material, record)), -len(record["turns"]), -size, place[record["id"]])

    return sorted(material.records.values(), key=weight)


def findings(material: Material) -> str:
    """The first findings of the ranking, each a link to its section."""
    return "\n".join(f"1. {_finding(record)}" for record in ranked(material)[:FINDINGS]) + "\n"


def _finding(record: Record) -> str:
    right = f" Right value: **{md(grouped(record['corrected']))}**." if record["corrected"] else ""
    why = "" if right and record["verdict"] == "contradicted" else f" {md(grouped(record['reason'][:1].upper() + record['reason'][1:]))}."
    return (f"[{md(stated(record))}](claims.md#{record['id']}) {chip(record['verdict'])} {md(record['quantity'])} "
            f"({md(locator(record['where']))}).{why}{right}")


def cells(material: Material) -> str:
    """Every number of the paper in reading order, a row a section, as cells that link to their claims."""
    rows: dict[str, list[str]] = {}
    section = ""
    for entry in claims.inventory(material.root):
        if not entry["where"].startswith("fig/"):
            section = entry["where"].partition("/")[0]
        rows.setdefault(section, []).append(_cell(material, entry))
    lines = "".join(f'<li><span class="cells-section">{esc(name)}</span><span class="cells">{"".join(found)}</span></li>'
                    for name, found in rows.items())
    total = sum(map(len, rows.values()))
    judged = sum(cell.startswith("<a") for found in rows.values() for cell in found)
    return (f"All {total} numbers in reading order, a row a section. {judged} of them are claims and lead to their verdicts; dates, names "
            f'and labels are pale.\n\n<ol class="picture">{lines}</ol>')


def _cell(material: Material, entry: dict[str, str]) -> str:
    record = material.records.get(entry["claim"])
    if record is None:
        return f'<span class="cell" title="{esc(entry["exempt"] or "not judged")}">{esc(entry["text"])}</span>'
    verdict = record["verdict"]
    return (f'<a class="cell v-{verdict.replace(" ", "-")}" href="claims.html#{esc(record["id"])}" title="{esc(record["id"])}: {verdict}">'
            f"{MARKS[verdict]}&#8239;{esc(entry['text'])}</a>")


def citation(material: Material) -> str:
    """How to cite the audit and what it audits, as CITATION.cff says; nothing where there is no such file."""
    path = material.root / "CITATION.cff"
    if not path.is_file():
        return ""
    cited = claims.read_yaml(path)
    lines = [f"- {what}: {_authors(work)}: *{md(work['title'])}*."
             for what, work in (("This audit", cited), *(("What it audits", work) for work in cited.get("references", [])))]
    return "\n".join(["## How to cite\n", *lines, "- A single verdict: the address of its claim, which does not change: "
                      "`claims.html#` and the id."])  # fmt: skip


def _authors(work: dict[str, Any]) -> str:
    names = [one.get("name") or ", ".join(one[part] for part in ("family-names", "given-names") if part in one) for one in work["authors"]]
    return md(" and ".join(names))


def contents(material: Material) -> str:
    """The site's contents as toctrees, which the side bar shows."""
    listed = [("Findings", ["ledger", "claims", "conclusions"]), ("Notebooks", [f"notebooks/{name}" for name in material.notebooks]),
              ("Evidence", ["figures", "data/index"]), ("Method and use", ["methods", "docs/index"])]  # fmt: skip
    return "\n\n".join(f"```{{toctree}}\n:hidden:\n:caption: {caption}\n\n" + "\n".join(pages) + "\n```"
                       for caption, pages in listed if pages)
