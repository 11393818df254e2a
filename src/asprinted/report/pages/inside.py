"""The paper beside itself and beside the works it cites: relations of its own numbers, and where they are taken from."""

from __future__ import annotations

from asprinted.paper import attribution
from asprinted.report.markup import esc, front_matter, stacked
from asprinted.report.material import Material, locator
from asprinted.report.pages.claims import chip, linked
from asprinted.verdicts.words import anchor


def page(material: Material) -> str:
    """Markdown of inside.md; nothing where an audit records neither relations nor references."""
    relations = [record for record in material.records.values() if record["kind"] == "identity"]
    cited = attribution.load(material.root)
    if not relations and not cited.works:
        return ""
    parts = [front_matter(html_theme__sidebar_secondary__remove="true"), "# The paper beside itself, and beside what it cites"]
    if relations:
        parts += ["## Do its own numbers fit together?",
                  "Relations that must hold whatever was published. They are counted apart from the claims: one that fails says that two "
                  "statements cannot both be right, and not which is wrong.",
                  stacked(["relation", "where", "verdict", "note"], [
                      [f'<a href="claims.html#{anchor(one["id"])}">{esc(one["quantity"])}</a>', esc(locator(one["where"])),
                       chip(one["verdict"]), linked(material, one["note"] or one["reason"])] for one in relations])]
    if cited.works:
        parts += ["## Which work is cited for what?",
                  "Whether a number was copied rightly and whether it is right are two questions; this is the first. A work that appeared "
                  "before a figure was known cannot hold it.",
                  stacked(["passage", "cites", "its latest figure", "can the cited work hold it", "works that could, by date"],
                        [_passage(cited, one) for one in cited.passages]),
                  "## The cited works",
                  stacked(["reference", "work", "appeared", "seen"], [
                      [f"[{work.number}]", esc(work.work), esc(work.appeared.replace("/", " to ")),
                       esc(f"{work.seen}. {work.page}" if work.page else work.seen)] for work in cited.works.values()])]
        printed = [[f'<a href="claims.html#{anchor(record["id"])}">{esc(record["quantity"])}</a>', esc(record["stated"]),
                    esc(record["faithful"]["prints"]), esc(record["faithful"]["status"])]
                   for record in material.records.values() if (record["faithful"] or {}).get("prints")]
        if printed:
            parts += ["## What the cited works print, where that was seen", stacked(["claim", "stated", "cited work", "so"], printed)]
    return "\n\n".join(parts) + "\n"


def _passage(cited: attribution.Attributions, passage: attribution.Passage) -> list[str]:
    work = cited.works.get(passage.cites)
    others = " ".join(f"[{one.number}]" for one in cited.could_hold(passage)) or "none"
    return [esc(locator(passage.where[0])), f"[{work.number}]" if work else "nothing", esc(passage.latest),
            work.can_hold(passage) if work else "", others]
