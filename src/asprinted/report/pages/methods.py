"""Methods: what the words mean, under which choices this run was made, and how far the checks can be trusted."""

from __future__ import annotations

from fractions import Fraction

from asprinted.data_files.computed import EXACT_DIGITS
from asprinted.numbers import printed
from asprinted.report.markup import esc, facts, front_matter, md, sentence_case, table
from asprinted.report.material import Material
from asprinted.report.pages.claims import chip
from asprinted.verdicts.vocabulary import GROUP_MEANINGS, GROUPS, HOW, MEANINGS, PLAIN
from asprinted.verdicts.words import many

INTERVALS = """\
A printed number stands for every value that prints that way. `8.4`, rounded half up, is every value from 8.35 to below
8.45; `8.0` promises another precision than `8`. Trailing zeros before the decimal point are ambiguous, so every precision
they allow is tried as long as two significant digits remain, and the verdict says where they differ. All arithmetic is
exact, in fractions; no float decides.

A published figure carries its own rounding, or its own bound ("more than 130,000"), through every sum and quotient. A
figure that the paper repeats digit for digit is reproduced; anything else is judged by all that the figures allow.
Whoever calculates with shortened levels, such as 2.21 and 1.42 trillion, makes no error: that way is always tried too.
A figure that was not seen stays missing through all arithmetic, so *not checkable* is computed too, names the row that is
wanted, and changes by itself when the row arrives.
"""
DATA_FILES = f"""\
A number that is computed from a data file rests on the file as a whole, whose hash is checked before anything runs, and on the
cell that computes it. Whole numbers and fractions are exact. Any other float is taken to be right to {EXACT_DIGITS} digits, or to the
width that its cell names, so that the last digits of an addition accuse nobody. A file may contradict a number where a reader
can get the same file; one without an address supports numbers and contradicts none.
"""


def page(material: Material) -> str:
    """Markdown of methods.md."""
    qualifiers = [[esc(name), _width(word.low, word.high), _width(word.least, word.most), esc(word.why)]
                  for name, word in printed.WORDS.items()]
    chosen = [[f'<th scope="row"><code>{esc(one["name"])}</code></th>', esc(one["value"]), esc(one["default"]),
               _values(one), esc(one["meaning"])]
              for one in material.parameters]
    tested = [(md(how or "none").capitalize(), md(meaning) + f" ({many(_count(material, how), 'claim')}).") for how, meaning in HOW.items()]
    parts = [
        front_matter(), "# Methods", "## From digits to intervals", INTERVALS,
        "Words before a number have no sharp edge. Within the first width the word is right, beyond the second it is wrong, and between "
        "the two nothing is decided; the widths are conventions, chosen here, as shares of the number:",
        table(["word", "says", "not excluded", "why"], qualifiers),
        *([f"## From data to numbers\n\n{DATA_FILES}"] if material.files else []),
        "## The verdicts",
        facts((chip(verdict), f"{md(sentence_case(PLAIN[verdict]))}. Exactly: {md(meaning)}.") for verdict, meaning in MEANINGS.items()),
        "A wrong accusation is worse than a missed error: *contradicted* needs strong evidence and must survive every rounding convention, "
        "every listed vintage and every reading. Evidence is strong on an official or a press host, and in a verbatim reprint that names "
        "the release and that a reader can open; anything else can support a number and never contradicts one. Where a sentence bears "
        "several readings, *ambiguous* says that some of them make the number right and some wrong; a reading that nobody can judge "
        "turns support into *consistent*, and an accusation into none.",
        "## What a reader wants to know first", facts((name.capitalize(), md(GROUP_MEANINGS[name]) + ".") for name in GROUPS),
        "(how-tested)=\n\n## How a claim was tested", facts(tested),
        "## Power, margin, size of the error",
        "*Power*: every number that differs from the stated one in one digit is judged in its place; the power says for how many of these "
        "misprints the verdict would have been an accusation. A claim of order or fact is turned into its contrary. What could not have "
        "failed is counted apart. *Margin*: how far the figures are from the nearest change of verdict, in units of the last "
        "printed place. *Size of the error*: relative to the right value, and in units of the last printed place.",
        "## The choices of this run", table(["parameter", "this run", "default", "allowed", "meaning"], chosen),
        *_documents(material),
    ]
    return "\n\n".join(parts) + "\n"


def _width(low: Fraction | None, high: Fraction | None) -> str:
    ends = ["no end" if share is None else f"{float(share) * 100:+g} percent" if share else "the number" for share in (low, high)]
    return f"from {ends[0]} to {ends[1]}"


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
