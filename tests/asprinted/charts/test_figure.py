"""What a figure carries, and the files that come out of it."""

from __future__ import annotations

import base64
import json
from fractions import Fraction

import pandas as pd
import pytest

from asprinted.charts.figure import FIGURE_MIME, Figure, canvas, files

NAN = float("nan")
TEXTS = {"name": "a-figure", "title": "A figure", "alt": 'A "line" & <a point>', "source": "none"}


def make(*values: float) -> Figure:
    frame = pd.DataFrame({"period": [f"2019-0{n}" for n in range(1, len(values) + 1)], "value": values})
    return Figure(canvas(1, 1), data=frame, **TEXTS)


def test_a_record_is_plain_json_with_holes_as_null():
    record = make(8.4, NAN).record()
    assert [row[1] for row in record["rows"]] == [8.4, None]
    assert json.loads(json.dumps(record, allow_nan=False)) == record


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (pd.NA, None),
        (pd.NaT, None),
        (None, None),
        (NAN, None),
        (pd.Period("2019-03", "M"), "2019-03"),
        (Fraction(1, 2), "1/2"),
        (pd.Series([3], dtype="int64")[0], 3),
        (pd.Series([NAN], dtype="float32")[0], None),
        (True, True),
        ("a", "a"),
    ],
)
def test_every_value_of_a_frame_becomes_plain(value: object, plain: object):
    figure = Figure(canvas(1, 1), data=pd.DataFrame({"value": pd.Series([value], dtype=object)}), **TEXTS)
    assert figure.record()["rows"] == [[plain]]


def test_an_output_escapes_the_alternative_text_and_names_the_source():
    markup = make(1)._repr_mimebundle_()["text/html"]
    assert 'alt="A &quot;line&quot; &amp; &lt;a point&gt;"' in markup
    assert "A figure. Source: none." in markup


def test_the_plain_text_is_the_alternative_text():
    assert repr(make(1)) == 'Figure a-figure: A "line" & <a point>'


def test_the_files_of_a_figure_are_its_picture_its_data_with_their_source_and_its_texts():
    figure = make(8.4, NAN)
    made = files(figure._repr_mimebundle_())
    assert set(made) == {"a-figure.svg", "a-figure.png", "a-figure.csv", "a-figure.json"}
    assert (made["a-figure.png"], made["a-figure.svg"]) == (figure.png, figure.svg)
    assert json.loads(made["a-figure.json"]) == TEXTS
    assert made["a-figure.csv"].decode("utf-8") == "period,value,source\n2019-01,8.4,none\n2019-02,,none\n"


def test_the_files_of_an_output_that_a_notebook_stored_as_lines_are_the_same():
    bundle = make(8.4)._repr_mimebundle_()
    stored = bundle | {mime: bundle[mime].splitlines(keepends=True) for mime in ("text/html", "image/svg+xml")}
    assert files(stored) == files(bundle)


def test_an_output_that_is_no_figure_has_no_files():
    with pytest.raises(KeyError, match=r"vnd\.audit\.figure"):
        files({"text/plain": "a table"})


def test_a_figure_without_its_picture_is_not_written_as_an_empty_file():
    bundle = make(1)._repr_mimebundle_() | {"text/html": "<p>cleared</p>"}
    assert files(bundle).get("a-figure.png") != b""


def test_the_picture_in_the_output_is_the_png():
    figure = make(1)
    assert base64.b64encode(figure.png).decode("ascii") in figure._repr_mimebundle_()["text/html"]


def test_the_record_has_a_mime_of_its_own():
    assert FIGURE_MIME in make(1)._repr_mimebundle_()
