"""What a verdict is worth: whether the same check would have accused a wrong statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from asprinted.numbers import printed
from asprinted.numbers.dates import written
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.numbers.truth import Truth
from asprinted.paper.files import DEFAULT
from asprinted.paper.register import Claim
from asprinted.verdicts.rules import Outcome
from asprinted.verdicts.vocabulary import ACCUSING

Listed = Mapping[str, Quantity | Missing | Truth]


def power(claim: Claim, listed: Listed, outcome: Callable[[Claim, Listed], Outcome]) -> dict[str, Any]:
    """The fields ``power`` and ``could_fail`` of a record: how many wrong statements in its place would have been accused.

    Of a number or a date these are all that differ from it in a single digit, of a date in the name of its month as well; any
    other statement is turned into its contrary.

    Args:
        claim: the claim that was judged.
        listed: its readings by name.
        outcome: judges a claim with such readings.
    """
    if not claim.is_printed:
        contrary = {name: replace(reading, holds=False) if isinstance(reading, Truth) else reading for name, reading in listed.items()}
        return {"power": None, "could_fail": outcome(claim, contrary).verdict in ACCUSING}
    others = (printed.misprints if claim.is_number else written.misprints)(claim.stated, claim.locale or DEFAULT)
    caught = sum(outcome(replace(claim, stated=other), listed).verdict in ACCUSING for other in others)
    return {"power": {"noticed": caught, "tried": len(others)}, "could_fail": caught > 0}
