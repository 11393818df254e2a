"""One run at a time in one folder."""

from __future__ import annotations

import errno
import os
import threading

import pytest

from forkmill.run.lock import Lock, fcntl

pytestmark = pytest.mark.skipif(fcntl is None, reason="nothing keeps two runs apart on Windows")


def test_a_second_one_is_told_who_holds_the_lock_and_waits_for_it(tmp_path):
    told: list[str] = []
    got, asked = threading.Event(), threading.Event()

    def second() -> None:
        with Lock(tmp_path, lambda process: (told.append(process), asked.set())):
            got.set()

    with Lock(tmp_path, told.append):
        thread = threading.Thread(target=second)
        thread.start()
        assert asked.wait(60)
        assert not got.is_set()
    assert got.wait(60)
    thread.join()
    assert told == [str(os.getpid())]


def test_a_lock_whose_file_was_removed_while_another_waited_is_taken_on_the_new_file(tmp_path):
    asked, ended = threading.Event(), threading.Event()

    def second() -> None:
        with Lock(tmp_path, lambda process: asked.set()):
            assert (tmp_path / ".lock").exists()
            ended.set()

    with Lock(tmp_path, lambda process: None) as first:
        thread = threading.Thread(target=second)
        thread.start()
        assert asked.wait(60)
        first.path.unlink()  # as clean does
    assert ended.wait(60)
    thread.join()


def test_a_file_system_without_locks_is_said_and_the_run_goes_on(tmp_path, monkeypatch):
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    said: list[str] = []
    with Lock(tmp_path, said.append, lambda: said.append("no locks")):
        pass
    assert said == ["no locks"]
