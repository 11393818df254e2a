"""The official figures once more: csv, yaml and fractions, and no line of the helpers."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
WORTH = {"one": 1, "thousand": 1000, "ten thousand": 10_000, "million": 10**6, "hundred million": 10**8, "billion": 10**9,
         "trillion": 10**12}
GRADES = ["official", "press", "mirror"]


@dataclass(frozen=True)
class Figure:
    """Value as printed, half a unit of its last place, and whether it may accuse."""

    value: Fraction
    half: Fraction
    strong: bool
    sightings: int

    @property
    def low(self) -> Fraction:
        return self.value - self.half

    @property
    def high(self) -> Fraction:
        return self.value + self.half


def half_place(digits: str) -> Fraction:
    """Half of the last place: zeros at the end of a number from a thousand on may mean nothing."""
    plain = digits.lstrip("-")
    if "." in plain:
        return Fraction(1, 2 * 10 ** len(plain.split(".")[1]))
    if int(plain) < 1000:
        return Fraction(1, 2)
    return Fraction(10 ** (len(plain) - len(plain.rstrip("0"))), 2)


def look_up(table: str, indicator: str, period: str, least: str = "mirror", **where: str) -> Figure | None:
    """The figure of one observation in its first vintage from rows on hosts that are good enough, or None."""
    folder = ROOT / "data" / "official"
    hosts = {key: source["host"] for key, source in yaml.safe_load((folder / f"{table}.yaml").read_text("utf-8"))["sources"].items()}
    wanted = {"indicator": indicator, "period": period, "vintage": "first", "geography": "China", "bound": "", **where}
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[key] == value for key, value in wanted.items())
                and GRADES.index(hosts[row["source"]]) <= GRADES.index(least)]
    found = []
    for row in rows:
        worth = WORTH[row["scale"]]
        strong = row["status"] == "VERIFIED" or hosts[row["source"]] != "mirror"
        found.append(Figure(Fraction(row["digits"]) * worth, half_place(row["digits"]) * worth, strong, 1))
    if not found:
        return None
    best = min(found, key=lambda one: (not one.strong, one.half))
    return Figure(best.value, best.half, any(one.strong for one in found if one.value == best.value), len(found))
