"""English words for numbers: eighty-six, two thousand three hundred and five, a dozen, two-thirds, twice.

A word for a whole number is counted to its unit; a fraction and a multiple are what a writer rounds to, so their value is a rough one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

_ONES = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
         "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
         "nineteen": 19}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
          "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100, "thousandth": 1000}
_TIMES = {"twice": 2, "thrice": 3}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_GAP = r"(?:\s*-\s*|\s+)"
_DIGIT = _any(word for word, value in _ONES.items() if 0 < value < 10)
_TO_99 = rf"(?:{_any(_TENS)}(?:{_GAP}{_DIGIT})?|{_any(_ONES)})"
_TO_999 = rf"(?:(?:{_any(_ONES)}|a){_GAP}hundred(?:{_GAP}(?:and\s+)?{_TO_99})?|{_TO_99})"
_LARGE = rf"(?:{_TO_999}|a){_GAP}{_any(_SCALES)}"
_WHOLE = rf"(?:{_LARGE}(?:,?\s+(?:and\s+)?{_LARGE})*(?:,?\s+(?:and\s+)?{_TO_999})?|{_TO_999})"
_DOZEN = rf"(?:(?:{_TO_99}|a){_GAP})?(?:dozen|score)\b"
_FRACTION = rf"(?:(?P<whole>{_WHOLE})\s+and\s+)?(?:(?P<top>{_WHOLE}|a){_GAP})?(?P<part>{_any(_PARTS)}s?)"
# Compiled when a text holds such a word: 12 ms, for which every kernel would wait.
_NUMBER = (rf"\b(?:(?P<half>half\s+a\s+(?P<of>dozen|million|billion|trillion))|(?P<fraction>{_FRACTION})|(?P<times>{_any(_TIMES)})"
           rf"|(?P<dozen>{_DOZEN})|(?P<plain>{_WHOLE})|(?P<bare>hundred|thousand|million|single))\b")
# A number in words holds one of these: what is before them is looked at, and nothing else of a text.
_CORE = re.compile(rf"\b(?:{_any([*_ONES, *_TENS, *_SCALES, *_TIMES, 'hundred', 'dozen', 'score', 'single'])}|{_any(_PARTS)}s?)\b",
                   re.IGNORECASE)
ORDINAL = re.compile(rf"\b(?:{_any(_TENS)}{_GAP})?(?:{_any(_ORDINALS)}|fourth|sixth|seventh|tenth|eleventh|[a-z]+teenth|"
                     r"(?:twen|thir|for|fif|six|seven|eigh|nine)tieth|hundredth)\b", re.IGNORECASE)


class Word(NamedTuple):
    """A number in words: its value, whether it is a fraction or a multiple, and where it begins and ends."""

    value: Fraction
    rough: bool
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Every number in words in a text. A fraction needs a number or an article before it ("the third quarter" has none), a half does not.

    >>> [(text, float(one.value), one.rough) for text in ("eighty-six", "two-thirds", "one hundred and five", "half a dozen", "twice")
    ...  for one in words(text)]  # doctest: +NORMALIZE_WHITESPACE
    [('eighty-six', 86.0, False), ('two-thirds', 0.6666666666666666, True), ('one hundred and five', 105.0, False),
     ('half a dozen', 6.0, False), ('twice', 2.0, True)]
    """
    place = 0
    if re.fullmatch(_TO_999, text, re.IGNORECASE):  # what claims state in a word is such a number, and needs no more
        yield Word(Fraction(_whole(text)), False, 0, len(text))
        return
    while core := _CORE.search(text, place):
        begins = max(place, core.start() - len("a "))
        article = text[begins : core.start()].lower() in ("a ", "a-") and not text[begins - 1 : begins].isalnum()
        found = re.compile(_NUMBER, re.IGNORECASE).match(text, begins if article else core.start())
        if found is None:
            place = core.end()
            continue
        place = found.end()
        read = _read(found)
        if read is not None:
            yield Word(*read, found.start(), found.end())
        elif found["top"] and found["top"].lower() != "a":  # "two second": the number is none of a fraction
            place = found.end("top")
            yield Word(Fraction(_whole(found["top"])), False, found.start("top"), place)


def _read(found: re.Match[str]) -> tuple[Fraction, bool] | None:
    """Value and whether it is rough; None where it is an ordinal after all."""
    text = found[0].lower()
    if found["half"]:
        return Fraction({"dozen": 12, **_SCALES}[found["of"].lower()], 2), False
    if found["times"]:
        return Fraction(_TIMES[text]), True
    if found["bare"]:
        return Fraction({"hundred": 100, "single": 1, **_SCALES}[text]), False
    if found["dozen"]:
        count, _, kind = text.replace("-", " ").rpartition(" ")
        return Fraction((_whole(count) if count else 1) * (12 if kind == "dozen" else 20)), False
    if found["fraction"]:
        part, top = found["part"].lower(), found["top"]
        if top is None and part != "half":
            return None
        bottom = _PARTS[part] if part in _PARTS else _PARTS[part.removesuffix("s")]
        many = _whole(top) if top else 1
        if many >= bottom or (many > 1) is not (part not in _PARTS or part == "halves"):  # "twenty third" is an ordinal
            return None
        return (_whole(found["whole"]) if found["whole"] else 0) + Fraction(many, bottom), True
    return Fraction(_whole(text)), False


def _whole(text: str) -> int:
    """Value of the words of a whole number."""
    total = group = 0
    for word in re.findall("[a-z]+", text.lower()):
        if word in _SCALES:
            total, group = total + (group or 1) * _SCALES[word], 0
        elif word == "hundred":
            group = (group or 1) * 100
        else:
            group += {**_ONES, **_TENS, "a": 1}.get(word, 0)
    return total + group
