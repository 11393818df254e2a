"""The generated parts of README.md, which stand between markers and are made from the committed notebooks alone."""

from __future__ import annotations

from pathlib import Path

from asprinted import generated_parts, paths
from asprinted.audit.collect import records as stored
from asprinted.audit.verdict_table import beside
from asprinted.commands import badges
from asprinted.numbers.quantity import NOT_SEEN
from asprinted.numbers.sources import of_data
from asprinted.official import tables
from asprinted.paper import findings, register
from asprinted.paper.files import belonging, inventory
from asprinted.verdicts.record import Record, groups, judged
from asprinted.verdicts.vocabulary import ACCUSING, GROUP_MEANINGS, PLAIN, UNJUDGED, VERDICTS, tally, worded
from asprinted.verdicts.words import agreeing, many
from forkmill.notebooks import rules
from forkmill.writing import write_text

OPTIONAL = ("verdicts", "counts")  # parts that a page may do without


def generated(root: Path) -> dict[str, str]:
    """The text of each generated part, by the name in its markers."""
    claims = register.load(root).claims
    found = {record["id"]: record for record in stored(rules.load(paths.notebooks(root))) if judged(record)}
    records = {id: found[id] for id in claims if id in found}
    inside = [record for record in records.values() if record["kind"] == "identity"]
    records = {id: record for id, record in records.items() if record["kind"] != "identity"}
    sources = {source for record in records.values() for source in record["sources"]}
    rests_on = bool(of_data(sources)), len(of_data(sources)) < len(sources)
    numbers = [record for record in records.values() if record["kind"] in ("number", "count")]
    rows = []
    for verdict in VERDICTS:
        of_numbers = sum(record["verdict"] == verdict for record in numbers)
        of_all = sum(record["verdict"] == verdict for record in records.values())
        rows.append(f"| {verdict} | {of_numbers} | {of_all - of_numbers} | {worded(PLAIN[verdict], *rests_on)} |")
    total = f"| **all** | **{len(numbers)}** | **{len(records) - len(numbers)}** | |"
    table = ["| verdict | numbers | other claims | the claim |", "|---|--:|--:|---|", *rows, total]
    counts = groups(records.values())
    standing = ["| | claims | what it means |", "|---|--:|---|",
                *(f"| {name} | {counts[name]} | {worded(meaning, *rests_on)} |" for name, meaning in GROUP_MEANINGS.items())]
    told = [f"{entry['says'].strip()} *{entry['sure'].strip()}* ({records[entry['claim']]['where']}: "
            f"{entry['verdict']})" for entry in findings.true_of(records, root)]
    if not told:  # an audit that has not put its findings into words
        told = [f"{record['quantity'][:1].upper()}{record['quantity'][1:]}: {beside(record)} ({record['where']}: {record['verdict']})"
                for record in records.values() if record["verdict"] in ACCUSING] or ["Nothing that was judged fails."]
    told = [f"{place}. {line}" for place, line in enumerate(told, start=1)]
    numbered = inventory(root)
    beside_them = len(records.keys() - {row["claim"] for row in numbered})  # a statement may rest on a number of the inventory
    later = [id for id in claims if id not in found]
    counted = belonging(numbered, claims, later)
    if beside_them:
        more = agreeing(beside_them, "claim is a statement", "claims are statements")
        counted += f" {beside_them} more {more} of order, trend and the like."
    if unlisted := len({*later} - {row["claim"] for row in numbered}):
        counted += f" {unlisted} more {agreeing(unlisted, 'statement is', 'statements are')} not judged yet."
    if inside:
        counted += (f" {many(len(inside), 'relation')} between the paper's own numbers {agreeing(len(inside), 'is', 'are')} judged beside "
                    f"them: {tally(record['verdict'] for record in inside)}.")
    return {"standing": "\n".join(standing), "verdicts": "\n".join(table), "findings": "\n".join(told), "open": _open(records, root),
            "counts": counted}


def _open(records: dict[str, Record], root: Path) -> str:
    """For what no figure was found, by the table of figures that it would stand in, with the places in the paper."""
    titles = {name: str(tables.read_yaml(paths.official(root) / f"{name}.yaml")["title"]) for name in tables.names(root)}
    found: dict[str, list[str]] = {}
    for record in records.values():
        if record["verdict"] == UNJUDGED:
            named = {title for name, title in titles.items() for key in record["wanted"] if key.startswith((f"{name}:", f"{name},"))}
            unseen = "; ".join(record["settles"]) if NOT_SEEN in record["reason"] else "nothing that is published measures it"
            found.setdefault(", ".join(sorted(named)) or unseen, []).append(record["where"])
    rows = [f"| {what} | {len(where)} | {', '.join(dict.fromkeys(where))} |" for what, where in sorted(found.items(), key=_most)]
    if not rows:
        return "For every claim that is judged something was found that could decide it." if records else "No claim is judged yet."
    return "\n".join(["| not seen | claims | where in the paper |", "|---|--:|---|", *rows])


def _most(one: tuple[str, list[str]]) -> int:
    return -len(one[1])


def badges_shown(root: Path) -> dict[Path, str]:
    """The badges that README.md shows by their path, with the counts of the committed notebooks."""
    made, page = badges.badges(stored(rules.load(paths.notebooks(root)))), (root / "README.md").read_text(encoding="utf-8")
    return {root / badges.FOLDER / name: content for name, content in made.items() if (badges.FOLDER / name).as_posix() in page}


def rewritten(root: Path) -> str:
    """README.md with its generated parts made anew.

    Raises:
        InputError: a marker is missing.
    """
    text = (root / "README.md").read_text(encoding="utf-8")
    parts = {name: part for name, part in generated(root).items() if name not in OPTIONAL or f"<!-- /{name} -->" in text}
    return generated_parts.replaced(text, parts, "README.md", "make readme")


def rewrite(root: Path | None = None) -> bool:
    """Bring README.md and the badges up to date; whether anything changed."""
    base = root or paths.root()
    text = rewritten(base)
    changed = text != (base / "README.md").read_text(encoding="utf-8")
    if changed:
        write_text(base / "README.md", text)
    for path, content in badges_shown(base).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            write_text(path, content)
            changed = True
    return changed
