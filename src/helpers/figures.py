"""The frames behind the figures of sections 2 and 3, in the columns that :mod:`asprinted.charts.kinds` draws.

Nothing is drawn here, and nothing decided: values are floats. What the paper states and what an office published stay
apart, as the kinds "stated" and "official" or as columns of these names; a hole is NaN.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from asprinted import Paper, charts
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official.observations import Official
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


def growth_and_gap(paper: Paper, rates: pd.DataFrame) -> pd.DataFrame:
    """Figure 1, for ``charts.series``: official rates and gaps by quarter, and the points that the paper states.

    ``rates`` is that of :func:`helpers.indicators.growth`. Two panels, growth (percent) and gap (percentage points).
    """
    lines = rates.rename(columns=LINES).stack().rename_axis(["period", "series"])
    official = charts.drawable(lines).reset_index().assign(kind="official")
    points = paper.table("points").query("figure == '1'")
    stated = points.assign(kind="stated", value=[float(paper.stated(claim)) for claim in points["claim"]])
    frame = pd.concat([official, stated[["period", "series", "value", "kind"]]])
    frame["period"] = [str(pd.Period(period, freq="Q")) for period in frame["period"]]
    frame["panel"] = frame["series"].eq("gap").map({True: "gap", False: "growth"})
    return frame.sort_values(["panel", "series", "kind", "period"], ascending=[False, False, True, True], ignore_index=True)


def stated_points(paper: Paper, figure: str, unit: str = "") -> pd.DataFrame:
    """A figure of which the paper states only some points, for ``charts.strip``: columns label, value and text.

    ``figure`` is its number in the paper. The text of a stated point is its qualifier, digits and ``unit``; of another
    what data/paper/points.csv says of its place.
    """
    points = paper.table("points")
    points = points[points["figure"] == figure]
    printed = [paper.register[claim] if claim else None for claim in points["claim"]]
    return pd.DataFrame({
        "label": points["label"],
        "value": [paper.digits(claim) if claim else float("nan") for claim in points["claim"]],
        "text": [f"{one.qualifier} {one.stated}{unit}".removeprefix("exact ") if one else place
                 for one, place in zip(printed, points["place"], strict=True)],
    })


def investment(paper: Paper) -> pd.DataFrame:
    """Growth of investment in January to September 2020, percent, official beside stated, for ``charts.dots``."""
    official = {label: indicators.investment_growth(paper.official, indicator) for indicator, (label, _) in INVESTMENT.items()}
    return beside(official, [float(paper.stated(claim)) if claim else float("nan") for _, claim in INVESTMENT.values()])


def ai_employees(official: Official) -> pd.DataFrame:
    """Employees in artificial intelligence by layer and place, thousands, for ``charts.dots``. The paper states none."""
    counts = {f"{layer} layer, {place}": indicators.ai_employees(official, layer, place) for layer in LAYERS for place in PLACES}
    frame = beside(counts, [float("nan")] * len(counts))
    return frame.assign(official=frame["official"] / 1000)


def beside(official: Mapping[str, Quantity | Missing], stated: Iterable[float]) -> pd.DataFrame:
    """Columns label, official and stated, a row each figure of ``official`` by its label."""
    values = charts.drawable(pd.Series(official, dtype=object))["value"].to_numpy()
    return pd.DataFrame({"label": list(official), "official": values, "stated": list(stated)})


def intensity(paper: Paper, first: pd.Series, implied: pd.Series) -> pd.DataFrame:
    """R&D as a share of GDP by year in two vintages, percent, with the stated point of 2019, for ``charts.series``."""
    lines = pd.DataFrame({"first published": first.reindex(implied.index), "implied by the next communique": implied})
    return with_stated(charts.panel("intensity", lines), "2019", float(paper.stated("rd-intensity-2019")))


def personnel(paper: Paper, people: pd.Series) -> pd.DataFrame:
    """R&D personnel in 2015 to 2019, million person-years, with the stated point of 2019, for ``charts.series``.

    ``people`` is by year, in person-years; the columns low and high stay in that unit.
    """
    line = charts.panel("personnel", pd.DataFrame({"R&D personnel": people.loc["2015":"2019"]}))
    return with_stated(line.assign(value=line["value"] / 1e6), "2019", float(paper.stated("rd-personnel-2019")) / 1e6)


def with_stated(lines: pd.DataFrame, period: str, value: float) -> pd.DataFrame:
    """The rows of one panel, and a last one: what the paper states for a period."""
    stated = {"period": period, "series": "stated", "value": value, "kind": "stated", "panel": lines["panel"].iloc[0]}
    return pd.concat([lines, pd.DataFrame([stated])], ignore_index=True)


def panels(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Tables by year, one panel each under its name, one line a column, for ``charts.series``."""
    return pd.concat([charts.panel(name, table) for name, table in tables.items()])
