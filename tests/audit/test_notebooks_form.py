"""The committed notebooks read as articles, and store what the run can compare."""

from __future__ import annotations

import ast
import re
import statistics
import sys

import pytest

from asprinted import DOOR, paths
from asprinted.audit import collect, notebook_rules
from asprinted.notebook import calls
from asprinted.paper import register
from forkmill.notebooks import ipynb, parameter_declaration, parameters_cell

ROOT = paths.root()  # of this audit, or of the one that AUDIT_ROOT names
READ = [ipynb.read(path) for path in ipynb.paths(ROOT / "notebooks")]
LONGEST_CELL, MEDIAN_CELL, LONGEST_FUNCTION = 11, 8, 5  # lines
LINES_A_CLAIM, LINES_BESIDE = 2, 7  # of a cell that judges several claims: for each of them, and for what they share
MARKDOWN_PER_CODE = (1.2, 2.0)  # cells; the one with the drop-downs needs no text of its own
WORDS_PER_CODE = 45  # of prose for each code cell, as the best lectures have
ENDS = re.compile(r"(?:[.!?]|[.!?][)*_\"”]+)$")  # of a sentence
NO_PROSE = ("#", "|", "- ", ">", "1.", "```")  # how headings, tables, lists and quotations begin
QUARTER = re.compile(r"\b20\d\dQ[1-4]\b")  # published growth runs from January on, so no reader is shown a quarter for it

each = pytest.mark.parametrize("notebook", READ, ids=[one.name for one in READ])
# Those that tell what became of a section of the paper, to whoever has not read it.
TELLING = ("01_introduction", "02_development_status", "03_collaborative_innovation", "05_conclusions")
ARTICLES = [one for one in READ if one.name in TELLING]
each_article = pytest.mark.parametrize("notebook", ARTICLES, ids=[one.name for one in ARTICLES])


def lines(source: str) -> int:
    return len([line for line in source.splitlines() if line.strip()])


def test_there_are_notebooks_numbered_by_section():
    assert READ
    assert all(one.name[:2].isdigit() or one.name[0] == "A" for one in READ)


@each
def test_a_notebook_has_the_shape_that_a_run_needs(notebook):
    assert "\n".join(map(str, notebook_rules.source_errors(notebook))) == ""


@each
def test_a_notebook_stores_every_output_that_is_compared(notebook):
    assert "\n".join(map(str, notebook_rules.record_errors(notebook))) == ""


@each
def test_a_notebook_is_committed_in_the_normal_form(notebook):
    assert ipynb.dump(ipynb.normalise(notebook.content)) == notebook.path.read_text(encoding="utf-8")


@each
def test_a_notebooks_parameters_are_those_declared(notebook):
    declared = parameter_declaration.load(ROOT / paths.MARK, [one.name for one in READ])
    assert "\n".join(map(str, parameters_cell.errors(notebook, declared))) == ""


def test_every_claim_is_judged_once():
    assert collect.collect(READ, list(register.load(ROOT).claims)).faults == []


@each
def test_a_notebook_begins_with_its_title(notebook):
    assert notebook.cells[0].kind == "markdown"
    assert notebook.cells[0].source.startswith("# ")


@each
def test_a_notebook_has_more_text_than_code(notebook):
    code = [cell for cell in notebook.code if cell.id != "choices"]
    share = (len(notebook.cells) - len(notebook.code)) / len(code)
    assert MARKDOWN_PER_CODE[0] <= share <= MARKDOWN_PER_CODE[1]


def paragraphs(cell: ipynb.Cell) -> list[str]:
    """The paragraphs of prose in a Markdown cell, each as one line."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", cell.source)]
    return [part for part in parts if part and not part.startswith(NO_PROSE)]


@each_article
def test_a_notebook_has_enough_prose_for_its_code_to_be_read_as_an_article(notebook):
    words = sum(len(part.split()) for cell in notebook.cells if cell.kind == "markdown" for part in paragraphs(cell))
    assert words / len(notebook.code) >= WORDS_PER_CODE


@each
def test_no_sentence_is_cut_by_a_cell(notebook):
    """Every paragraph begins like a sentence, and the last of a cell ends like one; a paragraph before a list may end in a colon."""
    prose = [(cell.label, paragraphs(cell)) for cell in notebook.cells if cell.kind == "markdown"]
    assert [(label, one) for label, parts in prose for one in parts if one[0].islower()] == []
    assert [(label, parts[-1]) for label, parts in prose if parts and not ENDS.search(parts[-1]) and not parts[-1].endswith(":")] == []


@each_article
def test_a_growth_rate_from_january_on_is_not_called_that_of_a_quarter(notebook):
    """In prose and in tables; the keys of data/official, which code asks for, are for the machine."""
    shown = {cell.label: text for cell in notebook.cells if cell.kind == "markdown" for text in [cell.source]}
    for cell in notebook.code:
        if not calls.claims_of(cell.source):
            shown[cell.label] = "".join("".join(output.get("data", {}).get("text/plain", "")) for output in cell.outputs)
    assert {label: QUARTER.findall(text) for label, text in shown.items() if QUARTER.search(text)} == {}


@each
def test_the_cells_of_a_notebook_are_short(notebook):
    assert statistics.median(lines(cell.source) for cell in notebook.code) <= MEDIAN_CELL
    assert [cell.label for cell in notebook.code if lines(cell.source) > longest(cell)] == []


def longest(cell: ipynb.Cell) -> int:
    claims = calls.claims_of(cell.source)
    return max(LONGEST_CELL, LINES_BESIDE + LINES_A_CLAIM * len(claims))


@each
def test_functions_of_more_than_a_few_lines_live_in_the_helpers(notebook):
    functions = [
        node for cell in notebook.code for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.FunctionDef)
    ]
    assert [node.name for node in functions if lines(ast.unparse(node)) > LONGEST_FUNCTION] == []


@each
def test_a_notebook_imports_pandas_and_what_stands_at_the_doors_of_the_packages(notebook):
    nodes = [node for cell in notebook.code for node in ast.walk(ast.parse(cell.source))]
    plain = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    taken = [(node.module, name.name) for node in nodes if isinstance(node, ast.ImportFrom) for name in node.names]
    assert [name for name in plain if name != "pandas"] == []
    assert [one for one in taken if one[0] not in ("asprinted", "helpers", *sys.stdlib_module_names)] == []
    assert [name for module, name in taken if module == "asprinted" and name not in DOOR] == []


@each
def test_a_notebook_does_not_change_the_search_path(notebook):
    assert [cell.label for cell in notebook.code if "sys.path" in cell.source] == []


@each
def test_code_from_a_stranger_cannot_hide_in_the_text(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.kind == "markdown").lower()
    assert "<script" not in text
    assert "javascript:" not in text
