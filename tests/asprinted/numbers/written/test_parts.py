"""Several numbers that are one statement: every form that is read, what each number is called, and what is left alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.numbers.printed import misprints
from asprinted.numbers.written.grammar import parse
from asprinted.numbers.written.parts import in_text, parts

ENDS, MARGIN, INTERVAL = ["low", "high"], ["estimate", "margin"], ["estimate", "low", "high"]
FORMS = [
    ("5–10", ENDS, ["5", "10"]), ("3-5", ENDS, ["3", "5"]), ("5 to 10 percent", ENDS, ["5", "10 percent"]), ("5–10%", ENDS, ["5", "10%"]),
    ("between 5 and 10", ENDS, ["5", "10"]), ("from two to three", ENDS, ["two", "three"]), ("$5–10 million", ENDS, ["$5", "10 million"]),
    ("−0.5 – −0.3", ENDS, ["−0.5", "−0.3"]), ("-0.5 to -0.3", ENDS, ["-0.5", "-0.3"]), ("30 000–40 000", ENDS, ["30 000", "40 000"]),
    ("[0.73, 1.13]", ENDS, ["0.73", "1.13"]), ("(−0.12, 0.05)", ENDS, ["−0.12", "0.05"]), ("95% CI 0.73 to 1.13", ENDS, ["0.73", "1.13"]),
    ("95 % CI: [0.73; 1.13]", ENDS, ["0.73", "1.13"]), ("IQR 3–8", ENDS, ["3", "8"]),
    ("5.01 ± 0.35", MARGIN, ["5.01", "0.35"]), ("5.01±0.35", MARGIN, ["5.01", "0.35"]), ("5.01 +/- 0.35", MARGIN, ["5.01", "0.35"]),
    ("38.8 (±2.7)", MARGIN, ["38.8", "2.7"]),
    ("0.91 [0.73, 1.13]", INTERVAL, ["0.91", "0.73", "1.13"]), ("0.91 (0.73–1.13)", INTERVAL, ["0.91", "0.73", "1.13"]),
    ("0.91 (95% CI 0.73 to 1.13)", INTERVAL, ["0.91", "0.73", "1.13"]), ("0.91, 95% CI [0.73, 1.13]", INTERVAL, ["0.91", "0.73", "1.13"]),
    ("0.91 (95% confidence interval 0.73 to 1.13)", INTERVAL, ["0.91", "0.73", "1.13"]), ("5 (IQR 3–8)", INTERVAL, ["5", "3", "8"]),
    ("M = 38.8, SD = 2.7", ["M", "SD"], ["38.8", "2.7"]), ("M = 38.8 (SD = 2.7)", ["M", "SD"], ["38.8", "2.7"]),
    ("38.8 (SD 2.7)", ["mean", "SD"], ["38.8", "2.7"]), ("38.8 (SE = 0.4)", ["mean", "SE"], ["38.8", "0.4"]),
    ("38.8 (2.7)", ["", ""], ["38.8", "2.7"]), ("19 (0.7%)", ["", ""], ["19", "0.7%"]), ("86 (n = 344)", ["", "n"], ["86", "344"]),
]
NUMBER = st.decimals(0, 10_000, places=2, allow_nan=False).map(str)


@pytest.mark.parametrize(("text", "names", "numbers"), FORMS, ids=[form[0] for form in FORMS])
def test_a_form_is_read_with_the_names_of_its_numbers(text: str, names: list[str], numbers: list[str]) -> None:
    found = parts(text)
    assert [one.name for one in found] == names
    assert [one.text for one in found] == numbers == [text[one.start : one.end] for one in found]


@pytest.mark.parametrize("text", ["8.4", "720,000", "6 683", "1/2", "5½", "1.2 × 10⁻³", "two-thirds", "2020-12-03", "< .001",
                                  "86 of 344", "344 × 8", "10–5", "[1.13, 0.73]", "(5.01 ± 0.35) × 10⁻³",
                                  "38.8 (2.7) mm", "many", ""])
def test_one_number_and_what_is_of_no_form_are_no_statement_of_several(text: str) -> None:
    assert parts(text) == ()


def test_names_that_the_audit_gives_are_taken_for_any_text_with_as_many_numbers() -> None:
    assert [(one.name, one.text) for one in parts("344 × 8", "en", ("rows", "columns"))] == [("rows", "344"), ("columns", "8")]
    assert [one.name for one in parts("10–5", "en", ("first", "last"))] == ["first", "last"]
    assert parts("344 × 8 × 2", "en", ("rows", "columns")) == ()


def test_the_digits_follow_the_language() -> None:
    assert [parse(one.text, "de").value for one in parts("38,8 (2,7)", "de")] == [Fraction("38.8"), Fraction("2.7")]
    assert [parse(one.text, "de").value for one in parts("1.000–2.000", "de")] == [1000, 2000]


@given(NUMBER, NUMBER)
def test_what_is_printed_is_read_back(one: str, other: str) -> None:
    low, high = sorted((one, other), key=Fraction)
    both, ends, three = (one, other), (low, high), (one, low, high)
    for text, expected in ((f"{one} ± {other}", both), (f"{one} ({other})", both), (f"M = {one}, SD = {other}", both),
                           (f"{low}–{high}", ends), (f"-{high} to -{low}", (f"-{high}", f"-{low}")), (f"[{low}, {high}]", ends),
                           (f"{one} [{low}, {high}]", three), (f"{one} (95% CI {low} to {high})", three)):
        assert tuple(part.text for part in parts(text)) == expected


@given(NUMBER, NUMBER)
def test_each_digit_of_each_number_is_misprinted(one: str, other: str) -> None:
    found = misprints(f"{one} ({other})")
    assert found == [f"{wrong} ({other})" for wrong in misprints(one)] + [f"{one} ({wrong})" for wrong in misprints(other)]


def test_a_misprint_of_a_range_is_a_range() -> None:
    assert all(parts(other) for other in misprints("15–30"))
    assert {"25–30", "15–20"} <= {*misprints("15–30")}
    assert "95–30" not in misprints("15–30")


@pytest.mark.parametrize(("said", "statements"), [
    ("They weighed 5.01 ± 0.35 kg (M = 38.8, SD = 2.7), or 38.8 (SD 2.7).", ["5.01 ± 0.35", "M = 38.8, SD = 2.7", "38.8 (SD 2.7)"]),
    ("The ratio was 0.91 (95% CI 0.73 to 1.13), that of the others 0.8, 90% CI [0.7, 0.9].",
     ["0.91 (95% CI 0.73 to 1.13)", "0.8, 90% CI [0.7, 0.9]"]),
    ("Growth of 5–10% in 2009–2011 [3, 4] and 19 (0.7%) of 344 in Tables 2–3, on 3–5 May 2020.", ["5–10%"]),
    ("It fell from 10 to 5, p < .05, t(28) = 2.3.", []),
])
def test_running_text_gives_the_statements_whose_numbers_are_named_in_it(said: str, statements: list[str]) -> None:
    assert [said[start:end] for start, end, _ in in_text(said)] == statements
