"""The paper's conclusions and what each rests on; errors that may change one told apart from those that do not."""

from __future__ import annotations

from asprinted.report.markup import front_matter, grouped, md
from asprinted.report.material import Material, Record, locator, stated
from asprinted.report.pages.claims import chip
from asprinted.report.pages.front import threatened


def page(material: Material) -> str:
    """Markdown of conclusions.md."""
    may = [record for record in material.failing if threatened(material, record)]
    not_ = [record for record in material.failing if not threatened(material, record)]
    parts = [front_matter(), "# Conclusions, and the errors under them\n",
             "Which claims a conclusion rests on is recorded in `data/paper/conclusions.yaml`; what became of the claims is computed. "
             "Whether a conclusion withstands an error is an argument, so it is recorded there with its reason, open to dispute. An "
             "error without such a reason counts as one that may change the conclusion.\n",
             "## Errors that may change a conclusion\n", _errors(material, may),
             "## Errors that change no conclusion\n", _errors(material, not_),
             "## Conclusion by conclusion\n"]  # fmt: skip
    parts += [_conclusion(material, one) for one in material.register.conclusions.values()]
    return "\n".join(parts)


def _errors(material: Material, records: list[Record]) -> str:
    if not records:
        return "None.\n"
    lines = []
    for record in records:
        right = f"; right value {md(grouped(record['corrected']))}" if record["corrected"] else ""
        lines.append(f"- {chip(record['verdict'])} [{md(record['id'])}](claims.md#{record['id']}): {md(stated(record))}{right}.")
        for one in record["turns"]:
            entry = material.register.conclusions.get(one, {})
            reason = entry.get("withstands", {}).get(record["id"], "no reason is recorded why it withstands the error")
            lines.append(f"  - [{md(entry.get('conclusion', one))}](#{one}): {md(reason)}.")
        if not record["turns"]:
            lines.append("  - no conclusion rests on it.")
    return "\n".join(lines) + "\n"


def _conclusion(material: Material, entry: dict[str, object]) -> str:
    ids = list(entry["rests_on"])  # type: ignore[call-overload]
    counted = {}
    for id in ids:
        verdict = material.records[id]["verdict"] if id in material.records else "not judged"
        counted.setdefault(verdict, []).append(f"[{md(id)}](claims.md#{id})")
    said, place = str(entry["conclusion"]), locator(str(entry["where"]))
    head = f"({entry['id']})=\n\n### {md(said[:1].upper() + said[1:])}\n\n{md(place.capitalize())}."
    if not ids:
        return head + " It rests on no number of the paper, so nothing here can test it. That does not speak against it.\n"
    lines = [f"- {chip(verdict) if verdict != 'not judged' else verdict} {len(found)}: {', '.join(found)}"
             for verdict, found in counted.items()]
    return f"{head} It rests on {len(ids)} claims.\n\n" + "\n".join(lines) + "\n"
