"""The rules once more: known values are printed and the digits compared, nothing is inverted but one stated number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from second.figures import NO_END, NO_START, Ends, Figure, between, insignificant, point, rows_of, times

ROUNDINGS = ("half up", "half even", "truncate")
NUMERALS = {"two": "2", "four": "4", "seven": "7", "ten": "10", "one hundred": "100"}
HAIR = Fraction(1, 10**40)
SUPPORTED = ("reproduced", "consistent")
ACCUSED = ("contradicted", "misattributed", "inconsistent")  # the gravest first
UNJUDGED = "not checkable"
KEPT = (3, 4)  # digits that texts keep of what they calculate with
# What a word says, in hundredths of the number, and what it does not exclude; None is without end.
WIDTHS = {"nearly": ((90, 100), (80, 105)), "more than": ((100, 200), (100, None))}


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
        return [self.all_places[0]] if self.counts else self.all_places

    @property
    def all_places(self) -> list[Fraction]:
        """The same of the digits alone, whatever they count."""
        if "." in self.digits:
            return [Fraction(1, 10 ** len(self.digits.split(".")[1]))]
        return [Fraction(10**power) for power in range(insignificant(self.digits) + 1)]

    @property
    def worded(self) -> tuple[Ends, Ends]:
        """Every value that the word says, and every value that it does not exclude, in units of the digits."""
        (low, high), (least, most) = WIDTHS[self.qualifier]
        share = self.value / 100
        # The number itself is not nearly the number, and not more than it.
        inner = (low * share, 1 if low == 100 else 0), (high * share, -1 if high == 100 else 0)
        outer = (least * share, 1 if least == 100 else 0), NO_END if most is None else (most * share, 0)
        if most is not None:  # what prints as the number itself is never excluded
            outer = between(outer, replace(self, qualifier="exact").shortest)
        return inner, outer  # type: ignore[return-value]

    @property
    def shortest(self) -> Ends:
        """Every value above zero that prints so at the finest place: rounded, from half of it below; cut off, to all of it above."""
        return (self.value - self.places[0] / 2, 0), (self.value + self.places[0], -1)

    @property
    def possible(self) -> Ends:
        """Every value above zero that may have been printed so, in whatever way it was shortened."""
        if self.qualifier != "exact":
            return times(self.worded[1], self.worth)
        if self.counts:
            return point(self.value * self.worth)
        return times(((self.value - self.places[-1] / 2, 0), (self.value + self.places[-1], -1)), self.worth)

    @property
    def significant(self) -> int:
        """How many digits say something: no zeros before the first, and none after the last of a whole number."""
        plain = self.digits if "." in self.digits else self.digits.rstrip("0")
        return len(plain.replace(".", "").lstrip("0"))


@dataclass(frozen=True)
class Reading:
    """One way to read a stated number: what it is, as far as it is known, and what else is known that bears on it."""

    value: Figure | None
    listed: tuple[Figure | None, ...] = ()  # the same in its other vintages
    digits: tuple[int, ...] = ()  # to how many of them what it was calculated from may have been shortened before
    instead: tuple[Figure | None, ...] = ()  # another quantity, whose digits these may be
    given: tuple[Figure | None, ...] = ()  # what it must be if other statements of the paper hold


@dataclass(frozen=True)
class Order:
    """Comparisons that must all hold: "always", "never" or "open" for the values behind the figures; None is unseen."""

    answers: tuple[str | None, ...]
    strong: bool = True
    rows: tuple[str, ...] = ()
    own: bool = False  # whether a number of the paper itself is among what is compared
    inside: bool = False  # whether this is a relation between numbers of the paper, so that they are no condition


def below(first: Figure | None, second: Figure | None, *, as_printed: bool = False) -> Order:
    """Whether one number is below another, whatever the values behind both are."""
    if first is None or second is None:
        return Order((None,))
    pair = (first.shown, second.shown) if as_printed else (first.ends, second.ends)
    (low, high), (least, most) = pair
    answer = "always" if high < least else "never" if low >= most else "open"
    return Order((answer,), first.strong and second.strong, rows_of([first, second]), first.own or second.own)


def contrary(found: Order) -> Order:
    """What holds where each comparison does not."""
    turned = {"always": "never", "never": "always", "open": "open", None: None}
    return replace(found, answers=tuple(turned[one] for one in found.answers))


def every(orders: Iterable[Order], *, inside: bool = False) -> Order:
    """All of them together. What fails accuses only where every figure that is compared may."""
    each = list(orders)
    known = [one for one in each if any(one.answers)]
    return Order(
        tuple(answer for one in each for answer in one.answers),
        all(one.strong for one in known),
        tuple(dict.fromkeys(row for one in known for row in one.rows)),
        any(one.own for one in known),
        inside,
    )


def rising(*figures: Figure | None) -> Order:
    """Each below the one after it."""
    return every(below(before, after) for before, after in pairwise(figures))


def same(first: Figure | None, second: Figure | None, *, as_printed: bool = False, inside: bool = False) -> Order:
    """Neither below the other."""
    pairs = (first, second), (second, first)
    return every((contrary(below(*pair, as_printed=as_printed)) for pair in pairs), inside=inside)


def reported(*figures: Figure | None) -> Order:
    """That something was printed at all: not to have found it says nothing, so this accuses nobody."""
    return Order(tuple("always" if one else None for one in figures), strong=False, rows=rows_of(figures))


def printed(value: Fraction, place: Fraction, rounding: str) -> Fraction:
    """The value as it is printed to multiples of a place; what has no end has none when it is printed."""
    if value in (NO_START[0], NO_END[0]):
        return value
    steps, sign = abs(value) / place, -1 if value < 0 else 1
    whole = steps.numerator // steps.denominator
    rest = steps - whole
    up = rounding != "truncate" and (
        rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (rounding == "half up" or whole % 2 == 1))
    )
    return sign * (whole + up) * place


def fits(stated: Stated, known: Figure, rounding: str) -> str:
    """Whether all, some or none of the values are as stated; printing never turns an order round.

    Of a figure with as many digits as the statement, or more, the digits themselves are what was shortened. Only where
    an office can have shortened once more what it had shortened before, half up, is more than they stand for compared.
    """
    ends = times(known.ends, 1 / stated.worth)
    if stated.qualifier == "exact" and known.printed is not None and known.width <= stated.all_places[-1] * stated.worth:
        if known.printed == stated.value * stated.worth:
            return "all"
        ends = ends if rounding == "half up" else point(known.printed / stated.worth)
    if stated.qualifier != "exact":
        (low, high), (least, most) = stated.worded
        return "all" if low <= ends[0] and ends[1] <= high else "none" if ends[1] < least or most < ends[0] else "some"
    found, inner = "none", [value + side * HAIR for value, side in ends]
    for place in stated.places:
        first, last = inner if stated.counts else (printed(end, place, rounding) for end in inner)
        if first == last == stated.value:
            return "all"
        if first <= stated.value <= last and stated.value % place == 0:
            found = "some"
    return found


def _thinkable(stated: Stated, known: Figure) -> bool:
    return any(fits(stated, known, rounding) != "none" for rounding in ROUNDINGS)


def shortened(known: Figure, digits: int) -> Ends:
    """The same calculation with its official figures as a text prints them, to so many digits that say something."""
    if known.made:
        calculation, parts = known.made
        return calculation(*(shortened(part, digits) for part in parts))
    if not known.rows or not known.printed:
        return known.ends
    place = Fraction(1)
    while abs(known.printed) >= place * 10**digits:
        place *= 10
    while abs(known.printed) < place * 10 ** (digits - 1):
        place /= 10
    return point(printed(known.printed, place, "half up"))


def looked_up(known: Figure | None) -> Iterator[Figure]:
    """The official figures that something was calculated from."""
    if known is not None and known.made:
        for part in known.made[1]:
            yield from looked_up(part)
    elif known is not None and known.rows and known.printed:
        yield known


def _with_shortened(known: Figure | None, digits: Iterable[int]) -> list[Figure]:
    """The number, and what comes out where the official figures in it were shortened before."""
    if known is None or not known.made or not known.rows:
        return [known] if known else []
    return [known, *(Figure(None, shortened(known, count)) for count in digits)]


def _excused(stated: Stated, reading: Reading) -> bool:
    """Whether the number is possible in another rounding or vintage, or calculated from shortened figures."""
    ways = [*_with_shortened(reading.value, reading.digits), *(one for one in reading.listed if one is not None)]
    return any(_thinkable(stated, one) for one in ways)


def clash(stated: Stated, reading: Reading) -> Figure | None:
    """What other statements of the paper make of the number, on strong evidence or none, if that excludes it."""
    for one in reading.given:
        ways = _with_shortened(one, KEPT)
        if one is not None and one.strong and not any(_thinkable(stated, way) for way in ways):
            return one
    return None


def own_digits(stated: Stated, reading: Reading, rounding: str) -> list[Figure]:
    """The other quantities that the digits are those of, on strong evidence."""
    return [
        one
        for one in reading.instead
        if one is not None and one.strong and fits(stated, one, rounding) == "all" and _shows(stated, one)
    ]


def _shows(stated: Stated, known: Figure) -> bool:
    exact = replace(stated, qualifier="exact")
    return any(
        fits(exact, Figure(None, point(value)), "half up") == "all"
        for value, _ in known.shown
        if value not in (NO_START[0], NO_END[0])
    )


def verdict(stated: Stated | None, reading: Reading | Order, rounding: str) -> str:
    """The verdict on one reading of a claim."""
    if isinstance(reading, Order):
        return _of_order(reading)
    assert stated is not None
    known, against = reading.value, clash(stated, reading)
    if known is None:
        return "inconsistent" if against and not _excused(stated, reading) else UNJUDGED
    here = fits(stated, known, rounding)
    if here != "none" or _excused(stated, reading):
        return "reproduced" if here == "all" and not known.own and (known.strong or not against) else "consistent"
    if not known.strong or None in reading.listed:
        return "inconsistent" if against else UNJUDGED
    if known.own:
        return "inconsistent"
    return "misattributed" if own_digits(stated, reading, rounding) else "contradicted"


def _of_order(found: Order) -> str:
    if not any(found.answers):
        return UNJUDGED
    if "never" in found.answers:
        return UNJUDGED if not found.strong else "inconsistent" if found.own or found.inside else "contradicted"
    whole = set(found.answers) == {"always"} and (found.inside or not found.own)
    return "reproduced" if whole else "consistent"


def together(verdicts: list[str]) -> str:
    """One verdict over several readings: those that can be judged decide, the mildest where they agree in kind."""
    judged = [one for one in verdicts if one != UNJUDGED]
    for kind in (SUPPORTED, ACCUSED):
        if judged and all(one in kind for one in judged):
            if len(judged) == len(verdicts):
                return max(judged, key=kind.index)
            return "consistent" if kind is SUPPORTED else UNJUDGED
    return "ambiguous" if judged else UNJUDGED
