"""Every computed number derived once more by a path that shares nothing with notebooks and helpers but the files."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from helpers.evaluate import all_records

sys.path.insert(0, str(Path(__file__).parent))
from second.figures import ROOT, Figure, look_up  # noqa: E402
from second.rules import judge, over  # noqa: E402

Ends = tuple[Fraction, Fraction]
DEFAULTS = {"vintage": "first", "rounding": "half up", "least_evidence": "mirror", "recent_years": 3, "gap_convention": "as published"}
CHOICES = [{}, {"vintage": "latest"}, {"rounding": "half even"}, {"rounding": "truncate"}, {"least_evidence": "press"},
           {"least_evidence": "official"}, *({"recent_years": years} for years in (2, 4, 5)),
           {"gap_convention": "with both roundings"}]
SEI, INDUSTRY = "strategic_emerging_industries_value_added", "industry_value_added"
Reading = tuple[Ends, bool, list[Ends]]


@functools.cache
def notebooks(choice: tuple[tuple[str, Any], ...]) -> dict[str, dict[str, Any]]:
    return all_records(ROOT, dict(choice))


def point(value: Fraction) -> Ends:
    return value, value


def difference(first: Figure | None, second: Figure | None, printed_gap: bool = True) -> Reading | None:
    """As printed, or with both roundings, which always excuse."""
    if first is None or second is None:
        return None
    wide = (first.low - second.high, first.high - second.low)
    strong = first.strong and second.strong
    return (point(first.value - second.value) if printed_gap else wide), strong, [wide]


def growth(first: Figure | None, last: Figure | None, years: int = 1) -> Reading | None:
    """Percent, as the interval of the ratio of two positive figures, a year if the ratio is spread over several."""
    if first is None or last is None:
        return None
    ratios = [last.low / first.high, last.high / first.low]
    ends = [100 * (root(ratio, years, up) - 1) for ratio, up in zip(ratios, (False, True), strict=True)]
    return (ends[0], ends[1]), first.strong and last.strong, []


def root(value: Fraction, degree: int, up: bool) -> Fraction:
    """Newton's method on integers: the root to twenty decimals, rounded down or up."""
    if degree == 1:
        return value
    scale = 10**20
    target = value.numerator * scale**degree // value.denominator
    guess = 1 << -(-target.bit_length() // degree)
    while (better := ((degree - 1) * guess + target // guess ** (degree - 1)) // degree) < guess:
        guess = better
    return Fraction(guess + up, scale)


def levels(name: str, table: str, least: str) -> list[Figure | None]:
    return [look_up(table, name, year, least, basis="annual") for year in ("2015", "2019")]


def shifted(figure: Figure | None, place: int) -> Figure | None:
    """Shortened to a place before anything is subtracted."""
    if figure is None:
        return None
    value = (figure.value / place + Fraction(1, 2)).__floor__() * Fraction(place)
    return Figure(value, Fraction(place, 2), figure.strong, 1)


def gap_2017q3(p: dict[str, Any]) -> list[Reading | None]:
    pair = [look_up("growth", name, "2017Q3", p["least_evidence"], basis="cumulative") for name in (SEI, INDUSTRY)]
    single = [look_up("growth", name, "2017Q3", p["least_evidence"], basis="quarter") for name in (SEI, INDUSTRY)]
    return [difference(*pair, p["gap_convention"] == "as published"), difference(*single, False)]


def gap_2019(p: dict[str, Any]) -> list[Reading | None]:
    pair = [look_up("growth", name, "2019", p["least_evidence"], basis="annual") for name in (SEI, INDUSTRY)]
    return [difference(*pair, p["gap_convention"] == "as published")]


def expenditure_increase(p: dict[str, Any]) -> list[Reading | None]:
    first, last = levels("gross_expenditure_on_rd", "research", p["least_evidence"])
    exact, rounded = difference(last, first), difference(shifted(last, 10**10), shifted(first, 10**10))
    if exact is None or rounded is None:
        return [None]
    return [(exact[0], exact[1], [*exact[2], rounded[0], *rounded[2]])]


def per_capita(p: dict[str, Any]) -> list[Reading | None]:
    pairs = [levels("rd_personnel_full_time_equivalent", "talent", p["least_evidence"]),
             levels("expenditure_per_full_time_equivalent", "research", p["least_evidence"])]
    return [difference(last, first) for first, last in pairs]


def increase_rate(p: dict[str, Any]) -> list[Reading | None]:
    pairs = [levels("rd_personnel_full_time_equivalent", "talent", p["least_evidence"]),
             levels("expenditure_per_full_time_equivalent", "research", p["least_evidence"])]
    return [growth(*pair) for pair in pairs]


def implied_share(year: int, least: str) -> Figure | None:
    """The share of the year before that a release implies: its share minus the change that it states."""
    share, change = (look_up("research", name, str(year + 1), least, basis="annual") for name in ("rd_intensity", "rd_intensity_change"))
    if share is None or change is None:
        return None
    return Figure(share.value - change.value, share.half, share.strong and change.strong, 1)


def plan_growth(p: dict[str, Any]) -> list[Reading | None]:
    least = p["least_evidence"]
    share = look_up("research", "rd_intensity", "2019", least, basis="annual")
    return [growth(implied_share(2015, least), share),
            growth(*levels("basic_research_expenditure", "research", least), years=4),
            growth(*levels("gross_expenditure_on_rd", "research", least), years=4)]


def intensity(p: dict[str, Any]) -> list[Reading | None]:
    least = p["least_evidence"]
    first, latest = look_up("research", "rd_intensity", "2019", least, basis="annual"), implied_share(2019, least)
    chosen, other = (first, latest) if p["vintage"] == "first" or latest is None else (latest, first)
    if chosen is None:
        return [None]
    return [(point(chosen.value), chosen.strong, [point(one.value) for one in (other,) if one is not None])]


def industries(p: dict[str, Any]) -> list[Reading | None]:
    named = look_up("targets", "industries_named_by_policy", "2020-09", p["least_evidence"])
    return [None if named is None else (point(named.value - 1), named.strong, [])]


def ten_years(p: dict[str, Any]) -> list[Reading | None]:
    decision = look_up("targets", "state_council_decision_year", "2010-10", p["least_evidence"])
    return [None if decision is None else (point(2020 - decision.value), decision.strong, [])]


# Claim, its digits, what a unit of them is, and the derivation of its readings.
NUMBERS: dict[str, tuple[str, int, Callable[[dict[str, Any]], list[Reading | None]]]] = {
    "ten-years-of-development": ("10", 1, ten_years), "growth-gap-2017q3": ("4.6", 1, gap_2017q3),
    "growth-gap-2019": ("2.7", 1, gap_2019), "industries-rebounding": ("7", 1, industries),
    "rd-expenditure-increase": ("790", 10**9, expenditure_increase), "increase-per-capita": ("240,000", 1, per_capita),
    "increase-rate": ("27.7", 1, increase_rate), "plan-period-growth": ("8.3", 1, plan_growth),
    "rd-intensity-2019": ("2.23", 1, intensity),
}  # fmt: skip


@pytest.mark.parametrize("choice", CHOICES, ids=lambda c: " ".join(map(str, *c.items())) if c else "default")
@pytest.mark.parametrize("claim", NUMBERS)
def test_a_second_derivation_gives_the_same_interval_and_verdict(claim: str, choice: dict[str, Any]) -> None:
    digits, unit, derive = NUMBERS[claim]
    record, p = notebooks(tuple(choice.items()))[claim], DEFAULTS | choice
    verdicts, computed = [], []
    for reading in derive(p):
        if reading is None:
            verdicts.append("not checkable")
            computed.append(None)
            continue
        ends, strong, excuses = reading
        scaled = [(low / unit, high / unit) for low, high in (ends, *excuses)]
        verdicts.append(judge(digits, scaled[0], strong, p["rounding"], scaled[1:]))
        computed.append(scaled[0])
    readings = record["readings"] or [record]
    assert [one["verdict"] for one in readings] == verdicts
    assert record["verdict"] == over(verdicts)
    for one, ends in zip(readings, computed, strict=True):
        assert (one["computed"] is None) == (ends is None)
        if ends is not None:
            gap = Fraction(1, 10**12)
            assert 0 <= ends[0] - Fraction(one["computed"]["low"]) <= gap
            assert 0 <= Fraction(one["computed"]["high"]) - ends[1] <= gap


def test_the_pair_of_the_first_quarter_of_2019_excludes_one_another_in_plain_arithmetic() -> None:
    industry = look_up("growth", INDUSTRY, "2019Q1", basis="cumulative")
    assert industry is not None
    assert (industry.value, industry.strong) == (Fraction("6.5"), True)
    records = notebooks(())
    assert records["growth-2019q1"]["computed"] == {"low": "10.9", "high": "10.9"}  # 4.4 + 6.5
    assert records["growth-gap-2019q1"]["computed"] == {"low": "0.2", "high": "0.2"}  # 6.7 - 6.5
    # The greatest gap that 6.7 allows, however it was shortened, and the least that prints as 4.4:
    assert Fraction("6.8") - industry.low < Fraction("4.35")


@pytest.mark.parametrize(("claim", "rows"), [
    ("pharmaceuticals-above-computers", [("investment", "computer_and_office_equipment_investment_growth", "2020Q3"),
                                         ("investment", "pharmaceutical_manufacturing_investment_growth", "2020Q3")]),
])
def test_an_order_holds_for_the_figures_with_their_rounding(claim: str, rows: list[tuple[str, str, str]]) -> None:
    smaller, greater = (look_up(*row, basis="cumulative") for row in rows)
    assert smaller is not None
    assert greater is not None
    assert smaller.high <= greater.low
    assert notebooks(())[claim]["verdict"] == "reproduced"


def test_the_orders_of_growth_follow_from_plain_rates() -> None:
    quarters = {q: [look_up("growth", name, q, basis=basis) for name in (SEI, INDUSTRY)]
                for q, basis in (("2017Q3", "cumulative"), ("2019Q2", "cumulative"), ("2019", "annual"))}
    gaps = {q: difference(*pair) for q, pair in quarters.items()}
    assert all(gap is not None for gap in gaps.values())
    wide = {q: gap[2][0] for q, gap in gaps.items() if gap is not None}
    low = wide["2019Q2"]
    assert low[1] <= wide["2017Q3"][0]
    assert low[1] <= wide["2019"][0]
    assert notebooks(())["recovery-after-bottom"]["verdict"] == "reproduced"


# A looked-up number whose figure was seen in one source only; every other one has a second source beside the first.
ONE_SOURCE = {
    "ai-base-ratio", "ai-technology-ratio", "computer-investment", "growth-2019q3", "jiangsu-funds", "jiangsu-projects",
    "pharmaceutical-investment",
}  # fmt: skip


def test_a_looked_up_number_has_a_second_source_unless_it_is_listed_here() -> None:
    looked_up = {id: record for id, record in notebooks(()).items() if record["how"] == "as published"
                 and record["verdict"] in ("reproduced", "consistent", "ambiguous")}
    assert {id for id, record in looked_up.items() if len(record["sources"]) < 2} == ONE_SOURCE
