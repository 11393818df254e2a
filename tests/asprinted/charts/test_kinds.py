"""The shapes of figures: the same bytes whatever a machine and a user's settings are, and what holds of all of them."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import seaborn
from matplotlib import colors, font_manager, get_data_path, pyplot, rc_context, rcParams
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import Bbox

from asprinted.charts import kinds
from asprinted.charts.figure import MEASURE, Figure
from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.robustness import curve
from asprinted.verdicts.vocabulary import COLOURS, MARKS, VERDICTS

NAN = float("nan")
TEXTS = {"name": "a-figure", "title": "A figure", "alt": 'A "line" & <a point>', "source": "none"}


def make_series(*values: float) -> pd.DataFrame:
    rows = [("growth", "a line", f"2019-0{n}", value, "official") for n, value in enumerate(values, 1)]
    return pd.DataFrame(rows, columns=["panel", "series", "period", "value", "kind"])


def draw_series(*values: float) -> Figure:
    return kinds.series(make_series(*values), ylabels={"growth": "percent"}, **TEXTS)


def draw_dots(*pairs: tuple[float, float]) -> Figure:
    frame = pd.DataFrame([("a row", *pair) for pair in pairs], columns=["label", "official", "stated"])
    return kinds.dots(frame, xlabel="percent", **TEXTS)


def draw_bars(*values: float) -> Figure:
    frame = pd.DataFrame({"label": [f"row {n // 2}" for n in range(len(values))], "value": values,
                          "group": [f"group {n % 2}" for n in range(len(values))]})
    return kinds.bars(frame, ylabel="percent", **TEXTS)


def draw_network() -> Figure:
    nodes = pd.DataFrame([("a", "A", 0, 0), ("b", "B", 1, 1)], columns=["id", "label", "row", "column"])
    return kinds.network(nodes, pd.DataFrame([("a", "b", "joins", "4/1/1")], columns=["from", "to", "verb", "where"]), **TEXTS)


def draw_counts() -> Figure:
    frame = pd.DataFrame({"verdict": VERDICTS, "claims": range(len(VERDICTS))})
    return kinds.counts(frame, xlabel="claims", colours=COLOURS, marks=MARKS, **TEXTS)


def draw_cells() -> Figure:
    frame = pd.DataFrame(
        {"section": ["1", "1", "2"], "text": ["1", "2", "3"], "verdict": ["reproduced", "", "ambiguous"]}
    )
    return kinds.cells(frame, colours=COLOURS, marks=MARKS, **TEXTS)


def draw_curve() -> Figure:
    frame = pd.DataFrame({"rounding": ["half up", "truncate"], "holds": [9, 7], "default": [True, False]})
    return curve.curve(frame, {"rounding": ["half up", "truncate"]}, ylabel="claims", count=9, **TEXTS)


SHAPES = {
    "series": lambda: draw_series(8.4, NAN, 7.7),
    "dots": lambda: draw_dots((8.4, 8.4), (NAN, 9.3), (-6.5, NAN)),
    "bars": lambda: draw_bars(12.1, -3, NAN, 4),
    "network": draw_network,
    "counts": draw_counts,
    "cells": draw_cells,
    "curve": draw_curve,
}
BY_SEABORN = {
    "series": {"lineplot"},
    "dots": {"stripplot"},
    "bars": {"barplot"},
    "network": set(),  # it has no boxes and arrows
    "counts": {"barplot"},
    "cells": {"heatmap"},
    "curve": {"scatterplot"},
}
HOLES = {
    "series": lambda: draw_series(NAN, NAN),
    "dots": lambda: draw_dots((NAN, NAN)),
    "bars": lambda: draw_bars(NAN, NAN),
}


def test_every_function_that_draws_is_among_the_shapes_of_these_tests():
    drawing = {name for module in (kinds, curve) for name, value in vars(module).items()
               if hasattr(value, "__wrapped__") and value.__module__ == module.__name__}
    assert drawing == {*SHAPES, "of_sweep"}  # which draws a curve


@pytest.mark.parametrize("shape", SHAPES)
def test_seaborn_draws_a_shape_in_its_theme_where_it_has_the_function(monkeypatch, shape: str):
    called = set()

    def counted(name: str):
        whole = getattr(seaborn, name)

        def draw(*arguments, **options):
            called.add(name)
            return whole(*arguments, **options)
        return draw

    for name in ("set_theme", *set().union(*BY_SEABORN.values())):
        monkeypatch.setattr(seaborn, name, counted(name))
    SHAPES[shape]()
    assert called == {"set_theme"} | BY_SEABORN[shape]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_draws_a_picture_in_both_forms(shape: str):
    figure = SHAPES[shape]()
    assert figure.png.startswith(b"\x89PNG")
    assert b"<svg" in figure.svg


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_drawn_twice_has_the_same_bytes(shape: str):
    first, second = SHAPES[shape](), SHAPES[shape]()
    assert (first.png, first.svg) == (second.png, second.svg)


@pytest.mark.parametrize("shape", HOLES)
def test_a_shape_of_nothing_but_holes_is_drawn_empty(shape: str):
    assert HOLES[shape]().png.startswith(b"\x89PNG")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_leaves_its_frame_as_it_was_and_carries_it(shape: str):
    figure = SHAPES[shape]()
    assert len(figure.record()["rows"]) == len(figure.data)
    assert figure.record()["columns"] == list(figure.data.columns)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_last_bits_of_a_solved_layout_change_no_byte(monkeypatch, shape: str):
    solved, whole = SHAPES[shape](), ConstrainedLayoutEngine.execute

    def execute(engine, figure):
        whole(engine, figure)
        for axis in figure.axes:
            axis.set_position(Bbox(axis.get_position(original=True).get_points() * (1 + 1e-14)))

    monkeypatch.setattr(ConstrainedLayoutEngine, "execute", execute)
    again = SHAPES[shape]()
    assert (solved.png, solved.svg) == (again.png, again.svg)


@pytest.mark.long
def test_another_process_with_other_hashes_draws_the_same_bytes():
    program = (
        "import hashlib, pandas as pd\n"
        "from asprinted.charts import kinds\n"
        "rows = [(p, s, f'201{n}', n + len(s), 'official') for p in 'ab' for s in ('one', 'three') for n in range(4)]\n"
        "frame = pd.DataFrame(rows, columns=['panel', 'series', 'period', 'value', 'kind'])\n"
        "drawn = kinds.series(frame, ylabels={'a': 'A', 'b': 'B'}, name='n', title='t', alt='a', source='s')\n"
        "print(hashlib.sha256(drawn.png + drawn.svg).hexdigest())\n"
    )
    found = {subprocess.run([sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True,
                            text=True, encoding="utf-8", check=True).stdout for seed in ("1", "77")}
    assert len(found) == 1


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_leaves_no_state_of_pyplot_behind(shape: str):
    SHAPES[shape]()
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_leaves_the_settings_of_matplotlib_alone(shape: str):
    before = copy.copy(rcParams)
    SHAPES[shape]()
    assert rcParams == before


def test_a_shape_leaves_the_one_letter_colours_alone():
    before = [colors.to_rgb(letter) for letter in "bgrcmyk"]
    draw_counts()
    assert [colors.to_rgb(letter) for letter in "bgrcmyk"] == before


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_draws_no_random_number(shape: str):
    before = np.random.get_state()[1:]
    SHAPES[shape]()
    assert all(np.array_equal(one, other) for one, other in zip(before, np.random.get_state()[1:], strict=True))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_settings_of_a_user_do_not_reach_a_shape(shape: str):
    own = SHAPES[shape]()
    with rc_context({"lines.linewidth": 9, "axes.labelcolor": "red", "axes.unicode_minus": False, "text.usetex": False,
                     "savefig.transparent": True, "xtick.labelsize": 30, "font.sans-serif": ["Comic Sans MS"]}):
        theirs = SHAPES[shape]()
    assert (theirs.png, theirs.svg) == (own.png, own.svg)


@pytest.mark.parametrize("first", [True, False], ids=["listed first", "the only one listed"])
def test_a_machines_own_font_of_the_name_does_not_reach_a_shape(monkeypatch, first: bool):
    manager = font_manager.fontManager
    another = str(Path(get_data_path(), "fonts", "ttf", "STIXGeneral.ttf"))
    own = draw_series(8.4, 7.7)
    foreign = [font_manager.FontEntry(fname=another, name="DejaVu Sans", weight=400)]
    others = [font for font in manager.ttflist if first or not font.name.startswith("DejaVu Sans")]
    monkeypatch.setattr(manager, "ttflist", foreign + others)
    manager._findfont_cached.cache_clear()
    assert draw_series(8.4, 7.7).svg == own.svg


def test_quantities_are_drawn_as_numbers_and_holes_as_holes():
    figures = pd.Series([Quantity(Interval(Fraction(8), Fraction(9))), Missing(("a",)), NAN], dtype=object)
    drawn = kinds.drawable(figures)
    assert drawn["value"].isna().tolist() == [False, True, True]
    assert drawn.iloc[0].tolist() == [8.5, "8", "9"]


def test_a_quantity_without_a_bound_is_drawn_at_the_one_it_has():
    drawn = kinds.drawable(pd.Series([Quantity(Interval(Fraction(130000), None))], dtype=object))
    assert drawn.iloc[0].tolist() == [130000.0, "130000", ""]


@pytest.mark.parametrize("figure", [draw_series(1.0), draw_dots((1, 2)), draw_bars(1, 2)], ids=["series", "dots", "bars"])
def test_the_data_of_a_figure_carry_the_words_of_its_axis(figure):
    assert set(figure.data[MEASURE]) == {"percent"}
