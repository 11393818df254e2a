"""Where no browser is, the tests in one are left out, and the end of the output says so in one line."""

from __future__ import annotations

import os

from checkout import ROOT


def test_without_a_browser_one_line_says_how_many_tests_were_left_out_and_what_to_install(python, tmp_path):
    env = os.environ | {"AUDIT_CHROMIUM": str(tmp_path / "none")}
    tests = ("tests/browser/test_report.py", "-q", "-p", "no:cacheprovider")
    done = python("-m", "pytest", *tests, cwd=ROOT, env=env)
    said = [line for line in done.stdout.splitlines() if "browser" in line]
    assert len(said) == 1, done.stdout + done.stderr
    assert "no Chromium is here" in said[0]
    assert "AUDIT_CHROMIUM" in said[0]
    assert "deselected" in done.stdout.splitlines()[-1]
