"""Periods as the world writes them: half-years, weeks, days and fiscal years beside years, quarters and months."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.numbers.dates import periods
from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official.observations import wide

PERIODS = st.one_of(
    st.integers(1900, 2100).map(str), st.builds("{}H{}".format, st.integers(1900, 2100), st.integers(1, 2)),
    st.builds("{}Q{}".format, st.integers(1900, 2100), st.integers(1, 4)),
    st.builds("{}-{:02}".format, st.integers(1900, 2100), st.integers(1, 12)),
    st.builds("{}W{:02}".format, st.integers(1900, 2100), st.integers(1, 52)),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str),
)


@given(PERIODS)
def test_a_period_ends_where_the_next_of_its_kind_begins(text: str) -> None:
    first, last = periods.first_day(text), periods.last_day(text)
    lengths = {"year": (365, 366), "half": (181, 184), "quarter": (90, 92), "month": (28, 31), "week": (7, 7), "day": (1, 1)}
    least, most = lengths[periods.kind(text)]
    assert least <= (last - first).days + 1 <= most
    if periods.kind(text) == "week":
        assert (first.isoweekday(), last.isoweekday()) == (1, 7)
    elif periods.kind(text) != "day":
        assert first.day == (last + timedelta(days=1)).day == 1


@pytest.mark.parametrize("text", ["2019", "2019Q3", "2019-07", "2019-07-31"])
def test_a_period_ends_as_pandas_has_it(text: str) -> None:
    assert periods.last_day(text) == pd.Period(text).end_time.date()


@pytest.mark.parametrize("text", ["2019-02-30", "2019W53", "2019-13", "2019/2018", "2019/2019", "2018/19", "2018-04/2019",
                                  "2019Q3/2019-12", "19", ""])
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"period|week|day|month|ends"):
        periods.kind(text)


def _figures(*listed: str) -> pd.DataFrame:
    rows = [{"indicator": "rain", "period": text, "month": pd.Period(_month(text), freq="M"),
             "figure": Quantity(Interval.point(place), (f"row-{text}",))} for place, text in enumerate(listed)]
    return pd.DataFrame(rows)


def _month(text: str) -> str:
    return periods.last_day(text).strftime("%Y-%m")


@pytest.mark.parametrize(("index", "listed", "held"), [
    (pd.period_range("2018", "2020", freq="Y-MAR"), ["2017-04/2018-03", "2018-04/2019-03"],
     ["row-2017-04/2018-03", "row-2018-04/2019-03", ""]),
    (pd.period_range("2019-07-29", "2019-08-11", freq="W"), ["2019W31", "2019W32"], ["row-2019W31", "row-2019W32"]),
    (pd.period_range("2019-07-30", "2019-08-01", freq="D"), ["2019-07-31"], ["", "row-2019-07-31", ""]),
    (pd.period_range("2019Q1", "2019Q4", freq="Q"), ["2019H1", "2019H2"], ["", "row-2019H1", "", "row-2019H2"]),
    (pd.period_range("2019", "2019", freq="Y"), ["2018-04/2019-03"], [""]),
])
def test_an_observation_belongs_to_the_period_of_the_index_that_ends_with_it(index: pd.PeriodIndex, listed: list[str],
                                                                             held: list[str]) -> None:
    table = wide(_figures(*listed), index, {"rain": "rain"}, "weather")
    assert ["" if isinstance(one, Missing) else one.rows[0] for one in table["rain"]] == held
