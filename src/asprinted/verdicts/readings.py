"""One verdict for a sentence that bears several readings, from the verdict on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from asprinted.numbers.quantity import merge, weakest
from asprinted.verdicts.rules import Outcome
from asprinted.verdicts.vocabulary import ACCUSING, AMBIGUOUS, SUPPORTING, UNJUDGED


def over_readings(outcomes: Mapping[str, Outcome]) -> Outcome:
    """One outcome for a sentence that bears several readings.

    Readings that can be judged decide. Where all of them support the number, or all accuse it, the verdict is the mildest
    of theirs; where some support and some accuse it is "ambiguous", and none is preferred. A reading that cannot be
    judged takes nothing away but certainty: support becomes "consistent", and an accusation is none, but is named.

    >>> over_readings({"a": Outcome("reproduced", "x"), "b": Outcome("not checkable", "y")}).verdict
    'consistent'
    >>> over_readings({"a": Outcome("contradicted", "x"), "b": Outcome("inconsistent", "y")}).verdict
    'inconsistent'
    """
    listed = list(outcomes.values())
    if len(listed) == 1:
        return replace(listed[0], readings=dict(outcomes))
    joint = replace(
        listed[0],
        rows=merge(*(o.rows for o in listed)), wanted=merge(*(o.wanted for o in listed)),
        against=merge(*(o.against for o in listed)), readings=dict(outcomes),
        only_by=merge(*(o.only_by for o in listed)),
        evidence=weakest(o.evidence for o in listed if o.rows),
        margin=None, error=None, corrected=None, digits=None, parts={},
        computed=listed[0].computed if len({o.computed for o in listed}) == 1 else None,
    )
    found = {outcome.verdict for outcome in listed}
    supported, accused, unjudged = found & {*SUPPORTING}, found & {*ACCUSING}, UNJUDGED in found
    told = "; ".join(f"{name}: {outcome.verdict}" for name, outcome in outcomes.items())
    if supported and accused:
        return replace(joint, verdict=AMBIGUOUS, computed=None, only_by=(),
                       reason=f"right under one reading of the sentence and wrong under another; {told}")
    if supported:
        verdict = "consistent" if unjudged or len(supported) > 1 else supported.pop()
        as_read = tuple(f"read as {name}" for name, o in outcomes.items() if o.verdict in SUPPORTING) if unjudged else ()
        return replace(joint, verdict=verdict, only_by=merge(as_read, joint.only_by),
                       reason=f"{'as far as its readings could be judged' if unjudged else 'under every reading'}; {told}")
    if accused and unjudged:
        return replace(joint, verdict=UNJUDGED, only_by=(),
                       reason=f"accused by each reading that could be judged, but not every reading could be; {told}")
    if accused:
        named = [f"{o.corrected} ({name})" for name, o in outcomes.items() if o.corrected is not None]
        return replace(joint, verdict=max(accused, key=ACCUSING.index), corrected="; ".join(named) or None,
                       reason=f"wrong under every reading of the sentence; {told}")
    return replace(joint, verdict=UNJUDGED, reason="; ".join(dict.fromkeys(o.reason for o in listed)))
