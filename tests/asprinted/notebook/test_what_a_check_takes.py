"""What a check takes: a value in the unit of its claim that rests on something, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small_paper import figure, make

from asprinted.notebook.paper import Paper
from asprinted.numbers.quantity import Missing, number
from forkmill.errors import InputError


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(base=make(tmp_path))


def test_a_share_where_percent_is_stated_is_an_error_with_the_factor_and_no_verdict(paper: Paper):
    part, whole = (replace(figure(number), unit=paper.official.unit("yuan")) for number in (84, 1000))
    assert paper.check("rate", part / whole * 100).record["verdict"] == "reproduced"
    with pytest.raises(InputError, match=r"(?s)reading as worded.*a factor of 100 lies between them: multiply by 100"):
        paper.check("rate", part / whole)


def test_a_hundred_too_many_is_an_error_too(paper: Paper):
    with pytest.raises(InputError, match="a factor of 100 lies between them"):
        paper.check("rate", replace(figure("8.4"), unit=paper.official.unit("percent")) * 100)


@pytest.mark.parametrize("argument", ["value", "vintages", "conventions", "given"])
def test_a_value_in_another_unit_is_refused_wherever_it_is_handed_over(paper: Paper, argument: str):
    meters = replace(figure("8.4"), unit=paper.official.unit("meters"))
    handed = {"value": {"value": meters}, "vintages": {"vintages": {"latest": meters}},
              "conventions": {"conventions": {"of the year": meters}}, "given": {"given": [meters]}}[argument]
    with pytest.raises(InputError, match=r"(?s)expected: percent, which the claim states.*found: +meters \(row row\)"):
        paper.check("rate", **{"value": figure("8.4")} | handed)


def test_another_quantity_that_the_digits_may_belong_to_may_be_in_another_unit(paper: Paper):
    meters = replace(figure("8.4"), unit=paper.official.unit("meters"))
    assert paper.check("rate", figure("9.4"), instead={"the length": meters}).record["verdict"] == "misattributed"


def test_a_reading_is_held_to_its_own_unit(paper: Paper):
    heads, amount = (replace(figure("9"), unit=paper.official.unit(unit)) for unit in ("people", "yuan"))
    assert paper.check("both", heads=heads, amount=amount).record["verdict"] == "reproduced"
    with pytest.raises(InputError, match="reading heads: the value is not in the unit of the claim"):
        paper.check("both", heads=amount, amount=amount)


def test_a_value_in_another_size_of_the_unit_is_brought_to_the_claims(paper: Paper):
    billions = replace(figure("790"), unit=paper.official.unit("billion yuan"))
    assert paper.check("amount", billions).record["computed"] == {"low": "790", "high": "790"}


def test_a_value_that_counts_billions_already_is_an_error_and_no_verdict(paper: Paper):
    plain = replace(figure(790 * 10**9), unit=paper.official.unit("yuan"))
    assert paper.check("amount", plain).record["verdict"] == "reproduced"
    for scaled in (plain / 10**9, number(790)):
        with pytest.raises(InputError, match="hand it over in plain units, not in units of 1,000,000,000"):
            paper.check("amount", scaled)


def test_the_stated_number_has_the_unit_of_the_claim_and_none_where_readings_differ(paper: Paper):
    assert paper.stated("amount").unit == paper.official.unit("yuan")
    assert paper.stated("both").unit is None


def test_a_unit_may_be_said_where_arithmetic_cannot_know_it(paper: Paper):
    points = replace(figure("9"), unit=paper.official.unit("percent")) - replace(figure("0.6"), unit=paper.official.unit("percent"))
    with pytest.raises(InputError, match="one is a share, the other the difference of two shares"):
        paper.check("rate", points)
    assert paper.check("rate", paper.in_unit(points, "percent")).record["verdict"] == "reproduced"
    assert paper.in_unit(Missing(("a",)), "percent") == Missing(("a",))


@pytest.mark.parametrize("value", [2, 2.0, np.float64(2), np.int64(2), Decimal(2), Fraction(2), "2", True, np.bool_(True), float("nan"),
                                   pd.Series([2]), [2], {"vintage": 2}])
def test_whatever_rests_on_nothing_is_refused_and_told_what_to_hand_over(paper: Paper, value: object):
    with pytest.raises(InputError, match=r"(?s)this is nothing that a verdict can rest on.*expected: a quantity.*to do: "):
        paper.check("parts", value)


def test_an_argument_that_is_mistyped_is_told_from_a_reading(paper: Paper):
    with pytest.raises(InputError, match=r"did you mean vintages\?"):
        paper.check("rate", figure("8.4"), vintage={"latest": figure("8.5")})
