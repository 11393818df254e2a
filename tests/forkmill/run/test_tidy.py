"""Tidying: notebooks as JupyterLab saves them come back to the normal form, outputs and all."""

from __future__ import annotations

import pytest

from forkmill.__main__ import main
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


@pytest.mark.parametrize("minor", [0, 2, 4])
def test_a_notebook_of_an_older_format_4_runs_and_becomes_one_of_4_5_which_runs_too(plain, minor):
    content = plain.read("03_third")
    for cell in content["cells"]:
        del cell["id"]
    plain.write("03_third", content | {"nbformat_minor": minor})
    assert main(["run", str(plain.root)]) == 0
    assert tidy(plain.project.notebooks)[-1] == "03_third.ipynb"
    assert [cell["id"] for cell in plain.read("03_third")["cells"]] == ["cell-01", "cell-02"]
    assert main(["run", str(plain.root)]) == 0


@pytest.mark.parametrize("metadata", [
    {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}, "language_info": {"name": "R", "version": "4.4"}},
    {"kernelspec": {"name": "julia-1.11"}},
])
def test_a_notebook_of_another_language_stays_one(plain, metadata):
    plain.write("03_third", plain.read("03_third") | {"metadata": metadata})
    tidy(plain.project.notebooks)
    assert plain.read("03_third")["metadata"] == metadata


def test_what_is_wrong_with_a_cell_is_named_with_its_field_and_what_it_holds(plain):
    content = plain.read("03_third")
    content["cells"][1]["execution_count"] = "seven"
    plain.write("03_third", content)
    with pytest.raises(InputErrors, match="execution_count") as raised:
        tidy(plain.project.notebooks)
    assert '"seven"' in str(raised.value)
