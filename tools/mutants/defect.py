"""A planted defect, and the seeded draw of some out of all that could be planted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

# Changed files of a defect by path below the root; None deletes the file.
Files = dict[str, str | None]


@dataclass(frozen=True)
class Defect:
    """One defect that can be planted: ``plant`` gives the changed files, so that a thousand of them cost nothing.

    Args:
        family: the class of the report that it belongs to.
        where: file and place; with ``what`` and the family it is the key of the defect.
        what: what is planted, such as ``8.4 -> 8.5``.
        rows: keys of the official rows that it touches.
    """

    family: str
    where: str
    what: str
    plant: Callable[[], Files] = field(compare=False, repr=False)
    rows: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Text by which a stopped run knows that the defect was done."""
        return f"{self.family} | {self.where} | {self.what}"


def draw(candidates: Iterable[Defect], size: int, seed: int) -> list[Defect]:
    """``size`` of the candidates, spread over their places: no place twice before every place was taken once.

    >>> sites = [Defect("f", f"place {n % 3}", str(n), dict) for n in range(9)]
    >>> chosen = draw(sites, 3, seed=1)
    >>> sorted({one.where for one in chosen}), chosen == draw(sites, 3, seed=1)
    (['place 0', 'place 1', 'place 2'], True)
    """
    places: dict[str, list[Defect]] = {}
    for one in sorted(candidates, key=lambda defect: defect.key):
        places.setdefault(one.where, []).append(one)
    chance = random.Random(seed)
    for one in places.values():
        chance.shuffle(one)
    order = list(places)
    chance.shuffle(order)
    chosen: list[Defect] = []
    while len(chosen) < size and any(places.values()):
        for place in order:
            if places[place] and len(chosen) < size:
                chosen.append(places[place].pop())
    return chosen
