"""What a record shows beside its verdict, once more: values, rows, the right value, and what the verdict is worth."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from second.figures import NO_END, NO_START, Figure, rows_of, times
from second.rules import ACCUSED, HAIR, Order, Reading, Stated, clash, contrary, own_digits, printed, together, verdict


def _behind(stated: Stated, reading: Reading, found: str) -> Figure | None:
    """The number that a verdict speaks of: what other statements make of it, where these alone exclude it."""
    against, known = clash(stated, reading), reading.value
    alone = known is None or not known.strong or None in reading.listed
    return against if found == "inconsistent" and against and alone else known


def computed(
    stated: Stated | None, reading: Reading | Order, found: str
) -> tuple[Fraction | None, Fraction | None] | None:
    """The two ends as a record writes them: twelve decimals, never a value too few."""
    if stated is None or isinstance(reading, Order):
        return None
    known = _behind(stated, reading, found)
    if known is None:
        return None
    low, high = times(known.shown, 1 / stated.worth)
    return (
        None if low == NO_START else Fraction((low[0] * 10**12).__floor__(), 10**12),
        None if high == NO_END else Fraction((high[0] * 10**12).__ceil__(), 10**12),
    )


def rows_behind(stated: Stated | None, reading: Reading | Order, found: str, rounding: str) -> set[str]:
    """The rows that a verdict rests on; those of the other quantity only where the digits are its own."""
    if isinstance(reading, Order):
        return set(reading.rows)
    assert stated is not None
    others = own_digits(stated, reading, rounding) if found == "misattributed" else []
    return set(rows_of([_behind(stated, reading, found), *others]))


def right_value(stated: Stated, reading: Reading, found: str, rounding: str) -> str | None:
    """What the figures print at the precision of the stated digits; nobody's number is called right by a clash."""
    if found not in ("contradicted", "misattributed") or reading.value is None:
        return None
    place = stated.places[0]
    (low, side), (high, other) = times(reading.value.shown, 1 / stated.worth)
    if (low, side) == NO_START:
        return f"less than {_text(printed(high, place, rounding), place)}"
    if (high, other) == NO_END:
        return f"more than {_text(printed(low, place, rounding), place)}"
    ends = [printed(value + toward * HAIR, place, rounding) for value, toward in ((low, side), (high, other))]
    return " to ".join(dict.fromkeys(_text(end, place) for end in ends))


def _text(value: Fraction, place: Fraction) -> str:
    decimals = len(str(place.denominator)) - 1
    whole, rest = divmod(abs(int(value * 10**decimals)), 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}{f'.{rest:0{decimals}d}' if decimals else ''}"


def misprinted(digits: str) -> list[str]:
    """Every number of as many digits that differs in one of them."""
    found = [
        digits[:place] + other + digits[place + 1 :]
        for place, digit in enumerate(digits)
        if digit != "."
        for other in "0123456789"
        if other != digit
    ]
    return [one for one in found if len(one) == 1 or one[0] != "0" or digits[0] == "0"]


def noticed(stated: Stated, readings: list[Reading | Order], rounding: str) -> tuple[int, int]:
    """How many misprints of one digit would have been accused, and of how many."""
    tried = [replace(stated, digits=digits) for digits in misprinted(stated.digits)]
    accused = [together([verdict(one, reading, rounding) for reading in readings]) in ACCUSED for one in tried]
    return sum(accused), len(tried)


def could_fail(stated: Stated | None, readings: list[Reading | Order], rounding: str) -> bool:
    """Whether something else in the place of the statement would have been accused."""
    if stated is not None:
        return noticed(stated, readings, rounding)[0] > 0
    return together([verdict(None, _failing(reading), rounding) for reading in readings]) in ACCUSED


def _failing(reading: Reading | Order) -> Order:
    """The contrary of a statement: each comparison that was seen fails."""
    assert isinstance(reading, Order)
    return contrary(replace(reading, answers=tuple(one and "always" for one in reading.answers)))
