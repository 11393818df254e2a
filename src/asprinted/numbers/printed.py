"""Numbers as printed: the interval of values that a printed number stands for.

"8.0" promises another precision than "8", so a printed number is a string until it is an interval.
Rounding conventions follow IEEE 754-2019, section 4.3, for the two kinds of rounding to the nearest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from asprinted.numbers.interval import Interval, hull
from asprinted.numbers.written.grammar import Printed, parse
from asprinted.numbers.written.parts import parts
from asprinted.numbers.written.spelling import spelled


@dataclass(frozen=True)
class Word:
    """What a word before a number allows, as shares of the number to be added to it; None where there is no end.

    Every value from ``low`` to ``high`` is what the word says; beyond that, up to ``least`` and ``most``, speakers
    differ, so nothing is decided; farther out the word is wrong.
    """

    low: Fraction
    high: Fraction
    least: Fraction | None
    most: Fraction | None
    why: str


def _percent(*shares: int | None) -> tuple[Fraction | None, ...]:
    return tuple(None if share is None else Fraction(share, 100) for share in shares)


# The widths are conventions, so they stand in one place. "only" and "as high as" are emphasis: they bound nothing and
# are read as exact. A bound is kept by every value on its side, but a value more than twice as large was not what it
# described: "more than 130,000" of a billion is true and tells nothing.
WORDS = {
    "about": Word(*_percent(-5, 5, -10, 10), "a twentieth to each side is about; a tenth is not for everybody"),
    "nearly": Word(*_percent(-10, 0, -20, 5), "a little below; what rounds to the number, or lies a little above, is not excluded"),
    "more than": Word(*_percent(0, 100, 0, None), "above it, and not by more than itself"),
    "at least": Word(*_percent(0, 100, 0, None), "it or above, and not by more than itself"),
    "less than": Word(*_percent(-50, 0, None, 0), "below it, and not by more than half of it"),
    "at most": Word(*_percent(-50, 0, None, 0), "it or below, and not by more than half of it"),
}
OPEN_AT_THE_NUMBER = ("more than", "less than", "nearly")  # the number itself is not what the word says
QUALIFIERS = ("exact", *WORDS)
# A sign of inequality is no word: every value on its side is what it says, and the number of a bound was not shortened.
BOUNDS = {"<": (False, False), "≤": (False, True), ">": (True, False), "≥": (True, True)}  # whether upwards, whether itself as well

# Powers of ten of the words that stand beside printed digits.
SCALES = {"one": 0, "thousand": 3, "ten thousand": 4, "million": 6, "hundred million": 8, "billion": 9, "trillion": 12}


class Rounding(StrEnum):
    """How a number was shortened to its printed digits."""

    HALF_UP = "half up"
    HALF_EVEN = "half even"
    TRUNCATE = "truncate"


def misprints(text: str, locale: str = "en") -> list[str]:
    """Every number with as many digits that differs from a printed one in a single digit; of a word, that of its value.

    Of several numbers that are one statement each is altered in turn; what then has its low end above its high one is left out.

    >>> misprints("7.7")[:4], len(misprints("7.7")), len(misprints("ten"))
    (['1.7', '2.7', '3.7', '4.7'], 17, 17)
    >>> misprints("< .05")[:2], misprints("1,2 × 10⁻³", "de")[0], misprints("two-thirds")[:2]
    (['< .15', '< .25'], '2,2 × 10⁻³', ['1/3', '3/3'])
    >>> misprints("3–5")
    ['0–5', '1–5', '2–5', '4–5', '5–5', '3–3', '3–4', '3–6', '3–7', '3–8', '3–9']
    """
    if several := parts(text, locale):
        altered = [text[: one.start] + other + text[one.end :] for one in several for other in misprints(one.text, locale)]
        return [other for other in altered if parts(other, locale)]
    found, plain = parse(text, locale), spelled(text)[0].strip()
    digits = plain if any(one in "0123456789" for one in plain) else str(found.value)
    others = []
    for place, digit in enumerate(digits):
        if digit not in "0123456789":
            continue
        leading = len(digits) > 1 and not any(character.isdigit() for character in digits[:place])
        for other in "0123456789":
            if other != digit and not (other == "0" and leading):
                others.append(digits[:place] + other + digits[place + 1 :])
    return [other for other in others if _reads(other, locale)]


def _reads(text: str, locale: str) -> bool:
    try:
        return bool(parse(text, locale))
    except ValueError:
        return False


def interval(value: Fraction, place: Fraction, rounding: Rounding = Rounding.HALF_UP) -> Interval:
    """Values that print as ``value`` when shortened to multiples of ``place``.

    >>> interval(Fraction("8.4"), Fraction("0.1"))
    [8.35, 8.45)
    >>> interval(Fraction("8.4"), Fraction("0.1"), Rounding.HALF_EVEN)
    [8.35, 8.45]
    >>> interval(Fraction("8.4"), Fraction("0.1"), Rounding.TRUNCATE)
    [8.4, 8.5)
    >>> interval(Fraction("-6.5"), Fraction("0.1"))
    (-6.55, -6.45]
    """
    place = Fraction(place)
    if value < 0:
        return -interval(-value, place, rounding)
    if rounding is Rounding.TRUNCATE:
        low = -place if value == 0 else value
        return Interval(low, value + place, value != 0, False)
    half = place / 2
    if value == 0:
        return Interval(-half, half, rounding is Rounding.HALF_EVEN, rounding is Rounding.HALF_EVEN)
    if rounding is Rounding.HALF_EVEN:
        even = (value / place) % 2 == 0
        return Interval(value - half, value + half, even, even)
    return Interval(value - half, value + half, True, False)


def place_within(width: Fraction) -> Fraction:
    """The greatest power of ten not above a width: the last printed place of a figure that is so wide.

    >>> place_within(Fraction(1, 5)), place_within(Fraction(1000)), place_within(Fraction(999))
    (Fraction(1, 10), Fraction(1000, 1), Fraction(100, 1))
    """
    place = Fraction(1)
    while place > width:
        place /= 10
    while place * 10 <= width:
        place *= 10
    return place


def place_of_digit(value: Fraction, digits: int) -> Fraction:
    """The place of the last of so many significant digits of a number that is not zero.

    >>> place_of_digit(Fraction("2214.36"), 3), place_of_digit(Fraction("0.0123"), 2)
    (Fraction(10, 1), Fraction(1, 1000))
    """
    return place_within(abs(value)) / Fraction(10) ** (digits - 1)


def shorten(value: Fraction, place: Fraction, rounding: Rounding = Rounding.HALF_UP) -> str:
    """``value`` printed to multiples of ``place``.

    >>> shorten(Fraction("2.21436"), Fraction("0.01")), shorten(Fraction(797), Fraction(10), Rounding.TRUNCATE)
    ('2.21', '790')
    >>> shorten(Fraction("2.675"), Fraction("0.01")), shorten(Fraction("-0.25"), Fraction("0.1"), Rounding.HALF_EVEN)
    ('2.68', '-0.2')
    """
    place = Fraction(place)
    steps = abs(value) / place
    whole = steps.__floor__()
    rest = steps - whole
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (rounding is Rounding.HALF_UP or whole % 2 == 1))
    if rounding is not Rounding.TRUNCATE and up:
        whole += 1
    result = whole * place
    decimals = len(str(place.denominator)) - 1
    scaled = str((result * 10**decimals).numerator).rjust(decimals + 1, "0")
    text = f"{scaled[:-decimals]}.{scaled[-decimals:]}" if decimals else scaled
    return f"-{text}" if value < 0 and result else text


@dataclass(frozen=True)
class Meaning:
    """What printed digits may stand for when their last place is ``place``.

    Every value of ``says`` is what they say; a value outside ``possible`` is not; between the two nothing is decided.
    """

    place: Fraction
    says: Interval
    possible: Interval


def qualified(printed: Printed, qualifier: str, rounding: Rounding) -> list[Meaning]:
    """What a number with its qualifier says, for each precision that its digits may have, finest first.

    Raises:
        ValueError: the qualifier is none of :data:`QUALIFIERS` and of :data:`BOUNDS`.

    A fraction or a multiple without a word is read as if "about" stood before it.

    >>> [one.says for text, word in (("< .001", "<"), ("two-thirds", "exact")) for one in qualified(parse(text), word, Rounding.HALF_UP)]
    [(..., 0.001), [0.633333333333, 0.7]]
    >>> [(one.says, one.possible) for one in qualified(parse("40"), "nearly", Rounding.HALF_UP)]
    [([36, 40), [32, 42])]
    >>> [(one.says, one.possible) for one in qualified(parse("130,000"), "more than", Rounding.HALF_UP)]
    [((130000, 260000], (130000, ...))]
    """
    value = printed.value
    if qualifier in BOUNDS:
        upwards, closed = BOUNDS[qualifier]
        side = Interval(value, None, closed) if upwards else Interval(None, value, high_closed=closed)
        return [Meaning(printed.places[0], side, side)]
    if qualifier == "exact" and printed.rough:
        qualifier = "about"
    if qualifier == "exact":
        plain = [(place, interval(value, place, rounding)) for place in printed.places]
        return [Meaning(place, says, says) for place, says in plain]
    if qualifier not in WORDS:
        raise ValueError(f"unknown qualifier {qualifier!r}: expected one of {', '.join(QUALIFIERS)}")
    word, place = WORDS[qualifier], printed.places[0]
    if value == 0:  # a share of nothing has no width: a bound is kept by its whole side, any other word says nothing
        around = interval(value, place, rounding)
        says = _side(qualifier) if None in (word.least, word.most) else around
        return [Meaning(place, says, says)]

    def end(share: Fraction | None) -> Fraction | None:
        return None if share is None else value + abs(value) * share

    open_low, open_high = (share == 0 and qualifier in OPEN_AT_THE_NUMBER for share in (word.low, word.high))
    if value < 0 and qualifier == "nearly":  # nearly -6 lies on the side of zero
        mirrored = qualified(replace(printed, value=-value), qualifier, rounding)
        return [Meaning(one.place, -one.says, -one.possible) for one in mirrored]
    says = Interval(end(word.low), end(word.high), not open_low, not open_high)
    possible = Interval(end(word.least), end(word.most), not (open_low and word.least == 0), not (open_high and word.most == 0))
    if None not in (word.least, word.most):  # what prints as the number itself is not excluded, however few its digits
        possible = hull([possible, *(interval(value, place, one) for one in Rounding)])
    return [Meaning(place, says, possible)]


def _side(qualifier: str) -> Interval:
    """The whole side of zero that a bound at zero leaves."""
    closed = qualifier not in OPEN_AT_THE_NUMBER
    zero = Fraction(0)
    return Interval(zero, None, closed) if WORDS[qualifier].most is None else Interval(None, zero, True, closed)
