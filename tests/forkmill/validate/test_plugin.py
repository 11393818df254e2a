"""What nbval compares: data and plain text decide, pictures and pages do not, and a difference names its place."""

from __future__ import annotations

import pytest

from forkmill.validate.plugin import IGNORED, differences, shown

MIME = "application/vnd.some.record+json"


def output(**data: object) -> dict:
    return {"output_type": "display_data", "data": {name.replace("_", "/", 1): value for name, value in data.items()}}


def test_each_type_and_stream_is_compared_in_order_and_pictures_pages_and_warnings_are_not():
    outputs = [
        output(text_plain="one", text_html="<b>", **{"image_svg+xml": "<svg>"}),
        {"output_type": "stream", "name": "stdout", "text": "printed"},
        {"output_type": "stream", "name": "stderr", "text": "a warning"},
        output(text_plain="two"),
        {"output_type": "error", "ename": "ValueError", "evalue": "no"},
    ]
    assert shown(outputs, IGNORED) == {"text/plain": ["one", "two"], "stdout": ["printed"], "error": ["ValueError: no"]}


@pytest.mark.parametrize(
    ("stored", "computed", "said"),
    [
        ({MIME: [{"a": 1, "b": 2}]}, {MIME: [{"a": 1, "b": 3}]}, ["record, b: stored 2, computed 3"]),
        ({MIME: [{"a": 1}]}, {MIME: [{}]}, ["record, a: stored 1, computed null"]),
        ({"stdout": ["a\nb\n"]}, {"stdout": ["a\nc\n"]}, ['stdout, line 2: stored "b", computed "c"']),
        ({"stdout": ["a"]}, {}, ["stdout: 1 stored, 0 computed"]),
        ({}, {"text/plain": ["a", "b"]}, ["text/plain: 0 stored, 2 computed"]),
        ({"application/json": [[1]]}, {"application/json": [[2]]}, ["application/json: stored [1], computed [2]"]),
        ({"stdout": ["a" * 999]}, {"stdout": ["b"]}, [f'stdout, line 1: stored "{"a" * 156}..., computed "b"']),
    ],
)
def test_a_difference_names_the_field_or_the_line_with_both_values(stored, computed, said):
    assert differences(stored, computed) == said


def test_equal_outputs_have_no_difference():
    assert differences({MIME: [{"a": [1, 2]}], "stdout": ["x"]}, {"stdout": ["x"], MIME: [{"a": [1, 2]}]}) == []
