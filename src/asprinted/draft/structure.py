"""Where everything of a paper stands: a locator for each heading, sentence, caption, row of a table, footnote and reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from asprinted.draft import sentences
from asprinted.draft.reading.blocks import (
    CAPTION,
    FOOTNOTE,
    HEADING,
    NUMBERED,
    PARAGRAPH,
    REFERENCE,
    TABLE,
    Block,
    is_references,
    unnumbered,
)
from asprinted.draft.tokens import DEFAULT, Token, tokens

SENTENCE, ROW = "sentence", "row"
FRONT, ABSTRACT, NOTES, REFERENCES = "front", "abstract", "note", "ref"
_ABSTRACT = re.compile(r"\W*(abstract|summary|résumé|zusammenfassung|resumen)\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A heading, sentence, caption, row, footnote or reference: its locator, its kind, its words, the part of the paper that it is in.

    ``cells``: those of a row, ``heads``: what stands at the head of the table above each of them, nothing in the head itself.
    ``table``: the first row of the table that a row is of, of a caption itself. ``locale``: the language whose notation its digits follow.
    """

    where: str
    kind: str
    text: str
    part: str
    cells: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    table: str = ""
    locale: str = DEFAULT

    @property
    def counted(self) -> bool:
        """Whether its numbers belong in the inventory: those of references do not."""
        return self.kind != REFERENCE

    @property
    def numbers(self) -> tuple[Token, ...]:
        """The numbers that belong in the inventory."""
        return tokens(self.text, self.locale) if self.counted else ()


def places(blocks: Iterable[Block], locale: str = DEFAULT) -> list[Place]:
    """Every place of a paper, in its order; ``locale``: the language whose notation its digits follow.

    Sections have their printed number where they have one, else they are counted; paragraphs and sentences are counted in them.

    >>> read = [Block(HEADING, "Growth", 1), Block(PARAGRAPH, "It rose. It fell."), Block(HEADING, "2.1 Birds", 2)]
    >>> read += [Block(CAPTION, "Nests.")]
    >>> [(one.where, one.kind, one.part) for one in places(read)]  # doctest: +NORMALIZE_WHITESPACE
    [('1/title', 'heading', '1'), ('1/1/1', 'sentence', '1'), ('1/1/2', 'sentence', '1'), ('2.1/title', 'heading', '2'),
     ('fig/1', 'caption', '2')]
    """
    return [replace(place, locale=locale) for place in _Numbering().of(list(blocks))]


class _Numbering:
    """Counts sections, paragraphs, figures and tables while a paper is gone through."""

    def __init__(self) -> None:
        self.section, self.paragraph = FRONT, 0
        self.levels: list[int] = []
        self.numbers: list[int] = []
        self.counts = {"fig": 0, "tab": 0, NOTES: 0, REFERENCES: 0}
        self.filled: set[int] = set()
        self.seen: set[str] = set()

    @property
    def part(self) -> str:
        return self.section.partition(".")[0]

    def of(self, blocks: list[Block]) -> Iterator[Place]:
        begun = next((number for number, one in enumerate(blocks[:15]) if one.kind == HEADING and _begins(one.text)), 0)
        for number, block in enumerate(blocks):
            if block.kind == HEADING and number >= begun:
                self._enter(block)
                yield Place(self._free(f"{self.section}/title"), HEADING, unnumbered(block.text), self.part)
            elif block.kind in (HEADING, PARAGRAPH):
                yield from self._paragraph(block.text)
            elif block.kind == CAPTION:
                kind = "tab" if block.rows else "fig"
                self.counts[kind] += 1
                where = f"{kind}/{self.counts[kind]}"
                yield Place(where, CAPTION, block.text, self.part, table=where)
            elif block.kind == TABLE:
                yield from self._table(block, self._of_table(blocks, number))
            elif block.kind == FOOTNOTE:
                self.counts[NOTES] += 1
                yield from (Place(f"{NOTES}/{self.counts[NOTES]}/{n}", FOOTNOTE, text, self.part)
                            for n, text in enumerate(sentences.split(block.text), 1))
            elif block.kind == REFERENCE and block.text:
                self.counts[REFERENCES] += 1
                yield Place(f"{REFERENCES}/{self.counts[REFERENCES]}", REFERENCE, block.text, REFERENCES)

    def _paragraph(self, text: str) -> Iterator[Place]:
        self.paragraph += 1
        for number, sentence in enumerate(sentences.split(text), 1):
            yield Place(self._free(f"{self.section}/{self.paragraph}/{number}"), SENTENCE, sentence, self.part)

    def _of_table(self, blocks: list[Block], number: int) -> int:
        """The number of the table that rows belong to: of the caption before them, of one that follows, else one of its own."""
        near = blocks[max(0, number - 2) : number + 2]
        beside = [one.kind if one.kind == TABLE or (one.kind == CAPTION and one.rows) else "" for one in near]
        above, below = beside[: min(2, number)], beside[min(2, number) + 1 :]
        if CAPTION in below and (self.counts["tab"] in self.filled or CAPTION not in above):
            found = self.counts["tab"] + 1
        elif self.counts["tab"] and (CAPTION in above or TABLE in above):
            found = self.counts["tab"]
        else:
            found = self.counts["tab"] = self.counts["tab"] + 1
        self.filled.add(found)
        return found

    def _table(self, block: Block, table: int) -> Iterator[Place]:
        rows, first = block.rows, ""
        named = block.heads or next((n for n, row in enumerate(rows) if any(re.search(r"\d", cell) for cell in row[1:])), len(rows))
        heads = _joined(rows[:named])
        for number, row in enumerate(rows, 1):
            where = self._free(f"tab/{table}/{number}")
            first = first or where
            yield Place(where, ROW, " | ".join(row), self.part, row, heads if number > named and len(heads) == len(row) else (), first)

    def _free(self, where: str) -> str:
        """The locator, or the next one that nothing has: a paper may print one number twice, a table have two pieces."""
        free, number = where, 1
        while free in self.seen:
            number += 1
            head, _, last = where.rpartition("/")
            free = f"{head}/{int(last) + number - 1}" if last.isdigit() else f"{where}{number}"
        self.seen.add(free)
        return free

    def _enter(self, block: Block) -> None:
        self.paragraph = 0
        if _ABSTRACT.fullmatch(block.text) and not self.numbers:
            self.section = ABSTRACT
            return
        if is_references(block.text):
            self.section = REFERENCES
            return
        while self.levels and self.levels[-1] >= block.level:
            self.levels.pop()
        self.levels.append(block.level)
        printed = NUMBERED.match(block.text)
        if printed and (parts := printed["number"].split("."))[0].isdigit():
            self.numbers = [int(part) for part in parts]
        else:
            depth = len(self.levels)
            self.numbers = [*self.numbers, *[0] * depth][:depth]
            self.numbers[-1] += 1
            self.numbers = [number or 1 for number in self.numbers]
        self.section = ".".join(map(str, self.numbers))
        while f"{self.section}/title" in self.seen or f"{self.section}/1/1" in self.seen:
            self.numbers[-1] += 1
            self.section = ".".join(map(str, self.numbers))


def _joined(rows: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """What several rows name a column together: of two as wide as each other "Men, mean", else the last row."""
    if not rows or {*map(len, rows)} != {len(rows[-1])}:
        return rows[-1] if rows else ()
    return tuple(", ".join(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True))


def _begins(text: str) -> bool:
    """Whether a heading is the first of the paper itself: what stands before it are title and authors."""
    return bool(_ABSTRACT.fullmatch(text) or re.fullmatch(r"(?:1\.?\s+)?\W*(introduction|einleitung|introducción)\W*", text, re.IGNORECASE))
