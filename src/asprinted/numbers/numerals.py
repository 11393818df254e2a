"""Numbers in running text: which characters are their digits, and where one of them begins and ends.

A number is taken whole or not at all: 683 does not stand in "6,683", "6 683" or "6'683". Marks of notes, powers and
fractions are no digits of it. Standard library alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_SAME = ("<wide>", "<narrow>", "<small>", "<font>")  # another form of a character; any other form of a digit marks something
_UNSEEN = dict.fromkeys(map(ord, "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\ufeff"))
_MINUS = "\N{MINUS SIGN}\N{EN DASH}"
_SPACES = " \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
_MARKS = f",.'\N{RIGHT SINGLE QUOTATION MARK}{_SPACES}"  # between groups of digits
_ENDS = (")", "%", "年", "月", "日")  # of a number: what a dash after them leads to is the other end of a range
_GROUPED = rf"\d{{1,3}}(?P<mark>[{_MARKS}])\d{{3}}(?:(?P=mark)\d{{3}})*(?!\d)(?:[.,\N{{MIDDLE DOT}}]\d+)?"
_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?"
_PLAIN = r"\d+(?:[.,\N{MIDDLE DOT}]\d+)*|\.\d+"
NUMERAL = re.compile(rf"(?<![\d.])(?:{_INDIAN}|{_GROUPED}|{_PLAIN})")


class Numeral(NamedTuple):
    """A number in a text: its plain digits (``1234.5``), whether a minus stands before it, and where it begins and ends."""

    digits: str
    negative: bool
    start: int
    end: int


def one_spelling(text: str) -> str:
    """The text with plain digits for other forms of them, a space for marks of notes, powers and fractions, nothing unseen.

    >>> one_spelling("增长８．４％, 683¹, CO₂, 10³, ½")
    '增长8.4%, 683 , CO , 10 ,  '
    """
    return "".join(map(_spelt, text.translate(_UNSEEN)))


def _spelt(character: str) -> str:
    tag, mark, _ = unicodedata.decomposition(character).rpartition(">")
    if tag + mark in _SAME:
        return unicodedata.normalize("NFKC", character)
    plain = unicodedata.normalize("NFKC", character)
    return " " if plain != character and any(one.isdigit() or one in "-\N{MINUS SIGN}" for one in plain) else character


def numerals(text: str, thousands: bool = False) -> Iterator[Numeral]:
    """Every number in digits in a text of :func:`one_spelling`.

    A single point or comma before three digits is read as English has it: a point begins decimals, a comma groups.
    ``thousands``: the text is of a language that groups with the point.

    >>> [one.digits for one in numerals("6 683; 1.234.567,8; 12,34,567; 1'234.5; 8,4; .05; 1.236; 2020-12-03")]
    ['6683', '1234567.8', '1234567', '1234.5', '8.4', '0.05', '1.236', '2020', '12', '03']
    >>> [one.negative for one in numerals("-6.5, 2019-2020, from 3 \N{EN DASH} 5, (\N{MINUS SIGN}4)")]
    [True, False, False, False, False, True]
    """
    for found in NUMERAL.finditer(text):
        digits = _digits(found[0], thousands)
        if digits is not None:
            before = text[: found.start()].rstrip(_SPACES)
            beside = before[:-1].rstrip(_SPACES)[-1:]  # what the dash joins to the number makes it a range or a date
            negative = before[-1:] in ("-", *_MINUS) and not ((beside.isascii() and beside.isalnum()) or beside in _ENDS)
            yield Numeral(digits, negative, found.start(), found.end())


def _digits(text: str, thousands: bool) -> str | None:
    """Plain digits of a number; None where its marks are of no number, such as those of a version or a date."""
    parts = re.split(r"(\D)", f"0{text}" if text.startswith(".") else text.replace("\N{MIDDLE DOT}", "."))
    *others, last = parts[1::2] or [""]
    groups_once = not others and last == (".", ",")[not thousands] and len(parts[2]) == 3 and len(parts[0]) <= 3 and parts[0] != "0"
    decimals = bool(last) and last in ".," and last not in others and not groups_once
    head = parts[:-2] if decimals else parts
    sizes = [len(group) for group in head[2::2]]
    by_lakhs = set(head[1::2]) == {","} and sizes[-1] == 3 and set(sizes[:-1]) == {2}
    if len(set(head[1::2])) > 1 or not (set(sizes) <= {3} or by_lakhs):
        return None
    return "".join(head[::2]) + ("." + parts[-1] if decimals else "")
