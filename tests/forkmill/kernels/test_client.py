"""Kernels are forked from one server, which is started once, and where it cannot be had ordinary ones do the same."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import cells
import pytest
from cells import server
from commands_run import gone, wait_for

from forkmill.kernels import client, sockets

pytestmark = pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")


def test_a_kernel_is_forked_from_the_server(runner):
    if sys.platform == "linux":
        assert runner.text("import os\nprint(os.getppid())") == f"{server()}\n"


@pytest.mark.parametrize("name", ["seaborn.py", "yaml/__init__.py"])
def test_a_module_beside_the_notebooks_goes_before_a_library_in_both_kinds_of_kernel(runner, monkeypatch, name):
    path = runner.root / "notebooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("whose = 'the one beside the notebooks'\n", encoding="utf-8")
    cell = f"import {name.removesuffix('.py').partition('/')[0]} as found\nprint(found.whose)"
    forked = runner.text(cell)
    monkeypatch.setenv(client.SWITCH, "ordinary")
    assert forked == runner.text(cell) == "the one beside the notebooks\n"


@pytest.fixture
def own_server(monkeypatch):
    """A server that no other test has kernels of."""
    with tempfile.TemporaryDirectory(dir="/tmp") as base:  # the path of a socket is short
        monkeypatch.setenv(sockets.SOCKETS, base)
        yield
        client.stop_all()


def test_kernels_end_with_a_server_that_is_killed_and_the_next_run_has_a_new_one(runner, own_server):
    old = server()
    result = runner("1", f"import os, time\nos.kill({old}, 9)\ntime.sleep(60)", timeout=30)
    assert result.failure is not None
    assert runner.text("print(1)") == "1\n"
    assert server() != old


def test_a_server_that_cannot_start_leaves_the_work_to_ordinary_kernels(runner, monkeypatch):
    monkeypatch.setattr(client, "connect", lambda env: (_ for _ in ()).throw(client.Unavailable("no")))
    assert runner.text("import os\nprint(os.getppid())") == f"{os.getpid()}\n"


def test_a_client_that_is_killed_leaves_no_kernel(tmp_path):
    mark = tmp_path / "mark"
    source = (
        "import sys; sys.path.insert(0, sys.argv[1])\nfrom pathlib import Path\nfrom cells import Runner\n"
        "run = Runner(Path(sys.argv[2]))\n"
        "run(f'import os, time\\nopen({sys.argv[3]!r}, \"w\").write(str(os.getpid()))\\ntime.sleep(600)')"
    )
    arguments = [str(Path(cells.__file__).parent), str(tmp_path / "a"), str(mark)]
    process = subprocess.Popen([sys.executable, "-c", source, *arguments])
    kernel = wait_for(mark)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert gone(kernel)


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP], ids=errno.errorcode.get)
def test_a_server_starts_where_files_cannot_be_locked(monkeypatch, number):
    import fcntl

    monkeypatch.setattr(fcntl, "flock", lambda *_: (_ for _ in ()).throw(OSError(number, os.strerror(number))))
    monkeypatch.setattr(client, "PRELOAD", ("csv", errno.errorcode[number]))  # a server of its own
    monkeypatch.setattr(client, "IDLE", 5)
    client.connect(os.environ).close()


def test_two_that_come_at_once_find_one_server(monkeypatch):
    monkeypatch.setattr(client, "PRELOAD", ("csv",))
    source = (
        "from forkmill.kernels import client\nclient.PRELOAD = ('csv',)\nclient.IDLE = 5\n"
        "import sys; sys.path.insert(0, sys.argv[1])\nfrom cells import server\nprint(server())"
    )
    command = [sys.executable, "-c", source, str(Path(cells.__file__).parent)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") for _ in range(2)]
    assert len({process.communicate(timeout=60)[0] for process in started}) == 1
