"""The rules: from a stated number and what is known of it to a verdict. Pure functions, standard library alone.

A wrong accusation is worse than a missed error, so "contradicted" needs strong evidence and must survive every
rounding convention, every listed vintage and every reading of the sentence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from asprinted.numbers.arithmetic import resized
from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import BOUNDS, Rounding
from asprinted.numbers.quantity import NO_MEASURE, NOT_SEEN, Missing, Quantity, merge, weakest
from asprinted.numbers.sources import AS_PUBLISHED, DATA, RECOMPUTED
from asprinted.numbers.truth import Truth, taken_as_right
from asprinted.verdicts.agreement import (
    SHORTENED,
    Listed,
    Stated,
    at_hand,
    copied,
    correction,
    elsewhere,
    excluded,
    fits,
    margin,
    of_shortened,
    same_digits,
)
from asprinted.verdicts.vocabulary import UNJUDGED

TRAILING_ZEROS = "trailing zeros read as not significant"
CLASH = "cannot be true together with the paper's own other statements and the figures named"
MOST_ZEROS = 13  # of a factor that is looked for between a printed number and the right one: up to a trillion
WEAK = "the only figure seen stands on a mirror, which can support a number but not contradict it"
WEAK_DATA = "the data file has no address at which a reader can get it, so it can support a number but not contradict it"


@dataclass(frozen=True)
class Outcome:
    """What became of one reading of one claim."""

    verdict: str
    reason: str
    how: str = ""
    computed: Interval | None = None
    digits: Fraction | None = None
    corrected: str | None = None
    margin: Fraction | None = None
    only_by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    vintage: str = ""
    evidence: str = "none"
    rows: tuple[str, ...] = ()
    error: tuple[Fraction, Fraction] | None = None
    readings: Mapping[str, Outcome] = field(default_factory=dict)
    parts: Mapping[str, Outcome] = field(default_factory=dict)


def judge_number(
    stated: Stated,
    value: Quantity | Missing,
    *,
    vintages: Listed | None = None,
    conventions: Listed | None = None,
    instead: Listed | None = None,
    given: Iterable[Quantity | Missing] = (),
    shortened_to: Iterable[int] = SHORTENED,
    measured: bool = True,
) -> Outcome:
    """Verdict on one reading of a stated number.

    Args:
        stated: the number as printed.
        value: the quantity that the reading names, under the run's vintage.
        vintages: the same quantity in its other listed vintages, by name.
        conventions: the same quantity computed under another named convention. That of figures shortened before they
            are calculated with (:func:`asprinted.verdicts.agreement.of_shortened`) is always among them.
        instead: named other quantities that the digits may belong to, each differing in one attribute.
        given: what the quantity must be if the paper's other statements hold.
        shortened_to: significant digits to which a text may have shortened what it calculates with.
        measured: whether the margin is wanted; it costs more than the verdict.
    """
    vintages, instead = vintages or {}, instead or {}
    conventions = of_shortened(value, shortened_to) | dict(conventions or {})
    clash = _clash(stated, given)
    if isinstance(value, Missing):
        if clash is not None and _listed_elsewhere(stated, vintages, conventions):
            clash = None  # a listed choice that was seen makes it right
        return _unknown(stated, value, instead, clash)
    base = Outcome(
        verdict="", reason="", how=value.how, computed=value.value, digits=value.digits if measured else None,
        vintage=", ".join(value.vintages), evidence=value.evidence, rows=value.rows, against=value.claims,
        margin=margin(stated, value, vintages, conventions) if measured else None,
    )
    supported = _supported(stated, value, base, vintages, conventions)
    if supported is not None:
        if clash is None or value.strong:
            return supported
        # A weak figure speaks for the number, another statement of the paper against it: neither is called wrong here.
        return replace(supported, verdict="consistent", against=merge(supported.against, clash.claims),
                       reason=f"{supported.reason}; another statement of the paper excludes it")
    unseen = [q for listed in (vintages, conventions) for q in listed.values() if isinstance(q, Missing)]
    if clash is not None and (unseen or not value.strong):
        return _inconsistent(stated, clash, value.rows)
    if unseen:
        return replace(base, verdict=UNJUDGED, reason=unseen[0].reason, margin=None,
                       wanted=merge(*(hole.wanted for hole in unseen)))
    return _refuted(stated, value, base, instead)


def _supported(stated: Stated, value: Quantity, base: Outcome, vintages: Listed, conventions: Listed) -> Outcome | None:
    """The outcome where all or some of the values are as stated, or where another listed choice makes them so."""
    found = fits(stated, value)
    if found == "all" and value.claims:
        condition = taken_as_right(value.claims)
        return replace(base, verdict="consistent", reason=f"holds on a condition: {condition}", only_by=(condition,))
    if found == "all":
        reason = f"every value that the figures allow {stated.kept}"
        if copied(stated, value) and value.rows:
            reason = "as published, digit for digit"
        return replace(base, verdict="reproduced", reason=reason, only_by=_dependence(stated, value, vintages))
    if found == "some":
        only_by = (("rounding",) if stated.qualifier == "exact" or stated.qualifier in BOUNDS
                   else (f'the width of "{stated.qualifier}"',))
        return replace(base, verdict="consistent", reason=_partly(stated, value), only_by=only_by)
    other = elsewhere(stated, value, vintages, conventions)
    if other:
        return replace(base, verdict="consistent", only_by=other,
                       reason=f"holds under another listed choice only: {'; '.join(other)}")
    return None


def _partly(stated: Stated, value: Quantity) -> str:
    if stated.qualifier in BOUNDS:
        return "some of the values that the figures allow are as stated"
    if stated.upto is not None:
        return "some of the values that the figures allow lie in the stated range"
    if stated.qualifier != "exact":
        return f'not excluded: whether it is "{stated.qualifier}" the figures, or the width of the word, leave open'
    if value.derived and value.published is not None and stated.printed.value == value.published:
        return "the printed figures give it; within their rounding other values are possible"
    return "some of the values that the figures allow print as stated"


def _clash(stated: Stated, given: Iterable[Quantity | Missing]) -> Quantity | None:
    """The first of the values implied by the paper's other statements that excludes the number, on strong evidence."""
    return next((one for one in given if isinstance(one, Quantity) and (one.strong or not one.rows) and excluded(stated, one)
                 and not _listed_elsewhere(stated, {}, of_shortened(one))), None)


def _listed_elsewhere(stated: Stated, vintages: Listed, conventions: Listed) -> bool:
    return any(isinstance(one, Quantity) and not excluded(stated, one)
               for listed in (vintages, conventions) for one in listed.values())


def _dependence(stated: Stated, value: Quantity, vintages: Listed) -> tuple[str, ...]:
    """The choices without which a reproduced number would not be reproduced."""
    needs = []
    if not copied(stated, value):
        if not value.interval.within(stated.meanings()[0].says):
            needs.append(TRAILING_ZEROS)
        others = [r for r in Rounding if r is not stated.rounding]
        if all(fits(stated, value, r) == "none" for r in others):
            needs.append(f"rounding: {stated.rounding.value}")
    fails = [q for q in vintages.values() if isinstance(q, Quantity) and fits(stated, q) == "none"]
    if fails:
        needs.append(f"vintage: {', '.join(value.vintages)}")
    return tuple(needs)


def _fitting(stated: Stated, instead: Listed, *, strong: bool) -> dict[str, Quantity]:
    """The named other quantities with the stated digits, in the order of their names."""
    return {name: quantity for name, quantity in sorted(instead.items())
            if isinstance(quantity, Quantity) and quantity.strong is strong
            and fits(stated, quantity) == "all" and same_digits(stated, quantity)}


def _lead(stated: Stated, instead: Listed, *, strong: bool) -> str:
    names = [*_fitting(stated, instead, strong=False), *(_fitting(stated, instead, strong=True) if strong else ())]
    return f"; {' and '.join(names)} {'has' if len(names) == 1 else 'have'} the same digits: a lead, not a verdict" if names else ""


def _refuted(stated: Stated, value: Quantity, base: Outcome, instead: Listed) -> Outcome:
    if value.rows and not value.strong:
        return replace(base, verdict=UNJUDGED, reason=_weak(value), wanted=value.rows, margin=None)
    if value.claims:
        return replace(base, verdict="inconsistent", reason=CLASH, error=_error(stated, value.value))
    corrected = correction(stated, value.value)
    base = replace(base, corrected=corrected, error=_error(stated, value.value))
    fitting = _fitting(stated, instead, strong=True)
    if fitting:
        return replace(base, verdict="misattributed", rows=merge(base.rows, *(other.rows for other in fitting.values())),
                       reason=f"the digits are those of {' and of '.join(fitting)}; the quantity as worded is {corrected}")
    said = f"no value that the figures allow {stated.kept}"
    if at_hand(stated, value) and stated.upto is None:
        said = "the published figure does not print as stated"
    return replace(base, verdict="contradicted",
                   reason=f"{said}; it would print as {corrected}{_scale_apart(stated, value)}{_lead(stated, instead, strong=False)}")


def _scale_apart(stated: Stated, value: Quantity) -> str:
    """A power of ten that alone lies between the printed number and the value: thousands for millions, say.

    What prints as a number lies between half and twice of it, so that one power alone can do.
    """
    figure = next(filter(None, (value.published, value.interval.low, value.interval.high)), None)
    ratio = stated.printed.value / figure if figure is not None else Fraction(0)
    power = round(math.log10(ratio.numerator) - math.log10(ratio.denominator)) if ratio > 0 else 0
    factor = Fraction(10) ** power
    if (not 2 <= abs(power) < MOST_ZEROS or stated.qualifier != "exact" or stated.upto is not None
            or fits(stated, resized(value, factor, None)) != "all"):
        return ""
    return f"; {f'{factor.numerator:,} times' if factor > 1 else f'a {factor.denominator:,}th part of'} that would print as stated"


def _weak(value: Quantity) -> str:
    return WEAK_DATA if value.evidence in DATA else WEAK


def _inconsistent(stated: Stated, implied: Quantity, wanted: tuple[str, ...]) -> Outcome:
    """A clash of statements: the value that the others imply is shown, and called nobody's right one."""
    return Outcome(
        "inconsistent", how="internal to the paper", computed=implied.value, digits=implied.digits,
        evidence=implied.evidence, rows=implied.rows,
        against=merge(implied.claims, implied.rows), wanted=wanted, vintage=", ".join(implied.vintages),
        error=_error(stated, implied.value), margin=margin(stated, implied, {}, {}), reason=CLASH,
    )


def _unknown(stated: Stated, missing: Missing, instead: Listed, clash: Quantity | None) -> Outcome:
    if clash is not None:
        return _inconsistent(stated, clash, missing.wanted)
    fitting = _fitting(stated, instead, strong=True)
    if not fitting or missing.reason != NO_MEASURE:
        # A figure that exists, but was not seen, may have the same digits by chance: a lead for a reader, no accusation.
        lead = _lead(stated, instead, strong=missing.reason == NOT_SEEN) if missing.reason in (NOT_SEEN, NO_MEASURE) else ""
        return Outcome(UNJUDGED, reason=missing.reason + lead, wanted=missing.wanted)
    first = next(iter(fitting.values()))
    return Outcome("misattributed", how=first.how, computed=first.value, evidence=weakest(q.evidence for q in fitting.values()),
                   rows=merge(*(other.rows for other in fitting.values())), wanted=missing.wanted,
                   vintage=", ".join(merge(*(other.vintages for other in fitting.values()))),
                   reason=f"the digits are those of {' and of '.join(fitting)}; the quantity as worded was not published")


def _error(stated: Stated, value: Interval) -> tuple[Fraction, Fraction] | None:
    """Stated minus computed, nearest end: relative to the computed value, and in units of the last printed place."""
    ends = [end for end in (value.low, value.high) if end is not None]
    said = [one.value for one in (stated.printed, stated.upto) if one is not None]
    number, nearest = min(((number, end) for number in said for end in ends), key=lambda pair: abs(pair[0] - pair[1]))
    difference = number - nearest
    relative = difference / abs(nearest) if nearest else Fraction(0)
    return relative, difference / stated.printed.places[-1]


def judge_truth(truth: Truth | Missing, *, within_the_paper: bool = False) -> Outcome:
    """Verdict on a claim of order, extreme, direction, trend, fact or identity from a three-valued truth.

    Args:
        within_the_paper: the claim is a relation between the paper's own numbers, so that these are no condition.
    """
    if isinstance(truth, Missing):
        return Outcome(UNJUDGED, reason=truth.reason, wanted=truth.wanted)
    basis = truth.basis
    base = Outcome("", "", how=basis.how, vintage=", ".join(basis.vintages), evidence=basis.evidence, rows=basis.rows,
                   against=basis.claims, wanted=truth.wanted)
    if base.how == AS_PUBLISHED:
        base = replace(base, how=RECOMPUTED)
    if truth.holds is False:
        if basis.rows and not basis.strong:
            return replace(base, verdict=UNJUDGED, reason=_weak(basis), wanted=basis.rows)
        if basis.claims or within_the_paper:
            return replace(base, verdict="inconsistent", reason=CLASH)
        return replace(base, verdict="contradicted", reason="fails for every value that the figures allow")
    if within_the_paper and not truth.wanted:
        if truth.holds:
            return replace(base, verdict="reproduced", reason="holds for all that the printed numbers can stand for")
        return replace(base, verdict="consistent", only_by=("rounding",), reason="fits, within the rounding of the numbers")
    if truth.holds and truth.complete:
        return replace(base, verdict="reproduced", reason="holds for every value that the figures allow")
    if truth.holds:
        return replace(base, verdict="consistent", only_by=(truth.condition,),
                       reason=f"holds on a condition: {truth.condition}")
    return replace(base, verdict="consistent", reason="the figures leave it open: rounding hides the answer")
