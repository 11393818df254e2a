"""Whether something is the same as before."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from forkmill import project_files
from forkmill.state import snapshot
from forkmill.state.snapshot import States


def found(folder: Path, *names: str) -> list[str]:
    return sorted(project_files.files(folder, names))


def old(path: Path) -> None:
    """As if it had been written long before it was looked at."""
    os.utime(path, (1, 1))


def test_hidden_files_have_no_hash_among_the_others(folder):
    assert list(snapshot.hashes(folder, ["inside", "a.txt"])) == ["a.txt", "inside/b.txt"]


@pytest.mark.parametrize("change", [lambda path: path.touch(), lambda path: path.write_text("A.txt"), lambda path: path.chmod(0o600),
                                    lambda path: path.unlink()])
def test_a_file_is_the_same_until_its_bytes_its_time_or_its_rights_change(folder, change):
    for name in found(folder, "a.txt", "inside"):
        old(folder / name)
    seen = {f"file {name}": snapshot.look(folder, "file", name) for name in found(folder, "a.txt", "inside")}
    assert snapshot.same(folder, seen)
    change(folder / "a.txt")
    assert not snapshot.same(folder, seen)


def test_a_file_that_was_written_anew_with_the_same_bytes_and_time_is_the_same(folder):
    path = folder / "a.txt"
    old(path)
    seen = {"file a.txt": snapshot.look(folder, "file", "a.txt")}
    times = path.stat()
    path.write_bytes(path.read_bytes())
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert snapshot.same(folder, seen)


def test_an_edit_that_keeps_size_and_time_is_seen(folder):
    path = folder / "a.txt"
    time.sleep(2 * snapshot.SLACK_NS / 1e9)
    seen = {"file a.txt": snapshot.look(folder, "file", "a.txt")}
    before = path.stat()
    path.write_text("A.txt", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not snapshot.same(folder, seen)


def test_a_folder_is_the_same_until_its_names_change(folder):
    inside = folder / "inside"
    time.sleep(2 * snapshot.SLACK_NS / 1e9)
    seen = {"folder inside": snapshot.look(folder, "folder", "inside")}
    (inside / "b.txt~").touch()
    assert snapshot.same(folder, seen), "what an editor leaves there is none"
    before = inside.stat()
    (inside / "b.txt").rename(inside / "c.txt")
    os.utime(inside, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not snapshot.same(folder, seen)
    (inside / "c.txt").rename(inside / "b.txt")
    assert snapshot.same(folder, seen)


def test_where_no_sign_differs_nothing_is_read(folder, monkeypatch):
    time.sleep(2 * snapshot.SLACK_NS / 1e9)
    keys = ("file", "a.txt"), ("file", "inside/b.txt"), ("folder", "inside"), ("notebooks", ".")
    seen = {" ".join(key): snapshot.look(folder, *key) for key in keys}
    monkeypatch.setattr(snapshot, "look", None)
    assert snapshot.same(folder, seen)


def test_a_look_is_renewed_where_nothing_but_signs_has_changed_since(folder):
    for name in found(folder, "a.txt", "inside"):
        old(folder / name)
    time.sleep(2 * snapshot.SLACK_NS / 1e9)
    seen = {f"{kind} {name}": snapshot.look(folder, kind, name) for kind, name in (("file", "a.txt"), ("folder", "inside"))}
    (folder / "inside" / "b.txt~").touch()
    (folder / "a.txt").write_text("another", encoding="utf-8")
    time.sleep(2 * snapshot.SLACK_NS / 1e9)
    renewed = snapshot.renewed(folder, seen)
    assert renewed["folder inside"] == snapshot.look(folder, "folder", "inside") != seen["folder inside"]
    assert renewed["file a.txt"] == seen["file a.txt"], "what was read before the change stands beside what has changed"
    assert not snapshot.same(folder, renewed)


def test_the_looks_of_a_file_just_written_are_not_trusted(folder):
    path = folder / "a.txt"
    path.write_text("now", encoding="utf-8")
    os.utime(path, ns=(time.time_ns() + 10**12, time.time_ns() + 10**12))
    looks, state = snapshot.look(folder, "file", "a.txt")
    assert looks is None
    assert state.startswith(snapshot.digest(b"now"))


def test_a_state_is_that_of_the_file_or_of_the_names_of_a_folder(folder):
    states = States(folder)
    assert states("file", "a.txt").startswith(snapshot.digest(b"a.txt"))
    assert states("file", "absent") == states("folder", "absent") == states("file", "inside") == snapshot.ABSENT
    (folder / "inside" / "b.txt").write_text("another", encoding="utf-8")
    assert States(folder)("folder", "inside") == states("folder", "inside"), "the names are the same"
    (folder / "inside" / "more.txt").write_text("", encoding="utf-8")
    assert States(folder)("folder", "inside") != states("folder", "inside")


def test_each_thing_is_looked_at_once(folder):
    states = States(folder)
    before = states("file", "a.txt")
    (folder / "a.txt").write_text("another", encoding="utf-8")
    assert states("file", "a.txt") == before
    assert states.changed() == {"file a.txt"}
