"""The packages serve another document as they are: the audit under examples/ passes by the same commands."""

from __future__ import annotations

import os

import pytest

from checkout import ROOT

SECOND = ROOT / "examples" / "rd-communiques"


@pytest.mark.long
def test_the_second_audit_passes_its_tests_and_gives_what_it_has_stored(python):
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env |= {"AUDIT_ROOT": str(SECOND)}
    for command in (["pytest", "-q", "-p", "no:cacheprovider", "tests/audit/test_notebooks_form.py", str(SECOND / "tests")],
                    ["asprinted", "validate"]):
        done = python("-m", *command, cwd=ROOT, env=env)
        assert done.returncode == 0, done.stdout + done.stderr
