"""The linter over the whole checkout."""

from __future__ import annotations

import subprocess
import sys

from checkout import ROOT


def test_ruff_finds_nothing_in_code_and_notebooks():
    said = subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "--no-cache", "--output-format", "concise"], cwd=ROOT,
                          capture_output=True, text=True, encoding="utf-8", check=False)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
