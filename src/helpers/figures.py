"""The frames behind the figures of sections 2 and 3, in the columns that :mod:`asprinted.charts.kinds` draws.

Nothing is drawn here, and nothing decided: values are floats. What the paper states and what an office published stay
apart, as the kinds "stated" and "official" or as columns of these names; a hole is NaN.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from asprinted import Paper, charts, text
from asprinted.numbers import quantity
from asprinted.numbers.quantity import Missing, Quantity
from helpers import indicators

LINES = {"emerging": "strategic emerging industries", "industry": "all industry", "gap": "gap"}
# What the figure of investment shows: indicator, its label, and the claim that states a rate for it.
INVESTMENT = {
    "fixed_asset_investment_growth": ("All fixed-asset investment", ""),
    "manufacturing_investment_growth": ("Manufacturing", "manufacturing-investment"),
    "high_tech_manufacturing_investment_growth": ("High-tech manufacturing", ""),
    "computer_and_office_equipment_investment_growth": ("Computers and office equipment", "computer-investment"),
    "pharmaceutical_manufacturing_investment_growth": ("Pharmaceuticals", "pharmaceutical-investment"),
}
LAYERS, PLACES = ("base", "technology"), ("United States", "China")


def told(paper: Paper, **texts: str) -> dict[str, str]:
    """The texts of a figure, which speak of the default choices: under others title and alternative text say so."""
    if (paper.official.vintage, paper.official.least_evidence) == ("first", "mirror"):
        return texts
    return texts | {key: f"{texts[key]} (said of the default choices; drawn under others)" for key in ("title", "alt")}


def growth_and_gap(paper: Paper, rates: pd.DataFrame) -> pd.DataFrame:
    """Figure 1, for ``charts.series``: published rates and gaps, what the paper states, and what would follow from it.

    ``rates`` is that of :func:`helpers.indicators.growth`. Two panels, growth (percent) and gap (percentage points); the
    periods say that they run from January.
    """
    lines = rates.rename(columns=LINES).stack().rename_axis(["period", "series"])
    official = charts.drawable(lines).reset_index().assign(kind="official")
    points = paper.table("points").query("figure == '1'")
    stated = points.assign(kind="stated", value=[float(paper.stated(claim)) for claim in points["claim"]])
    frame = pd.concat([official, stated[["period", "series", "value", "kind"]]])
    frame["panel"] = frame["series"].eq("gap").map({True: "gap", False: "growth"})
    frame = pd.concat([frame, implied_in_2019(paper, rates)])
    frame["period"] = [pd.Period(period, freq="Q") for period in frame["period"]]
    frame = frame.sort_values(["panel", "series", "kind", "period"], ascending=[False, False, True, True], ignore_index=True)
    order = [indicators.months(quarter) for quarter in sorted(frame["period"].unique())]
    return frame.assign(period=pd.Categorical(frame["period"].map(indicators.months), order, ordered=True))


def implied_in_2019(paper: Paper, rates: pd.DataFrame) -> pd.DataFrame:
    """What each of two stated numbers, growth and gap of January to March 2019, leaves for the other beside industry's rate."""
    industry = rates.loc[pd.Period("2019Q1", freq="Q"), "industry"]
    growth, gap = paper.stated("growth-2019q1"), paper.stated("growth-gap-2019q1")
    follows = {"growth": (quantity.published_sum(gap, industry), gap), "gap": (quantity.published_difference(growth, industry), growth)}
    return pd.DataFrame([
        {"panel": panel, "series": f"if {float(given):g} is right", "period": "2019Q1", "kind": "implied", "value": float(value)}
        for panel, (value, given) in follows.items() if isinstance(value, Quantity)
    ], columns=["panel", "series", "period", "kind", "value"])


def stated_points(paper: Paper, figure: str) -> pd.DataFrame:
    """A figure of which the paper states some points and nothing was published, for ``charts.dots``.

    ``figure`` is its number in the paper; the columns are label, official (all holes) and stated.
    """
    points = paper.table("points").query("figure == @figure")
    stated = [paper.digits(claim) if claim else float("nan") for claim in points["claim"]]
    return pd.DataFrame({"label": points["label"], "official": float("nan"), "stated": stated}).reset_index(drop=True)


def _as_stated(paper: Paper, id: str) -> str:
    claim = paper.register[id]
    return f"{claim.qualifier} {claim.stated}".removeprefix("exact ")


def stated_table(paper: Paper, figure: str, heading: str) -> pd.DataFrame:
    """The same as a table, for a figure of too few points to draw: what is shown, under ``heading``, and what is stated."""
    points = paper.table("points").query("figure == @figure")
    words = [_as_stated(paper, claim) if claim else place for claim, place in points[["claim", "place"]].itertuples(index=False)]
    return pd.DataFrame({"stated": words}, index=pd.Index(points["label"], name=heading))


def investment(paper: Paper) -> pd.DataFrame:
    """Growth of investment in January to September 2020, percent, official beside stated, for ``charts.dots``."""
    official = {label: indicators.investment_growth(paper.official, indicator) for indicator, (label, _) in INVESTMENT.items()}
    return beside(official, [float(paper.stated(claim)) if claim else float("nan") for _, claim in INVESTMENT.values()])


def ai_employees(paper: Paper) -> pd.DataFrame:
    """Employees in artificial intelligence by layer and place, thousands, for ``charts.bars``, with two ratios in the label.

    One is the ratio that the paper states, the other that of the counts.
    """
    rows = []
    for layer in LAYERS:
        counts = {place: indicators.ai_employees(paper.official, layer, place) for place in PLACES}
        ratio = counts["United States"] / counts["China"]
        counted = f"{float(ratio):.3g}" if isinstance(ratio, Quantity) else text(ratio)
        label = f"{layer} layer\nstated ratio: {paper.register[f'ai-{layer}-ratio'].stated}\nby these counts: {counted}"
        rows += [{"label": label, "group": place, "value": count} for place, count in counts.items()]
    frame = pd.DataFrame(rows)
    return frame.assign(value=charts.drawable(frame["value"])["value"] / 1000)


def beside(official: Mapping[str, Quantity | Missing], stated: Iterable[float]) -> pd.DataFrame:
    """Columns label, official and stated, a row each figure of ``official`` by its label."""
    values = charts.drawable(pd.Series(official, dtype=object))["value"].to_numpy()
    return pd.DataFrame({"label": list(official), "official": values, "stated": list(stated)})


def revisions(paper: Paper, first: pd.Series, implied: pd.Series) -> pd.DataFrame:
    """By how much R&D as a share of GDP was revised, percentage points by year, for ``charts.bars``; both values beside it.

    Both series are by year, in percent. The year of the paper's number is a group of its own.
    """
    values = pd.DataFrame({"first": charts.drawable(first.reindex(implied.index))["value"], "implied": charts.drawable(implied)["value"]})
    years = [str(year) for year in implied.index]
    stated = paper.register["rd-intensity-2019"].stated
    return pd.DataFrame({
        "label": years, "group": [f"2019, for which the paper states {stated}" if year == "2019" else "other years" for year in years],
        "value": (values["implied"] - values["first"]).round(10).to_numpy(), **{name: values[name].to_numpy() for name in values},
    })


def personnel(paper: Paper, people: pd.Series) -> pd.DataFrame:
    """R&D personnel in 2015 to 2019, million person-years, with the stated point of 2019, for ``charts.series``.

    ``people`` is by year, in person-years; the columns low and high stay in that unit.
    """
    line = charts.panel("personnel", pd.DataFrame({"published": people.loc["2015":"2019"]}))
    return with_stated(line.assign(value=line["value"] / 1e6), "2019", float(paper.stated("rd-personnel-2019")) / 1e6)


def with_stated(lines: pd.DataFrame, period: str, value: float) -> pd.DataFrame:
    """The rows of one panel, and a last one: what the paper states for a period."""
    stated = {"period": period, "series": "stated", "value": value, "kind": "stated", "panel": lines["panel"].iloc[0]}
    return pd.concat([lines, pd.DataFrame([stated])], ignore_index=True)


def panels(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Tables by year, one panel each under its name, one line a column, for ``charts.series``."""
    return pd.concat([charts.panel(name, table) for name, table in tables.items()])
