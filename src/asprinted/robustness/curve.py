"""The figure of a sweep, in the manner of a specification curve: what comes out above, what was chosen below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from asprinted.charts.figure import BLUE, GREY, SMALL, VERMILION, Figure, canvas, finish, style
from asprinted.charts.undrawn import drawing
from asprinted.robustness import sweep


@drawing
def curve(
    frame: pd.DataFrame, choices: Mapping[str, Sequence[Any]], *, ylabel: str, count: int, **texts: str
) -> Figure:
    """One column a specification, in the order of the rows.

    Args:
        frame: a column for each parameter, ``holds`` (how many results are as usual) and ``default`` (bool, one row).
        choices: the values of each parameter, in the order of the panels below.
        ylabel, count: the name of the upper axis, and how many results there are.
        texts: name, title, alt and source.
    """
    values = sum(len(listed) for listed in choices.values())
    figure = canvas(height=2.9 + 0.22 * values)
    with style():
        heights = [2.2, *(0.22 * len(listed) for listed in choices.values())]
        upper, *lower = figure.subplots(len(choices) + 1, 1, sharex=True, gridspec_kw={"height_ratios": heights})
        _results(upper, frame, ylabel, count)
        for axis, (name, listed) in zip(lower, choices.items(), strict=True):
            _made(axis, frame, name, listed)
        lower[-1].set_xlabel(f"the {len(frame)} combinations, those that change least first")
        finish(figure, texts)
    return Figure(figure, data=frame, **texts)


@drawing
def of_sweep(table: pd.DataFrame, listed: Mapping[str, Sequence[Any]]) -> Figure:
    """The curve of a table of :func:`sweep.tidy`: how many claims keep their verdict.

    ``listed``: the values of each parameter, the usual one first.
    """
    frame = sweep.specifications(table, listed)
    claims, fewest = table["claim"].nunique(), int(frame["holds"].min())
    kept = int((frame["holds"] == claims).sum())
    title = f"Of {len(frame)} combinations of choices {kept} change no verdict; the others leave at least {fewest} of {claims}"
    return curve(
        frame, listed, ylabel="claims that keep their verdict", count=claims, name="specification-curve",
        title=title,
        alt=f"Of {len(frame)} combinations of choices, {kept} leave every one of the {claims} verdicts as it is; the "
        f"one that changes most leaves {fewest}. Below, a mark for each choice that a combination makes.",
        source="the notebooks of this repository, evaluated under each combination",
    )


def _results(axis: Axes, frame: pd.DataFrame, ylabel: str, count: int) -> None:
    usual = frame[frame["default"]]
    axis.set_title(ylabel)
    axis.set_ylim(0, 1.1 * count)
    sns.scatterplot(frame[~frame["default"]]["holds"], ax=axis, color=BLUE, s=12, linewidth=0)
    sns.scatterplot(usual["holds"], ax=axis, color=VERMILION, marker="D", s=42, linewidth=0, zorder=4)
    axis.set_ylabel("")
    axis.annotate("usual choices (bold below)", (usual.index[0], usual["holds"].iloc[0]), (0, -15),
                  textcoords="offset points", color=VERMILION, fontsize=SMALL)


def _made(axis: Axes, frame: pd.DataFrame, name: str, listed: Sequence[Any]) -> None:
    axis.set_ylabel(name.replace("_", "\n"), rotation=0, ha="right", va="center", fontsize=SMALL)
    axis.yaxis.set_label_coords(-0.22, 0.5)
    axis.set_yticks(range(len(listed)), [str(value) for value in listed], fontsize=9)
    axis.get_yticklabels()[0].set_fontweight("bold")
    axis.set_ylim(len(listed) - 0.4, -0.6)
    place = frame[name].map(list(listed).index)
    for made, colour in ((place == 0, VERMILION), (place > 0, GREY)):
        sns.scatterplot(place[made], ax=axis, color=colour, marker="|", s=26, linewidth=1)
    axis.grid(visible=False)
    axis.spines["left"].set_visible(False)
    axis.tick_params(axis="y", length=0)
