"""The shapes of figures that the notebooks draw, each from one tidy frame. Labels come from the frame, never from here.

seaborn draws lines, points, bars and cells. What it has no function for is drawn here: names beside lines, the open end
of a bound, and boxes with arrows. A recomputed or published value is a filled mark, a value that the paper only states
is a hollow diamond, and a place for which nothing is known stays visibly empty.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from asprinted.charts.drawing import drawing
from asprinted.charts.figure import BLUE, GREEN, GREY, VERMILION, Figure, canvas, finish, style
from asprinted.numbers.quantity import Missing, Quantity

LINE_COLOURS = (BLUE, VERMILION, GREEN, GREY)
LINE_MARKERS = ("o", "s", "^", "v")
BOUND_MARKERS = {"at least": "^", "at most": "v"}
LABEL = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
STATED = {"marker": "D", "color": "none", "edgecolor": "black", "linewidth": 1.4, "zorder": 5}


def drawable(figures: pd.Series) -> pd.DataFrame:
    """Columns ``value`` (float, NaN for a hole), ``low`` and ``high`` (text) of a series of quantities."""
    def row(figure: Quantity | Missing | float) -> tuple[float, str, str]:
        if not isinstance(figure, Quantity):
            return float("nan"), "", ""
        ends = figure.interval.low, figure.interval.high
        return (float(figure), *("" if end is None else f"{float(end):.10g}" for end in ends))

    return pd.DataFrame([row(figure) for figure in figures], columns=["value", "low", "high"], index=figures.index)


def panel(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of one panel of :func:`series`: a line a column of ``frame``, holes open, bounds named."""
    lines = [drawable(frame[column]).assign(series=column, kind=frame[column].map(_kind)) for column in frame]
    return pd.concat(lines).rename_axis("period").reset_index().astype({"period": str}).assign(panel=name)


def _kind(figure: Quantity | Missing) -> str:
    if isinstance(figure, Missing) or None not in (figure.interval.low, figure.interval.high):
        return "official"
    return "at least" if figure.interval.high is None else "at most"


@drawing
def series(frame: pd.DataFrame, *, ylabels: dict[str, str], **texts: str) -> Figure:
    """Lines over time, one panel above another, broken where an observation is missing.

    ``frame`` has the columns panel, series, period (text such as 2019-03), value (float, NaN for a hole) and kind
    ("official", "at least", "at most" or "stated"). A bound is a hollow mark that no line runs through. ``texts`` are
    name, title, alt and source.
    """
    panels = list(dict.fromkeys(frame["panel"]))
    order = sorted(frame["period"].unique())
    placed = frame.assign(place=frame["period"].map(order.index))
    figure = canvas(7.6, 2.7 * len(panels) + 0.6)
    with style():
        axes = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
        crowded = sum(map(len, order)) > 44
        axes[-1].set_xticks(range(len(order)), order, rotation=45 if crowded else 0, ha="right" if crowded else "center")
        axes[-1].set_xlim(-0.4, len(order) - 0.6)
        for axis, panel in zip(axes, panels, strict=True):
            axis.set_ylabel(ylabels[panel])
            _panel(axis, placed[placed["panel"] == panel])
            axis.set_xlabel("")
        finish(figure, texts["title"])
    return Figure(figure, data=frame, **texts)


def _panel(axis: Axes, frame: pd.DataFrame) -> None:
    published = frame[frame["kind"] != "stated"]
    looks = dict(zip(published["series"].unique(), zip(LINE_COLOURS, LINE_MARKERS, strict=True), strict=False))
    colours, markers = ({name: look[n] for name, look in looks.items()} for n in (0, 1))
    exact = published[(published["kind"] == "official") & published["value"].notna()].sort_values("place")
    unbroken = exact["place"] - exact.groupby("series").cumcount()  # the same along neighbours, so a line ends at a hole
    if len(exact):  # seaborn warns of colours for nothing
        sns.lineplot(exact, x="place", y="value", hue="series", style="series", units=unbroken, estimator=None, ax=axis,
                     palette=colours, markers=markers, dashes=False, legend=False, linewidth=1.8, markersize=7)  # fmt: skip
    bounds = published[published["kind"].isin(BOUND_MARKERS) & published["value"].notna()]
    _bounds(axis, bounds, colours)
    stated = frame[frame["kind"] == "stated"]
    if len(stated):  # nothing is not free
        sns.scatterplot(stated, x="place", y="value", s=95, ax=axis, **STATED)
    for place, value in zip(stated["place"], stated["value"], strict=True):
        axis.annotate(f"{value:g} stated", (place, value), (6 if place == 0 else -1, 9), textcoords="offset points",
                      ha="left" if place == 0 else "right", fontsize=8.5)  # fmt: skip
    low, high = axis.get_ylim()
    axis.set_ylim(low - (0.1 * (high - low) if "at least" in set(bounds["kind"]) else 0), high + 0.12 * (high - low))
    keys = {name: {"marker": BOUND_MARKERS[kind], "color": colours[name], "markerfacecolor": "white"}
            for name, kind in zip(bounds["series"], bounds["kind"], strict=True)}  # fmt: skip
    keys |= {name: {"marker": markers[name], "color": colours[name], "markeredgecolor": "white"} for name in exact["series"]}
    _names(axis, published, keys)


def _bounds(axis: Axes, bounds: pd.DataFrame, colours: dict[str, str]) -> None:
    """Hollow marks that point to where the figure may be, with the bound in words."""
    for _, row in bounds.iterrows():
        spot, colour = (row["place"], row["value"]), colours[row["series"]]
        axis.plot(*spot, marker=BOUND_MARKERS[row["kind"]], color=colour, markerfacecolor="white", markersize=7, zorder=4)
        up = row["kind"] == "at least"  # the words stand where the figure cannot be, so no line runs there
        axis.annotate(f"{row['kind']} {row['value']:g}", spot, (0, -8 if up else 8), textcoords="offset points", ha="center",
                      va="top" if up else "bottom", fontsize=8.5, color=colour, bbox=LABEL)  # fmt: skip


def _names(axis: Axes, published: pd.DataFrame, keys: dict[str, dict[str, str]]) -> None:
    """The name of each line in the margin, at the height of its last figure, after its mark where there are several."""
    last = published.dropna(subset="value").sort_values("place").groupby("series", sort=False)["value"].last()
    beside, several = axis.get_yaxis_transform(), len(keys) > 1
    for name, y in _apart(last, 0.085 * float(np.ptp(axis.get_ylim()))).items():
        if several:
            axis.plot(1.015, y, **keys[name], markersize=7, transform=beside, clip_on=False)
        axis.annotate(str(name), (1, y), (14 if several else 3, 0), xycoords=beside, textcoords="offset points", va="center",
                      color=keys[name]["color"])  # fmt: skip


def _apart(ends: pd.Series, least: float) -> pd.Series:
    """Heights of the names of lines, moved apart where they would overlap."""
    ranked = ends.sort_values()
    steps = least * np.arange(len(ranked))
    bare = ranked - steps
    return (bare.cummax() + bare[::-1].cummin()[::-1]) / 2 + steps


def _categories(axis: Axes, frame: pd.DataFrame, xlabel: str) -> None:
    """A row for each label of a frame, the first on top."""
    axis.set_yticks(range(len(frame)), frame["label"])
    axis.set_ylim(len(frame) - 0.4, -0.7)
    axis.grid(axis="y")
    axis.set(xlabel=xlabel, ylabel="")


@drawing
def dots(frame: pd.DataFrame, *, xlabel: str, **texts: str) -> Figure:
    """One row a category: the official value as a filled dot, the stated one as a hollow diamond, with their digits.

    ``frame`` has the columns label, official and stated (floats, NaN where there is none).
    """
    figure = canvas(7.2, 0.5 * len(frame) + 1.3)
    rows = range(len(frame))
    with style():
        axis = figure.subplots()
        axis.hlines(rows, frame["official"], frame["stated"], color=GREY, linewidth=1, linestyle=":")
        sns.stripplot(x=frame["official"].to_numpy(), y=rows, orient="y", jitter=False, ax=axis, color=BLUE, size=8, zorder=4)
        sns.stripplot(x=frame["stated"].to_numpy(), y=rows, orient="y", jitter=False, ax=axis, size=9.7, **STATED)
        axis.axvline(0, color="black", linewidth=0.8)
        axis.margins(x=0.12)
        axis.grid(axis="x")
        near = 0.1 * float(np.ptp(axis.get_xlim()))
        for y, official, stated in zip(rows, frame["official"], frame["stated"], strict=True):
            _number(axis, official, y, " = stated" if official == stated else "", 8)
            if official != stated:
                _number(axis, stated, y, " stated", -15 if abs(official - stated) < near else 8)
        _categories(axis, frame, xlabel)
        finish(figure, texts["title"])
    return Figure(figure, data=frame, **texts)


def _number(axis: Axes, value: float, y: int, word: str, above: int) -> None:
    """The digits of a point over or under its mark; of a hole there are none."""
    if value == value:
        axis.annotate(f"{value:g}{word}".replace("-", "\N{MINUS SIGN}"), (value, y), (0, above), textcoords="offset points",
                      ha="center", fontsize=8.5, bbox=LABEL)  # fmt: skip


@drawing
def strip(frame: pd.DataFrame, *, xlabel: str, limits: tuple[float, float], **texts: str) -> Figure:
    """Places of a figure of which only some points are stated: hollow diamonds, and empty places left empty.

    ``frame`` has the columns label, value (float, NaN where not stated) and text (the number as printed).
    """
    figure = canvas(7.2, 0.42 * len(frame) + 1.2)
    rows = range(len(frame))
    with style():
        axis = figure.subplots()
        sns.stripplot(x=frame["value"].to_numpy(), y=rows, orient="y", jitter=False, ax=axis, size=9.7, **STATED)
        for y, value, text in zip(rows, frame["value"], frame["text"], strict=True):
            hole = {"color": GREY, "style": "italic"} if value != value else {}
            axis.annotate(text, (limits[0] if hole else value, y), (10, 0), textcoords="offset points", va="center",
                          fontsize=9, bbox=LABEL, **hole)  # fmt: skip
        axis.set_xlim(*limits)
        _categories(axis, frame, xlabel)
        finish(figure, texts["title"])
    return Figure(figure, data=frame, **texts)


@drawing
def network(nodes: pd.DataFrame, edges: pd.DataFrame, **texts: str) -> Figure:
    """Boxes and arrows. ``nodes``: id, label, row, column; ``edges``: from, to, where (the sentence an arrow rests on)."""
    figure = canvas(7.6, 5.4)
    with style():
        axis = figure.subplots()
        axis.set_axis_off()
        place = {node["id"]: (node["column"] * 2.3, -node["row"] * 1.7) for _, node in nodes.iterrows()}
        box = {"boxstyle": "round,pad=0.5", "facecolor": "white", "edgecolor": "black", "linewidth": 1.2}
        drawn = {node["id"]: axis.text(*place[node["id"]], node["label"], ha="center", va="center", bbox=box, zorder=3)
                 for _, node in nodes.iterrows()}  # fmt: skip
        axis.set_xlim(-1.1, max(x for x, _ in place.values()) + 1.1)
        axis.set_ylim(min(y for _, y in place.values()) - 0.6, 0.5)
        # Boxes get their size when they are drawn, and an arrow ends at a box's edge.
        FigureCanvasAgg(figure).draw()
        for start, end in zip(edges["from"], edges["to"], strict=True):
            axis.annotate("", place[end], place[start], arrowprops={
                "arrowstyle": "-|>", "color": BLUE, "linewidth": 1.3, "mutation_scale": 14, "shrinkA": 2, "shrinkB": 4,
                "patchA": drawn[start].get_bbox_patch(), "patchB": drawn[end].get_bbox_patch()}, zorder=4)  # fmt: skip
        finish(figure, texts["title"])
    return Figure(figure, data=edges, **texts)


@drawing
def counts(frame: pd.DataFrame, *, xlabel: str, colours: dict[str, str], marks: dict[str, str], **texts: str) -> Figure:
    """Horizontal bars of how often each verdict occurs, with mark and number beside each bar.

    ``frame`` has the columns verdict and claims (integers).
    """
    figure = canvas(7.2, 0.42 * len(frame) + 1.0)
    with style():
        axis = figure.subplots()
        sns.barplot(frame, x="claims", y="verdict", hue="verdict", palette=colours, ax=axis, legend=False,
                    edgecolor="black", linewidth=0.8, saturation=1)  # fmt: skip
        for y, count in enumerate(frame["claims"]):
            axis.annotate(str(count), (count, y), (5, 0), textcoords="offset points", va="center")
        axis.set_yticks(range(len(frame)), [f"{marks[verdict]}  {verdict}" for verdict in frame["verdict"]])
        axis.set(xlabel=xlabel, ylabel="")
        axis.grid(axis="x")
        axis.margins(x=0.1)
        finish(figure, texts["title"])
    return Figure(figure, data=frame, **texts)


@drawing
def cells(frame: pd.DataFrame, *, colours: dict[str, str], marks: dict[str, str], **texts: Any) -> Figure:
    """Every number of a text as one cell, in reading order, a row a section, marked and coloured by verdict.

    ``frame`` has the columns section, text and verdict ("" for a number that is exempt).
    """
    placed = frame.assign(place=frame.groupby("section").cumcount())
    grid = placed.pivot(index="section", columns="place", values="verdict")  # a row that ends earlier is filled with holes
    grid = grid.reindex(frame["section"].unique()).rename(index=str).rename_axis(columns=None)
    code = grid.map({verdict: n for n, verdict in enumerate(("", *colours))}.get).astype(float)
    figure = canvas(max(7.6, 0.24 * grid.shape[1] + 1.2), 0.34 * len(grid) + 1.5)
    with style():
        axis = figure.subplots()
        for here, ink in ((code == 0, "#999999"), (code > 0, "black")):  # the judged last, so their edges lie on top
            sns.heatmap(code, mask=~here, cmap=["white", *colours.values()], vmin=-0.5, vmax=len(colours) + 0.5, cbar=False, ax=axis,
                        annot=grid.map(lambda verdict: marks.get(verdict, "·")), fmt="", annot_kws={"color": ink},
                        xticklabels=False, linewidths=0.8, clip_on=False)  # fmt: skip
            axis.collections[-1].set_edgecolor([ink if one else "none" for one in here.to_numpy().flat])
        axis.grid(visible=False)
        axis.tick_params(axis="y", rotation=0, length=0)
        axis.set(xlabel="", ylabel="section")
        key = [f"{mark} {verdict}" for verdict, mark in marks.items()] + ["· no claim (dates, names, labels)"]
        half = len(key) // 2
        axis.text(0, -0.06, "    ".join(key[:half]) + "\n" + "    ".join(key[half:]), transform=axis.transAxes, va="top", fontsize=9)
        finish(figure, texts["title"])
    return Figure(figure, data=frame, **texts)
