"""Sections 1 and 2: growth and its gap, prosperity, new infrastructure, clusters, opening up."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from second.figures import Calculation, Ends, Figure, between, calculated, exactly, minus, times
from second.paper import Choice, read, said, table
from second.rules import Order, Reading, below, contrary, every, reported, rising, same

SEI, INDUSTRY = "strategic_emerging_industries_value_added", "industry_value_added"
Readings = list[Reading | Order]
ZERO = exactly(0)


def rate(p: Choice, name: str, quarter: str) -> Figure | None:
    """Growth from January to the end of a quarter; that of the fourth is that of the year."""
    year, _, last = quarter.partition("Q")
    return p.find("growth", name, *((year, "annual") if last == "4" else (quarter, "cumulative")))


def gap(p: Choice, quarter: str) -> Figure | None:
    """With the rounding of both rates, whether an office prints the difference or nobody does."""
    return calculated(minus, rate(p, SEI, quarter), rate(p, INDUSTRY, quarter))


def last_of(parts: int, ratio: int) -> Calculation:
    """What the last part grew by, from all of them and from those before it.

    All of them grew by the mean, so what the last one is above it makes up for what the others are below, as often as they
    weigh more: (parts - 1) / ratio times at least, and (parts - 1) * ratio times at most.
    """

    def alone(whole: Ends, before: Ends) -> Ends:
        edges = []
        for others in (Fraction(parts - 1, ratio), Fraction((parts - 1) * ratio)):
            edges.append(minus(times(whole, 1 + others), times(before, others)))
        return between(*edges)

    return alone


def second_alone(p: Choice) -> Figure | None:
    return calculated(last_of(2, p.quarter_ratio), rate(p, SEI, "2019Q2"), said("growth-2019q1"))


def third_alone(p: Choice, name: str, year: int) -> Figure | None:
    return calculated(last_of(3, p.quarter_ratio), rate(p, name, f"{year}Q3"), rate(p, name, f"{year}Q2"))


def trend_reversed(p: Choice) -> Readings:
    before, middle, after = (rate(p, SEI, quarter) for quarter in ("2018Q4", "2019Q2", "2019Q4"))
    return [every([below(middle, before), below(middle, after)]), below(before, after)]


def stated_gap(p: Choice) -> Figure | None:
    """What the paper's own growth of the first quarter of 2019 leaves above the growth of all industry."""
    return calculated(minus, said("growth-2019q1"), rate(p, INDUSTRY, "2019Q1"))


def nine_months_of_2018(p: Choice) -> Figure | None:
    """As seen, or between January to August and September, which is October less the change from September to it."""
    october, change = (p.find("growth", name, "2018-10", "month") for name in (SEI, f"{SEI}_change"))
    until_august = p.find("growth", SEI, "2018-08", "cumulative")
    return rate(p, SEI, "2018Q3") or calculated(between, until_august, calculated(minus, october, change))


def lowest(p: Choice) -> Readings:
    quarters = [f"{year}Q{q}" for year in range(2020 - p.recent_years, 2020) for q in range(1, 5)]
    seen = {quarter: rate(p, SEI, quarter) for quarter in quarters if quarter != "2019Q1"}
    seen["2018Q3"] = nine_months_of_2018(p)
    return [every(below(said("growth-2019q1"), one) for one in seen.values())]


def picking_up(p: Choice) -> Readings:
    first, half, nine = said("growth-2019q1"), rate(p, SEI, "2019Q2"), rate(p, SEI, "2019Q3")
    return [rising(first, half, nine), rising(first, second_alone(p), third_alone(p, SEI, 2019))]


def gap_2017q3(p: Choice) -> Readings:
    alone = calculated(minus, third_alone(p, SEI, 2017), third_alone(p, INDUSTRY, 2017))
    return [read(gap(p, "2017Q3")), read(alone)]


def recovery(p: Choice) -> Readings:
    return [every(below(gap(p, "2019Q2"), gap(p, quarter)) for quarter in ("2017Q4", "2019Q4"))]


def index(p: Choice, quarter: str, place: str = "China") -> Figure | None:
    return p.find("prosperity", "industry_climate_index", quarter, "quarter", place)


def industries(p: Choice) -> Readings:
    """All that the survey sorts companies into, less the digital creative one."""
    return [read(calculated(minus, p.find("prosperity", "industries_surveyed", "2020Q4", "quarter"), exactly(1)))]


REGIONS = ("Northeast China", "West China")


def regions_rising(p: Choice) -> Readings:
    return [every(rising(*(index(p, f"2020Q{q}", place) for q in range(1, 5))) for place in REGIONS)]


def same_as_before(p: Choice) -> Readings:
    """Neither below 95 nor above 105 percent of a year earlier."""
    each = []
    for place in REGIONS:
        before, after = index(p, "2019Q4", place), index(p, "2020Q4", place)
        each += [below(after, share(before, 95)), below(share(before, 105), after)]
    return [every(contrary(one) for one in each)]


def share(figure: Figure | None, percent: int) -> Figure | None:
    return calculated(lambda ends: times(ends, Fraction(percent, 100)), figure)


def hubei(p: Choice) -> Readings:
    there, everywhere = (
        p.find("growth", "gross_domestic_product_growth", "2020Q1", "cumulative", place) for place in ("Hubei", "China")
    )
    return [every([below(there, ZERO), below(there, everywhere)])]


def named(p: Choice, table: str, name: str, period: str, value: int) -> Readings:
    """Whether what was published at a time names that number."""
    return [same(p.find(table, name, period, "point"), exactly(value))]


def kinds_of_support(p: Choice) -> Readings:
    """Three kinds were reported; support with property rights, bonds and training was not seen."""
    return [reported(p.find("clusters", "first_batch_support_kinds_named", "2019", "point"), None)]


def restrictions(p: Choice) -> Readings:
    """Each edition of the negative list shorter than the one before, of those that the notebook compares; new industries have none."""
    editions = (p.find("targets", "negative_list_measures", year, "point") for year in ("2020", "2019", "2017"))
    return [rising(*editions), Order((None,))]


def ten_years(p: Choice) -> Readings:
    """To 2019, with which the paragraph begins, or to the last year of the paper's figures."""
    decided = p.find("targets", "state_council_decision_year", "2010-10", "point")
    last = max(int(row["period"][:4]) for row in table("points"))
    years = [calculated(minus, exactly(year), decided) for year in (2019, last)]
    return [read(calculated(between, *years))]


DERIVED: dict[str, Callable[[Choice], Readings]] = {
    "ten-years-of-development": ten_years,
    "downward-trend-reversed": trend_reversed,
    "growth-2019q1": lambda p: [read(rate(p, SEI, "2019Q1"))],
    "lowest-in-recent-years": lowest,
    "growth-2019q2": lambda p: [read(rate(p, SEI, "2019Q2")), read(second_alone(p))],
    "growth-2019q3": lambda p: [read(rate(p, SEI, "2019Q3")), read(third_alone(p, SEI, 2019))],
    "growth-picking-up": picking_up,
    "gap-narrowing": lambda p: [below(stated_gap(p), gap(p, "2017Q3"))],
    "growth-gap-2017q3": gap_2017q3,
    "growth-gap-2019q1": lambda p: [read(gap(p, "2019Q1"), given=(stated_gap(p),))],
    "growth-gap-fell": lambda p: [below(stated_gap(p), gap(p, "2017Q3"))],
    "pull-on-economy-weakened": lambda p: [below(gap(p, "2019Q4"), gap(p, "2017Q4"))],
    "recovery-after-bottom": recovery,
    "prosperity-improved": lambda p: [every(below(index(p, f"2020Q{q}"), index(p, "2020Q4")) for q in (1, 2, 3))],
    "industries-rebounding": industries,
    "hubei-hit-in-2020q1": hubei,
    "northeast-and-west-rising": regions_rising,
    "same-as-a-year-earlier": same_as_before,
    "new-infrastructure-kinds": lambda p: named(p, "targets", "new_infrastructure_kinds_named", "2018-12", 4),
    "new-infrastructure-task-of-2019": lambda p: named(p, "targets", "new_infrastructure_task_year", "2019", 2019),
    "first-batch-in-2019": lambda p: named(p, "clusters", "first_batch_year", "2019", 2019),
    "support-for-clusters": lambda p: [
        reported(p.find("clusters", "first_batch_credit_support_year", "2020-05", "point"))
    ],
    "kinds-of-support-for-clusters": kinds_of_support,
    "restrictions-reduced": restrictions,
}
