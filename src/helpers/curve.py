"""The figure of a sweep, in the manner of a specification curve: what comes out above, what was chosen below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from helpers import sweep
from helpers.figures import BLUE, GREY, VERMILION, Figure, canvas, style


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
    figure = canvas(8.6, 3.0 + 0.2 * values)
    with style():
        heights = [2.6, *(0.2 * len(listed) for listed in choices.values())]
        upper, *lower = figure.subplots(len(choices) + 1, 1, sharex=True, gridspec_kw={"height_ratios": heights})
        _results(upper, frame, ylabel, count)
        for axis, (name, listed) in zip(lower, choices.items(), strict=True):
            _made(axis, frame, name, listed)
        lower[-1].set_xlabel(f"the {len(frame)} specifications, ordered by how many verdicts they leave as they are")
        figure.suptitle(texts["title"], x=0.015, ha="left", fontsize=11)
        figure.tight_layout()
        figure.subplots_adjust(hspace=0.12)
    return Figure(figure, data=frame, **texts)


def of_sweep(table: pd.DataFrame, listed: Mapping[str, Sequence[Any]]) -> Figure:
    """The curve of a table of :func:`sweep.tidy`: how many claims keep their verdict.

    ``listed``: the values of each parameter, the usual one first.
    """
    frame = sweep.specifications(table, listed)
    claims, fewest = table["claim"].nunique(), int(frame["holds"].min())
    kept = int((frame["holds"] == claims).sum())
    return curve(
        frame, listed, ylabel="claims that keep their verdict", count=claims, name="specification-curve",
        title=f"What {len(frame)} combinations of choices leave of the verdicts on {claims} claims",
        alt=f"Of {len(frame)} combinations of choices, {kept} leave every one of the {claims} verdicts as it is; the "
        f"one that changes most leaves {fewest}. Below, a mark for each choice that a combination makes.",
        source="the notebooks of this repository, evaluated under each combination",
    )  # fmt: skip


def _results(axis: Axes, frame: pd.DataFrame, ylabel: str, count: int) -> None:
    usual = frame["default"].to_numpy()
    axis.scatter(frame.index[~usual], frame.loc[~usual, "holds"], color=BLUE, s=12)
    axis.scatter(frame.index[usual], frame.loc[usual, "holds"], color=VERMILION, marker="D", s=42, zorder=4)
    axis.annotate("usual choices", (frame.index[usual][0], frame.loc[usual, "holds"].iloc[0]), (0, 9),
                  textcoords="offset points", color=VERMILION, fontsize=9)  # fmt: skip
    axis.set_ylim(0, 1.2 * count)
    axis.set_ylabel(ylabel)


def _made(axis: Axes, frame: pd.DataFrame, name: str, listed: Sequence[Any]) -> None:
    for y, value in enumerate(listed):
        made = (frame[name] == value).to_numpy()
        axis.scatter(frame.index[made], [y] * int(made.sum()), marker="|", s=26, linewidth=1.3,
                     color=VERMILION if y == 0 else GREY)  # fmt: skip
    axis.set_yticks(range(len(listed)), [str(value) for value in listed], fontsize=8)
    axis.set_ylim(len(listed) - 0.4, -0.6)
    axis.set_ylabel(name.replace("_", "\n"), rotation=0, ha="right", va="center", fontsize=8.5)
    axis.yaxis.set_label_coords(-0.2, 0.5)
    axis.grid(visible=False)
    axis.spines["left"].set_visible(False)
    axis.tick_params(axis="y", length=0)
