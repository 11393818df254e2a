"""Figures: what they carry, the files that come out, and shapes that survive holes."""

from __future__ import annotations

import base64
import copy
import json
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from helpers import shapes
from helpers.figures import FIGURE_MIME, Figure, canvas, files
from helpers.interval import Interval
from helpers.quantity import Missing, Quantity
from helpers.verdict import VERDICTS

NAN = float("nan")
TEXTS = {"name": "a-figure", "title": "A figure", "alt": 'A "line" & <a point>', "source": "none"}
MARKS = dict.fromkeys(VERDICTS, "x")


def make_series(*values: float) -> pd.DataFrame:
    rows = [("growth", "a line", f"2019-0{n}", value, "official") for n, value in enumerate(values, 1)]
    return pd.DataFrame(rows, columns=["panel", "series", "period", "value", "kind"])


def draw_series(*values: float) -> Figure:
    return shapes.series(make_series(*values), ylabels={"growth": "percent"}, **TEXTS)


def draw_dots(*pairs: tuple[float, float]) -> Figure:
    frame = pd.DataFrame([("a row", *pair) for pair in pairs], columns=["label", "official", "stated"])
    return shapes.dots(frame, xlabel="percent", **TEXTS)


def draw_strip(*values: float) -> Figure:
    frame = pd.DataFrame({"label": [f"row {n}" for n in range(len(values))], "value": values, "text": "a place"})
    return shapes.strip(frame, xlabel="percent", limits=(0, 100), **TEXTS)


def draw_network() -> Figure:
    nodes = pd.DataFrame([("a", "A", 0, 0), ("b", "B", 1, 1)], columns=["id", "label", "row", "column"])
    return shapes.network(nodes, pd.DataFrame([("a", "b", "4/1/1")], columns=["from", "to", "where"]), **TEXTS)


def draw_counts() -> Figure:
    frame = pd.DataFrame({"verdict": VERDICTS, "claims": range(len(VERDICTS))})
    return shapes.counts(frame, xlabel="claims", colours=shapes.VERDICT_COLOURS, marks=MARKS, **TEXTS)


def draw_cells() -> Figure:
    frame = pd.DataFrame(
        {"section": ["1", "1", "2"], "text": ["1", "2", "3"], "verdict": ["reproduced", "", "ambiguous"]}
    )
    return shapes.cells(frame, colours=shapes.VERDICT_COLOURS, marks=MARKS, **TEXTS)


SHAPES = {
    "series": lambda: draw_series(8.4, NAN, 7.7),
    "dots": lambda: draw_dots((8.4, 8.4), (NAN, 9.3), (-6.5, NAN)),
    "strip": lambda: draw_strip(12.1, NAN),
    "network": draw_network,
    "counts": draw_counts,
    "cells": draw_cells,
}
HOLES = {
    "series": lambda: draw_series(NAN, NAN),
    "dots": lambda: draw_dots((NAN, NAN)),
    "strip": lambda: draw_strip(NAN, NAN),
}


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


def test_a_figure_leaves_no_state_of_pyplot_behind():
    from matplotlib import pyplot

    draw_series(8.4, 7.7)
    assert pyplot.get_fignums() == []


def test_a_figure_leaves_the_settings_of_matplotlib_alone():
    from matplotlib import rcParams

    before = copy.copy(rcParams)
    draw_series(8.4, 7.7)
    assert rcParams == before


@pytest.mark.parametrize("shape", SHAPES)
def test_the_settings_of_a_user_do_not_reach_a_shape(shape: str):
    from matplotlib import rc_context

    own = SHAPES[shape]()
    with rc_context({"lines.linewidth": 9, "axes.labelcolor": "red", "axes.unicode_minus": False, "text.usetex": False,
                     "savefig.transparent": True, "xtick.labelsize": 30, "font.sans-serif": ["Comic Sans MS"]}):
        theirs = SHAPES[shape]()
    assert (theirs.png, theirs.svg) == (own.png, own.svg)


@pytest.mark.parametrize("first", [True, False], ids=["listed first", "the only one listed"])
def test_a_machines_own_font_of_the_name_does_not_reach_a_shape(monkeypatch, first: bool):
    from matplotlib import font_manager, get_data_path

    manager = font_manager.fontManager
    another = str(Path(get_data_path(), "fonts", "ttf", "STIXGeneral.ttf"))
    own = draw_series(8.4, 7.7)
    foreign = [font_manager.FontEntry(fname=another, name="DejaVu Sans", weight=400)]
    others = [font for font in manager.ttflist if first or not font.name.startswith("DejaVu Sans")]
    monkeypatch.setattr(manager, "ttflist", foreign + others)
    manager._findfont_cached.cache_clear()
    assert draw_series(8.4, 7.7).svg == own.svg


def test_a_record_is_plain_json_with_holes_as_null():
    record = draw_series(8.4, NAN).record()
    assert [row[3] for row in record["rows"]] == [8.4, None]
    assert json.loads(json.dumps(record, allow_nan=False)) == record


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (pd.NA, None),
        (pd.NaT, None),
        (None, None),
        (NAN, None),
        (pd.Period("2019-03", "M"), "2019-03"),
        (Fraction(1, 2), "1/2"),
        (pd.Series([3], dtype="int64")[0], 3),
        (pd.Series([NAN], dtype="float32")[0], None),
        (True, True),
        ("a", "a"),
    ],
)
def test_every_value_of_a_frame_becomes_plain(value: object, plain: object):
    figure = Figure(canvas(1, 1), data=pd.DataFrame({"value": pd.Series([value], dtype=object)}), **TEXTS)
    assert figure.record()["rows"] == [[plain]]


def test_an_output_escapes_the_alternative_text_and_names_the_source():
    markup = draw_strip(1)._repr_mimebundle_()["text/html"]
    assert 'alt="A &quot;line&quot; &amp; &lt;a point&gt;"' in markup
    assert "A figure. Source: none." in markup


def test_the_plain_text_is_the_alternative_text():
    assert repr(draw_strip(1)) == 'Figure a-figure: A "line" & <a point>'


def test_the_files_of_a_figure_are_its_picture_its_data_and_its_texts():
    figure = draw_series(8.4, NAN)
    made = files(figure._repr_mimebundle_())
    assert set(made) == {"a-figure.svg", "a-figure.png", "a-figure.csv", "a-figure.json"}
    assert (made["a-figure.png"], made["a-figure.svg"]) == (figure.png, figure.svg)
    assert json.loads(made["a-figure.json"]) == TEXTS
    assert made["a-figure.csv"].decode("utf-8") == (
        "panel,series,period,value,kind\ngrowth,a line,2019-01,8.4,official\ngrowth,a line,2019-02,,official\n"
    )


def test_the_files_of_an_output_that_a_notebook_stored_as_lines_are_the_same():
    bundle = draw_series(8.4)._repr_mimebundle_()
    stored = bundle | {mime: bundle[mime].splitlines(keepends=True) for mime in ("text/html", "image/svg+xml")}
    assert files(stored) == files(bundle)


def test_an_output_that_is_no_figure_has_no_files():
    with pytest.raises(KeyError, match=r"vnd\.audit\.figure"):
        files({"text/plain": "a table"})


def test_a_figure_without_its_picture_is_not_written_as_an_empty_file():
    bundle = draw_strip(1)._repr_mimebundle_() | {"text/html": "<p>cleared</p>"}
    assert files(bundle).get("a-figure.png") != b""


def test_the_picture_in_the_output_is_the_png():
    figure = draw_strip(1)
    assert base64.b64encode(figure.png).decode("ascii") in figure._repr_mimebundle_()["text/html"]


def test_the_record_has_a_mime_of_its_own():
    assert FIGURE_MIME in draw_strip(1)._repr_mimebundle_()


def test_quantities_are_drawn_as_numbers_and_holes_as_holes():
    figures = pd.Series([Quantity(Interval(Fraction(8), Fraction(9))), Missing(("a",)), NAN], dtype=object)
    drawn = shapes.drawable(figures)
    assert drawn["value"].isna().tolist() == [False, True, True]
    assert drawn.iloc[0].tolist() == [8.5, "8", "9"]


def test_a_quantity_without_a_bound_is_drawn_at_the_one_it_has():
    drawn = shapes.drawable(pd.Series([Quantity(Interval(Fraction(130000), None))], dtype=object))
    assert drawn.iloc[0].tolist() == [130000.0, "130000", ""]


def test_every_verdict_has_a_colour():
    assert set(shapes.VERDICT_COLOURS) == set(VERDICTS)
