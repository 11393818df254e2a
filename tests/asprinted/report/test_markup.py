"""Beside a claim stands the code that judges it, and not that of its neighbours."""

from __future__ import annotations

from asprinted.report.markup import judging

CELL = """# rates of the year
wide = official.find("investment")
first = wide["a"]
second = wide["b"]
both = first + second
paper.side_by_side(
    paper.check("one", first,
                instead={"b": second}),
    paper.check("two", both),
    paper.check("three", quantity.number(3)),
)"""


def test_a_check_stands_below_the_lines_that_make_its_values():
    assert judging(CELL, "one") == "\n".join([
        'wide = official.find("investment")', 'first = wide["a"]', 'second = wide["b"]',
        'paper.check("one", first,', '            instead={"b": second})',
    ])


def test_what_is_made_in_steps_stands_there_with_each_of_them():
    assert judging(CELL, "two").splitlines()[-2:] == ["both = first + second", 'paper.check("two", both)']


def test_a_check_that_needs_nothing_stands_alone():
    assert judging(CELL, "three") == 'paper.check("three", quantity.number(3))'


def test_a_line_that_changes_a_value_stands_there_as_well():
    cell = 'rows = []\nfor one in given:\n    rows.append(one)\nother = 1\npaper.check("one", total(rows))'
    assert "other" not in judging(cell, "one")
    assert "rows.append(one)" in judging(cell, "one")


def test_code_in_which_no_such_check_is_found_is_shown_whole():
    assert judging(CELL, "four") == CELL
    assert judging("%time x", "one") == "%time x"
