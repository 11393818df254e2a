"""`make tidy`: notebooks as JupyterLab saves them come back to the normal form, outputs and all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.errors import InputErrors
from helpers.run.tidy import tidy

ROOT = Path(__file__).resolve().parents[1]


def test_what_an_editor_adds_is_taken_out_and_the_outputs_stay(accepted):
    before = accepted.bytes()
    content = accepted.read("01_first")
    content["metadata"]["language_info"]["version"] = "3.99"
    for cell in content["cells"]:
        cell["metadata"].setdefault("tags", [])
        cell["metadata"]["execution"] = {"iopub.execute_input": "2020-01-01T00:00:00Z"}
    accepted.write("01_first", content)
    assert accepted.bytes() != before
    assert tidy(accepted.root) == ["01_first.ipynb"]
    assert accepted.bytes() == before


def test_tidying_a_tidy_audit_changes_nothing(accepted):
    before = accepted.bytes()
    assert tidy(accepted.root) == []
    assert accepted.bytes() == before


def test_where_one_notebook_cannot_be_read_none_is_touched(accepted):
    accepted.write("01_first", accepted.read("01_first") | {"metadata": {}})
    accepted.path("02_second").write_text("{", encoding="utf-8")
    before = accepted.bytes()
    with pytest.raises(InputErrors, match="02_second"):
        tidy(accepted.root)
    assert accepted.bytes() == before


def test_an_accepted_run_that_is_run_and_accepted_again_changes_no_byte_of_the_record(accepted):
    from helpers.run.accept import accept
    from helpers.run.build import reproduce
    from helpers.run.terminal import Terminal

    before = accepted.bytes()
    assert reproduce(accepted.root, terminal=Terminal(quiet=True)) == 0
    assert accept(accepted.root, Terminal(quiet=True)) == 0
    assert accepted.bytes() == before
    assert json.loads(before["01_first.ipynb"])["cells"]


def test_ruff_finds_nothing_in_code_and_notebooks():
    said = subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "--no-cache", "--output-format", "concise"], cwd=ROOT,
                          capture_output=True, text=True, encoding="utf-8", check=False)  # fmt: skip
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
