"""What each sentence of the paper compares, held to a second reader's table that was typed from the paper.

Claims and notebooks could agree with each other and both have misread the sentence: another period, place, direction or
subject, or a weaker word. tests/lib/second/compares.csv says claim by claim what the sentence speaks of. Here the notebooks are
run once and watched, so that it is no matter how a comparison is written down, only what is set beside what.

How the table is read:

- **period**, **place**, **compared_with**: every year, quarter, span of months and place that they name stands in the claim,
  and no other does. What stands in brackets is understood from the sentences around, and may be left out there.
- **strength** and **words**: each must stand in the claim; ``a|b`` are words that say the same.
- **readings**: how many the sentence bears, separated by ``|``; empty for one.
- **observations**: ``indicator @ place @ period``, with ``+`` between several: each combination must be looked up, and nothing
  else may be, but what stands in **may_rest_on**. ``a..b`` is any period that ends between the two, ``a|b`` is either; ``||``
  stands between readings. A period may name its basis: growth "in the third quarter" may be that of the quarter alone or
  cumulated from January, growth "in 2019" is annual.
- **compares**: what is set beside what: ``a < b < c``, ``a >= b``, ``a = b``, ``a ~ b`` (nearly), ``reported a``. A side is
  named by its latest period, its place, an indicator, a claim or a number. What neither side names is the same for both.
  ``no measure`` where nothing published could decide a sentence so worded; empty for a plain number.
- **wants**: words in what a claim is said to need, where that is not a single observation.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import pairwise, product

import pytest
from watched import Comparison, Observation, Side, checks, last_month

from asprinted.numbers import quantity
from asprinted.paper import register
from asprinted.paper.files import inventory
from checkout import ROOT

TABLE = {row["claim"]: row for row in csv.DictReader((ROOT / "tests/lib/second/compares.csv").read_text("utf-8").splitlines())}
CLAIMS = register.load(ROOT).claims
PERIOD = re.compile(r"\d{4}(?:Q\d|-\d\d)?")
# The words by which a text names a period: a quarter or half with its year, a year, a span of months, an end.
WHEN = re.compile(r"(?:(?:first|second|third|fourth) (?:quarter|half)(?: of \d{4})?|(?:first|second)(?= to the )|\b\d{4}\b"
                  r"|january to september|end of(?= \d{4}))")
PLACES = ("China", "Beijing", "Zhejiang", "Jiangsu", "Xinjiang", "Shenzhen", "Anhui", "Hubei", "northeast", "west", "east",
          "cent(?:re|ral)", "United States", "developed countries", "world")


def _listed(cell: str, separator: str = ";") -> list[str]:
    return [part.strip() for part in cell.split(separator) if part.strip()]


def _meant(spec: str, period: str, basis: str) -> bool:
    """Whether an observation's period is one that a cell of the table allows: ``2019 annual``, ``2020|2017-12``, ``a..b``."""
    for one in spec.split("|"):
        wanted, _, wanted_basis = one.partition(" ")
        first, _, last = wanted.partition("..")
        among = last_month(first) <= last_month(period) <= last_month(last) if last else wanted == period
        if among and (not wanted_basis or not basis or wanted_basis == basis):
            return True
    return False


def _combinations(cell: str) -> Iterator[tuple[str, str, str]]:
    """Every indicator, place and period that a cell of the table names together."""
    for entry in _listed(cell):
        yield from product(*(_listed(part, "+") for part in entry.split("@")))  # type: ignore[misc]


def _is(one: Observation, indicator: str, place: str, period: str) -> bool:
    return fnmatchcase(one.indicator, indicator) and place == one.place and _meant(period, one.period, one.basis)


def _named(side: Side, name: str) -> bool:
    """Whether a side is what the table calls so."""
    def one(part: str) -> bool:
        latest = max((seen.end for seen in side.observations), default="")
        return (part == "*" or part == side.number or part in side.claims
                or bool(PERIOD.fullmatch(part) and side.observations and last_month(part) == latest)
                or {seen.place for seen in side.observations} == {part}
                or any(fnmatchcase(seen.indicator, part) for seen in side.observations))
    return all(one(part) for part in _listed(name, "&"))


def _links(cell: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The single comparisons of a cell: ``a < b < c`` has two."""
    for chain in _listed(cell):
        if chain.startswith("reported "):
            yield "reported", (chain.removeprefix("reported "),)
            continue
        parts = re.split(r" (<|>=|=|~) ", chain)
        for (left, right), sign in zip(pairwise(parts[::2]), parts[1::2], strict=True):
            yield sign, (left, right)


def _fits(found: Comparison, sign: str, names: tuple[str, ...]) -> bool:
    orders: Iterable[tuple[Side, ...]] = [found.sides, found.sides[::-1]] if sign in ("=", "~") else [found.sides]
    if sign == "reported":
        return found.sign == sign
    return found.sign == sign and any(all(map(_named, sides, names)) for sides in orders)


def _told(side: Side) -> str:
    return " and ".join([*sorted(f"{one.indicator} of {one.place} {one.period}" for one in side.observations),
                         *sorted(side.claims), *filter(None, [side.number]), *side.prose])


def test_every_claim_has_a_row_and_no_row_is_left_over():
    assert list(TABLE) == list(CLAIMS)
    assert set(checks()) == set(CLAIMS)
    assert [id for id, row in TABLE.items() if CLAIMS[id].where not in row["where"].split("; ")] == []


@pytest.mark.parametrize("id", TABLE)
def test_what_is_looked_up_for_a_claim_is_what_its_sentence_speaks_of_and_nothing_else(id):
    check, cells = checks()[id], TABLE[id]["observations"].split(" || ")
    for cell, found in zip(cells, check.readings, strict=True) if len(cells) > 1 else [(cells[0], check.looked_up)]:
        assert [one for one in _combinations(cell) if not any(_is(seen, *one) for seen in found)] == [], "not looked up"
    allowed = [one for cell in [*cells, TABLE[id]["may_rest_on"]] for one in _combinations(cell)]
    assert [seen for seen in check.looked_up if not any(_is(seen, *one) for one in allowed)] == [], "not of this sentence"


@pytest.mark.parametrize("id", TABLE)
def test_a_claim_sets_beside_one_another_what_its_sentence_does_in_that_direction(id):
    links = [] if TABLE[id]["compares"] == "no measure" else list(_links(TABLE[id]["compares"]))
    compared = checks()[id].compared
    told = [f"{' and '.join(map(_told, one.sides))}: {one.sign}" for one in compared]
    assert [link for link in links if not any(_fits(one, *link) for one in compared)] == [], told
    assert [said for one, said in zip(compared, told, strict=True) if not any(_fits(one, *link) for link in links)] == []


@pytest.mark.parametrize("id", [id for id, row in TABLE.items() if re.search(" (?:<|>=|~) ", row["compares"])])
def test_what_a_comparison_does_not_name_is_the_same_on_both_sides(id):
    named = " ".join(part for _, names in _links(TABLE[id]["compares"]) for part in names)
    for one in checks()[id].compared:
        left, right = (side.observations for side in one.sides)
        if left and right:
            assert PERIOD.search(named) or max(seen.end for seen in left) == max(seen.end for seen in right), one
            assert any(seen.place in named for seen in left) or {seen.place for seen in left} == {seen.place for seen in right}, one
            kinds = [{seen.indicator for seen in side} for side in (left, right)]
            assert "_" in named or len(kinds[0]) != len(kinds[1]) or kinds[0] == kinds[1], one


@pytest.mark.parametrize("id", TABLE)
def test_a_claim_without_a_measure_for_so_strong_a_word_is_not_given_a_weaker_one(id):
    check, none = checks()[id], TABLE[id]["compares"] == "no measure"
    assert (quantity.NO_MEASURE in check.reasons) == (none or "(no measure)" in TABLE[id]["readings"])
    assert not (none and (check.compared or check.looked_up))
    said = " ".join(check.prose)
    assert [word for word in _listed(TABLE[id]["wants"]) if word.lower() not in said.lower()] == []
    assert bool(said) == bool(TABLE[id]["wants"])


@pytest.mark.parametrize("id", TABLE)
def test_a_claim_is_judged_under_as_many_readings_as_its_sentence_bears(id):
    assert len(checks()[id].readings) == TABLE[id]["readings"].count("|") + 1


def _said(id: str, *columns: str) -> tuple[str, str]:
    """What the table says in some columns: all of it, and what the claim must repeat."""
    said = " ".join(TABLE[id][column] for column in columns).lower()
    return said, re.sub(r"\(.*?\)", "", said)


@pytest.mark.parametrize("id", TABLE)
def test_a_claim_names_the_period_of_its_sentence_and_no_other(id):
    said, must = _said(id, "period", "compared_with")
    named = set(WHEN.findall(CLAIMS[id].quantity.lower()))
    assert set(WHEN.findall(must)) <= named <= set(WHEN.findall(said))


@pytest.mark.parametrize("id", TABLE)
def test_a_claim_names_the_place_of_its_sentence_and_no_other(id):
    said, must = _said(id, "place", "compared_with")
    of = [{place for place in PLACES if re.search(rf"\b{place.lower()}", text)} for text in (must, CLAIMS[id].quantity.lower(), said)]
    assert of[0] <= of[1] <= of[2]


@pytest.mark.parametrize("id", TABLE)
def test_a_claim_keeps_the_words_that_make_its_sentence_what_it_is(id):
    text = f"{CLAIMS[id].qualifier} {CLAIMS[id].quantity}".replace("exact ", "")
    wanted = [*_listed(re.sub(r"\(.*?\)", "", TABLE[id]["strength"])), *_listed(TABLE[id]["words"])]
    assert wanted
    assert [words for words in wanted if not re.search(rf"\b(?:{words})", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("row", [row for row in inventory(ROOT) if row["claim"] in CLAIMS and not CLAIMS[row["claim"]].is_number],
                         ids=lambda row: f"{row['where']} {row['text']}")
def test_a_number_that_belongs_to_no_stated_one_stands_in_the_words_of_its_claim(row):
    assert re.search(rf"(?<![\d.,]){re.escape(row['text'])}(?![\d]|[.,]\d)", CLAIMS[row["claim"]].quantity)
