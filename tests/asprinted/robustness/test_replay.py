"""A notebook replayed in this process sees what its kernel would see."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from miniature import code, notebook

from asprinted.robustness import parameter_reads, replay
from forkmill.errors import InputError


def audit(root: Path, name: str) -> Path:
    """The notebook of an audit whose own helpers say its name."""
    (root / "src" / "helpers").mkdir(parents=True)
    (root / "src" / "helpers" / "__init__.py").write_text(f"NAME = {name!r}\n", encoding="utf-8")
    path = root / "notebooks" / "01.ipynb"
    path.parent.mkdir()
    cells = (code("parameters", "times = 1", "parameters"), code("said", "from helpers import NAME\nsaid = NAME * times"))
    path.write_text(json.dumps(notebook(*cells)), encoding="utf-8")
    return path


def test_each_audit_imports_its_own_helpers_and_the_search_path_is_as_before(tmp_path):
    before = list(sys.path)
    first, second = audit(tmp_path / "first", "a"), audit(tmp_path / "second", "b")
    assert [replay.run(path)["said"] for path in (first, second, first)] == ["a", "b", "a"]
    assert sys.path == before


def test_a_parameter_is_set_after_its_cell_and_an_unknown_one_is_refused(tmp_path):
    path = audit(tmp_path, "a")
    assert replay.run(path, {"times": 3})["said"] == "aaa"
    with pytest.raises(KeyError, match=r"01\.ipynb takes no parameter often"):
        replay.run(path, {"often": 3})


def test_what_ipython_adds_is_there_and_a_cell_may_await(tmp_path):
    path = audit(tmp_path, "a")
    content = json.loads(path.read_text(encoding="utf-8"))
    for number, source in enumerate((
        "handle = display(said, display_id=True)\nhandle.update('another')", "import asyncio\nwaited = await asyncio.sleep(0, 'waited')",
        "await asyncio.sleep(0, 5)", "last = _", "shell = get_ipython()")):
        content["cells"].append(code(f"more{number}", source))
    path.write_text(json.dumps(content), encoding="utf-8")
    found = replay.run(path)
    assert (found["waited"], found["last"], found["shell"]) == ("waited", 5, None)
    assert parameter_reads.observe(path, {}) == []


def add(path: Path, source: str) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"].append(code("more", source))
    path.write_text(json.dumps(content), encoding="utf-8")


def test_what_a_cell_prints_is_not_told_to_whoever_replays_it(tmp_path, capfd):
    path = audit(tmp_path, "a")
    add(path, "print('printed')")
    replay.run(path)
    parameter_reads.observe(path, {})
    assert capfd.readouterr() == ("", "")


def test_a_cell_that_prints_without_end_is_ended_and_named(tmp_path):
    path = audit(tmp_path, "a")
    add(path, "while True: print('x' * 1_000_000)")
    with pytest.raises(InputError, match=r"01\.ipynb:more: the cell prints more than a notebook may show"):
        replay.run(path)
