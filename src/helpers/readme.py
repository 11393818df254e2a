"""The generated parts of README.md, which stand between markers and are made from the committed notebooks alone."""

from __future__ import annotations

import re
from pathlib import Path

from helpers import badges, claims, findings, paths
from helpers.errors import InputError
from helpers.files import write_text
from helpers.run import shape
from helpers.run.collect import groups
from helpers.run.collect import records as stored
from helpers.verdict import ACCUSING, GROUPS, VERDICTS, tally

WORDS = {
    "reproduced": "every value that the published figures allow prints as stated",
    "consistent": "some do, or only under another listed choice, or on a condition that is named",
    "contradicted": "none does, under no listed choice and no reading, on strong evidence",
    "misattributed": "the digits are those of another quantity, which differs in one attribute",
    "inconsistent": "the paper's own statements exclude one another",
    "ambiguous": "right under one reading of the sentence and wrong under another",
    "not checkable": "no public figure was seen that could decide",
}
GROUP_WORDS = dict(zip(GROUPS, (
    "agrees with what was published, and a wrong number would have been noticed",
    "the figure stands on a mirror, or is a bound, so that a wrong number would have passed as well",
    "contradicted, misattributed or inconsistent",
    "ambiguous",
    "nothing public decides",
), strict=True))  # fmt: skip


def generated(root: Path) -> dict[str, str]:
    """The text of each generated part, by the name in its markers."""
    found = {record["id"]: record for record in stored(shape.load(paths.notebooks(root)))}
    records = {id: found[id] for id in claims.load(root).claims if id in found}
    inside = [record for record in records.values() if record["kind"] == "identity"]
    records = {id: record for id, record in records.items() if record["kind"] != "identity"}
    numbers = [record for record in records.values() if record["kind"] in ("number", "count")]
    rows = []
    for verdict in VERDICTS:
        of_numbers = sum(record["verdict"] == verdict for record in numbers)
        of_all = sum(record["verdict"] == verdict for record in records.values())
        rows.append(f"| {verdict} | {of_numbers} | {of_all - of_numbers} | {WORDS[verdict]} |")
    total = f"| **all** | **{len(numbers)}** | **{len(records) - len(numbers)}** | |"
    table = ["| verdict | numbers | other claims | when |", "|---|--:|--:|---|", *rows, total]
    counts = groups(records.values())
    standing = ["| | claims | what it means |", "|---|--:|---|", *(f"| {name} | {counts[name]} | {GROUP_WORDS[name]} |" for name in GROUPS)]
    told = [f"{entry['says'].strip()} *{entry['sure'].strip()}* (`{entry['claim']}`, {records[entry['claim']]['where']}: "
            f"{entry['verdict']})" for entry in findings.true_of(records, root)]
    if not told:  # an audit that has not put its findings into words
        told = [f"{record['quantity'][:1].upper()}{record['quantity'][1:]}: stated {record['stated']} {record['unit']}, {record['verdict']}"
                + (f", published {record['corrected']}" if record["corrected"] else "") + f" (`{id}`, {record['where']})"
                for id, record in records.items() if record["verdict"] in ACCUSING] or ["Nothing that was judged fails."]
    told = [f"{place}. {line}" for place, line in enumerate(told, start=1)]
    open_ones = ["| where | what was not seen | claim |", "|---|---|---|"]
    open_ones += [f"| {r['where']} | {'; '.join(r['wanted'])} | `{r['id']}` |"
                  for r in records.values() if r["verdict"] == "not checkable"]
    inventory = claims.inventory(root)
    judged = sum(bool(row["claim"]) for row in inventory)
    counted = (f"The inventory lists {len(inventory)} numbers of the paper; {judged} of them are claims, the others are dates, "
               f"names, labels and figures of speech. {len(records) - len(numbers)} more claims are statements of order, trend "
               "and the like." + (f" {len(inside)} relations between the paper's own numbers are judged beside them: "
                                  f"{tally(record['verdict'] for record in inside)}." if inside else ""))
    return {"standing": "\n".join(standing), "verdicts": "\n".join(table), "findings": "\n".join(told), "open": "\n".join(open_ones),
            "counts": counted}


def pictures(root: Path) -> dict[Path, str]:
    """The badges by their path, with the counts of the committed notebooks."""
    made = badges.badges(stored(shape.load(paths.notebooks(root))))
    return {root / badges.FOLDER / name: content for name, content in made.items()}


def rewritten(root: Path) -> str:
    """README.md with its generated parts made anew.

    Raises:
        InputError: a marker is missing.
    """
    text = (root / "README.md").read_text(encoding="utf-8")
    for name, content in generated(root).items():
        pattern = re.compile(rf"(<!-- {name}: generated, see `make readme` -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(text):
            raise InputError("a marker is missing", "README.md", f"<!-- {name}: generated, see `make readme` --> ... <!-- /{name} -->",
                             "none", "put the pair of markers back")
        text = pattern.sub(lambda found, content=content: f"{found[1]}{content}\n{found[2]}", text)
    return text


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
