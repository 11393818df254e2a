"""Published rows as a reader wants them: the figure, the words that print it, their translation, who published it, and where."""

from __future__ import annotations

import re
from decimal import Decimal

from asprinted.numbers.dates import periods
from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.dates.days import of_period
from asprinted.numbers.printed import SCALES
from asprinted.numbers.sources import DATA, DATA_FILES, REPRINT, of_data
from asprinted.official import labels
from asprinted.report.markup import esc, link
from asprinted.report.material import Material, Record
from asprinted.verdicts.vocabulary import UNJUDGED
from asprinted.verdicts.words import agreeing, anchor, grouped, implied, many, published, signed, stated

FIGURES = 4  # figures that words were held against; more are counted
SHOWN = 2  # as many sources stand open; more are folded
MOST = 40  # no more are listed: what rests on hundreds of rows rests on a table, or is a data file
PARAPHRASE = "paraphrase:"
# What words state, by the kind of their claim.
WORDED = {"number": "a number", "count": "a number", "order": "a comparison", "extreme": "an extreme", "direction": "a rise or a fall",
          "trend": "a trend", "fact": "a fact", "identity": "a relation of its numbers"}
# What the kind of host means for a verdict: one rule, in these words everywhere.
SEEN_ON = {"official": "official page", "press": "press", "authors' data": "data of the authors themselves", "data file": "data file"}
HOSTS = {
    "official": "a page of the issuing body or a government site",
    "press": "a known newspaper or agency",
    "mirror": "a page elsewhere. A verbatim reprint that names its release and that a reader can open is strong evidence, as an official "
    "page is; any other page elsewhere relays a figure: it can support a number and never contradicts one",
}
_SCRIPTS = (("ja", "\u3040-\u30ff"), ("ko", "\uac00-\ud7af"), ("zh", "\u3400-\u9fff"), ("ru", "\u0400-\u04ff"))


def figure(row: dict[str, str]) -> str:
    """The figure of a row as printed, with bound, scale and unit.

    >>> figure({"bound": "more than", "digits": "13", "scale": "ten thousand", "unit": "stations"})
    'more than 130,000 stations (printed: 13 ten thousand)'
    >>> figure({"digits": "22143.6", "scale": "hundred million", "unit": "yuan"})
    '2.21436 trillion yuan (printed: 22,143.6 hundred million)'
    >>> figure({"digits": "2019", "scale": "one", "unit": "year"})
    '2019'
    """
    if row.get("unit") == DATE:
        return repr(of_period(row["digits"]))
    if row.get("unit") == "year":
        return row.get("digits", "")
    scale = "" if row.get("scale") == "one" else row.get("scale", "")
    digits, printed = signed(grouped(row.get("digits", ""))), ""
    if scale in ("ten thousand", "hundred million"):  # which English does not count in
        value = Decimal(row["digits"]).scaleb(SCALES[scale])
        named = next((name for name in ("trillion", "billion", "million") if abs(value) >= 10 ** SCALES[name]), "")
        printed = f"(printed: {digits} {scale})"
        digits, scale = signed(grouped(f"{value.scaleb(-SCALES.get(named, 0)).normalize():f}")), named
    return " ".join(text for text in (row.get("bound", ""), digits, scale, row.get("unit", ""), printed) if text)


def period(row: dict[str, str]) -> str:
    """The time of a row in words, as :func:`asprinted.official.labels.period`, and what of it is meant.

    >>> period({"period": "2019Q2", "basis": "cumulative"}), period({"period": "2016/2019", "basis": "annual average"})
    ('January to June 2019', '2016 to 2019, a year on average')
    >>> [period({"period": one, "basis": "end of period"}) for one in ("2019Q2", "2019-04", "2019")]
    ['end of June 2019', 'end of April 2019', '2019, at the end']
    """
    text, basis = row.get("period", ""), row.get("basis", "")
    if not text:
        return ""
    if basis == "end of period" and "/" not in text and periods.kind_of(text) in ("quarter", "month"):
        return f"end of {periods.last_day(text):%B %Y}"
    return labels.period(text, basis) + {"annual average": ", a year on average", "end of period": ", at the end"}.get(basis, "")


def language(text: str) -> str:
    """The language of a text by its letters, as far as they tell; nothing for Latin letters.

    >>> language("制造业投资下降6.5%"), language("工業の"), language("fell by 6.5")
    ('zh', 'ja', '')
    """
    return next((name for name, letters in _SCRIPTS if re.search(f"[{letters}]", text)), "")


def tagged(text: str) -> str:
    """A text of a source as HTML that names its language, for voices and for the right glyphs."""
    found = language(text)
    return f'<span lang="{found}">{esc(text)}</span>' if found else esc(text)


def excerpt(material: Material, row: dict[str, str]) -> str:
    """What the page prints, and in English where it is not, as HTML."""
    said = row.get("evidence", "")
    if not said:
        return ""
    if said.startswith(PARAPHRASE):
        shown = f"the page in other words: {tagged(said.removeprefix(PARAPHRASE).strip())}"
    else:
        shown = f"“{tagged(said)}”"
    english = material.translations.get(row["row"], "")
    return shown + (f'<br><span class="translation">In English: “{esc(english)}”</span>' if english else "")


def kind(row: dict[str, str]) -> str:
    """What the page of a row is, by the rule of :data:`HOSTS`.

    >>> kind({"host": "mirror", "status": "VERIFIED", "address": "https://example.org"}), kind({"host": "mirror"})
    ('verbatim reprint', 'a page that relays it')
    >>> kind({"host": "mirror", "address": REPRINT})
    'a copy that relays it, without a page to open'
    """
    if row.get("host") in SEEN_ON:
        return SEEN_ON[row["host"]]
    if row.get("status") != "VERIFIED":
        return "a page that relays it" if row.get("address") != REPRINT else "a copy that relays it, without a page to open"
    return "verbatim reprint" if row.get("address") != REPRINT else "reprint without a page to open"


def evidence(material: Material, record: Record) -> str:
    """The weakest kind of page that a verdict needs, in the words of :func:`kind`."""
    if record["evidence"] != "mirror":
        return SEEN_ON.get(record["evidence"], "no published figure")
    kinds = {kind(material.rows[key]) for key in record["sources"] if key in material.rows}
    return "verbatim reprint" if "verbatim reprint" in kinds else "a page that relays it"


def cited(row: dict[str, str]) -> str:
    """Publisher, title and date as HTML, the title a link where the row has an address."""
    title = row.get("title", "") or "page"
    shown = link(row.get("address", ""), "its page" if title == "untitled" else title)
    found = language(title)
    return f"{esc(row.get('publisher', ''))}: " + (f'<span lang="{found}">{shown}</span>' if found else shown) \
        + f", {esc(row.get('published', ''))}"


def best(material: Material, keys: list[str]) -> str:
    """The strongest of the pages that a verdict rests on, as HTML; nothing where it rests on none."""
    found = sorted((row for key in keys if (row := material.rows.get(key))), key=_rank)
    return cited(found[0]) if found else ""


def what(material: Material, row: dict[str, str]) -> str:
    """What the figure of a row is, in words: the indicator's meaning, the place, the time."""
    meaning = material.indicators.get(row.get("indicator", ""), {}).get("description", "") or row.get("indicator", "").replace("_", " ")
    return ", ".join(text for text in (meaning, row.get("geography", ""), period(row)) if text)


def name(material: Material, source: str) -> str:
    """A source in words, for a reader to whom its key says nothing; a release by the first of those that relay it."""
    known = material.sources.get(source) or material.sources.get(next(iter(material.releases.get(source, ())), ""))
    return f"{known['publisher']}, {known['published']}" if known else source


def listed(material: Material, keys: list[str]) -> str:
    """The rows that a verdict rests on as a list, the first few open; nothing where there is none."""
    if not keys:
        return ""
    items = [_item(material, key) for key in sorted(keys, key=lambda key: _rank(material.rows.get(key, {})))]
    shown, folded = f'<ul class="sources">{"".join(items[:SHOWN])}</ul>', len(items) - SHOWN
    if len(items) <= SHOWN:
        return shown
    left = len(items) - MOST
    rest = f"<p>{many(left, 'other')}, all in verdicts.json.</p>" if left > 0 else ""
    return (f'{shown}<details class="more"><summary>{folded} more published {agreeing(folded, "figure", "figures")}</summary>'
            f'<ul class="sources">{"".join(items[SHOWN:MOST])}</ul>{rest}</details>')


def stated_and_found(material: Material, record: Record) -> tuple[str, str, str]:
    """What is stated, what was found beside it, and what the paper's other statements leave for it, as HTML.

    Of words: what they state by its kind, and the figures that they were held against.
    """
    said, found, left = (esc(signed(text(record))) for text in (stated, published, implied))
    if not (found or left):
        found = _held_against(material, record)
    return said or f"<em>in words: {WORDED[record['kind']]}</em>", found, left


def _held_against(material: Material, record: Record) -> str:
    figures: dict[str, str] = {}  # by what is shown: several pages print the same
    for key in record["sources"]:
        row = material.rows.get(key, {})
        if row.get("digits"):
            figures.setdefault(figure(row), f'<a href="data/{row["table"]}.html#{esc(key)}" title="{esc(what(material, row))}">'
                                            f"{esc(figure(row))}</a>")
    for id in record["with"]:
        if id in material.records and (said := signed(stated(material.records[id]))):
            title = esc(material.records[id]["quantity"])
            figures.setdefault(f"{said} {id}", f'<a href="claims.html#{anchor(id)}" title="{title}">{esc(said)}</a> of the paper')
    shown, more = list(figures.values())[:FIGURES], len(figures) - FIGURES
    if shown:
        return "; ".join(shown) + (f" and {more} more" if more > 0 else "")
    if record["verdict"] == UNJUDGED:
        return "<em>none found</em>"
    return f"<em>{'the data' if of_data(record['sources']) else 'what its sources say' if record['sources'] else 'the paper itself'}</em>"


def _rank(row: dict[str, str]) -> int:
    """What a reader can trust and open best comes first."""
    order = ("official page", "verbatim reprint", "press")
    return order.index(kind(row)) if kind(row) in order else len(order)


def _item(material: Material, key: str) -> str:
    row = material.rows.get(key)
    if row is None:
        return f"<li><code>{esc(key)}</code>: no such row in data/official now</li>"
    if row["host"] in DATA:
        return (f'<li><strong>{esc(key.removeprefix(DATA_FILES))}</strong>, {esc(row["title"])}<br><span class="small">{cited(row)} '
                f'({kind(row)}; rights: {esc(row["rights"])}<span class="online">; <a href="data/files.html#{esc(key)}">what its columns '
                "mean</a></span>)</span></li>")
    head = f"<strong>{esc(figure(row))}</strong> {esc(what(material, row))}" if row.get("digits") else esc(what(material, row) or key)
    where = f'<span class="online">; <a href="data/{row["table"]}.html#{esc(key)}">row in the data</a></span>'
    said = excerpt(material, row)
    return f'<li>{head}{"<br>" + said if said else ""}<br><span class="small">{cited(row)} ({kind(row)}{where})</span></li>'
