"""The front page: the verdict on the paper in a paragraph, the counts as a picture, the findings that matter most."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from asprinted.paper import findings as recorded
from asprinted.paper.files import inventory, read_yaml
from asprinted.report.markup import esc, front_matter, grouped, md
from asprinted.report.material import Material, Record, locator, stated
from asprinted.report.pages.claims import chip
from asprinted.verdicts.vocabulary import ACCUSING, FAILS, GROUPS, MARKS, MEANINGS, VERDICTS


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
    count, groups = material.verdicts["summary"], material.verdicts["groups"]
    holds, agrees, wrong, read, unseen = (groups[name] for name in GROUPS)
    turning = sum(bool(threatened(material, record)) for record in material.failing)
    total = sum(claim.kind != "identity" for claim in material.register.claims.values())
    said = [
        f"Of **{total}** claims, **{holds}** hold, and a wrong number would have been noticed.",
        f"**{agrees}** more agree with what was seen, but could not have failed: the figure stands on a mirror, or is a bound."
        if agrees else "",
        f"**{wrong or 'None'}** {'does' if wrong == 1 else 'do'} not hold"
        + (": " + ", ".join(f"{count[verdict]} {words}" for verdict, words in FAILS.items() if count[verdict]) if wrong else "") + ".",
        f"**{read}** are right under one reading of their sentence and wrong under another; for **{unseen}** nothing was seen that "
        "could decide.",
        _turns(wrong, turning),
        _inside(material.verdicts["identities"]),
    ]  # fmt: skip
    return " ".join(text for text in said if text)


def _inside(identities: dict[str, int]) -> str:
    """The relations inside the paper in a sentence."""
    total, failed = sum(identities.values()), sum(identities.get(verdict, 0) for verdict in ACCUSING)
    if not total:
        return ""
    return (f"Of {total} relations that the paper's [own numbers](inside.md) must keep, {failed or 'none'} "
            f"{'fails' if failed == 1 else 'fail'}.")


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
                  f"<strong>{number}</strong> of {total}: {esc(MEANINGS[verdict])}</li>" for verdict, number in count.items())
    return f'<div class="counts" aria-hidden="true">{parts}</div><ul class="counts-key">{key}</ul>'


def ranked(material: Material) -> list[Record]:
    """What does not hold or depends on a reading, in the order in which it matters: accused first, then by what rests on it."""
    place = {id: number for number, id in enumerate(material.records)}

    def weight(record: Record) -> tuple[object, ...]:
        size = abs(Fraction(record["error"]["relative"])) if record["error"] and record["error"]["relative"] else Fraction(0)
        return (VERDICTS.index(record["verdict"]), -len(threatened(material, record)), -len(record["turns"]), -size, place[record["id"]])

    return sorted((record for record in material.records.values()
                   if record["kind"] != "identity" and record["verdict"] in (*ACCUSING, "ambiguous")), key=weight)


def findings(material: Material) -> str:
    """The findings on record that this run bears out, then what else does not hold or depends on a reading."""
    told = recorded.true_of(material.records, material.root)
    lines = [_told(material.records[one["claim"]], one) for one in told]
    known = {id for one in told for id in recorded.spoken_of(one)}
    lines += [_untold(record) for record in ranked(material) if record["id"] not in known]
    return "\n".join(f"1. {line}" for line in lines) + "\n" if lines else "Nothing that was judged fails.\n"


def _told(record: Record, finding: recorded.Finding) -> str:
    return (f"{md(finding['says'].strip())} [{md(locator(record['where']))}](claims.md#{record['id']}), {chip(record['verdict'])}"
            f"<br><span class=\"small\">How sure: {md(finding['sure'].strip())}</span>")


def _untold(record: Record) -> str:
    right = f" Published: **{md(grouped(record['corrected']))}**." if record["corrected"] else ""
    return (f"[{md(stated(record))}](claims.md#{record['id']}) {chip(record['verdict'])} {md(record['quantity'])} "
            f"({md(locator(record['where']))}). {md(grouped(record['reason'][:1].upper() + record['reason'][1:]))}.{right}")


def cells(material: Material) -> str:
    """Every number of the paper in reading order, a row a section, as cells that link to their claims."""
    rows: dict[str, list[str]] = {}
    section = ""
    for entry in inventory(material.root):
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
    cited = read_yaml(path)
    lines = [f"- {what}: {_authors(work)}: *{md(work['title'])}*."
             for what, work in (("This audit", cited), *(("What it audits", work) for work in cited.get("references", [])))]
    return "\n".join(["## How to cite\n", *lines, "- A single verdict: the address of its claim, which does not change: "
                      "`claims.html#` and the id."])  # fmt: skip


def _authors(work: dict[str, Any]) -> str:
    names = [one.get("name") or ", ".join(one[part] for part in ("family-names", "given-names") if part in one) for one in work["authors"]]
    return md(" and ".join(names))


def contents(material: Material) -> str:
    """The site's contents as toctrees, which the side bar shows."""
    relations = any(one["kind"] == "identity" for one in material.records.values())
    beside = ["inside"] if relations or material.attributions.works else []
    listed = [("Findings", ["ledger", "claims", "conclusions", *beside]),
              ("Notebooks", [f"notebooks/{name}" for name in material.notebooks]),
              ("Evidence", ["figures", "data/index"]), ("Method and use", ["methods", "docs/index"])]  # fmt: skip
    return "\n\n".join(f"```{{toctree}}\n:hidden:\n:caption: {caption}\n\n" + "\n".join(pages) + "\n```"
                       for caption, pages in listed if pages)
