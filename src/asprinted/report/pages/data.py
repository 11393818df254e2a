"""The data: an index, and a page for each table with its indicators, its sources and all its rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from asprinted import paths
from asprinted.data_files import provenance
from asprinted.official import tables
from asprinted.paper.files import read_yaml
from asprinted.report import rows
from asprinted.report.markup import esc, facts_html, folded, front_matter, link, md, table
from asprinted.report.material import Material
from asprinted.verdicts.words import many
from forkmill import project_files
from forkmill.writing import csv_text, harmless

TABLES = "files/tables"  # each table with the fields of its sources, for a reader with a spreadsheet
FEW = 12  # as many indicators are shown at once; more are folded
FIGURE = ("digits", "scale", "bound", "unit")  # shown as one value
FIRST = ("indicator", "geography", "period", "evidence", "source")
LAST = ("basis", "vintage", "status", "row")
Row = dict[str, str]


def pages(material: Material) -> dict[str, str]:
    """Markdown of data/index.md and of data/NAME.md for every table."""
    if not material.tables and not material.files:
        return {"data/index.md": "# The data\n\nThere are no tables of published figures.\n"}
    found = {f"data/{name}.md": _page(material, name) for name in material.tables}
    files = {"data/files.md": _files(material)} if material.files else {}
    return {"data/index.md": _index(material)} | found | files


def _files(material: Material) -> str:
    """Every data file: whose it is, where to get it, its rights, its hash, and what its columns mean. The files are not shipped."""
    used = Counter(key for record in material.records.values() for key in record["sources"])
    parts = [front_matter(), "# Data files",
             "What numbers were recomputed from, each file as a whole. The files themselves are not part of this report; the hash says "
             "which one is meant."]
    for name, one in material.files.items():
        key = provenance.key(name)
        columns = [[f'<th scope="row"><code>{esc(column)}</code></th>', esc(said.get("unit", "")), esc(said["meaning"])]
                   for column, said in one["columns"].items()]
        whose = "the authors of the paper" if one["whose"] == "authors" else "others"
        facts = facts_html([("What a row is", esc(one["holds"])), ("Whose", whose),
                            ("Published by", f"{esc(one['publisher'])}, {esc(one['published'])}"),
                            ("Where to get it", link(one["address"], one["address"])), ("Rights", esc(one["rights"])),
                            ("Hash", f"<code>sha256 {esc(one['sha256'])}</code>"), ("Verdicts that rest on it", str(used[key]))])
        parts += [f"## {md(name)}", f'<p id="{esc(key)}"><strong>{esc(one["title"])}</strong></p>{facts}',
                  table(["column", "unit", "meaning"], columns)]
    return "\n\n".join(parts) + "\n"


def downloads(material: Material) -> dict[str, bytes]:
    """Every table as a CSV that stands alone: each row with unit, publisher, title, date, address and translation."""
    found = {}
    for name, listed in material.tables.items():
        columns = tables.schema(name, material.root)["required"]
        header = [*columns, *tables.SOURCE_FIELDS, "excerpt_in_english"]
        body = [[harmless(material.rows[row["row"]].get(column, "")) for column in header[:-1]] +
                [harmless(material.translations.get(row["row"], ""))] for row in listed]
        found[f"{TABLES}/{name}.csv"] = csv_text([header, *body]).encode()
    return found


def _index(material: Material) -> str:
    used = Counter(key for record in material.records.values() for key in record["sources"])
    body = []
    for name, listed in material.tables.items():
        hosts = Counter(source["host"] for source in material.provenance[name]["sources"].values())
        mine = sum(row["row"] in used for row in listed)
        subject = f'<th scope="row"><a href="{name}.html">{esc(material.provenance[name]["title"])}</a></th>'
        body.append([subject, str(len(listed)), str(mine), *(str(hosts[host]) for host in rows.HOSTS), _downloads(name)])
    rights = next((one["rights"] for one in material.provenance.values()), "")
    meaning = "\n".join(f"- *{host}*: {text}" for host, text in rows.HOSTS.items())
    return "\n\n".join([
        front_matter(html_theme__sidebar_secondary__remove="true"), "# The data",
        *(["[The data files](files.md) that numbers were recomputed from, with their hashes and what their columns mean."]
          if material.files else []),
        *([] if not body else [
        "Every published figure was seen on a page: each row names its source and carries a few words of it, each sighting is a row of its "
        "own, and nothing that can be computed is stored.",
        table(["subject", "rows", "rows that verdicts rest on", *(f"{host} sources" for host in rows.HOSTS), "download"], body,
              attributes=" data-wide"),
        f"Where a page can stand, and what it can decide:\n\n{meaning}", f"## Rights\n\n{md(rights)}"]),
        "## What the paper states\n\nThe other side of the audit, as files: "
        + ", ".join(f'<a href="../files/paper/{name}" download>{name}</a>' for name in _paper(material))
        + ". The paper is referred to by locator and never quoted.",
        "```{toctree}\n:hidden:\n\n" + "\n".join([*material.tables, *(["files"] if material.files else [])]) + "\n```"]) + "\n"


def _paper(material: Material) -> list[str]:
    folder = material.root / "data" / "paper"
    return sorted(path.relative_to(folder).as_posix() for path in project_files.find(folder, ".csv", ".yaml", deep=True))


def _downloads(name: str) -> str:
    return (f'<a href="../{TABLES}/{name}.csv" download>CSV with units and sources</a>, '
            f'<a href="../files/official/{name}.csv" download>the table as it is kept</a>, '
            f'<a href="../files/official/{name}.yaml" download>its sources</a>')


def _page(material: Material, name: str) -> str:
    schema, provenance, listed = tables.schema(name, material.root), material.provenance[name], material.tables[name]
    columns = [[f'<th scope="row"><code>{esc(column)}</code></th>', _meaning(schema["properties"][column], column)]
               for column in schema["required"]]
    sources = many(len(provenance["sources"]), "source")
    parts = [front_matter(html_theme__sidebar_secondary__remove="true"), f"# {md(provenance['title'])}", md(provenance["holds"]),
             f"{many(len(listed), 'row')}, {sources}. Download: {_downloads(name)}."]
    parts += [_indicators(material, schema, listed)] if "indicator" in schema["properties"] else []
    parts += [_known(material, listed), f"## Rows\n\n{_rows(material, schema['required'], listed)}",
              f"## Sources\n\n{folded(sources, _sources(provenance))}",
              f"## Dictionary\n\n{folded('What each column means', table(['column', 'meaning'], columns))}",
              f"## Rights\n\n{md(provenance['rights'])}"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _meaning(rule: dict[str, Any], column: str) -> str:
    listed = [] if column == "indicator" else rule.get("oneOf", [])
    values = "; ".join(f"<em>{esc(one['const'] or 'empty')}</em>: {esc(one['description'])}" for one in listed)
    return " ".join(text for text in (esc(rule["description"]), values) if text)


def _indicators(material: Material, schema: dict[str, Any], listed: list[Row]) -> str:
    """What each indicator is, with unit, places, range, sources and the newest of them."""
    by: dict[str, list[Row]] = {}
    for row in listed:
        by.setdefault(row["indicator"], []).append(row)
    body = []
    for one in schema["properties"]["indicator"].get("oneOf", []):
        mine = by.get(one["const"], [])
        years = sorted(row["period"][:4] for row in mine if row.get("period"))
        places = sorted({row.get("geography", "") for row in mine} - {""})
        dates = [material.sources[row["source"]]["published"] for row in mine if row["source"] in material.sources]
        body.append([f'<th scope="row">{esc(one["description"])}</th>', esc(one.get("unit", "")),
                     esc(f"{years[0]} to {years[-1]}" if years and years[0] != years[-1] else "".join(years[:1])),
                     esc(", ".join(places[:4]) + (f" and {len(places) - 4} more" if len(places) > 4 else "")), str(len(mine)),
                     esc(max(map(str, dates), default="")), f"<code>{esc(one['const'])}</code>"])
    header = ["what is measured", "unit", "years", "places", "rows", "newest source", "name in the files"]
    shown = table(header, body, attributes=" data-wide")
    return f"## Indicators\n\n{shown if len(body) <= FEW else folded(f'{len(body)} indicators', shown)}"


def _known(material: Material, listed: list[Row]) -> str:
    """What one should know of the sources of a table: their own errors, as far as they were seen."""
    path = paths.official(material.root) / "known_errors.yaml"
    keys = {row["row"] for row in listed}
    errors = [one for one in (read_yaml(path) if path.is_file() else None) or [] if keys & set(one["rows"])]
    if not errors:
        return ""
    lines = "\n".join(f"- {md(one['wrong'])} *{md(one['guard'])}*" for one in errors)
    return f"## What one should know\n\nErrors that stand in the sources themselves, and how they are kept from doing harm:\n\n{lines}"


def _sources(provenance: dict[str, Any]) -> str:
    body = [[f'<th scope="row" id="source-{esc(key)}">{esc(one["publisher"])}</th>', rows.tagged(str(one["title"]))
             if not str(one["address"]).startswith("http") else link(str(one["address"]), str(one["title"])), esc(one["published"]),
             esc(one["host"]), f"<code>{esc(key)}</code>"]
            for key, one in provenance["sources"].items()]
    return table(["publisher", "title", "published", "host", "key"], body)


def _rows(material: Material, columns: list[str], listed: list[Row]) -> str:
    """All rows: the value and what it is first, the key that only files need last."""
    used = {key for record in material.records.values() for key in record["sources"]}
    named = [column for column in FIRST if column in columns]
    named += [column for column in columns if column not in (*FIGURE, *FIRST, *LAST)] + [column for column in LAST if column in columns]
    value = "digits" in columns
    lines = []
    for row in listed:
        cells = "".join(f"<td>{_value(material, row, column)}</td>" for column in (named if value else named[1:]))
        first = rows.figure(row) if value else row[named[0]]
        mark = ' class="used"' if row["row"] in used else ""
        lines.append(f'<tr id="{esc(row["row"])}"{mark}><th scope="row">{esc(first)}</th>{cells}</tr>')
    head = "".join(f'<th scope="col">{esc(_named(column))}</th>' for column in (["value", *named] if value else named))
    return ("Rows that a verdict rests on have a bar at their left.\n\n"
            '<div class="scroll tall" role="region" tabindex="0" aria-label="All rows"><table class="plain rows wide">'
            f"<thead><tr>{head}</tr></thead><tbody>\n"
            + "\n".join(lines) + "\n</tbody></table></div>")


def _named(column: str) -> str:
    return {"indicator": "what is measured", "geography": "place", "evidence": "excerpt", "row": "key"}.get(column, column)


def _value(material: Material, row: Row, column: str) -> str:
    if column == "source":
        source = material.sources.get(row["source"])
        said = f"{source['publisher']}, {source['published']}" if source else row["source"]
        return f'<a href="#source-{esc(row["source"])}">{esc(said)}</a>'
    if column == "indicator":
        return esc(material.indicators.get(row["indicator"], {}).get("description", "") or row["indicator"].replace("_", " "))
    if column == "period":
        return esc(rows.period(row))
    if column == "evidence":
        return rows.excerpt(material, row)
    return f"<code>{esc(row[column])}</code>" if column == "row" else rows.tagged(row[column])
