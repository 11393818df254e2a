"""The generated parts of README.md, which stand between markers and are made from the committed notebooks alone."""

from __future__ import annotations

from pathlib import Path

from asprinted import generated_parts, paths
from asprinted.audit.collect import records as stored
from asprinted.commands import badges
from asprinted.paper import findings, register
from asprinted.paper.files import inventory
from asprinted.verdicts.record import groups
from asprinted.verdicts.vocabulary import ACCUSING, GROUP_MEANINGS, PLAIN, VERDICTS, tally
from forkmill.files import write_text
from forkmill.notebooks import rules


def generated(root: Path) -> dict[str, str]:
    """The text of each generated part, by the name in its markers."""
    found = {record["id"]: record for record in stored(rules.load(paths.notebooks(root)))}
    records = {id: found[id] for id in register.load(root).claims if id in found}
    inside = [record for record in records.values() if record["kind"] == "identity"]
    records = {id: record for id, record in records.items() if record["kind"] != "identity"}
    numbers = [record for record in records.values() if record["kind"] in ("number", "count")]
    rows = []
    for verdict in VERDICTS:
        of_numbers = sum(record["verdict"] == verdict for record in numbers)
        of_all = sum(record["verdict"] == verdict for record in records.values())
        rows.append(f"| {verdict} | {of_numbers} | {of_all - of_numbers} | {PLAIN[verdict]} |")
    total = f"| **all** | **{len(numbers)}** | **{len(records) - len(numbers)}** | |"
    table = ["| verdict | numbers | other claims | the claim |", "|---|--:|--:|---|", *rows, total]
    counts = groups(records.values())
    standing = ["| | claims | what it means |", "|---|--:|---|",
                *(f"| {name} | {counts[name]} | {meaning} |" for name, meaning in GROUP_MEANINGS.items())]
    told = [f"{entry['says'].strip()} *{entry['sure'].strip()}* (`{entry['claim']}`, {records[entry['claim']]['where']}: "
            f"{entry['verdict']})" for entry in findings.true_of(records, root)]
    if not told:  # an audit that has not put its findings into words
        told = [f"{record['quantity'][:1].upper()}{record['quantity'][1:]}: stated {record['stated']} {record['unit']}, {record['verdict']}"
                + (f", published {record['corrected']}" if record["corrected"] else "") + f" (`{id}`, {record['where']})"
                for id, record in records.items() if record["verdict"] in ACCUSING] or ["Nothing that was judged fails."]
    told = [f"{place}. {line}" for place, line in enumerate(told, start=1)]
    open_ones = ["| where | what was not seen | claim |", "|---|---|---|"]
    open_ones += [f"| {r['where']} | {'; '.join(r.get('settles', r['wanted']))} | `{r['id']}` |"
                  for r in records.values() if r["verdict"] == "not checkable"]
    numbered = inventory(root)
    judged = sum(bool(row["claim"]) for row in numbered)
    counted = (f"The inventory lists {len(numbered)} numbers of the paper; {judged} of them are claims, the others are dates, "
               f"names, labels and figures of speech. {len(records) - len(numbers)} more claims are statements of order, trend "
               "and the like." + (f" {len(inside)} relations between the paper's own numbers are judged beside them: "
                                  f"{tally(record['verdict'] for record in inside)}." if inside else ""))
    return {"standing": "\n".join(standing), "verdicts": "\n".join(table), "findings": "\n".join(told), "open": "\n".join(open_ones),
            "counts": counted}


def pictures(root: Path) -> dict[Path, str]:
    """The badges by their path, with the counts of the committed notebooks."""
    made = badges.badges(stored(rules.load(paths.notebooks(root))))
    return {root / badges.FOLDER / name: content for name, content in made.items()}


def rewritten(root: Path) -> str:
    """README.md with its generated parts made anew.

    Raises:
        InputError: a marker is missing.
    """
    return generated_parts.replaced((root / "README.md").read_text(encoding="utf-8"), generated(root), "README.md", "make readme")


def rewrite(root: Path | None = None) -> bool:
    """Bring README.md and the badges up to date; whether anything changed."""
    base = root or paths.root()
    text = rewritten(base)
    changed = text != (base / "README.md").read_text(encoding="utf-8")
    if changed:
        write_text(base / "README.md", text)
    for path, content in pictures(base).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            write_text(path, content)
            changed = True
    return changed
