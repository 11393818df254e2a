"""The door of the package: what a notebook imports is there at once, and nothing is imported before it is asked for."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import asprinted
from asprinted.notebook.paper import Paper

HEAVY = ("pandas", "numpy", "matplotlib", "seaborn", "yaml", "jsonschema", "click", "rich", "papermill", "nbformat", "sphinx")


def imported(*lines: str) -> list[str]:
    """Which of the heavy libraries, and which modules of ours, a Python that runs these lines has imported."""
    code = "\n".join(["import json, sys", *lines, f"print(json.dumps([name for name in sys.modules if name in {HEAVY}"
                      " or name.startswith(('asprinted', 'forkmill'))]))"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def test_opening_the_door_imports_nothing_else():
    assert imported("import asprinted") == ["asprinted"]


def test_what_is_asked_for_at_the_door_is_imported_then_and_what_is_not_is_not():
    found = imported("from asprinted import truth")
    assert "asprinted.numbers.truth" in found
    assert not {*HEAVY, "asprinted.notebook.paper", "asprinted.charts.kinds"} & {*found}


def test_a_paper_comes_without_a_library_that_draws_or_runs():
    found = imported("from asprinted import Paper")
    assert "asprinted.notebook.paper" in found
    assert not {"matplotlib", "seaborn", "papermill", "nbformat", "sphinx", "click", "jsonschema"} & {*found}


@pytest.mark.parametrize("name", asprinted.DOOR)
def test_every_name_at_the_door_leads_to_something_that_says_what_it_is(name):
    assert getattr(asprinted, name).__doc__


def test_the_paper_at_the_door_is_that_of_the_package():
    assert asprinted.Paper is Paper


def test_an_unknown_name_is_answered_with_those_that_there_are():
    with pytest.raises(AttributeError, match=r"asprinted has no Papper; it has Choices, Paper, brackets, charts, .*yearly$"):
        asprinted.Papper  # noqa: B018
