"""Where a sentence ends. A rule of its own: it is held to pages counted by hand (docs/how-to/draft-an-audit.md has the counts)."""

from __future__ import annotations

import re

from asprinted.draft import cues
from asprinted.draft.reading.blocks import RAISED

_ABBREVIATIONS, _MAY_END, _BEGINNINGS = (frozenset(cues.listed("sentences", key)) for key in ("abbreviations", "may_end", "beginnings"))
_OPENERS = "\"'(\\[\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_CLOSERS = "\"')\\]\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_END = re.compile(rf"[.!?\N{{HORIZONTAL ELLIPSIS}}][{_CLOSERS}]*(?:(?<=[^\W\d]\.)\d{{1,2}}|[{RAISED}][{RAISED},–-]*)?\s+(?=[{_OPENERS}]*\w)"
                  rf"|[。！？][{_CLOSERS}」』]*")
LONGEST = 400  # characters that an open bracket can keep a sentence open


def split(paragraph: str) -> list[str]:
    """The sentences of a paragraph in one line.

    >>> split("R. A. Fisher (cf. Fig. 2) saw 3.5 percent, e.g. in 1936 (see App. B). It rose (n = 50. See there) by 2. Then it fell.")
    ['R. A. Fisher (cf. Fig. 2) saw 3.5 percent, e.g. in 1936 (see App. B).', 'It rose (n = 50. See there) by 2.', 'Then it fell.']
    >>> split("It was seen (Negoita et al).⁴ By age 70.⁵,⁶ It rose.")
    ['It was seen (Negoita et al).⁴', 'By age 70.⁵,⁶', 'It rose.']
    >>> split("增长8.4%。下降6.5%。"), split("In the U.S. Army 12 of them, by Smith et al. The rest did not.")
    (['增长8.4%。', '下降6.5%。'], ['In the U.S. Army 12 of them, by Smith et al.', 'The rest did not.'])
    """
    found, start = [], 0
    for end in _END.finditer(paragraph):
        piece = paragraph[start : end.end()].strip()
        if end[0][0] in "。！？" or _ends(piece, paragraph[end.end() :]):
            found.append(piece)
            start = end.end()
    last = paragraph[start:].strip()
    return [*found, last] if last else found


def _ends(piece: str, after: str) -> bool:
    """Whether a piece that ends in a full stop or the like is a whole sentence, what follows being the next."""
    following, piece = after.lstrip("".join(_OPENERS)), piece.rstrip(f"{RAISED},–-")
    if not following[:1].isupper() and not following[:1].isdigit() and following[:1].isalpha():
        return False
    if re.search(r"[)\]]\.$", piece):  # what stands before it in the brackets does not matter
        return True
    if piece.count("(") > piece.count(")") and len(piece) < LONGEST:
        return False
    if re.search(r"[^\W\d]\.\d{1,2}$", piece):  # the mark of a note
        return following[:1].isupper()
    if piece.rstrip(_CLOSERS)[-1:] != ".":
        return True
    parts = piece.rstrip(_CLOSERS + ".").split()
    last = parts[-1].lstrip("".join(_OPENERS)) if parts else ""
    if len(parts) <= 1 and re.fullmatch(r"\d{1,2}|[A-Za-z]|[ivxIVX]+", last):  # the mark of a list
        return False
    if last.lower() in _ABBREVIATIONS:
        return last.lower() in _MAY_END and _starts(following)
    if re.fullmatch(r"[A-Z]|(?:[A-Z]\.)+[A-Z]", last):  # an initial, or U.S.
        return _starts(following)
    return True


def _starts(following: str) -> bool:
    """Whether a sentence plainly begins here: with one of the words that begin most of them."""
    word = re.match(r"[^\W\d_]+(?!\.)\b", following)
    return bool(word) and word[0][0].isupper() and word[0].lower() in _BEGINNINGS
