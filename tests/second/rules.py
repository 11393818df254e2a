"""The rules once more: known values are printed and the digits compared, nothing is inverted but one stated number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isqrt

from second.figures import NO_END, Ends, Figure, minus, plus, point, rows_of, times

ROUNDINGS = ("half up", "half even", "truncate")
WORDS = {"two": "2", "four": "4", "seven": "7", "ten": "10", "one hundred": "100"}
HAIR = Fraction(1, 10**40)
ACCUSED = ("contradicted", "misattributed", "inconsistent")


@dataclass(frozen=True)
class Stated:
    """The digits of the paper, the word before them, what a unit of them is worth, and whether they count things."""

    digits: str
    qualifier: str
    worth: Fraction
    counts: bool

    @property
    def value(self) -> Fraction:
        return Fraction(self.digits)

    @property
    def places(self) -> list[Fraction]:
        """The last places that the digits may have, the finest first."""
        if "." in self.digits:
            return [Fraction(1, 10 ** len(self.digits.split(".")[1]))]
        zeros = 0 if self.counts else len(self.digits) - len(self.digits.rstrip("0"))
        return [Fraction(10**power) for power in range(zeros + 1)]

    @property
    def possible(self) -> Ends:
        """Every value above zero that may have been printed so, in whatever way it was shortened."""
        if self.qualifier == "nearly":
            return times(((self.value * Fraction(9, 10), 0), (self.value, -1)), self.worth)
        assert self.qualifier == "exact"
        place = self.places[-1]  # rounded, from half a place below; cut off, to a whole place above
        return times(((self.value - place / 2, 0), (self.value + place, -1)), self.worth)


@dataclass(frozen=True)
class Number:
    """A known number. ``gap``: of printed figures; its digits decide alone, both roundings can only excuse."""

    shown: Ends
    behind: Ends
    strong: bool
    rows: tuple[str, ...] = ()
    gap: bool = False
    others: tuple[Number | None, ...] = ()  # the same under every other listed choice
    instead: tuple[Number | None, ...] = ()  # another quantity, whose digits these may be


@dataclass(frozen=True)
class Unseen:
    """A figure that nobody saw, and what it must be if the other statements of the paper hold."""

    implied: Number | None = None


@dataclass(frozen=True)
class Order:
    """Comparisons that must all hold: "always", "never" or "open" for the values behind the figures; None is unseen."""

    answers: tuple[str | None, ...]
    strong: bool
    rows: tuple[str, ...] = ()
    assumed: bool = False  # whether a number of the paper itself is among what is compared


Reading = Number | Unseen | Order


def number(figure: Figure | None, others: tuple[Number | None, ...] = ()) -> Number | Unseen:
    """A figure as it was printed."""
    return Unseen() if figure is None else Number(figure.shown, figure.ends, figure.strong, figure.rows, others=others)


def known(figure: Figure | None) -> Number | None:
    """The same where an unseen figure is to be None."""
    return None if figure is None else Number(figure.shown, figure.ends, figure.strong, figure.rows)


def difference(first: Figure | None, second: Figure | None, *, printed: bool = True) -> Number | Unseen:
    """As the printed figures give it, or with the rounding of both."""
    if first is None or second is None:
        return Unseen()
    behind, strong, rows = minus(first.ends, second.ends), first.strong and second.strong, rows_of([first, second])
    if not printed:
        return Number(behind, behind, strong, rows)
    assert first.printed is not None
    assert second.printed is not None
    return Number(point(first.printed - second.printed), behind, strong, rows, gap=True)


def with_stated(stated: Stated, figure: Figure | None, sign: int) -> Number | None:
    """A stated number and a figure, added or subtracted: what another statement must be."""
    if figure is None:
        return None
    assert figure.printed is not None
    shown = point(stated.value * stated.worth + sign * figure.printed)
    behind = plus(stated.possible, figure.ends) if sign > 0 else minus(stated.possible, figure.ends)
    return Number(shown, behind, figure.strong, figure.rows, gap=True)


def below(first: Figure | Number | None, second: Figure | Number | None) -> str | None:
    """Whether one number is below another, whatever the values behind both are."""
    if first is None or second is None:
        return None
    (low, high), (least, most) = (one.ends if isinstance(one, Figure) else one.behind for one in (first, second))
    return "always" if high < least else "never" if low >= most else "open"


def order(pairs: Iterable[tuple[Figure | Number | None, Figure | Number | None]], *, assumed: bool = False) -> Order:
    """In every pair the first below the second. What fails accuses only where every figure that is compared may."""
    listed = list(pairs)
    compared = [one for pair in listed if None not in pair for one in pair if one is not None]
    return Order(
        tuple(below(*pair) for pair in listed), all(one.strong for one in compared), rows_of(compared), assumed
    )


def printed(value: Fraction, place: Fraction, rounding: str) -> Fraction:
    """The value as it is printed to multiples of a place; what has no end has none when it is printed."""
    if value == NO_END[0]:
        return value
    steps, sign = abs(value) / place, -1 if value < 0 else 1
    whole = steps.numerator // steps.denominator
    rest = steps - whole
    up = rounding != "truncate" and (
        rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (rounding == "half up" or whole % 2 == 1))
    )
    return sign * (whole + up) * place


def fits(stated: Stated, ends: Ends, rounding: str) -> str:
    """Whether all, some or none of the values print as stated; printing never turns an order round."""
    if stated.qualifier != "exact":
        low, high = (
            ((stated.value, 1), NO_END)
            if stated.qualifier == "more than"
            else replace(stated, worth=Fraction(1)).possible
        )
        return "all" if low <= ends[0] and ends[1] <= high else "none" if ends[1] < low or high < ends[0] else "some"
    found, inner = "none", [value + side * HAIR for value, side in ends]
    for place in stated.places:
        first, last = inner if stated.counts else (printed(end, place, rounding) for end in inner)
        if first == last == stated.value:
            return "all"
        if first <= stated.value <= last and stated.value % place == 0:
            found = "some"
    return found


def _compared(stated: Stated, one: Number) -> list[Ends]:
    """In units of the stated digits: what decides, then what can only excuse."""
    shown, behind = (times(ends, 1 / stated.worth) for ends in (one.shown, one.behind))
    if stated.qualifier != "exact":
        return [behind]
    if one.gap:
        return [shown, behind]
    return [behind if behind[1][0] - behind[0][0] > stated.places[-1] else shown]


def _thinkable(stated: Stated, one: Number) -> bool:
    return any(fits(stated, ends, rounding) != "none" for ends in _compared(stated, one) for rounding in ROUNDINGS)


def _digits_of(stated: Stated, other: Number | None, rounding: str) -> bool:
    return other is not None and fits(stated, _compared(stated, other)[0], rounding) == "all"


def verdict(stated: Stated | None, reading: Reading, rounding: str) -> str:
    """The verdict on one reading of a claim."""
    if isinstance(reading, Order):
        return _of_order(reading)
    assert stated is not None
    if isinstance(reading, Unseen):
        clash = reading.implied is not None and reading.implied.strong and not _thinkable(stated, reading.implied)
        return "inconsistent" if clash else "not checkable"
    here = fits(stated, _compared(stated, reading)[0], rounding)
    if here != "none":
        return {"all": "reproduced", "some": "consistent"}[here]
    if any(_thinkable(stated, one) for one in (reading, *reading.others) if one is not None):
        return "consistent"
    if None in reading.others or not reading.strong:
        return "not checkable"
    return "misattributed" if sum(_digits_of(stated, one, rounding) for one in reading.instead) == 1 else "contradicted"


def _of_order(found: Order) -> str:
    if not any(found.answers):
        return "not checkable"
    if "never" in found.answers:
        return "not checkable" if not found.strong else "inconsistent" if found.assumed else "contradicted"
    whole = set(found.answers) == {"always"} and not found.assumed
    return "reproduced" if whole else "consistent"


def answer(found: Order) -> str | None:
    """Whether all that is known of an order holds, something fails or rounding hides it; None if nothing is known."""
    if not any(found.answers):
        return None
    return "fails" if "never" in found.answers else "open" if "open" in found.answers else "holds"


def together(verdicts: list[str]) -> str:
    """One verdict over several readings."""
    return verdicts[0] if len(set(verdicts)) == 1 else "ambiguous"


def computed(stated: Stated | None, reading: Reading) -> tuple[Fraction | None, Fraction | None] | None:
    """The two ends as a record writes them: twelve decimals, never a value too few."""
    one = reading.implied if isinstance(reading, Unseen) else reading
    if stated is None or one is None or isinstance(one, Order):
        return None
    (low, _), (high, _) = ends = times(one.shown, 1 / stated.worth)
    return Fraction((low * 10**12).__floor__(), 10**12), None if ends[1] == NO_END else Fraction(
        (high * 10**12).__ceil__(), 10**12
    )


def rows_behind(reading: Reading, found: str) -> set[str]:
    """The rows that a verdict rests on; those of the other quantity only where the digits are its own."""
    one = (reading.implied if found == "inconsistent" else None) if isinstance(reading, Unseen) else reading
    others = one.instead if isinstance(one, Number) and found == "misattributed" else ()
    return set(rows_of([one, *others]))


def right_value(stated: Stated, reading: Reading, rounding: str) -> str:
    """What the figures print at the precision of the stated digits: one number, or the first and the last."""
    one = reading.implied if isinstance(reading, Unseen) else reading
    assert isinstance(one, Number)
    place = stated.places[0]
    (low, side), (high, other) = times(one.shown, 1 / stated.worth)
    if (high, other) == NO_END:
        return f"more than {_text(printed(low, place, rounding), place)}"
    ends = [printed(value + toward * HAIR, place, rounding) for value, toward in ((low, side), (high, other))]
    return " to ".join(dict.fromkeys(_text(end, place) for end in ends))


def _text(value: Fraction, place: Fraction) -> str:
    decimals = len(str(place.denominator)) - 1
    whole, rest = divmod(abs(int(value * 10**decimals)), 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}{f'.{rest:0{decimals}d}' if decimals else ''}"


def yearly_percent(ratio: Ends) -> Ends:
    """Growth a year in percent over four years, to twelve decimals outwards: fourth roots by whole numbers."""
    ends = []
    for up, (value, side) in enumerate(ratio):
        power = value * 10**56
        root = isqrt(isqrt(power.numerator // power.denominator))
        ends.append((Fraction(root + (up if root**4 != power else 0) - 10**14, 10**12), side))
    return ends[0], ends[1]
