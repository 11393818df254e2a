"""Every claim in one of three lists: derived, looked up, or without a public measure."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from second import development, innovation
from second.figures import Figure
from second.paper import Choice
from second.rules import Reading, number

DERIVED: dict[str, Callable[[Choice], list[Reading]]] = {**development.DERIVED, **innovation.DERIVED}
with (Path(__file__).parent / "looked_up.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))
LOOKED_UP = {
    id: [line for line in LINES if line["claim"] == id] for id in dict.fromkeys(line["claim"] for line in LINES)
}
WITHOUT_A_MEASURE = {
    "most-companies-did-well": "what the survey calls a good operating result, and its share of companies",
    "all-but-one-rebounded": "prosperity: index of each surveyed industry, 2020Q3 and 2020Q4",
    "bands-of-prosperity": "prosperity: names and edges of the bands, and the index of six industries, 2020Q4",
    "east-and-centre-stronger": "shares of the regions in the growth of strategic emerging industries, 2019 and 2020",
    "capital-below-developed-countries": "capital invested in strategic emerging industries, on one definition, "
    "in China and in developed countries",
}


def seen(line: dict[str, str], p: Choice) -> Figure | None:
    """The figure that a line of the list names."""
    return p.find(
        *(line[key] for key in ("table", "indicator", "period", "basis", "geography")), bound=line["bound"] or None
    )


def looked_up(id: str, p: Choice) -> list[Reading]:
    """The readings of a looked-up claim."""
    return [number(seen(line, p)) for line in LOOKED_UP[id]]
