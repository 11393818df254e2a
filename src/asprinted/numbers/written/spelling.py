"""One form for every character that a number is written with: full-width digits are digits, and marks of notes and powers are not."""

from __future__ import annotations

import re
import unicodedata

_SAME = ("<wide>", "<narrow>", "<font>")  # another form of a character; any other form of a digit marks a note, a list or a power
_UNSEEN = frozenset("\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\ufeff")
VULGAR = "[¼-¾⅐-⅞]"


def spelled(text: str) -> tuple[str, list[int]]:
    """The text with one form of every character and nothing unseen, and for each character its place in the text.

    >>> spelled("８．４\\u200b％")
    ('8.4%', [0, 1, 2, 4])
    """
    if text.isascii():
        return text, list(range(len(text)))
    kept = [(_plain(one), place) for place, one in enumerate(text) if one not in _UNSEEN]
    return "".join(one for one, _ in kept), [place for _, place in kept]


def _plain(character: str) -> str:
    if character.isascii():
        return character
    tag, mark, _ = unicodedata.decomposition(character).rpartition(">")
    plain = unicodedata.normalize("NFKC", character) if tag + mark in _SAME else character
    return plain if len(plain) == 1 else character


def is_mark(character: str) -> bool:
    """Whether a character is a digit in a form that marks a note, a list or a power."""
    plain = unicodedata.normalize("NFKC", character)
    return plain != character and any(one.isdigit() for one in plain) and not re.match(VULGAR, character)
