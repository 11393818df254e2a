"""The folder build/: what an earlier run has written alike is put back, and nothing else of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from forkmill import project
from forkmill.project import Project
from forkmill.run.folder import clean, clear, files, put_back
from forkmill.terminal import Terminal

PICTURES = "pictures"


@pytest.fixture
def built(tmp_path) -> Project:
    """A project with a build: a notebook and two files of a picture."""
    for name in ("notebooks/01.ipynb", "pictures/line.svg", "pictures/line.csv"):
        (tmp_path / "build" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "build" / name).write_bytes(b"old")
    return project.of(tmp_path)


def pictures(built: Project) -> Path:
    return built.build / PICTURES


def test_nothing_that_was_laid_aside_stands_while_a_run_has_not_made_it_again(built):
    clear(built, {"01.ipynb"}, [PICTURES])
    assert not pictures(built).exists()
    assert (built.build / "notebooks" / "01.ipynb").is_file()


def test_a_file_made_alike_is_the_same_file_and_another_is_written(built):
    before = {path.name: path.stat().st_ino for path in pictures(built).iterdir()}
    clear(built, {"01.ipynb"}, [PICTURES])
    put_back(built, PICTURES, {"line.svg": b"old", "line.csv": b"new", "more.svg": b"more"})
    assert (pictures(built) / "line.svg").stat().st_ino == before["line.svg"]
    assert (pictures(built) / "line.csv").read_bytes() == b"new"
    assert (pictures(built) / "more.svg").read_bytes() == b"more"


def test_a_file_that_is_made_no_more_is_gone(built):
    clear(built, {"01.ipynb"}, [PICTURES])
    put_back(built, PICTURES, {"line.svg": b"old"})
    assert [path.name for path in built.build.rglob("line.*")] == ["line.svg"]


def test_a_link_among_what_was_laid_aside_is_not_put_back(built, tmp_path):
    (tmp_path / "elsewhere").write_bytes(b"linked")
    (pictures(built) / "link.svg").symlink_to(tmp_path / "elsewhere")
    clear(built, {"01.ipynb"}, [PICTURES])
    put_back(built, PICTURES, {"link.svg": b"linked"})
    assert not (pictures(built) / "link.svg").is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == b"linked"


def test_what_a_killed_run_laid_aside_is_no_ones_result(built):
    clear(built, {"01.ipynb"}, [PICTURES])
    clear(built, {"01.ipynb"}, [PICTURES])
    put_back(built, PICTURES, {"line.svg": b"new"})
    assert {path.name: path.read_bytes() for path in pictures(built).iterdir()} == {"line.svg": b"new"}


def test_what_no_run_knows_of_is_removed_and_what_others_wrote_by_agreement_stays(built):
    for name in ("stray.txt", "theirs/one.txt"):
        (built.build / name).parent.mkdir(exist_ok=True)
        (built.build / name).write_text("", encoding="utf-8")
    clear(built._replace(hidden=("theirs",)), {"01.ipynb"})
    assert sorted(path.name for path in built.build.iterdir()) == ["notebooks", "theirs"]


def test_a_list_of_the_build_holds_neither_the_mark_nor_the_times_nor_what_is_passed_over(built):
    for name in ("run.json", "timings.json", ".lock", "theirs"):
        (built.build / name).write_text("", encoding="utf-8")
    assert sorted(files(built._replace(hidden=("theirs",)))) == ["notebooks/01.ipynb", "pictures/line.csv", "pictures/line.svg"]


def test_clean_removes_the_build_whole_and_nothing_beside_it(built, tmp_path):
    (tmp_path / "beside").mkdir()
    clean(built, Terminal(out=io.StringIO()))
    assert [path.name for path in tmp_path.iterdir()] == ["beside"]


def test_where_the_build_is_a_link_what_it_leads_to_is_emptied_and_the_link_stays(built, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("another disk")
    built.build.rename(elsewhere / "build")
    built.build.symlink_to(elsewhere / "build")
    clean(built, Terminal(quiet=True))
    assert list(built.build.iterdir()) == []
    assert built.build.is_symlink()
