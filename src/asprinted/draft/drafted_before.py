"""The places of a text beside those that were drafted before, so that a second draft adds what is new and touches nothing."""

from __future__ import annotations

import difflib
import hashlib
import itertools
import string
from collections import Counter
from dataclasses import dataclass, replace

from asprinted.draft.structure import Place
from asprinted.paper.drafted import Remembered


def of(place: Place, before: Remembered | None = None) -> Remembered:
    """What is remembered of a place that was drafted as ``before`` says; what somebody added to that stays while the words do."""
    now = tuple(one.text for one in place.numbers)
    words = hashlib.sha256(place.text.encode("utf-8")).hexdigest()[:12]
    if before and before.words == words:
        now = (*before.numbers, *(Counter(now) - Counter(before.numbers)).elements())
    lost = before.known - Counter(now) if before else Counter()
    return Remembered(place.where, place.part, words, now, tuple(lost.elements()))


def gone(before: Remembered) -> Remembered:
    """What is remembered of a place that the text has no longer."""
    return replace(before, numbers=(), lost=tuple(before.known.elements()))


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
    return Aligned(found, before, [gone(one) for one in old if one.where not in kept])


def _alike(old: list[Remembered], new: list[Remembered], before: range, after: range) -> dict[int, int]:
    """Places whose words were changed: in their order, those that share half of their numbers, or have none and one place."""
    found: dict[int, int] = {}
    free = list(before)
    for number in after:
        for candidate in free:
            mine, theirs = set(new[number].numbers), set(old[candidate].numbers or old[candidate].lost)
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
