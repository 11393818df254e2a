"""Reading a paper as plain text, and lines of any origin as blocks: headings, captions and tables by how they look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from asprinted.draft import cues as vocabulary
from asprinted.draft.reading.blocks import (
    CAPTION,
    FOOTNOTE,
    HEADING,
    NUMBERED,
    PARAGRAPH,
    TABLE,
    Block,
    Read,
    is_references,
    labelled,
    one_line,
    without_references,
)

BROKEN = "\ufffe"  # where a word was broken at the end of a line
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\N{HYPHEN}\N{SOFT HYPHEN}]\n[ \t]*(?=[^\W\d_])")
_RULED = re.compile(r"^(?P<text>\S.*)\n[=~^*-]{3,}[ \t]*$", re.MULTILINE)
_NAMED = re.compile(r"\W*(abstract|summary|introduction|background|methods?|results?|discussion|conclusions?|acknowledge?ments?|appendix|"
                    r"résumé|materials and methods|zusammenfassung|limitations)\W*", re.IGNORECASE)
_STOP = frozenset(vocabulary.listed("small_words"))
_OPEN = re.compile(rf"(?:[,;(\N{{EN DASH}}-]|\b{vocabulary.any_of(_STOP)})$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[•◦▪‣∗]\s*")
_ITEM = re.compile(r"\((?:\d{1,2}|[a-z])\)\s")
_RUN_IN = re.compile(r"(Abstract|Résumé|Zusammenfassung|Resumen)\b\W{1,3}(?=[A-Z])")  # a heading in the line of its text
_CELL = re.compile(r"[-+<>≤≥~±(\[]*\d(?:[\d.,%:/()\]±×*-]*[\d%)\]*])?|[-\N{EN DASH}\N{EM DASH}]|NA|ns", re.IGNORECASE)
LONGEST_HEADING = 120
_LED = re.compile(r"(?:\s?\.){5,}\s*(?:\d{1,4}|[ivxl]+)$")
_LISTED = re.compile(r"(?:[A-Z]|\d{1,2})\.?\s+[^\d]{3,80}\s\d{1,3}")
_CONTENTS = re.compile(r"\W*(?:table of )?contents\b|\W*inhalt|\W*table des matières|\W*índice", re.IGNORECASE)


@dataclass(frozen=True)
class Lines:
    """Lines that belong together, and what their type says: heading (its level, 0 where it says nothing), footnote, smaller than most."""

    lines: tuple[str, ...]
    level: int = 0
    footnote: bool = False
    small: bool = False


def read(text: str) -> Read:
    """The blocks of a plain text, its paragraphs set off by empty lines.

    >>> found = read("1 Growth\\n\\nIt rose by mo-\\nre than 8.4.\\n\\nTable 1: Birds\\n\\nAda   3   4\\nBob   5   6\\n")
    >>> [(one.kind, one.text) for one in found.blocks]
    [('heading', '1 Growth'), ('paragraph', 'It rose by more than 8.4.'), ('caption', 'Birds'), ('table', '')]
    """
    text = _RULED.sub(lambda one: f"\n\n# {one['text']}\n\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    parts = [tuple(part.strip("\n").split("\n")) for part in re.split(r"\n[ \t]*\n|\f", text) if part.strip()]
    found = Read()
    found.blocks = blocks([Lines(part) for part in parts], found.unsure)
    return found


def blocks(parts: Iterable[Lines], unsure: list[str]) -> list[Block]:
    """The blocks of lines that belong together; one that ends in the middle of a sentence goes on in the next.

    Lines of numbers without a word, as along the axes of a figure, are none; how many there were joins ``unsure``.
    """
    parts = _without_contents([part for part in parts if any(line.strip() for line in part.lines)], unsure)
    bare = [part for part in parts if _bare(part.lines)]
    if bare:
        unsure.append(f"{len(bare)} pieces that hold numbers and no word were left out, as along the axes of figures, or in formulas.")
    parts = [part for part in parts if part not in bare]
    known = Words(line for part in parts for line in part.lines)
    found: list[Block] = []
    aside: set[int] = set()  # what looks like a heading and is none, as the words of a figure do
    small: set[int] = set()
    numbered = _numbered(parts)
    for part in parts:
        for block in _blocks(part, known):
            if block.kind == HEADING and numbered and not (NUMBERED.match(block.text) or _NAMED.fullmatch(block.text)
                                                           or is_references(block.text)):
                aside.add(len(found))
                found.append(Block(PARAGRAPH, block.text))
                continue
            others = {number for number in range(len(found)) if (number in small) != part.small}
            place = None if _BULLET.match(part.lines[0]) else _goes_on(found, block, aside | others)
            if place is None:
                small |= {len(found)} if part.small else set()
                found.append(block)
                continue
            before = found[place].text
            found[place] = Block(PARAGRAPH, before[:-1] + block.text if before.endswith("-") else f"{before} {block.text}")
    return without_references(found)


def _without_contents(parts: list[Lines], unsure: list[str]) -> list[Lines]:
    """The parts without a table of contents: what dots lead from to a page, and what stands between it and its heading."""
    led = [number for number, part in enumerate(parts) if any(_LED.search(line) for line in part.lines)]
    if not led:
        return parts
    unsure.append("A table of contents was left out.")
    first = next((number for number in range(led[0], max(-1, led[0] - 4), -1) if _CONTENTS.match(" ".join(parts[number].lines))), led[0])
    last = next((one for one, following in zip(led, [*led[1:], len(parts)], strict=True) if following - one > 4), led[-1])
    while last + 1 < len(parts) and _LISTED.fullmatch(one_line(" ".join(parts[last + 1].lines))):
        last += 1
    kept = [*parts[:first], *parts[last + 1 :]]
    return [replace(part, lines=tuple(line for line in part.lines if not _LED.search(line))) for part in kept
            if not all(_LED.search(line) for line in part.lines)]


def _numbered(parts: Sequence[Lines]) -> bool:
    """Whether a text numbers its sections: it has a first, a second and a third."""
    begun = [number["number"] for part in parts for text in [one_line(" ".join(part.lines))]
             if len(text) <= LONGEST_HEADING and (part.level or _level(text)) and (number := NUMBERED.match(text))]
    return {"1", "2", "3"} <= {*begun}


def _bare(lines: Sequence[str]) -> bool:
    """Whether lines hold numbers without a word, and are not the rows of a table, each with as many cells."""
    text, cells = " ".join(lines), {len(row) for row in _rows(lines)}
    return not re.search(r"[^\W\d_]{2}", text) and len(text.split()) > 1 and not (len(cells) == 1 and min(cells) > 2)


def _goes_on(found: list[Block], block: Block, passed: set[int]) -> int | None:
    """Which paragraph a block goes on with, where it begins in the middle of a sentence: the last one that did not end."""
    if block.kind != PARAGRAPH or _ITEM.match(block.text):
        return None
    for place in range(len(found) - 1, max(-1, len(found) - 25), -1):
        if found[place].kind == PARAGRAPH and place not in passed:
            open_ended = found[place].text[-1:] not in ".!?:" and (not block.text[:1].isupper() or bool(_OPEN.search(found[place].text)))
            return place if open_ended else None
        if found[place].kind == HEADING:
            return None
    return None


class Words:
    """Which words a text holds, to mend those that were broken at the end of a line."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.known = {word.lower() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line)}

    def joined(self, lines: Sequence[str]) -> str:
        """Lines as one, with words mended: whole where the text has them so or has no such word with a hyphen."""
        text = _HYPHEN.sub(BROKEN, "\n".join(lines))

        def mended(one: re.Match[str]) -> str:
            with_hyphen = f"{one[1]}-{one[2]}"
            whole = with_hyphen.lower() not in self.known or (one[1] + one[2]).lower() in self.known
            return one[1] + one[2] if whole and not one[2][:1].isupper() else with_hyphen

        text = re.sub(rf"([^\W\d_]+){BROKEN}\s*([^\W\d_]+)", mended, text)
        return one_line(text.replace(BROKEN, "-"))


def _blocks(part: Lines, known: Words) -> Iterator[Block]:
    text = _BULLET.sub("", known.joined(part.lines))
    if not re.search(r"\w", text) or re.fullmatch(r"[\W_]*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[\W_]*", text, re.IGNORECASE):
        return
    label = labelled(text)
    if part.footnote:
        yield Block(FOOTNOTE, text)
    elif label and (label[0].rstrip()[-1] in ".:|" or len(text) > len(label[0])) and text[label.end() :].lstrip("(")[:1].isupper():
        kind = ((TABLE,),) if label["kind"].lower().startswith("tab") else ()
        yield Block(CAPTION, text[label.end() :], rows=kind)
    elif len(rows := _rows(part.lines)) > 1:
        yield Block(TABLE, rows=rows)
    elif level := part.level or _level(text):
        yield Block(HEADING, text.lstrip("# "), level=level)
    elif named := _RUN_IN.match(text):
        yield from (Block(HEADING, named[1], level=1), Block(PARAGRAPH, text[named.end() :]))
    else:
        yield Block(PARAGRAPH, text)


def _level(text: str) -> int:
    """The level of a heading by its own form; 0 where it is none."""
    if marks := re.match(r"#{1,6}(?=\s)", text):
        return len(marks[0])
    if len(text) > LONGEST_HEADING or text[-1] in ".,;:?!" or not re.search(r"[^\W\d_]{2}", text):
        return 0
    if is_references(text) or _NAMED.fullmatch(text):
        return 1
    numbered = NUMBERED.match(text)
    if numbered and text[numbered.end()].isupper():
        return numbered["number"].count(".") + 1
    return 1 if text.isupper() and 1 < len(text.split()) < 12 else 0


def _rows(lines: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The cells of lines that are rows of a table, by the gaps between them; none where they are running text."""
    rows = [tuple(one_line(cell) for cell in re.split(r"\t|\s{2,}", line.strip())) for line in lines]
    if sum(len(row) > 1 for row in rows) >= max(2, len(rows) * 2 // 3):
        return tuple(rows)
    split = [_at_numbers(line) for line in lines]
    return tuple(split) if len(lines) > 1 and sum(len(row) > 1 and bool(row[0]) for row in split) >= len(split) * 2 / 3 else ()


def _at_numbers(line: str) -> tuple[str, ...]:
    """A line as the words that begin it and the numbers that end it, where it looks like a row whose gaps were lost."""
    words = line.split()
    numbers = 0
    while numbers < len(words) and _CELL.fullmatch(words[-1 - numbers]):
        numbers += 1
    cells, head = words[len(words) - numbers :], words[: len(words) - numbers]
    running = bool(head) and head[-1].lower() in _STOP  # as a sentence has it before a number, and no row
    if not numbers or len(head) > 8 or line.rstrip().endswith(".") or running:
        return (one_line(line),)
    return (" ".join(head), *cells)
