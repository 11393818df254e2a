"""Where the tables hold a second source of a looked-up number, it agrees as printed, or both values are shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction

import pytest
import yaml
from records import record_under
from second.development import INDUSTRY
from second.figures import Ends, around, look_up, minus, over, plus, rows, sighting, times
from second.paper import choices
from second.sections import LINES, LOOKED_UP

from checkout import ROOT

DEFAULT = choices()[0]
# Derived because of a comparison or a vintage, but their figure itself is looked up.
ALSO = [
    {
        "claim": "rd-intensity-2019",
        "table": "research",
        "indicator": "rd_intensity",
        "geography": "China",
        "period": "2019",
        "row": "research-intensity-china-2019-communique-2019",
    },
    {
        "claim": "manufacturing-investment",
        "table": "investment",
        "indicator": "manufacturing_investment_growth",
        "geography": "China",
        "period": "2020Q3",
        "row": "investment-manufacturing-investment-growth-china-2020q1-q3-sina-2020-10-19",
    },
    {
        "claim": "circuit-talent-shortage",
        "table": "talent",
        "indicator": "integrated_circuit_talent_shortage",
        "geography": "China",
        "period": "2020",
        "row": "talent-circuit-shortage-china-2020-technode-2018-08-20",
    },
    {
        "claim": "growth-2019q2",
        "table": "growth",
        "indicator": "strategic_emerging_industries_value_added",
        "geography": "China",
        "period": "2019Q2",
        "row": "growth-sei-china-2019h1-gov-cn-2019-07-15",
    },
    {
        "claim": "growth-2019q3",
        "table": "growth",
        "indicator": "strategic_emerging_industries_value_added",
        "geography": "China",
        "period": "2019Q3",
        "row": "growth-sei-china-2019q1-q3-people-japanese-2019-10-25",
    },
]
SEEN = [line for line in [*LINES, *ALSO] if line["row"]]


def figure(table: str, indicator: str, period: str, basis: str = "annual", geography: str = "China") -> Ends:
    found = look_up(table, indicator, period, basis, geography)
    assert found is not None, (table, indicator, period, basis, geography)
    return found.ends


def research(indicator: str, year: str) -> Ends:
    return figure("research", indicator, year)


def rate_and_lead(period: str, basis: str) -> Ends:
    """Growth of all industry and the lead over it that an office printed."""
    return plus(
        figure("growth", INDUSTRY, period, basis), figure("growth", "strategic_emerging_industries_gap", period, basis)
    )


def kinds(prefix: str, suffix: str, table: str) -> Ends:
    basic, applied, experimental = (
        figure(table, f"{prefix}{kind}{suffix}", "2019")
        for kind in ("basic_research", "applied_research", "experimental_development")
    )
    return plus(plus(basic, applied), experimental)


def product_before_its_revision() -> Ends:
    """The revised gross domestic product of 2019 less the revision that was announced with it."""
    revised, cut = (
        look_up("research", name, "2019", "annual", vintage="revised")
        for name in ("gross_domestic_product", "gross_domestic_product_revision")
    )
    assert revised is not None
    assert cut is not None
    return minus(revised.ends, cut.ends)


def grown(level: Ends, growth: Ends) -> Ends:
    low, high = plus(((Fraction(1), 0), (Fraction(1), 0)), times(growth, Fraction(1, 100)))
    return (level[0][0] * low[0], 0), (level[1][0] * high[0], -1)


def circuits(name: str, period: str, basis: str) -> Ends:
    return figure("talent", f"integrated_circuit_talent_{name}", period, basis)


def employees(layer: str) -> Ends:
    america, china = (
        figure("talent", f"ai_employees_{layer}_layer", "2017-06", "point", place)
        for place in ("United States", "China")
    )
    return over(america, china)


# The same quantity by another way through the tables: from other rows, other tables, other releases.
ROUTES: list[tuple[str, str, Callable[[], Ends]]] = [
    ("growth-2019q3", "all industry and the published lead", lambda: rate_and_lead("2019Q3", "cumulative")),
    ("growth-2019", "all industry and the published lead", lambda: rate_and_lead("2019", "annual")),
    (
        "rd-expenditure-2019",
        "the level of 2018 and the increase",
        lambda: plus(research("gross_expenditure_on_rd", "2018"), research("gross_expenditure_on_rd_increase", "2019")),
    ),
    (
        "rd-expenditure-2019",
        "the level of 2020 less the increase after",
        lambda: minus(
            research("gross_expenditure_on_rd", "2020"), research("gross_expenditure_on_rd_increase", "2020")
        ),
    ),
    ("rd-expenditure-2019", "the three kinds of research", lambda: kinds("", "_expenditure", "research")),
    (
        "basic-research-2019",
        "the level of 2018 and the growth",
        lambda: grown(
            research("basic_research_expenditure", "2018"), research("basic_research_expenditure_growth", "2019")
        ),
    ),
    (
        "rd-intensity-2019",
        "expenditure over the product as first published",
        lambda: times(over(research("gross_expenditure_on_rd", "2019"), product_before_its_revision()), 100),
    ),
    (
        "rd-personnel-2019",
        "the three kinds of research",
        lambda: kinds("rd_personnel_full_time_equivalent_", "", "talent"),
    ),
    (
        "rd-personnel-2019",
        "expenditure over expenditure per head",
        lambda: over(
            research("gross_expenditure_on_rd", "2019"), research("expenditure_per_full_time_equivalent", "2019")
        ),
    ),
    (
        "manufacturing-investment",
        "January to October less the change from September",
        lambda: minus(
            figure("investment", "manufacturing_investment_growth", "2020-10", "cumulative"),
            figure("investment", "manufacturing_investment_growth_change", "2020-10", "cumulative"),
        ),
    ),
    (
        "circuit-talent-demand",
        "stock and shortage",
        lambda: plus(circuits("stock", "2017-12", "end of period"), circuits("shortage", "2020", "point")),
    ),
    (
        "circuit-talent-shortage",
        "demand less stock",
        lambda: minus(circuits("demand", "2020", "point"), circuits("stock", "2017-12", "end of period")),
    ),
    (
        "circuit-talent-shortage",
        "the shortage that was reported of the end of 2017",
        lambda: circuits("shortage", "2017-12", "end of period"),
    ),
    ("ai-base-ratio", "the counts printed beside it", lambda: employees("base")),
]
ONE_RELEASE = {"ai-technology-ratio", "computer-investment", "growth-2019q2", "jiangsu-funds", "jiangsu-projects",
               "pharmaceutical-investment"}


def named(line: dict[str, str]) -> dict[str, str]:
    return next(row for row in rows(line["table"]) if row["row"] == line["row"])


def meet(first: Ends, second: Ends) -> bool:
    return not (first[1] < second[0] or second[1] < first[0])


@pytest.mark.parametrize("line", SEEN, ids=lambda line: line["claim"])
def test_every_sighting_of_the_figure_agrees_within_its_printed_precision(line: dict[str, str]) -> None:
    """Also those of another vintage, on another basis or with a bound, which do not stand among the sources."""
    first = sighting(named(line)).ends
    same = [
        row for row in rows(line["table"]) if all(row[key] == line[key] for key in ("indicator", "geography", "period"))
    ]
    unlike = [row["row"] for row in same if not meet(sighting(row).ends, first)]
    assert unlike == []


@pytest.mark.parametrize(
    ("id", "route"), [(id, route) for id, _, route in ROUTES], ids=[f"{id}, {way}" for id, way, _ in ROUTES]
)
def test_a_second_way_to_the_figure_agrees_within_its_printed_precision(id: str, route: Callable[[], Ends]) -> None:
    line = next(line for line in SEEN if line["claim"] == id)
    assert meet(route(), sighting(named(line)).ends)


def test_a_number_that_rests_on_one_release_alone_is_listed_here() -> None:
    lists = yaml.safe_load((ROOT / "data/official/releases.yaml").read_text("utf-8"))
    release = {source: name for name, sources in lists.items() for source in sources}
    alone = set()
    for line in SEEN:
        keys = ("indicator", "geography", "period", "basis")
        same = [row for row in rows(line["table"]) if all(row[key] == named(line)[key] for key in keys)]
        if len({release.get(row["source"], row["source"]) for row in same}) == 1:
            alone.add(line["claim"])
    assert alone - {id for id, _, _ in ROUTES} == ONE_RELEASE


def test_the_ratio_that_its_own_counts_do_not_give_is_shown_with_the_one_that_they_give() -> None:
    ratio = figure("talent", "ai_technology_layer_ratio", "2017-06", "point", "United States to China")
    assert not meet(employees("technology"), ratio)
    record = record_under("ai-technology-ratio", DEFAULT)
    assert record["computed"] == {"low": "2.26", "high": "2.26"}
    assert "the counts printed beside it" in record["note"]
    assert "give 2.45" in record["note"]
    assert Fraction(29400, 12000) == Fraction("2.45")


def test_the_intensity_of_2019_is_shown_as_first_published_and_as_revised() -> None:
    revised = look_up("research", "gross_domestic_product", "2019", "annual", vintage="revised")
    assert revised is not None
    implied = times(over(research("gross_expenditure_on_rd", "2019"), revised.ends), 100)
    assert not meet(implied, research("rd_intensity", "2019"))
    assert meet(implied, around(Fraction("2.24"), Fraction("0.005")))
    cells = json.loads((ROOT / "notebooks/03_collaborative_innovation.ipynb").read_text("utf-8"))["cells"]
    table = next(cell for cell in cells if cell["id"] == "table-intensity")["outputs"][0]["data"]["text/plain"]
    assert next(line.split() for line in table if line.startswith("2019")) == ["2019", "2.23", "2.24"]
    shown = [one for cell in cells for output in cell.get("outputs", ())
             for one in output.get("data", {}).get("application/vnd.audit.verdicts+json", ())]
    record = next(one for one in shown if one["id"] == "rd-intensity-2019")
    assert "vintage: latest, consistent" in record["holds_under"]["not"]


@pytest.mark.parametrize("id", [id for id in LOOKED_UP if len(LOOKED_UP[id]) > 1])
def test_a_sentence_that_names_no_single_figure_shows_each_of_them(id: str) -> None:
    assert len(record_under(id, DEFAULT)["readings"]) == len(LOOKED_UP[id])
