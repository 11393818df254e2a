"""Which audit a page belongs to: its date and version, its canonical address where one is known, and how to cite and dispute it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

from asprinted.report.markup import esc, link, script_safe, sentence_case
from asprinted.report.material import Material, Record
from asprinted.verdicts.vocabulary import RATINGS
from asprinted.verdicts.words import anchor, sentence, stated

DISPUTE = "docs/how-to/dispute-a-verdict"
_WEB = re.compile(r"https?://[^\s\"'<>\\]+\Z")


def stamp(material: Material) -> str:
    """Date of the data and version, as a line; what is not known is left out."""
    parts = [f"data up to {material.date}" if material.date else "", f"version {material.version}" if material.version else ""]
    return ", ".join(part for part in parts if part)


def address(material: Material, page: str) -> str:
    """Canonical address of a page; relative where docs/site.yaml knows none."""
    base = str(material.site.get("address") or "")
    return f"{base.rstrip('/')}/{page}" if _WEB.match(base) else page


def authors(work: dict[str, Any]) -> list[str]:
    """Names of the authors of a work in CITATION.cff."""
    return [one.get("name") or ", ".join(one[part] for part in ("family-names", "given-names") if part in one)
            for one in work.get("authors", [])]


def cite(material: Material, record: Record) -> str:
    """A line to cite one verdict by: who, which audit, which claim, what was found, date and version, where."""
    cited = material.cited
    by = " and ".join(authors(cited))
    said = stated(record)
    about = record["quantity"] + (f", stated as {said}" if said else "")
    when = stamp(material)
    return (f"{by}: " if by else "") + (f"{cited.get('title', material.site['title'])}. Claim “{about}” ({record['where']}): "
                                        f"{record['verdict']}. {when[:1].upper()}{when[1:]}{'. ' if when else ''}"
                                        f"{address(material, 'claims.html#' + anchor(record['id']))}")


def dispute(material: Material, record: Record) -> str:
    """How to dispute one verdict, as HTML: a new issue that names the claim where docs/site.yaml has a place for issues."""
    said = "how to dispute a verdict"
    guide = f'<a href="{DISPUTE}.html">{said}</a>' if (material.root / f"{DISPUTE}.md").is_file() else said
    issues = str(material.site.get("issues") or "")
    name = f"<code>{esc(record['id'])}</code>"
    if not _WEB.match(issues):
        return f"Not convinced? Name {name}; {guide}."
    asked = urlencode({"template": "dispute-a-verdict.yml", "title": f"Verdict on {record['id']}", "claim": record["id"],
                       "verdict": record["verdict"]})
    return f"Not convinced? {link(f'{issues}?{asked}', 'Open an issue that names this claim')} (id {name}); {guide}."


def licences(material: Material) -> str:
    """Under what the text and the data may be used, in a line; docs/site.yaml says it."""
    return str(material.site.get("rights") or "")


def machine(material: Material, record: Record) -> str:
    """The verdict as ClaimReview for machines; no character of it ends the element."""
    text = script_safe(json.dumps(claim_review(material, record), ensure_ascii=False))
    return f'<script type="application/ld+json">{text}</script>'


def claim_review(material: Material, record: Record) -> dict[str, object]:
    """A verdict in the vocabulary of schema.org."""
    cited = material.cited
    works = [{"@type": "CreativeWork", "name": work["title"]} for work in cited.get("references", [])[:1]]
    people = [{"@type": "Person", "name": " ".join(reversed(name.split(", ")))}
              for work in cited.get("references", [])[:1] for name in authors(work)]
    said = stated(record)
    rating: dict[str, object] = {"@type": "Rating", "worstRating": 1, "bestRating": 5, "alternateName": sentence(record).rstrip(".")}
    if record["verdict"] in RATINGS:
        rating["ratingValue"] = RATINGS[record["verdict"]]
    item: dict[str, object] = {"@type": "Claim"} | ({"author": people} if people else {}) | ({"appearance": works[0]} if works else {})
    review = {
        "@context": "https://schema.org", "@type": "ClaimReview", "url": address(material, f"claims.html#{anchor(record['id'])}"),
        "claimReviewed": sentence_case(record["quantity"]) + (f": {said}" if said else ""), "itemReviewed": item, "reviewRating": rating,
        "author": {"@type": "Organization", "name": " and ".join(authors(cited)) or material.site["title"]},
    }
    when = str(cited.get("date-released", "")) or material.date
    return review | ({"datePublished": when} if when else {})
