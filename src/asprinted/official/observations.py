"""Official figures as quantities: which rows count, which vintage, and how several sightings become one figure.

Strong evidence, which alone may contradict a statement, is a row on an official or a press host, or a verbatim reprint
that names its release (status VERIFIED) and has an address, so that a reader can open it. Any other row can support a
number but never accuses. What makes a host official or press stands in data/official/hosts.yaml.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from asprinted.numbers import printed
from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.dates.days import Dated, of_period
from asprinted.numbers.dates.periods import last_day
from asprinted.numbers.interval import Interval, decimal_text
from asprinted.numbers.quantity import EVIDENCE, NOT_SEEN, TOO_WEAK, Missing, Quantity, published_difference
from asprinted.numbers.sources import EXCLUDED, PAGES, is_strong
from asprinted.numbers.units import Unit
from asprinted.official import asked, declared_units, tables
from asprinted.official.declared_units import Declared
from forkmill.errors import InputError

# Units that are counted one by one: such a figure is exact, unless it is large and may have been shortened.
COUNTED = {"bases", "cities", "classes", "clusters", "companies", "fields", "industries", "measures", "projects", "provinces", "year"}
LARGE = 1000
OBSERVATION = ["indicator", "geography", "period", "basis", "unit", "vintage"]
READ = ["row", "digits", "scale", "bound", "unit", "status", "host", "address", "vintage"]  # columns behind a figure
BOUNDS = ("more than", "at least", "less than", "about")


def quantity(row: Mapping[str, str], declared: Declared = ()) -> Quantity | Dated:
    """The figure, or the date, of one row of a table in data/official (a mapping from its columns, the row key among them).

    ``declared`` says what the audit's own units are (:mod:`asprinted.official.declared_units`).
    """
    return _quantity(*(row.get(column, "") for column in READ), declared=declared)


@functools.cache
def _quantity(
    row: str, digits: str, scale: str, bound: str, unit: str, status: str, host: str, address: str, vintage: str,
    declared: Declared = (),
) -> Quantity | Dated:
    strong = is_strong(host, status, address)
    if unit == DATE:
        return Dated(Quantity(of_period(digits), (row,), (), None, host, strong, (vintage,)))
    factor = Fraction(10 ** printed.SCALES[scale])
    number = printed.parse(digits)
    value = number.value * factor
    if bound in BOUNDS:
        interval = printed.qualified(number, bound, printed.Rounding.HALF_UP)[0].possible.scaled(factor)
        figure = None
    else:
        # Offices round half up. Trailing zeros of a large number ("461,000") are not taken as significant: a place
        # too fine would make a computed interval too narrow, and a narrow interval accuses.
        place = number.places[-1] if abs(number.value) >= LARGE else number.places[0]
        interval = printed.interval(value, place * factor)
        if unit in COUNTED and factor == 1 and (number.value < LARGE or unit == "year"):
            interval = Interval.point(value)
        figure = value
    return Quantity(interval, (row,), (), figure, host, strong, (vintage,), unit=declared_units.read(unit, declared))


def agree(sightings: list[Quantity], where: str) -> Quantity:
    """One figure out of several sightings of it, resting on all of them: a strong one before a weak one, then the most
    precise one. Its evidence is that of the sightings with its digits; the others only agree with it.

    Raises:
        InputError: two sightings cannot be the same figure.
    """
    def order(q: Quantity) -> tuple[bool, bool, Fraction]:
        low, high = q.interval.low, q.interval.high
        return (q.published is None, not q.strong, Fraction(0) if low is None or high is None else high - low)

    best = min(sightings, key=order)
    for other in sightings:
        if not _compatible(best, other):
            raise InputError("two sightings of one figure disagree", where, f"the figure {best} in all rows",
                             f"{other} in row {', '.join(other.rows)}",
                             "give the rows different vintages, or record the error of the source")
    same = [sighting for sighting in sightings if sighting.published == best.published]
    return replace(best, rows=tuple(row for sighting in sorted(sightings, key=lambda q: q is not best) for row in sighting.rows),
                   evidence=min((s.evidence for s in same), key=EVIDENCE.index), strong=any(s.strong for s in same))


def _agreed(sightings: list[Quantity | Dated], where: str) -> Quantity | Dated:
    """As :func:`agree`; of a date the evidence is that of the sightings that are as precise."""
    days = [one.days for one in sightings if isinstance(one, Dated)]
    if not days:
        return agree([one for one in sightings if isinstance(one, Quantity)], where)
    found = agree(days, where)
    return Dated(replace(found, evidence=min((one.evidence for one in days if one.interval == found.interval), key=EVIDENCE.index)))


def _compatible(best: Quantity, other: Quantity) -> bool:
    """Whether two sightings can be the same figure, one printed to more places than the other."""
    if best.published is None or other.published is None:
        return best.interval.meets(other.interval)
    return any(one.published in two.interval for one, two in ((best, other), (other, best)))


class Asked(NamedTuple):
    """What is looked up, under which choices and in which state of the files: the key of what was found for it."""

    base: Path
    name: str
    least_evidence: str
    excluded: frozenset[str]
    stamp: tuple[object, Declared]
    where: tuple[tuple[str, tuple[str, ...]], ...]

    def of_any_evidence(self) -> Asked:
        """The same with the weakest page accepted."""
        return self._replace(least_evidence=PAGES[-1])


class Official:
    """The official figures under the choices of one run.

    Args:
        vintage: "first" (as first published) or "latest" (latest known value).
        least_evidence: the weakest kind of host that is accepted: "official", "press" or "mirror".
    """

    def __init__(self, base: Path, vintage: str = "first", least_evidence: str = "mirror") -> None:
        self.base, self.vintage, self.least_evidence = base, vintage, least_evidence
        self.declared_units = declared_units.load(base)

    def unit(self, text: str) -> Unit | None:
        """The unit that words name, with what the audit declares in data/official/units.yaml; None where there are none."""
        return declared_units.read(text, self.declared_units)

    def table(self, name: str) -> pd.DataFrame:
        """Rows of a table that the run accepts, all columns as strings, indexed by row key."""
        return _accepted(self.base, name, self.least_evidence, EXCLUDED.get())

    def figures(self, name: str, **where: str | Iterable[str]) -> pd.DataFrame:
        """One row an observation: indicator, geography, period, basis, unit, vintage, ``month`` and ``figure``.

        ``month`` is the last month of the period (dtype ``period[M]``), ``figure`` a :class:`Quantity` (dtype object).
        ``where`` keeps the rows with these values: ``figures("growth", basis=["cumulative", "annual"])``.

        Raises:
            InputError: a value that the schema of the table does not list, so that a slip of the pen is no figure that was not seen.
        """
        return _figures(*self._asked(name, where)).copy(deep=False)

    def _asked(self, name: str, where: Mapping[str, str | Iterable[str]]) -> Asked:
        stamp = tables.stamp(name, self.base)
        wanted = tuple((column, asked.column(one)) for column, one in where.items())
        for column, named in wanted:
            asked.check(self.base, name, column, named, stamp)
        return Asked(self.base, name, self.least_evidence, EXCLUDED.get(), (stamp, self.declared_units), wanted)

    def find(self, name: str, indicator: str, period: str, **where: str) -> Quantity | Missing:
        """The figure of one observation, or what is missing.

        ``where`` narrows by ``geography``, ``basis``, ``vintage`` ("first" unless given) or ``bound``.

        Raises:
            InputError: more than one observation fits, or what is asked for cannot be in the table.
        """
        where = {"vintage": "first", **where}
        wanted = self._asked(name, {"indicator": indicator, "period": period, **where})
        found = _figures(*wanted)
        key = f"{name}: {', '.join([indicator, period, *(v for k, v in where.items() if k != 'vintage')])}"
        if len(found) > 1:
            raise InputError("more than one observation fits", key, "one", f"{len(found)}", "name geography, basis or bound as well")
        if len(found) == 1:
            return found["figure"].iloc[0]
        if len(_figures(*wanted.of_any_evidence())):
            return Missing((key,), TOO_WEAK)
        return Missing((key,), hint=asked.hint(self.base, name, indicator, period, where.get("geography"), wanted.stamp))

    def wide(self, name: str, index: pd.PeriodIndex, columns: dict[str, str], **where: str | Iterable[str]) -> pd.DataFrame:
        """Observations with one column a series, on a complete index whose holes are :class:`Missing`.

        Args:
            index: the days, weeks, months, quarters or years wanted, fiscal ones too; an observation belongs to the one that ends with it.
            columns: indicator -> name of its column.
            where: as in :meth:`figures`; ``vintage`` is "first" unless given.
        """
        where = {"vintage": "first", "indicator": list(columns), **where}
        return _wide(self._asked(name, where), index.freqstr, tuple(index), tuple(columns.items())).copy(deep=False)

    def series(self, name: str, indicator: str, index: pd.PeriodIndex, **where: str) -> pd.Series:
        """One indicator over time on a complete index (dtype object); see :meth:`wide`."""
        return self.wide(name, index, {indicator: indicator}, **where)[indicator]


def _accepted(base: Path, name: str, least_evidence: str, excluded: frozenset[str]) -> pd.DataFrame:
    frame = tables.load(name, base)
    frame = frame[frame["host"].isin(EVIDENCE[: EVIDENCE.index(least_evidence) + 1])]
    return frame[~frame["source"].isin(excluded)] if excluded else frame


@functools.lru_cache(maxsize=4096)
def _wide(wanted: Asked, freq: str, index: tuple[pd.Period, ...], columns: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    weaker = _figures(*wanted.of_any_evidence())
    known = [value[0] for column, value in wanted.where if column not in ("vintage", "indicator") and len(value) == 1]
    return wide(_figures(*wanted), pd.PeriodIndex(index, freq=freq), dict(columns), ", ".join([wanted.name, *known]), weaker)


@functools.lru_cache(maxsize=4096)
def _figures(base: Path, name: str, least_evidence: str, excluded: frozenset[str],
             stamp: tuple[object, Declared], where: tuple[tuple[str, tuple[str, ...]], ...]) -> pd.DataFrame:
    """Looked up once while the files stay as they are: a sweep asks the same over and over."""
    if not where:
        return _observations(_accepted(base, name, least_evidence, excluded), name, stamp[1])
    if {column for column, _ in where} <= set(OBSERVATION):  # each keeps or leaves out an observation as a whole
        return _only(_figures(base, name, least_evidence, excluded, stamp, ()), where).reset_index(drop=True)
    return _observations(_only(_accepted(base, name, least_evidence, excluded), where), name, stamp[1])


def _only(frame: pd.DataFrame, where: tuple[tuple[str, tuple[str, ...]], ...]) -> pd.DataFrame:
    """The rows that have one of the wanted values in every column of ``where``."""
    kept = np.ones(len(frame), dtype=bool)
    for column, wanted in where:
        kept &= frame[column].isin(wanted).to_numpy(dtype=bool)
    return frame[kept]


def _observations(frame: pd.DataFrame, name: str, declared: Declared) -> pd.DataFrame:
    """Rows of the table ``name`` as observations; several sightings of one figure become one."""
    if frame.empty:
        return pd.DataFrame(columns=[*OBSERVATION, "figure", "month"], dtype=object).astype({"month": "period[M]"})
    read = frame.reset_index(names="row")[READ]
    frame = frame.assign(figure=[_quantity(*row, declared=declared) for row in read.itertuples(index=False, name=None)])
    tidy = frame.groupby(OBSERVATION, sort=False)["figure"].agg(list).reset_index()
    tidy["figure"] = [sightings[0] if len(sightings) == 1 else _agreed(sightings, name) for sightings in tidy["figure"]]
    tidy["month"] = pd.PeriodIndex([last_month(text) for text in tidy["period"]], freq="M")
    return tidy.sort_values(["indicator", "geography", "month"], kind="stable", ignore_index=True)


def last_month(period: str) -> str:
    """The last month of a period as the tables write it, the one in which it ends.

    >>> [last_month(one) for one in ("2019", "2019Q3", "2018-07", "2016/2019", "2019H1", "2019W31")]
    ['2019-12', '2019-09', '2018-07', '2019-12', '2019-06', '2019-08']
    """
    return last_day(period).strftime("%Y-%m")


def wide(
    figures: pd.DataFrame, index: pd.PeriodIndex, columns: dict[str, str], key: str, weaker: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Tidy observations spread to one column a series; a hole says what is wanted and whether weaker evidence has it.

    Args:
        figures: observations of :meth:`Official.figures`; those that do not end a period of ``index`` are left out.
        key: what the holes are called in "wanted", for instance "growth, cumulative".
        weaker: the observations that there would be with any evidence.
    """
    table = _spread(figures, index, columns)
    seen = (table if weaker is None or weaker is figures else _spread(weaker, index, columns)).notna()
    for indicator in table:
        holes = table[indicator].isna()
        table.loc[holes, indicator] = [Missing((f"{key}: {indicator}, {period}",), TOO_WEAK if seen.loc[period, indicator] else NOT_SEEN)
                                       for period in table.index[holes]]
    return table.rename(columns=columns).rename_axis(index="period", columns=None)


def _spread(figures: pd.DataFrame, index: pd.PeriodIndex, columns: dict[str, str]) -> pd.DataFrame:
    last = pd.PeriodIndex([pd.Period(last_day(text), freq="D") for text in figures["period"]], freq="D")
    when = last.asfreq(index.freqstr)
    ends = when.asfreq("D", how="end") == last
    table = figures.assign(when=when)[ends].pivot(index="when", columns="indicator", values="figure")
    return table.reindex(index=index, columns=list(columns)).astype(object)


def gaps(first: pd.Series, second: pd.Series) -> pd.Series:
    """Element-wise ``first`` minus ``second`` (dtype object): shown as the offices print a gap, judged with both roundings."""
    return pd.Series([published_difference(a, b) for a, b in zip(first, second, strict=True)], index=first.index, dtype=object)


def text(figure: Quantity | Missing | Dated) -> str:
    """A quantity for a table to read: the printed figure, the interval, a date in words, or a dash for a hole."""
    if isinstance(figure, Dated):
        return str(figure)
    if isinstance(figure, Missing):
        return "\N{EM DASH}"
    low, high = figure.interval.low, figure.interval.high
    if low is None or high is None:
        return repr(figure.interval)
    if figure.published is None:
        return " to ".join(dict.fromkeys(decimal_text(end, 4) for end in (low, high)))
    if low < high and not figure.published % printed.place_within(high - low):
        return printed.shorten(figure.published, printed.place_within(high - low))
    return decimal_text(figure.published, 4)
