"""Numbers of statistics as printed, and what is refused with a sentence that can be acted on."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from asprinted import statistics
from asprinted.numbers.quantity import Quantity
from asprinted.numbers.truth import Truth
from asprinted.statistics.read import CONVENTIONS, read
from asprinted.verdicts.rules import judge_truth
from forkmill.errors import InputError


@pytest.mark.parametrize(("text", "relation", "value"), [
    (".05", "=", "0.05"), ("-.23", "=", "-0.23"), ("−.23", "=", "-0.23"), ("+3.2", "=", "3.2"), ("5.2%", "=", "5.2"), ("12 %", "=", "12"),
    ("1.2e-3", "=", "0.0012"), ("< .001", "<", "0.001"), ("≤.05", "<=", "0.05"), (">= .10", ">=", "0.1"), ("= 2", "=", "2"),
    ("ten", "=", "10"),
])
def test_what_is_read(text: str, relation: str, value: str) -> None:
    found = read(text, "p", bound=True)
    assert (found.relation, found.value) == (relation, Fraction(value))


def test_what_cannot_be_told_apart_is_all_held() -> None:
    assert repr(read("2.34", "t").under(CONVENTIONS)) == "[2.335, 2.35)"
    assert repr(read("-2.34", "t").under(CONVENTIONS)) == "(-2.35, -2.335]"
    assert repr(read("0.00", "t").under(CONVENTIONS)) == "(-0.01, 0.01)"


BAD: list[tuple[Any, ...]] = [
    (statistics.p_of_t, 2.34, "28", ".027"), (statistics.p_of_t, "2.34", "28", "27"), (statistics.p_of_t, "2.34", "0", ".027"),
    (statistics.p_of_t, "2.34x", "28", ".027"), (statistics.p_of_t, "2.34", "< 28", ".027"), (statistics.p_of_r, "1.2", "28", ".027"),
    (statistics.p_of_f, "3.1", "28", ".05"), (statistics.p_of_f, "-3.1", ("2", "28"), ".05"), (statistics.p_of, "W", "3", [], ".05"),
    (statistics.p_of, "t", "3", [], ".05"), (statistics.mean_of_counts, "5.19", 0), (statistics.mean_of_counts, "5.19", "28.5"),
    (statistics.mean_of_counts, "", 28), (statistics.mean_of_counts, None, 28), (statistics.sd_of_counts, "5.2", "-1.1", 28),
    (statistics.sd_of_counts, "5.2", "1.1", 1), (statistics.share_of_count, "112 %", 28), (statistics.parts_of_whole, [], 100),
    (statistics.interval_about, "1", "3", "2"), (statistics.ratio_is_t, "1", "-3", "2"), (statistics.mean_of_counts, "8²", 28),
    (statistics.mean_of_counts, "1e9999999999", 28), (statistics.mean_of_counts, True, 28),
]


@pytest.mark.parametrize("call", BAD, ids=[f"{one[0].__name__}{one[1:]}" for one in BAD])
def test_what_is_refused_says_what_to_do(call: tuple[Any, ...]) -> None:
    function, *arguments = call
    with pytest.raises(InputError) as found:
        function(*arguments)
    assert all((found.value.what, found.value.where, found.value.expected, found.value.do))


@pytest.mark.parametrize("keywords", [{"tails": 3}, {"conventions": ()}, {"conventions": ("up",)}, {"tails": "2"}])
def test_choices_that_are_none_are_refused(keywords: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        statistics.p_of_t("2.34", "28", ".027", **keywords)
    with pytest.raises(InputError):
        statistics.p_of_f("2.34", ("2", "28"), ".027", tails=1)


def test_an_answer_is_judged_as_internal_to_the_paper() -> None:
    def verdict(truth: Truth) -> tuple[str, str]:
        outcome = judge_truth(truth, within_the_paper=True)
        return outcome.verdict, outcome.how

    assert verdict(statistics.p_of_t("2.34", "28", ".03")) == ("reproduced", "internal to the paper")
    assert verdict(statistics.p_of_t("2.34", "28", ".027")) == ("consistent", "internal to the paper")
    assert verdict(statistics.p_of_t("2.34", "28", ".27")) == ("inconsistent", "internal to the paper")
    assert isinstance(statistics.mean_of_counts("5.19", 28).basis, Quantity)


@pytest.mark.parametrize(("truth", "holds"), [
    (statistics.p_of_f("0.5", ("1", "20"), "> .05"), True), (statistics.p_of_f("4.84", ("1", "28"), ".018"), None),
    (statistics.p_of_z("0.00", "1.00"), True), (statistics.p_of_r("1.00", "5", "< .001"), True),
    (statistics.p_of_t("50", "5", ".000"), True), (statistics.sd_of_shares("1.00", "0.00", 9), True),
    (statistics.ratio_is_t("0.00", "0.00", "1.5"), None), (statistics.parts_of_whole(["50", "60"], 100), False),
    (statistics.share_of_count("0 %", 7), True), (statistics.share_of_count("100.0", 7, 7), True),
    (statistics.mean_of_counts("5", 10**9), None), (statistics.sd_of_counts("5.00", "2.00", 10**9), None),
    (statistics.interval_about("2.0", "1.0", "4.0", ratio=True), None), (statistics.interval_about("2.5", "1.0", "4.0", ratio=True), False),
])
def test_edges(truth: Truth, holds: bool | None) -> None:
    assert truth.holds is holds
