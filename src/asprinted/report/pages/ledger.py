"""The ledger: all claims as one table that is whole without a script, and that a script filters and sorts."""

from __future__ import annotations

from asprinted.report.markup import esc, facts, front_matter, md
from asprinted.report.material import Material, Record, stated
from asprinted.report.pages.claims import chip
from asprinted.verdicts.vocabulary import HOW, MEANINGS, group

FILTERS = ("verdict", "standing", "section", "kind", "evidence", "tested", "cited")
TESTED = {"recomputed": "recomputed", "as published": "as published", "internal to the paper": "for consistency", "": "not tested"}
COLUMNS = ("verdict", "where", "claim", "stated", "published", "kind", "evidence", "tested")


def page(material: Material) -> str:
    """Markdown of ledger.md."""
    records = list(material.records.values())
    options = {name: sorted({_field(record, name) for record in records}, key=_natural) for name in FILTERS}
    options["verdict"] = [verdict for verdict in material.verdicts["summary"] if verdict in options["verdict"]]
    said = "; ".join(f"*{TESTED[how]}*: {meaning}" for how, meaning in HOW.items())
    return "\n".join([
        front_matter(html_theme__sidebar_secondary__remove="true"),
        "# The ledger\n",
        f"All {len(records)} claims that were judged. Each id leads to the section with everything behind the verdict; the address "
        "of a row is `ledger.html#` and the id. How a claim was tested: " + said + ".\n",
        '<p class="downloads"><a href="verdicts.csv" download>CSV of all claims</a> <a href="verdicts.json" download>JSON of all '
        "claims</a></p>\n",
        "<details><summary>What the verdicts mean</summary>\n",
        facts((chip(verdict), md(MEANINGS[verdict])) for verdict in material.verdicts["summary"]),
        "\n</details>\n",
        '<form id="ledger-filters" hidden role="search" aria-label="Filter the ledger">'
        f'{_search()}{"".join(_select(n, options[n]) for n in FILTERS)}'
        '<button type="reset">Show all</button><button type="button" id="ledger-download">CSV of these rows</button></form>',
        '<p id="ledger-count" role="status"></p>\n',
        _table(records), ""])  # fmt: skip


def _field(record: Record, name: str) -> str:
    if name == "standing":
        return "relation inside the paper" if record["kind"] == "identity" else group(record["verdict"], record["could_fail"])
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


def _table(records: list[Record]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    return ('<table id="ledger" class="plain ledger"><caption class="unseen">All claims and their verdicts</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>\n{''.join(map(_row, enumerate(records)))}</tbody></table>")


def _row(numbered: tuple[int, Record]) -> str:
    number, record = numbered
    data = "".join(f' data-{name}="{esc(_field(record, name))}"' for name in FILTERS)
    claim = f'<a href="claims.html#{esc(record["id"])}">{esc(record["id"])}</a><br><span class="small">{esc(record["quantity"])}</span>'
    cells = [chip(record["verdict"]), esc(record["where"]), claim, esc(stated(record)), esc(record["corrected"] or ""),
             esc(record["kind"]), esc(record["evidence"]), esc(_field(record, "tested"))]
    inner = "".join(f'<th scope="row" data-label="{name}">{cell}</th>' if name == "claim" else f'<td data-label="{name}">{cell}</td>'
                    for name, cell in zip(COLUMNS, cells, strict=True))
    return f'<tr id="{esc(record["id"])}" data-order="{number}"{data}>{inner}</tr>\n'
