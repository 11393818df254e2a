"""The laws of the verdicts, eighth and ninth: words before a number, and the power of a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import NEVER, claimed, official, stated, verdict

from asprinted.notebook.paper import Paper
from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import WORDS, Rounding, misprints, parse, qualified, shorten
from asprinted.numbers.quantity import Missing, Quantity, published_difference
from asprinted.numbers.truth import Truth
from asprinted.numbers.unit_words import read
from asprinted.verdicts.rules import judge_number
from asprinted.verdicts.vocabulary import ACCUSING, SUPPORTING

MANY = settings(max_examples=400, deadline=None)


# Law 8: words have an inner and an outer width, in one table.

WORD = st.sampled_from(list(WORDS))
NUMBERS = st.builds(lambda lead, power, sign: shorten(sign * lead * Fraction(10) ** power, min(Fraction(10) ** power, Fraction(1))),
                    st.integers(1, 999), st.integers(-2, 5), st.sampled_from((1, 1, 1, -1)))
SHARES = st.one_of(st.fractions(-2, 2, max_denominator=400), st.sampled_from([Fraction(n, 100) for n in range(-110, 111, 5)]))


@settings(max_examples=600, deadline=None)
@given(WORD, NUMBERS, SHARES, st.sampled_from(Rounding))
def test_what_a_word_says_is_reproduced_what_it_excludes_contradicted_and_all_between_consistent(
    word: str, digits: str, share: Fraction, rounding: Rounding
):
    value = parse(digits).value * (1 + share)
    (meaning,) = qualified(parse(digits), word, rounding)
    expected = "reproduced" if value in meaning.says else "consistent" if value in meaning.possible else "contradicted"
    assert verdict(digits, Quantity(Interval.point(value), ("row",), strong=True), word, rounding.value) == expected


@MANY
@given(WORD, NUMBERS | st.just("0"), st.sampled_from(Rounding))
def test_what_a_word_says_lies_within_what_it_leaves_possible(word: str, digits: str, rounding: Rounding):
    (meaning,) = qualified(parse(digits), word, rounding)
    assert meaning.says.within(meaning.possible)


@MANY
@given(st.sampled_from(("nearly", "about")), NUMBERS, st.integers(-49, 49))
def test_a_value_that_is_printed_as_the_number_is_never_accused_under_nearly_and_about(word: str, digits: str, part: int):
    number = parse(digits)
    value = number.value + Fraction(part, 100) * number.places[0]
    assert shorten(value, number.places[0]) == shorten(number.value, number.places[0])
    assert verdict(digits, Quantity(Interval.point(value), ("row",), strong=True), word) in SUPPORTING


@pytest.mark.parametrize(("word", "digits", "value"), [("nearly", "4", "4.4"), ("about", "3", "3.4"), ("about", "1", "1.4"),
                                                       ("about", "0.2", "0.24"), ("nearly", "0.5", "0.54")])
def test_a_number_of_one_digit_under_a_word_is_not_narrower_than_without_it(word: str, digits: str, value: str):
    assert verdict(digits, official(value)) == "reproduced"
    assert verdict(digits, official(value), word) in SUPPORTING


@MANY
@given(st.sampled_from(("more than", "at least", "less than", "at most")), NUMBERS, st.fractions(Fraction(101, 100), 1000))
def test_a_bound_far_away_is_kept_and_supports_nothing(word: str, digits: str, times: Fraction):
    number = parse(digits).value
    reach = abs(number) * times
    value = number + reach if word in ("more than", "at least") else number - reach
    assert verdict(digits, Quantity(Interval.point(value), ("row",), strong=True), word) == "consistent"


@pytest.mark.parametrize(("digits", "word", "value", "found"), [
    ("40", "nearly", "36.0", "consistent"), ("40", "nearly", "35.9", "consistent"), ("40", "nearly", "40.3", "consistent"),
    ("40", "nearly", "30", "contradicted"), ("40", "nearly", "43", "contradicted"), ("40", "nearly", "38.7", "reproduced"),
    ("720,000", "about", "684000", "consistent"), ("720,000", "about", "683999", "consistent"),
    ("720,000", "about", "600000", "contradicted"), ("720,000", "about", "721512", "reproduced"),
])
def test_the_case_that_was_wrong_a_word_had_one_width(digits: str, word: str, value: str, found: str):
    """H11: nearly 40 was contradicted by 40.3 and by 35.9, about 720,000 by 683,999."""
    assert verdict(digits, official(value), word) == found


@pytest.mark.parametrize(("value", "found"), [("130001", "reproduced"), ("134000", "reproduced"), ("1300000", "consistent"),
                                              ("999999999", "consistent"), ("129999", "contradicted")])
def test_the_case_that_was_wrong_a_bound_was_reproduced_by_anything_beyond_it(value: str, found: str):
    """H12: more than 130,000 was reproduced by 999,999,999."""
    assert verdict("130,000", Quantity(Interval.point(value), ("row",), strong=True), "more than") == found


def test_the_case_that_was_wrong_a_share_of_one_answer_was_held_against_that_of_another():
    """H8: with 40 and 9.5 and 12.1 percent the answers are three classes, and exclude one another no more."""
    implied = Quantity(Interval(Fraction(0), 100 - Fraction("39.5") - Fraction("12.05")), (), ("nearly-40", "lower"))
    assert verdict("9.5", NEVER, given=[implied]) not in ACCUSING


def test_a_number_within_the_outer_width_of_its_word_alone_is_consistent_and_says_by_what():
    outcome = judge_number(stated("40", "nearly"), official("40.3"))
    assert (outcome.verdict, outcome.only_by) == ("consistent", ('the width of "nearly"',))


# Law 9: power is that of the verdict shown.

CLAIMS = """\
- {id: rate, where: 1/1/1, kind: number, stated: "8.4", unit: percent, quantity: a rate of the test}
- {id: nearly, where: 1/1/1, kind: number, stated: "40", unit: percent, qualifier: nearly, quantity: a share of the test}
- {id: bound, where: 1/1/1, kind: number, stated: "130,000", qualifier: more than, unit: bases, quantity: a bound of the test}
- {id: rising, where: 1/1/1, kind: trend, quantity: a trend of the test}
"""
STRONG, MIRROR, UNSEEN = official("8.4"), official("8.4", strong=False), Missing(("a",))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    base = tmp_path_factory.mktemp("small audit")
    folder = base / "data" / "paper"
    (folder / "claims").mkdir(parents=True)
    files = {
        "claims/1.yaml": CLAIMS, "locators.csv": "where,kind\n1/1/1,sentence\n", "conclusions.yaml": "[]\n",
        "paper.yaml": "locale: en\n",
        "inventory.csv": 'where,n,text,claim,exempt\n1/1/1,1,8.4,rate,\n1/1/1,2,40,nearly,\n1/1/1,3,"130,000",bound,\n',
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Paper(base=Path(base))


CHECKS = {
    "strong": ("rate", {"one": STRONG}),
    "mirror": ("rate", {"one": MIRROR}),
    "never seen": ("rate", {"one": UNSEEN}),
    "no measure, and a candidate": ("rate", {"one": NEVER, "instead": {"another": official("9.4")}}),
    "never seen, and a clash": ("rate", {"one": UNSEEN, "given": [claimed("8.4")]}),
    "mirror, and a clash": ("rate", {"one": MIRROR, "given": [claimed("8.4")]}),
    "strong and strong": ("rate", {"one": STRONG, "two": official("8.4", "b")}),
    "strong, and another that differs": ("rate", {"one": STRONG, "two": official("8.9", "b")}),
    "strong and never seen": ("rate", {"one": STRONG, "two": UNSEEN}),
    "strong and on a mirror": ("rate", {"one": STRONG, "two": MIRROR}),
    "a gap": ("rate", {"one": published_difference(official("12.9", "a"), official("4.5", "b"))}),
    "nearly": ("nearly", {"one": official("38.7")}),
    "a bound, near": ("bound", {"one": Quantity(Interval.point(134000), ("row",), strong=True)}),
    "a bound, far": ("bound", {"one": Quantity(Interval.point(10**9), ("row",), strong=True, unit=read("bases"))}),
    "a bound against a bound": ("bound", {"one": Quantity(Interval(Fraction(130000), None), ("row",), strong=True)}),
}


def as_if_stated(paper: Paper, id: str, digits: str) -> Paper:
    other = Paper(base=paper.base)
    other.register = replace(other.register, claims={**other.register.claims, id: replace(other.register[id], stated=digits)})
    return other


@pytest.mark.parametrize("name", CHECKS)
def test_the_numbers_noticed_are_those_that_the_same_check_would_have_accused(paper: Paper, name: str):
    id, check = CHECKS[name]
    others = misprints(paper.register[id].stated)
    accused = [digits for digits in others if as_if_stated(paper, id, digits).check(id, **check).record["verdict"] in ACCUSING]
    record = paper.check(id, **check).record
    assert record["power"] == {"noticed": len(accused), "tried": len(others)}
    assert record["could_fail"] == bool(accused)


@pytest.mark.parametrize(("name", "could_fail"), [
    ("strong", True), ("mirror", False), ("never seen", False), ("never seen, and a clash", True), ("mirror, and a clash", True),
    ("strong and strong", True), ("strong and never seen", False), ("strong and on a mirror", False), ("a bound, near", True),
    ("no measure, and a candidate", True), ("a bound against a bound", False),
])
def test_a_number_could_have_failed_only_where_its_own_verdict_could_accuse_it(paper: Paper, name: str, could_fail: bool):
    id, check = CHECKS[name]
    assert paper.check(id, **check).record["could_fail"] is could_fail


@pytest.mark.parametrize("holds", [True, False, None])
@pytest.mark.parametrize(("basis", "could_fail"), [(STRONG, True), (MIRROR, False), (claimed("8.4"), True)])
def test_a_statement_without_a_number_could_have_failed_where_its_contrary_would_be_accused(
    paper: Paper, basis: Quantity, could_fail: bool, holds: bool | None
):
    record = paper.check("rising", Truth(holds, basis)).record
    assert (record["power"], record["could_fail"]) == (None, could_fail)


@pytest.mark.parametrize(("readings", "could_fail"), [
    ({"one": Truth(True, STRONG), "two": Truth(True, STRONG)}, True), ({"one": Truth(True, STRONG), "two": UNSEEN}, False),
    ({"one": Truth(True, STRONG), "two": Truth(True, MIRROR)}, False), ({"one": UNSEEN}, False),
])
def test_a_reading_that_cannot_accuse_takes_its_power_from_the_whole_statement(paper: Paper, readings: Mapping, could_fail: bool):
    assert paper.check("rising", **readings).record["could_fail"] is could_fail


def test_the_case_that_was_wrong_a_verdict_that_nothing_could_change_had_full_power(paper: Paper):
    """H5: every wrong number got the verdict of the right one, and each was counted as noticed."""
    record = paper.check("rate", cumulative=STRONG, single_quarter=UNSEEN).record
    assert (record["verdict"], record["power"]["noticed"], record["could_fail"]) == ("consistent", 0, False)
