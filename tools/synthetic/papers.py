"""Synthetic papers whose truth is known, to show how often the rules accuse a right number or miss a wrong one.

An office measures a true value, rounds it and publishes it, then once more after a revision, cumulative and for the
single quarter. A paper states one of these numbers, shortened and worded as papers do, rightly or with an error of known
size. All is drawn from one seeded generator, so a run can be repeated to the bit.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from fractions import Fraction

from asprinted.numbers import printed
from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import OPEN_AT_THE_NUMBER, WORDS, Rounding
from asprinted.numbers.quantity import NO_MEASURE, Missing, Quantity, published_difference
from asprinted.verdicts.agreement import Stated
from asprinted.verdicts.readings import over_readings
from asprinted.verdicts.rules import Outcome, judge_number
from asprinted.verdicts.vocabulary import ACCUSING

KINDS = ("level", "rate", "gap", "ratio", "count", "pair")
QUALIFIERS = ("exact",) * 6 + ("about", "nearly", "more than", "less than", "at least", "at most")
HABITS = {"as printed": Fraction(1), "coarser": Fraction(10), "much coarser": Fraction(100), "finer": Fraction(1, 10)}
SIZES = (1, 2, 3, 4, 5, 6, 8, 10, 20, 50, 100)
BASES = ("cumulative", "single quarter")
VINTAGES = ("first", "latest")
MODERATE = Fraction(1, 3)  # farther from a bound than this nobody names it, though the word would allow it


@dataclass(frozen=True)
class Setting:
    """How one claim was made: everything that its truth depends on.

    ``habit`` is how many digits the paper prints beside the office's; ``size`` the error in units of the last printed
    place, 0 where the statement is true; ``elsewhere`` whether its digits are those of another quantity; ``seen`` what is
    known of the figure: "strong", "mirror", "never seen" or "no measure".
    """

    kind: str = "rate"
    rounding: Rounding = Rounding.HALF_UP
    qualifier: str = "exact"
    habit: str = "as printed"
    vintage: str = "first"
    basis: str = "cumulative"
    seen: str = "strong"
    size: int = 0
    elsewhere: bool = False

    @property
    def true(self) -> bool:
        """Whether the statement is made rightly."""
        return self.size == 0 and not self.elsewhere


@dataclass(frozen=True)
class Claim:
    """A drawn claim, its digits, and the verdict that the rules give it."""

    setting: Setting
    text: str
    outcome: Outcome

    @property
    def accused(self) -> bool:
        """Whether the verdict says that the number is wrong."""
        return self.outcome.verdict in ACCUSING


@dataclass(frozen=True)
class Figure:
    """A true value, and what offices let the world know of it."""

    truth: Fraction
    quantity: Quantity


def drawn(draw: random.Random) -> Setting:
    """A setting at random; half of all are true."""
    kind = draw.choice(KINDS)
    whole = kind in ("count", "pair")
    wrong = draw.choice(("", "", "size", "size", "size", "elsewhere"))
    return Setting(
        kind, draw.choice(list(Rounding)), "exact" if whole else draw.choice(QUALIFIERS),
        "as printed" if whole else draw.choice(list(HABITS)), draw.choice(VINTAGES), draw.choice(BASES),
        draw.choices(("strong", "mirror", "never seen", "no measure"), (80, 5, 10, 5))[0],
        draw.choice(SIZES) if wrong == "size" else 0, wrong == "elsewhere" and kind != "pair",
    )


def make(draw: random.Random, made: Setting) -> Claim:
    """A claim made under a setting, and judged under a convention and a vintage that need not be the paper's."""
    run, vintage = draw.choice(list(Rounding)), draw.choice(VINTAGES)
    if made.kind == "pair":
        return _pair(draw, made, run)
    readings = {basis: _published(draw, made) for basis in BASES}
    other = _published(draw, replace(made, seen="strong"))["first"]
    meant = other if made.elsewhere else readings[made.basis][made.vintage]
    made, text = _stated(draw, meant, made)
    stated = Stated(printed.parse(text), made.qualifier, run, made.kind == "count")
    outcomes = {}
    for basis, figures in readings.items():
        listed: dict[str, Quantity | Missing] = {name: one.quantity for name, one in figures.items()}
        if made.seen in ("never seen", "no measure"):
            listed = dict.fromkeys(listed, Missing((basis,), *([NO_MEASURE] if made.seen == "no measure" else [])))
        outcomes[basis] = judge_number(stated, listed[vintage], vintages=listed, instead={"another": other.quantity},
                                      measured=False)
    if draw.random() < 0.5:  # the words leave one reading only
        outcomes = {made.basis: outcomes[made.basis]}
    return Claim(made, text, over_readings(outcomes))


def _published(draw: random.Random, made: Setting) -> dict[str, Figure]:
    """First and latest published figure of one quantity of the setting's kind."""
    if made.kind == "level":
        place = Fraction(10) ** draw.randint(-2, 2)
        truth = Fraction(draw.randint(10**5, 10**8), 1000) * place
    else:
        place = Fraction(1, 100) if draw.random() < 0.2 else Fraction(1, 10)
        truth = Fraction(draw.randint(-20_000, 40_000), 1000)
    if made.kind == "count":
        place, truth = Fraction(1), Fraction(draw.randint(1, 900))
    second = abs(truth) * Fraction(draw.randint(300, 3000), 1000) + 5
    found = {}
    for vintage in VINTAGES:
        one = _figure(draw, truth, place, made, vintage)
        if made.kind in ("gap", "ratio"):
            one = _combined(made.kind, one, _figure(draw, second, place, made, vintage))
        found[vintage] = one
        shift = Fraction(draw.randint(-3000, 3000), 1000) * place
        truth = truth + round(abs(shift)) if made.kind == "count" else truth + shift
    return found


def _figure(draw: random.Random, truth: Fraction, place: Fraction, made: Setting, vintage: str) -> Figure:
    """An office rounds half up to its place; a count is exact."""
    value = Fraction(printed.shorten(truth, place))
    interval = Interval.point(value) if made.kind == "count" else printed.interval(value, place)
    row, strong = f"row-{draw.getrandbits(32):08x}", made.seen != "mirror"
    return Figure(truth, Quantity(interval, (row,), (), value, "press" if strong else "mirror", strong, (vintage,)))


def _combined(kind: str, first: Figure, second: Figure) -> Figure:
    if kind == "gap":
        quantity, truth = published_difference(first.quantity, second.quantity), first.truth - second.truth
    else:
        quantity, truth = first.quantity / second.quantity, first.truth / second.truth
    assert isinstance(quantity, Quantity)
    return Figure(truth, quantity)


def _stated(draw: random.Random, meant: Figure, made: Setting) -> tuple[Setting, str]:
    """What the paper prints for a figure. A wording that cannot be had at that precision becomes an exact one."""
    known = meant.quantity
    low, high = known.interval.low, known.interval.high
    assert low is not None
    assert high is not None
    place = Fraction(1) if low == high else printed.place_within(high - low) * HABITS[made.habit]
    # Whoever prints finer than the office, or subtracts and divides, has the values themselves before him.
    source = meant.truth if known.published is None or made.habit == "finer" or known.derived else known.published
    if made.qualifier != "exact":
        text = _worded(draw, source, place, made)
        if text is not None:
            return made, text
        made = replace(made, qualifier="exact")
    while place > 1 and abs(source) < 10 * place:  # without a word such as "about", two significant digits are left of it
        place /= 10
    right = Fraction(printed.shorten(source, place, made.rounding))
    return made, printed.shorten(right + made.size * place * draw.choice((-1, 1)), place)


def _worded(draw: random.Random, source: Fraction, place: Fraction, made: Setting) -> str | None:
    """A number that the qualifier allows for a positive value, or, in an error, one that misses it by that much.

    What is true lies within the width that the word has for everybody; an error lies beyond the width that it has for
    anybody, by as much as it is great.
    """
    if source <= 0:
        return None
    word, error, reach = WORDS[made.qualifier], made.size * place, Fraction(draw.randint(0, 1000), 1000)
    if made.size:  # the value is too low for the word, or too high
        reached = [(source / (1 + share), sign * error) for share, sign in ((word.least, 1), (word.most, -1)) if share is not None]
        nearest, missed = draw.choice(reached)
        aimed = nearest + missed
    else:
        low, high = (share if abs(share) <= MODERATE else MODERATE * (1 if share > 0 else -1) for share in (word.low, word.high))
        aimed = source / (1 + low + (high - low) * reach)
    text = printed.shorten(aimed, place)
    number = Fraction(text)
    right = not possible(made.qualifier, number, source) if made.size else allows(made.qualifier, number, source)
    return text if number > 0 and right else None


def allows(qualifier: str, number: Fraction, value: Fraction) -> bool:
    """Whether an author who knows a positive value may name the number with the qualifier, whoever reads it."""
    word = WORDS[qualifier]
    at_the_number = value != number or qualifier not in OPEN_AT_THE_NUMBER
    return number * (1 + word.low) <= value <= number * (1 + word.high) and at_the_number


def possible(qualifier: str, number: Fraction, value: Fraction) -> bool:
    """Whether the word leaves room for a positive value at all, for the most generous reader."""
    word = WORDS[qualifier]
    above = word.least is None or value > number * (1 + word.least) or (
        value == number * (1 + word.least) and (word.least != 0 or qualifier not in OPEN_AT_THE_NUMBER))
    below = word.most is None or value < number * (1 + word.most) or (
        value == number * (1 + word.most) and (word.most != 0 or qualifier not in OPEN_AT_THE_NUMBER))
    return above and below


def _pair(draw: random.Random, made: Setting, run: Rounding) -> Claim:
    """A rate and its lead over another rate, both stated; the other is official, and the rate itself was never seen."""
    place = Fraction(1, 10)
    truth, base = (Fraction(draw.randint(1000, 20_000), 1000) for _ in range(2))
    official = _figure(draw, base, place, replace(made, seen="mirror" if made.seen == "mirror" else "strong"), "first")
    rate = Fraction(printed.shorten(truth, place, made.rounding)) + made.size * place * draw.choice((-1, 1))
    gap = printed.shorten(truth - base, place, made.rounding)
    partner = Stated(printed.parse(printed.shorten(rate, place)), rounding=run)
    implied = published_difference(Quantity(partner.widest(), (), ("rate",), partner.printed.value), official.quantity)
    stated = Stated(printed.parse(gap), rounding=run)
    outcome = judge_number(stated, Missing(("gap",)), given=[implied], measured=False)
    return Claim(replace(made, vintage="first", qualifier="exact"), gap, over_readings({"as worded": outcome}))
