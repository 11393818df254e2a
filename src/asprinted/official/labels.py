"""What the tables name by keys, in words that a reader can take to a library: periods, figures that were not seen, pages."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from asprinted.numbers.dates import periods
from asprinted.numbers.sources import DATA, is_strong
from asprinted.official import tables
from asprinted.verdicts.words import enumerated

Rows = Mapping[str, Mapping[str, Any]]
_ORDINALS = ("first", "second", "third", "fourth")
_BASES = ("annual", "quarter", "month", "cumulative", "point in time")
# As Official.find and Official.wide name what is missing: TABLE[, KNOWN]: INDICATOR, PERIOD[, GEOGRAPHY][, BASIS].
_KEY = re.compile(r"(?P<table>\w+)(?P<known>(?:, [^:]+)?): (?P<indicator>[a-z0-9_]+), (?P<period>[\dHQW/-]+)(?P<rest>(?:, .+)?)")


def period(text: str, basis: str = "") -> str:
    """A period of the tables in words; one that is counted from January on is named so.

    >>> period("2019Q2", "cumulative"), period("2019Q2", "quarter"), period("2019Q4", "cumulative"), period("2018-08", "cumulative")
    ('January to June 2019', 'second quarter of 2019', '2019', 'January to August 2018')
    >>> period("2018-10", "month"), period("2016/2019"), period("2019", "annual"), period("2018-04/2019-03")
    ('October 2018', '2016 to 2019', '2019', 'April 2018 to March 2019')
    >>> period("2019H2", "period"), period("2019H1", "cumulative"), period("2019W31"), period("2019-07-31")
    ('second half of 2019', 'January to June 2019', 'week 31 of 2019', '31 July 2019')
    """
    if "/" in text:
        return " to ".join(period(part) for part in text.split("/"))
    kind, ends = periods.kind_of(text), periods.last_day(text)
    if kind == "week":
        return f"week {int(text[-2:])} of {text[:4]}"
    if kind == "day":
        return f"{ends.day} {ends:%B %Y}"
    if kind == "half" and basis != "cumulative":
        return f"{_ORDINALS[int(text[-1]) - 1]} half of {ends.year}"
    if kind == "year" or (basis == "cumulative" and ends.month == 12):
        return str(ends.year)
    if basis == "cumulative":
        return f"January to {ends:%B %Y}" if ends.month > 1 else f"January {ends.year}"
    return f"{_ORDINALS[(ends.month - 1) // 3]} quarter of {ends.year}" if kind == "quarter" else f"{ends:%B %Y}"


def wanted(keys: Iterable[str], rows: Rows, folder: Path) -> list[str]:
    """What would settle a claim, in words: each figure once, with all the periods that are wanted of it.

    ``keys`` are those of :class:`~asprinted.numbers.quantity.Missing`, keys of ``rows`` that are too weak to decide, or
    words; ``folder`` is that of the tables.
    """
    found: dict[str, list[str]] = {}
    listed = [(key, rows.get(key)) for key in keys]
    settled = {_observation(key, row) for key, row in listed if row and not _row(row, folder)[0]}  # by another sighting of the figure
    for key, row in listed:
        if row and _observation(key, row) in settled:
            continue
        what, when = _row(row, folder) if row else _figure(key, folder)
        if what:
            found.setdefault(what, []).extend([when] if when and when not in found.get(what, ()) else [])
    return [", ".join([what, *_joined(sorted(when, key=_order))]) for what, when in found.items()]


def _observation(key: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """What a row is a sighting of; one without an indicator stands for itself."""
    fields = ("table", "indicator", "geography", "period", "basis", "vintage")
    return tuple(row.get(field, "") for field in fields) if row.get("indicator") else (key,)


def _order(words: str) -> tuple[str, int]:
    """The year first, then the quarter."""
    return words[-4:], next((place for place, name in enumerate(_ORDINALS) if words.startswith(name)), 0)


def _joined(when: list[str]) -> list[str]:
    """Several periods in one phrase; quarters of one year name it once.

    >>> _joined(["first quarter of 2020", "second quarter of 2020"]), _joined(["2018", "2019"]), _joined(["2019"]), _joined([])
    (['first and second quarter of 2020'], ['2018 and 2019'], ['2019'], [])
    """
    quarters = [one.partition(" quarter of ") for one in when]
    if len(when) > 1 and len({year for _, _, year in quarters}) == 1 and quarters[0][2]:
        named = f"quarter of {quarters[0][2]}"
        return [f"every {named}" if len(when) == len(_ORDINALS) else f"{enumerated([name for name, _, _ in quarters])} {named}"]
    return [enumerated(when)] if when else []


def _figure(key: str, folder: Path) -> tuple[str, str]:
    found, (table, colon, words) = _KEY.fullmatch(key), key.partition(": ")
    if found is None or found["table"] not in _names(folder):
        said = words if colon and table in _names(folder) else key
        return re.sub(r"\b\d{4}Q[1-4]\b", lambda found: period(found[0], "quarter"), said), ""
    about = [part for part in f"{found['known']}{found['rest']}".split(", ") if part]
    basis = next((part for part in about if part in _BASES), "cumulative" if found["table"] == "growth" and "Q" in found["period"] else "")
    places = [part for part in about if part not in _BASES]
    return ", ".join([_described(found["table"], found["indicator"], folder), *places]), period(found["period"], basis)


def _row(row: Mapping[str, str], folder: Path) -> tuple[str, str]:
    """A figure that stands in the data, but where it cannot contradict; nothing where it is strong already."""
    if row["host"] in DATA:
        return ("" if row["status"] == "VERIFIED" else f"an address at which a reader can get {row['row']}"), ""
    if is_strong(row["host"], row["status"], row["address"]):
        return "", ""
    what = ", ".join([_described(row["table"], row.get("indicator", row["table"]), folder), *filter(None, [row.get("geography")])])
    return (f"{what}, on a page of the office or of the press", period(row["period"], row.get("basis", "")) if row.get("period") else "")


def _described(table: str, indicator: str, folder: Path) -> str:
    return _descriptions(table, folder).get(indicator) or indicator.replace("_", " ")


@functools.lru_cache(maxsize=16)
def _names(folder: Path) -> frozenset[str]:
    return frozenset(tables.names(folder.parents[1]))


@functools.lru_cache(maxsize=64)
def _descriptions(table: str, folder: Path) -> dict[str, str]:
    listed = tables.schema(table, folder.parents[1])["properties"].get("indicator", {}).get("oneOf", ())
    return {entry["const"]: re.sub(r"\s*\(.*?\)", "", entry["description"]) for entry in listed}


def pages(keys: Iterable[str], rows: Rows) -> list[dict[str, str]]:
    """Where the rows were seen, each page once: publisher, title, date, address (empty where there is none), host."""
    found = [rows[key] for key in keys if key in rows]
    seen = {row["source"]: row for row in found}
    return [{"publisher": row["publisher"], "title": row["title"], "published": row["published"],
             "address": row["address"] if row["address"].startswith(("http://", "https://")) else "", "host": row["host"]}
            for row in seen.values()]


class ByKey(Mapping[str, Mapping[str, Any]]):
    """Every row of the tables of an audit by its key, with its table and the fields of its source.

    A table is read when a row of it is asked for: all of them take a tenth of a second, in each notebook.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.names = root, tables.names(root)

    def __getitem__(self, key: str) -> Mapping[str, Any]:
        # A key begins with the name of its table, as the schema of observations says; one that does not is looked for in all.
        likely = sorted(self.names, key=lambda name: not key.startswith(f"{name.replace('_', '-')}-"))
        for name in likely if not re.search(r"\s", key) else ():
            if found := _rows_of(self.root, name, tables.stamp(name, self.root)).get(key):
                return found
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return itertools.chain.from_iterable(_rows_of(self.root, name, tables.stamp(name, self.root)) for name in self.names)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@functools.lru_cache(maxsize=64)
def _rows_of(root: Path, table: str, stamp: object) -> dict[str, dict[str, Any]]:
    return {str(key): row | {"table": table} for key, row in tables.load(table, root).to_dict("index").items()}
