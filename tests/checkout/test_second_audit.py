"""The packages serve other documents as they are: the audits under examples/ pass by the same commands."""

from __future__ import annotations

import os

import pytest

from checkout import ROOT


@pytest.mark.long
@pytest.mark.parametrize("name", ["rd-communiques", "penguins"])
def test_an_audit_of_another_paper_passes_its_tests_and_gives_what_it_has_stored(python, name):
    audit = ROOT / "examples" / name
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env |= {"AUDIT_ROOT": str(audit)}
    for command in (["pytest", "-q", "-p", "no:cacheprovider", "tests/audit/test_notebooks_form.py", str(audit / "tests")],
                    ["asprinted", "validate"]):
        done = python("-m", *command, cwd=ROOT, env=env)
        assert done.returncode == 0, done.stdout + done.stderr
