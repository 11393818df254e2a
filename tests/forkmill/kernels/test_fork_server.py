"""The server ends when nobody wants it, and its kernels with it, at whatever moment."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cells import server
from commands_run import gone

from forkmill.kernels import client

pytestmark = pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="adopting orphans is Linux's")
def test_a_kernel_on_its_way_up_ends_with_its_server_even_where_a_session_adopts_orphans(tmp_path):
    source = """
import ctypes, json, os, signal, socket, subprocess, sys, time
from forkmill.kernels import client
ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER, as the manager of a desktop's session is
server = subprocess.Popen([sys.executable, client.HERE / "fork_server.py", "s", "60", "ipykernel.kernelapp"])
connection = None
while connection is None:
    try:
        connection = client.connected("s")
    except OSError:
        time.sleep(0.01)
request = {"arguments": ["-f", "kernel.json"], "env": dict(os.environ), "cwd": ".", "umask": 0o22, "ignored": [], "sockets": ""}
client.send(connection, request, [0, 1, 2])
kernel = json.loads(connection.makefile().readline())["pid"]
server.kill()
server.wait()
until = time.monotonic() + 30
ended = 0
while not ended and time.monotonic() < until:
    ended = os.waitpid(kernel, os.WNOHANG)[0]
    time.sleep(0.02)
ended or os.kill(kernel, signal.SIGKILL)
print("ended" if ended == kernel else "still there")
"""
    done = subprocess.run([sys.executable, "-c", source], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stdout == "ended\n", done.stderr


def test_a_server_without_work_ends_by_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(client, "IDLE", 0.1)
    monkeypatch.setattr(client, "PRELOAD", ("json",))
    old = server()
    assert gone(old)
