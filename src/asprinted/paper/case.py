"""What a notebook hands over for a claim: number by number where a statement has several, and each judged by the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from asprinted.numbers.dates.days import Dated
from asprinted.numbers.printed import Rounding
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.numbers.truth import Truth
from asprinted.paper.register import Claim
from asprinted.verdicts import words
from asprinted.verdicts.dates import judge_printed
from asprinted.verdicts.parts import WHOLE
from asprinted.verdicts.readings import over_readings
from asprinted.verdicts.record import of_outcome
from asprinted.verdicts.rules import Outcome, judge_truth
from forkmill.errors import InputError
from forkmill.schema import near

Value = Quantity | Missing | Truth | Dated


@dataclass(frozen=True)
class Case:
    """A claim, or one number of a statement of several: its readings by name, and what else the rules look at of each.

    ``rounding`` gives the convention of the run; only a number asks for it, so that nothing else is taken to depend on it.
    """

    claim: Claim
    listed: Mapping[str, Value]
    extras: Mapping[str, dict[str, Any]]
    rounding: Callable[[], Rounding]

    def outcome(self, reading: str, *, rounding: Rounding | None = None, vintage: str | None = None, measured: bool = False) -> Outcome:
        """Under one reading, by the rounding of the run or another, with the quantity of the run's vintage or another that is listed."""
        value, extra = self.listed[reading], self.extras[reading]
        if not self.claim.is_printed or isinstance(value, Truth):
            return judge_truth(value, within_the_paper=self.claim.kind == "identity")  # type: ignore[arg-type]
        known = scaled(value, self.claim) if vintage is None else extra["vintages"][vintage]
        return judge_printed(self.claim.printed(rounding or self.rounding()), known, **extra, measured=measured)

    def instead(self, claim: Claim, listed: Mapping[str, Value]) -> Outcome:
        """Over all readings, had the paper stated another claim, or were the values others."""
        other = replace(self, claim=claim, listed=listed)
        return over_readings({reading: other.outcome(reading) for reading in listed})


def scaled(value: Any, claim: Claim) -> Quantity | Missing:
    """The quantity in units of the printed digits; the figure stays a figure."""
    if isinstance(value, Missing) or claim.factor == 1:
        return value
    published = None if value.published is None else value.published / claim.factor
    return replace(value.mapped(lambda interval: interval.scaled(1 / claim.factor)), published=published, derived=value.derived)


def pieces(claim: Claim, listed: Mapping[str, Any]) -> Mapping[str, Claim]:
    """The numbers that are judged, by name; the claim itself, under :data:`WHOLE`, where it is judged as one.

    A statement of several numbers is judged number by number, and as one a range in which a quantity lies.

    Raises:
        InputError: some readings of a range are quantities that lie in it, and others are its ends.
    """
    mapped = [name for name, value in listed.items() if isinstance(value, Mapping)]
    whole = [name for name, value in listed.items() if isinstance(value, Quantity) and claim.is_range]
    if not claim.named or (whole and not mapped):
        return {WHOLE: claim}
    if whole:
        raise InputError("some readings speak of each number and others of the whole", f"paper.check({claim.id!r})",
                         "all of one form", f"{', '.join(mapped)} of each; {', '.join(whole)} of the whole",
                         "give the value of each number")
    return claim.named


def piece(value: Any, name: str, claim: Claim, where: str) -> Any:
    """What is handed over for one number of a statement, by its name; of :data:`WHOLE` the value itself.

    Raises:
        InputError: the names are not those of the claim's numbers, or one quantity stands for two numbers that differ.
    """
    names = [*claim.named]
    if name == WHOLE or isinstance(value, Missing):
        return value
    if not isinstance(value, Mapping):
        raise InputError("the claim states several numbers", where, f"a value for each: {{{', '.join(f'{one!r}: ...' for one in names)}}}",
                         type(value).__name__, "hand over a mapping of their names")
    for one in (*sorted({*map(str, value)} - {*names}), *(one for one in names if one not in value)):
        what = "the claim has no number of this name" if one in map(str, value) else "a number of the claim is given no value"
        alike = next((f"did you mean {name}?" for name in names if name.casefold() == one.casefold()), near(one, names))
        raise InputError(what, where, ", ".join(names), ", ".join(map(str, value)) or "none",
                         f"give the value of {one}" if one in names else alike or "name them as the claim does")
    other = next((other for other in names if other != name and value[other] is value[name] and not isinstance(value[name], Missing)
                  and claim.named[other].value != claim.named[name].value), None)
    if other is not None:
        raise InputError("one quantity is given for two numbers that differ", where, "the quantity of each",
                         f"the same for {name} and {other}", "hand over what each of them is about")
    return value[name]


def of_each(listed: Mapping[str, Any] | None, name: str, claim: Claim, where: str) -> dict[str, Any]:
    """Of named other values, such as vintages, what each is for one number of a statement."""
    return {key: piece(value, name, claim, f"{where} {key}") for key, value in (listed or {}).items()}


def given_of(given: Any, name: str, claim: Claim, readings: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """What one number must be by the paper's other statements, for each reading: by reading, or by name of several numbers.

    Raises:
        InputError: of several numbers it is not said which one it is given of.
    """
    if name == WHOLE:
        return {one: tuple(given.get(one, ())) for one in readings} if isinstance(given, Mapping) else dict.fromkeys(readings, tuple(given))
    if given and not (isinstance(given, Mapping) and {*given} <= {*claim.named}):
        told = ", ".join(map(str, given)) if isinstance(given, Mapping) else "one for all"
        raise InputError("given names no number of the claim", f"paper.check({claim.id!r})", ", ".join(claim.named), told,
                         "name the number that must be so: given={'mean': [...]}")
    return dict.fromkeys(readings, tuple(given.get(name, ()) if given else ()))


def said(claim: Claim) -> str:
    """What the paper states, with qualifier and unit; of a claim without a number what it is about."""
    record = {"kind": claim.kind, "qualifier": claim.qualifier, "stated": claim.stated, "unit": claim.full_unit}
    return words.stated(record) or claim.quantity


def parts_of(claim: Claim, outcome: Outcome, worth: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The field of a record that says what became of each number of a statement; none of any other claim."""
    listed = [{"name": name, "stated": claim.named[name].stated, "unit": claim.named[name].full_unit, **of_outcome(one),
               **worth.get(name, {})} for name, one in outcome.parts.items()]
    return {"parts": listed} if listed else {}
