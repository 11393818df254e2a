"""One verdict for a statement of several numbers, from the verdict on each: a mean with its SD, both ends of a range."""

from __future__ import annotations

from collections.abc import Mapping

from asprinted.numbers.quantity import merge, weakest
from asprinted.numbers.sources import OF_DATA, RECOMPUTED
from asprinted.verdicts.rules import Outcome
from asprinted.verdicts.vocabulary import ACCUSING, gravest

WHOLE = ""  # the name under which a statement is judged as one


def over_parts(outcomes: Mapping[str, Outcome], stated: Mapping[str, str]) -> Outcome:
    """One outcome for a statement of several numbers, by name; that of a statement that is judged as one is its own.

    The statement is wrong where one of its numbers is, by the gravest accusation; else it is open where one of them is; else it
    has the weakest support of any. The reason names the numbers that it is the reason of.

    Args:
        outcomes: what became of each number.
        stated: each of them as printed.

    >>> found = {"mean": Outcome("reproduced", "as is"), "SD": Outcome("contradicted", "it is 2.9")}
    >>> both = over_parts(found, {"mean": "38.8", "SD": "2.7"})
    >>> both.verdict, both.reason
    ('contradicted', 'SD 2.7: it is 2.9')
    """
    if WHOLE in outcomes:
        return outcomes[WHOLE]
    verdict, listed = gravest(one.verdict for one in outcomes.values()), list(outcomes.values())
    deciding = {name: one for name, one in outcomes.items()
                if one.verdict == verdict or (verdict in ACCUSING and one.verdict in ACCUSING)}
    ways = {one.how for one in listed} - {""}
    return Outcome(
        verdict, _reason(deciding, stated, len(listed)),
        how=ways.pop() if len(ways) == 1 else OF_DATA if OF_DATA in ways else RECOMPUTED if ways else "",
        corrected="; ".join(f"{one.corrected} ({name})" for name, one in deciding.items() if one.corrected) or None,
        only_by=tuple(f"{name}: {choice}" for name, one in outcomes.items() for choice in one.only_by),
        vintage=", ".join(dict.fromkeys(one.vintage for one in listed if one.vintage)),
        evidence=weakest(one.evidence for one in listed if one.rows),
        rows=merge(*(one.rows for one in listed)), wanted=merge(*(one.wanted for one in listed)),
        against=merge(*(one.against for one in listed)), parts=dict(outcomes),
    )


def _reason(deciding: Mapping[str, Outcome], stated: Mapping[str, str], many: int) -> str:
    """Each reason once, with the numbers that it is the reason of; one that all of them share stands for itself."""
    named: dict[str, list[str]] = {}
    for name, one in deciding.items():
        named.setdefault(one.reason, []).append(f"{name} {stated[name]}")
    return "; ".join(reason if len(names) == many else f"{' and '.join(names)}: {reason}" for reason, names in named.items())


def power_over(found: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """The fields ``power`` and ``could_fail`` of a statement of several numbers, from those of each.

    It could fail only where each of them could: a number that no check would notice is not vouched for by the one beside it.
    """
    if WHOLE in found:
        return dict(found[WHOLE])
    counted = [one["power"] for one in found.values() if isinstance(one["power"], Mapping)]
    power = {key: sum(one[key] for one in counted) for key in ("noticed", "tried")}
    return {"power": power, "could_fail": all(one["could_fail"] for one in found.values())}
