"""The folder where servers and kernels meet their clients is private, and kept tidy."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from pathlib import Path

import pytest

from forkmill.kernels import client, sockets

pytestmark = pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")


def test_what_was_left_by_processes_that_are_no_more_is_removed_and_nothing_else(monkeypatch, tmp_path):
    monkeypatch.setattr(sockets, "folder", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)  # a socket's path has to be short
    ends = {name: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) for name in ("kdead-1", "kfrom-1", "kjust-1", "klive-1", "a.socket")}
    for name, end in ends.items():
        end.bind(name)
    for name in ("klive-1", "a.socket"):
        ends[name].listen()
    for name in ("a.log", "a.lock", "b.log", "b.lock", "c.log"):
        Path(name).write_text("", encoding="utf-8")
    for name in ("a.log", "b.log", "b.lock"):
        os.utime(name, (0, 0))
    for name in ("kdead-1", "klive-1", "a.socket"):
        os.utime(name, (0, 0))
    os.utime("kfrom-1", (time.time() + 10**8,) * 2)  # from before the clock was set back
    sockets.tidy()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.lock", "a.log", "a.socket", "c.log", "kjust-1", "klive-1"]
    for end in ends.values():
        end.close()


def test_a_server_that_is_stopped_and_takes_no_more_connections_is_left_alone_and_not_waited_for(monkeypatch, tmp_path):
    monkeypatch.setattr(sockets, "folder", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    with contextlib.ExitStack() as open_ones:
        server = open_ones.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        server.bind("a.socket")
        server.listen(0)
        with contextlib.suppress(BlockingIOError):
            while True:  # until one more would have to wait
                one = open_ones.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
                one.setblocking(False)
                one.connect("a.socket")
        os.utime("a.socket", (0, 0))
        sockets.tidy()
        assert Path("a.socket").exists()


def test_a_user_without_a_private_folder_gets_ordinary_kernels(runner, monkeypatch, tmp_path):
    shared = tmp_path / f"forkmill-{os.getuid()}"
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    monkeypatch.setattr(sockets.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(sockets.os, "access", lambda *_: True)
    if len(str(tmp_path)) <= 40:
        with pytest.raises(client.Unavailable):
            client.folder()
