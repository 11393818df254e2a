"""Every number of a sentence, by the grammar of :mod:`asprinted.numbers.written.found`: its digits or word, and its place."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from asprinted.draft.reading.blocks import RAISED
from asprinted.numbers.written.found import numbers_in

DEFAULT = "en"
NO_NUMBERS = ("single", "score", "scores")  # words that the grammar can read as one, and papers hardly ever mean so
_MARKS = ("citation", "enumerator", "label")  # what a number in brackets is, but for one behind another number: eighty (80), 36 (90)
_SIGNS = {"<": "less than", ">": "more than", "≤": "at most", "≥": "at least", "<=": "at most", ">=": "at least"}


@dataclass(frozen=True)
class Token:
    """A number as printed, without what stands beside it, where it begins and ends in its sentence, whether it is a word.

    ``kind``: as the grammar tells it from its neighbours. ``qualifier``: the word or sign before it, as claims name it.
    ``number``: whether it can be read as one.
    """

    text: str
    start: int
    end: int
    word: bool = False
    kind: str = "number"
    qualifier: str = "exact"
    number: bool = True


@functools.lru_cache(maxsize=65_536)  # a paper is gone through more than once
def tokens(sentence: str, locale: str = DEFAULT) -> tuple[Token, ...]:
    """Every number of a sentence. ``locale``: the language whose notation its digits follow.

    >>> [one.text for one in tokens("Of 2,752 values, nineteen (0.7%, p < .05) fell by -3.5 in the first of twenty-two years.")]
    ['2,752', 'nineteen', '0.7', '.05', '-3.5', 'first', 'twenty-two']
    >>> [one.text for one in tokens("En moyenne 38,43 de 445 186, soit 99,4 %.", "fr")]
    ['38,43', '445 186', '99,4']
    """
    found = []
    for one in numbers_in(sentence, locale):
        if one.bare.lower() in NO_NUMBERS or set(one.bare) <= {*RAISED}:  # raised alone, it is the mark of a note
            continue
        start = sentence.find(one.bare, one.start)
        word = not any(character.isdigit() for character in one.bare)
        sign = sentence[one.start : start].strip().rstrip("$£€¥₹").strip()
        qualifier = _SIGNS.get(sign, "exact") if one.qualifier == "exact" else one.qualifier
        again = found and sentence[found[-1].end : start] == " (" and found[-1].kind in ("number", "word", "percent")
        kind = "number" if again and one.kind in _MARKS else one.kind
        found.append(Token(one.bare, start, start + len(one.bare), word, kind, qualifier, one.printed is not None))
    return tuple(found)
