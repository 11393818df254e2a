"""The folder build/: what an earlier run has drawn alike is put back, and nothing else of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.run.folder import clear, write_figures


@pytest.fixture
def build(tmp_path) -> Path:
    """A build with a notebook and two files of a figure."""
    build = tmp_path / "build"
    for name in ("notebooks/01.ipynb", "figures/line.svg", "figures/line.csv"):
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        (build / name).write_bytes(b"old")
    return build


def test_no_figure_stands_while_a_run_has_not_drawn_it(build):
    clear(build, {"01.ipynb"})
    assert not (build / "figures").exists()


def test_a_figure_drawn_alike_is_the_same_file_and_another_is_written(build):
    before = {path.name: path.stat().st_ino for path in (build / "figures").iterdir()}
    clear(build, {"01.ipynb"})
    write_figures(build, {"line.svg": b"old", "line.csv": b"new", "more.svg": b"more"})
    assert (build / "figures" / "line.svg").stat().st_ino == before["line.svg"]
    assert (build / "figures" / "line.csv").read_bytes() == b"new"
    assert (build / "figures" / "more.svg").read_bytes() == b"more"


def test_a_figure_that_is_drawn_no_more_is_gone(build):
    clear(build, {"01.ipynb"})
    write_figures(build, {"line.svg": b"old"})
    assert [path.name for path in build.rglob("line.*")] == ["line.svg"]


def test_a_link_among_the_figures_is_not_put_back(build, tmp_path):
    (tmp_path / "elsewhere").write_bytes(b"linked")
    (build / "figures" / "link.svg").symlink_to(tmp_path / "elsewhere")
    clear(build, {"01.ipynb"})
    write_figures(build, {"link.svg": b"linked"})
    assert not (build / "figures" / "link.svg").is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == b"linked"


def test_figures_that_a_killed_run_laid_aside_are_no_ones_result(build):
    clear(build, {"01.ipynb"})
    clear(build, {"01.ipynb"})
    write_figures(build, {"line.svg": b"new"})
    assert {path.name: path.read_bytes() for path in (build / "figures").iterdir()} == {"line.svg": b"new"}
