"""The key of an official row says its place, period, basis and vintage once more, and must agree with its columns."""

from __future__ import annotations

import re
from collections import defaultdict

from asprinted.official import tables
from checkout import ROOT

ROWS = [(name, row) for name in tables.names(ROOT) for row in tables.rows(name, ROOT) if "digits" in row]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _period(row: dict[str, str]) -> str:
    """The period as a key writes it: 2019, 2019h1, 2019q1-q3, 2019q3, 2018-07, 2016-2019."""
    year, rest = row["period"][:4], row["period"][4:]
    if row["basis"] == "cumulative" and rest in ("Q2", "Q3"):
        return year + {"Q2": "h1", "Q3": "q1-q3"}[rest]
    return year + (rest.lower() if rest.startswith("Q") else rest.replace("/", "-"))


def _head(name: str, row: dict[str, str]) -> str | None:
    """The part of a key before the source, or None where place and period do not stand in it as the columns say."""
    found = re.match(rf"(.*?-{_slug(row['geography'])}-{re.escape(_period(row))})(?=-(?!q\d)|$)", row["row"])
    return found[1] if found else None


def test_the_key_of_every_row_names_its_place_and_its_period():
    assert len(ROWS) > 1000
    assert [row["row"] for name, row in ROWS if _head(name, row) is None] == []


def test_the_key_of_a_row_says_whether_it_is_of_a_month_or_counts_from_january():
    unlike = [row["row"] for _, row in ROWS if row["unit"] and re.fullmatch(r"\d{4}-\d\d", row["period"])
              and (row["basis"] == "cumulative") != ("-cumulative-" in row["row"]) and row["basis"] in ("cumulative", "month")]
    assert unlike == []


def test_the_key_of_a_row_names_its_vintage_unless_it_is_the_first():
    for vintage in ("flash", "revised"):
        unlike = [row["row"] for _, row in ROWS if (row["vintage"] == vintage) != (f"-{vintage}-" in row["row"])]
        assert unlike == [], vintage


def test_what_a_key_calls_an_indicator_is_one_indicator():
    called = defaultdict(set)
    for name, row in ROWS:
        head = _head(name, row)
        called[head and head.rpartition(f"-{_slug(row['geography'])}-")[0]].add(row["indicator"])
    assert {head: names for head, names in called.items() if len(names) > 1} == {}
