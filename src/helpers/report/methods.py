"""Methods: what the words mean, under which choices this run was made, and how far the checks can be trusted."""

from __future__ import annotations

from helpers import printed
from helpers.readme import WORDS
from helpers.report.claim_page import chip
from helpers.report.markup import esc, facts, front_matter, md, table
from helpers.report.material import HOW, Material

INTERVALS = """\
A printed number stands for every value that prints that way. `8.4`, rounded half up, is every value from 8.35 to below
8.45; `8.0` promises another precision than `8`. Trailing zeros before the decimal point are ambiguous, so every precision
they allow is tried, and the verdict says where they differ. All arithmetic is exact, in fractions; no float decides.

An official figure carries its own rounding, or its own bound ("more than 130,000"), through every sum and quotient. The
difference of two published rates is what the offices print as the gap; under that convention it is exact.
A figure that was not seen stays missing through all arithmetic, so *not checkable* is computed too, names the row that is
wanted, and changes by itself when the row arrives.
"""


def page(material: Material) -> str:
    """Markdown of methods.md."""
    qualifiers = [["about", f"{_percent(printed.ABOUT_WIDTH)} to either side"], ["nearly", f"up to {_percent(printed.NEARLY_WIDTH)} below"],
                  ["more than, at least", "a bound from below"], ["less than, at most", "a bound from above"]]  # fmt: skip
    chosen = [[f'<th scope="row"><code>{esc(one["name"])}</code></th>', esc(one["value"]), esc(one["default"]),
               _values(one), esc(one["meaning"])]
              for one in material.parameters]
    tested = [(md(how or "none").capitalize(), md(meaning) + f" ({_count(material, how)} claims).") for how, meaning in HOW.items()]
    parts = [
        front_matter(), "# Methods", "## From digits to intervals", INTERVALS,
        table(["word before a number", "width"], [[esc(word), esc(width)] for word, width in qualifiers]),
        "## The verdicts", facts((chip(verdict), md(meaning)) for verdict, meaning in WORDS.items()),
        "A wrong accusation is worse than a missed error: *contradicted* needs strong evidence and must survive every rounding convention, "
        "every listed vintage and every reading. Evidence is strong on a page of the issuing body, on a government site, "
        "in a known newspaper or in a verbatim reprint that names the release; "
        "what a mirror only relays can support a number, never contradict one.",
        "(how-tested)=\n\n## How a claim was tested", facts(tested),
        "## Power, margin, size of the error",
        "*Power*: every number that differs from the stated one in one digit is judged in its place; the power says how many of these "
        "misprints would have been noticed. *Margin*: how far the figures are from the nearest change of verdict, in units of the last "
        "printed place. *Size of the error*: relative to the right value, and in units of the last printed place.",
        "## The choices of this run", table(["parameter", "this run", "default", "allowed", "meaning"], chosen),
        *_documents(material),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _percent(width: object) -> str:
    return f"{float(width) * 100:g} percent"  # type: ignore[arg-type]


def _values(one: dict[str, object]) -> str:
    if "allowed" in one:
        return esc(", ".join(map(str, one["allowed"])))  # type: ignore[call-overload]
    return esc(f"{one.get('minimum')} to {one.get('maximum')}")


def _count(material: Material, how: str) -> int:
    return sum(record["how"] == how for record in material.records.values())


def _documents(material: Material) -> list[str]:
    """Pages of docs/ that say how the checks themselves were checked, where there are any."""
    known = {"planted-defects": "Defects planted to see whether they are found", "speed": "Speed, measured", "robustness": "Robustness"}
    found = [f"- [{text}](docs/{name}.md)" for name, text in known.items() if (material.root / "docs" / f"{name}.md").is_file()]
    return ["## How the checks were checked", "\n".join(found)] if found else []
