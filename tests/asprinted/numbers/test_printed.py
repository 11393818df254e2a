"""Numbers as printed: what a string of digits stands for."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import QUALIFIERS, WORDS, Rounding, interval, misprints, parse, place_of_digit, qualified, shorten

PLACES = st.integers(-6, 6).map(lambda power: Fraction(10) ** power)
VALUES = st.one_of(st.fractions(-(10**6), 10**6, max_denominator=10**4), st.decimals(-100, 100, places=3).map(Fraction))


@pytest.mark.parametrize("rounding", Rounding)
@given(value=VALUES, place=PLACES)
def test_a_value_belongs_to_the_interval_of_what_it_prints_as(rounding: Rounding, value: Fraction, place: Fraction):
    assert value in interval(Fraction(shorten(value, place, rounding)), place, rounding)


@pytest.mark.parametrize("rounding", Rounding)
@given(steps=st.integers(-500, 500), part=st.integers(-10, 10), place=PLACES)
def test_a_value_of_the_interval_prints_as_stated(rounding: Rounding, steps: int, part: int, place: Fraction):
    stated, value = steps * place, (steps + Fraction(part, 10)) * place
    assert (value in interval(stated, place, rounding)) == (Fraction(shorten(value, place, rounding)) == stated)


@pytest.mark.parametrize("rounding", Rounding)
@given(value=VALUES, place=PLACES)
def test_signs_are_rounded_alike(rounding: Rounding, value: Fraction, place: Fraction):
    assert Fraction(shorten(-value, place, rounding)) == -Fraction(shorten(value, place, rounding))


@pytest.mark.parametrize(
    ("rounding", "low", "high", "low_closed", "high_closed"),
    [
        (Rounding.HALF_UP, "8.35", "8.45", True, False),
        (Rounding.HALF_EVEN, "8.35", "8.45", True, True),
        (Rounding.TRUNCATE, "8.4", "8.5", True, False),
    ],
)
def test_each_convention_has_ends_of_its_own(rounding, low, high, low_closed, high_closed):
    expected = Interval(Fraction(low), Fraction(high), low_closed, high_closed)
    assert interval(Fraction("8.4"), Fraction("0.1"), rounding) == expected
    assert interval(Fraction("-8.4"), Fraction("0.1"), rounding) == -expected


def test_half_even_leaves_both_ties_to_the_even_neighbours():
    assert interval(Fraction("8.3"), Fraction("0.1"), Rounding.HALF_EVEN) == Interval(
        Fraction("8.25"), Fraction("8.35"), False, False
    )


@pytest.mark.parametrize(
    ("rounding", "end", "closed"), [("half up", "0.5", False), ("half even", "0.5", True), ("truncate", "1", False)]
)
def test_zero_is_reached_from_both_sides(rounding: str, end: str, closed: bool):
    assert interval(Fraction(0), Fraction(1), Rounding(rounding)) == Interval(
        -Fraction(end), Fraction(end), closed, closed
    )


def test_a_whole_number_as_place_keeps_the_interval_exact():
    """The type hint says Fraction, but a notebook passes ten billion as an integer."""
    ends = interval(Fraction(790), 10)
    assert isinstance(ends.low, Fraction)
    assert isinstance(ends.high, Fraction)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8.4", "8.4"),
        ("720,000", "720000"),
        ("-6.5", "-6.5"),
        ("\u22126.5", "-6.5"),
        (" ８．４ ", "8.4"),
        ("Ten", "10"),
        ("one hundred", "100"),
        ("1,234,567.8", "1234567.8"),
        ("0", "0"),
    ],
)
def test_a_number_is_read_as_printed(text: str, value: str):
    assert parse(text).value == Fraction(value)


def test_number_words_are_read_as_their_numbers():
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    assert [parse(word).value for word in words] == list(range(1, 11))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8.",
        "8,4",
        "12,34",
        "1234,567",
        "--8",
        "٣",
        "8 4",
        "NaN",
    ],
)
def test_what_is_not_a_plain_number_is_refused_and_shown(text: str):
    with pytest.raises(ValueError, match="not a plain number") as caught:
        parse(text)
    assert str(caught.value) == (
        f"not a plain number: {text!r} (expected digits such as 8.4, 720,000 or a word such as ten)"
    )


@pytest.mark.parametrize("text", ["8.4¹", "10²", "①"])
def test_a_mark_of_a_footnote_is_not_taken_for_a_digit(text: str):
    with pytest.raises(ValueError, match="not a plain number"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("8", ["1"]),
        ("8.0", ["0.1"]),
        ("8.00", ["0.01"]),
        ("790", ["1", "10"]),
        ("720,000", ["1", "10", "100", "1000", "10000"]),
        ("700,000", ["1", "10", "100", "1000", "10000"]),
        ("1000", ["1", "10", "100"]),
        ("100", ["1", "10"]),
        ("10", ["1"]),
        ("20", ["1"]),
        ("-100", ["1", "10"]),
        ("-790", ["1", "10"]),
        ("0", ["1"]),
        ("0.0", ["0.1"]),
        ("ten", ["1"]),
        ("100.0", ["0.1"]),
        ("101", ["1"]),
    ],
)
def test_trailing_zeros_before_the_point_are_ambiguous_while_two_digits_remain_and_no_others(text: str, places: list[str]):
    assert parse(text).places == tuple(map(Fraction, places))


def test_an_exact_number_has_an_interval_for_each_precision_finest_first():
    found = qualified(parse("790"), "exact", Rounding.HALF_UP)
    assert [(one.place, repr(one.says), repr(one.possible)) for one in found] == [
        (1, "[789.5, 790.5)", "[789.5, 790.5)"),
        (10, "[785, 795)", "[785, 795)"),
    ]


@pytest.mark.parametrize(
    ("qualifier", "says", "possible"),
    [
        ("more than", "(40, 80]", "(40, ...)"),
        ("at least", "[40, 80]", "[40, ...)"),
        ("less than", "[20, 40)", "(..., 40)"),
        ("at most", "[20, 40]", "(..., 40]"),
        ("nearly", "[36, 40)", "[32, 42]"),
        ("about", "[38, 42]", "[36, 44]"),
    ],
)
def test_a_qualifier_has_an_inner_and_an_outer_width(qualifier: str, says: str, possible: str):
    (meaning,) = qualified(parse("40"), qualifier, Rounding.HALF_UP)
    assert (repr(meaning.says), repr(meaning.possible)) == (says, possible)


@pytest.mark.parametrize(
    ("qualifier", "says", "possible"),
    [
        ("more than", "(-40, 0]", "(-40, ...)"),
        ("less than", "[-60, -40)", "(..., -40)"),
        ("nearly", "(-40, -36]", "[-42, -32]"),
        ("about", "[-42, -38]", "[-44, -36]"),
    ],
)
def test_the_widths_of_a_negative_number_are_shares_of_its_size(qualifier: str, says: str, possible: str):
    (meaning,) = qualified(parse("-40"), qualifier, Rounding.HALF_UP)
    assert (repr(meaning.says), repr(meaning.possible)) == (says, possible)


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("more than", "(0, ...)"),
        ("at least", "[0, ...)"),
        ("less than", "(..., 0)"),
        ("at most", "(..., 0]"),
        ("nearly", "(-0.5, 0.5)"),
        ("about", "(-0.5, 0.5)"),
    ],
)
def test_a_word_before_zero_has_no_width_of_its_own(qualifier: str, expected: str):
    (meaning,) = qualified(parse("0"), qualifier, Rounding.HALF_UP)
    assert (repr(meaning.says), repr(meaning.possible)) == (expected, expected)


@pytest.mark.parametrize("qualifier", WORDS)
def test_each_width_that_was_chosen_has_its_reason(qualifier: str):
    assert len(WORDS[qualifier].why.split()) > 3


@pytest.mark.parametrize(
    ("value", "digits", "place"), [("2214.36", 3, "10"), ("1000", 1, "1000"), ("-6.5", 2, "0.1"), ("0.0123", 2, "0.001")]
)
def test_the_place_of_a_significant_digit_is_counted_from_the_first_that_is_not_zero(value: str, digits: int, place: str):
    assert place_of_digit(Fraction(value), digits) == Fraction(place)


@pytest.mark.parametrize("word", ["almost", "under"])
def test_no_word_outside_the_list_bounds_a_number(word: str):
    with pytest.raises(ValueError, match=f"unknown qualifier '{word}'"):
        qualified(parse("40"), word, Rounding.HALF_UP)


def test_nearly_a_negative_fraction_lies_between_it_and_zero():
    (meaning,) = qualified(parse("-0.5"), "nearly", Rounding.HALF_UP)
    assert str(meaning.says) == "(-0.5, -0.45]"


@pytest.mark.parametrize("qualifier", [word for word in QUALIFIERS if word != "exact"])
def test_a_qualifier_does_not_depend_on_rounding(qualifier: str):
    assert len({repr(qualified(parse("40"), qualifier, rounding)) for rounding in Rounding}) == 1


def test_an_unknown_qualifier_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="unknown qualifier 'almost': expected one of exact, about, nearly, more than"):
        qualified(parse("40"), "almost", Rounding.HALF_UP)


@pytest.mark.parametrize(
    ("value", "place", "rounding", "text"),
    [
        ("2.675", "0.01", "half up", "2.68"),
        ("2.665", "0.01", "half even", "2.66"),
        ("2.679", "0.01", "truncate", "2.67"),
        ("-0.04", "0.1", "half up", "0.0"),
        ("797", "10", "truncate", "790"),
        ("8", "0.01", "half up", "8.00"),
        ("-6.55", "0.1", "half up", "-6.6"),
        ("0.5", "1", "half even", "0"),
        ("1.5", "1", "half even", "2"),
    ],
)
def test_a_value_is_printed_to_its_place(value: str, place: str, rounding: str, text: str):
    assert shorten(Fraction(value), Fraction(place), Rounding(rounding)) == text


@given(st.decimals(0, 10**6, places=2).map(str))
def test_a_misprint_differs_in_one_digit_and_is_a_number_of_as_many(text: str):
    for other in misprints(text):
        assert sum(a != b for a, b in zip(text, other, strict=True)) == 1
        assert parse(other).places[0] == parse(text).places[0]


def test_every_digit_but_a_leading_zero_is_tried():
    assert misprints("1.0") == [*(f"{n}.0" for n in range(2, 10)), *(f"1.{n}" for n in range(1, 10))]


def test_a_bound_is_as_exact_as_its_digits_may_be():
    printed = parse("130,000")
    assert [one.place for one in qualified(printed, "<", Rounding.HALF_UP)] == [printed.places[0]]
