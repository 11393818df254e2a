"""Tidying: notebooks as JupyterLab saves them come back to the normal form, outputs and all."""

from __future__ import annotations

import pytest

from forkmill.errors import InputErrors
from forkmill.run.tidy import tidy


def test_what_an_editor_adds_is_taken_out_and_the_outputs_stay(ran):
    before = ran.bytes()
    content = ran.read("01_first")
    content["metadata"]["language_info"]["version"] = "3.99"
    for cell in content["cells"]:
        cell["metadata"].setdefault("tags", [])
        cell["metadata"]["execution"] = {"iopub.execute_input": "2020-01-01T00:00:00Z"}
    ran.write("01_first", content)
    assert ran.bytes() != before
    assert tidy(ran.project.notebooks) == ["01_first.ipynb"]
    assert ran.bytes() == before


def test_tidying_what_is_tidy_changes_nothing(ran):
    before = ran.bytes()
    assert tidy(ran.project.notebooks) == []
    assert ran.bytes() == before


def test_where_one_notebook_cannot_be_read_none_is_touched(ran):
    ran.write("01_first", ran.read("01_first") | {"metadata": {}})
    ran.path("02_second").write_text("{", encoding="utf-8")
    before = ran.bytes()
    with pytest.raises(InputErrors, match="02_second"):
        tidy(ran.project.notebooks)
    assert ran.bytes() == before
