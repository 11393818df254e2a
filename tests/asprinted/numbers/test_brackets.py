"""What is known of a part from the whole: units are those of what was told first, and one part is its own mean."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from makers import official as figure

from asprinted.numbers.brackets import last_part, mean_of, share_of_last
from asprinted.numbers.unit_words import read


def test_the_last_part_has_the_unit_of_the_whole_or_else_that_of_the_first_part():
    plain, percent = figure("8.4"), replace(figure("7.7"), unit=read("percent"))
    assert last_part(plain, percent, share_of_last(3, 2)).unit == read("percent")
    assert last_part(percent, plain, share_of_last(3, 2)).unit == read("percent")


def test_a_mean_is_told_in_the_unit_of_its_first_part():
    kilometers, meters = replace(figure("2"), unit=read("kilometers")), replace(figure("1000"), unit=read("meters"))
    assert mean_of(kilometers, meters).unit == read("kilometers")
    assert Fraction(1) in mean_of(kilometers, meters).interval


def test_the_mean_of_one_part_is_the_part():
    assert mean_of(figure("8.4")).interval == figure("8.4").interval
