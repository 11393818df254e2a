"""The front page: what the paper argues, the answer in a sentence, and each finding with its proof."""

from __future__ import annotations

from fractions import Fraction

from asprinted.paper import findings as recorded
from asprinted.paper.files import belonging, inventory
from asprinted.report import about, rows
from asprinted.report.markup import esc, front_matter, md, sentence_case
from asprinted.report.material import APART, Material, Record, locator
from asprinted.report.pages import counts, docs, notebooks
from asprinted.report.pages.claims import chip, linked
from asprinted.verdicts.vocabulary import ACCUSING, AMBIGUOUS, MARKS, NOT_JUDGED, VERDICTS
from asprinted.verdicts.words import anchor, beside, sentence


def page(material: Material) -> str:
    """Markdown of index.md, with the contents of the whole site at its end."""
    site = material.site
    said = [counts.waiting(material), counts.worth(material), counts.official_only(material),
            f"{counts.turning(material)} [Conclusions](conclusions.md).",
            f"{counts.inside(material)} [The paper beside itself](inside.md)." if counts.inside(material) else ""]
    return "\n\n".join([
        front_matter(html_theme__sidebar_secondary__remove="true"),
        f"# {md(site['title'])}",
        site["introduction"].strip(),
        f'<p class="answer">{esc(counts.classification(material)[0].partition(";")[0])}. {esc(counts.answer(material))}</p>',
        counts.bar(material),
        "## The findings\n\n" + findings(material),
        "## What the verdicts say, and what they are worth\n\n" + counts.key(material),
        " ".join(text for text in said if text),
        "## Every number of the paper\n\n" + cells(material),
        "## Where to go on\n\n" + site["onward"].strip(),
        citation(material),
        contents(material)]) + "\n"


def ranked(material: Material) -> list[Record]:
    """What does not hold or depends on a reading, in the order in which it matters: accused first, then by what rests on it."""
    place = {id: number for number, id in enumerate(material.records)}

    def weight(record: Record) -> tuple[object, ...]:
        size = abs(Fraction(record["error"]["relative"])) if record["error"] and record["error"]["relative"] else Fraction(0)
        return (VERDICTS.index(record["verdict"]), -len(counts.threatened(material, record)), -len(record["turns"]), -size,
                place[record["id"]])

    return sorted((record for record in material.records.values()
                   if record["kind"] != "identity" and record["verdict"] in (*ACCUSING, AMBIGUOUS)), key=weight)


def findings(material: Material) -> str:
    """Each finding on record that this run bears out, then what else does not hold or depends on a reading."""
    told = recorded.true_of(material.records, material.root)
    found = [_finding(material, material.records[one["claim"]], one) for one in told]
    known = {id for one in told for id in recorded.spoken_of(one)}
    found += [_finding(material, record) for record in ranked(material) if record["id"] not in known]
    return f'<ol class="findings">{"".join(found)}</ol>' if found else "Nothing that was judged fails."


def _finding(material: Material, record: Record, finding: recorded.Finding | None = None) -> str:
    """Stated and published, the sentence to quote, how sure it is, and the way to the proof."""
    said, found, left = rows.stated_and_found(material, record)
    label = sentence_case(beside(record)) + (", by how it is read" if record["readings"] else "") if record["stated"] else "Held against"
    pair = (("Stated", said), (label, found), ("Would have to be", left))
    numbers = "".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in pair if text)
    say = finding["says"].strip() if finding else ""
    if say and record["verdict"] == AMBIGUOUS:  # what accuses under one reading alone must not read as if it did under all
        say += f" {sentence(record)}"
    words = f"<p class=\"say\">{esc(say)}</p>" if say else (
        f"<p class=\"say\">{esc(sentence_case(record['quantity']))}. {esc(sentence(record))} "
        f"{linked(material, sentence_case(record['reason']))}.</p>")
    sure = f'<p class="sure">How sure: {esc(finding["sure"].strip())}</p>' if finding else ""
    proof = f'<a href="claims.html#{anchor(record["id"])}">The proof: {esc(locator(record["where"]))}</a>'
    return (f'<li class="finding edge-{record["verdict"].replace(" ", "-")}">{f"<dl>{numbers}</dl>" if numbers else ""}{words}'
            f'{sure}<p class="more">{chip(record["verdict"])} {proof}</p></li>')


def cells(material: Material) -> str:
    """Every number of the paper in reading order, a row a section, as cells that link to their claims."""
    lines_of: dict[str, list[str]] = {}
    section = ""
    listed = inventory(material.root)
    for entry in listed:
        if entry["where"].partition("/")[0] not in APART:
            section = entry["where"].partition("/")[0]
        lines_of.setdefault(section, []).append(_cell(material, entry))
    lines = "".join(f'<li><span class="cells-section">{esc(name)}</span><span class="cells">{"".join(found)}</span></li>'
                    for name, found in lines_of.items())
    return f'{belonging(listed, material.register.claims, material.waiting)} Those that are pale belong to none.\n\n' \
           f'<ol class="picture">{lines}</ol>'


def _cell(material: Material, entry: dict[str, str]) -> str:
    record = material.records.get(entry["claim"])
    if record is None and entry["claim"] in material.register.claims:
        quantity = esc(material.register.claims[entry["claim"]].quantity)
        return (f'<a class="cell" href="claims.html#{anchor(entry["claim"])}" title="{NOT_JUDGED}: {quantity}">'
                f'{MARKS[NOT_JUDGED]}&#8239;{esc(entry["text"])}</a>')
    if record is None:
        return f'<span class="cell" title="{esc(entry["exempt"])}">{esc(entry["text"])}</span>'
    verdict = record["verdict"]
    return (f'<a class="cell v-{verdict.replace(" ", "-")}" href="claims.html#{anchor(record["id"])}" '
            f'title="{verdict}: {esc(record["quantity"])}">{MARKS[verdict]}&#8239;{esc(entry["text"])}</a>')


def citation(material: Material) -> str:
    """How to cite the audit and what it audits, as CITATION.cff says; nothing where there is no such file."""
    cited = material.cited
    if not cited:
        return ""
    where = about.address(material, "")
    parts = (f"{' and '.join(about.authors(cited))}: {cited['title']}", sentence_case(about.stamp(material)), where)
    audit = ". ".join(text for text in parts if text)
    lines = [f'<p class="cite"><span class="cite-label">This audit:</span> <span class="cite-text">{esc(audit)}</span></p>']
    lines += [f'<p class="cite"><span class="cite-label">What it audits:</span> <span class="cite-text">'
              f"{esc(' and '.join(about.authors(work)))}: {esc(work['title'])}</span></p>" for work in cited.get("references", [])]
    return "\n".join(["## How to cite\n", *lines, "\nA single verdict: the line below its block on [the page of claims](claims.md)."])


def navigation(material: Material) -> list[tuple[str, list[tuple[str, str, list[tuple[str, str]]]]]]:
    """The side bar: under each caption pages with their titles, some with pages below them."""
    relations = any(one["kind"] == "identity" for one in material.records.values())
    beside = [("inside", "The paper beside itself", [])] if relations or material.attributions.works else []
    below = [(f"data/{name}", str(material.provenance[name]["title"])) for name in material.tables]
    below += [("data/files", "Data files")] if material.files else []
    written = docs.read(material)
    read, apart = (([(name.removesuffix(".md"), docs.title(written[name])) for name in names])
                   for names in (docs.for_readers(material), docs.for_developers(material)))
    return [
        ("", [("index", "The answer", []), ("summary", "Summary in two pages", [])]),
        ("Findings", [("ledger", "The ledger", []), ("claims", "Every claim", []), ("conclusions", "Conclusions", []), *beside]),
        ("Notebooks", [(f"notebooks/{name}", docs.title(notebooks.text(content)), []) for name, content in material.notebooks.items()]),
        ("Evidence", [("figures", "All figures", []), ("data/index", "The data", below)]),
        ("Method and use", [("methods", "Methods", []), *((name, title, []) for name, title in read),
                            ("docs/for-developers", "For developers", [*apart, ("docs/modules", "The modules")])]),
    ]


def contents(material: Material) -> str:
    """The pages in the order in which one leads to the next; the side bar is :func:`navigation`."""
    names = [name for _, listed in navigation(material) for name, _, _ in listed if name != "index" and not name.startswith("docs/")]
    return "```{toctree}\n:hidden:\n\n" + "\n".join([*names, "docs/index"]) + "\n```"
