"""The inventory of a paper's numbers against a reader's own copy of the paper: aligned in order, every difference named.

The copy may be plain text as any PDF tool gives it (broken lines, hyphenation, page numbers, no locators) or have a locator
in backticks before each sentence. Only numbers are compared; the text itself is neither stored nor repeated.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from asprinted.numbers.written.found import numbers_in
from asprinted.numbers.written.grammar import MINUS
from asprinted.numbers.written.spelling import spelled
from asprinted.paper.files import inventory, locale, locators
from forkmill.errors import InputError

LOCATOR = re.compile(r"`([a-z]*[\d.]*/[\w/]+)`")
BROKEN = re.compile(rf"(\w)[{MINUS}\N{{HYPHEN}}\N{{SOFT HYPHEN}}]\n[ \t]*([a-z]\w*)")
REFERENCES = re.compile(r"^\W*references\W*$", re.IGNORECASE | re.MULTILINE)
CAPTION = re.compile(r"^\s*(?:figure|fig\.?)\s*\d+[.:]?(?=\s+[A-Z])", re.IGNORECASE | re.MULTILINE)
CITED = re.compile(r"\[\d+(?:[-,;\s\N{EN DASH}]+\d+)*\]")
PAGE = re.compile(r"^[\s\N{EN DASH}\N{EM DASH}-]*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[\s\N{EN DASH}\N{EM DASH}-]*$",
                  re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Number:
    """A number, and where it stands: a locator, or a line of the copy.

    ``label``: whether it only marks a citation or a figure. An inventory may list such a number or not.
    """

    text: str
    where: str
    label: bool = False


@dataclass(frozen=True)
class Difference:
    """One place where the copy and the inventory part: "missing" in the copy, "extra" in it, or "different"."""

    kind: str
    inventory: tuple[Number, ...]
    copy: tuple[Number, ...]

    def __str__(self) -> str:
        parts = [f"{side} {', '.join(n.text for n in numbers)} at {_places(numbers)}"
                 for side, numbers in (("inventory", self.inventory), ("copy", self.copy)) if numbers]
        return f"{self.kind}: {'; '.join(parts)}"


def _places(numbers: tuple[Number, ...]) -> str:
    return ", ".join(dict.fromkeys(number.where for number in numbers))


def plain(text: str, sections: set[str]) -> str:
    """The copy with one spelling of every character and its words mended at line ends.

    Page numbers, the numbers of ``sections``, and the references are gone. Lines stay where they are, so that a place can be named.
    """
    text = "".join(map(_letters, spelled(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))[0]))
    ends = [found.start() for found in REFERENCES.finditer(text)]
    text = BROKEN.sub(r"\1\2\n", text[: ends[-1]] if ends else text)
    heads = "|".join(re.escape(section) for section in sorted(sections, key=len, reverse=True) if section[0].isdigit())
    for pattern in (PAGE, re.compile(rf"^[#\s]*(?:{heads or '0'})\.?(?=\s+[A-Z])", re.MULTILINE)):
        text = pattern.sub(lambda found: re.sub(r"\S", " ", found.group()), text)
    return text


def _letters(character: str) -> str:
    """A ligature as its letters; a raised digit or a fraction stays what it is."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain.isalpha() else character


def numbers(text: str, words: set[str], only: set[str] | None = None, locale: str = "en") -> Iterator[Number]:
    """Every number in digits and every one of the number words, in order.

    Args:
        text: the copy.
        words: the number words that count, in lower case.
        only: locators that count, where the copy has locators: a title page or a heading above them has none.
        locale: the language whose notation the digits follow.
    """
    listed = sorted((re.escape(word).replace(r"\ ", r"\s+") for word in words if not re.search("[0-9]", word)), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w.,])(?:{'|'.join(listed) or '(?!)'})(?!\w)", re.IGNORECASE)
    marks = list(LOCATOR.finditer(text))
    plain = LOCATOR.sub(lambda mark: " " * len(mark.group()), text)
    found = {one.start(): one.group() for one in pattern.finditer(plain)}
    found |= {one.start: one.bare for one in numbers_in(plain, locale) if re.search("[0-9]", one.bare)}
    labels = [one.span() for pattern in (CITED, CAPTION) for one in pattern.finditer(plain)]
    for start, written in sorted(found.items()):
        before = [mark for mark in marks if mark.start() < start]
        if marks and (not before or (only is not None and before[-1].group(1) not in only) or _heading(text, start)):
            continue
        where = before[-1].group(1) if marks else f"line {text.count(chr(10), 0, start) + 1}"
        label = any(begin <= start < end for begin, end in labels)
        yield Number(bare(re.sub(r"\s+", " ", written), locale), where, label)


def bare(text: str, locale: str = "en") -> str:
    """Digits as printed, without sign, currency, % and the word or letters beside them; a word as it is.

    >>> bare("-8.4%"), bare("5G"), bare("£2.3tn"), bare("one hundred")
    ('8.4', '5', '2.3', 'one hundred')
    """
    digits = [one.bare for one in numbers_in(text, locale) if re.search("[0-9]", one.bare)]
    return re.sub(rf"^[{MINUS}+]\s*", "", digits[0] if digits else text)


def _heading(text: str, place: int) -> bool:
    """Whether a place lies in a Markdown heading, which repeats the number of a section and is no sentence."""
    return text[text.rfind("\n", 0, place) + 1 :].lstrip().startswith("#")


def compare(listed: list[Number], found: list[Number]) -> list[Difference]:
    """Every difference between the inventory and the copy, aligned in order; a mark of a citation that is not listed is none."""
    left, right = ([number.text.lower() for number in side] for side in (listed, found))
    aligned = difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    apart = [(listed[a:b], [one for one in found[c:d] if not one.label]) for kind, a, b, c, d in aligned if kind != "equal"]
    return [Difference("missing" if not extra else "different" if missing else "extra", tuple(missing), tuple(extra))
            for missing, extra in apart if missing or extra]


def listed(base: Path | None = None) -> list[Number]:
    """The numbers of the inventory and of the printed tables, in the order of the paper, as :func:`bare` has them; one of a table by
    its cell."""
    return [Number(bare(row["text"], locale(base)), row["claim"] if "[" in row["claim"] else row["where"]) for row in inventory(base)]


def check(file: Path, base: Path | None = None) -> list[Difference]:
    """Every difference between the inventory and a copy of the paper.

    Raises:
        InputError: the copy cannot be read as text, or holds no number.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("the copy cannot be read", str(file), "plain text in UTF-8", type(error).__name__,
                         "save the paper as plain text, for instance with pdftotext") from None
    mine, known = listed(base), set(locators(base))
    text = plain(text, {where.partition("/")[0] for where in known})
    found = list(numbers(text, {number.text.lower() for number in mine}, known, locale(base)))
    if not found:
        raise InputError("the copy holds no number", str(file), "the paper as plain text", "none", "look at the file")
    return compare(mine, found)
