"""What is found in a text, as statcheck's own tests of its forms ask, and what is not."""

from __future__ import annotations

import time

import pytest

from asprinted.statistics import in_text
from asprinted.statistics.text import COLUMNS


@pytest.mark.parametrize("text", [
    "t(28) = 2.20, p = .03", " t ( 28 ) = 2.20 , p = .03", "t(28)=2.20,p=.03", "t(28) = -2.20, p = .03", "t(28) = − 4.46, p < .0001",
    "t(28) = 2,000.20, p < .03", "t(28) < 2.20, p = .03", "t(28.1) = 2.20, p = 0.03", "t(28) = 2.20, ns", "t(28) = 2.20, p = .5e-3",
    "F(2, 28) = 2.20, p = .03", "F(2,28)=2.20,p=.03", "F(1,200) = 5.1, p = .03", "F(2.1, 28.1) = 2.20, p = .03", "r(28) = .20, p = .03",
    "chi2(28) = 2.20, p = .03", "X2(28) = 2.20, p = .03", "χ²(28) = 2.20, p = .03", "χ2(28, N = 129) = 2.2, p = .03",
    "chi_2(28) = 2.20, p = .03", "chi2(1, N = 11,455) = 16.78, p <.001", "chi2(1, n = 81) = 3.25, p = 0.07", "z = 2.20, p = .03",
    "Z = 2.20 , p = .03", "Q(2) = 2.20, p = .03", "Qw(2) = 2.20, p = .03", "Qwithin(2) = 2.20, p = .03", "Q-between(2) = 2.20, p = .03",
    "t(28) = 2.20; p = .03", "t(28) = 2.20 (p = .03)", "t[28] = 2.20, p ≤ .05",
    "F(2, 70) = 4.48, MSE = 6.61, p <.02", "t(236.03) \x01= 0.84, p \x01= .403",
])
def test_forms(text: str) -> None:
    found = in_text(f"It was seen ({text}) twice.\nAnd\n{text}.")
    assert list(found["line"]) == [1, 3]
    assert set(found["verdict"]) <= {"reproduced", "consistent", "inconsistent"}


@pytest.mark.parametrize("text", ["t(2,28) = 2.20, p = .03 x", "T(28) = 2.20, p = .03", "t(28) = .2.20, p = .03", "z(28) = 2.20, p = .03",
                                  "Qs(2) = 2.2, p = .03", "q(2) = 2.2, p = .03", "at(28) = 2.2, p = .03", "p = .05", "see p. 01", ""])
def test_what_only_looks_like_it_is_not_read(text: str) -> None:
    found = in_text(text)
    assert (len(found) == 0 or set(found["verdict"]) == {"not checkable"}, list(found.columns)) == (True, list(COLUMNS))


@pytest.mark.parametrize("text", ["r(16) = 26.05, p = .10", "t(28) = 2.20, p = 1.03", "t(0) = 2.20, p = .03", "F(2) = 2.20, p = .03",
                                  "chi2(3) = -2.2, p = .03"])
def test_what_cannot_be_judged_is_told_with_its_reason(text: str) -> None:
    (row,) = in_text(text).to_dict("records")
    assert row["verdict"] == "not checkable"
    assert row["note"]


def test_one_tail_is_noted_and_a_text_can_say_how_many() -> None:
    assert list(in_text("t(28) = 2.20, p = .018")[["verdict", "note"]].iloc[0]) == ["consistent", "one-tailed"]
    assert list(in_text("t(28) = 2.20, p = .018", tails=2)["verdict"]) == ["inconsistent"]
    assert list(in_text("t(28) = 2.20, p = .018; F(2, 57) = 3.11, p = .05", tails=1)["verdict"]) == ["reproduced", "reproduced"]


def test_a_long_hostile_text_takes_no_time() -> None:
    began = time.perf_counter()
    for hostile in ("t(" * 50_000, "t(28) = " + "1" * 100_000, "t (" + " " * 50_000, "1,111" * 20_000, "z = 2 , p = ." * 5_000):
        in_text(hostile)
    assert time.perf_counter() - began < 20


def test_a_p_that_may_have_been_corrected_accuses_nobody():
    corrected = "p values were adjusted for multiple\ncomparisons: z = -2.06, p = .08"
    assert list(in_text(corrected)["verdict"]) == ["not checkable"]
    assert "the text names: adjusted for" in in_text(corrected)["note"][0]
    assert list(in_text("z = 0.50, p = 1.00")["verdict"]) == ["not checkable"]


def test_a_p_that_is_smaller_than_its_statistic_allows_is_flagged_whatever_was_corrected():
    assert list(in_text("After Bonferroni, z = 0.91, p < .0001; t(28) = 2.34, p = .001")["verdict"]) == ["inconsistent", "inconsistent"]


def test_a_number_may_be_broken_behind_its_sign_and_chi_be_a_letter_of_another_font():
    found = in_text("t(15) = -\n6.87, p < 0.001; [c2 (1)=18, p<0.01]")
    assert list(found["verdict"]) == ["reproduced", "reproduced"]
    assert list(found["statistic"]) == ["t", "chi2"]
