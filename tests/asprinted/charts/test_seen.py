"""What a reader sees in each shape: labels, ticks, points and bars at the data, marks in cells, and nothing over another."""

from __future__ import annotations

from itertools import combinations

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
    """The axes of the figure that was drawn last, from above; ``seen.key()`` and ``seen.notes()`` are the words around them."""
    made = []

    def canvas(**size: float):
        made.append(figure.canvas(**size))
        return made[-1]

    for module in (kinds, curve):
        monkeypatch.setattr(module, "canvas", canvas)

    def axes() -> list[Axes]:
        return made[-1].axes

    axes.key = lambda: [text.get_text() for legend in made[-1].legends for text in legend.get_texts()]
    axes.notes = lambda: [text.get_text() for text in made[-1].texts]
    return axes


def draw_series(*rows: tuple[str, str, float, str], panel: str = "growth") -> None:
    frame = pd.DataFrame([(panel, *row) for row in rows], columns=["panel", "series", "period", "value", "kind"])
    kinds.series(frame, ylabels={panel: "percent"}, **TEXTS)


def draw_line(*values: float) -> None:
    draw_series(*(("a line", f"201{n}", value, "official") for n, value in enumerate(values)))


def draw_dots(*rows: tuple[str, float, float]) -> None:
    kinds.dots(pd.DataFrame(rows, columns=["label", "official", "stated"]), xlabel="percent", **TEXTS)


def draw_bars(*rows: tuple[str, str, float]) -> None:
    kinds.bars(pd.DataFrame(rows, columns=["label", "group", "value"]), ylabel="percent", **TEXTS)


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
                ("down", "2010", 6, "official"), ("down", "2011", 5, "at most"), ("least", "2014", 2, "at least"),
                ("stated", "2015", 5, "stated"), ("stated", "2010", 6, "stated"), ("if it is right", "2010", 1.5, "implied"))


CROWDED = {
    "series": draw_crowd,
    "dots": lambda: draw_dots(("one", 1, 1), ("three", -6.5, 9.3), ("a very long name of a row", NAN, 2), ("none", NAN, NAN)),
    "bars": lambda: draw_bars(("one", "a", 12.1), ("one", "b", -3), ("two\nin two lines", "a", 17), ("two\nin two lines", "b", 4)),
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


@pytest.mark.parametrize(("kind", "marker"), [("at least", "^"), ("more than", "^"), ("at most", "v"), ("less than", "v")])
def test_a_bound_is_a_hollow_mark_that_points_to_the_open_side_and_no_line_runs_through_it(seen, kind, marker):
    draw_series(("a", "2010", 1, "official"), ("a", "2011", 17, kind), ("a", "2012", 3, "official"))
    (bound,) = [line for line in seen()[0].lines if (list(line.get_xdata()), list(line.get_ydata())) == ([1], [17])]
    assert (bound.get_marker(), bound.get_markerfacecolor()) == (marker, "white")
    assert lines(seen()[0]) == []
    assert f"{kinds.SIGNS[kind]}17" in words(seen()[0])
    assert kind in seen.key()


@pytest.mark.parametrize(("kind", "marker"), [("stated", "D"), ("implied", "o")])
def test_a_stated_number_is_a_hollow_diamond_and_what_follows_from_one_a_hollow_circle(seen, kind, marker):
    draw_series(("a", "2010", 8.3, "official"), ("stated", "2011", 8.4, "stated"), ("if it is right", "2011", 4, "implied"))
    (mark,) = [line for line in seen()[0].lines if line.get_marker() == marker and line.get_markerfacecolor() in ("white", "none")]
    assert (mark.get_xdata()[0], mark.get_ydata()[0]) == (1, {"stated": 8.4, "implied": 4}[kind])
    assert words(seen()[0]) == ["8.4", "", "4 if it is right"]
    assert seen.key() == ["a", "stated in the paper", "what would follow"]


def test_an_arrow_leads_from_what_is_stated_to_what_would_follow(seen):
    draw_series(("a", "2010", 8.3, "official"), ("stated", "2011", 4.4, "stated"), ("if it is right", "2011", 0.2, "implied"))
    (arrow,) = [text for text in seen()[0].texts if getattr(text, "arrow_patch", None)]
    assert (arrow.xyann, arrow.xy) == ((1, 4.4), (1, 0.2))


@pytest.mark.parametrize(("values", "low"), [((8.3, 9.1), 0), ((0.1, 4), 0)])
def test_heights_begin_at_zero(seen, values, low):
    draw_line(*values)
    assert seen()[0].get_ylim()[0] == low


def test_where_signs_matter_zero_has_a_line(seen):
    draw_line(-2, 3)
    assert seen()[0].get_ylim()[0] < -2
    assert any(list(line.get_ydata()) == [0, 0] for line in seen()[0].lines)


def test_periods_that_are_too_long_side_by_side_are_broken_and_lie_flat(seen):
    order = [f"Jan–{month} {year}" for year in (2017, 2018, 2019) for month in ("Mar", "Jun", "Sep", "Dec")]
    frame = pd.DataFrame({"panel": "growth", "series": "a", "value": 1.0, "kind": "official",
                          "period": pd.Categorical(order, order, ordered=True)})
    kinds.series(frame, ylabels={"growth": "percent"}, **TEXTS)
    labels = seen()[0].get_xticklabels()
    assert [label.get_text() for label in labels[:2]] == ["Jan–\nMar\n2017", "Jan–\nJun\n2017"]
    assert {label.get_rotation() for label in labels} == {0}


@pytest.mark.parametrize("shape", ["series", "dots", "bars", "counts", "cells", "curve"])
def test_the_picture_itself_says_title_and_source(seen, shape):
    CROWDED[shape]()
    assert {"The title", "Source: none."} <= {*seen.notes()}


def test_the_periods_stand_in_order_under_the_panels_and_the_unit_beside_them(seen):
    draw_series(("a", "2012", 1, "official"), ("a", "2010", 2, "official"), ("b", "2011", 2, "official"))
    assert [label.get_text() for label in seen()[-1].get_xticklabels()] == ["2010", "2011", "2012"]
    assert seen()[0].get_title(loc="left") == "percent"


def test_each_of_several_lines_is_named_in_a_key_with_its_colour_and_mark(seen):
    draw_series(*((name, f"201{n}", 5 * k + n, "official") for k, name in enumerate(("one", "two")) for n in range(3)))
    of_line = {line.get_color(): line.get_marker() for line in seen()[0].lines}
    (legend,) = seen()[0].figure.legends
    of_key = {line.get_color(): line.get_marker() for line in legend.legend_handles}
    assert of_line == of_key
    assert len(set(of_line.values())) == 2
    assert seen.key() == ["one", "two"]


def test_a_line_alone_needs_no_key(seen):
    draw_line(1, 2)
    assert seen.key() == []


def test_a_series_looks_the_same_in_every_panel(seen):
    frame = pd.DataFrame([(panel, name, f"201{n}", n, "official") for panel, names in (("a", "xy"), ("b", "y")) for name in names
                          for n in range(3)], columns=["panel", "series", "period", "value", "kind"])
    kinds.series(frame, ylabels={"a": "percent", "b": "points"}, **TEXTS)
    upper, lower = ([line.get_color() for line in axis.lines] for axis in seen())
    assert lower == upper[1:]


def test_a_line_that_another_lies_on_is_wider_and_its_marks_are_larger(seen):
    draw_series(*((name, f"201{n}", n, "official") for name in ("below", "above") for n in range(3)))
    below, above = seen()[0].lines
    assert (below.get_linewidth(), below.get_markersize()) > (above.get_linewidth(), above.get_markersize())


def test_lines_are_coloured_out_of_the_palette_for_the_colour_blind():
    assert {figure.BLUE, figure.GREEN, figure.VERMILION} <= set(seaborn.color_palette("colorblind").as_hex())


def test_an_official_value_is_a_dot_and_a_stated_one_a_diamond_in_the_row_of_its_label(seen):
    draw_dots(("first", 1, NAN), ("second", NAN, 2), ("third", 3, 4))
    assert rows(seen()[0]) == ["first", "second", "third"]
    assert sorted(point for point in points(seen()[0]) if point[0] == point[0] and point != (0, 0)) == [(1, 0), (3, 2)]
    diamonds = [(line.get_xdata()[0], line.get_ydata()[0]) for line in seen()[0].lines if line.get_marker() == "D"]
    assert diamonds == [(2, 1), (4, 2)]
    assert words(seen()[0]) == ["1", "2", "3", "4", "1 apart"]
    assert seen.key() == ["published", "stated in the paper"]


def test_a_stated_value_that_is_the_official_one_is_written_once(seen):
    draw_dots(("a row", 9.3, 9.3))
    assert words(seen()[0]) == ["9.3"]


def test_a_number_below_zero_has_the_minus_sign_of_the_axis(seen):
    draw_dots(("a row", -6.5, NAN))
    assert words(seen()[0]) == ["\N{MINUS SIGN}6.5"]


def test_a_place_that_is_not_stated_has_words_and_no_mark(seen):
    draw_dots(("first", NAN, 12.1), ("second", NAN, NAN))
    assert words(seen()[0]) == ["12.1", "not stated"]


def test_a_scale_with_ends_is_shown_whole_with_its_neutral_value(seen):
    frame = pd.DataFrame([("a row", NAN, 165.5)], columns=["label", "official", "stated"])
    kinds.dots(frame, xlabel="index", neutral=100, limits=(0, 200), **TEXTS)
    assert seen()[0].get_xlim() == (0, 200)
    assert any(list(line.get_xdata()) == [100, 100] for line in seen()[0].lines)


def test_a_bar_of_each_group_stands_beside_the_other_with_its_number(seen):
    draw_bars(("one", "a", 17.9), ("one", "b", 1.3), ("two", "a", -29.4))
    assert sorted(bar.get_height() for bar in seen()[0].patches) == [-29.4, 1.3, 17.9]
    assert sorted(words(seen()[0])) == ["1.3", "17.9", "\N{MINUS SIGN}29.4"]
    assert seen.key() == ["a", "b"]


def test_a_bar_is_as_long_as_its_count_and_names_it(seen):
    draw_counts(25, 0, 2)
    bars = sorted(seen()[0].patches, key=lambda bar: bar.get_y())
    assert [bar.get_width() for bar in bars] == [25, 0, 2]
    assert [to_hex(bar.get_facecolor()) for bar in bars] == [COLOURS[verdict] for verdict in VERDICTS[:3]]
    assert words(seen()[0]) == ["25", "0", "2"]


def test_a_white_bar_is_hatched(seen):
    draw_counts(*range(1, len(VERDICTS) + 1))
    hatched = {to_hex(bar.get_facecolor()): bool(bar.get_hatch()) for bar in seen()[0].patches}
    assert hatched == {COLOURS[verdict]: COLOURS[verdict] == "#ffffff" for verdict in VERDICTS}


def test_a_bar_is_labelled_with_mark_and_verdict(seen):
    draw_counts(25, 0, 2)
    assert rows(seen()[0]) == [f"{MARKS[verdict]}  {verdict}" for verdict in VERDICTS[:3]]


def test_a_cell_is_marked_with_its_verdict_in_reading_order_a_row_a_section(seen):
    draw_cells(("1", "reproduced"), ("1", ""), ("1", "ambiguous"), ("2.1", "contradicted"))
    marks = {(text.get_position()[1], text.get_position()[0]): text.get_text() for text in seen()[0].texts}
    assert marks == {(0.5, 0.5): MARKS["reproduced"], (0.5, 1.5): "·", (0.5, 2.5): MARKS["ambiguous"], (1.5, 0.5): MARKS["contradicted"]}
    assert rows(seen()[0]) == ["1", "2.1"]
    assert seen.key()[:-1] == [f"{MARKS[verdict]}  {verdict}" for verdict in VERDICTS]


def test_a_section_of_many_numbers_goes_on_in_a_second_line_without_a_name(seen):
    draw_cells(*[("1", "reproduced")] * (kinds.IN_A_ROW + 1), ("2.1", ""))
    assert rows(seen()[0]) == ["1", "", "2.1"]


def test_a_cell_has_the_colour_of_its_verdict_and_none_where_a_section_has_ended(seen):
    draw_cells(("1", "reproduced"), ("1", "ambiguous"), ("2.1", "contradicted"))
    judged = seen()[0].collections[-1]
    judged.update_scalarmappable()
    faces = [to_hex(face, keep_alpha=True) for face in judged.get_facecolor().reshape(-1, 4)]
    assert faces == [COLOURS[verdict] + "ff" for verdict in ("reproduced", "ambiguous", "contradicted")] + ["#00000000"]


def test_a_network_has_a_box_for_each_node_and_an_arrow_for_each_edge(seen):
    nodes = pd.DataFrame([("a", "A", 0, 0), ("b", "B", 1, 1)], columns=["id", "label", "row", "column"])
    kinds.network(nodes, pd.DataFrame([("a", "b", "joins", "4/1/1")], columns=["from", "to", "verb", "where"]), **TEXTS)
    *boxes, verb = [text for text in seen()[0].texts if text.get_text()]
    arrows = [text for text in seen()[0].texts if getattr(text, "arrow_patch", None)]
    assert [box.get_text() for box in boxes] == ["A", "B"]
    assert (verb.get_text(), verb.xy) == ("joins", (0.38, -0.38))
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
