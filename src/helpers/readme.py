"""The generated parts of README.md, which stand between markers and are made from the committed notebooks alone."""

from __future__ import annotations

import re
from pathlib import Path

from helpers import badges, claims, paths
from helpers.errors import InputError
from helpers.files import write_text
from helpers.run import shape
from helpers.run.collect import records as stored
from helpers.verdict import VERDICTS

WORDS = {
    "reproduced": "every value that the official figures allow prints as stated",
    "consistent": "some do, or only under another listed choice, or the series has holes",
    "contradicted": "none does, under no listed choice and no reading, on strong evidence",
    "misattributed": "the digits are those of one other quantity, which differs in one attribute",
    "inconsistent": "the paper's own statements exclude one another",
    "ambiguous": "the sentence bears several readings with different verdicts",
    "not checkable": "no public figure was seen that could decide",
}


def generated(root: Path) -> dict[str, str]:
    """The text of each generated part, by the name in its markers."""
    found = {record["id"]: record for record in stored(shape.load(paths.notebooks(root)))}
    records = {id: found[id] for id in claims.load(root).claims if id in found}
    numbers = [record for record in records.values() if record["kind"] in ("number", "count")]
    rows = []
    for verdict in VERDICTS:
        of_numbers = sum(record["verdict"] == verdict for record in numbers)
        of_all = sum(record["verdict"] == verdict for record in records.values())
        rows.append(f"| {verdict} | {of_numbers} | {of_all - of_numbers} | {WORDS[verdict]} |")
    total = f"| **all** | **{len(numbers)}** | **{len(records) - len(numbers)}** | |"
    table = ["| verdict | numbers | other claims | when |", "|---|--:|--:|---|", *rows, total]
    failing = [record for record in records.values()
               if record["verdict"] in ("contradicted", "misattributed", "inconsistent")]
    findings = ["| where | stated | verdict | right value | claim |", "|---|---|---|---|---|"]
    findings += [f"| {r['where']} | {r['stated']} {r['unit']} | {r['verdict']} | {r['corrected'] or ''} | `{r['id']}` |"
                 for r in failing]
    open_ones = ["| where | what was not seen | claim |", "|---|---|---|"]
    open_ones += [f"| {r['where']} | {'; '.join(r['wanted'])} | `{r['id']}` |"
                  for r in records.values() if r["verdict"] == "not checkable"]
    inventory = claims.inventory(root)
    judged = sum(bool(row["claim"]) for row in inventory)
    counted = (f"The inventory lists {len(inventory)} numbers of the paper; {judged} of them are claims, the others are dates, "
               f"names, labels and figures of speech. {len(records) - len(numbers)} more claims are statements of order, trend "
               "and the like.")
    return {"verdicts": "\n".join(table), "findings": "\n".join(findings), "open": "\n".join(open_ones), "counts": counted}


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
