"""Every parser on text that nobody meant: a value that is the text's own, or one clear error, in short time.

The long run is `make -C tools fuzz`; here hypothesis looks for small cases and a seeded sample of the long run is tried.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asprinted.numbers import printed
from asprinted.numbers.printed import Rounding
from faults import fuzz, parsers

FEW = settings(max_examples=60, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
NAMES = list(parsers.TARGETS)
PIECES = st.lists(st.one_of(st.sampled_from(fuzz.PIECES), st.text(max_size=8)), max_size=12).map("".join)


@pytest.mark.parametrize("name", NAMES)
def test_a_parser_survives_any_text(name):
    FEW(given(st.one_of(st.text(), PIECES))(parsers.TARGETS[name][0]))()


@pytest.mark.parametrize("name", NAMES)
def test_a_parser_survives_what_is_nearly_right(name):
    target, seeds = parsers.TARGETS[name]
    cut = st.tuples(st.sampled_from(seeds), st.integers(0, 4000), st.integers(0, 6), PIECES)
    FEW(given(cut.map(lambda c: c[0][: c[1]] + c[3] + c[0][c[1] + c[2] :]))(target))()


def test_a_seeded_sample_of_the_long_run_breaks_no_promise(capsys):
    assert fuzz.random_run(NAMES, 2000, seed=7) == 0, capsys.readouterr().out


@pytest.mark.parametrize("text", ["٣", "²", "8⒉5", "220⒗010", "⑴", "8﹒4", "1٬000", "8,4", "1_000", "0x10", "--1", "1,00", "", "5.", "∞",
                                  "nan"])
def test_what_only_looks_like_a_number_is_none(text):
    with pytest.raises(ValueError, match="not a plain number"):
        printed.parse(text)


@FEW
@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(list(Rounding)), st.integers(0, 3))
def test_a_value_lies_in_the_interval_of_what_it_is_printed_as(value, rounding, decimals):
    place = Fraction(1, 10**decimals)
    text = printed.shorten(Fraction(value), place, rounding)
    assert Fraction(value) in printed.interval(Fraction(text), place, rounding)


@FEW
@given(st.text(alphabet="0123456789.,-", min_size=1, max_size=20))
def test_a_number_is_worth_what_decimal_says_it_is(text):
    try:
        found = printed.parse(text)
    except ValueError:
        return
    try:
        assert found.value == Fraction(Decimal(text.replace(",", "")))
    except InvalidOperation:
        pytest.fail(f"{text!r} is no decimal")


def test_a_long_input_takes_no_time():
    for name in NAMES:
        for text in ("9" * 20000, "1," * 10000, "[" * 20000, "a: " * 5000, "( 亿" * 5000, '"' * 9999):
            fault = fuzz.tried(parsers.TARGETS[name][0], text)
            assert fault is None, f"{name}: {fault}"
