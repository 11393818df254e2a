"""Every number of a sentence, in digits and in words, in its order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from asprinted.draft import words

_UNITS, _TEENS, _TENS, _ORDINALS, _PARTS = (words.listed("numbers", key) for key in ("units", "teens", "tens", "ordinals", "parts"))
_SIMPLE = "|".join([*(f"{ten}(?:[- ](?:{'|'.join(_UNITS)}))?" for ten in _TENS), *_TEENS, *_UNITS, "zero"])
_DIGITS = (r"\d+(?:\.\d+){2,}"  # a version, or a date
           r"|\d{1,3}(?:[,\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}]\d{3})+(?!\d)(?:\.\d+)?"
           r"|\d+(?:\.\d+)?|(?<![\w)])\.\d+")
_WORDS = (rf"(?:{'|'.join(_UNITS)})-(?:thirds?|fourths?|quarters?|fifths?|tenths?)(?!\w)"
          rf"|(?:{_SIMPLE})(?:[- ]hundred(?:\s+and\s+(?:{_SIMPLE}))?)?(?![\w])|(?:{'|'.join(_ORDINALS + _PARTS)})(?!\w)"
          r"|(?:(?<=\ba )|(?<=\bone[- ])|(?<=\bthree[- ]))quarters?(?!\w)|(?<=\ba )(?:hundred|thousand)(?!\w)")
NUMBER = re.compile(rf"(?P<digits>{_DIGITS})|(?<![\w.,'’])(?P<word>{_WORDS})", re.IGNORECASE)

_MINUS = re.compile(r"(?:^|[ (\[=<>,])[-\N{MINUS SIGN}]$")


@dataclass(frozen=True)
class Token:
    """A number as printed, where it begins and ends in its sentence, and whether it is a word."""

    text: str
    start: int
    end: int
    word: bool = False

    @property
    def ordinal(self) -> bool:
        """Whether it is a word that orders: first, second."""
        return self.text.lower() in _ORDINALS


def tokens(sentence: str) -> list[Token]:
    """Every number of a sentence.

    >>> [one.text for one in tokens("Of 2,752 values, nineteen (0.7%, p < .05) fell by -3.5 in the first of twenty-two years.")]
    ['2,752', 'nineteen', '0.7', '.05', '-3.5', 'first', 'twenty-two']
    """
    found = []
    for one in NUMBER.finditer(sentence):
        start = one.start()
        minus = one["word"] is None and bool(_MINUS.search(sentence[:start])) and not re.search(r"\d\s-$", sentence[:start])
        found.append(Token(sentence[start - minus : one.end()], start - minus, one.end(), one["word"] is not None))
    return found
