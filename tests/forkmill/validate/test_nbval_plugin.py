"""What nbval compares: data and plain text decide, pictures and pages do not, and a difference names its place."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from forkmill.validate import ASKED_BY
from forkmill.validate.nbval_plugin import IGNORED, differences, shown

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


@pytest.mark.parametrize(
    ("stored", "computed", "said"),
    [
        ([{"id": "x", "a": 1}, {"id": "y", "a": 1}], [{"id": "x", "a": 1}, {"id": "y", "a": 2}], ["record, y, a: stored 1, computed 2"]),
        ([{"id": "x", "a": 1}, {"id": "y"}], [{"id": "x", "a": 1}], ["record, y: stored, not computed"]),
        ([{"id": "x"}], [{"id": "z"}], ["record, x: stored, not computed", "record, z: not stored, computed"]),
        ([{"id": "x"}, {"id": "y"}], [{"id": "y"}, {"id": "x"}],
         ['record: stored [{"id": "x"}, {"id": "y"}], computed [{"id": "y"}, {"id": "x"}]']),
        ([{"id": "x", "a": 1}, {"id": "x"}], [{"id": "x"}, {"id": "x"}],
         ['record: stored [{"id": "x", "a": 1}, {"id": "x"}], computed [{"id": "x"}, {"id": "x"}]']),
        ([1, {"id": "x"}], [{"id": "x"}], ['record: stored [1, {"id": "x"}], computed [{"id": "x"}]']),
    ],
)
def test_of_several_records_the_one_that_differs_is_named(stored, computed, said):
    assert differences({MIME: [stored]}, {MIME: [computed]}) == said


def test_equal_outputs_have_no_difference():
    assert differences({MIME: [{"a": [1, 2]}], "stdout": ["x"]}, {"stdout": ["x"], MIME: [{"a": [1, 2]}]}) == []


def test_started_by_somebody_else_it_ends_well_and_writes_nothing(tmp_path):
    (tmp_path / "test_short.py").write_text("def test_short():\n    pass\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    plugins = ("no:cacheprovider", "nbval.plugin", "forkmill.validate.nbval_plugin")
    done = subprocess.run([sys.executable, "-B", "-m", "pytest", *(word for plugin in plugins for word in ("-p", plugin))], cwd=tmp_path,
                          env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pytest.ini", "test_short.py"]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="who asked is told where processes have groups")
def test_it_ends_where_who_asked_for_it_was_gone_before_it_began(tmp_path):
    asked = subprocess.Popen([sys.executable, "-c", ""])
    asked.wait()
    (tmp_path / "test_long.py").write_text("import time\n\n\ndef test_long():\n    time.sleep(600)\n", encoding="utf-8")
    plugins = ("no:cacheprovider", "nbval.plugin", "forkmill.validate.nbval_plugin")
    done = subprocess.run([sys.executable, "-m", "pytest", *(word for plugin in plugins for word in ("-p", plugin)), "test_long.py"],
                          cwd=tmp_path, env={**os.environ, ASKED_BY: str(asked.pid), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
                          capture_output=True, timeout=300, check=False)
    assert done.returncode == 1
