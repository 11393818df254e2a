"""How a comparison is asked for; what it answers stands with the quantities, in test_quantity.py."""

from __future__ import annotations

import pytest
from makers import official as figure

from asprinted.numbers import truth
from asprinted.numbers.quantity import NOT_SEEN, TOO_WEAK, Missing


@pytest.mark.parametrize("comparison", [truth.less, truth.equal])
def test_that_the_printed_digits_are_compared_is_said_by_name(comparison):
    with pytest.raises(TypeError, match="takes 2 positional arguments"):
        comparison(figure("6.7"), figure("6.72", "other"), True)


@pytest.mark.parametrize("comparison", [truth.less, truth.equal])
def test_the_two_that_are_compared_may_be_named(comparison):
    first, second = figure("6.7"), figure("7.7", "other")
    assert comparison(first=first, second=second).holds is comparison(first, second).holds is not None


@pytest.mark.parametrize("answer", [truth.less, lambda one, other: truth.all_true([one, other])])
def test_of_two_holes_the_first_says_why_nothing_can_be_said_and_both_say_what_is_wanted(answer):
    weak, unseen = Missing(("growth: 2019Q1",), TOO_WEAK), Missing(("growth: 2019Q2",), NOT_SEEN)
    assert answer(weak, unseen) == Missing((*weak.wanted, *unseen.wanted), TOO_WEAK)
    assert answer(unseen, weak) == Missing((*unseen.wanted, *weak.wanted), NOT_SEEN)
