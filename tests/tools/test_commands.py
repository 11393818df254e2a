"""The tools as a maintainer starts them: from any folder by make, or one module after another from the folder tools."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import re
import subprocess

import pytest

from checkout import ROOT

TOOLS = ROOT / "tools"
MODULES = ["bench.bench", "bench.many", "bench.first", "faults", "faults.fuzz", "mutants", "other_versions", "peers",
           "synthetic"]
EXAMPLES = sorted(path.relative_to(TOOLS).with_suffix("").as_posix().replace("/", ".") for path in TOOLS.rglob("*.py")
                  if ">>>" in path.read_text(encoding="utf-8"))
ANSWERED = """import runpy, sys
from {package} import {module}
{module}.{function} = lambda *arguments: {answer}
sys.argv = ["{package}"]
runpy.run_module("{package}", run_name="__main__")"""


@pytest.mark.parametrize("module", MODULES)
def test_a_tool_starts_from_its_folder_and_says_what_it_takes(python, module):
    said = python("-m", module, "--help", cwd=TOOLS)
    assert (said.returncode, said.stdout[:6].lower()) == (0, "usage:"), said.stderr


def test_make_lists_every_target_from_any_folder(tmp_path):
    text = (TOOLS / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split()
    done = subprocess.run(["make", "-C", str(TOOLS)], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)
    listed = re.findall(r"^make -C tools ([a-z-]+) +\S", done.stdout, re.MULTILINE)
    assert sorted([*listed, "environment"]) == sorted(phony)


def test_what_make_calls_is_there():
    called = re.findall(r"\$\(PY\) -m ([a-z_.]+)", (TOOLS / "Makefile").read_text(encoding="utf-8"))
    assert {*MODULES, "licences"} <= set(called)
    assert [name for name in called if importlib.util.find_spec(name) is None] == []


@pytest.mark.parametrize(("answer", "status"), [("('said', True)", 0), ("('said', False)", 1)])
def test_a_true_statement_that_is_accused_gives_the_status_1(python, answer, status):
    code = ANSWERED.format(package="synthetic", module="bulk", function="report", answer=answer)
    done = python("-c", code, cwd=TOOLS)
    assert (done.returncode, done.stdout) == (status, "said\n")


@pytest.mark.parametrize("status", [0, 1])
def test_a_goal_of_the_planted_defects_that_is_not_met_gives_the_status_1(python, status):
    code = ANSWERED.format(package="mutants", module="command", function="run", answer=status)
    assert python("-c", code, cwd=TOOLS).returncode == status


def test_an_option_that_makes_no_sense_is_refused(python):
    for module, option in (("mutants", "--sample"), ("synthetic", "--count")):
        assert python("-m", module, option, "0", cwd=TOOLS).returncode == 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_in_a_tools_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
