"""Official figures: rows to quantities, sightings to figures, and what is missing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import NOT_SEEN, TOO_WEAK, Missing
from asprinted.numbers.sources import REPRINT
from asprinted.official import tables
from asprinted.official.observations import Official, agree, gaps, last_month, quantity, text, wide
from forkmill.errors import InputError


def make_row(digits: str = "8.4", **fields: str) -> dict[str, str]:
    row = {
        "row": "a-row",
        "indicator": "growth",
        "geography": "Here",
        "period": "2019",
        "basis": "annual",
        "unit": "percent",
        "digits": digits,
        "scale": "one",
        "bound": "",
        "vintage": "first",
        "status": "VERIFIED",
        "host": "official",
        "address": "https://example.org/page",
        "published": "2020-01-17",
    }
    return row | fields


@pytest.fixture
def official(monkeypatch: pytest.MonkeyPatch):
    """Official figures over rows of a test, under the choices of a run."""

    def build(*rows: dict[str, str], **choices: str) -> Official:
        frame = pd.DataFrame(
            [{**row, "row": f"row-{n}"} for n, row in enumerate(rows)], columns=list(make_row())
        ).astype("str")
        stamp = object()  # as of files that no other test has
        monkeypatch.setattr(tables, "load", lambda name, base: frame.set_index("row"))
        monkeypatch.setattr(tables, "stamp", lambda name, base: stamp)
        listed = {"indicator": {"enum": ["growth", "other"]}}
        monkeypatch.setattr(tables, "schema", lambda name, base: {"properties": {key: {} for key in make_row()} | listed})
        return Official(Path("nowhere"), **choices)

    return build


def test_what_one_reader_writes_into_a_wide_table_no_other_reader_sees(official):
    asked, years = official(make_row("8.4")), pd.period_range("2018", "2019", freq="Y")
    taken = asked.wide("any", years, {"growth": "rate"})
    taken["rate"] = "gone"
    assert [text(one) for one in asked.wide("any", years, {"growth": "rate"})["rate"]] == ["\N{EM DASH}", "8.4"]
    assert list(asked.wide("any", years[1:], {"growth": "pace"})) == ["pace"]


def test_a_row_is_the_interval_of_its_digits():
    figure = quantity(make_row("8.4"))
    assert (figure.published, figure.interval) == (
        Fraction("8.4"),
        Interval(Fraction("8.35"), Fraction("8.45"), True, False),
    )


def test_a_fall_keeps_its_sign():
    figure = quantity(make_row("-6.5"))
    assert (figure.published, figure.interval) == (
        Fraction("-6.5"),
        Interval(Fraction("-6.55"), Fraction("-6.45"), False, True),
    )


def test_a_scale_multiplies_value_and_width():
    figure = quantity(make_row("22143.6", scale="hundred million"))
    assert figure.published == 2214360000000
    assert figure.interval.high - figure.interval.low == 10**7


def test_trailing_zeros_of_a_large_number_are_not_taken_as_significant():
    assert quantity(make_row("461000")).interval == Interval(Fraction(460500), Fraction(461500), True, False)


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("more than", "(130000, ...)"),
        ("at least", "[130000, ...)"),
        ("less than", "(..., 130000)"),
        ("about", "[117000, 143000]"),
    ],
)
def test_a_bound_is_an_interval_and_no_figure(bound: str, expected: str):
    figure = quantity(make_row("13", scale="ten thousand", bound=bound))
    assert (repr(figure.interval), figure.published) == (expected, None)


@pytest.mark.parametrize(
    ("unit", "digits", "exact"),
    [
        ("clusters", "66", True),
        ("projects", "-66", True),
        ("persons", "66", False),
        ("projects", "1000", False),
        ("year", "2019", True),
    ],
)
def test_what_is_counted_one_by_one_is_exact_unless_it_may_have_been_shortened(unit: str, digits: str, exact: bool):
    assert (quantity(make_row(digits, unit=unit)).interval == Interval.point(digits)) is exact


@pytest.mark.parametrize(
    ("status", "host", "address", "strong"),
    [
        ("VERIFIED", "mirror", "https://example.org/reprint", True),
        ("VERIFIED", "mirror", REPRINT, False),
        ("SECONDARY", "official", "", True),
        ("SECONDARY", "press", "", True),
        ("SECONDARY", "mirror", "https://example.org/mirror", False),
        ("VERIFIED", "press", REPRINT, True),
    ],
)
def test_strong_evidence_stands_on_an_official_or_press_host_or_in_a_reprint_that_can_be_opened(
    status: str, host: str, address: str, strong: bool
):
    assert quantity(make_row(status=status, host=host, address=address)).strong is strong


def weak(digits: str, row: str = "mirror-row", **fields: str):
    return quantity(make_row(digits, row=row, status="SECONDARY", host="mirror", **fields))


def test_several_sightings_are_one_figure_the_most_precise_that_rests_on_all():
    figure = agree([quantity(make_row("8", row="coarse")), quantity(make_row("8.4", row="fine"))], "growth")
    assert (figure.published, figure.rows) == (Fraction("8.4"), ("fine", "coarse"))


def test_about_nothing_is_what_prints_as_nothing_rounded_half_up():
    assert quantity(make_row("0", bound="about")).interval == Interval(Fraction(-1, 2), Fraction(1, 2), False, False)


def test_an_exact_sighting_is_preferred_to_a_bound():
    figure = agree([quantity(make_row("8", bound="more than")), quantity(make_row("8.4"))], "growth")
    assert figure.published == Fraction("8.4")


def test_the_better_host_lends_its_evidence_to_the_same_digits():
    figure = agree([weak("8.4"), quantity(make_row("8.4"))], "growth")
    assert (figure.evidence, figure.strong) == ("official", True)


def test_digits_that_stand_on_a_mirror_alone_stay_weak():
    """An official 8.4 does not make a mirror's 8.43 strong: the last digit is the mirror's own."""
    figure = agree([quantity(make_row("8.4", row="official-row")), weak("8.43")], "growth")
    assert not (figure.published == Fraction("8.43") and figure.strong)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("8.4", ""), ("8.6", "")),
        (("8.4", ""), ("9", "more than")),
        (("9", "more than"), ("8", "less than")),
        (("400000", ""), ("355000", "")),
        (("100000", ""), ("149000", "")),
        (("1000", ""), ("1499", "")),
        (("20", ""), ("15", "")),
    ],
)
def test_sightings_that_cannot_be_one_figure_are_refused(first: tuple[str, str], second: tuple[str, str]):
    sightings = [quantity(make_row(digits, row=f"row-{digits}", bound=bound)) for digits, bound in (first, second)]
    with pytest.raises(InputError, match="two sightings of one figure disagree"):
        agree(sightings, "growth")


def test_a_disagreement_names_figure_row_and_remedy():
    with pytest.raises(InputError) as caught:
        agree([quantity(make_row("8.4")), quantity(make_row("8.6", row="other-row"))], "growth")
    assert str(caught.value) == (
        "growth: two sightings of one figure disagree\n"
        "  expected: the figure [8.35, 8.45) in all rows\n"
        "  found:    [8.55, 8.65) in row other-row\n"
        "  to do:    give the rows different vintages, or record the error of the source"
    )


def test_a_summary_with_trailing_zeros_agrees_with_the_exact_figure():
    figure = agree([quantity(make_row("480", scale="ten thousand")), quantity(make_row("4801000"))], "personnel")
    assert figure.published == 4801000


def test_a_figure_is_found(official):
    assert official(make_row("8.4")).find("growth", "growth", "2019").published == Fraction("8.4")


def test_a_figure_that_nobody_published_is_missing_and_named(official):
    missing = official(make_row("8.4")).find("growth", "growth", "2020", geography="Here", basis="annual")
    assert missing == Missing(("growth: growth, 2020, Here, annual",), NOT_SEEN)


def test_a_figure_on_weaker_evidence_than_the_run_accepts_is_missing_for_that_reason(official):
    rows = make_row("8.4", host="mirror"), make_row("7.7", period="2018")
    assert official(*rows, least_evidence="press").find("growth", "growth", "2019").reason == TOO_WEAK


def test_more_than_one_observation_is_an_error_that_says_how_to_narrow(official):
    with pytest.raises(InputError) as caught:
        official(make_row("8.4"), make_row("9.4", geography="There")).find("growth", "growth", "2019")
    assert str(caught.value) == (
        "growth: growth, 2019: more than one observation fits\n"
        "  expected: one\n  found:    2\n  to do:    name geography, basis or bound as well"
    )


def test_vintages_are_observations_of_their_own(official):
    rows = make_row("2.23"), make_row("2.24", vintage="revised")
    figures = official(*rows).figures("research")
    assert [figure.published for figure in figures["figure"]] == [Fraction("2.23"), Fraction("2.24")]


def test_figures_are_one_row_an_observation_with_their_last_month(official):
    figures = official(make_row("8.4", period="2019Q3"), make_row("8.4", period="2019Q3", host="press")).figures(
        "growth"
    )
    assert (len(figures), str(figures.loc[0, "month"]), figures.loc[0, "figure"].rows) == (
        1,
        "2019-09",
        ("row-0", "row-1"),
    )


@pytest.mark.parametrize("ask", [
    lambda one: one.find("growth", "growht", "2019"),
    lambda one: one.figures("growth", indicator=["other", "growht"]),
    lambda one: one.series("growth", "growht", pd.period_range("2019", "2019", freq="Y")),
])
def test_a_slip_of_the_pen_is_no_figure_that_nobody_published(official, ask):
    with pytest.raises(InputError, match=r"(?s)the table lists no such indicator.*did you mean growth") as told:
        ask(official(make_row()))
    assert told.value.got == "growht"


def test_a_column_that_the_table_does_not_have_is_named_with_those_that_it_has(official):
    with pytest.raises(InputError, match=r"(?s)the table has no such column.*geography") as told:
        official(make_row()).figures("growth", place="Here")
    assert told.value.got == "place"


def test_no_figures_have_the_columns_and_types_of_figures(official):
    full, empty = official(make_row()).figures("growth"), official(make_row()).figures("growth", indicator="other")
    assert list(empty.columns) == list(full.columns)
    assert empty["month"].dtype == full["month"].dtype


@pytest.mark.parametrize(
    ("period", "month"), [("2019", "2019-12"), ("2019Q1", "2019-03"), ("2018-07", "2018-07"), ("2016/2019", "2019-12")]
)
def test_a_cumulative_figure_carries_its_last_month(period: str, month: str):
    assert last_month(period) == month


def test_a_series_has_a_named_hole_where_nothing_was_published(official):
    figures = official(make_row("8.4", period="2019Q1"), make_row("7.7", period="2019Q3")).figures("growth")
    table = wide(figures, pd.period_range("2019Q1", "2019Q3", freq="Q"), {"growth": "rate", "absent": "none"}, "growth")
    assert table.loc["2019Q2", "rate"] == Missing(("growth: growth, 2019Q2",))
    assert table["none"].map(type).eq(Missing).all()
    assert table.loc["2019Q3", "rate"].published == Fraction("7.7")


def test_a_series_of_nothing_is_all_holes(official):
    nothing = official(make_row()).figures("growth", indicator="other")
    table = wide(nothing, pd.period_range("2019Q1", "2019Q2", freq="Q"), {"growth": "rate"}, "growth")
    assert table["rate"].map(type).eq(Missing).all()


def test_a_gap_carries_both_roundings_and_shows_the_digits_of_an_office():
    first, second = (pd.Series([quantity(make_row(digits))], dtype=object) for digits in ("8.4", "5.7"))
    gap = gaps(first, second)[0]
    assert (gap.published, repr(gap.interval)) == (Fraction("2.7"), "(2.6, 2.8)")


def test_a_gap_with_a_hole_is_a_hole():
    hole = Missing(("a",))
    first, second = pd.Series([hole], dtype=object), pd.Series([quantity(make_row())], dtype=object)
    assert list(gaps(first, second)) == [hole]


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (quantity(make_row("8.40")), "8.40"),
        (quantity(make_row("13", bound="more than")), "(13, ...)"),
        (Missing(("a",)), "\u2014"),
        (quantity(make_row("8.4")) - quantity(make_row("5.7")), "2.6 to 2.8"),
        (gaps(*(pd.Series([quantity(make_row(digits))], dtype=object) for digits in ("8.7", "6.7")))[0], "2.0"),
        (quantity(make_row("461000")), "461000"),
    ],
)
def test_a_table_shows_the_printed_figure_the_interval_or_a_dash(figure, shown: str):
    assert text(figure) == shown
