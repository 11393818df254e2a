"""The data dictionary, ``data/README.md``, made from the schemas, the provenance and the tables themselves.

``asprinted data --accept`` writes it; :func:`check` says when it is stale.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from asprinted import paths
from asprinted.data_files.provenance import described
from asprinted.numbers.sources import PAGES
from asprinted.official import tables
from asprinted.verdicts.words import many
from forkmill import writing
from forkmill.errors import InputError

COMMAND = "python -m asprinted data --accept"
HEAD = f"""# The data

This page is made by `{COMMAND}` from the schemas in `official/schemas` and the tables beside them. Do not edit it.

`paper/` holds what the paper states, `official/` what statistical offices and others published. Every figure in
`official/` was seen on a page: each row names its source and carries a few words of it as evidence, each sighting is a
row of its own, and figures that can be computed are not stored. A table is three files: `NAME.csv` (the rows),
`NAME.yaml` (what it holds, its rights, the hash of the CSV, its sources), `schemas/NAME.yaml` (the rules of a row).
Read the tables with `asprinted.official.tables.load(NAME)`; `asprinted.official.tables.check()` names every breach of a rule.

To add or mend a row: edit the CSV, add its source to the YAML, and after a review run `{COMMAND}`, which
stores the new hash and writes this page.
"""
RIGHTS = """## Rights

{rights}

## Which row may contradict a statement

What makes a host official, press or a mirror is said, with the reason for each host, in `official/hosts.yaml`. A source
without an address names the reason there. A row of a mirror supports a number and accuses nobody, unless it is a
verbatim reprint that names its release (status `VERIFIED`) and has an address, so that a reader can open it.
"""


def text(root: Path | None = None) -> str:
    """The page as it should be now, as Markdown."""
    folder = paths.official(root)
    names = tables.names(root)
    rows = {name: tables.rows(name, root) for name in names}
    provenance = {name: tables.read_yaml(folder / f"{name}.yaml") for name in names}
    schemas = {name: tables.schema(name, root) for name in names}
    parts = [HEAD, _files(described(root)), _overview(names, rows, provenance) if names else ""]
    parts += [RIGHTS.format(rights=_rights(provenance))] if names else []
    shared = next((schemas[name] for name in names if "digits" in schemas[name]["properties"]), None)
    if shared is not None:
        parts += [_columns("## Columns of an observation", shared, skip=("indicator",)), _ranges(shared)]
    parts += [_table(name, rows[name], schemas[name], provenance[name]) for name in names]
    for name, section in (("known_errors", _known_errors), ("glossary", _glossary)):  # an audit may do without them
        parts += [section(tables.read_yaml(folder / f"{name}.yaml"))] if (folder / f"{name}.yaml").is_file() else []
    return "\n".join(part.rstrip() + "\n" for part in parts if part)


def write(root: Path | None = None) -> Path:
    """Write the page; its path."""
    path = paths.official(root).parent / "README.md"
    writing.write_text(path, text(root))
    return path


def check(root: Path | None = None) -> list[InputError]:
    """One fault when the page is missing or stale, none when it is what the tables say."""
    path = paths.official(root).parent / "README.md"
    now, stored = text(root).splitlines(), path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    if now == stored:
        return []
    pairs = enumerate(zip(now, stored, strict=False))
    line = next((number for number, (new, old) in pairs if new != old), min(len(now), len(stored)))
    return [InputError("the data dictionary is stale", f"data/README.md, line {line + 1}",
                       now[line] if line < len(now) else "the end of the page",
                       stored[line] if line < len(stored) else "the end of the page", f"run `{COMMAND}`")]


def _lines(header: list[str], body: list[list[str]]) -> str:
    """A Markdown table.

    >>> print(_lines(["a", "b"], [["1", "x|y"]]))
    | a | b |
    |---|---|
    | 1 | x\\|y |
    """
    cells = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in [header, *body]]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([lines[0], "|" + "---|" * len(header), *lines[1:]])


def _rights(provenance: dict[str, Any]) -> str:
    """What may be done with the tables: said once for those of which it is the same."""
    said: dict[str, list[str]] = {}
    for name, entry in provenance.items():
        said.setdefault(str(entry["rights"]).strip(), []).append(name)
    return next(iter(said)) if len(said) == 1 else "\n".join(f"- {', '.join(names)}: {rights}" for rights, names in said.items())


def _overview(names: list[str], rows: dict[str, Any], provenance: dict[str, Any]) -> str:
    body, total = [], Counter()
    for name in names:
        hosts = Counter(source["host"] for source in provenance[name]["sources"].values())
        verified = sum(row.get("status") == "VERIFIED" for row in rows[name])
        total.update(rows=len(rows[name]), verified=verified, **hosts)
        body.append([f"[{name}](#{name})", provenance[name]["title"], len(rows[name]), verified,
                     *(hosts[host] for host in PAGES)])
    body.append(["all", "", total["rows"], total["verified"], *(total[host] for host in PAGES)])
    return "## Tables\n\n" + _lines(
        ["table", "subject", "rows", "of these VERIFIED", "sources: official", "press", "mirror"], body)


def _files(described: dict[str, dict[str, Any]]) -> str:
    """The data files: a line each, and below it what each column means."""
    if not described:
        return ""
    fields = {"title": "what it is", "holds": "a row", "whose": "whose", "publisher": "publisher", "published": "published",
              "address": "address", "rights": "rights"}
    body = [[f"`files/{name}`", *(str(said.get(field, "")) for field in fields)] for name, said in described.items()]
    parts = ["## Data files\n\nWhat verdicts recompute from; each as a whole, with its hash in the YAML beside it.",
             _lines(["file", *fields.values()], body)]
    for name, said in described.items():
        columns = [[f"`{column}`", one.get("unit", ""), one.get("meaning", "")] for column, one in (said.get("columns") or {}).items()]
        parts += [f"### {name}", _lines(["column", "unit", "meaning"], columns)]
    return "\n\n".join(parts)


def _columns(title: str, schema: dict[str, Any], skip: tuple[str, ...] = ()) -> str:
    body = []
    for column in schema["required"]:
        rule = schema["properties"][column]
        meanings = [] if column in skip else [
            f"`{entry['const'] or '(empty)'}`: {entry['description']}" for entry in rule.get("oneOf", [])]
        body.append([f"`{column}`", " ".join([rule["description"], "; ".join(meanings)]).strip()])
    return f"{title}\n\n" + _lines(["column", "meaning"], body)


def _ranges(schema: dict[str, Any]) -> str:
    body = [[unit, f"{low:,}", f"{high:,}"] for unit, (low, high) in schema["ranges"].items()]
    return "## Units, and the range in which a figure is believed\n\n" + _lines(["unit", "from", "to"], body)


def _table(name: str, rows: list[dict[str, str]], schema: dict[str, Any], provenance: dict[str, Any]) -> str:
    start = f"## {name}\n\n**{provenance['title']}.** {schema['description']}\n\n"
    if "digits" not in schema["properties"]:
        return _columns(start + f"{many(len(rows), 'row')}.", schema)
    count = Counter(row["indicator"] for row in rows)
    indicators = schema["properties"]["indicator"]["oneOf"]
    places = sorted({row["geography"] for row in rows})
    years = sorted({row["period"][:4] for row in rows})
    facts = f"{many(len(rows), 'row')}, {years[0]} to {years[-1]}. Places: {', '.join(places)}."
    return start + facts + "\n\n" + _lines(
        ["indicator", "unit", "rows", "meaning"],
        [[f"`{entry['const']}`", entry["unit"], count[entry["const"]], entry["description"]] for entry in indicators])


def _known_errors(errors: list[dict[str, Any]]) -> str:
    body = [[entry["id"], entry["wrong"], entry["guard"], len(entry["rows"])] for entry in errors]
    return ("## Known errors of the sources\n\nFrom `official/known_errors.yaml`; a test shows each of them.\n\n"
            + _lines(["error", "what is wrong", "how it is guarded", "rows"], body))


def _glossary(terms: list[dict[str, str]]) -> str:
    """The terms of the sources, under the names of the languages that the file gives them in; nothing where it has none."""
    if not terms:
        return ""
    header = [{"english": "English, as used here", "note": "note"}.get(name, name.capitalize()) for name in terms[0]]
    return "## Glossary\n\n" + _lines(header, [[term.get(name, "") for name in terms[0]] for term in terms])
