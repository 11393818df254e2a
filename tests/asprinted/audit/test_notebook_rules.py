"""Nothing passes because nothing was compared: the shape of notebooks, and their normal form."""

from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.audit import dependencies, notebook_rules
from asprinted.charts.figure_files import FIGURE_MIME
from asprinted.notebook.side_by_side import VERDICTS_MIME
from asprinted.verdicts.record import VERDICT_MIME
from checkout import ROOT
from forkmill.errors import InputError
from forkmill.notebooks import ipynb, rules
from forkmill.run import plan


def faults(audit, name: str = "02_second") -> str:
    read = ipynb.read(audit.path(name))
    return "\n".join(map(str, notebook_rules.source_errors(read) + notebook_rules.record_errors(read)))


def test_an_accepted_notebook_has_no_fault(accepted):
    assert [faults(accepted, one) for one in ("01_first", "02_second", "03_overview")] == ["", "", ""]


@pytest.mark.parametrize(
    ("data", "compared"),
    [
        ({"text/html": "<p>8.4"}, False),
        ({"text/html": "<p>8.4", "text/plain": "<IPython.core.display.HTML object>"}, False),
        ({"text/html": "<p>8.4", "text/plain": "<pandas.io.formats.style.Styler at 0x7f0>"}, False),
        ({"image/png": "", "text/plain": "<Figure size 640x480 with 1 Axes>"}, False),
        ({"text/html": "<p>8.4", "text/plain": "8.4"}, True),
        ({"text/markdown": "8.4", "text/plain": "<IPython.core.display.Markdown object>"}, True),
    ],
)
def test_a_compared_cell_shows_something_that_is_compared(accepted, data, compared):
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}
    accepted.edit("02_second", "one", outputs=[output])
    assert ("shows nothing that is compared" not in faults(accepted)) == compared


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"outputs": []}, "stored another number of verdicts"),
        ({"execution_count": None}, "not run from top to bottom"),
        ({"execution_count": 7}, "not run from top to bottom"),
        ({"metadata": {"tags": ["nbval-check-ouput"]}}, "did you mean nbval-check-output?"),
        ({"metadata": {}}, "the check would not be compared"),
        ({"source": "1 + 1"}, "a cell that judges nothing"),
        ({"source": 'paper.check("two", 1)'}, "another claim"),
        ({"source": 'paper.check("one", 1);'}, "ends in ;"),
        ({"source": 'paper.check("one", 1)\nx = 1'}, "1 check(s), 1 not shown last"),
        ({"source": 'paper.check("two", 1)\npaper.check("one", 1)'}, "2 check(s), 1 not shown last"),
        ({"source": 'two = paper.check("two", 1)\npaper.side_by_side(paper.check("one", 1))'}, "2 check(s), 1 not shown last"),
        ({"source": 'paper.side_by_side(paper.check("one", 1))\nx = 1'}, "1 check(s), 1 not shown last"),
        ({"source": 'other.side_by_side(paper.check("one", 1))'}, "1 check(s), 1 not shown last"),
        ({"source": '[paper.check(id, 1) for id in ids]'}, "1 check(s), 1 not shown last"),
        ({"source": 'paper.side_by_side(*[paper.check(id, 1) for id in ids])', "outputs": []}, "in a loop stored no verdict"),
        ({"source": 'paper.side_by_side(paper.check("two", 2), *[paper.check(id, 1) for id in ids])'}, "of another claim"),
        ({"source": 'paper.side_by_side(paper.check("one", 1), paper.check("two", 2))'}, "one, two stored another number of verdicts"),
        ({"source": 'paper.side_by_side(one)'}, "a cell that judges nothing"),
        ({"source": "paper.check(id, 1)"}, "not written out"),
        ({"source": "%pip install x"}, "not plain Python"),
        ({"source": " \n"}, "empty"),
        ({"source": "if sign:\n    exit()"}, "write raise SystemExit"),
        ({"source": "quit"}, "write raise SystemExit"),
        ({"cell_type": "raw"}, "raw cell"),
        ({"cell_type": "markdown"}, "tag of a code cell"),
        ({"metadata": {"tags": ["nbval-check-output"], "execution": {}}}, "change with every run"),
        ({"metadata": {"tags": ["injected-parameters"]}}, "injected"),
        (
            {"outputs": [{"output_type": "error", "ename": "E", "evalue": "no", "traceback": []}]},
            "failed when it was run",
        ),
        ({"id": "setup"}, "two cells have one id"),
    ],
)
def test_a_fault_is_named_with_notebook_and_cell(accepted, fields, said):
    accepted.edit("02_second", "one", **fields)
    text = faults(accepted)
    assert said in text
    assert "02_second.ipynb, " in text
    assert f"(id {fields.get('id', 'one')})" in text


def test_a_notebook_that_compares_nothing_is_an_error(accepted):
    accepted.edit("03_overview", "shown", metadata={})
    assert "no cell of the notebook is compared" in faults(accepted, "03_overview")


def test_a_figure_whose_data_would_not_be_compared_is_an_error(accepted):
    accepted.edit("01_first", "figure", metadata={})
    assert "the figure's data would not be compared" in faults(accepted, "01_first")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[]", "not a notebook"),
        ("{}", "not a notebook"),
        ('{"cells": [], "nbformat": 3}', "another format"),
        ('{"worksheets": [{"cells": []}], "nbformat": 3, "nbformat_minor": 0, "metadata": {}}', "save it"),
        ('{"cells": [], "nbformat": 4, "nbformat_minor": 4}', "another format"),
        ("<" * 7 + " ours\n{}", "merge-conflict"),
        ('{"cells": [3], "nbformat": 4, "nbformat_minor": 5}', "not a cell"),
        ("[" * 100_000, "not JSON"),
        ('{"cells": [{"cell_type": "code", "source": 3}], "nbformat": 4, "nbformat_minor": 5}', "of the wrong kind"),
    ],
)
def test_a_file_that_is_no_notebook_of_ours_is_refused(audit, text, said):
    audit.path("02_second").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        ipynb.read(audit.path("02_second"))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["cells", "cell_type", "code", "source", "outputs", "data", "metadata", "tags", "id", "nbformat"]
                ),
                inner,
            )
        ),
    )
)
def test_any_json_is_read_or_refused_with_one_error(content):
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": content, "cells": [content]})
    with contextlib.suppress(InputError):
        notebook_rules.source_errors(ipynb.parse(text, Path("notebooks/x.ipynb")))


def test_the_normal_form_is_its_own_normal_form(accepted):
    content = accepted.read("01_first")
    assert ipynb.dump(ipynb.normalise(content)) == accepted.path("01_first").read_text(encoding="utf-8")


def test_what_tools_write_is_dropped_and_outputs_stay(accepted):
    content = accepted.read("01_first")
    noisy = copy.deepcopy(content)
    noisy["metadata"] |= {
        "papermill": {"duration": 1},
        "widgets": {},
        "language_info": {"name": "python", "version": "3.12"},
    }
    for cell in noisy["cells"]:
        cell["metadata"] |= {
            "papermill": {"status": "completed"},
            "execution": {"iopub.status.busy": "now"},
            "scrolled": True,
        }
    assert ipynb.normalise(noisy) == content


def test_pieces_of_a_stream_are_one(accepted):
    content = accepted.read("03_overview")
    cell = accepted.cell(content, "shown")
    whole = copy.deepcopy(cell["outputs"])
    cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": piece} for piece in ("an over", "view\n")]
    assert accepted.cell(ipynb.normalise(content), "shown")["outputs"] == whole


def test_the_normal_form_leaves_what_it_was_given_as_it_was(accepted):
    content = accepted.read("03_overview")
    content["metadata"]["papermill"] = {"duration": 1}
    content["cells"][0]["metadata"] = {"tags": [], "collapsed": True}
    before = copy.deepcopy(content)
    assert ipynb.normalise(content) != before
    assert content == before


def test_the_record_stays_an_object_in_the_normal_form(accepted):
    output = accepted.cell(accepted.read("01_first"), "two")["outputs"][0]
    assert output["data"][VERDICT_MIME]["id"] == "two"


def test_the_hash_of_the_source_sees_text_and_tags_but_no_outputs(accepted):
    def source_hash():
        return ipynb.parse(ipynb.dump(content), accepted.root / "02_second.ipynb").source_hash

    content = accepted.read("02_second")
    before = source_hash()
    accepted.cell(content, "one")["outputs"] = []
    assert source_hash() == before
    accepted.cell(content, "title")["source"] = "# Another"
    assert source_hash() != before


def rests_on(read: list[ipynb.Notebook]) -> dict[str, tuple[str, ...]]:
    return {one.name: dependencies.rests_on(one, read) for one in read}


def test_a_notebook_that_asks_for_verdicts_rests_on_all_that_ask_for_none(audit):
    read = rules.load(audit.root / "notebooks")
    tasks = plan.plan(read, {}, {}, rests_on(read))
    assert [(task.name, task.rests_on) for task in tasks] == [
        ("01_first", ()), ("02_second", ()), ("03_overview", ("01_first", "02_second"))]


def asking(audit, name: str, id: str, source: str) -> list[ipynb.Notebook]:
    audit.edit(name, id, source=source)
    return rules.load(audit.root / "notebooks")


def test_a_comment_about_verdicts_makes_a_notebook_rest_on_nothing(audit):
    assert rests_on(asking(audit, "03_overview", "given", "x = 1  # paper.verdicts() is not called"))["03_overview"] == ()


def test_a_notebook_comes_after_those_that_it_names(audit):
    asking(audit, "01_first", "two", 'given = paper.verdicts("02_second")')
    read = asking(audit, "02_second", "one", 'given = paper.verdicts("03_overview")')
    read = asking(audit, "03_overview", "given", "given = 1")
    assert rests_on(read) == {"01_first": ("02_second",), "02_second": ("03_overview",), "03_overview": ()}
    assert plan.order([one.name for one in read], rests_on(read)) == ["03_overview", "02_second", "01_first"]
    assert dependencies.errors(read) == []


def test_the_notebook_behind_which_most_time_lies_begins_first(audit):
    read = rules.load(audit.root / "notebooks")
    tasks = plan.plan(read, {}, {}, rests_on(read))
    began = lambda seconds: [task.name for task in plan.longest_first(tasks, seconds)]  # noqa: E731
    assert began({}) == ["01_first", "02_second", "03_overview"]
    assert began({"01_first": 0.1, "02_second": 5.0, "03_overview": 1.0}) == ["02_second", "01_first", "03_overview"]


def test_an_unknown_notebook_to_take_verdicts_from_is_an_error(audit):
    (error,) = dependencies.errors(asking(audit, "03_overview", "given", 'given = paper.verdicts("01_frist")'))
    assert "did you mean 01_first?" in str(error)


def test_notebooks_that_wait_for_each_other_are_an_error(audit):
    asking(audit, "01_first", "two", 'given = paper.verdicts("02_second")')
    errors = dependencies.errors(asking(audit, "02_second", "one", 'given = paper.verdicts("01_first")'))
    assert [error.where for error in errors] == ["01_first.ipynb", "02_second.ipynb"]


def test_a_check_may_be_kept_under_a_name_that_the_cell_then_shows(accepted):
    accepted.edit("02_second", "one", source='first = paper.check("one", 1)\nfirst')
    assert faults(accepted) == ""


@pytest.mark.parametrize("mime", [VERDICT_MIME, VERDICTS_MIME, FIGURE_MIME])
def test_each_mime_type_is_written_down_once(mime):
    written = [path for folder in ("src", "tools") for path in (ROOT / folder).rglob("*.py")
               if f'"{mime}"' in path.read_text(encoding="utf-8")]
    assert len(written) == 1
