"""The rules and the rules once more give one verdict, also on numbers and figures that no paper and no office printed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from second import figures, rules
from second.figures import Figure, calculated
from second.innovation import percent
from second.shown import computed, could_fail, right_value

from asprinted.numbers.brackets import mean_of
from asprinted.numbers.printed import Rounding, parse
from asprinted.numbers.quantity import Missing, Quantity, published_difference
from asprinted.numbers.truth import Truth, all_true, equal, less, negated, reported
from asprinted.official import observations
from asprinted.verdicts.readings import over_readings
from asprinted.verdicts.rules import Stated as HelpersStated
from asprinted.verdicts.rules import judge_number, judge_truth

Pair = tuple[Quantity | Missing, Figure | None]


def digits(largest: int = 3000) -> st.SearchStrategy[str]:
    whole = st.one_of(st.integers(1, 120), st.integers(1, largest))
    return st.one_of(
        whole.map(str),
        st.builds(lambda number, zeros: f"{number}{'0' * zeros}", whole, st.integers(1, 4)),
        st.builds(lambda number, places: f"{number // 10**places}.{number % 10**places:0{places}d}", whole, st.integers(1, 2)),
    )


@st.composite
def rows(draw: Any, number: st.SearchStrategy[str], *bounds: str) -> Pair:
    """One row of a table, by either reader; or no row."""
    if draw(st.integers(0, 9)) == 0:
        return Missing(("a row",)), None
    host, found = draw(st.sampled_from([("press", True), ("mirror", True), ("mirror", False)]))
    row = {
        "row": draw(st.sampled_from("abcd")),
        "digits": draw(number),
        "scale": "one",
        "bound": draw(st.sampled_from(["", *bounds])),
        "unit": draw(st.sampled_from(["percent", "projects"])),
        "host": host,
        "status": draw(st.sampled_from(["VERIFIED", "SECONDARY"])),
        "vintage": "first",
    }
    address = "https://a.page" if found else "seen in a reprint"
    # The unit decides whether a figure is exact; that two of one case may not measure the same is no rule of the second derivation.
    return replace(observations.quantity(row | {"address": address}), unit=None), figures.sighting(row | {"found": "yes" if found else ""})


@st.composite
def known(draw: Any, near: str) -> Pair:
    """A figure close to a number, or what is calculated from two."""
    number = st.sampled_from(close(near))
    way = draw(st.sampled_from(["figure", "figure", "bound", "negative", "own", "difference", "gap", "quotient", "between"]))
    if way == "bound":
        return draw(rows(number, "more than", "at least", "less than", "about"))
    if way == "negative":
        return draw(rows(number.map(lambda digits: f"-{digits}")))
    first = draw(rows(number))
    if way == "figure":
        return first
    if way == "own":
        theirs, mine = said(draw(digits(40)))
        return first[0] - theirs, calculated(figures.minus, first[1], mine)
    if way == "difference":
        second = draw(rows(digits(40)))
        return first[0] - second[0], calculated(figures.minus, first[1], second[1])
    if way == "gap":
        second = draw(rows(digits(40)))
        return published_difference(first[0], second[0]), calculated(figures.minus, first[1], second[1])
    if way == "quotient":
        second = draw(rows(st.sampled_from(["1", "2", "3.1", "0.98", "1.01"])))
        return first[0] / second[0], calculated(figures.over, first[1], second[1])
    second = draw(rows(number))
    return mean_of(first[0], second[0]), calculated(figures.between, first[1], second[1])


def said(text: str) -> tuple[Quantity, Figure]:
    """A plain number of the paper itself, by either reader."""
    stated = rules.Stated(text, "exact", Fraction(1), counts=False)
    theirs = Quantity(HelpersStated(parse(text)).widest(), (), ("claim",), Fraction(text))
    return theirs, Figure(Fraction(text), stated.possible, own=True)


def close(text: str) -> list[str]:
    """Numbers that print so, nearly so, and not at all so."""
    value, plain = Fraction(text), [text]
    for share in ("0.79", "0.9", "0.95", "0.995", "1.003", "1.05", "1.1", "2.01"):
        for places in (0, 1, 2, 3):
            scaled = int(value * Fraction(share) * 10**places)
            plain.append(f"{scaled // 10**places}.{scaled % 10**places:0{places}d}" if places else str(max(scaled, 1)))
    last = Fraction(1, 10 ** len(text.partition(".")[2]))
    for steps in (Fraction(-1), Fraction(-1, 2), Fraction(1, 2), Fraction(1), Fraction(99, 100)):
        scaled = int((value + steps * last) * 10**4)
        plain.append(f"{scaled // 10**4}.{scaled % 10**4:04d}")
    return [one for one in plain if Fraction(one) > 0]


@st.composite
def cases(draw: Any) -> tuple[Any, ...]:
    text = draw(digits())
    qualifier = draw(st.sampled_from(["exact"] * 5 + ["nearly", "more than"]))
    counts = draw(st.integers(0, 5)) == 0 and "." not in text and qualifier == "exact"
    rounding = draw(st.sampled_from(list(Rounding)))
    value, other = draw(known(text)), draw(known(text))
    implied = draw(st.lists(known(text), max_size=2))
    instead = draw(st.lists(rows(st.just(text)), max_size=2))
    return text, qualifier, counts, rounding, value, other if draw(st.booleans()) else None, implied, instead


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(cases())
def test_a_number_has_one_verdict_one_interval_and_one_right_value(case: tuple[Any, ...]) -> None:
    text, qualifier, counts, rounding, value, other, implied, instead = case
    listed = [value, other] if other else []
    outcome = judge_number(
        HelpersStated(parse(text), qualifier, rounding, counts), value[0],
        vintages={str(place): one for place, (one, _) in enumerate(listed)},
        instead={str(place): one for place, (one, _) in enumerate(instead)}, given=[one for one, _ in implied],
    )
    stated = rules.Stated(text, qualifier, Fraction(1), counts)
    reading = rules.Reading(value[1], tuple(one for _, one in listed), rules.KEPT, tuple(one for _, one in instead),
                            tuple(one for _, one in implied))
    found = rules.verdict(stated, reading, rounding.value)
    assert outcome.verdict == found
    assert outcome.corrected == right_value(stated, reading, found, rounding.value)
    ends = None if outcome.computed is None else (outcome.computed.low, outcome.computed.high)
    mine = computed(stated, reading, found)
    assert (ends is None) == (mine is None)
    if ends and mine:
        assert [end is None for end in ends] == [end is None for end in mine]
        pairs = [(one, two) for one, two in zip(ends, mine, strict=True) if one is not None and two is not None]
        assert all(abs(one - two) <= Fraction(1, 10**12) for one, two in pairs)


@st.composite
def truths(draw: Any) -> tuple[Truth | Missing, rules.Order]:
    first, second = draw(rows(digits(20))), draw(rows(digits(20)))
    way = draw(st.sampled_from(["less", "not less", "equal", "printed", "reported"]))
    pair = (first[0], second[0]), (first[1], second[1])
    if way == "less":
        return less(*pair[0]), rules.below(*pair[1])
    if way == "not less":
        return negated(less(*pair[0])), rules.contrary(rules.below(*pair[1]))
    if way == "reported":
        return reported(*pair[0]), rules.reported(*pair[1])
    return equal(*pair[0], as_printed=way == "printed"), rules.same(*pair[1], as_printed=way == "printed")


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(st.lists(truths(), min_size=1, max_size=3))
def test_comparisons_together_have_one_verdict_and_rest_on_the_same_rows(each: list[tuple[Truth | Missing, rules.Order]]) -> None:
    outcome, order = judge_truth(all_true(one for one, _ in each)), rules.every(one for _, one in each)
    assert outcome.verdict == rules.verdict(None, order, "half up")
    assert set(outcome.rows) == set(order.rows)


VERDICTS = ("reproduced", "consistent", "contradicted", "misattributed", "inconsistent", "not checkable")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=4))
@example(["contradicted", "inconsistent", "not checkable"])
def test_several_readings_have_one_verdict(verdicts: list[str]) -> None:
    from asprinted.verdicts.rules import Outcome

    outcome = over_readings({str(place): Outcome(one, "", corrected="1") for place, one in enumerate(verdicts)})
    assert outcome.verdict == rules.together(verdicts)


def test_what_can_only_be_reported_could_not_have_failed() -> None:
    seen = figures.sighting({"row": "a", "digits": "4", "scale": "one", "bound": "", "host": "press", "unit": "percent",
                             "status": "VERIFIED", "found": "yes"})
    assert not could_fail(None, [rules.reported(seen)], "half up")
    assert could_fail(None, [rules.below(figures.exactly(3), seen)], "half up")


GROWN = "percent by which 2214.36 is above 1416.99: of three digits 55.6, of four 56.2, of two 57, which nobody calculates with"


@pytest.mark.parametrize(
    ("text", "found"), [("56.3", "reproduced"), ("56.24", "consistent"), ("55.63", "consistent"), ("57.14", "contradicted")]
)
def test_what_follows_from_levels_of_three_or_four_digits_is_no_error(text: str, found: str) -> None:
    sheet = {"scale": "one", "bound": "", "unit": "yuan", "host": "press", "status": "VERIFIED", "vintage": "first"}
    both = [sheet | {"row": digits, "digits": digits} for digits in ("2214.36", "1416.99")]
    last, first = (observations.quantity(row | {"address": "https://a.page"}) for row in both)
    mine = calculated(percent, *(figures.sighting(row | {"found": "yes"}) for row in both))
    stated = rules.Stated(text, "exact", Fraction(1), counts=False)
    assert judge_number(HelpersStated(parse(text)), (last / first - 1) * 100).verdict == found, GROWN
    assert rules.verdict(stated, rules.Reading(mine, digits=rules.KEPT), "half up") == found, GROWN
