"""The rules: from a stated number and what is known of it to a verdict. Pure functions, standard library alone.

A wrong accusation is worse than a missed error, so "contradicted" needs strong evidence and must survive every
rounding convention, every listed vintage and every reading of the sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from helpers.fit import Listed, Stated, elsewhere, excluded, fits, known, margin, same_digits
from helpers.interval import Interval
from helpers.printed import Rounding, interval, shorten
from helpers.quantity import NO_MEASURE, NOT_SEEN, Missing, Quantity, Truth, merge, weakest

VERDICTS = (
    "reproduced", "consistent", "contradicted", "misattributed", "inconsistent", "ambiguous", "not checkable",
)  # fmt: skip
TRAILING_ZEROS = "trailing zeros read as not significant"
CLASH = "cannot be true together with the paper's own other statements and the figures named"
WEAK = "the only figure seen stands on a mirror, which can support a number but not contradict it"


@dataclass(frozen=True)
class Outcome:
    """What became of one reading of one claim."""

    verdict: str
    reason: str
    how: str = ""
    computed: Interval | None = None
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


def judge_number(
    stated: Stated,
    value: Quantity | Missing,
    *,
    vintages: Listed | None = None,
    conventions: Listed | None = None,
    instead: Listed | None = None,
    given: Iterable[Quantity | Missing] = (),
    measured: bool = True,
) -> Outcome:
    """Verdict on one reading of a stated number.

    Args:
        stated: the number as printed.
        value: the quantity that the reading names, under the run's vintage.
        vintages: the same quantity in its other listed vintages, by name.
        conventions: the same quantity computed under another named convention (such as from rounded figures).
        instead: named other quantities that the digits may belong to, each differing in one attribute.
        given: what the quantity must be if the paper's other statements hold.
        measured: whether the margin is wanted; it costs more than the verdict.
    """
    vintages, conventions, instead = vintages or {}, conventions or {}, instead or {}
    if isinstance(value, Missing):
        return _unknown(stated, value, instead, [g for g in given if isinstance(g, Quantity)])
    base = Outcome(
        verdict="", reason="", how=value.how, computed=value.value, vintage=", ".join(value.vintages),
        evidence=value.evidence, rows=value.rows, against=value.claims,
        margin=margin(stated, value, vintages, conventions) if measured else None,
    )  # fmt: skip
    found = fits(stated, value)
    if found == "all":
        return replace(base, verdict="reproduced", reason="every value that the figures allow prints as stated",
                       only_by=_dependence(stated, value, vintages))
    if found == "some":
        return replace(base, verdict="consistent", reason="some of the values that the figures allow print as stated",
                       only_by=("rounding",))
    other = elsewhere(stated, value, vintages, conventions)
    if other:
        return replace(base, verdict="consistent", only_by=other,
                       reason=f"holds under another listed choice only: {'; '.join(other)}")
    unseen = [q for listed in (vintages, conventions) for q in listed.values() if isinstance(q, Missing)]
    if unseen:
        return replace(base, verdict="not checkable", reason=unseen[0].reason, margin=None,
                       wanted=merge(*(hole.wanted for hole in unseen)))
    return _refuted(stated, value, base, instead)


def _dependence(stated: Stated, value: Quantity, vintages: Listed) -> tuple[str, ...]:
    """The choices without which a reproduced number would not be reproduced."""
    needs = []
    if not known(stated, value)[0][1].within(stated.intervals()[0][1]):
        needs.append(TRAILING_ZEROS)
    others = [r for r in Rounding if r is not stated.rounding]
    if all(fits(stated, value, r) == "none" for r in others):
        needs.append(f"rounding: {stated.rounding.value}")
    fails = [q for q in vintages.values() if isinstance(q, Quantity) and fits(stated, q) == "none"]
    if fails:
        needs.append(f"vintage: {', '.join(value.vintages)}")
    return tuple(needs)


def _fitting(stated: Stated, instead: Listed) -> dict[str, Quantity]:
    return {name: quantity for name, quantity in instead.items()
            if isinstance(quantity, Quantity) and fits(stated, quantity) == "all" and same_digits(stated, quantity)}


def _refuted(stated: Stated, value: Quantity, base: Outcome, instead: Listed) -> Outcome:
    if value.rows and not value.strong:
        return replace(base, verdict="not checkable", reason=WEAK, wanted=value.rows, margin=None)
    corrected = correction(stated, value.value)
    base = replace(base, corrected=corrected, error=_error(stated, value.value))
    if value.claims:
        return replace(base, verdict="inconsistent", corrected=f"{corrected} if the others hold", reason=CLASH)
    fitting = _fitting(stated, instead)
    if len(fitting) == 1:
        (name, other), = fitting.items()
        return replace(base, verdict="misattributed", rows=merge(base.rows, other.rows),
                       reason=f"the digits are those of {name}; the quantity as worded is {corrected}")
    return replace(base, verdict="contradicted",
                   reason=f"no value that the figures allow prints as stated; it would print as {corrected}")


def _unknown(stated: Stated, missing: Missing, instead: Listed, given: list[Quantity]) -> Outcome:
    clashes = [quantity for quantity in given if (quantity.strong or not quantity.rows) and excluded(stated, quantity)]
    if clashes:
        implied = clashes[0]
        return Outcome(
            "inconsistent", how="internal to the paper", computed=implied.value, evidence=implied.evidence,
            corrected=f"{correction(stated, implied.value)} if the others hold", rows=implied.rows,
            against=merge(implied.claims, implied.rows), wanted=missing.wanted, vintage=", ".join(implied.vintages),
            error=_error(stated, implied.value), margin=margin(stated, implied, {}, {}),
            reason=CLASH,
        )  # fmt: skip
    fitting = _fitting(stated, instead)
    if len(fitting) != 1:
        return Outcome("not checkable", reason=missing.reason, wanted=missing.wanted)
    (name, other), = fitting.items()
    if missing.reason == NO_MEASURE and other.strong:
        return Outcome("misattributed", how=other.how, computed=other.value, evidence=other.evidence, rows=other.rows,
                       wanted=missing.wanted, vintage=", ".join(other.vintages),
                       reason=f"the digits are those of {name}; the quantity as worded was not published")
    # A figure that exists, but was not seen, may have the same digits by chance: a lead for a reader, no accusation.
    lead = f"; {name} has the same digits: a lead, not a verdict" if missing.reason == NOT_SEEN else ""
    return Outcome("not checkable", reason=missing.reason + lead, wanted=missing.wanted)


def correction(stated: Stated, value: Interval) -> str:
    """The value at the precision of the stated number; a range where the figures leave the last digit open.

    >>> from helpers.printed import parse
    >>> correction(Stated(parse("9.3")), Interval.point("-6.5"))
    '-6.5'
    """
    place = stated.printed.places[0]
    if value.low is None or value.high is None:
        word, end = ("more than", value.low) if value.high is None else ("less than", value.high)
        return "" if end is None else f"{word} {shorten(end, place, stated.rounding)}"
    low, high = (Fraction(shorten(end, place, stated.rounding)) for end in (value.low, value.high))
    # An open end is not one of the values: where only it prints so, the neighbour is the last that can be printed.
    low += 0 if interval(low, place, stated.rounding).meets(value) else place
    high -= 0 if interval(high, place, stated.rounding).meets(value) else place
    return " to ".join(dict.fromkeys(shorten(end, place, stated.rounding) for end in (low, high)))


def _error(stated: Stated, value: Interval) -> tuple[Fraction, Fraction] | None:
    """Stated minus computed, nearest end: relative to the computed value, and in units of the last printed place."""
    ends = [end for end in (value.low, value.high) if end is not None]
    nearest = min(ends, key=lambda end: abs(stated.printed.value - end))
    difference = stated.printed.value - nearest
    relative = difference / abs(nearest) if nearest else Fraction(0)
    return relative, difference / stated.printed.places[-1]


def judge_truth(truth: Truth | Missing) -> Outcome:
    """Verdict on a claim of order, extreme, direction, trend or count from a three-valued truth."""
    if isinstance(truth, Missing):
        return Outcome("not checkable", reason=truth.reason, wanted=truth.wanted)
    basis = truth.basis
    base = Outcome("", "", how=basis.how, vintage=", ".join(basis.vintages), evidence=basis.evidence, rows=basis.rows,
                   against=basis.claims, wanted=truth.wanted)
    if basis.rows:
        base = replace(base, how="recomputed")
    if truth.holds is False:
        if basis.rows and not basis.strong:
            return replace(base, verdict="not checkable", reason=WEAK, wanted=basis.rows)
        if basis.claims:
            return replace(base, verdict="inconsistent", reason=CLASH)
        return replace(base, verdict="contradicted", reason="fails for every value that the figures allow")
    if truth.holds and truth.complete:
        return replace(base, verdict="reproduced", reason="holds for every value that the figures allow")
    if truth.holds:
        return replace(base, verdict="consistent", only_by=(truth.condition,),
                       reason=f"holds on a condition: {truth.condition}")
    return replace(base, verdict="consistent", reason="the figures leave it open: rounding hides the answer")


def noticed(outcomes: Iterable[Outcome]) -> bool:
    """Whether a wrong number would show: some reading accuses it and none lets it pass.

    >>> noticed([Outcome("contradicted", ""), Outcome("not checkable", "")]), noticed([Outcome("not checkable", "")])
    (True, False)
    """
    verdicts = {outcome.verdict for outcome in outcomes}
    return bool(verdicts & {"contradicted", "misattributed", "inconsistent"}) and not verdicts & {"reproduced", "consistent"}


def over_readings(outcomes: Mapping[str, Outcome]) -> Outcome:
    """One outcome for a sentence that bears several readings: theirs if they agree, else "ambiguous".

    >>> over_readings({"a": Outcome("reproduced", "x"), "b": Outcome("not checkable", "y")}).verdict
    'ambiguous'
    """
    listed = list(outcomes.values())
    joint = replace(
        listed[0],
        rows=merge(*(o.rows for o in listed)), wanted=merge(*(o.wanted for o in listed)),
        against=merge(*(o.against for o in listed)), readings=dict(outcomes),
        only_by=merge(*(o.only_by for o in listed)),
        evidence=weakest(o.evidence for o in listed if o.rows),
        **({} if len(listed) == 1 else {"margin": None, "error": None}),
    )  # fmt: skip
    if len({outcome.verdict for outcome in listed}) == 1:
        label = "{}" if len(listed) == 1 else "{} ({})"
        named = [label.format(o.corrected, name) for name, o in outcomes.items() if o.corrected is not None]
        reason = f"under every reading of the sentence: {joint.verdict}"
        if len(listed) == 1 or joint.verdict == "not checkable":
            reason = "; ".join(dict.fromkeys(o.reason for o in listed))
        same = len(listed) == 1 or len({o.computed for o in listed}) == 1
        return replace(joint, reason=reason, corrected="; ".join(named) or None,
                       computed=listed[0].computed if same else None)
    told = "; ".join(f"{name}: {outcome.verdict}" for name, outcome in outcomes.items())
    return replace(joint, verdict="ambiguous", computed=None, corrected=None, margin=None, error=None, only_by=(),
                   reason=f"the sentence fixes no single quantity; {told}")


def tally(verdicts: Iterable[str]) -> str:
    """How many claims have which verdict, in the order of the vocabulary; "none" of no claim.

    >>> tally(["consistent", "reproduced", "reproduced"])
    '2 reproduced, 1 consistent'
    """
    given = Counter(verdicts)
    return ", ".join(f"{given[verdict]} {verdict}" for verdict in VERDICTS if given[verdict]) or "none"
