"""What a reader sees in each shape: labels, ticks, points and bars at the data, marks in cells, and nothing over another."""

from __future__ import annotations

from itertools import combinations, pairwise

import pandas as pd
import pytest
import seaborn
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.text import Text

from asprinted.charts import figure, kinds
from asprinted.robustness import curve
from asprinted.verdicts.vocabulary import COLOURS, MARKS, VERDICTS

NAN = float("nan")
TEXTS = {"name": "a-figure", "title": "The title", "alt": "a figure", "source": "none"}


@pytest.fixture
def seen(monkeypatch):
    """The axes of the figure that was drawn last, from above."""
    made = []

    def canvas(*size: float):
        made.append(figure.canvas(*size))
        return made[-1]

    for module in (kinds, curve):
        monkeypatch.setattr(module, "canvas", canvas)
    return lambda: made[-1].axes


def draw_series(*rows: tuple[str, str, float, str], panel: str = "growth") -> None:
    frame = pd.DataFrame([(panel, *row) for row in rows], columns=["panel", "series", "period", "value", "kind"])
    kinds.series(frame, ylabels={panel: "percent"}, **TEXTS)


def draw_line(*values: float) -> None:
    draw_series(*(("a line", f"201{n}", value, "official") for n, value in enumerate(values)))


def draw_dots(*rows: tuple[str, float, float]) -> None:
    kinds.dots(pd.DataFrame(rows, columns=["label", "official", "stated"]), xlabel="percent", **TEXTS)


def draw_strip(*rows: tuple[str, float, str]) -> None:
    kinds.strip(pd.DataFrame(rows, columns=["label", "value", "text"]), xlabel="percent", limits=(0, 100), **TEXTS)


def draw_counts(*claims: int) -> None:
    frame = pd.DataFrame({"verdict": VERDICTS[: len(claims)], "claims": claims})
    kinds.counts(frame, xlabel="claims", colours=COLOURS, marks=MARKS, **TEXTS)


def draw_cells(*rows: tuple[str, str]) -> None:
    frame = pd.DataFrame([(section, "1", verdict) for section, verdict in rows], columns=["section", "text", "verdict"])
    kinds.cells(frame, colours=COLOURS, marks=MARKS, **TEXTS)


def draw_curve() -> None:
    frame = pd.DataFrame({"least_evidence": ["mirror", "press", "press"], "rounding": ["up", "up", "down"],
                          "holds": [9, 8, 4], "default": [True, False, False]})
    choices = {"least_evidence": ["mirror", "press"], "rounding": ["up", "down"]}
    curve.curve(frame, choices, ylabel="claims that keep", count=9, **TEXTS)


def draw_crowd() -> None:
    """Lines that end early, at the same height and at a stated number, with bounds in both directions."""
    draw_series(*(("up", f"201{n}", n, "official") for n in range(6)), ("as high", "2013", 5.0, "official"),
                ("down", "2010", 6, "official"), ("down", "2011", 5, "at most"), ("least", "2014", 1, "at least"),
                ("stated", "2015", 5, "stated"), ("stated", "2010", 6, "stated"))


CROWDED = {
    "series": draw_crowd,
    "dots": lambda: draw_dots(("one", 1, 1), ("two", 1, 1.5), ("three", -6.5, 9.3), ("a very long name of a row", NAN, 2)),
    "strip": lambda: draw_strip(("one", 12.1, "nearly 12.1 %"), ("two", NAN, "not stated"), ("three", 80, "80 %")),
    "counts": lambda: draw_counts(25, 14, 2, 0, 1, 5, 33),
    "cells": lambda: draw_cells(*[("1", "reproduced"), ("1", "")] * 8, ("2.1", "not checkable")),
    "curve": draw_curve,
}


def words(axis: Axes) -> list[str]:
    return [text.get_text() for text in axis.texts]


def rows(axis: Axes) -> list[str]:
    """Labels of the vertical axis, from above."""
    labels = sorted(axis.get_yticklabels(), key=lambda label: -label.get_window_extent().y0)
    return [label.get_text() for label in labels]


def lines(axis: Axes) -> list[list[tuple[float, float]]]:
    """The points of every line between two points or more."""
    return [list(zip(*map(list, line.get_data()), strict=True)) for line in axis.lines if len(line.get_xdata()) > 1]


def points(axis: Axes) -> list[tuple[float, float]]:
    return [tuple(map(float, point)) for one in axis.collections for point in one.get_offsets()]


def test_a_line_is_broken_where_a_value_is_missing(seen):
    draw_line(1, 2, NAN, 4, 5)
    assert lines(seen()[0]) == [[(0, 1), (1, 2)], [(3, 4), (4, 5)]]


def test_a_line_is_broken_where_it_has_no_row_for_a_period_of_another(seen):
    draw_series(*(("whole", f"201{n}", n, "official") for n in range(4)), *(("part", f"201{n}", 9, "official") for n in (0, 1, 3)))
    assert [(0, 9), (1, 9)] in lines(seen()[0])
    assert not any((0, 9) in line and (3, 9) in line for line in lines(seen()[0]))


@pytest.mark.parametrize(("kind", "marker"), [("at least", "^"), ("at most", "v")])
def test_a_bound_is_a_hollow_mark_that_points_to_the_open_side_and_no_line_runs_through_it(seen, kind, marker):
    draw_series(("a", "2010", 1, "official"), ("a", "2011", 17, kind), ("a", "2012", 3, "official"))
    (bound,) = [line for line in seen()[0].lines if (list(line.get_xdata()), list(line.get_ydata())) == ([1], [17])]
    assert (bound.get_marker(), bound.get_markerfacecolor()) == (marker, "white")
    assert lines(seen()[0]) == []
    assert f"{kind} 17" in words(seen()[0])


def test_a_stated_number_is_a_hollow_diamond_with_its_digits(seen):
    draw_series(("a", "2010", 8.3, "official"), ("stated", "2010", 8.4, "stated"))
    (diamond,) = seen()[0].collections
    assert points(seen()[0]) == [(0, 8.4)]
    assert not diamond.get_facecolor().size
    assert "8.4 stated" in words(seen()[0])


def test_the_periods_stand_in_order_under_the_panels_and_the_unit_beside_them(seen):
    draw_series(("a", "2012", 1, "official"), ("a", "2010", 2, "official"), ("b", "2011", 2, "official"))
    assert [label.get_text() for label in seen()[-1].get_xticklabels()] == ["2010", "2011", "2012"]
    assert seen()[0].get_ylabel() == "percent"


def test_each_of_several_lines_is_named_in_its_colour_after_its_mark(seen):
    draw_series(*((name, f"201{n}", 5 * k + n, "official") for k, name in enumerate(("one", "two")) for n in range(3)))
    axis = seen()[0]
    of_line = {line.get_color(): line.get_marker() for line in axis.lines if len(line.get_xdata()) == 3}
    of_key = {line.get_color(): line.get_marker() for line in axis.lines if len(line.get_xdata()) == 1}
    assert of_line == of_key == {text.get_color(): of_line[text.get_color()] for text in axis.texts}
    assert len(set(of_line.values())) == 2
    assert words(axis) == ["one", "two"]


def test_lines_are_coloured_out_of_the_palette_for_the_colour_blind():
    assert {figure.BLUE, figure.GREEN, figure.VERMILION} <= set(seaborn.color_palette("colorblind").as_hex())


def test_names_at_one_height_are_moved_apart_and_others_stay():
    moved = kinds._apart(pd.Series({"a": 5.0, "b": 5.0, "c": 5.2, "far": 9.0}), 1)
    assert all(upper - lower >= 1 - 1e-9 for lower, upper in pairwise(moved))
    assert moved["far"] == 9


def test_an_official_value_is_a_dot_and_a_stated_one_a_diamond_in_the_row_of_its_label(seen):
    draw_dots(("first", 1, NAN), ("second", NAN, 2), ("third", 3, 4))
    assert rows(seen()[0]) == ["first", "second", "third"]
    assert sorted(point for point in points(seen()[0]) if point[0] == point[0] and point != (0, 0)) == [(1, 0), (2, 1), (3, 2), (4, 2)]
    assert words(seen()[0]) == ["1", "2 stated", "3", "4 stated"]


def test_a_stated_value_that_is_the_official_one_is_named_once(seen):
    draw_dots(("a row", 9.3, 9.3))
    assert words(seen()[0]) == ["9.3 = stated"]


def test_a_number_below_zero_has_the_minus_sign_of_the_axis(seen):
    draw_dots(("a row", -6.5, NAN))
    assert words(seen()[0]) == ["\N{MINUS SIGN}6.5"]


def test_a_place_that_is_not_stated_has_words_and_no_mark(seen):
    draw_strip(("first", 12.1, "12.1 %"), ("second", NAN, "not stated"))
    assert rows(seen()[0]) == ["first", "second"]
    assert [point for point in points(seen()[0]) if point[0] == point[0]] == [(12.1, 0)]
    assert words(seen()[0]) == ["12.1 %", "not stated"]


def test_a_bar_is_as_long_as_its_count_and_names_it(seen):
    draw_counts(25, 0, 2)
    bars = sorted(seen()[0].patches, key=lambda bar: bar.get_y())
    assert [bar.get_width() for bar in bars] == [25, 0, 2]
    assert [to_hex(bar.get_facecolor()) for bar in bars] == [COLOURS[verdict] for verdict in VERDICTS[:3]]
    assert words(seen()[0]) == ["25", "0", "2"]


def test_a_bar_is_labelled_with_mark_and_verdict(seen):
    draw_counts(25, 0, 2)
    assert rows(seen()[0]) == [f"{MARKS[verdict]}  {verdict}" for verdict in VERDICTS[:3]]


def test_a_cell_is_marked_with_its_verdict_in_reading_order_a_row_a_section(seen):
    draw_cells(("1", "reproduced"), ("1", ""), ("1", "ambiguous"), ("2.1", "contradicted"))
    *cells, key = seen()[0].texts
    marks = {(text.get_position()[1], text.get_position()[0]): text.get_text() for text in cells}
    assert marks == {(0.5, 0.5): MARKS["reproduced"], (0.5, 1.5): "·", (0.5, 2.5): MARKS["ambiguous"], (1.5, 0.5): MARKS["contradicted"]}
    assert rows(seen()[0]) == ["1", "2.1"]
    assert all(f"{MARKS[verdict]} {verdict}" in key.get_text() for verdict in VERDICTS)


def test_a_cell_has_the_colour_of_its_verdict_and_none_where_a_section_has_ended(seen):
    draw_cells(("1", "reproduced"), ("1", "ambiguous"), ("2.1", "contradicted"))
    judged = seen()[0].collections[-1]
    judged.update_scalarmappable()
    faces = [to_hex(face, keep_alpha=True) for face in judged.get_facecolor().reshape(-1, 4)]
    assert faces == [COLOURS[verdict] + "ff" for verdict in ("reproduced", "ambiguous", "contradicted")] + ["#00000000"]


def test_a_network_has_a_box_for_each_node_and_an_arrow_for_each_edge(seen):
    nodes = pd.DataFrame([("a", "A", 0, 0), ("b", "B", 1, 1)], columns=["id", "label", "row", "column"])
    kinds.network(nodes, pd.DataFrame([("a", "b", "4/1/1")], columns=["from", "to", "where"]), **TEXTS)
    boxes = [text for text in seen()[0].texts if text.get_text()]
    arrows = [text for text in seen()[0].texts if getattr(text, "arrow_patch", None)]
    assert [box.get_text() for box in boxes] == ["A", "B"]
    assert [(arrow.xyann, arrow.xy) for arrow in arrows] == [(boxes[0].get_position(), boxes[1].get_position())]


def test_a_curve_shows_what_holds_above_and_a_mark_for_each_choice_below(seen):
    draw_curve()
    results, evidence, rounding = seen()
    assert sorted(points(results)) == [(0, 9), (1, 8), (2, 4)]
    assert sorted(points(evidence)) == [(0, 0), (1, 1), (2, 1)]
    assert sorted(points(rounding)) == [(0, 0), (1, 0), (2, 1)]
    assert (rows(evidence), evidence.get_ylabel()) == (["mirror", "press"], "least\nevidence")


def test_the_usual_choices_of_a_curve_are_known_without_their_colour(seen):
    draw_curve()
    choices = [label for axis in seen()[1:] for label in axis.get_yticklabels()]
    assert [label.get_text() for label in choices if label.get_fontweight() == "bold"] == ["mirror", "up"]
    assert words(seen()[0]) == ["usual choices (bold below)"]


def labels(axis: Axes) -> list[Text]:
    """Every text of an axis, ticks as far as they are in view."""
    ticks = [tick.label1 for one in (axis.xaxis, axis.yaxis) for tick in one.get_major_ticks()
             if min(one.get_view_interval()) <= tick.get_loc() <= max(one.get_view_interval())]
    return [*axis.texts, axis.xaxis.label, axis.yaxis.label, *ticks]


@pytest.mark.parametrize("shape", CROWDED)
def test_no_label_lies_over_another(seen, shape):
    CROWDED[shape]()
    texts = [*seen()[0].figure.texts, *(text for axis in seen() for text in labels(axis))]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text() and text.get_visible()]
    assert [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)] == []
