"""Fixtures of all tests: a miniature audit, run or not, and the report of this audit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from miniature import Audit, make_audit

from asprinted.audit import input_checks

# How long a drawn case takes says how busy the machine is, not whether the code is right.
settings.register_profile("whatever the machine does", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whatever the machine does")

TIERS = {"browser": "browser", "tools": "tools"}  # folder of tests -> the tier that all of them belong to


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests of runs wait for kernels a quarter of their time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of a folder its tier; other tiers are marked where they are needed."""
    here = Path(__file__).parent
    for item in items:
        folder = item.path.relative_to(here).parts[0] if item.path.is_relative_to(here) else ""
        if folder in TIERS:
            item.add_marker(TIERS[folder])


@pytest.fixture
def audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """A fresh miniature audit, not yet run. It has no official tables: their checks are tested elsewhere."""
    monkeypatch.setattr(input_checks, "data_errors", lambda root: [])
    monkeypatch.setenv("AUDIT_ROOT", str(tmp_path / "an audit 审计"))
    made = make_audit(tmp_path / "an audit 审计")
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture(scope="session")
def accepted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A miniature audit that was run and accepted once for all tests; copy it before use."""
    from asprinted.audit.accept import accept
    from asprinted.audit.reproduce import reproduce
    from forkmill.terminal import Terminal

    made = make_audit(tmp_path_factory.mktemp("accepted") / "audit")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(input_checks, "data_errors", lambda root: [])
        assert reproduce(made.root, terminal=Terminal(quiet=True)) == 1  # nothing is recorded yet
        assert accept(made.root, Terminal(quiet=True)) == 0
    return made.root


@pytest.fixture
def accepted(accepted_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """A miniature audit whose record is complete, with its build."""
    root = tmp_path / "an audit 审计"
    shutil.copytree(accepted_once, root)
    monkeypatch.setattr(input_checks, "data_errors", lambda root: [])
    monkeypatch.setenv("AUDIT_ROOT", str(root))
    monkeypatch.chdir(root)
    return Audit(root)


@pytest.fixture(scope="session")
def stored_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run of the committed notebooks leaves, with its report: made once for all tests, which only read it."""
    from report_build import fill

    from asprinted.report import build as report
    from checkout import ROOT

    folder = tmp_path_factory.mktemp("stored") / "build"
    fill(ROOT, folder)
    assert report.build(ROOT, folder) == []
    return folder


@pytest.fixture
def python():
    """Run this interpreter on arguments; the completed process with its output as text."""

    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, encoding="utf-8", check=False, **options
        )

    return run
