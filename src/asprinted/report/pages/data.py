"""The data: an index, and a page for each official table with its dictionary, its provenance and all its rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from asprinted.official import tables
from asprinted.report.markup import esc, front_matter, link, md, table
from asprinted.report.material import Material
from forkmill import listing

HOSTS = {"official": "a page of the issuing body or a government site", "press": "a known newspaper or agency",
         "mirror": "a page elsewhere; it can contradict a number only where it is a verbatim reprint that names "
                   "the release (status VERIFIED)"}  # fmt: skip


def pages(material: Material) -> dict[str, str]:
    """Markdown of data/index.md and of data/NAME.md for every table."""
    if not material.tables:
        return {"data/index.md": "# The data\n\nThere are no official tables.\n"}
    found = {f"data/{name}.md": _page(material, name) for name in material.tables}
    return {"data/index.md": _index(material)} | found


def _index(material: Material) -> str:
    used = Counter(key for record in material.records.values() for key in record["sources"])
    body = []
    for name, rows in material.tables.items():
        hosts = Counter(source["host"] for source in material.provenance[name]["sources"].values())
        mine = sum(row["row"] in used for row in rows)
        body.append([f'<th scope="row"><a href="{name}.html">{esc(name)}</a></th>', esc(material.provenance[name]["title"]), str(len(rows)),
                     str(mine), *(str(hosts[host]) for host in HOSTS), _downloads(name)])
    rights = next(iter(material.provenance.values()))["rights"]
    meaning = "\n".join(f"- *{host}*: {text}" for host, text in HOSTS.items())
    return "\n\n".join([
        front_matter(html_theme__sidebar_secondary__remove="true"), "# The data",
        "Every figure was seen on a page: each row names its source and carries a few words of it, each sighting is a row of its own, and "
        "nothing that can be computed is stored.",
        table(["table", "subject", "rows", "rows that verdicts rest on", *(f"{host} sources" for host in HOSTS), "download"], body,
              attributes=" data-wide"),
        f"Hosts:\n\n{meaning}", f"## Rights\n\n{md(rights)}",
        "## What the paper states\n\nThe other side of the audit, as files: "
        + ", ".join(f'<a href="../files/paper/{name}" download>{name}</a>' for name in _paper(material))
        + ". The paper is referred to by locator and never quoted.",
        "```{toctree}\n:hidden:\n\n" + "\n".join(material.tables) + "\n```"]) + "\n"  # fmt: skip


def _paper(material: Material) -> list[str]:
    folder = material.root / "data" / "paper"
    return sorted(path.relative_to(folder).as_posix() for path in listing.find(folder, ".csv", ".yaml", deep=True))


def _downloads(name: str) -> str:
    return f'<a href="../files/official/{name}.csv" download>CSV</a>, <a href="../files/official/{name}.yaml" download>provenance</a>'


def _page(material: Material, name: str) -> str:
    schema, provenance, rows = tables.schema(name, material.root), material.provenance[name], material.tables[name]
    columns = [[f'<th scope="row"><code>{esc(column)}</code></th>', _meaning(schema["properties"][column], column)]
               for column in schema["required"]]
    parts = [front_matter(html_theme__sidebar_secondary__remove="true"), f"# {md(provenance['title'])}", md(provenance["holds"]),
             f"{len(rows)} rows, {len(provenance['sources'])} sources. Download: {_downloads(name)}.",
             f"## Rows\n\n{_rows(material, schema['required'], rows)}",
             f"## Sources\n\n<details><summary>{len(provenance['sources'])} sources</summary>{_sources(provenance)}</details>"]  # fmt: skip
    parts += [_indicators(schema, rows)] if "indicator" in schema["properties"] else []
    parts += [f"## Dictionary\n\n{table(['column', 'meaning'], columns)}"]
    return "\n\n".join(parts) + "\n"


def _meaning(rule: dict[str, Any], column: str) -> str:
    listed = [] if column == "indicator" else rule.get("oneOf", [])
    values = "; ".join(f"<em>{esc(one['const'] or 'empty')}</em>: {esc(one['description'])}" for one in listed)
    return " ".join(text for text in (esc(rule["description"]), values) if text)


def _indicators(schema: dict[str, Any], rows: list[dict[str, str]]) -> str:
    count = Counter(row["indicator"] for row in rows)
    body = [[f'<th scope="row"><code>{esc(one["const"])}</code></th>', esc(one.get("unit", "")), str(count[one["const"]]),
             esc(one["description"])]
            for one in schema["properties"]["indicator"].get("oneOf", [])]
    listed = table(["indicator", "unit", "rows", "meaning"], body)
    return f"## Indicators\n\n<details><summary>{len(body)} indicators</summary>{listed}</details>"


def _sources(provenance: dict[str, Any]) -> str:
    body = [[f'<th scope="row" id="source-{esc(key)}"><code>{esc(key)}</code></th>', esc(one["publisher"]),
             link(str(one["address"]), str(one["title"])), esc(one["published"]), esc(one["host"])]
            for key, one in provenance["sources"].items()]
    return table(["key", "publisher", "title", "published", "host"], body)


def _rows(material: Material, columns: list[str], rows: list[dict[str, str]]) -> str:
    used = {key for record in material.records.values() for key in record["sources"]}
    lines = []
    for row in rows:
        cells = "".join(f"<td>{_value(row, column)}</td>" for column in columns if column != "row")
        mark = ' class="used"' if row["row"] in used else ""
        lines.append(f'<tr id="{esc(row["row"])}"{mark}><th scope="row"><code>{esc(row["row"])}</code></th>{cells}</tr>')
    head = "".join(f'<th scope="col">{esc(column)}</th>' for column in ["row", *(c for c in columns if c != "row")])
    return ("Rows that a verdict rests on have a bar at their left.\n\n"
            '<div class="scroll tall" role="region" tabindex="0" aria-label="All rows"><table class="plain rows wide">'
            f"<thead><tr>{head}</tr></thead><tbody>\n"
            + "\n".join(lines) + "\n</tbody></table></div>")


def _value(row: dict[str, str], column: str) -> str:
    if column == "source":
        return f'<a href="#source-{esc(row["source"])}">{esc(row["source"])}</a>'
    return esc(row[column].replace("_", " ") if column == "indicator" else row[column])
