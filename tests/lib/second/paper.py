"""What the paper states and which choices a run can make, once more: yaml and csv, and no line of the helpers."""

from __future__ import annotations

import csv
import functools
import itertools
import os
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import yaml
from second.figures import WORTH, Figure, look_up
from second.rules import KEPT, NUMERALS, Reading, Stated, looked_up

from checkout import ROOT

PAPER = ROOT / "data" / "paper"


@dataclass(frozen=True)
class Choice:
    """One value of every parameter, and the figures that it accepts."""

    vintage: str
    rounding: str
    least_evidence: str
    recent_years: int
    quarter_ratio: int

    def find(
        self, table: str, indicator: str, period: str, basis: str, geography: str = "China", bound: str | None = None
    ) -> Figure | None:
        return look_up(table, indicator, period, basis, geography, least=self.least_evidence, bound=bound)


@functools.cache
def claims() -> dict[str, dict[str, Any]]:
    """The claims by id, in the order of the paper."""
    return {
        entry["id"]: entry
        for path in sorted((PAPER / "claims").glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text("utf-8"))
    }


@functools.cache
def stated(id: str) -> Stated | None:
    """The number that a claim states; None for a claim of order, direction, trend and the like."""
    entry = claims()[id]
    if "stated" not in entry:
        return None
    digits = NUMERALS.get(entry["stated"], entry["stated"]).replace(",", "")
    return Stated(
        digits, entry.get("qualifier", "exact"), Fraction(WORTH[entry.get("scale", "one")]), entry["kind"] == "count"
    )


@functools.cache
def said(id: str) -> Figure:
    """What the paper states, with every value that its digits can have been shortened from."""
    found = stated(id)
    assert found is not None
    figure = found.value * found.worth if found.qualifier == "exact" else None
    return Figure(figure, found.possible, own=True)


@functools.cache
def digits_for(figure: Fraction) -> frozenset[int]:
    """To how many digits the paper itself prints an official figure, where it shortens it: a level in millions or more."""
    plain = [stated(id) for id, entry in claims().items() if entry["kind"] == "number" and "scale" in entry]
    return frozenset(
        one.significant
        for one in plain
        if one is not None and one.qualifier == "exact" and one.value * one.worth != figure
        if one.possible[0] <= (figure, 0) <= one.possible[1]
    )


def read(
    value: Figure | None,
    *,
    listed: tuple[Figure | None, ...] = (),
    instead: tuple[Figure | None, ...] = (),
    given: tuple[Figure | None, ...] = (),
) -> Reading:
    """A reading of a stated number. Texts keep three or four digits of what they calculate with, or what they print."""
    digits = set(KEPT).union(*(digits_for(one.printed) for one in looked_up(value) if one.printed))
    return Reading(value, listed, tuple(sorted(digits)), instead, given)


def choices() -> list[Choice]:
    """Every combination of the values of the parameters, the defaults first.

    The harness of planted defects runs the tests a thousand times, and asks for the first alone.
    """
    listed = {}
    for entry in yaml.safe_load((PAPER / "parameters.yaml").read_text("utf-8"))["parameters"]:
        values = entry.get("allowed") or list(range(entry["minimum"], entry["maximum"] + 1))
        listed[entry["name"]] = [entry["default"], *(value for value in values if value != entry["default"])]
    found = [Choice(**dict(zip(listed, values, strict=True))) for values in itertools.product(*listed.values())]
    return found[: int(os.environ.get("SECOND_DERIVATION_CHOICES", len(found)))]


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of data/paper."""
    with (PAPER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def subsections(section: str) -> int:
    """How many headings stand one step below a section."""
    heads = [row["where"].removesuffix("/title") for row in table("locators") if row["where"].endswith("/title")]
    return sum(head.split(".")[:-1] == [section] for head in heads)
