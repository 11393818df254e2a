"""Series of official figures over the years, complete with their holes, and what they said last.

Nothing here knows where a series ends: the last row of a table is the last year of whatever is made from it, so that
carrying a series on is adding rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from asprinted.numbers.arithmetic import resized
from asprinted.numbers.interval import decimal_text
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official.observations import Official, text

NOTHING = "no figure seen"


def series(official: Official, table: str, indicator: str, *, per: int = 1, **where: str) -> pd.Series:
    """Figures of one indicator by year (index ``period[Y]``, dtype object), in units of ``per``.

    ``where`` narrows by geography, basis ("annual" unless given) or vintage ("first" unless given). Of several figures
    of one year, such as two states of a stock, the latest counts. An empty series where the run accepts no row.
    """
    where = {"basis": "annual", "vintage": "first"} | where
    figures = official.figures(table, indicator=indicator, **where)
    years = pd.PeriodIndex(figures["month"], freq="M").asfreq("Y")
    series = pd.Series([scaled(figure, per) for figure in figures["figure"]], index=years, name=indicator, dtype=object)
    return series[~series.index.duplicated(keep="last")]


def scaled(figure: Quantity | Missing, per: int) -> Quantity | Missing:
    """The same figure in units of ``per``: a published figure stays a published one.

    >>> from fractions import Fraction
    >>> from asprinted.numbers.interval import Interval
    >>> scaled(Quantity(Interval.point(4838000), published=Fraction(4838000)), 10**6).published
    Fraction(2419, 500)
    """
    if isinstance(figure, Missing) or per == 1:
        return figure
    return resized(figure, Fraction(1, per), figure.unit and figure.unit.of_size(per))


def table(series: Mapping[str, pd.Series], since: str) -> pd.DataFrame:
    """One column a series, a row each year from ``since`` to the last figure of any; holes are :class:`Missing`."""
    last = max((index for one in series.values() for index in one.index), default=pd.Period(since, "Y"))
    years = pd.period_range(since, max(last, pd.Period(since, "Y")), freq="Y")
    columns = {name: [one.get(year, Missing((f"{name}, {year}",))) for year in years] for name, one in series.items()}
    return pd.DataFrame(columns, index=years.rename("year"), dtype=object)


def words(figure: Quantity | Missing) -> str:
    """A figure for a reader: as :func:`asprinted.official.observations.text`, a bound in words.

    >>> from fractions import Fraction
    >>> from asprinted.numbers.interval import Interval
    >>> words(Quantity(Interval(Fraction(17), None, low_closed=False)))
    'more than 17'
    """
    if isinstance(figure, Missing):
        return text(figure)
    low, high, closed = figure.interval.low, figure.interval.high, figure.interval.low_closed
    if low is not None and high is not None:
        rounded = figure.published is not None and high - low > 1  # trailing zeros: the figure, not its width
        return decimal_text(figure.published, 4) if rounded else text(figure)
    if low is not None:
        return f"{'at least' if closed else 'more than'} {decimal_text(low, 4)}"
    return NOTHING if high is None else f"less than {decimal_text(high, 4)}"


def latest(series: pd.Series) -> str:
    """The last figure of a series with its year, as text.

    >>> latest(pd.Series([Missing(("a",))], index=pd.period_range("2019", "2019", freq="Y"), dtype=object))
    'no figure seen'
    """
    known = [(year, figure) for year, figure in series.items() if isinstance(figure, Quantity)]
    return f"{words(known[-1][1])} in {known[-1][0]}" if known else NOTHING


def at(series: pd.Series, year: str) -> str:
    """The figure of one year as text; a dash where there is none."""
    return words(series.get(pd.Period(year, "Y"), Missing((year,))))
