"""Sections 1, 2 and 4: growth and its gap, the survey, prosperity, 5G, and what is counted within the paper."""

from __future__ import annotations

from fractions import Fraction

from second.figures import NO_END, Figure, point, times
from second.paper import Choice, figure_of, subsections, table
from second.rules import Number, Order, Reading, Unseen, difference, number, order, with_stated

SEI, INDUSTRY = "strategic_emerging_industries_value_added", "industry_value_added"


def rate(p: Choice, name: str, quarter: str) -> Figure | None:
    """Growth from January to the end of a quarter; that of the fourth is that of the year."""
    year, _, last = quarter.partition("Q")
    return p.find("growth", name, *((year, "annual") if last == "4" else (quarter, "cumulative")))


def gap(p: Choice, quarter: str) -> Number | None:
    found = difference(rate(p, SEI, quarter), rate(p, INDUSTRY, quarter), printed=p.printed_gaps)
    return found if isinstance(found, Number) else None


def single(p: Choice, name: str, quarter: str) -> Figure | None:
    return p.find("growth", name, quarter, "quarter")


def growth_2019q1(p: Choice) -> list[Reading]:
    """Not seen; the other statement makes it the gap and the growth of all industry together."""
    seen = rate(p, SEI, "2019Q1")
    return [
        number(seen) if seen else Unseen(with_stated(figure_of("growth-gap-2019q1"), rate(p, INDUSTRY, "2019Q1"), 1))
    ]


def stated_gap_2019q1(p: Choice) -> Number | None:
    return with_stated(figure_of("growth-2019q1"), rate(p, INDUSTRY, "2019Q1"), -1)


def gap_2019q1(p: Choice) -> list[Reading]:
    return [gap(p, "2019Q1") or Unseen(stated_gap_2019q1(p))]


def lowest(p: Choice) -> list[Reading]:
    stated = Number(point(figure_of("growth-2019q1").value), figure_of("growth-2019q1").possible, strong=True)
    quarters = [f"{year}Q{q}" for year in range(2020 - p.recent_years, 2020) for q in range(1, 5)]
    return [order([(stated, rate(p, SEI, quarter)) for quarter in quarters if quarter != "2019Q1"], assumed=True)]


def picking_up(p: Choice) -> list[Reading]:
    first, second, third = (rate(p, SEI, f"2019Q{q}") for q in (1, 2, 3))
    alone, after = single(p, SEI, "2019Q2"), single(p, SEI, "2019Q3")
    return [order([(first, second), (second, third)]), order([(first, alone), (alone, after)])]


def gap_2017q3(p: Choice) -> list[Reading]:
    alone = difference(single(p, SEI, "2017Q3"), single(p, INDUSTRY, "2017Q3"), printed=False)
    return [gap(p, "2017Q3") or Unseen(), alone]


def gap_fell(p: Choice) -> list[Reading]:
    return [order([(stated_gap_2019q1(p), gap(p, "2017Q3"))], assumed=True)]


def gap_narrowing(p: Choice) -> list[Reading]:
    gaps = [gap(p, f"{year}Q4") for year in range(2020 - p.recent_years, 2020)]
    return [order([(gaps[-1], gaps[0])]), order(zip(gaps[1:], gaps[:-1], strict=True))]


def recovery(p: Choice) -> list[Reading]:
    return [order([(gap(p, "2019Q2"), gap(p, "2017Q3")), (gap(p, "2019Q2"), gap(p, "2019Q4"))])]


def trend_reversed(p: Choice) -> list[Reading]:
    before, middle, after = (rate(p, SEI, quarter) for quarter in ("2018Q4", "2019Q2", "2019Q4"))
    return [order([(middle, before), (middle, after)]), order([(before, after)])]


def expected_increase(p: Choice) -> list[Reading]:
    """Who has a marked increase has one: the share that expects more cannot be smaller."""
    expecting, losing = (
        p.find("prosperity", f"companies_{name}", "2020", "annual")
        for name in ("expecting_higher_income", "losing_more_than_half")
    )
    least = (figure_of("survey-marked-increase").possible[0], NO_END)
    implied = Number(least, least, strong=True)  # type: ignore[arg-type]
    return [number(expecting) if expecting else Unseen(implied), number(losing)]


def industries(p: Choice) -> list[Reading]:
    """All that policy named, less the digital creative one."""
    named = p.find("targets", "industries_named_by_policy", "2020-09", "point")
    if named is None or named.printed is None:
        return [Unseen()]
    return [Number(point(named.printed - 1), point(named.printed - 1), named.strong, named.rows)]


def index(p: Choice, quarter: str, place: str = "China") -> Figure | None:
    return p.find("prosperity", "industry_climate_index", quarter, "quarter", place)


def improved(p: Choice) -> list[Reading]:
    return [order([(index(p, "2019Q4"), index(p, "2020Q4"))])]


REGIONS = ("Northeast China", "West China")


def regions_rising(p: Choice) -> list[Reading]:
    return [order([(index(p, "2019Q4", place), index(p, "2020Q4", place)) for place in REGIONS])]


def same_as_before(p: Choice) -> list[Reading]:
    """Neither below 95 nor above 105 percent of a year earlier: the contrary of each comparison must hold."""
    pairs: list[tuple[Figure | Number | None, Figure | Number | None]] = []
    for place in REGIONS:
        before, after = index(p, "2019Q4", place), index(p, "2020Q4", place)
        pairs += [(after, share(before, 95)), (share(before, 105), after)]
    outside = order(pairs)
    contrary = tuple({"always": "never", "never": "always", "open": "open", None: None}[one] for one in outside.answers)
    return [Order(contrary, outside.strong, outside.rows)]


def share(figure: Figure | None, percent: int) -> Number | None:
    if figure is None:
        return None
    ends = times(figure.ends, Fraction(percent, 100))
    return Number(ends, ends, figure.strong, figure.rows)


def users_growing(p: Choice) -> list[Reading]:
    nobody = Number(point(0), point(0), strong=True)
    return [order([(nobody, p.find("mobile", "subscribers_5g_monthly_increase", "2019", "annual"))])]


def ten_years(p: Choice) -> list[Reading]:
    decided = p.find("targets", "state_council_decision_year", "2010-10", "point")
    last = max(int(row["period"][:4]) for row in table("points"))
    if decided is None or decided.printed is None:
        return [Unseen()]
    years = point(last - decided.printed)
    return [Number(years, years, decided.strong, decided.rows, gap=True)]


def counted(section: str) -> list[Reading]:
    return [Number(point(subsections(section)), point(subsections(section)), strong=False)]


DERIVED = {
    "ten-years-of-development": ten_years,
    "downward-trend-reversed": trend_reversed,
    "growth-2019q1": growth_2019q1,
    "lowest-in-recent-years": lowest,
    "growth-picking-up": picking_up,
    "gap-narrowing": gap_narrowing,
    "growth-gap-2017q3": gap_2017q3,
    "growth-gap-2019q1": gap_2019q1,
    "growth-gap-fell": gap_fell,
    "recovery-after-bottom": recovery,
    "survey-expected-increase": expected_increase,
    "prosperity-improved": improved,
    "industries-rebounding": industries,
    "northeast-and-west-rising": regions_rising,
    "same-as-a-year-earlier": same_as_before,
    "users-5g-growing": users_growing,
    "four-measures": lambda _: counted("4"),
}
