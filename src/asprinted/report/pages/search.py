"""The search of the site: one index over claims, findings, conclusions, published figures, notebooks and documentation.

It is made here and searched by assets/search.js, from disk and without a request. Numbers are words like any others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from asprinted.numbers.sources import DATA
from asprinted.paper import findings
from asprinted.report import rows
from asprinted.report.markup import front_matter, script_safe, sentence_case
from asprinted.report.material import Material, Record, locator
from asprinted.report.pages import notebooks
from asprinted.report.pages.docs import read
from asprinted.verdicts.words import anchor, published, signed, stated

INDEX = "search-index.js"
PAGE = """\
# Search

<form id="site-search" role="search" action="search.html" method="get" aria-label="Search all pages">
<label>Search for a number, a word, an office <input type="search" name="q" autocomplete="off"></label>
<button type="submit">Search</button></form>
<p id="search-count" role="status"></p>
<div id="search-results"></div>
<noscript><p>The search needs JavaScript. Without it, look a number up with your browser's own search on <a href="ledger.html">the
ledger</a> or in <a href="whole-report.html">the report as one file</a>: both hold every claim.</p></noscript>
<script src="search-index.js"></script>
<script src="_static/search.js"></script>
"""


class Entry(NamedTuple):
    """One thing that can be found: its kind, what it is called, where it is, what is searched in it."""

    kind: str
    title: str
    address: str
    text: str


def page(material: Material) -> str:
    """Markdown of search.md."""
    return front_matter(orphan="true", html_theme__sidebar_secondary__remove="true") + "\n" + PAGE


def index(material: Material) -> dict[str, bytes]:
    """The index as a script that a page can load from disk."""
    parts = (_claims, _findings, _conclusions, _drawn, _figures, _notebooks, _docs)
    found = [entry for part in parts for entry in part(material)]
    text = json.dumps([[*entry[:3], _words(material, entry)] for entry in found], ensure_ascii=False, separators=(",", ":"))
    return {INDEX: f"window.auditIndex={script_safe(text)};\n".encode()}


def _words(material: Material, entry: Entry) -> str:
    """What is searched: the text, and other words for the same thing, which docs/site.yaml lists."""
    text = " ".join(entry.text.split())
    also = material.said_otherwise(f"{entry.title} {text}")
    return text + (f" ({', '.join(also)})" if also else "")


def _claims(material: Material) -> Iterator[Entry]:
    for record in material.records.values():
        said = stated(record)
        yield Entry("Claims", sentence_case(record["quantity"]) + (f": {said}" if said else ""), f"claims.html#{anchor(record['id'])}",
                    _claim_text(record))


def _claim_text(record: Record) -> str:
    beside = published(record)
    readings = [f"{one['name']}: {one['verdict']}, {one['reason']}" for one in (*record.get("parts", ()), *record["readings"])]
    parts = (record["verdict"], f"published {beside}" if beside else "", record["reason"], record.get("note", ""), "; ".join(readings),
             "; ".join(record.get("settles", record["wanted"])), locator(record["where"]), record["id"])
    return signed(". ".join(text for text in parts if text))


def _findings(material: Material) -> Iterator[Entry]:
    for one in findings.true_of(material.records, material.root):
        record = material.records[one["claim"]]
        yield Entry("Findings", sentence_case(record["quantity"]), f"claims.html#{anchor(record['id'])}", f"{one['says']} {one['sure']}")


def _conclusions(material: Material) -> Iterator[Entry]:
    for id, one in material.register.conclusions.items():
        reasons = " ".join(one.get("withstands", {}).values())
        yield Entry("Conclusions", sentence_case(one["conclusion"]), f"conclusions.html#{id}", f"{locator(one['where'])}. {reasons}")


def _drawn(material: Material) -> Iterator[Entry]:
    for name, texts in material.figures.items():
        yield Entry("Figures", notebooks.titled(texts), f"figures.html#figure-{name}", f"{texts['alt']} {texts['source']}")


def _figures(material: Material) -> Iterator[Entry]:
    """Every row of the tables, with its source, its excerpt and the translation of it."""
    for key, row in material.rows.items():
        kind = "Data files" if row["host"] in DATA else "Published figures"
        text = (row.get("publisher"), row.get("title"), row.get("published"), row.get("evidence"), material.translations.get(key))
        title = f"{rows.figure(row)}: {rows.what(material, row)}" if row.get("digits") else row.get("name", key)
        yield Entry(kind, title, f"data/{row['table']}.html#{key}", ". ".join(one for one in text if one))


def _notebooks(material: Material) -> Iterator[Entry]:
    for name, content in material.notebooks.items():
        yield from _parts("Notebooks", f"notebooks/{name}.html", notebooks.text(content))


def _docs(material: Material) -> Iterator[Entry]:
    for name, text in read(material).items():
        yield from _parts("Documentation", name.removesuffix(".md") + ".html", re.sub(r"(?s)```.*?```", " ", text))


def _parts(kind: str, address: str, text: str) -> Iterator[Entry]:
    """An article in the parts under its headings, each leading to its own."""
    title, anchor, gathered = "", "", []
    for line in [*text.splitlines(), "# "]:
        heading = re.match(r"#{1,6} (.*)", line)
        if not heading:
            gathered.append(line)
            continue
        if title:
            yield Entry(kind, title, address + anchor, _plain("\n".join(gathered)))
        deep = bool(title)  # the first heading is the page's own
        title, gathered = _plain(heading[1]), []
        anchor = f"#{_slug(title)}" if deep else ""


def _plain(text: str) -> str:
    """Markdown without its marks."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"<[^>]+>|[*`|]|^>|:---?:?", " ", text).strip()


def _slug(title: str) -> str:
    """The id that docutils gives the section of a heading.

    >>> _slug("2.1 · Growth, and 4.4 points")
    'growth-and-4-4-points'
    """
    return re.sub(r"^[-0-9]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", title.lower()))
