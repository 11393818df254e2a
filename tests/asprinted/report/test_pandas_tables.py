"""Tables of pandas in the report: what is a header says of what, and numbers stand under each other."""

import pandas as pd

from asprinted.report.pandas_tables import accessible


def page(**columns: list[str]) -> str:
    return accessible(pd.DataFrame(columns).to_html())


def test_a_column_of_numbers_and_dashes_is_set_to_the_right_with_its_header() -> None:
    shown = page(growth=["8.4", "—", "-1 to 1"])
    assert '<th class="number" scope="col">growth</th>' in shown
    assert shown.count('<td class="number">') == 3


def test_a_column_with_one_word_stays_text_beside_a_column_of_numbers() -> None:
    shown = page(unit=["percent", "5"], value=["5", "6"])
    assert '<th scope="col">unit</th>' in shown
    assert "<td>percent</td>" in shown
    assert shown.count('<td class="number">') == 2


def test_a_column_of_nothing_but_dashes_is_no_column_of_numbers() -> None:
    assert "number" not in page(growth=["—", "—"])


def test_row_headers_say_that_they_head_a_row() -> None:
    assert '<th scope="row">0</th>' in page(growth=["8.4"])
