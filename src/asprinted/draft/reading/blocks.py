"""What every reader of a paper gives: its headings, paragraphs, captions, tables, footnotes and references, in their order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

HEADING, PARAGRAPH, CAPTION, TABLE, FOOTNOTE, REFERENCE = "heading", "paragraph", "caption", "table", "footnote", "reference"
# A heading that has only references, or none of the paper's own statements, below it.
REFERENCES = re.compile(r"\W*(references|bibliography|literature cited|works cited|références|literatur(verzeichnis)?|bibliografía)\W*",
                        re.IGNORECASE)
NUMBERED = re.compile(r"(?P<number>(?:\d{1,2}|[A-Z](?=\.\d))(?:\.\d{1,2})*)\.?\s+(?:\|\s+)?(?=\S*[^\W\d_])")
# Of text as a PDF or a print gives it; an ordinal such as S1 is a number of a figure too.
_LABELLED = re.compile(r"(?P<kind>fig(?:ure|\.)?|table|tab\.|tableau|abbildung|abb\.|tabelle)\s*(?P<number>[A-Z]?\d{1,3}[a-z]?)"
                       r"\s*[.:|\N{EM DASH}\N{EN DASH}-]\s*", re.IGNORECASE)
_IN_CAPITALS = re.compile(r"(?P<kind>FIGURE|FIG\.|TABLE)\s*(?P<number>[A-Z]?\d{1,3}[A-Za-z]?)\s+(?=[A-Z])")  # what no sentence begins with
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # digits as marks of notes and exponents have them
_LIGATURES = dict(zip(map(ord, "ﬀﬁﬂﬃﬄﬅﬆ"), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_UNSEEN = dict.fromkeys(map(ord, "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{WORD JOINER}\N{SOFT HYPHEN}\ufeff"))


@dataclass(frozen=True)
class Block:
    """A piece of the paper: its kind, its text in one line, the level of a heading from 1, the cells of a table by row.

    ``heads``: how many rows name the columns, where the file says so.
    """

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    heads: int = 0


@dataclass
class Read:
    """A paper as read, and what the reader was not sure of, each a sentence."""

    blocks: list[Block] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


def labelled(text: str) -> re.Match[str] | None:
    """The label that the caption of a figure or a table begins with.

    >>> [found["number"] for text in ("Fig. 3: Birds", "TABLE 2A  Means", "Table 3 shows") if (found := labelled(text))]
    ['3', '2A']
    """
    return _LABELLED.match(text) or _IN_CAPITALS.match(text)


def one_line(text: str) -> str:
    """A text in one line, without ligatures and characters that nobody sees; a no-break space stays one.

    >>> one_line("  the first\\n  \N{LATIN SMALL LIGATURE FI}gure ")
    'the first figure'
    """
    text = unicodedata.normalize("NFC", text.translate(_LIGATURES | _UNSEEN))
    return re.sub(r"[ \t\r\n\f\v]+", " ", text).strip()


def is_references(heading: str) -> bool:
    """Whether a heading begins the list of references.

    >>> is_references("6. References"), is_references("References to rounding")
    (True, False)
    """
    return bool(REFERENCES.fullmatch(unnumbered(heading)))


def unnumbered(heading: str) -> str:
    """A heading without the number that it begins with.

    >>> unnumbered("2.1 | Of 7 birds"), unnumbered("The 7 birds")
    ('Of 7 birds', 'The 7 birds')
    """
    number = NUMBERED.match(heading)
    return heading[number.end() :] if number else heading


def without_references(blocks: list[Block]) -> list[Block]:
    """The blocks with all that stands below a heading of references told as such, up to the next heading of its level."""
    found, inside = [], 0
    for block in blocks:
        if block.kind == HEADING and (not inside or block.level <= inside):
            inside = block.level if is_references(block.text) else 0
        found.append(Block(REFERENCE, block.text) if inside and block.kind != HEADING else block)
    return found
