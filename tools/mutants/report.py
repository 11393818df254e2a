"""The table of planted defects: how many of each class were noticed, by what, and which were missed."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from asprinted.paper.files import read_yaml
from mutants.plan import FAMILIES
from mutants.plant_code import MODULES

Result = dict[str, Any]
NOTHING_LEFT = "nothing of it is left once the record is made anew"
NO_VERDICT = "reaches no verdict and no other output"
SAME = "no output differs under any value of any parameter"
ALL, CLASS, GUARDED = 98, 90, 90  # goals, percent noticed
ENOUGH = 10  # defects of a class, from which on its share says something


@functools.cache
def equivalent() -> dict[tuple[str, str], str]:
    """Why a change of a module does the same, by file and change."""
    listed = read_yaml(Path(__file__).with_name("equivalent.yaml"))
    return {(MODULES[one["module"]], f"{one['from']} -> {one['to']}"): f"equivalent: {one['because']}" for one in listed}


def excused(result: Result, after: bool) -> str:
    """Why a defect that nothing notices counts as equivalent or as reaching nothing; empty where it counts as missed.

    The rules: a stored output is overwritten when the record is made anew; an official row, or a row of data/paper, that
    no verdict and no compared output reads cannot make one wrong; a formula is the same if nothing differs whatever the
    parameters are; a changed module, if it stands in equivalent.yaml with the reason. Code that does the same by its
    syntax was not planted.
    """
    if after and result["left"] is False:
        return NOTHING_LEFT
    if result["shown"] is False and result["where"].startswith("data/"):
        return NO_VERDICT
    if result["shown"] is False and result.get("same") and result["where"].startswith("notebooks/"):
        return SAME
    return equivalent().get((result["where"].partition(",")[0], result["what"].partition(": ")[2]), "")


def status(result: Result, after: bool) -> str:
    """``noticed``, ``missed``, or the reason why neither is meant."""
    if result["accepted" if after else "planted"]:
        return "noticed"
    return excused(result, after) or "missed"


def wilson(noticed: int, count: int) -> tuple[float, float]:
    """The 95 percent interval of Wilson (1927) for a share, in percent.

    >>> [round(end, 1) for end in wilson(24, 24)], [round(end, 1) for end in wilson(0, 0)]
    ([86.2, 100.0], [0.0, 100.0])
    """
    if count == 0:
        return 0.0, 100.0
    z, share = 1.959964, noticed / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def _row(name: str, results: list[Result], after: bool) -> str:
    found = Counter(status(one, after) for one in results)
    noticed, missed = found.pop("noticed", 0), found.pop("missed", 0)
    count = noticed + missed
    low, high = wilson(noticed, count)
    share = f"{100 * noticed / count:.0f} % | {low:.0f} to {high:.0f} %" if count else "- | -"
    return f"| {name} | {len(results)} | {noticed} | {sum(found.values())} | {missed} | {share} |"


def table(results: list[Result], after: bool) -> str:
    """One row a class: planted, noticed, equivalent or reaching nothing, missed, share noticed with its interval."""
    head = ["| class | planted | noticed | no harm | missed | noticed | 95 % interval |", "|---|--:|--:|--:|--:|--:|--:|"]
    rows = [_row(family, [one for one in results if one["family"] == family], after) for family in FAMILIES]
    return "\n".join([*head, *rows, _row("**all**", results, after)])


def share(results: Iterable[Result], after: bool) -> tuple[int, int]:
    """Defects noticed, and those that were noticed or missed."""
    found = Counter(status(one, after) for one in results)
    return found["noticed"], found["noticed"] + found["missed"]


def unmet(results: list[Result], probes: list[Result]) -> list[str]:
    """The goals that were not met, in words; a class of which a sample drew few is not held to a share."""
    found = {"all classes, as planted": (*share(results, False), ALL),
             "guarded rows, after make accept": (*guarded(results, probes), GUARDED)}
    for family in FAMILIES:
        noticed, count = share((one for one in results if one["family"] == family), False)
        if count >= ENOUGH:
            found[f"{family}, as planted"] = (noticed, count, CLASS)
    return [f"{name}: {noticed} of {count} noticed, at least {goal} % wanted" for name, (noticed, count, goal) in found.items()
            if 100 * noticed < goal * count]


def by_what(results: list[Result], after: bool) -> str:
    """How many defects each kind of check was the first to notice."""
    said = Counter(kind(one["accepted" if after else "planted"]) for one in results)
    return "\n".join(["| noticed first by | defects |", "|---|--:|",
                      *(f"| {name} | {count} |" for name, count in said.most_common() if name)])


def kind(noticed: str) -> str:
    """The check behind a message, without its place.

    >>> kind("unit test tests/test_a.py::test_b"), kind("the record: x: a -> b"), kind("data/a.csv, row 3: the digits do not stand")
    ('unit test tests/test_a.py', 'the record differs', 'check of inputs: the digits do not stand')
    """
    if noticed.startswith("unit test"):
        return noticed.partition("::")[0]
    for start, name in (("the record", "the record differs"), ("a stored output", "a stored output differs"),
                        ("the run fails", "the run fails"), ("the checks fail", "the checks fail"), ("did not end", "time limit")):
        if noticed.startswith(start):
            return name
    return f"check of inputs: {noticed.rpartition(': ')[2]}" if noticed else ""


def _missed(results: Iterable[Result], after: bool) -> str:
    listed = [f"- {one['family']}: {one['where']}: `{one['what']}`" for one in results if status(one, after) == "missed"]
    return "\n".join(listed) or "None."


def _reasons(results: Iterable[Result], after: bool) -> str:
    found = Counter(status(one, after) for one in results)
    listed = [f"- {count}: {reason}" for reason, count in found.most_common() if reason not in ("noticed", "missed")]
    return "\n".join(listed) or "None."


def unguarded(probes: list[Result]) -> list[str]:
    """Keys of the rows that a verdict rests on whose misreading nothing but the record would notice."""
    return sorted(one["where"].rpartition(", ")[2] for one in probes if not one["accepted"])


def guarded(results: list[Result], probes: list[Result]) -> tuple[int, int]:
    """Misreadings of guarded rows: noticed once the record is made anew, and planted."""
    held = {one["where"] for one in probes if one["accepted"]}
    own = [one for one in results if one["where"] in held and "excerpt" in one["family"]]
    return sum(bool(one["accepted"]) for one in own), len(own)


def text(results: list[Result], probes: list[Result], facts: dict[str, Any]) -> str:
    """The whole report as Markdown. ``facts``: date, seed, versions, seconds, tests and the like, by name."""
    alone = unguarded(probes)
    noticed, count = guarded(results, probes)
    return "\n\n".join([
        "\n".join(f"- {name}: {value}" for name, value in facts.items()),
        "## As planted", table(results, False), "No harm:", _reasons(results, False),
        "## After `make accept`, hashes made anew", table(results, True), "No harm:", _reasons(results, True),
        f"Of the rows that a second source or an identity guards, {noticed} of {count} misreadings of the source were noticed.",
        "## What noticed them", "As planted:", by_what(results, False), "After `make accept`:", by_what(results, True),
        "## Missed as planted", _missed(results, False), "## Missed after `make accept`", _missed(results, True),
        f"## Rows that rest on one source ({len(alone)} of {len(probes)} that a verdict rests on)",
        "\n".join(f"- `{row}`" for row in alone) or "None.",
    ]) + "\n"
