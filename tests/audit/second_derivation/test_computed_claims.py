"""Each computed claim is derived a second time, from the files alone, and agrees under every choice of a run."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from records import ends, judged, record_under
from records import readings as shown
from second import rules
from second.paper import choices, claims, stated
from second.rules import ACCUSED, Order
from second.sections import DERIVED, readings
from second.shown import computed, right_value, rows_behind

CHOICES = choices()
WITH_A_NUMBER = [id for id in DERIVED if stated(id)]


def expected(id: str, choice: object) -> list[str]:
    return [rules.verdict(stated(id), reading, choice.rounding) for reading in readings(id, choice)]


@pytest.mark.parametrize("id", DERIVED)
def test_the_verdict_on_every_reading_and_on_the_claim_is_the_same_under_every_choice(id: str) -> None:
    for choice in CHOICES:
        record, verdicts = record_under(id, choice), expected(id, choice)
        assert [one["verdict"] for one in shown(record)] == verdicts, choice
        assert record["verdict"] == rules.together(verdicts), choice


@pytest.mark.parametrize("id", WITH_A_NUMBER)
def test_both_ends_of_the_interval_are_the_same_under_every_choice(id: str) -> None:
    for choice in CHOICES:
        pairs = zip(readings(id, choice), expected(id, choice), strict=True)
        assert [ends(one) for one in shown(record_under(id, choice))] == [
            computed(stated(id), reading, verdict) for reading, verdict in pairs
        ], choice


@pytest.mark.parametrize("id", DERIVED)
def test_the_verdict_rests_on_the_rows_of_the_second_derivation_and_no_others(id: str) -> None:
    for choice in CHOICES:
        together = zip(shown(record_under(id, choice)), readings(id, choice), expected(id, choice), strict=True)
        for one, reading, verdict in together:
            assert set(one["sources"]) == rows_behind(stated(id), reading, verdict, choice.rounding), choice


@pytest.mark.parametrize("id", [id for id in DERIVED if not stated(id)])
def test_an_order_that_is_judged_says_why_alike_under_every_choice(id: str) -> None:
    inside = claims()[id]["kind"] == "identity"
    words = {
        "reproduced": "holds for all that the printed numbers can stand for" if inside else "holds for every value",
        "contradicted": "fails for every value",
        "inconsistent": "cannot be true together with",
    }
    for choice in CHOICES:
        for one, reading in zip(shown(record_under(id, choice)), readings(id, choice), strict=True):
            assert isinstance(reading, Order)
            assert reading.inside == inside
            if one["verdict"] != "consistent":
                assert one["reason"].startswith(words.get(one["verdict"], "")), choice
            elif "open" in reading.answers:
                assert one["reason"].startswith("fits, within the rounding" if inside else "the figures leave it open")
            else:
                own = reading.own and not inside
                assert one["reason"].startswith("holds on a condition"), choice
                assert ("the paper's own" in one["reason"], "the missing" in one["reason"]) == (own, None in reading.answers)


@pytest.mark.parametrize("id", WITH_A_NUMBER)
def test_the_right_value_beside_an_accusation_is_what_the_figures_print(id: str) -> None:
    for choice in CHOICES:
        together = zip(shown(record_under(id, choice)), readings(id, choice), expected(id, choice), strict=True)
        for one, reading, verdict in together:
            assert one["corrected"] == right_value(stated(id), reading, verdict, choice.rounding), choice


def test_the_accusations_follow_from_the_printed_figures_by_hand() -> None:
    """No number is called right by a clash of statements: of that the second value is None."""
    spent, a_head = (1_416_985 * 10**6, 1_416_995 * 10**6), (377_500, 376_500)  # 1,416.99 billion and 377,000, half a place off
    few, many = (Fraction(*pair) for pair in zip(spent, a_head, strict=True))
    assert few < 3_759_000 < many  # which was seen on mirrors
    people = f"{round(4_800_500 - many)} to {round(4_801_500 - few)} (personnel)"
    by_hand = {
        "growth-gap-2019q1": ("inconsistent", None),
        "manufacturing-investment": ("contradicted", "-6.5"),
        "increase-per-capita": ("contradicted", f"{people}; {460_500 - 377_500} to {461_500 - 376_500} (expenditure per head)"),
    }
    found = {id: record_under(id, CHOICES[0]) for id in judged() if claims()[id]["kind"] != "identity"}
    accused = {id: (one["verdict"], one["corrected"]) for id, one in found.items() if one["verdict"] in ACCUSED}
    assert accused == by_hand


def test_the_pair_of_the_first_quarter_of_2019_excludes_one_another_however_it_was_rounded() -> None:
    """Cut off or rounded, 6.7 is less than 6.8 and 4.4 not less than 4.35; industry grew by 6.45 at least."""
    assert Fraction("6.8") - Fraction("6.45") < Fraction("4.35")


def test_the_quarters_alone_lie_above_the_stated_rates_whatever_they_weigh() -> None:
    """As far as the printed digits go: with equal quarters, and with one twice to four times as large as another."""
    half, nine, first = Decimal("7.7"), Decimal("8.4"), Decimal("6.7")
    for ratio in (Decimal(1), Decimal(2), Decimal(4)):
        assert half + (half - first) / ratio > Decimal("7.75")
        assert nine + 2 * (nine - half) / ratio > Decimal("8.5")
