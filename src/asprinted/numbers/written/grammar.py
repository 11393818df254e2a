"""The grammar of printed numbers: one for what a paper prints, for what is published, and for running text.

A number is ``[currency] digits [power of ten] [word that multiplies] [percent] [currency]`` with its sign; the digits are grouped, with
decimals, or with a fraction; or it is a word. It is taken whole or not at all: 683 does not stand in "6,683", "6 683" or "6'683".

Of the 107 forms in its test babel 2.19 reads 27, text2num 3.1 reads 32 and 7 as another number, quantulum3 0.10 reads 65 and 11 as another
one; of the 34 texts there that are no number they take 5, 10 and 14 for one. Here it is 107 and none, so none of them is used; the data of
the CLDR on languages are taken from babel once, by tools/cldr.py.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from asprinted.numbers.written import notation
from asprinted.numbers.written.notation import Notation
from asprinted.numbers.written.number_words import words
from asprinted.numbers.written.spelling import VULGAR, is_mark, spelled

MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
SPACES = " \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_DOT = "\N{MIDDLE DOT}"
_ENDS = (")", "]", "%", "‰", "年", "月", "日")  # of a number: what a dash after them leads to is the other end of a range
CURRENCIES = {"$": ("dollar", "peso", "real"), "€": ("euro",), "£": ("pound", "sterling"), "¥": ("yen", "yuan", "renminbi"),
              "₹": ("rupee",), "₩": ("won",), "CHF": ("franc",), "EUR": ("euro",), "USD": ("dollar",), "GBP": ("pound", "sterling"),
              "RMB": ("yuan", "renminbi"), "CNY": ("yuan", "renminbi"), "JPY": ("yen",), "INR": ("rupee",)}
_MONEY = r"(?-i:(?:US|CA?|AU?|NZ|HK|R)?\$|[€£¥₹₩]|\b(?:CHF|EUR|USD|GBP|RMB|CNY|JPY|INR)(?![A-Za-z]))"
_SIMPLE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SPOKEN = re.compile(r"(?<![^\W_])(minus|plus)$", re.IGNORECASE)
_NOT_OF_A_POWER = re.compile("[^0-9+-]")
_FIRST = f"(?=(?-i:[0-9.,{_DOT}¼-¾⅐-⅞$€£¥₹₩ACEGHIJNRU]))"  # what a number or its currency begins with
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺" + MINUS[1:], "0123456789-+--")
_FRACTION = r"[0-9]{1,3}\s?[/⁄]\s?[1-9][0-9]{,2}(?!\s?[/⁄]|[.,]?[0-9])"
_PERCENT = r"%|‰|(?:percent|per\s?cent|per\s?mille|Prozent|Promille|pour\scent)(?![^\W\d_])"
RELATIONS = {"<": "<", "<=": "≤", "≤": "≤", "⩽": "≤", ">": ">", ">=": "≥", "≥": "≥", "⩾": "≥", "=": "", "≈": "about", "~": "about",
             "∼": "about"}
RELATION = "<=|>=|[<>=≤≥⩽⩾≈~∼]"
FREE = ("bn", "亿")  # short words that multiply without a currency beside them: "5 m" are metres
SIGNIFICANT = 2  # digits that stay when trailing zeros are read as not significant: 790 may be tens, 100 is not hundreds
LONGEST = 100  # digits; more of them are no number
NEAR = 80  # characters before a number that can tell what it is
COUNTED = 100  # words up to here are counted to the unit; of a greater one the zeros are read as those of its digits


_AFTER = re.compile(rf"(?:\s(?P<word>million|billion|trillion|thousand)\b)?(?:\s?(?P<percent>{_PERCENT}))?", re.IGNORECASE)


@dataclass(frozen=True)
class Printed:
    """A printed number: its value, and the last places it may have been printed to (finest first).

    ``digits`` are its plain digits without sign (``1234.5``), none where it is a word or a fraction; ``scale`` is the power of ten of a
    word beside them, which ``value`` leaves out; ``marks`` are its currency, and ``%`` or ``‰``; ``relation`` is what stands before it
    (``<``, ``≤``, ``>``, ``≥``, ``about``); ``rough`` says that it is a fraction or a multiple, which writers round to; ``exponent`` is
    the power of ten beside the digits, -3 of ``1.2e-3``, which ``value`` and ``places`` hold already.
    """

    text: str
    value: Fraction
    places: tuple[Fraction, ...]
    digits: str = ""
    scale: int | None = None
    marks: tuple[str, ...] = ()
    relation: str = ""
    rough: bool = False
    exponent: int = 0


@dataclass(frozen=True)
class Token:
    """A number in a text: what it prints, its sign (``-``, ``+`` or none), where it and where its bare digits begin and end."""

    printed: Printed
    sign: str
    start: int
    end: int
    bare: tuple[int, int]
    is_word: bool = False


@functools.lru_cache(maxsize=1 << 14)
def parse(text: str, locale: str = "en") -> Printed:
    """The number that ``text`` prints, in digits (full-width ones too), in English words, as a fraction or a power of ten.

    Trailing zeros before the decimal mark are ambiguous, so every precision they allow is listed, as long as two
    significant digits remain: no number passes for one that is more than a twentieth away.

    Args:
        locale: the language of the text, such as ``en``, ``de`` or ``de-CH``.

    Raises:
        ValueError: ``text`` is not one number and nothing else, or the language is unknown.

    >>> parse("790").places
    (Fraction(1, 1), Fraction(10, 1))
    >>> parse("100").places, parse("8.0").places, parse("720,000").value, parse("ten").value
    ((Fraction(1, 1), Fraction(10, 1)), (Fraction(1, 10),), Fraction(720000, 1), Fraction(10, 1))
    >>> [str(parse(one).value) for one in ("−.05", "1.2 × 10⁻³", "+5.3%", "£2.3tn", "5½", "two-thirds", "eighty-six")]
    ['-1/20', '3/2500', '53/10', '23/10', '11/2', '2/3', '86']
    >>> parse("1.000").value, parse("1.000", "de").value, parse("< .001").relation
    (Fraction(1, 1), Fraction(1000, 1), '<')
    """
    if _SIMPLE.fullmatch(text) and len(text) <= LONGEST and ("." not in text or notation.of(locale).decimal == "."):
        return _simple(text)  # most numbers are; the grammar reads them alike, more slowly
    plain = spelled(text)[0].strip()
    relation = re.match(rf"({RELATION})\s*", plain)
    number = plain[relation.end() :] if relation else plain
    found = next((one for one in tokens(number, locale) if one.end == len(number) and _begins(one, number)), None)
    if found is None:
        marked = any(map(is_mark, number))
        raise ValueError(f"not a plain number: {text!r} " + (
            "carries the mark of a footnote or list" if marked else "(expected digits such as 8.4, 720,000 or a word such as ten)"))
    return replace(found.printed, text=text, relation=RELATIONS[relation[1]] if relation else "")


def _simple(text: str) -> Printed:
    digits = text.removeprefix("-")
    whole, _, decimals = digits.partition(".")
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return Printed(text, -value if digits != text else value, _places(digits), digits)


def _begins(token: Token, number: str) -> bool:
    """Whether a token begins its text, but for its sign."""
    before = number[: token.start].strip().lower()
    return not before or ((len(before) == 1 or before.isalpha()) and bool(token.sign))


def tokens(text: str, locale: str | None = None) -> Iterator[Token]:
    """Every number in a text of :func:`spelled`, in digits and in English words, in order.

    Without a ``locale`` a number is read in the only way it can be, and a single point or comma before three digits as English has it.

    >>> [one.printed.digits for one in tokens("6 683; 1.234.567,8; 12,34,567; 1'234.5; 8,4; .05; 1.236; 2020-12-03")]
    ['6683', '1234567.8', '1234567', '1234.5', '8.4', '0.05', '1.236', '2020', '12', '03']
    >>> [one.sign for one in tokens("-6.5, 2019-2020, from 3 – 5, (−4), +2")]
    ['-', '', '', '', '', '-', '+']
    """
    how = notation.of(locale) if locale else notation.undeclared()
    last = 0
    found = [one for one in map(functools.partial(_of_digits, how=how), _pattern(how).finditer(text)) if one]
    for one in sorted([*found, *_of_words(text, how)], key=lambda one: (one.start, one.is_word)):
        if one.start >= last:
            yield one
            last = one.end


@functools.lru_cache(maxsize=64)
def _pattern(how: Notation) -> re.Pattern[str]:
    every = sorted(how.words, key=len, reverse=True)
    free = "|".join(re.escape(word) for word in every if len(word) > 2 or word in FREE or not word.isascii())
    short = "|".join(re.escape(word) for word in every)
    end = r"(?![^\W\d_])(?:(?<=\b[^\W\d_]{3})\.)?"  # Mio., Mrd.
    signs = "|".join(word for word in every if word[0] > "\N{CJK RADICAL REPEAT}")  # nothing stands between these and what is counted
    return re.compile(rf"""
        {_FIRST}(?<![0-9])(?:(?P<before>{_MONEY})\ ?(?P<minus>[{MINUS}])?)?
        (?P<bare>(?:(?P<units>[0-9]{{1,9}})\s?)?(?P<vulgar>{VULGAR})
          |(?<![0-9/⁄.,])(?:(?P<whole>[0-9]{{1,9}})\ )?(?P<fraction>{_FRACTION if how.decimal else "(?!)"})
          |(?<![.,])10\s?(?P<only>\^\s?\{{?\s?[{MINUS}+]?[0-9]{{1,3}}\}}?|⁻[⁰¹²³⁴-⁹]{{1,3}})
          |(?P<mantissa>{_mantissa(how)})(?:\s?[×✕*xX⋅·]\s?10\s?(?P<power>\^\s?\{{?\s?[{MINUS}+]?[0-9]{{1,3}}\}}?
            |[⁻⁺]?[⁰¹²³⁴-⁹]{{1,3}}|[{MINUS}][0-9]{{1,3}}(?![.,]?[0-9]))|[eE](?P<e>[{MINUS}+]?[0-9]{{1,3}})(?![\w.]))?)
        (?:[\s-]?(?:(?P<word>{free}){end}|(?(before)(?P<shorter>{short}){end}|(?P<shortest>{short})(?=\s?{_MONEY})))|\s?(?P<sign>{signs}))?
        (?:\s?(?P<percent>{_PERCENT}))?(?:\s?(?P<after>{_MONEY}))?
        """.replace("\n", ""), re.VERBOSE | re.IGNORECASE)


def _mantissa(how: Notation) -> str:
    """Digits in groups, with decimals, or alone; those of a version or a date in one piece, so that no part of them is a number."""
    if not how.decimal:
        return (rf"[0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}(?![0-9])(?:\.[0-9]+)?"
                rf"|[0-9]{{1,3}}(?P<mark>[,.{_APOSTROPHES}{SPACES}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*(?![0-9])(?:[.,{_DOT}][0-9]+)?"
                rf"|[0-9]+(?:[.,{_DOT}][0-9]+)*|(?<![0-9.])\.[0-9]+")
    decimal, group = re.escape(how.decimal), re.escape(how.group)
    decimals = rf"(?:[{decimal}{_DOT}][0-9]+)"
    indian = r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])(?:\.[0-9]+)?|" if how.group == "," else ""
    return (rf"{indian}(?!0)[0-9]{{1,3}}(?P<mark>[{group}{_APOSTROPHES}{SPACES}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*(?![0-9]){decimals}?"
            rf"(?![{decimal}{group}][0-9])"
            rf"|[0-9]+(?:\.[0-9]+){{2,}}|[0-9]+{decimals}?|(?<![0-9{decimal}{group}])[{decimal}{_DOT}][0-9]+")


def _of_digits(found: re.Match[str], how: Notation) -> Token | None:
    word = (found["word"] or found["shorter"] or found["shortest"] or found["sign"] or "").lower()
    value, digits, exponent = _fraction(found), "", 0
    places: tuple[Fraction, ...] = ()
    if value is not None:
        places = (_rough_place(value),)
    else:
        digits = _digits(found["mantissa"] or "1", how, word)
        if not 0 < len(digits) <= LONGEST:
            return None
        whole, _, decimals = digits.partition(".")
        value, places = Fraction(int(whole + decimals), 10 ** len(decimals)), _places(digits)
        power = found["power"] or found["only"] or found["e"]
        if power:
            exponent = int(_NOT_OF_A_POWER.sub("", power.translate(_RAISED)))
            value, places = value * Fraction(10) ** exponent, (places[0] * Fraction(10) ** exponent,)
    sign = "-" if found["minus"] else _sign(found.string, found.start())
    marks = tuple(one for one in (found["before"] or found["after"], _percent(found["percent"])) if one)
    printed = Printed(found[0], -value if sign == "-" else value, places, digits, how.words[word] if word else None, marks, "", not digits,
                      exponent)
    return Token(printed, sign, found.start(), found.end(), found.span("bare"))


def _fraction(found: re.Match[str]) -> Fraction | None:
    if found["vulgar"]:
        return int(found["units"] or 0) + Fraction(unicodedata.normalize("NFKC", found["vulgar"]).replace("⁄", "/"))
    if found["fraction"]:
        top, bottom = map(int, re.split("[/⁄]", found["fraction"]))
        return int(found["whole"] or 0) + Fraction(top, bottom)
    return None


def _percent(text: str | None) -> str:
    return "" if not text else "‰" if text == "‰" or "mill" in text.lower() else "%"


def _sign(text: str, start: int) -> str:
    """The sign before a number; a dash that joins it to a number or a word makes it a range, a date or a name."""
    near = text[max(0, start - NEAR) : start]
    before = near.rstrip(SPACES)
    spoken = _SPOKEN.search(before) if before[-1:] in ("s", "S") else None
    if spoken:
        return "-" if spoken[1].lower() == "minus" else "+"
    beside = before[:-1].rstrip(SPACES)[-1:]
    leads = before == near and before[-2:-1] in (*SPACES, "")  # a sign that stands at its number, with a space before it
    number = beside.isdigit() or beside in _ENDS or (beside.isnumeric() and not beside.isalpha())
    if before[-1:] not in ("+", *MINUS) or (beside and number) or (beside.isascii() and beside.isalpha() and not leads):
        return ""
    return "+" if before[-1] == "+" else "-"


def _digits(text: str, how: Notation, word: str) -> str:
    """Plain digits of a number; none where its marks are of no number, such as those of a version or a date."""
    text = text.replace(_DOT, how.decimal or ".")
    if how.decimal:
        if text.count(how.decimal) > 1:
            return ""
        plain = re.sub(rf"[{re.escape(how.group)}{_APOSTROPHES}{SPACES}]", "", text).replace(how.decimal, ".")
        return f"0{plain}" if plain.startswith(".") else plain
    parts = re.split(r"(\D)", f"0{text}" if text.startswith(".") else text)
    *others, last = parts[1::2] or [""]
    grouping = "." if word in how.after_points else ","
    groups_once = not others and last == grouping and len(parts[2]) == 3 and len(parts[0]) <= 3 and parts[0] != "0"
    decimals = bool(last) and last in ".," and last not in others and not groups_once
    head = parts[:-2] if decimals else parts
    sizes = [len(group) for group in head[2::2]]
    by_lakhs = set(head[1::2]) == {","} and sizes[-1] == 3 and set(sizes[:-1]) == {2}
    if len(set(head[1::2])) > 1 or not (set(sizes) <= {3} or by_lakhs):
        return ""
    return "".join(head[::2]) + ("." + parts[-1] if decimals else "")


def _places(digits: str) -> tuple[Fraction, ...]:
    """The last places that plain digits may have been printed to, finest first."""
    if "." in digits:
        return _decimal_places(len(digits.partition(".")[2]))
    return _whole_places(max(0, min(len(digits) - len(digits.rstrip("0")), len(digits) - SIGNIFICANT)))


@functools.cache
def _decimal_places(count: int) -> tuple[Fraction, ...]:
    return (Fraction(1, 10**count),)


@functools.cache
def _whole_places(zeros: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(10**power) for power in range(zeros + 1))


def _rough_place(value: Fraction) -> Fraction:
    """The second significant digit: nobody who writes two-thirds promises more."""
    place = Fraction(1, 10)
    while value and place * 100 <= value:
        place *= 10
    while value and place * 10 > value:
        place /= 10
    return place


def _of_words(text: str, how: Notation) -> Iterator[Token]:
    for one in words(text):
        after = _AFTER.match(text, one.end)
        word, percent, end = (after["word"], after["percent"], after.end()) if after else (None, None, one.end)
        places = (_rough_place(one.value),) if one.rough else _places(str(one.value)) if one.value > COUNTED else (Fraction(1),)
        printed = Printed(text[one.start : end], one.value, places, "", how.words[word.lower()] if word else None,
                          (_percent(percent),) if percent else (), "", one.rough)
        yield Token(printed, "", one.start, end, (one.start, one.end), True)
