"""Units as tables and papers write them: "percent of GDP", "stations per ten thousand people", "square kilometers"."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from asprinted.numbers.units import SCALE_WORDS, SHARES, Unit
from forkmill.errors import InputError

PLAIN = ("share", "ratio", "fraction", "proportion", "coefficient", "correlation", "probability")  # also as a last word: odds ratio
# Other words for the same unit, all in the singular.
SAME = {"people": "person", "inhabitant": "person", "head": "capita", "renminbi": "yuan", "rmb": "yuan",
        "mm": "millimeter", "cm": "centimeter", "km": "kilometer", "kg": "kilogram", "g": "gram", "mg": "milligram", "kwh": "kilowatt-hour"}
SIZES = {"minute": "60 seconds", "hour": "3600 seconds", "day": "24 hours", "week": "7 days", "quarter": "3 months", "year": "12 months",
         "decade": "10 years", "tonne": "1000 kilograms", "hectare": "10000 square meters"}
PREFIXES = {"kilo": 3, "mega": 6, "giga": 9, "tera": 12, "deci": -1, "centi": -2, "milli": -3, "micro": -6, "nano": -9}
PREFIXED = ("meter", "gram", "watt", "watt-hour", "second", "liter", "joule", "hertz", "byte", "volt", "ampere", "pascal", "calorie")
POWERS = {"square": 2, "cubic": 3}
_LONGEST_FIRST = sorted(SCALE_WORDS, key=len, reverse=True)
_NUMBER = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)(?:/([0-9]+))?(?=\s|$)")
_IRREGULAR = {"people": "people", "feet": "foot", "women": "woman", "men": "man", "children": "child", "series": "series"}


def read(text: str, declared: Mapping[str, str] | None = None) -> Unit:
    """The unit that words name; ``declared`` says what further ones are in others: ``{"fen": "1/100 yuan"}``.

    >>> read("billion yuan") == read("yuan").of_size(10**9), read("stations per ten thousand people").factor
    (True, Fraction(1, 10000))
    >>> read("percent of GDP") == read("%"), read("square kilometers") == read("1000000 square metres")
    (True, True)
    >>> read("fen", {"fen": "1/100 yuan"}).powers
    (('yuan', Fraction(1, 1)),)
    """
    return _read(text, tuple(sorted((declared or {}).items())))


@functools.lru_cache(maxsize=1024)
def _read(text: str, declared: tuple[tuple[str, str], ...], within: tuple[str, ...] = ()) -> Unit:
    known = {" ".join(map(_singular, name.casefold().split())): size for name, size in declared}
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    found = _share(plain)
    if found is None:
        first, *below = re.split(r" per |^per ", plain)
        found = _product(first, known, declared, within)
        for part in below:
            found = found / _product(part, known, declared, within)
    return replace(found, text=text.strip())


def _share(plain: str) -> Unit | None:
    words = " ".join(map(_singular, plain.partition(" of ")[0].split()))
    if words in SHARES:
        factor, points = SHARES[words]
        return Unit(factor, points=points)
    return Unit() if words.split()[-1:] and words.split()[-1] in PLAIN else None


def _product(part: str, known: Mapping[str, str], declared: tuple[tuple[str, str], ...], within: tuple[str, ...]) -> Unit:
    """A number or scale words, then one name."""
    factor, rest = Fraction(1), part.strip()
    while rest:
        number = _NUMBER.match(rest)
        word = next((word for word in _LONGEST_FIRST if rest == word or rest.startswith(f"{word} ")), None)
        if number:
            factor *= Fraction(number[1].replace(",", "")) / int(number[2] or 1)
            rest = rest[number.end():].strip()
        elif word:
            factor *= SCALE_WORDS[word]
            rest = rest[len(word):].strip()
        else:
            break
    return _named(rest, known, declared, within).of_size(factor) if rest else Unit(factor)


def _named(name: str, known: Mapping[str, str], declared: tuple[tuple[str, str], ...], within: tuple[str, ...]) -> Unit:
    words = [_singular(word) for word in name.split()]
    phrase = " ".join(words)
    share = _share(name)
    if share is not None:
        return share
    if words[0] in POWERS and len(words) > 1:
        power = _named(" ".join(words[1:]), known, declared, within) ** Fraction(POWERS[words[0]])
        assert power is not None  # a whole power is exact
        return power
    phrase = SAME.get(phrase, phrase)
    size = known.get(phrase) or SIZES.get(phrase)
    if size is not None:
        if phrase in within:
            raise InputError("units are said in one another, in a circle", "data/official/units.yaml", "sizes that end in another unit",
                             ", ".join([*within, phrase]), "say one of them in a unit that is not among these")
        return _read(size, declared, (*within, phrase))
    for prefix, power_of_ten in PREFIXES.items():
        if phrase.startswith(prefix) and phrase.removeprefix(prefix) in PREFIXED:
            return Unit(Fraction(10) ** power_of_ten, ((phrase.removeprefix(prefix), Fraction(1)),))
    return Unit(powers=((phrase, Fraction(1)),))


def _singular(word: str) -> str:
    word = word.replace("metre", "meter").replace("litre", "liter")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2 else word
