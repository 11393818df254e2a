"""What a kernel notes of the modules it has loaded: each once, the newest first looked at, whatever it was forked from."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from forkmill.kernels.recorder import Recorder, loaded

NAME = "a_module_of_this_test"


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Writes the module into a folder of that name and imports it from there."""
    monkeypatch.setattr(sys, "path", list(sys.path))

    def imported(folder: str) -> Path:
        path = tmp_path / folder / f"{NAME}.py"
        path.parent.mkdir()
        path.write_text("", encoding="utf-8")
        sys.path.insert(0, str(path.parent))
        importlib.invalidate_caches()
        importlib.import_module(NAME)
        return path

    yield imported
    sys.modules.pop(NAME, None)


@pytest.fixture
def recorder(tmp_path) -> Recorder:
    return Recorder(str(tmp_path / "read.jsonl"), str(tmp_path), ())


def lines(path: Path) -> list[list[str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_module_that_was_loaded_since_the_last_look_is_noted_once(recorder, module, tmp_path):
    recorder.modules()
    path = module("first")
    recorder.modules()
    recorder.modules()
    assert lines(tmp_path / "read.jsonl").count(["module", str(path)]) == 1


def test_a_module_that_is_loaded_again_from_another_place_is_noted_with_both(recorder, module, tmp_path):
    first = module("first")
    recorder.modules()
    del sys.modules[NAME]
    second = module("second")
    recorder.modules()
    found = lines(tmp_path / "read.jsonl")
    assert ["module", str(first)] in found
    assert ["module", str(second)] in found


def test_the_last_module_thrown_out_hides_none_that_comes_after_it(recorder, module, tmp_path):
    module("first")
    recorder.modules()
    del sys.modules[NAME]
    recorder.modules()
    path = module("second")
    recorder.modules()
    assert ["module", str(path)] in lines(tmp_path / "read.jsonl")


def test_what_was_loaded_before_a_fork_is_noted_as_by_a_kernel_that_looks_at_all_itself(recorder, module, tmp_path):
    path = module("first")  # of no library
    forked = Recorder(str(tmp_path / "forked.jsonl"), str(tmp_path), (), loaded())
    forked.modules()
    recorder.modules()
    found = lines(tmp_path / "forked.jsonl")
    assert sorted(found) == sorted(lines(tmp_path / "read.jsonl"))
    assert ["module", str(path)] in found
    assert not [one for _, one in found if "site-packages" in one]


def test_modules_of_before_a_fork_are_not_looked_at_when_a_folder_is_listed(tmp_path, monkeypatch):
    class Shared(ModuleType):
        __file__ = importlib.__file__  # of a library

        @property
        def __path__(self) -> list[str]:
            raise AssertionError("looked at")

    monkeypatch.setitem(sys.modules, "shared", Shared("shared"))
    monkeypatch.setitem(sys.modules, "newest", ModuleType("newest"))
    forked = Recorder(str(tmp_path / "read.jsonl"), str(tmp_path), (), loaded())
    forked._listed(str(tmp_path))
    assert ["folder", str(tmp_path)] in lines(tmp_path / "read.jsonl")
