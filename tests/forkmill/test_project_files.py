"""What counts as a file of a project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from forkmill import project_files


def found(folder: Path, *names: str) -> list[str]:
    return sorted(project_files.files(folder, names))


def test_files_are_named_from_the_base_and_what_tools_leave_is_passed_over(folder):
    assert found(folder, "a.txt", "inside", "absent") == ["a.txt", "inside/.hidden", "inside/b.txt"]


def test_what_tools_leave_is_passed_over_also_where_it_is_named(folder):
    assert found(folder, *(f"inside/{name}" for name in os.listdir(folder / "inside"))) == ["inside/.hidden", "inside/b.txt"]


def test_an_absolute_name_stays_as_it_is(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "x").write_text("", encoding="utf-8")
    assert found(folder, str(elsewhere)) == [f"{elsewhere}/x"]


def test_a_link_is_followed_but_not_in_a_circle_and_not_to_nothing(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "x").write_text("", encoding="utf-8")
    (elsewhere / "back").symlink_to(folder)
    for name, target in {"more": elsewhere, "up": folder, "self": folder / "inside" / "self", "gone": folder / "gone"}.items():
        (folder / "inside" / name).symlink_to(target)
    names = found(folder, "inside")
    assert "inside/more/x" in names
    assert not any("up" in name.split("/") or "gone" in name or "self" in name for name in names)
    assert len(names) < 20


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_no_file_and_nobody_waits_for_its_end(folder):
    os.mkfifo(folder / "inside" / "pipe")
    assert "inside/pipe" not in found(folder, "inside")


LEFT = (".#a.csv", "#a.csv#", "a.csv~", ".a.csv.swp", "~$a.xlsx", ".~lock.a.ods#", ".DS_Store", "._a.csv", "Thumbs.db", "desktop.ini",
        ".nfs000000000123", ".a.csv.x.part")


@pytest.mark.parametrize("name", LEFT)
def test_what_editors_and_systems_leave_is_no_file(folder, name):
    (folder / "inside" / name).write_text("", encoding="utf-8")
    assert found(folder, "inside") == ["inside/.hidden", "inside/b.txt"]
    assert project_files.find(folder, ".csv", ".txt", ".part", ".db", deep=True) == [folder / "a.txt", folder / "inside" / "b.txt"]


def test_what_should_be_a_file_and_is_none_is_found_so_that_its_reader_says_so(folder):
    (folder / "folder.txt").mkdir()
    (folder / "gone.txt").symlink_to("nowhere")
    assert project_files.find(folder, ".txt") == [folder / "a.txt", folder / "folder.txt", folder / "gone.txt"]
    assert project_files.find(folder, ".txt", deep=True) == [folder / "a.txt", folder / "inside" / "b.txt"]


def test_a_lock_of_emacs_that_leads_nowhere_is_passed_over(folder):
    (folder / "inside" / ".#b.txt").symlink_to("user@host.1234:1700000000")
    assert found(folder, "inside") == ["inside/.hidden", "inside/b.txt"]


def test_files_are_found_by_their_ending_hidden_ones_never(folder):
    (folder / ".hidden.txt").write_text("", encoding="utf-8")
    assert project_files.find(folder, ".txt") == [folder / "a.txt"]
    assert project_files.find(folder / "absent", ".txt") == project_files.find(folder / "absent", ".txt", deep=True) == []
