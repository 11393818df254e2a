"""The kinds of figure that the notebooks draw, each from one tidy frame. Words and numbers come from the frame, never from here.

seaborn draws lines, points, bars and cells. What it has no function for is drawn here: the open end of a bound, arrows,
and boxes. A published value is a filled mark, a value that the paper states is a hollow diamond, one that follows from a
stated value a hollow circle, a bound a hollow triangle; a key says so in the picture. Heights begin at zero.
"""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from asprinted.charts.figure import BLUE, GREEN, GREY, SMALL, VERMILION, Figure, canvas, finish, measured, style
from asprinted.charts.undrawn import drawing
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.verdicts.vocabulary import VERDICTS

LINE_COLOURS = (BLUE, VERMILION, GREEN, GREY)
LOOKS = [  # of lines: one that lies on a wider one hides nothing, nor does a mark on a larger one
    {"color": colour, "marker": marker, "linewidth": width, "markersize": size, "markeredgecolor": "white"}
    for colour, marker, width, size in zip(LINE_COLOURS, "osPX", (3.2, 1.6, 1.6, 1.6), (9, 6, 9, 9), strict=True)
]
SIGNS = {"more than": ">", "at least": "\N{GREATER-THAN OR EQUAL TO}", "less than": "<", "at most": "\N{LESS-THAN OR EQUAL TO}"}
VALUE_MARKS = {  # of kinds of value: what the key calls them, and how they look
    "stated": ("stated in the paper",
               {"marker": "D", "color": "black", "markersize": 9, "markeredgewidth": 1.4, "markerfacecolor": "none"}),
    "implied": ("what would follow", {"marker": "o", "color": "black", "markersize": 7, "markeredgewidth": 1.4}),
    **{kind: (kind, {"marker": "^" if kind in ("more than", "at least") else "v", "color": GREY, "markersize": 7}) for kind in SIGNS},
}
HOLLOW = {"markerfacecolor": "white", "linestyle": "", "zorder": 4, "clip_on": False}
BOX = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
ROOM = 48  # characters that fit side by side under an axis
IN_A_ROW = 15  # cells of a line, so that each is wide enough on a telephone


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
    if figure.interval.high is None:
        return "at least" if figure.interval.low_closed else "more than"
    return "at most" if figure.interval.high_closed else "less than"


def _digits(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _write(axis: Axes, words: str, spot: tuple[float, float], offset: tuple[float, float] = (0, 0), **look: Any) -> None:
    """Words beside a mark, so many points away from it, on white: no line runs through them."""
    axis.annotate(words, spot, offset, textcoords="offset points", **{"fontsize": SMALL, "bbox": BOX, "ha": "center", "zorder": 6} | look)


def _mark(axis: Axes, kind: str, spot: tuple[float, float], **look: Any) -> None:
    axis.plot(*spot, **HOLLOW | VALUE_MARKS[kind][1] | look)


def _key(kind: str, **look: Any) -> Artist:
    return Line2D([], [], **{"label": VALUE_MARKS[kind][0]} | HOLLOW | VALUE_MARKS[kind][1] | look)


def _only_kind(rows: pd.DataFrame) -> str:
    """The kind of all values of a series, or "" where it has several."""
    return str(rows["kind"].iloc[0]) if rows["kind"].nunique() == 1 else ""


@drawing
def series(frame: pd.DataFrame, *, ylabels: dict[str, str], **texts: str) -> Figure:
    """Lines over time, one panel above another, broken where an observation is missing.

    ``frame`` has the columns panel, series, period, value (float, NaN for a hole) and kind ("official" or a key of
    :data:`VALUE_MARKS`). Periods are text in the order of the alphabet, or an ordered categorical. A series looks the same in
    all panels. The series of an implied value says why it follows; an arrow leads there from what is stated at that place.
    ``ylabels`` has the quantity and unit of each panel; ``texts`` are name, title, alt and source.
    """
    panels, order = list(dict.fromkeys(frame["panel"])), list(frame["period"].sort_values().unique())
    placed = frame.assign(place=[order.index(period) for period in frame["period"]])
    looks = dict(zip(frame.loc[~frame["kind"].isin(["stated", "implied"]), "series"].unique(), LOOKS, strict=False))
    figure = canvas(height=2.0 * len(panels) + 0.6)
    with style():
        axes = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
        _periods(axes[-1], order)
        for axis, panel in zip(axes, panels, strict=True):
            _panel(axis, placed[placed["panel"] == panel], looks)
            axis.set_title(fill(ylabels[panel], 58))
        shown = frame[frame["value"].notna()]
        key = [_key(kind, label=name, color=look["color"]) if kind in SIGNS else Line2D([], [], label=name, **look)
               for name, look in looks.items() for kind in [_only_kind(shown[shown["series"] == name])]]
        key += [_key(kind) for kind in VALUE_MARKS if kind in set(shown["kind"])]
        finish(figure, texts, key if len(key) > len(panels) else ())
    return Figure(figure, data=measured(frame, ylabels), **texts)


def _periods(axis: Axes, order: list[str]) -> None:
    """The periods under the lowest panel: flat, broken into short lines where they are long, every second where they are many."""
    long = sum(map(len, order)) > ROOM
    labels = [period.replace("\N{EN DASH}", "\N{EN DASH}\n").replace(" ", "\n") if long else period for period in order]
    every = 2 if sum(max(map(len, label.split("\n"))) for label in labels) > ROOM else 1
    axis.set_xticks(range(0, len(order), every), labels[::every])
    axis.set_xlim(-0.5, len(order) - 0.5)


def _panel(axis: Axes, frame: pd.DataFrame, looks: dict[str, dict[str, Any]]) -> None:
    frame = frame[frame["value"].notna()].sort_values("place", kind="stable")
    for name, rows in frame[frame["kind"] == "official"].groupby("series", sort=False):
        unbroken = rows["place"] - np.arange(len(rows))  # the same along neighbours, so a line ends at a hole
        sns.lineplot(x=rows["place"], y=rows["value"], units=unbroken, estimator=None, ax=axis, **looks[name])
    for _, row in frame[frame["kind"] != "official"].iterrows():
        spot, kind = (row["place"], row["value"]), row["kind"]
        colour = looks[row["series"]]["color"] if row["series"] in looks and kind != "stated" else "black"
        _mark(axis, kind, spot, color=colour)
        if kind == "stated":
            _write(axis, _digits(row["value"]), spot, (11, 7) if row["place"] == 0 else (-11, 7))
        elif kind == "implied":
            stated = frame[(frame["kind"] == "stated") & (frame["place"] == row["place"])]["value"].iloc[0]
            axis.annotate("", spot, (row["place"], stated), zorder=5,
                          arrowprops={"arrowstyle": "-|>", "color": "black", "mutation_scale": 12, "shrinkA": 7, "shrinkB": 5})
            _write(axis, f"{_digits(row['value'])} {row['series']}", spot, (8, -2), ha="left", va="bottom")
        else:  # the words stand where the figure cannot be, so no line runs there; or above the axis where that is near
            above = kind in ("less than", "at most") or row["value"] < 0.2 * frame["value"].max()
            _write(axis, SIGNS[kind] + _digits(row["value"]), spot, (0, 8 if above else -8), va="bottom" if above else "top", color=colour)
    low, high = axis.get_ylim()
    if frame["value"].min() < 0:
        axis.axhline(0, color="black", linewidth=0.8)
    axis.set_ylim(low if frame["value"].min() < 0 else 0, high + 0.1 * (high - low))
    axis.set(xlabel="", ylabel="")


@drawing
def dots(
    frame: pd.DataFrame, *, xlabel: str, neutral: float = 0, limits: tuple[float, float] | None = None, **texts: str
) -> Figure:
    """One row a category: the published value as a filled dot, the stated one as a hollow diamond, with their digits.

    ``frame`` has the columns label, official and stated (floats, NaN where there is none). ``neutral`` is the value that
    parts good from bad and is marked by a line; ``limits`` are the ends of the scale, where it has any.
    """
    figure = canvas(height=0.5 * len(frame) + 1.0)
    rows = range(len(frame))
    with style():
        axis = figure.subplots()
        axis.axvline(neutral, color="black", linewidth=0.8)
        axis.hlines(rows, frame["official"], frame["stated"], color=GREY, linewidth=1, linestyle=":")
        sns.stripplot(x=frame["official"].to_numpy(), y=rows, orient="y", jitter=False, ax=axis, color=BLUE, size=8, zorder=5)
        for y, (_, row) in zip(rows, frame.iterrows(), strict=True):
            _row(axis, y, row["official"], row["stated"], neutral)
        axis.margins(x=0.14)
        if limits:
            axis.set_xlim(*limits)
        axis.set_yticks(rows, frame["label"])
        axis.set_ylim(len(frame) - 0.4, -0.7)
        axis.grid(visible=False)
        axis.set_xlabel(fill(xlabel, 50), loc="right")
        axis.set_ylabel("")
        published = Line2D([], [], label="published", color=BLUE, marker="o", markersize=8, linestyle="")
        finish(figure, texts, [published] * bool(frame["official"].notna().any()) + [_key("stated")] * bool(frame["stated"].notna().any()))
    return Figure(figure, data=measured(frame, xlabel), **texts)


def _row(axis: Axes, y: int, official: float, stated: float, neutral: float) -> None:
    """The diamond of a row, and its numbers; how far two are apart stands between them."""
    if stated == stated:
        _mark(axis, "stated", (stated, y))
    for value in dict.fromkeys((official, stated)):
        if value == value:
            _write(axis, _digits(value), (value, y), (0, 10))
    if official != stated and official == official and stated == stated:
        _write(axis, f"{_digits(abs(round(stated - official, 10)))} apart", ((official + stated) / 2, y), va="center")
    if official != official and stated != stated:
        _write(axis, "not stated", (neutral, y), (5, 0), ha="left", va="center", color=GREY, style="italic")


@drawing
def bars(frame: pd.DataFrame, *, ylabel: str, **texts: str) -> Figure:
    """Vertical bars with their numbers, from zero: side by side where a label has several groups.

    ``frame`` has the columns label, group and value (float, NaN where there is none).
    """
    groups = dict(zip(frame["group"].unique(), LINE_COLOURS, strict=False))
    figure = canvas(height=3.3)
    with style():
        axis = figure.subplots()
        sns.barplot(frame, x="label", y="value", hue="group", palette=groups, saturation=1, errorbar=None, legend=False, ax=axis)
        for drawn in axis.containers:
            axis.bar_label(drawn, fmt=lambda value: _digits(round(value, 10)), padding=2, fontsize=SMALL)
        axis.axhline(0, color="black", linewidth=0.8)
        axis.margins(y=0.12)
        axis.set_title(fill(ylabel, 58))
        axis.set(xlabel="", ylabel="")
        finish(figure, texts, [Patch(color=colour, label=name) for name, colour in groups.items()] if len(groups) > 1 else ())
    return Figure(figure, data=measured(frame, ylabel), **texts)


@drawing
def network(nodes: pd.DataFrame, edges: pd.DataFrame, **texts: str) -> Figure:
    """Boxes and arrows. ``nodes``: id, label, row, column; ``edges``: from, to, verb (beside the arrow), where (its sentence)."""
    figure = canvas(height=5.2)
    with style():
        axis = figure.subplots()
        axis.set_axis_off()
        place = {node["id"]: (node["column"], -node["row"]) for _, node in nodes.iterrows()}
        box = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": "black", "linewidth": 1.2}
        drawn = {node["id"]: axis.text(*place[node["id"]], node["label"], ha="center", va="center", fontsize=9, bbox=box, zorder=5)
                 for _, node in nodes.iterrows()}
        axis.set_xlim(-0.5, max(x for x, _ in place.values()) + 0.5)
        axis.set_ylim(min(y for _, y in place.values()) - 0.3, 0.2)
        out = edges["from"].value_counts()  # a verb stands where arrows that begin or end together are apart
        finish(figure, texts)
        figure.draw_without_rendering()  # boxes get their size when they are drawn, and an arrow ends at a box's edge
        for _, edge in edges.iterrows():
            (x0, y0), (x1, y1) = place[edge["from"]], place[edge["to"]]
            axis.annotate("", (x1, y1), (x0, y0), arrowprops={
                "arrowstyle": "-|>", "color": BLUE, "linewidth": 1.3, "mutation_scale": 12, "shrinkA": 1, "shrinkB": 2,
                "patchA": drawn[edge["from"]].get_bbox_patch(), "patchB": drawn[edge["to"]].get_bbox_patch()}, zorder=4)
            way = 0.62 if out[edge["from"]] > 1 else 0.38
            _write(axis, edge["verb"], (x0 + way * (x1 - x0), y0 + way * (y1 - y0)), va="center", fontsize=9, color=BLUE)
    return Figure(figure, data=edges, **texts)


@drawing
def counts(frame: pd.DataFrame, *, xlabel: str, colours: dict[str, str], marks: dict[str, str], **texts: str) -> Figure:
    """Horizontal bars of how often each verdict occurs, with mark and number beside each bar.

    ``frame`` has the columns verdict and claims (integers). A white bar is hatched: empty paper is no bar.
    """
    figure = canvas(height=0.36 * len(frame) + 0.7)
    with style():
        axis = figure.subplots()
        sns.barplot(frame, x="claims", y="verdict", hue="verdict", palette=colours, ax=axis, legend=False,
                    edgecolor="black", linewidth=0.8, saturation=1)
        for bar in axis.patches:
            bar.set_hatch("////" if bar.get_facecolor() == (1, 1, 1, 1) else "")
        for y, count in enumerate(frame["claims"]):
            axis.annotate(str(count), (count, y), (5, 0), textcoords="offset points", va="center")
        axis.set_yticks(range(len(frame)), [f"{marks[verdict]}  {verdict}" for verdict in frame["verdict"]])
        axis.set(xlabel=xlabel, ylabel="")
        axis.grid(visible=False)
        axis.margins(x=0.1)
        finish(figure, texts)
    return Figure(figure, data=frame, **texts)


@drawing
def cells(frame: pd.DataFrame, *, colours: dict[str, str], marks: dict[str, str], **texts: Any) -> Figure:
    """Every number of a text as one cell, in reading order, section by section, marked and coloured by verdict.

    ``frame`` has the columns section, text and verdict ("" for a number that is exempt).
    """
    number = frame.groupby("section").cumcount()
    placed = frame.assign(line=number // IN_A_ROW, place=number % IN_A_ROW)
    grid = placed.pivot(index=["section", "line"], columns="place", values="verdict")  # a line that ends earlier is filled with holes
    grid = grid.reindex(placed.set_index(["section", "line"]).index.unique())
    code = grid.map({verdict: n for n, verdict in enumerate(("", *colours))}.get).astype(float)
    figure = canvas(height=0.28 * len(grid) + 1.4)
    with style():
        axis = figure.subplots()
        for here, ink in ((code == 0, "#999999"), (code > 0, "black")):  # the judged last, so their edges lie on top
            sns.heatmap(code, mask=~here, cmap=["white", *colours.values()], vmin=-0.5, vmax=len(colours) + 0.5, cbar=False, ax=axis,
                        annot=grid.map(lambda verdict: marks.get(verdict, "\N{MIDDLE DOT}")), fmt="", annot_kws={"color": ink},
                        xticklabels=False, linewidths=0.8, clip_on=False)
            axis.collections[-1].set_edgecolor([ink if one else "none" for one in here.to_numpy().flat])
        axis.grid(visible=False)
        axis.set_yticks([n + 0.5 for n in range(len(grid))], ["" if line else section for section, line in grid.index], rotation=0)
        axis.tick_params(axis="y", length=0)
        axis.set_title("section")
        axis.set(xlabel="", ylabel="")
        told = {*VERDICTS, *frame["verdict"]}
        key = [Patch(facecolor=colours[verdict], edgecolor="black", label=f"{mark}  {verdict}")
               for verdict, mark in marks.items() if verdict in told]
        key.append(Patch(facecolor="white", edgecolor="#999999", label="\N{MIDDLE DOT}  no claim (dates, labels)"))
        finish(figure, texts, key)
    return Figure(figure, data=frame, **texts)
