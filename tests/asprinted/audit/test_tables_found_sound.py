"""Tables that were found sound are gone through again as soon as anything that decides it has changed, and not before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from asprinted import paths
from asprinted.audit import input_checks
from asprinted.official import tables
from checkout import ROOT

NAMES = ("mobile.csv", "mobile.yaml", "schemas/mobile.yaml", "units.yaml")


@pytest.fixture
def audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table of this audit beside a build, with a package of its own whose code counts."""
    for name in NAMES:
        (tmp_path / "data/official" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data/official" / name, tmp_path / "data/official" / name)
    shutil.copytree(ROOT / "data/official/schemas/common", tmp_path / "data/official/schemas/common")
    (tmp_path / "code").mkdir()
    (tmp_path / "code/rules.py").write_text("", encoding="utf-8")
    project = paths.project(ROOT)._replace(root=tmp_path, build=tmp_path / "build", code=(str(tmp_path / "code"),))
    project.cache.mkdir(parents=True)
    monkeypatch.setattr(paths, "project", lambda root: project)
    return tmp_path


@pytest.fixture
def gone_through(audit: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The roots whose tables were gone through, one entry each time."""
    seen: list[Path] = []
    whole = tables.check
    monkeypatch.setattr(tables, "check", lambda root: seen.append(root) or whole(root))
    return seen


def changed(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_bytes((root / name).read_bytes() + b"\n")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a figure": lambda root: (root / "data/official/mobile.csv").write_bytes((root / "data/official/mobile.csv").read_bytes()[:-40]),
    "the provenance": changed("data/official/mobile.yaml"),
    "a schema": changed("data/official/schemas/mobile.yaml"),
    "a shared schema": changed("data/official/schemas/common/observation.yaml"),
    "the declared units": changed("data/official/units.yaml"),
    "the code": changed("code/rules.py"),
    "a new table": lambda root: (root / "data/official/new.csv").write_text("row\n", encoding="utf-8"),
    "a folder in place of a table": lambda root: (root / "data/official/new.csv").mkdir(),
    "a link to nothing in place of a table": lambda root: (root / "data/official/new.csv").symlink_to("nowhere"),
    "another library": lambda root: None,
}


def test_sound_tables_are_gone_through_once(audit, gone_through):
    assert [input_checks.data_errors(audit) for _ in range(3)] == [[], [], []]
    assert gone_through == [audit]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_what_decides_it_has_them_gone_through_again(audit, gone_through, monkeypatch, change):
    input_checks.data_errors(audit)
    change(audit)
    if change is CHANGES["another library"]:
        monkeypatch.setattr(input_checks.packages, "installed", lambda: {"jsonschema": "0"})
    input_checks.data_errors(audit)
    assert gone_through == [audit, audit]


def test_tables_with_a_fault_are_gone_through_each_time(audit, gone_through):
    CHANGES["a new table"](audit)
    first, second = input_checks.data_errors(audit), input_checks.data_errors(audit)
    assert first
    assert [str(one) for one in first] == [str(one) for one in second]
    assert gone_through == [audit, audit]


def test_what_an_editor_leaves_beside_them_changes_nothing(audit, gone_through):
    input_checks.data_errors(audit)
    (audit / "code/__pycache__").mkdir()
    (audit / "code/__pycache__/rules.pyc").write_bytes(b"x")
    assert input_checks.data_errors(audit) == []
    assert gone_through == [audit]


def test_without_a_build_nothing_is_written(audit, gone_through):
    shutil.rmtree(audit / "build")
    assert [input_checks.data_errors(audit) for _ in range(2)] == [[], []]
    assert not (audit / "build").exists()
    assert gone_through == [audit, audit]
