"""The committed notebooks read as articles, and store what the run can compare."""

from __future__ import annotations

import ast
import statistics

import pytest

from helpers import paths
from helpers.run import collect, inputs, notebooks, parameter_cells, parameters, shape

ROOT = paths.root()  # of this audit, or of the one that AUDIT_ROOT names
READ = [notebooks.read(path) for path in notebooks.paths(ROOT / "notebooks")]
LONGEST_CELL, MEDIAN_CELL, LONGEST_FUNCTION = 15, 8, 5  # lines
MARKDOWN_PER_CODE = (1.2, 2.0)

each = pytest.mark.parametrize("notebook", READ, ids=[one.name for one in READ])


def lines(source: str) -> int:
    return len([line for line in source.splitlines() if line.strip()])


def test_there_are_notebooks_numbered_by_section():
    assert READ
    assert all(one.name[:2].isdigit() or one.name[0] == "A" for one in READ)


@each
def test_a_notebook_has_the_shape_that_a_run_needs(notebook):
    assert "\n".join(map(str, shape.source_errors(notebook))) == ""


@each
def test_a_notebook_stores_every_output_that_is_compared(notebook):
    assert "\n".join(map(str, shape.record_errors(notebook))) == ""


@each
def test_a_notebook_is_committed_in_the_normal_form(notebook):
    assert notebooks.dump(notebooks.normalise(notebook.content)) == notebook.path.read_text(encoding="utf-8")


@each
def test_a_notebooks_parameters_are_those_declared(notebook):
    declared = parameters.load(ROOT / "data/paper/parameters.yaml", [one.name for one in READ])
    assert "\n".join(map(str, parameter_cells.errors(notebook, declared))) == ""


def test_every_claim_is_judged_once():
    assert collect.collect(READ, inputs.claim_ids(ROOT)).faults == []


@each
def test_a_notebook_begins_with_its_title(notebook):
    assert notebook.cells[0].kind == "markdown"
    assert notebook.cells[0].source.startswith("# ")


@each
def test_a_notebook_has_more_text_than_code(notebook):
    share = (len(notebook.cells) - len(notebook.code)) / len(notebook.code)
    assert MARKDOWN_PER_CODE[0] <= share <= MARKDOWN_PER_CODE[1]


@each
def test_the_cells_of_a_notebook_are_short(notebook):
    assert statistics.median(lines(cell.source) for cell in notebook.code) <= MEDIAN_CELL
    assert [cell.label for cell in notebook.code if lines(cell.source) > LONGEST_CELL] == []


@each
def test_functions_of_more_than_a_few_lines_live_in_the_helpers(notebook):
    functions = [
        node for cell in notebook.code for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.FunctionDef)
    ]
    assert [node.name for node in functions if lines(ast.unparse(node)) > LONGEST_FUNCTION] == []


@each
def test_a_notebook_does_not_change_the_search_path(notebook):
    assert [cell.label for cell in notebook.code if "sys.path" in cell.source] == []


@each
def test_code_from_a_stranger_cannot_hide_in_the_text(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.kind == "markdown").lower()
    assert "<script" not in text
    assert "javascript:" not in text
