"""What was drafted before, so that a second draft adds what is new and touches nothing: ``data/paper/drafted.csv``.

A row a place: its locator, the part of the paper, a hash of its words and the numbers that were found in it. The words stand nowhere.
"""

from __future__ import annotations

import difflib
import hashlib
import itertools
import string
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from asprinted.draft.structure import Place
from forkmill import reading
from forkmill.errors import InputErrors
from forkmill.files import csv_text

FILE = "drafted.csv"
COLUMNS = ["where", "part", "words", "numbers"]


@dataclass(frozen=True)
class Remembered:
    """A place as it was drafted."""

    where: str
    part: str
    words: str
    numbers: tuple[str, ...]


def of(place: Place) -> Remembered:
    """What is remembered of a place."""
    numbers = tuple(one.text for one in place.numbers)
    return Remembered(place.where, place.part, hashlib.sha256(place.text.encode("utf-8")).hexdigest()[:12], numbers)


def read(folder: Path) -> list[Remembered]:
    """What was drafted into a folder data/paper; nothing where nothing was.

    Raises:
        InputErrors: the file is not in form.
    """
    path = folder / FILE
    if not path.exists():
        return []
    rows, faults = reading.table(path, f"data/paper/{FILE}", COLUMNS)
    if faults:
        raise InputErrors(faults)
    return [Remembered(row["where"], row["part"], row["words"], tuple(row["numbers"].split("|")) if row["numbers"] else ()) for row in rows]


def text(remembered: Sequence[Remembered]) -> str:
    """The text of the file."""
    return csv_text([COLUMNS, *([one.where, one.part, one.words, "|".join(one.numbers)] for one in remembered)])


@dataclass(frozen=True)
class Aligned:
    """The places of a text beside those drafted before: each with the locator that it has or gets, those that are gone."""

    places: list[Place]
    before: dict[str, Remembered]  # by locator: what was drafted of a place that is still there
    gone: list[Remembered]


def align(places: list[Place], old: list[Remembered]) -> Aligned:
    """Give each place the locator it was drafted under: of the same words, else of the same numbers in the same paragraph.

    >>> from asprinted.draft.structure import Place
    >>> first = [Place("1/1/1", "sentence", "It rose by 2.", "1"), Place("1/1/2", "sentence", "It fell by 3.", "1")]
    >>> later = [first[0], Place("1/1/2", "sentence", "New 5.", "1"), Place("1/1/3", "sentence", "It fell by 3.", "1")]
    >>> [one.where for one in align(later, [of(one) for one in first]).places]
    ['1/1/1', '1/1/1b', '1/1/2']
    """
    new = [of(place) for place in places]
    match = difflib.SequenceMatcher(None, [one.words for one in old], [one.words for one in new], autojunk=False)
    paired: dict[int, int] = {}
    for kind, a, b, c, d in match.get_opcodes():
        if kind == "equal":
            paired |= dict(zip(range(c, d), range(a, b), strict=True))
        elif kind == "replace":
            paired |= _alike(old, new, range(a, b), range(c, d))
    kept = {old[place].where for place in paired.values()}
    used = {one.where for one in old}
    found: list[Place] = []
    for number, place in enumerate(places):
        where = old[paired[number]].where if number in paired else place.where
        if old and number not in paired:
            where = _new(place.where, found[-1].where if found else "", used)
        used.add(where)
        found.append(replace(place, where=where))
    before = {old[place].where: old[place] for place in paired.values()}
    return Aligned(found, before, [one for one in old if one.where not in kept])


def _alike(old: list[Remembered], new: list[Remembered], before: range, after: range) -> dict[int, int]:
    """Places whose words were changed: in their order, those that share half of their numbers, or have none and one place."""
    found: dict[int, int] = {}
    free = list(before)
    for number in after:
        for candidate in free:
            mine, theirs = set(new[number].numbers), set(old[candidate].numbers)
            alike = 2 * len(mine & theirs) >= max(len(mine), len(theirs)) if mine or theirs else True
            same = old[candidate].where.rpartition("/")[0] == new[number].where.rpartition("/")[0] or bool(mine & theirs)
            if (alike and same) or old[candidate].where == new[number].where:
                found[number] = candidate
                free = [one for one in free if one > candidate]
                break
    return found


def _new(natural: str, last: str, used: set[str]) -> str:
    """A locator that nothing had before: its own, else that of the place before it with a letter."""
    if natural not in used:
        return natural
    base = last if last.rpartition("/")[0] == natural.rpartition("/")[0] else natural
    letters = itertools.chain(string.ascii_lowercase[1:], (f"z{number}" for number in itertools.count(1)))
    return next(f"{base}{letter}" for letter in letters if f"{base}{letter}" not in used)
