"""The verdicts that scrutiny and statcheck publish in their own tests, as facts; their code is not used.

scrutiny a56a9450 (https://github.com/lhdjung/scrutiny), statcheck b288d948 (https://github.com/MicheleNuijten/statcheck).
Both ask by rounding to the nearest alone; an accusation here must survive cutting off as well, so both are asked in their way first.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from asprinted.numbers.printed import Rounding, shorten
from asprinted.statistics import in_text, mean_of_counts, p_of, sd_of_counts, sd_of_shares, share_of_count

NEAREST = (Rounding.HALF_UP, Rounding.HALF_EVEN)
MEANS = ["7.22", "4.74", "5.23", "2.57", "6.77", "2.68", "7.01", "7.38", "3.14", "6.89", "5.00", "0.24"]
PIGS1 = (32, 25, 29, 24, 27, 28, 29, 26, 27, 31, 25, 28)
PIGS5 = (("5.30", 38), ("6.55", 31), ("2.55", 35), ("2.57", 30), ("2.18", 33), ("2.59", 34), ("6.68", 35), ("3.65", 32),
         ("5.32", 33), ("4.18", 37), ("2.18", 31), ("6.43", 34))
PIGS3 = (("0.53", "0.50"), ("0.44", "0.50"), ("0.77", "0.42"), ("0.19", "0.35"), ("0.34", "0.47"), ("0.93", "0.25"), ("0.12", "0.33"))


def possible(*holds: bool | None) -> str:
    return "".join("f" if one is False else "t" for one in holds)


def test_grim_of_pigs1() -> None:
    assert possible(*(mean_of_counts(x, n, conventions=NEAREST).holds for x, n in zip(MEANS, PIGS1, strict=True))) == "tfffftftfftf"


@pytest.mark.parametrize(("n", "rounding", "expected"), [
    (40, (Rounding.HALF_UP,), "fftfftftfftf"), (80, (Rounding.HALF_UP,), "fttffttttttt"), (80, tuple(Rounding), "tttttttttttt"),
])
def test_grim_in_corner_cases(n: int, rounding: tuple[Rounding, ...], expected: str) -> None:
    assert possible(*(mean_of_counts(x, n, conventions=rounding).holds for x in MEANS)) == expected


@pytest.mark.parametrize(("n", "rounding", "published"), [
    (40, Rounding.TRUNCATE, "ttfttffftttt"), (80, Rounding.TRUNCATE, "tttttttttttt"), (40, Rounding.HALF_EVEN, "tfttttftfftf"),
    (80, Rounding.HALF_EVEN, "tttttttttttt"),
])
def test_grim_where_scrutiny_takes_off_a_trillionth_before_it_cuts_or_evens(n: int, rounding: Rounding, published: str) -> None:
    """By brute force. There 4.75 cut off is 4.74; exact arithmetic is stricter or laxer in ties alone."""
    printed = {shorten(Fraction(k, n), Fraction(1, 100), rounding) for k in range(8 * n)}
    assert [mean_of_counts(x, n, conventions=(rounding,)).holds is not False for x in MEANS] == [x in printed for x in MEANS]
    assert [x for x, one in zip(MEANS, published, strict=True) if (x in printed) is not (one == "t")] != []


@pytest.mark.parametrize(("first", "step", "count", "n", "items", "expected"), [
    (519, 100, 12, 28, 1, "fftffftffftf"), (150, 1000, 10, 120, 3, "tfftfftftf"), (80, 100, 10, 28, 2, "tftftftftt"),
])
def test_grim_of_sequences(first: int, step: int, count: int, n: int, items: int, expected: str) -> None:
    """Of the third scrutiny takes 0.87 as well, the tie 0.875 rounded down: no convention here, but no accusation either."""
    decimals = len(str(step)) - 1
    texts = [f"{(first + k) / step:.{decimals}f}" for k in range(count)]
    assert possible(*(mean_of_counts(one, n, items=items, conventions=NEAREST).holds for one in texts)) == expected


def test_grim_of_percentages() -> None:
    assert possible(*(share_of_count(str(one), 50, conventions=NEAREST).holds for one in range(6, 17))) == "tftftftftft"
    pigs2 = ("67.4", "54.2", "54.0", "69.8", "68.1", "55.4")
    assert possible(*(share_of_count(one, 150, conventions=NEAREST).holds for one in pigs2)) == "fftfff"


@pytest.mark.parametrize(("mean", "n", "items"), [
    *((one, 40, 3) for one in ("5.90", "5.71", "3.50", "3.82", "4.61", "5.24")),
])
def test_grim_of_means_of_three_items(mean: str, n: int, items: int) -> None:
    assert mean_of_counts(mean, n, items=items).holds is not False


def test_grimmer_of_pigs5() -> None:
    found = (sd_of_counts(x, sd, n, population=False, conventions=NEAREST).holds for x, (sd, n) in zip(MEANS, PIGS5, strict=True))
    assert possible(*found) == "ftftftftfttt"


@pytest.mark.parametrize(("mean", "sd", "n", "expected"), [("5.21", "1.60", 28, True), ("5.21", "1.6", 28, True),
                                                           ("3.44", "2.47", 18, False)])
def test_grimmer_of_single_cases(mean: str, sd: str, n: int, expected: bool) -> None:
    assert (sd_of_counts(mean, sd, n, population=False, conventions=NEAREST).holds is not False) is expected


def test_debit_of_pigs3() -> None:
    assert possible(*(sd_of_shares(x, sd, 1683).holds for x, sd in PIGS3)) == "tttfttt"


# What statcheck's test-error.R expects of each: whether it is an error. Bounds on the 16th digit of a p are left out (four).
STATCHECK = """t(28) = 2.20, p = .03|1 F(2, 28) = 2.20, p = .15|1 r(28) = .22, p = .26|1 chi2(28) = 22.20, p = .79|1 z = 2.20, p = .04|1
Q(28) = 22.20, p = .79|1 Z = -2.42, p = 0.016|0 t(28) = -2.20, p = .03|1 t(28) = 2.20, ns|1 t(28) = 2.20, p > .05|1 t(28) = 2.0, p < .05|0
t(28) = 1.20, p = .03|1 t(28) = 2.20, p = .30|1 t(28) = 2, p = .02|0 t(28) = 2, p = .14|0 t(28) = 2.2, p = .03|0 t(28) = 2.2, p = .04|0
t(28) = 2.20, p = .036|0 t(28) = 2.20, p = .037|0 t(28) = 2.2, p = .036|0 t(28) = 2.2, p < .08|0 t(28) = 2.2, p > .02|0
t(28) = 2.2, p = .08|1 t(28) = 2.2, p = .02|1 t(28) = 2.2, p > .08|1 t(28) = 2.2, p < .02|1 t(28) < 2.2, p = .08|0 t(28) < 2.2, p > .08|0
t(28) < 2.2, p < .08|0 t(28) < 2.2, p > .02|0 t(28) < 2.2, p < .02|1 t(28) < 2.2, p = .02|1 t(28) > 2.2, p = .02|0 t(28) > 2.2, p > .02|0
t(28) > 2.2, p < .02|0 t(28) > 2.2, p < .08|0 t(28) > 2.2, p > .08|1 t(28) > 2.2, p = .08|1 t(28) = 22.20, p < .000|1"""
CASES = [(text.strip(), error == "1") for text, error in (one.rsplit("|", 1) for one in
         STATCHECK.replace("|0 ", "|0\n").replace("|1 ", "|1\n").splitlines())]


def asked(text: str, conventions: tuple[Rounding, ...], tails: int | None = 2) -> bool | None:
    (row,) = in_text(text).to_dict("records")
    two = tails if row["statistic"] in ("t", "r", "z") else None
    df = [one for one in row["df"].split(", ") if one]
    return p_of(row["statistic"], row["value"], df, row["p stated"], tails=two, conventions=conventions).holds


@pytest.mark.parametrize(("text", "error"), CASES, ids=[text for text, _ in CASES])
def test_statcheck(text: str, error: bool) -> None:
    assert (asked(text, NEAREST) is False) is error


def test_what_only_cutting_off_can_excuse_is_no_accusation() -> None:
    excused = [text for text, error in CASES if error and asked(text, tuple(Rounding)) is not False]
    assert excused == ["t(28) = 2.20, p = .03", "t(28) = -2.20, p = .03", "t(28) = 2.2, p = .02"]


@pytest.mark.parametrize(("text", "error"), [("t(28) = 2.20, p = .02", False), ("t(28) = 2.20, p = .04", True),
                                             ("t(28) = 2.20, p = .018", False), ("t(28) = 2.20, p = .01", True)])
def test_statcheck_with_one_tail(text: str, error: bool) -> None:
    assert (asked(text, NEAREST, 1) is False) is error


DECISION = ["t(28) = 2.20, p = .06", "t(28) = 1.20, p = .03", "F(2, 28) = 22.20, p = .06", "F(2, 28) = 2.20, p = .03",
            "r(28) = .22, p = .03", "r(28) = .52, p = .06", "chi2(28) = 2.20, p = .03", "chi2(28) = 52.20, p = .06",
            "z = 1.20, p = .03", "z = 2.20, p = .06",
            "Q(28) = 2.20, p = .03", "Q(28) = 52.20, p = .06"]


@pytest.mark.parametrize("text", DECISION)
def test_what_statcheck_calls_a_decision_error_survives_every_convention_and_tail(text: str) -> None:
    assert set(in_text(text)["verdict"]) == {"inconsistent"}
