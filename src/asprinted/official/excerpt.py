"""The few words that a row was taken from: the numbers in them, and whether the row's own digits are among these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from asprinted.numbers.numerals import numerals, one_spelling
from asprinted.numbers.printed import SCALES

_WORDS = {
    "万亿": 12, "萬億": 12, "兆": 12, "trillion": 12, "千亿": 11, "百亿": 10, "十亿": 9, "billion": 9, "bn": 9, "milliard": 9, "mrd": 9,
    "hundred million": 8, "亿": 8, "億": 8, "千万": 7, "百万": 6, "百萬": 6, "million": 6, "mln": 6, "mio": 6, "十万": 5,
    "hundred thousand": 5, "ten thousand": 4, "万": 4, "萬": 4, "만": 4, "千": 3, "thousand": 3,
}  # fmt: skip
_GERMAN = ("mrd", "mio")  # before these a point groups thousands
_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_SCALE = "|".join(sorted(_WORDS, key=len, reverse=True))
_AFTER = re.compile(rf"\s?({_SCALE})", re.IGNORECASE)
_BEFORE = re.compile(rf"\(({_SCALE})[^()\d]{{0,3}}\)\s*$", re.IGNORECASE)
_BARE_MILLION = re.compile(r"(?<![\d.])(百万|百萬)")
_COUNT = re.compile(r"\b(?:" + "|".join(w for w in _COUNTS if w.isascii()) + r")\b|["
                    + "".join(w for w in _COUNTS if not w.isascii()) + r"](?=[个個家类類])", re.IGNORECASE)
_FALL = re.compile(r"下降|下滑|回落|减少|減少|降低|降至|dropp|down|declin|decreas|fell|fall|lower|"
                   r"slower|smaller|less|slump|minus|減|baja", re.IGNORECASE)


class _Found(NamedTuple):
    digits: str
    power: int
    negative: bool


def numbers(text: str) -> Iterator[tuple[str, int]]:
    """Every number in ``text`` as its plain digits and the power of ten of the scale word beside it.

    >>> list(numbers("经费22143.6亿元, 2,214.36 billion yuan, 13万个"))
    [('22143.6', 8), ('2214.36', 9), ('13', 4)]
    >>> list(numbers("four clusters; (亿元) 901.3; 2亿3000万"))
    [('901.3', 8), ('23000', 4), ('4', 0)]
    """
    return ((one.digits, one.power) for one in _found(text))


def _found(text: str) -> Iterator[_Found]:
    text, last = one_spelling(text), None
    for one in numerals(text):
        after = _AFTER.match(text, one.end)
        beside = after or _BEFORE.search(text[: one.start])
        scale = beside[1].lower() if beside else ""
        digits = next(numerals(text[one.start : one.end], thousands=True), one).digits if scale in _GERMAN else one.digits
        here = _Found(digits, _WORDS.get(scale, 0), one.negative)
        if last and last[1] == one.start and _joins(last[0], here):  # 2亿3000万 is one number
            here = _Found(str(int(last[0].digits) * 10 ** (last[0].power - here.power) + int(digits)), here.power, last[0].negative)
        elif last:
            yield last[0]
        last = (here, after.end() if after else one.end)
    if last:
        yield last[0]
    for _ in _BARE_MILLION.finditer(text):
        yield _Found("1", 6, False)
    for found in _COUNT.finditer(text):
        yield _Found(str(_COUNTS[found[0].lower()]), 0, False)


def _joins(first: _Found, second: _Found) -> bool:
    """Whether two numbers that touch are the greater and the smaller part of one."""
    whole = first.digits.isdigit() and second.digits.isdigit()
    return whole and len(second.digits) <= first.power - second.power


def digits_in(row: dict[str, str]) -> bool:
    """Whether the digits of ``row``, to the same last place and with its scale, stand in its evidence.

    A fall may be stated in words, so the sign asks for a minus or for a word such as 下降 or "down".

    >>> digits_in({"digits": "13", "scale": "ten thousand", "evidence": "5G基站数超13万个"})
    True
    >>> digits_in({"digits": "13", "scale": "ten thousand", "evidence": "5G基站数超13个"})
    False
    >>> digits_in({"digits": "8.40", "scale": "one", "evidence": "增长8.4%"})
    False
    """
    power, evidence = SCALES.get(row["scale"]), row["evidence"]
    if power is None or not re.fullmatch(r"-?\d+(\.\d+)?", row["digits"]):
        return False
    falls = row["digits"].startswith("-")
    wanted, said = _scaled(row["digits"].lstrip("-"), power), bool(_FALL.search(evidence))
    return any(_scaled(one.digits, one.power) == wanted and (not falls or said or one.negative) for one in _found(evidence))


def _scaled(digits: str, power: int) -> tuple[Decimal, int]:
    """Value and power of ten of the last printed place: equal only if both numbers say the same, equally closely."""
    decimals = len(digits.partition(".")[2])
    return Decimal(digits).scaleb(power), power - decimals
