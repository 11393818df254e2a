"""Every number of a sentence, told from its neighbours to be a year, a label, a share, part of a range and so on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.numbers.written.found import KINDS, numbers_in

SENTENCES = {
    "In 2019, 86 of 344 (25.0%) weighed 4.2 ± 0.8 kg [3].": [
        ("2019", "year"), ("86", "number"), ("344", "number"), ("25.0%", "percent"), ("4.2", "plus-minus"), ("0.8", "plus-minus"),
        ("3", "citation")],
    "The test gave t(28) = 2.34, p < .001, and F(2, 57) = 3.11, p = .05 (Table 2).": [
        ("28", "degrees of freedom"), ("2.34", "statistic"), ("< .001", "p-value"), ("2", "degrees of freedom"),
        ("57", "degrees of freedom"), ("3.11", "statistic"), (".05", "p-value"), ("2", "label")],
    "M = 5.01 (SD = 0.35), 95% CI [0.73, 1.13], n = 2000, r = -.45, β = −0.12.": [
        ("5.01", "standard deviation"), ("0.35", "standard deviation"), ("95%", "percent"), ("0.73", "interval"), ("1.13", "interval"),
        ("2000", "sample size"), ("-.45", "statistic"), ("−0.12", "statistic")],
    "Between 2 and 7 percent, 3 to 5 or 3–5 of them.": [
        ("2", "range"), ("7 percent", "range"), ("3", "range"), ("5", "range"), ("3", "range"), ("5", "range")],
    "On 12 March 2020 and in the 1990s, from 2016–2019, in 2018/19 and in 2019Q3.": [
        ("12", "date"), ("2020", "date"), ("1990", "date"), ("2016", "year"), ("2019", "year"), ("2018", "date"), ("19", "date"),
        ("2019", "date"), ("3", "date")],
    "2000 participants in 2000 went first to Sections 2.1 and 3, then to Fig. 4a.": [
        ("2000", "number"), ("2000", "year"), ("first", "ordinal"), ("2.1", "label"), ("3", "label"), ("4", "label")],
    "It cost $2.68, £2.3tn or 5 million euros.": [("$2.68", "money"), ("£2.3tn", "money"), ("5 million", "money")],
    "COVID-19, CO2, PM2.5, EU-27 and 5G in the 13th plan, the twenty-third.": [
        ("19", "name"), ("2", "name"), ("2.5", "name"), ("27", "name"), ("5G", "name"), ("13th", "ordinal"), ("twenty-third", "ordinal")],
    "Version 1.2.3 of doi:10.1234/abc.123 and https://example.org/12.": [
        ("1.2.3", "identifier"), ("doi:10.1234/abc.123", "identifier"), ("https://example.org/12", "identifier")],
    "A third of eighty-six, two-thirds, half of the rest, twice as many: 5½.": [
        ("A third", "fraction"), ("eighty-six", "word"), ("two-thirds", "fraction"), ("half", "fraction"), ("twice", "fraction"),
        ("5½", "fraction")],
    "(1) The others¹² fell by 8.4% to -8.4, +5.3 or 1.2 × 10⁻³.": [
        ("1", "enumerator"), ("¹²", "citation"), ("8.4%", "percent"), ("-8.4", "number"), ("+5.3", "number"), ("1.2 × 10⁻³", "number")],
    "p53 in 3,700.7 g (SD = 458.6), from -1.5 to 0.3 (2020-07-25).": [
        ("53", "name"), ("3,700.7", "standard deviation"), ("458.6", "standard deviation"), ("-1.5", "range"), ("0.3", "range"),
        ("2020", "date"), ("07", "date"), ("25", "date")],
    "The third quarter had 5‰.": [("third", "ordinal"), ("5‰", "percent")],
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_number_of_a_sentence_is_listed_with_its_kind(sentence: str) -> None:
    assert [(one.text, one.kind) for one in numbers_in(sentence)] == SENTENCES[sentence]


@pytest.mark.parametrize(("sentence", "qualifier"), [
    ("nearly 40 billion", "nearly"), ("more than 130,000", "more than"), ("over 5", "more than"), ("about a third", "about"),
    ("at least 3", "at least"), ("up to 7%", "at most"), ("fewer than ten", "less than"), ("the only 5", "exact"),
    ("p < .05", "exact")])
def test_the_word_before_a_number_is_the_qualifier_of_a_claim(sentence: str, qualifier: str) -> None:
    assert [one.qualifier for one in numbers_in(sentence)] == [qualifier]


@pytest.mark.parametrize(("sentence", "whole"), [("a mean of 4.2 ± 0.8 kg", "4.2 ± 0.8"), ("95% CI [0.73, 1.13]", "[0.73, 1.13]"),
                                                 ("from -3 to 5 days", "-3 to 5"), ("5.01 (SD = 0.35)", "5.01 (SD = 0.35)")])
def test_numbers_that_belong_together_name_the_whole(sentence: str, whole: str) -> None:
    assert [sentence[slice(*one.whole)] for one in numbers_in(sentence) if one.whole] == [whole, whole]


@pytest.mark.parametrize(("text", "bare"), [("-8.4%", "-8.4"), ("£2.3tn", "2.3"), ("5G", "5"), ("one hundred", "one hundred"),
                                            ("< .001", ".001")])
def test_the_bare_digits_are_without_what_stands_beside_them(text: str, bare: str) -> None:
    assert [one.bare for one in numbers_in(text)] == [bare]


@pytest.mark.parametrize(("locale", "digits"), [("de", ["12345", "1.2"]), ("en", ["12.345", "1", "2"])])
def test_digits_follow_the_declared_language(locale: str, digits: list[str]) -> None:
    assert [one.printed.digits for one in numbers_in("12.345 Personen und 1,2 Mio. Euro", locale) if one.printed] == digits


@given(st.text(alphabet=" 0123456789.,-–±%$()[]=<pntFand½²e"))
def test_places_are_those_of_the_text_in_order_and_apart(text: str) -> None:
    found = numbers_in(text)
    assert all(text[one.start : one.end] == one.text and one.kind in KINDS for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
