"""A miniature audit whose notebooks read files, run once for all tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from miniature import Audit
from reading_audit import Watched, unchanged

from asprinted.audit import input_checks
from asprinted.audit.reproduce import reproduce
from forkmill.terminal import Terminal


@pytest.fixture(scope="session")
def prepared(accepted_once, tmp_path_factory) -> Path:
    """The audit that is watched, run once for all tests; copy it before use."""
    root = tmp_path_factory.mktemp("prepared") / "an audit 审计"
    shutil.copytree(accepted_once, root)
    Watched(Audit(root), None).prepare()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(input_checks, "data_errors", lambda root: [])
        assert reproduce(root, terminal=Terminal(quiet=True)) == 0
    return root


@pytest.fixture
def watched(prepared, tmp_path, capsys, monkeypatch) -> Watched:
    """A copy of its own, in which nothing has changed."""
    root = tmp_path / "an audit 审计"
    shutil.copytree(prepared, root)
    return unchanged(root, capsys, monkeypatch)
