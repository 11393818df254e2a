"""Every claim in one of three lists: derived, looked up, or without a public measure."""

from __future__ import annotations

import csv
import functools
from collections.abc import Callable
from pathlib import Path

from second import development, innovation, inside
from second.figures import Figure
from second.paper import Choice, read
from second.rules import Order, Reading

DERIVED: dict[str, Callable[[Choice], list[Reading | Order]]] = {
    **development.DERIVED,
    **innovation.DERIVED,
    **inside.DERIVED,
}
with (Path(__file__).parent / "looked_up.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))
LOOKED_UP = {
    id: [line for line in LINES if line["claim"] == id] for id in dict.fromkeys(line["claim"] for line in LINES)
}
WITHOUT_A_MEASURE = {
    "emerging-industries-worldwide": "growth of emerging industries all over the world, on one definition, before and since 2019",
    "from-cultivation-to-growth": "what tells a stage of growth from a stage of cultivation",
    "most-companies-did-well": "what counts as a good operating result, and its share of all companies of China",
    "all-but-one-rebounded": "prosperity: index of each surveyed industry, 2020Q3 and 2020Q4",
    "bands-of-prosperity": "prosperity: names and edges of the bands, and the index of six industries, 2020Q4",
    "east-and-centre-stronger": "shares of the regions in the growth of strategic emerging industries, 2019 and 2020",
    "key-industries-growing": "which key industries are meant, and from which rate on their growth is rapid",
    "users-5g-growing": "from which rate on the growth of 5G users is extremely fast",
    "capital-greatly-increased": "capital invested in strategic emerging industries, and from which increase on it is great",
    "capital-below-developed-countries": "capital invested in strategic emerging industries, on one definition, "
    "in China and in developed countries",
    "amounts-called-high": "what the amount for Shenzhen is compared with",
    "rd-personnel-insufficient": "how many R&D personnel, and how much spent on them, would be sufficient",
    "output-still-behind": "output of collaborative innovation, on one definition, in China and in developed countries",
    "rd-investment-low": "which R&D investment is meant, and beside what it is low",
}


def seen(line: dict[str, str], p: Choice) -> Figure | None:
    """The figure that a line of the list names."""
    return p.find(
        *(line[key] for key in ("table", "indicator", "period", "basis", "geography")), bound=line["bound"] or None
    )


@functools.cache
def readings(id: str, p: Choice) -> list[Reading | Order]:
    """The readings of a claim under a choice: none where there is no measure."""
    if id in DERIVED:
        return DERIVED[id](p)
    return [read(seen(line, p)) for line in LOOKED_UP.get(id, ())]
