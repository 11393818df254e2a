"""Section 3: investment, expenditure on research, people, output."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from second.development import counted, gap
from second.figures import Figure, around, minus, over, point, rows_of, times
from second.paper import Choice
from second.rules import Number, Reading, Unseen, difference, known, number, order, yearly_percent

HUNDRED = (Fraction(100), 0), (Fraction(100), 0)
ZERO = Number(point(0), point(0), strong=True)


def investment(p: Choice, name: str) -> Figure | None:
    return p.find("investment", f"{name}_growth", "2020Q3", "cumulative")


def manufacturing(p: Choice) -> list[Reading]:
    """As worded; the digits may be those of high-tech manufacturing."""
    other = known(investment(p, "high_tech_manufacturing_investment"))
    return [_or(number(investment(p, "manufacturing_investment")), other)]


def _or(found: Number | Unseen, other: Number | None) -> Reading:
    return found if isinstance(found, Unseen) else replace(found, instead=(other,))


def decline(p: Choice) -> list[Reading]:
    return [order([(investment(p, name), ZERO)]) for name in ("fixed_asset_investment", "manufacturing_investment")]


def pharmaceuticals_above(p: Choice) -> list[Reading]:
    computers = investment(p, "computer_and_office_equipment_investment")
    return [order([(computers, investment(p, "pharmaceutical_manufacturing_investment"))])]


def level(p: Choice, name: str, year: str) -> Figure | None:
    return p.find("talent" if name.startswith("rd_personnel") else "research", name, year, "annual")


def both(p: Choice, name: str) -> tuple[Figure | None, Figure | None]:
    return level(p, name, "2015"), level(p, name, "2019")


def percent(first: Figure | None, last: Figure | None, *, yearly: bool = False) -> Number | Unseen:
    """Growth from the first to the last figure, or a year on average over four."""
    if first is None or last is None:
        return Unseen()
    ratio = over(last.ends, first.ends)
    grown = yearly_percent(ratio) if yearly else minus(times(ratio, 100), HUNDRED)
    return Number(grown, grown, first.strong and last.strong, rows_of([first, last]))


def to_ten_billions(figure: Figure | None) -> Figure | None:
    """As a summary prints it in trillions with two decimals."""
    if figure is None:
        return None
    assert figure.printed is not None
    value = (figure.printed / 10**10 + Fraction(1, 2)).__floor__() * Fraction(10**10)
    return Figure(value, around(value, Fraction(10**10, 2)), figure.strong, figure.rows)


def expenditure_increase(p: Choice) -> list[Reading]:
    first, last = both(p, "gross_expenditure_on_rd")
    found, rounded = difference(last, first), difference(to_ten_billions(last), to_ten_billions(first))
    if isinstance(found, Unseen) or isinstance(rounded, Unseen):
        return [Unseen()]
    return [replace(found, others=(rounded,))]


def implied_intensity(p: Choice, year: int) -> Figure | None:
    """What the next release makes of a year: its share less the change that it states, to the place of the share."""
    share, change = (level(p, name, str(year + 1)) for name in ("rd_intensity", "rd_intensity_change"))
    if share is None or change is None:
        return None
    assert share.printed is not None
    assert change.printed is not None
    half = (share.ends[1][0] - share.ends[0][0]) / 2
    value = share.printed - change.printed
    return Figure(value, around(value, half), share.strong and change.strong, share.rows + change.rows)


def intensity(p: Choice) -> list[Reading]:
    first, latest = level(p, "rd_intensity", "2019"), implied_intensity(p, 2019)
    return [number(first if p.vintage == "first" else latest, others=(known(first), known(latest)))]


def plan_period(p: Choice) -> list[Reading]:
    """What was known at the end of 2020: of 2015 as the release after it implies, of 2019 as first published."""
    return [
        percent(implied_intensity(p, 2015), level(p, "rd_intensity", "2019")),
        percent(*both(p, "basic_research_expenditure"), yearly=True),
        percent(*both(p, "gross_expenditure_on_rd"), yearly=True),
    ]


def per_capita(p: Choice) -> list[Reading]:
    pairs = [both(p, "rd_personnel_full_time_equivalent"), both(p, "expenditure_per_full_time_equivalent")]
    return [difference(last, first) for first, last in pairs]


def increase_rate(p: Choice) -> list[Reading]:
    return [
        percent(*both(p, "rd_personnel_full_time_equivalent")),
        percent(*both(p, "expenditure_per_full_time_equivalent")),
    ]


def circuits(p: Choice, name: str) -> Figure | None:
    return p.find(
        "talent",
        f"integrated_circuit_talent_{name}",
        *(("2017-12", "end of period") if name == "stock" else ("2020", "point")),
    )


def shortage(p: Choice) -> list[Reading]:
    """As worded; the digits may be those of the demand."""
    return [_or(number(circuits(p, "shortage")), known(circuits(p, "demand")))]


def fragment(p: Choice) -> list[Reading]:
    """The shortage as printed, or the demand less the stock."""
    computed = difference(circuits(p, "demand"), circuits(p, "stock"))
    return [number(circuits(p, "shortage"), others=(None if isinstance(computed, Unseen) else computed,))]


def fewer_than_united_states(p: Choice) -> list[Reading]:
    employees = [
        [
            p.find("talent", f"ai_employees_{layer}_layer", "2017-06", "point", place)
            for place in ("China", "United States")
        ]
        for layer in ("base", "technology")
    ]
    return [order([(china, america) for china, america in employees])]


DERIVED = {
    "four-parts": lambda _: counted("3"),
    "manufacturing-investment": manufacturing,
    "overall-investment-decline": decline,
    "pharmaceuticals-above-computers": pharmaceuticals_above,
    "rd-expenditure-increase": expenditure_increase,
    "rd-intensity-2019": intensity,
    "plan-period-growth": plan_period,
    "increase-per-capita": per_capita,
    "increase-rate": increase_rate,
    "circuit-talent-shortage": shortage,
    "circuit-talent-fragment": fragment,
    "ai-fewer-than-united-states": fewer_than_united_states,
    "growth-gap-2019": lambda p: [gap(p, "2019Q4") or Unseen()],
}
