"""Fixtures of the engine's tests: a plain folder of notebooks, run or not, and kernels that run single cells."""

from __future__ import annotations

import shutil
from pathlib import Path

import plain as folders
import pytest
from cells import Runner
from plain import Command, Plain

from forkmill.state.standing import confining
from forkmill.terminal import Terminal

NAME = "a folder 文件夹"


@pytest.fixture
def plain(tmp_path: Path) -> Plain:
    """A fresh folder of notebooks, not yet run."""
    return folders.make(tmp_path / NAME)


@pytest.fixture(scope="session")
def ran_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was run, with the outputs stored, once for all tests; copy it before use."""
    made = folders.make(tmp_path_factory.mktemp("ran") / "folder")
    assert made.run(say=Terminal(quiet=True)) == 0
    made.store()
    return made.root


@pytest.fixture
def ran(ran_once: Path, tmp_path: Path) -> Plain:
    """A folder whose notebooks store what a run gives, with its build."""
    return Plain(Path(shutil.copytree(ran_once, tmp_path / NAME)))


@pytest.fixture
def fresh(plain, capfd) -> Command:
    return Command(plain, capfd)


@pytest.fixture
def command(ran, capfd) -> Command:
    """On a folder that was run, has stored what came out, and of which all still stands."""
    if not confining():
        pytest.skip("no result stands without Landlock")
    made = Command(ran, capfd)
    assert made.ran() == []
    return made


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Runs cells as a notebook, in forked or in ordinary kernels."""
    return Runner(tmp_path / NAME)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files that count as those of a project, and some that tools have left beside them."""
    for name in ("a.txt", "inside/b.txt", "inside/__pycache__/c.pyc", "inside/.ipynb_checkpoints/d.ipynb", "inside/.hidden"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path
