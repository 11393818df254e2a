"""What is asked of a table: a slip of the pen is an error, a figure that nobody published is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from asprinted.numbers.missing import Missing
from asprinted.official import asked
from asprinted.official.observations import Official
from forkmill.errors import InputError

ROOT = Path(__file__).parents[3]
RIGHT = {"indicator": "rd_intensity", "period": "2019", "geography": "China", "basis": "annual"}


@pytest.fixture(scope="module")
def official() -> Official:
    return Official(ROOT)


def find(official: Official, **other: object):
    where = RIGHT | other
    return official.find("research", where.pop("indicator"), where.pop("period"), **where)


def test_the_right_words_find_the_figure(official: Official):
    assert str(find(official)) == "[2.225, 2.235)"


@pytest.mark.parametrize(("wrong", "says"), [
    ({"indicator": "rd_intensitiy"}, r"the table lists no such indicator(.|\n)*did you mean rd_intensity\?"),
    ({"basis": "anual"}, r"the table lists no such basis(.|\n)*did you mean annual\?"),
    ({"vintage": "fist"}, r"the table lists no such vintage(.|\n)*did you mean first\?"),
    ({"bound": "abuot"}, r"the table lists no such bound(.|\n)*did you mean about\?"),
    ({"geography": "Chnia"}, r"the table has no row of this place(.|\n)*did you mean China\?"),
    ({"geograhpy": "China"}, r"the table has no such column(.|\n)*did you mean geography\?"),
    ({"period": "2019-1"}, "what is asked for is in no form of the column period"),
    ({"period": 2019}, r'what is asked of the column period is no text(.|\n)*write "2019"'),
    ({"unit": None}, "what is asked of the column unit is no text"),
])
def test_a_slip_of_the_pen_is_an_error_with_what_was_meant(official: Official, wrong: dict[str, object], says: str):
    with pytest.raises(InputError, match=says):
        find(official, **wrong)


def test_a_table_that_is_mistyped_gets_the_nearest(official: Official):
    with pytest.raises(InputError, match=r"there is no such table(.|\n)*did you mean research\?"):
        official.find("reserach", "rd_intensity", "2019")


@pytest.mark.parametrize(("other", "hint"), [
    ({"period": "1919"}, "rows of this indicator are of other periods: 2010, 2011, "),
    ({"geography": "Wonderland"}, "rows of this indicator are of other places: Anhui, "),
    ({"basis": "quarter"}, "there are rows of this indicator, place and period, but of another basis"),
])
def test_a_figure_that_nobody_published_is_missing_with_a_hint_at_what_there_is(official: Official, other: dict[str, str], hint: str):
    found = find(official, **other)
    assert isinstance(found, Missing)
    assert found.hint.startswith(hint)


def test_the_hint_is_no_part_of_what_is_missing(official: Official):
    found = find(official, period="1919")
    assert found == Missing(found.wanted)


@pytest.mark.parametrize(("given", "values"), [("a", ("a",)), (["a", "b"], ("a", "b")), (2019, (2019,)), (None, (None,))])
def test_one_value_or_several_are_asked_for_alike(given: object, values: tuple[object, ...]):
    assert asked.column(given) == values
