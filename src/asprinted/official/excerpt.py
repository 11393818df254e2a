"""The few words that a row was taken from: the numbers in them, and whether the row's own digits are among these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from asprinted.numbers.printed import SCALES

_WORDS = {
    "万亿": 12, "萬億": 12, "兆": 12, "trillion": 12, "billion": 9, "bn": 9, "亿": 8, "億": 8, "百万": 6, "百萬": 6,
    "million": 6, "mln": 6, "万": 4, "萬": 4, "만": 4, "千": 3, "thousand": 3,
}  # fmt: skip
_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_SCALE = "|".join(_WORDS)
_NUMBER = re.compile(rf"(?:\((?P<head>{_SCALE})[^()\d]{{0,3}}\)\s*)?(?P<digits>(?<![\d.])\d(?:[\d.,]*\d)?)"
                     rf"(?:\s?(?P<scale>{_SCALE}))?")
_BARE_MILLION = re.compile(r"(?<![\d.])(百万|百萬)")
_COUNT = re.compile(r"\b(?:" + "|".join(w for w in _COUNTS if w.isascii()) + r")\b|["
                    + "".join(w for w in _COUNTS if not w.isascii()) + r"](?=[个個家类類])", re.IGNORECASE)
_FALL = re.compile(r"下降|下滑|回落|减少|減少|降低|降至|dropp|down|declin|decreas|fell|fall|lower|"
                   r"slower|smaller|less|slump|minus|[-\u2212\u2013]\s?\d|減|baja", re.IGNORECASE)


def _plain(digits: str) -> str:
    """``1,236.5`` and ``8,4`` become ``1236.5`` and ``8.4``: no thousands separators, a decimal point."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits):
        return digits.replace(",", "")
    return digits.replace(",", ".") if re.fullmatch(r"\d+,\d+", digits) else digits


def numbers(text: str) -> Iterator[tuple[str, int]]:
    """Every number in ``text`` as its plain digits and the power of ten of the scale word beside it.

    >>> list(numbers("经费22143.6亿元, 2,214.36 billion yuan, 13万个"))
    [('22143.6', 8), ('2214.36', 9), ('13', 4)]
    >>> list(numbers("four clusters; (亿元) 901.3"))
    [('901.3', 8), ('4', 0)]
    """
    for found in _NUMBER.finditer(text):
        digits = _plain(found["digits"])
        if digits.count(".") <= 1 and "," not in digits:
            yield digits, _WORDS.get((found["scale"] or found["head"] or "").lower(), 0)
    for _ in _BARE_MILLION.finditer(text):
        yield "1", 6
    for found in _COUNT.finditer(text):
        yield str(_COUNTS[found[0].lower()]), 0


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
    if row["digits"].startswith("-") and not _FALL.search(evidence):
        return False
    wanted = _scaled(row["digits"].lstrip("-"), power)
    return any(_scaled(digits, other) == wanted for digits, other in numbers(evidence))


def _scaled(digits: str, power: int) -> tuple[Decimal, int]:
    """Value and power of ten of the last printed place: equal only if both numbers say the same, equally closely."""
    decimals = len(digits.partition(".")[2])
    return Decimal(digits).scaleb(power), power - decimals
