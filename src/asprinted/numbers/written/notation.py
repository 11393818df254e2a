"""How a language writes numbers: its decimal mark, and the words that multiply a number. The data are those of the CLDR.

A language is declared, never guessed: 1.234 is a little more than one in English and more than a thousand in German. Spaces and
apostrophes group thousands in every language, and of the point and the comma the one that does not begin decimals.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from asprinted.numbers.written import cldr

# Beside the words of the CLDR: abbreviations of the press, Indian words, and the compound ones that Chinese offices print.
_PRESS = {"thousand": 3, "ten thousand": 4, "hundred thousand": 5, "hundred million": 8, "mln": 6, "mio": 6, "bn": 9, "mrd": 9, "tn": 12,
          "trn": 12, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7, "lakh crore": 12}
_CHINESE = {"千": 3, "万": 4, "萬": 4, "十万": 5, "十萬": 5, "百万": 6, "百萬": 6, "千万": 7, "千萬": 7, "亿": 8, "億": 8,
            "十亿": 9, "十億": 9, "百亿": 10, "百億": 10, "千亿": 11, "千億": 11, "万亿": 12, "萬億": 12, "兆": 12,
            "百万亿": 14, "만": 4}


@dataclass(frozen=True)
class Notation:
    """How numbers are written: ``decimal`` is the mark before decimals, ``group`` the other of point and comma; none where undeclared.

    ``words`` are the words that multiply a number, in lower case, with their powers of ten; ``after_points`` are those of languages
    that all write a decimal comma, so that a point before them groups.
    """

    decimal: str
    group: str
    words: dict[str, int] = field(hash=False)
    after_points: frozenset[str] = frozenset()


def of(locale: str) -> Notation:
    """The notation of a language, or of a language in a territory.

    Args:
        locale: such as ``en``, ``de``, ``de-CH`` or ``en_IN``.

    Raises:
        ValueError: the language is not known.

    >>> [of(one).decimal for one in ("en", "de", "de-CH", "fr_CH", "en-IN")]
    ['.', ',', '.', ',', '.']
    >>> of("de").words["mrd"], of("fr").words["billion"], of("en").words["billion"]
    (9, 12, 9)
    """
    return _of(locale.replace("-", "_"))


@functools.lru_cache(maxsize=64)
def _of(name: str) -> Notation:
    language = name.partition("_")[0]
    for known in (name, language):
        if known in cldr.COMMA or known in cldr.POINT:
            own = cldr.WORDS.get(name, cldr.WORDS.get(language, {}))
            marks = (",", ".") if known in cldr.COMMA else (".", ",")
            shared = _CHINESE | (_PRESS | cldr.WORDS["en"] if language == "en" or not own else {})
            return Notation(*marks, shared | _plurals(own))
    raise ValueError(f"no such language: {name!r} (expected one such as en, de, fr or de-CH)")


def _plurals(words: dict[str, int]) -> dict[str, int]:
    """The words, and the English and French plurals that the CLDR leaves out."""
    return words | {f"{word}s": power for word, power in words.items() if word.endswith(("illion", "illiard", "ousand"))}


@functools.cache
def undeclared() -> Notation:
    """Words of every language of which only one meaning is known; of English where several are. For excerpts without a language."""
    found: dict[str, set[int]] = {}
    for words in cldr.WORDS.values():
        for word, power in _plurals(words).items():
            if len(word) > 3 or not word.isascii():
                found.setdefault(word, set()).add(power)
    plain = {word: powers.pop() for word, powers in found.items() if len(powers) == 1}
    with_points = {word for name, words in cldr.WORDS.items() if name in cldr.POINT for word in _plurals(words)}
    with_commas = {word for name, words in cldr.WORDS.items() if name in cldr.COMMA for word in _plurals(words)}
    known = plain | _PRESS | _plurals(cldr.WORDS["en"]) | _CHINESE
    return Notation("", "", known, frozenset((with_commas - with_points) & known.keys()))
