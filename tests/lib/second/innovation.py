"""Section 3: investment, expenditure on research, people, output."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from second.development import INDUSTRY, ZERO, Readings, gap, rate
from second.figures import Ends, Figure, around, calculated, exactly, minus, over, plus, times
from second.paper import Choice, read, said
from second.rules import below, every, reported

HUNDRED = exactly(100)


def investment(p: Choice, name: str) -> Figure | None:
    return p.find("investment", f"{name}_growth", "2020Q3", "cumulative")


def manufacturing(p: Choice) -> Readings:
    """As worded; the digits may be those of high-tech manufacturing, or of computers."""
    others = ("high_tech_manufacturing_investment", "computer_and_office_equipment_investment")
    found = investment(p, "manufacturing_investment")
    return [read(found, instead=tuple(investment(p, name) for name in others))]


def decline(p: Choice) -> Readings:
    return [below(investment(p, name), ZERO) for name in ("fixed_asset_investment", "manufacturing_investment")]


def pharmaceuticals_above(p: Choice) -> Readings:
    computers = investment(p, "computer_and_office_equipment_investment")
    return [below(computers, investment(p, "pharmaceutical_manufacturing_investment"))]


def level(p: Choice, name: str, year: str) -> Figure | None:
    return p.find("talent" if name.startswith("rd_personnel") else "research", name, year, "annual")


def percent(last: Ends, first: Ends) -> Ends:
    """Growth from the first to the last."""
    return minus(times(over(last, first), 100), HUNDRED.ends)


def expenditure_increase(p: Choice) -> Readings:
    first, last = (level(p, "gross_expenditure_on_rd", year) for year in ("2015", "2019"))
    return [read(calculated(minus, last, first))]


def implied_intensity(p: Choice, year: int) -> Figure | None:
    """What the next release makes of a year: its share less the change that it states, to the place of the share."""
    share, change = (level(p, name, str(year + 1)) for name in ("rd_intensity", "rd_intensity_change"))
    if share is None or change is None:
        return None
    assert share.printed is not None
    assert change.printed is not None
    value = share.printed - change.printed
    return Figure(value, around(value, share.width / 2), share.strong and change.strong, share.rows + change.rows)


def intensity(p: Choice) -> Readings:
    first, latest = level(p, "rd_intensity", "2019"), implied_intensity(p, 2019)
    return [read(first if p.vintage == "first" else latest, listed=(first, latest))]


def plan_period(p: Choice) -> Readings:
    """What was known at the end of 2020: of 2015 as the release after it implies, of 2019 as first published."""
    return [read(calculated(percent, level(p, "rd_intensity", "2019"), implied_intensity(p, 2015)))]


def people(p: Choice) -> tuple[Figure | None, Figure | None]:
    """Of 2015 by expenditure and expenditure a head, which one communique prints; of 2019 as printed."""
    spent, a_head = (level(p, name, "2015") for name in ("gross_expenditure_on_rd", "expenditure_per_full_time_equivalent"))
    return calculated(over, spent, a_head), level(p, "rd_personnel_full_time_equivalent", "2019")


def per_capita(p: Choice) -> Readings:
    """People or money a head, each beside what the paper's own numbers make of it."""
    before, after = people(p)
    first, last = (level(p, "expenditure_per_full_time_equivalent", year) for year in ("2015", "2019"))
    stated, spent, more = said("rd-personnel-2019"), said("rd-expenditure-2019"), said("rd-expenditure-increase")
    once = calculated(over, stated, calculated(grown, said("increase-rate")))
    a_head = calculated(over, spent, stated), calculated(over, calculated(minus, spent, more), once)
    return [
        read(calculated(minus, after, before), given=(calculated(minus, stated, once),)),
        read(calculated(minus, last, first), given=(calculated(minus, *a_head),)),
    ]


def grown(rise: Ends) -> Ends:
    """How many times as much it is after a rise in percent."""
    return plus(exactly(1).ends, times(rise, Fraction(1, 100)))


def increase_rate(p: Choice) -> Readings:
    before, after = people(p)
    return [read(calculated(percent, after, before))]


def circuits(p: Choice, name: str, period: str = "2020", basis: str = "point") -> Figure | None:
    return p.find("talent", f"integrated_circuit_talent_{name}", period, basis)


def shortage(p: Choice) -> Readings:
    """As worded, or as the demand once more; the digits may be those of the demand."""
    demand = circuits(p, "demand")
    return [read(found, instead=(demand,)) for found in (circuits(p, "shortage"), demand)]


def shortage_date(p: Choice) -> Readings:
    """That the number was reported of the end of 2017."""
    return [reported(circuits(p, "shortage", "2017-12", "end of period"))]


def fewer_than_united_states(p: Choice) -> Readings:
    employees = [
        [
            p.find("talent", f"ai_employees_{layer}_layer", "2017-06", "point", place)
            for place in ("China", "United States")
        ]
        for layer in ("base", "technology")
    ]
    return [every(below(china, america) for china, america in employees)]


def three_industries(p: Choice) -> Readings:
    """Faster than all industry in the year of the paragraph."""
    names = ("new_generation_information_technology", "new_energy_industry", "biological_industry")
    found = (p.find("growth", f"{name}_value_added", "2019", "annual") for name in names)
    return [every(below(rate(p, INDUSTRY, "2019Q4"), one) for one in found)]


DERIVED: dict[str, Callable[[Choice], Readings]] = {
    "manufacturing-investment": manufacturing,
    "overall-investment-decline": decline,
    "pharmaceuticals-above-computers": pharmaceuticals_above,
    "rd-expenditure-increase": expenditure_increase,
    "rd-intensity-2019": intensity,
    "plan-period-growth": plan_period,
    "increase-per-capita": per_capita,
    "increase-rate": increase_rate,
    "circuit-white-paper-date": lambda p: [reported(circuits(p, "demand"))],
    "circuit-talent-shortage": shortage,
    "circuit-shortage-date": shortage_date,
    "ai-fewer-than-united-states": fewer_than_united_states,
    "growth-gap-2019": lambda p: [read(gap(p, "2019Q4"))],
    "three-industries-growing": three_industries,
}
