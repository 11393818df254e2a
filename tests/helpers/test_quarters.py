"""The bounds of a single quarter, by numbers that a pencil can follow, and against the one quarter that was printed.

Growth from January is the mean of the quarters, so the last of n quarters with the share w grew by
``whole + (1 - w) / w * (whole - before)``; with a ratio of 2 the share of the last of two quarters lies between 1/3 and 2/3,
of three between 1/5 and 1/2, of four between 1/7 and 2/5.
"""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import interval
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official.observations import Official
from checkout import ROOT
from helpers import indicators, quarters


def point(value: str) -> Quantity:
    return Quantity(Interval.point(Fraction(value)), (value,))


def ends(found: Quantity) -> list[str]:
    return [str(float(found.interval.low)), str(float(found.interval.high))]


@pytest.mark.parametrize(("quarter", "bounds"), [
    (2, ["8.5", "10.0"]),   # 8 + 1/2 * 1, 8 + 2 * 1
    (3, ["9.0", "12.0"]),   # 8 + 1 * 1, 8 + 4 * 1
    (4, ["9.5", "14.0"]),   # 8 + 3/2 * 1, 8 + 6 * 1
])
def test_a_quarter_alone_lies_between_the_bounds_that_its_share_allows(quarter, bounds):
    assert ends(quarters.single_quarter(point("8"), point("7"), quarter=quarter, ratio=2)) == bounds


def test_quarters_of_the_same_size_leave_one_value():
    found = quarters.single_quarter(point("8"), point("7"), quarter=3, ratio=1)
    assert found.interval == Interval.point(10)  # 3 * 8 - 2 * 7


def test_the_rounding_of_both_rates_widens_the_bounds():
    rates = [Quantity(interval(Fraction(digits), Fraction("0.1")), (digits,)) for digits in ("7.7", "6.7")]
    found = quarters.single_quarter(*rates, quarter=2, ratio=2)
    assert ends(found) == ["8.1", "9.95"]  # 3/2 * 7.65 - 1/2 * 6.75, 3 * 7.75 - 2 * 6.65


def test_a_wider_ratio_allows_all_that_a_narrower_one_does():
    two, four = (quarters.single_quarter(point("8"), point("7"), quarter=2, ratio=ratio).interval for ratio in (2, 4))
    assert four.low < two.low
    assert two.high < four.high


def test_a_rate_that_does_not_change_is_that_of_the_quarter_alone():
    assert quarters.single_quarter(point("6"), point("6"), quarter=4, ratio=4).interval == Interval.point(6)


def test_a_quarter_alone_rests_on_both_rates():
    assert quarters.single_quarter(point("8"), point("7"), quarter=2, ratio=2).rows == ("8", "7")


def test_without_one_of_the_rates_the_quarter_is_missing():
    assert quarters.single_quarter(point("8"), Missing(("first quarter",)), quarter=2, ratio=2) == Missing(("first quarter",))


@pytest.mark.parametrize("quarter", [0, 1, 5])
def test_only_a_quarter_after_another_in_its_year_has_bounds(quarter):
    with pytest.raises(ValueError, match=f"expected quarter 2, 3 or 4, found {quarter}"):
        quarters.single_quarter(point("8"), point("7"), quarter=quarter, ratio=2)


def rates(**columns: tuple[str, str]) -> pd.DataFrame:
    index = pd.period_range("2017Q2", "2017Q3", freq="Q")
    return pd.DataFrame({name: [point(value) for value in values] for name, values in columns.items()}, index=index, dtype=object)


def test_a_gap_alone_is_the_least_of_one_rate_less_the_greatest_of_the_other_and_the_other_way_round():
    found = quarters.single_gap(rates(emerging=("10", "11"), industry=("6", "6.1")), "2017Q3", ratio=2)
    assert ends(found) == ["5.5", "8.8"]  # emerging 12 to 15, industry 6.2 to 6.5


def test_the_gap_of_a_first_quarter_has_no_quarter_before_it_in_its_year():
    first = rates(emerging=("10", "11"), industry=("6", "6")).set_axis(pd.period_range("2016Q4", "2017Q1", freq="Q"))
    with pytest.raises(ValueError, match="found 1"):
        quarters.single_gap(first, "2017Q1", ratio=2)


def test_a_gap_needs_the_quarter_before_it():
    with pytest.raises(KeyError):
        quarters.single_gap(rates(emerging=("10", "11"), industry=("6", "6")), "2017Q2", ratio=2)


def test_the_one_quarter_that_was_printed_alone_lies_in_its_bounds():
    official = Official(ROOT)
    cumulative = indicators.growth(official, pd.period_range("2016Q1", "2016Q2", freq="Q"), basis="cumulative")["emerging"]
    alone = official.find("growth", "strategic_emerging_industries_value_added", "2016Q2", geography="China", basis="quarter")
    bounds = quarters.single_quarter(cumulative["2016Q2"], cumulative["2016Q1"], quarter=2, ratio=2).interval
    assert alone.published == Fraction("11.8")
    assert bounds.low < alone.interval.low
    assert alone.interval.high < bounds.high


def test_quarter_and_ratio_are_named_so_that_neither_passes_for_the_other():
    both = rates(emerging=("10", "11"), industry=("6", "6"))
    with pytest.raises(TypeError, match="positional argument"):
        quarters.single_gap(both, "2017Q3", 2)  # type: ignore[misc]
    with pytest.raises(TypeError, match="positional argument"):
        quarters.single_quarter(point("8"), point("7"), 3, 2)  # type: ignore[misc]
