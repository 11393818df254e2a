"""The shapes of figures that the notebooks draw, each from one tidy frame. Labels come from the frame, never from here.

A recomputed or published value is a filled mark, a value that the paper only states is a hollow diamond, and a place
for which nothing is known stays visibly empty.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers.figures import BLUE, GREEN, GREY, VERMILION, Figure, canvas, style
from helpers.quantity import Missing, Quantity

LINE_COLOURS = (BLUE, VERMILION, GREEN, GREY)
LINE_MARKERS = ("o", "s", "^", "v")
BOUND_MARKERS = {"at least": "^", "at most": "v"}
LABEL = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
STATED = {"marker": "D", "s": 95, "facecolor": "none", "edgecolor": "black", "linewidth": 1.4, "zorder": 5}


def drawable(figures: pd.Series) -> pd.DataFrame:
    """Columns ``value`` (float, NaN for a hole), ``low`` and ``high`` (text) of a series of quantities."""
    def row(figure: Quantity | Missing | float) -> tuple[float, str, str]:
        if not isinstance(figure, Quantity):
            return float("nan"), "", ""
        ends = figure.interval.low, figure.interval.high
        return (float(figure), *("" if end is None else f"{float(end):.10g}" for end in ends))

    return pd.DataFrame([row(figure) for figure in figures], columns=["value", "low", "high"], index=figures.index)


def series(frame: pd.DataFrame, *, ylabels: dict[str, str], **texts: str) -> Figure:
    """Lines over time, one panel above another, broken where an observation is missing.

    ``frame`` has the columns panel, series, period (text such as 2019-03), value (float, NaN for a hole) and kind
    ("official", "at least", "at most" or "stated"). A bound is a hollow mark that no line runs through. ``texts`` are
    name, title, alt and source.
    """
    panels = list(dict.fromkeys(frame["panel"]))
    figure = canvas(7.6, 2.7 * len(panels) + 0.6)
    with style():
        axes = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
        order = sorted(frame["period"].unique())
        for axis, panel in zip(axes, panels, strict=True):
            _panel(axis, frame[frame["panel"] == panel], order, ylabels[panel])
        axes[-1].set_xticks(range(len(order)), order, rotation=45, ha="right")
        _title(figure, texts["title"])
        figure.tight_layout()
    return Figure(figure, data=frame, **texts)


def _panel(axis: Axes, frame: pd.DataFrame, order: list[str], ylabel: str) -> None:
    place = {period: x for x, period in enumerate(order)}
    published = frame[frame["kind"] != "stated"]
    lines: dict[str, pd.Series] = {}
    for number, (name, group) in enumerate(published.groupby("series", sort=False)):
        rows = group.set_index("period").reindex(order)
        exact = rows["value"].where(rows["kind"] == "official")
        colour, marker = LINE_COLOURS[number], LINE_MARKERS[number]
        axis.plot(range(len(order)), exact, color=colour, marker=marker, linewidth=1.8, markersize=5)
        _bounds(axis, rows[rows["kind"].isin(BOUND_MARKERS)], place, colour)
        if rows["value"].notna().any():  # a series of which the run accepts no figure has no end to write its name at
            lines[name] = rows["value"]
    stated = frame[frame["kind"] == "stated"]
    axis.scatter(stated["period"].map(place), stated["value"], **STATED)
    for _, point in stated.iterrows():
        first = place[point["period"]] == 0
        axis.annotate(f"{point['value']:g} stated", (place[point["period"]], point["value"]), (6 if first else 0, 9),
                      textcoords="offset points", ha="left" if first else "center", fontsize=8, bbox=LABEL)
    axis.set_ylabel(ylabel)
    axis.set_xlim(-0.4, 1.34 * len(order) - 0.6)
    low, high = axis.get_ylim()
    axis.set_ylim(low - (0.1 * (high - low) if published["kind"].eq("at least").any() else 0), high + 0.12 * (high - low))
    ends = _apart({name: line[line.last_valid_index()] for name, line in lines.items()}, 0.085 * (high - low))
    names = published["series"].unique()
    for name, y in ends.items():
        end = str(lines[name].last_valid_index())
        aside = 13 if end in set(stated["period"]) else 8  # clear of a diamond around the mark
        axis.annotate(str(name), (place[end], y), (aside, 0), textcoords="offset points",
                      va="center", color=LINE_COLOURS[list(names).index(name)], bbox=LABEL)


def _bounds(axis: Axes, rows: pd.DataFrame, place: dict[str, int], colour: str) -> None:
    """Hollow marks that point to where the figure may be, with the bound in words."""
    for period, row in rows[rows["value"].notna()].iterrows():
        spot = (place[str(period)], row["value"])
        marker = BOUND_MARKERS[row["kind"]]
        axis.plot(*spot, marker=marker, color=colour, markerfacecolor="white", markersize=7, zorder=4)
        up = row["kind"] == "at least"  # the words stand where the figure cannot be, so no line runs there
        axis.annotate(f"{row['kind']} {row['value']:g}", spot, (0, -8 if up else 8), textcoords="offset points", ha="center",
                      va="top" if up else "bottom", fontsize=8, color=colour, bbox=LABEL)


def _apart(ends: dict[str, float], least: float) -> dict[str, float]:
    """Heights of the labels at the ends of lines, moved apart where they would overlap."""
    ranked = sorted(ends.items(), key=lambda item: item[1])
    for lower, upper in zip(range(len(ranked)), range(1, len(ranked)), strict=False):
        missing = least - (ranked[upper][1] - ranked[lower][1])
        if missing > 0:
            ranked[lower] = (ranked[lower][0], ranked[lower][1] - missing / 2)
            ranked[upper] = (ranked[upper][0], ranked[upper][1] + missing / 2)
    moved = dict(ranked)
    return {name: moved[name] for name in ends}


def _title(figure: Any, text: str) -> None:
    figure.suptitle(text, x=0.015, ha="left", fontsize=11)


def dots(frame: pd.DataFrame, *, xlabel: str, **texts: str) -> Figure:
    """One row a category: the official value as a filled dot, the stated one as a hollow diamond, with their digits.

    ``frame`` has the columns label, official and stated (floats, NaN where there is none).
    """
    figure = canvas(7.2, 0.5 * len(frame) + 1.3)
    with style():
        axis = figure.subplots()
        rows = range(len(frame))[::-1]
        axis.hlines(rows, frame["official"], frame["stated"], color=GREY, linewidth=1, linestyle=":")
        sns.scatterplot(x=frame["official"].to_numpy(), y=list(rows), ax=axis, color=BLUE, s=60, zorder=4)
        axis.scatter(frame["stated"], rows, **STATED)
        for y, (_, row) in zip(rows, frame.iterrows(), strict=True):
            same = row["official"] == row["stated"]
            for value, word, below in ((row["official"], "", False), (row["stated"], " stated", not same)):
                if value == value and not (word and same):
                    text = f"{value:g}{' = stated' if same else word}"
                    axis.annotate(text, (value, y), (0, -15 if below and abs(row["official"] - value) < 1 else 8),
                                  textcoords="offset points", ha="center", fontsize=8)
        axis.axvline(0, color="black", linewidth=0.8)
        axis.set_yticks(list(rows), frame["label"])
        axis.set_ylim(-0.6, len(frame) - 0.3)
        axis.grid(axis="x")
        axis.margins(x=0.12)
        axis.set_xlabel(xlabel)
        _title(figure, texts["title"])
        figure.tight_layout()
    return Figure(figure, data=frame, **texts)


def strip(frame: pd.DataFrame, *, xlabel: str, limits: tuple[float, float], **texts: str) -> Figure:
    """Places of a figure of which only some points are stated: hollow diamonds, and empty places left empty.

    ``frame`` has the columns label, value (float, NaN where not stated) and text (the number as printed).
    """
    figure = canvas(7.2, 0.42 * len(frame) + 1.2)
    with style():
        axis = figure.subplots()
        rows = range(len(frame))[::-1]
        for y, (_, row) in zip(rows, frame.iterrows(), strict=True):
            if row["value"] != row["value"]:
                axis.text(limits[0] + 0.02 * (limits[1] - limits[0]), y, row["text"], va="center", color=GREY, style="italic", fontsize=8.5)
                continue
            axis.scatter([row["value"]], [y], **STATED)
            axis.annotate(row["text"], (row["value"], y), (10, 0), textcoords="offset points", va="center", fontsize=9)
        axis.hlines(list(rows), *limits, color="#dddddd", linewidth=0.8, zorder=0)
        axis.set_yticks(list(rows), frame["label"])
        axis.set_ylim(-0.7, len(frame) - 0.3)
        axis.set_xlim(*limits)
        axis.grid(visible=False)
        axis.set_xlabel(xlabel)
        _title(figure, texts["title"])
        figure.tight_layout()
    return Figure(figure, data=frame, **texts)


def network(nodes: pd.DataFrame, edges: pd.DataFrame, **texts: str) -> Figure:
    """Boxes and arrows. ``nodes``: id, label, row, column; ``edges``: from, to, where (the sentence an arrow rests on)."""
    figure = canvas(8.2, 6.4)
    with style():
        axis = figure.subplots()
        axis.set_axis_off()
        place = {node["id"]: (node["column"] * 2.3, -node["row"] * 1.7) for _, node in nodes.iterrows()}
        box = {"boxstyle": "round,pad=0.5", "facecolor": "white", "edgecolor": "black", "linewidth": 1.2}
        drawn = {}
        for _, node in nodes.iterrows():
            drawn[node["id"]] = axis.text(*place[node["id"]], node["label"], ha="center", va="center", fontsize=9, bbox=box, zorder=3)
        axis.set_xlim(-1.1, max(x for x, _ in place.values()) + 1.1)
        axis.set_ylim(min(y for _, y in place.values()) - 0.7, 0.6)
        # Boxes get their size when they are drawn, and an arrow ends at a box's edge.
        FigureCanvasAgg(figure).draw()
        for _, edge in edges.iterrows():
            start, end = place[edge["from"]], place[edge["to"]]
            axis.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": BLUE, "linewidth": 1.3,
                                                      "patchA": drawn[edge["from"]].get_bbox_patch(),
                                                      "patchB": drawn[edge["to"]].get_bbox_patch(),
                                                      "shrinkA": 2, "shrinkB": 4, "mutation_scale": 14}, zorder=4)  # fmt: skip
        _title(figure, texts["title"])
    return Figure(figure, data=edges, **texts)


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
        axis.set_xlabel(xlabel)
        axis.set_ylabel("")
        axis.grid(axis="x")
        axis.grid(visible=False, axis="y")
        axis.margins(x=0.1)
        _title(figure, texts["title"])
        figure.tight_layout()
    return Figure(figure, data=frame, **texts)


def cells(frame: pd.DataFrame, *, colours: dict[str, str], marks: dict[str, str], **texts: Any) -> Figure:
    """Every number of a text as one cell, in reading order, a row a section, marked and coloured by verdict.

    ``frame`` has the columns section, text and verdict ("" for a number that is exempt).
    """
    groups = list(frame.groupby("section", sort=False))
    width = max(len(group) for _, group in groups)
    figure = canvas(max(7.6, 0.24 * width + 1.2), 0.34 * len(groups) + 1.5)
    with style():
        axis = figure.subplots()
        for y, (_, group) in enumerate(groups):
            for x, verdict in enumerate(group["verdict"]):
                axis.add_patch(_cell(x, y, colours.get(verdict, "white"), bool(verdict)))
                axis.text(x, y, marks.get(verdict, "·"), ha="center", va="center", fontsize=9,
                          color="black" if verdict else "#888888")
        axis.set_xlim(-0.7, width - 0.3)
        axis.set_ylim(len(groups) - 0.4, -0.6)
        axis.set_yticks(range(len(groups)), [str(section) for section, _ in groups])
        axis.set_ylabel("section")
        axis.set_xticks([])
        axis.grid(visible=False)
        for side in axis.spines.values():
            side.set_visible(False)
        _title(figure, texts["title"])
        key = "    ".join([f"{marks[v]} {v}" for v in colours] + ["· no claim (dates, names, labels)"])
        half = len(colours) // 2 + 1
        parts = key.split("    ")
        axis.text(0, -0.06, "    ".join(parts[:half]) + "\n" + "    ".join(parts[half:]), transform=axis.transAxes,
                  va="top", fontsize=8.5)
        figure.tight_layout()
    return Figure(figure, data=frame, **texts)


def _cell(x: int, y: int, colour: str, judged: bool) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.44, y - 0.42), 0.88, 0.84, facecolor=colour,
                     edgecolor="black" if judged else "#cccccc", linewidth=0.8)  # fmt: skip


VERDICT_COLOURS = {
    "reproduced": "#9ecae1", "consistent": "#d6e8f5", "contradicted": "#e8743b", "misattributed": "#f2a65e",
    "inconsistent": "#f6cf9b", "ambiguous": "#e4e4e4", "not checkable": "#ffffff",
}  # fmt: skip
