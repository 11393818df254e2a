"""What is asked of a table, held to what the table can hold: a slip of the pen is no figure that nobody published."""

from __future__ import annotations

import difflib
import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING

from asprinted.official import tables
from forkmill.errors import InputError
from forkmill.schema import near

if TYPE_CHECKING:
    import pandas

# From where on a place that the table has not is taken for a slip of the pen: "Wrld" for "World".
ALIKE = 0.8
SHOWN = 6  # periods or places that a hint names


def column(where: object) -> tuple[str, ...]:
    """One value or several of a column, as a tuple of what was given."""
    return (where,) if isinstance(where, str) or not hasattr(where, "__iter__") else tuple(where)  # type: ignore[return-value]


@functools.lru_cache(maxsize=4096)
def check(base: Path, name: str, column: str, named: tuple[str, ...], stamp: object) -> None:
    """Refuse a column that the table has not, and a value that its schema does not list or allow.

    A place that the table has not is refused where one that it has is spelled almost alike: else it would be called unpublished.
    ``stamp`` says which state of the table is meant (:func:`asprinted.official.tables.stamp`).

    Raises:
        InputError: what is asked for cannot be in the table.
    """
    where = f"data/official/schemas/{name}.yaml"
    columns = tables.schema(name, base)["properties"]
    rule = columns.get(column)
    if rule is None:
        raise InputError("the table has no such column", where, ", ".join(columns), column,
                         near(column, columns) or "take one of these columns")
    listed = rule.get("enum") or [entry["const"] for entry in rule.get("oneOf", ())]
    for one in named:
        if not isinstance(one, str):
            raise InputError(f"what is asked of the column {column} is no text", where, f'text, such as "{one}"', repr(one),
                             f'write "{one}"' if isinstance(one, int) else "write it in quotes")
        if listed and one not in listed:
            raise InputError(f"the table lists no such {column}", where, "a value that the schema lists", one,
                             near(one, listed) or f"list it there, with its meaning, or take one of: {', '.join(map(str, listed))}")
        if "pattern" in rule and not re.search(rule["pattern"], one):
            raise InputError(f"what is asked for is in no form of the column {column}", where,
                             f"{rule.get('description', column)} (pattern {rule['pattern']})", one, "write it as the table does")
        if column == "geography":
            _check_place(base, name, one, stamp)


@functools.lru_cache(maxsize=64)
def _places(base: Path, name: str, stamp: object) -> tuple[str, ...]:
    frame = tables.load(name, base)
    return tuple(sorted(frame["geography"].unique())) if "geography" in frame else ()


def _check_place(base: Path, name: str, place: str, stamp: object) -> None:
    known = _places(base, name, stamp)
    close = [] if place in known else difflib.get_close_matches(place, known, 1, ALIKE)
    if close:
        raise InputError("the table has no row of this place, but of one that is spelled almost alike",
                         f"data/official/{name}.csv, column geography", close[0], place,
                         f"did you mean {close[0]}? Where {place} is meant and nothing of it was seen, write quantity.Missing((...,))")


@functools.lru_cache(maxsize=4096)
def hint(base: Path, name: str, indicator: str, period: str, place: str | None, stamp: object) -> str:
    """What the table has of an indicator that was not found, for who looks why. ``stamp``: as in :func:`check`."""
    rows = tables.load(name, base)
    rows = rows[rows["indicator"] == indicator]
    if rows.empty:
        return "no row of this indicator"
    if place is not None and place not in rows["geography"].unique():
        return f"rows of this indicator are of other places: {_some(rows['geography'])}"
    rows = rows if place is None else rows[rows["geography"] == place]
    if period not in rows["period"].unique():
        return f"rows of this indicator are of other periods: {_some(rows['period'])}"
    return "there are rows of this indicator, place and period, but of another basis, bound or vintage"


def _some(values: pandas.Series) -> str:
    found = sorted(values.unique())
    return ", ".join(found[:SHOWN]) + (f" and {len(found) - SHOWN} more" if len(found) > SHOWN else "")
