"""Relations between the paper's own numbers, with an official figure where one is part of the relation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from second.development import INDUSTRY, Readings, rate, stated_gap
from second.figures import Ends, calculated, exactly, minus, over, plus, product, times
from second.innovation import level
from second.paper import Choice, claims, said, subsections, table
from second.rules import Order, below, contrary, every, same


def within(found: Order) -> Readings:
    return [replace(found, inside=True)]


def counted(section: str) -> Readings:
    return within(same(exactly(subsections(section)), exactly(4)))


def in_bands() -> Readings:
    """All industries that Figure 3 names, less the digital creative one, and the number that is said to have rebounded."""
    placed = [row for row in table("points") if row["figure"] == "3" and not row["label"].startswith("Digital")]
    return within(contrary(below(said("industries-rebounding"), exactly(len(placed)))))


def part_added(total: Ends, percent: Ends) -> Ends:
    """What was added, of a total after a rise: both ends where the rise is least and greatest, and so the total."""
    return tuple(
        (amount * rise / (100 + rise), side if side == other else side or other)
        for (amount, side), (rise, other) in zip(total, percent, strict=True)
    )  # type: ignore[return-value]


def personnel(p: Choice) -> Readings:
    added = calculated(part_added, said("rd-personnel-2019"), said("increase-rate"))
    return within(same(added, said("increase-per-capita")))


def per_head(p: Choice) -> Readings:
    """What one person more would have cost before, times the people before, and the expenditure before."""
    people, spent = said("rd-personnel-2019"), said("rd-expenditure-2019")
    growth = calculated(lambda rise: plus(exactly(1).ends, times(rise, Fraction(1, 100))), said("increase-rate"))
    cost = calculated(minus, calculated(over, spent, people), said("increase-per-capita"))
    before = calculated(minus, spent, said("rd-expenditure-increase"))
    return within(same(calculated(product, cost, calculated(over, people, growth)), before))


def shortage(p: Choice) -> Readings:
    """The number in its sentence, digit beside digit, and the number that follows."""
    demand = said("circuit-talent-demand")
    following = exactly(int(claims()["circuit-talent-shortage"]["also"][0].replace(",", "")))
    return [
        *within(below(said("circuit-talent-shortage"), demand, as_printed=True)),
        *within(below(following, demand)),
    ]


def fall_of_the_gap(p: Choice) -> Readings:
    left = calculated(minus, said("growth-gap-2017q3"), said("growth-gap-2019q1"))
    return within(same(left, stated_gap(p)))


def survey(p: Choice) -> Readings:
    shares = (said(f"survey-{name}") for name in ("lower-income", "marked-increase", "expected-increase"))
    return within(below(calculated(lambda *each: plus(plus(each[0], each[1]), each[2]), *shares), exactly(100)))


def growth_less_gap(p: Choice) -> Readings:
    left = calculated(minus, said("growth-2019"), said("growth-gap-2019"))
    return within(same(left, rate(p, INDUSTRY, "2019Q4")))


def expenditure(p: Choice) -> Readings:
    left = calculated(minus, said("rd-expenditure-2019"), said("rd-expenditure-increase"))
    return within(same(left, level(p, "gross_expenditure_on_rd", "2015")))


def first_rate_lowest(p: Choice) -> Readings:
    return within(every(below(said("growth-2019q1"), said(f"growth-2019q{q}")) for q in (2, 3)))


DERIVED: dict[str, Callable[[Choice], Readings]] = {
    "rates-within-2019": first_rate_lowest,
    "fall-of-the-gap": fall_of_the_gap,
    "classes-of-the-survey": survey,
    "industries-in-bands": lambda _: in_bands(),
    "four-parts": lambda _: counted("3"),
    "expenditure-of-2015": expenditure,
    "basic-research-within-expenditure": lambda _: within(
        below(said("basic-research-2019"), said("rd-expenditure-2019"))
    ),
    "increase-of-personnel": personnel,
    "increase-per-head": per_head,
    "shortage-within-demand": shortage,
    "growth-less-gap": growth_less_gap,
    "four-measures": lambda _: counted("4"),
}
