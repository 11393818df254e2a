"""Whether something holds, for all values that the figures allow: True, False, or left open by their rounding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from asprinted.numbers.arithmetic import Quantity, comparable, joined
from asprinted.numbers.interval import Interval, below
from asprinted.numbers.missing import NO_MEASURE, Missing, merge
from asprinted.numbers.printed import WORDS


@dataclass(frozen=True)
class Truth:
    """Whether something holds: for all values that the data allow (True), for none (False), or undecided (None).

    ``complete`` is False where an observation is missing or was filled with the paper's own number; the answer is
    then a condition at best.
    """

    holds: bool | None
    basis: Quantity
    complete: bool = True
    condition: str = ""
    wanted: tuple[str, ...] = ()

    def __and__(self, other: Truth | Missing) -> Truth | Missing:
        if isinstance(other, Missing):
            return other
        holds = False if False in (self.holds, other.holds) else None if None in (self.holds, other.holds) else True
        return Truth(
            holds,
            joined([self.basis, other.basis], self.basis.interval),
            self.complete and other.complete,
            "; ".join(filter(None, merge(*(tuple(part.condition.split("; ")) for part in (self, other))))),
            merge(self.wanted, other.wanted),
        )


def taken_as_right(claims: Iterable[str]) -> str:
    """The condition under which something holds that rests on what the paper itself states, by the ids or words of its claims."""
    return f"the paper's own {', '.join(claims)} taken as right"


def less(first: Quantity | Missing, second: Quantity | Missing, *, as_printed: bool = False) -> Truth | Missing:
    """Whether ``first`` is less than ``second``, for all values that print as the two figures do.

    Args:
        as_printed: compare the printed digits themselves instead.

    Raises:
        UnitMismatch: the two do not measure the same.
    """
    holes = [part for part in (first, second) if isinstance(part, Missing)]
    if holes:
        return replace(holes[0], wanted=merge(*(hole.wanted for hole in holes)))
    assert isinstance(first, Quantity)
    assert isinstance(second, Quantity)
    second = comparable(first, second)
    pair = (first.interval, second.interval)
    if as_printed and first.published is not None and second.published is not None:
        pair = (Interval.point(first.published), Interval.point(second.published))
    basis = joined([first, second], Interval.point(0))
    assumed = basis.claims
    condition = taken_as_right(assumed) if assumed else ""
    return Truth(below(*pair), basis, not assumed, condition)


def all_true(truths: Iterable[Truth | Missing]) -> Truth | Missing:
    """Whether all hold. Holes leave a condition at best; one that fails decides it whatever the holes hide."""
    known: list[Truth] = []
    holes: list[Missing] = []
    for truth in truths:
        (holes if isinstance(truth, Missing) else known).append(truth)
    wanted = merge(*(hole.wanted for hole in holes))
    if not known:
        return Missing(wanted, holes[0].reason if holes else NO_MEASURE)
    result = known[0]
    for truth in known[1:]:
        result = result & truth  # type: ignore[assignment]
    if not holes:
        return result
    condition = "; ".join(filter(None, (result.condition, "the missing observations agree")))
    return replace(result, complete=False, condition=condition, wanted=wanted)


def rising(values: Iterable[Quantity | Missing]) -> Truth | Missing:
    """Whether each value is greater than the one before it."""
    return all_true(less(before, after) for before, after in pairwise(values))


def falling(values: Iterable[Quantity | Missing]) -> Truth | Missing:
    """Whether each value is less than the one before it."""
    return rising(list(values)[::-1])


def lowest(value: Quantity | Missing, others: Iterable[Quantity | Missing]) -> Truth | Missing:
    """Whether ``value`` is less than all ``others``."""
    return all_true(less(value, other) for other in others)


def positive(value: Quantity | Missing) -> Truth | Missing:
    """Whether ``value`` is greater than zero."""
    return less(Quantity(Interval.point(0)), value)


def nearly_equal(first: Quantity | Missing, second: Quantity | Missing) -> Truth | Missing:
    """Whether ``second`` is about ``first``: within the width that is left to "about" (see :data:`asprinted.numbers.printed.WORDS`)."""
    word = WORDS["about"]
    return all_true([negated(less(second, first * (1 + word.low))), negated(less(first * (1 + word.high), second))])


def equal(first: Quantity | Missing, second: Quantity | Missing, *, as_printed: bool = False) -> Truth | Missing:
    """Whether two quantities are one: not if they exclude each other, open if both are wide.

    Args:
        as_printed: compare the printed digits themselves instead.
    """
    return all_true([negated(less(first, second, as_printed=as_printed)), negated(less(second, first, as_printed=as_printed))])


def reported(*figures: Quantity | Missing) -> Truth | Missing:
    """Whether it was reported at all. What was not reported is missing, so this can support a statement and never fail."""
    return all_true(one if isinstance(one, Missing) else Truth(True, replace(one, strong=False)) for one in figures)


def negated(truth: Truth | Missing) -> Truth | Missing:
    """The contrary: what held for all values holds for none."""
    if isinstance(truth, Missing):
        return truth
    return replace(truth, holds=None if truth.holds is None else not truth.holds)
