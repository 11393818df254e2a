"""Official rows as a reader wants them: the figure, who published it, when, and where it can be seen."""

from __future__ import annotations

from asprinted.report.markup import esc, link, md, table
from asprinted.report.material import Material

OPEN = 4  # as many rows are shown at once; more are folded


def key(material: Material, name: str) -> str:
    """A claim's id or a row's key as a link, in Markdown."""
    if name in material.register.claims:
        return f'<a href="claims.html#{esc(name)}">{md(name)}</a>'
    if name in material.rows:
        return f'<a href="data/{material.rows[name]["table"]}.html#{esc(name)}">{md(name)}</a>'
    return md(name)


def figure(row: dict[str, str]) -> str:
    """The figure of a row as printed, with bound, scale and unit.

    >>> figure({"bound": "more than", "digits": "13", "scale": "ten thousand", "unit": "stations"})
    'more than 13 ten thousand stations'
    """
    scale = "" if row.get("scale") == "one" else row.get("scale", "")
    return " ".join(text for text in (row.get("bound", ""), row.get("digits", ""), scale, row.get("unit", "")) if text)


def cited(row: dict[str, str]) -> str:
    """Publisher, title and date as HTML, the title a link where the row has an address."""
    title = link(row.get("address", ""), row.get("title", "") or "page")
    where = "" if row.get("address", "").startswith("http") else " (seen in a reprint)"
    return f"{esc(row.get('publisher', ''))}: {title}, {esc(row.get('published', ''))}{where}"


def listed(material: Material, keys: list[str], claim: str) -> str:
    """Table of the rows that the verdict on a claim rests on, folded where it is long; nothing where there is none."""
    if not keys:
        return ""
    body = []
    for name in keys:
        row = material.rows.get(name)
        if row is None:
            body.append([esc(name), "no such row in data/official now", "", ""])
            continue
        what = ", ".join(row[column].replace("_", " ") for column in ("indicator", "geography", "period", "basis") if row.get(column))
        anchor = f'<a href="data/{row["table"]}.html#{esc(name)}" title="{esc(name)}">row</a>'
        body.append([f"<strong>{esc(figure(row))}</strong>", esc(what), cited(row), f"{esc(row.get('host', ''))}, {anchor}"])
    html = table(["figure as printed", "what it is", "publisher, title, date", "host"], body, f"{len(keys)} official rows it rests on"
                 if len(keys) > 1 else "The official row it rests on", of=claim)
    if len(keys) <= OPEN:
        return html
    return f"<details><summary>{len(keys)} official rows it rests on</summary>{html}</details>"
