"""The ledger: all claims as one table, stated against published, whole without a script and filtered and sorted by one."""

from __future__ import annotations

from asprinted.numbers.sources import AS_PUBLISHED, OF_DATA, RECOMPUTED
from asprinted.report import rows
from asprinted.report.markup import esc, facts_html, folded, front_matter
from asprinted.report.material import Material, Record, locator
from asprinted.report.pages import counts
from asprinted.report.pages.claims import chip, linked
from asprinted.verdicts.record import telling
from asprinted.verdicts.vocabulary import HOW, MEANINGS, PLAIN, group
from asprinted.verdicts.words import agreeing, anchor, beside, many

FILTERS = ("verdict", "standing", "section", "kind", "evidence", "tested", "cited")
TESTED = {RECOMPUTED: RECOMPUTED, OF_DATA: OF_DATA,
          AS_PUBLISHED: AS_PUBLISHED, "internal to the paper": "for consistency", "": "not tested"}
COLUMNS = ("verdict", "where", "claim", "stated", "published", "reason")


def page(material: Material) -> str:
    """Markdown of ledger.md."""
    records = list(material.records.values())
    options = {name: sorted({_field(material, record, name) for record in records}, key=_natural) for name in FILTERS}
    options["verdict"] = [verdict for verdict in material.verdicts["summary"] if verdict in options["verdict"]]
    words = [(chip(verdict), f"{esc(PLAIN[verdict])}. <span class=\"small\">Exactly: {esc(MEANINGS[verdict])}.</span>")
             for verdict in material.verdicts["summary"]]
    words += [(f"tested: {TESTED[how]}", esc(meaning)) for how, meaning in HOW.items()]
    inside = sum(record["kind"] == "identity" for record in records)
    claims = len(records) - inside
    judged = f"{'All ' * (claims > 1)}{many(claims, 'claim')}"
    judged += f" that {agreeing(claims, 'is', 'are')} judged" if material.waiting else ""
    beside = f" and {many(inside, 'relation')} that the paper's own numbers must keep" if inside else ""
    waiting = f" {counts.waiting(material)}" if material.waiting else ""
    return "\n".join([
        front_matter(html_theme__sidebar_secondary__remove="true"),
        "# The ledger\n",
        f"{judged}{beside}, stated against published. Each leads to its block, where the source stands in its own words.{waiting}\n",
        folded("What the words mean", facts_html(words)) + "\n",
        '<form id="ledger-filters" hidden role="search" aria-label="Filter the ledger">'
        f'{_search()}{"".join(_select(n, options[n]) for n in FILTERS)}<button type="reset">Show all</button></form>',
        '<p class="downloads" id="ledger-files"><span id="ledger-count" role="status"></span> '
        '<a href="verdicts.csv" download>CSV of all claims</a> <a href="verdicts.json" download>JSON of all claims</a></p>\n',
        _table(material, records), ""])


def _field(material: Material, record: Record, name: str) -> str:
    if name == "standing":
        return "relation inside the paper" if record["kind"] == "identity" else group(record["verdict"], telling(record))
    if name == "evidence":
        return rows.evidence(material, record)
    if name == "cited":
        return (record["faithful"] or {}).get("status", "")
    return TESTED.get(record["how"], record["how"]) if name == "tested" else record[name]


def _natural(text: str) -> tuple[int, ...] | tuple[float, str]:
    """Order of options: 3.10 after 3.2, words in their alphabet."""
    parts = text.split(".")
    return (0, *map(int, parts)) if all(part.isdigit() for part in parts) else (1, text)  # type: ignore[return-value]


def _search() -> str:
    return '<label>Search <input type="search" name="q" autocomplete="off"></label>'


def _select(name: str, options: list[str]) -> str:
    choices = "".join(f"<option>{esc(option)}</option>" for option in options)
    return f'<label>{name.capitalize()} <select name="{name}"><option value="">all</option>{choices}</select></label>'


def _table(material: Material, records: list[Record]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    body = "".join(_row(material, number, record) for number, record in enumerate(records))
    return ('<table id="ledger" class="plain ledger"><caption class="unseen">All claims and their verdicts</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>")


def _row(material: Material, number: int, record: Record) -> str:
    data = "".join(f' data-{name}="{esc(_field(material, record, name))}"' for name in FILTERS)
    # Searched, and not shown: the id, for whoever knows it, what would settle the claim, who published, and other words for all that.
    more = " ".join([record["quantity"], record["id"], *record.get("settles", record["wanted"]), record.get("note", ""),
                     *(page["publisher"] for page in record["pages"])])
    data += f' data-more="{esc(" ".join([more, *material.said_otherwise(more)]))}"'
    claim = f'<a href="claims.html#{anchor(record["id"])}">{esc(record["quantity"])}</a>'
    said, found, left = rows.stated_and_found(material, record)
    found = f"<em>recomputed</em> {found}" if record["computed"] and found and beside(record) == RECOMPUTED else found
    found = "; ".join(text for text in (found, left and f"<em>would have to be</em> {left}") if text)
    where = f'<span title="{esc(locator(record["where"]))}">{esc(record["where"])}</span>'
    cells = [chip(record["verdict"]), where, claim, said, found, linked(material, record["reason"])]
    inner = "".join(f'<th scope="row" data-label="{name}">{cell}</th>' if name == "claim" else f'<td data-label="{name}">{cell}</td>'
                    for name, cell in zip(COLUMNS, cells, strict=True))
    return f'<tr id="{anchor(record["id"])}" data-order="{number}"{data}>{inner}</tr>\n'
