"""The few words that a row was taken from: the numbers in them, and whether the row's own digits are among these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.dates.days import of_period
from asprinted.numbers.dates.written import dates_in
from asprinted.numbers.interval import decimal_text
from asprinted.numbers.printed import SCALES
from asprinted.numbers.written import notation
from asprinted.numbers.written.grammar import Token, tokens
from asprinted.numbers.written.spelling import spelled

_COUNTS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_COUNT = re.compile("[" + "".join(_COUNTS) + "](?=[个個家类类])")
_BARE_MILLION = re.compile(r"(?<![\d.])(百万|百萬)")
_WORDS = notation.undeclared().words
_BESIDE = re.compile(rf"\(({'|'.join(sorted(_WORDS, key=len, reverse=True))})[^()\d]{{0,3}}\)\s*$", re.IGNORECASE)
# Words of a fall. "Fell short of +0.3%" says nothing of a sign.
_FALL = re.compile(
    r"下降|下滑|回落|减少|減少|降低|降至|缩减|萎缩|減|dropp|drops|down|declin|decreas|fell(?!\s+short)|fall(?!(?:s|ing|en)?\s+short)|lower|"
    r"slower|smaller|less|slump|minus|\blo(?:st|ses?|ss)\b|\bcontract(?:ed|ing|ion)|shr[aiu]nk|\bsank(?:en)?\b|\bsunk\b|\bsinks?\b|"
    r"sinkt|sinken|gesunken|rückgang|\bfiel(?:en)?\b|verringer|gefallen|schrumpf|\brecul|\bbaiss|\brepli\b|diminu|\bchut[eé]|"
    r"\bca[ií]da|cay[oó]|disminu|descen[ds]|baja|\bcalo\b|\bcalat[oi]\b|\bqueda\b|\brecuo|\bdaling\b|gedaald|\bdaalde", re.IGNORECASE)


_RISE = re.compile(
    r"增长|增加|上升|上涨|提高|回升|扩大|增至|升至|增長|提升|\bup\b|\bris(?:e|es|en|ing)\b|\brose\b|grow|\bgrew\b|increas|\bgain|higher|faster|"
    r"climb|expan[ds]|\bmore\b|\bplus\b|stieg|gestiegen|steig|zunahm|zugenommen|wuchs|gewachsen|wächst|hauss|augment|progress|croiss|\bcru\b|"
    r"aument|\bsub[ií]|crec|crece|subid|toegenomen|gestegen|steeg|groei", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:.](?!\d)|[，。；、]|\b(?:and|while|but|und|et|y)\b")


class _Found(NamedTuple):
    digits: str
    power: int
    sign: str
    start: int = 0
    end: int = 0


def numbers(text: str, locale: str = "") -> Iterator[tuple[str, int]]:
    """Every number in ``text`` as its plain digits and the power of ten of the scale word beside it.

    Args:
        locale: the language that the source is declared to be in; without one what can be read in one way alone is read so, and a single
            point or comma before three digits as English has it.

    >>> list(numbers("经费22143.6亿元, 2,214.36 billion yuan, 13万个"))
    [('22143.6', 8), ('2214.36', 9), ('13', 4)]
    >>> list(numbers("four clusters; (亿元) 901.3; 2亿3000万"))
    [('4', 0), ('901.3', 8), ('23000', 4)]
    >>> list(numbers("12.345 Personen, 1,2 Mio. Euro", "de")), list(numbers("12.345 persons"))
    ([('12345', 0), ('1.2', 6)], [('12.345', 0)])
    """
    return ((one.digits, one.power) for one in _found(text, locale))


def _found(text: str, locale: str) -> Iterator[_Found]:
    text, last = spelled(text)[0], None
    for one in tokens(text, locale or None):
        before = text[: one.start].rstrip()
        here = _plain(one, _BESIDE.search(before) if before.endswith(")") else None)
        if here is None:
            continue
        if last and last.end == one.start and _joins(last, here):  # 2亿3000万 is one number
            here = here._replace(digits=str(int(last.digits) * 10 ** (last.power - here.power) + int(here.digits)), sign=last.sign,
                                 start=last.start)
        elif last:
            yield last
        last = here
    if last:
        yield last
    for _ in _BARE_MILLION.finditer(text):
        yield _Found("1", 6, "")
    for found in _COUNT.finditer(text):
        yield _Found(str(_COUNTS[found[0]]), 0, "")


def _plain(one: Token, beside: re.Match[str] | None) -> _Found | None:
    """Digits and power of ten of a number; none where it has no last decimal, such as a third."""
    number = one.printed
    power = number.scale if number.scale is not None else _WORDS[beside[1].lower()] if beside else 0
    if number.digits:
        return _Found(number.digits, power + number.exponent, one.sign, one.start, one.end)
    digits = decimal_text(abs(number.value))
    return _Found(digits, power, one.sign, one.start, one.end) if Fraction(digits) == abs(number.value) else None


def _joins(first: _Found, second: _Found) -> bool:
    """Whether two numbers that touch are the greater and the smaller part of one."""
    whole = first.digits.isdigit() and second.digits.isdigit()
    return whole and len(second.digits) <= first.power - second.power


def digits_in(row: Mapping[str, str], locale: str = "") -> bool:
    """Whether the digits of ``row``, to the same last place and with its scale, stand in its evidence; of a date the date, as precise.

    A fall may be stated in words, so the sign asks for a minus, or for a word such as 下降 or "down" about the digits (:func:`_falls`) and
    no plus before them. A figure that is no fall does not stand where the digits have a minus.

    >>> digits_in({"digits": "13", "scale": "ten thousand", "evidence": "5G基站数超13万个"})
    True
    >>> digits_in({"digits": "13", "scale": "ten thousand", "evidence": "5G基站数超13个"})
    False
    >>> digits_in({"digits": "8.40", "scale": "one", "evidence": "增长8.4%"})
    False
    >>> digits_in({"digits": "8.4", "scale": "one", "evidence": "growth of -8.4%"})
    False
    >>> digits_in({"digits": "2018-11", "scale": "one", "unit": "date", "evidence": "于2018年11月发布"})
    True
    """
    if row.get("unit") == DATE:
        return _dated(row["digits"], row["evidence"], locale)
    power, evidence = SCALES.get(row["scale"]), row["evidence"]
    if power is None or not re.fullmatch(r"-?\d+(\.\d+)?", row["digits"]):
        return False
    falls = row["digits"].startswith("-")
    wanted = _scaled(row["digits"].lstrip("-"), power)
    found = list(_found(evidence, locale))
    here = [one for one in found if _scaled(one.digits, one.power) == wanted]
    if not falls:
        return any(one.sign != "-" for one in here)
    text = spelled(evidence)[0]
    return any(one.sign == "-" or (not one.sign and _falls(text, one, found)) for one in here)


def _falls(text: str, one: _Found, others: list[_Found]) -> bool:
    """Whether words call a number a fall: the last word of direction before it, or one after it in its own clause.

    >>> digits_in({"digits": "-8.4", "scale": "one", "evidence": "steel fell 6.5%, cars rose 8.4%"})
    False
    >>> digits_in({"digits": "-4.5", "scale": "one", "evidence": "steel and cars fell 6.5% and 4.5%"})
    True
    """
    falling, rising = ([found.end() for found in words.finditer(text, 0, one.start)] for words in (_FALL, _RISE))
    if falling and falling[-1] > max(rising, default=-1):
        return True
    ends = [*(other.start for other in others if other.start >= one.end), *(mark.start() for mark in _CLAUSE.finditer(text, one.end))]
    return bool(_FALL.search(text, one.end, min(ends, default=len(text))))


def _dated(digits: str, evidence: str, locale: str) -> bool:
    try:
        wanted = of_period(digits)
    except ValueError:  # no calendar has it
        return False
    return any(one.days == wanted for one in dates_in(evidence, locale or "en"))


def _scaled(digits: str, power: int) -> tuple[Decimal, int]:
    """Value and power of ten of the last printed place: equal only if both numbers say the same, equally closely."""
    decimals = len(digits.partition(".")[2])
    return Decimal(digits).scaleb(power), power - decimals
