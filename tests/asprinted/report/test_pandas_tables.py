"""Tables of pandas in the report: what is a header says of what, and numbers stand under each other."""

import re

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


def header(frame: pd.DataFrame) -> str:
    return re.sub(r"\s+", "", accessible(frame.to_html()).partition("</thead>")[0].partition("<thead>")[2])


def test_the_name_of_what_heads_the_rows_stands_beside_the_names_of_the_columns() -> None:
    frame = pd.DataFrame({"growth": ["a"], "lead": ["b"]}, index=pd.Index(["2019"], name="year"))
    assert header(frame) == '<tr><thscope="col">year</th><thscope="col">growth</th><thscope="col">lead</th></tr>'


def test_two_names_of_what_heads_the_rows_stand_beside_each_other() -> None:
    frame = pd.DataFrame({"growth": ["a"]}, index=pd.MultiIndex.from_tuples([("x", "y")], names=["measure", "where"]))
    assert header(frame).count("<tr>") == 1
    assert [name for name in ("measure", "where", "growth") if f">{name}</th>" in header(frame)] == ["measure", "where", "growth"]


def test_where_columns_and_rows_both_have_a_name_each_keeps_its_row() -> None:
    frame = pd.DataFrame({"a": ["1 x"]}, index=pd.Index(["s"], name="section")).rename_axis(columns="verdict")
    assert header(frame).count("<tr>") == 2


def test_columns_in_two_levels_keep_their_two_rows() -> None:
    frame = pd.DataFrame([["1 x", "2 x"]], columns=pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")]))
    assert header(frame).count("<tr>") == 2
