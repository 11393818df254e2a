"""The verdict on a stated number once more: the known values are printed and the digits compared, nothing is inverted."""

from __future__ import annotations

from fractions import Fraction

ROUNDINGS = ("half up", "half even", "truncate")
HAIR = Fraction(1, 10**30)


def printed(value: Fraction, place: Fraction, rounding: str) -> Fraction:
    """The value as it is printed to multiples of a place."""
    steps, sign = abs(value) / place, -1 if value < 0 else 1
    whole = steps.numerator // steps.denominator
    rest = steps - whole
    up = rounding != "truncate" and (rest > Fraction(1, 2) or rest == Fraction(1, 2) and (rounding == "half up" or whole % 2 == 1))
    return sign * (whole + up) * place


def places(text: str) -> list[Fraction]:
    """The last places that stated digits may have."""
    if "." in text:
        return [Fraction(1, 10 ** len(text.split(".")[1]))]
    digits = text.replace(",", "")
    return [Fraction(10**zeros) for zeros in range(len(digits) - len(digits.rstrip("0")) + 1)]


def fits(text: str, low: Fraction, high: Fraction, rounding: str) -> str:
    """Whether all, some or none of the values from low to high print as the text; printing never turns an order round."""
    stated, found = Fraction(text.replace(",", "")), "none"
    inner = (low, high) if low == high else (low + HAIR, high - HAIR)
    for place in places(text):
        first, last = (printed(end, place, rounding) for end in inner)
        if first == last == stated:
            return "all"
        if first <= stated <= last and stated % place == 0:
            found = "some"
    return found


def judge(text: str, ends: tuple[Fraction, Fraction], strong: bool, rounding: str,
          excuses: list[tuple[Fraction, Fraction]] | None = None) -> str:
    """The verdict on a number: ``excuses`` are the same quantity under every other listed choice."""
    here = fits(text, *ends, rounding)
    if here != "none":
        return {"all": "reproduced", "some": "consistent"}[here]
    for one in [ends, *(excuses or [])]:
        if any(fits(text, *one, other) != "none" for other in ROUNDINGS):
            return "consistent"
    return "contradicted" if strong else "not checkable"


def over(verdicts: list[str]) -> str:
    """One verdict over several readings."""
    return verdicts[0] if len(set(verdicts)) == 1 else "ambiguous"
