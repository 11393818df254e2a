"""Reading a paper out of a PDF: its lines in the order in which they are read, with what their type says.

By PDFium, which of five readers keeps the order of columns, the gaps between words and the letters of small capitals, and marks where
a word was broken (docs/how-to/draft-an-audit.md has the comparison).
"""

from __future__ import annotations

import ctypes
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from asprinted.draft.reading.blocks import RAISED, Read, labelled
from asprinted.draft.reading.plain import BROKEN, LONGEST_HEADING, Lines, blocks
from forkmill.errors import InputError

LEAST = 40  # characters a page, below which a page is taken for a picture
EDGE = 2  # lines at the top and the foot of a page among which what comes again on every page is looked for
_LISTED = re.compile(r"[•◦▪‣∗]\s|\(?\d{1,2}\)\s|\([a-z]\)\s")
GAP = 1.1  # of the size of the type, from which on a gap is one between columns
SMALL = 0.85  # of the size of the type, below which a raised digit is the mark of a note or an exponent
_DIGITS = "0123456789"
_RAISE = str.maketrans(_DIGITS, RAISED)
_NOTE = re.compile(rf"[{RAISED}]{{1,3}}\s*[^\W\d_]")  # a line that begins with the mark of a note
_ENDS = re.compile(r"[.!?:][\"')\]\N{RIGHT DOUBLE QUOTATION MARK}]*$")


@dataclass(frozen=True)
class Line:
    """A line of a page: its text, its page, where it begins and stands (points from the left and from the foot), its type."""

    text: str
    page: int
    left: float
    base: float
    size: float
    bold: bool


def read(path: Path) -> Read:
    """The blocks of a PDF. Raises as :func:`lines`."""
    found = lines(path)
    pages = found[-1].page + 1
    found = _without_furniture(found, pages)
    result = Read()
    result.blocks = blocks(list(_parts(found)), result.unsure)
    if missing := _tables_without_rows(result):
        result.unsure.append(f"{missing} tables have a caption and no rows that could be read: pictures, or set so that no line holds a "
                             "row. Write their numbers down by hand.")
    return result


def text(path: Path) -> str:
    """The text of a PDF, a line a line. Raises as :func:`lines`."""
    return "\n".join(re.sub(rf"{BROKEN}", "", line.text) for line in lines(path))


def lines(path: Path) -> list[Line]:
    """Every line of a PDF.

    Raises:
        InputError: the reader is not installed, or the file is no PDF, locked, or holds pictures alone.
    """
    try:
        import pypdfium2
    except ImportError:
        raise InputError("a PDF needs a reader that is not installed", str(path), "the extra asprinted[pdf]", "a PDF, and none",
                         "install it, or save the paper as text") from None
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise InputError("the PDF cannot be read", str(path), "a PDF that opens without a password",
                         "a PDF, locked" if locked else f"a PDF, but {error}",
                         "save it without its password" if locked else "see that it is whole") from None
    found, bare = [], []
    with document:
        for number, page in enumerate(document):
            here = list(_lines(page, number))
            found += here
            if sum(len(line.text) for line in here) < LEAST:
                bare.append(number + 1)
    if not found or len(bare) > number / 2 + 1:
        raise InputError("the PDF holds no text", str(path), "text that can be marked and copied",
                         f"pictures on {len(bare)} of {number + 1} pages", "have the characters recognised first, for instance by ocrmypdf")
    return found


def _lines(page: Any, number: int) -> Iterator[Line]:
    """The lines of a page; two spaces where a gap is as wide as between the columns of a table."""
    content = page.get_textpage()
    start, last = 0, None
    found: list[tuple[Line, float]] = []
    for piece in content.get_text_range().split("\r\n"):
        begun, start = start, start + len(piece) + 2
        seen = [begun + at for at, one in enumerate(piece) if not one.isspace() and begun + at < content.count_chars()]
        for places in _runs(content, seen):
            found += [(_line(content, piece, places, begun, number), content.get_charbox(places[-1])[2])]
    for line, right in found:
        if last and last[0].base - line.base < 0.6 * last[0].size > line.base - last[0].base and line.left > last[1] - last[0].size:
            between = "  " if line.left - last[1] > GAP * line.size else " " if line.left - last[1] > 0.15 * line.size else ""
            raised = line.size < SMALL * last[0].size and line.base - last[0].base > 0.15 * last[0].size
            text = line.text.translate(_RAISE) if raised else line.text
            # Raised, or a further cell of a table.
            last = replace(last[0], text=last[0].text + ("" if between == " " and text[0] in RAISED else between) + text), right
            continue
        if last:
            yield last[0]
        last = line, right
    if last:
        yield last[0]


def _runs(content: Any, places: list[int]) -> Iterator[list[int]]:
    """Characters that the reader gives as one line, parted where the next one stands below and to the left."""
    run: list[int] = []
    for place in places:
        if run:
            left, bottom, _, _ = content.get_charbox(run[-1])
            _, _, right, top = content.get_charbox(place)
            if right < left and top < bottom:
                yield run
                run = []
        run.append(place)
    if run:
        yield run


def _line(content: Any, piece: str, places: list[int], start: int, number: int) -> Line:
    from pypdfium2 import raw

    boxes = [content.get_charbox(place) for place in places]
    sampled = places[:: max(1, len(places) // 9)]
    sizes = sorted((raw.FPDFText_GetFontSize(content, place) * _scale(content, place, raw), place) for place in sampled)
    size, usual = sizes[-2:][0]  # code and raised marks are set smaller than the words beside them
    base = _base(content, usual, raw)

    def shown(place: int) -> str:
        character = piece[place - start]
        small = character in _DIGITS and raw.FPDFText_GetFontSize(content, place) * _scale(content, place, raw) < SMALL * size
        return character.translate(_RAISE) if small and _base(content, place, raw) - base > 0.15 * size else character

    words = shown(places[0])
    for before, after, place, at in zip(boxes, boxes[1:], places, places[1:], strict=False):
        words += "  " if after[0] - before[2] > GAP * size else piece[place - start + 1 : at - start]
        words += shown(at)
    bold = all(raw.FPDFText_GetFontWeight(content, place) >= 600 or "bold" in _font(content, place, raw) for place in sampled)
    return Line(words, number, boxes[0][0], base, size, bold)


def _scale(content: Any, place: int, raw: Any) -> float:
    """How much larger a character is drawn than its font says."""
    matrix = raw.FS_MATRIX()
    return abs(matrix.d) or abs(matrix.b) or 1.0 if raw.FPDFText_GetMatrix(content, place, matrix) else 1.0


def _base(content: Any, place: int, raw: Any) -> float:
    """How high the line stands on which a character is set."""
    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(content, place, across, up)
    return up.value


def _font(content: Any, place: int, raw: Any) -> str:
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(content, place, name, 200, flags)
    return name.value.decode("utf-8", "replace").lower()


def _without_furniture(found: list[Line], pages: int) -> list[Line]:
    """The lines without those that stand at the edge of page after page, such as the name of the journal, numbers left aside."""
    edges: list[Line] = []
    for number in range(pages):
        here = sorted((line for line in found if line.page == number), key=lambda line: line.base)
        edges += {*here[:EDGE], *here[-EDGE:]}
    seen = Counter(_without_digits(line.text) for line in edges)
    often = max(2, pages // 4) if pages > 2 else pages + 1
    dropped = {line for line in edges if seen[_without_digits(line.text)] >= often or re.fullmatch(r"\W*\d{1,4}\W*", line.text)}
    return [line for line in found if line not in dropped] or found


def _without_digits(text: str) -> str:
    return re.sub(r"\W*\d+\W*", "", text).casefold()


def _parts(found: list[Line]) -> Iterator[Lines]:
    """Lines joined to paragraphs, by their type, the gaps between them and how far they are set in."""
    sizes: Counter[float] = Counter()
    for line in found:
        sizes[round(line.size, 1)] += len(line.text)
    body = sizes.most_common(1)[0][0]
    gaps = [above.base - below.base for above, below in itertools.pairwise(found) if above.page == below.page]
    pitch = _usual([gap for gap in gaps if 0 < gap < 4 * body], body * 1.2)
    here: list[Line] = []
    for line in found:
        if here and _begins(here, line, pitch):
            yield _part(here, body)
            here = []
        here.append(line)
    if here:
        yield _part(here, body)


def _usual(values: list[float], otherwise: float) -> float:
    return Counter(round(value, 1) for value in values).most_common(1)[0][0] if values else otherwise


def _begins(here: list[Line], line: Line, pitch: float) -> bool:
    """Whether a line begins another paragraph than the lines before it."""
    last = here[-1]
    if (abs(line.size - last.size) > 0.4 and abs(line.size - here[0].size) > 0.4) or _LISTED.match(line.text):
        return True
    cells = "  " in line.text and "  " in last.text  # the head of a table goes with its rows
    if line.bold != last.bold and (line.bold == (not here[0].bold)) and not cells:
        return True
    if (label := labelled(line.text)) and line.text[label.end() :].lstrip("(")[:1].isupper():
        return True
    gap = last.base - line.base
    if _NOTE.match(line.text) or (_NOTE.match(here[0].text) and (gap < 0 or line.page != last.page)):
        return True
    if gap < -pitch / 2 or line.page != last.page:  # another column, or page
        return bool(_ENDS.search(last.text)) and (not line.text[:1].islower() or bool(labelled(here[0].text)))
    if gap > 1.45 * max(pitch, 1.2 * line.size):
        return True
    margin = min(one.left for one in here)
    set_in = line.left - margin > 0.7 * line.size and line.left - last.left > 0.7 * line.size and line.left - margin < 8 * line.size
    return set_in and len(here) > 1 and bool(_ENDS.search(last.text))


def _part(here: list[Line], body: float) -> Lines:
    joined = " ".join(line.text for line in here)
    first = here[0]
    larger, small = first.size > body * 1.06, first.size < body * 0.93
    heads = len(joined) <= LONGEST_HEADING and joined.rstrip()[-1] not in ".,;:" and _worded(joined)
    level = 0
    set_off = larger or (first.bold and not small)
    if heads and set_off and not labelled(joined) and not _LISTED.match(joined):
        numbered = re.match(r"(?:\d+|[A-Z])((?:\.\d+)*)\.?\s", joined)
        level = 2 + numbered[1].count(".") if numbered else 2 if larger else 3
    footnote = not labelled(joined) and bool(_NOTE.match(joined) or (small and re.match(r"[\d*†‡§]{1,3}\.?\s*[^\W\d_]", joined)))
    return Lines(tuple(line.text for line in here), level, footnote, first.size < body * 0.95)


def _worded(text: str) -> bool:
    """Whether most of a text is words, as of a heading and not of a row of a table."""
    words = text.split()
    numbers = sum(bool(re.search(r"\d", word)) for word in words)
    return "  " not in text and len(re.findall(r"[^\W\d_]", text)) > 3 and numbers * 2 < len(words)


def _tables_without_rows(read: Read) -> int:
    """How many tables have a caption with no rows next to it."""
    count = 0
    for place, block in enumerate(read.blocks):
        if block.kind == "caption" and block.rows:
            count += not any(one.kind == "table" for one in read.blocks[max(0, place - 2) : place + 3])
    return count
