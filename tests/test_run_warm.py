"""A forked kernel is a fresh one, gives the bytes of an ordinary one, and takes nothing down with it when it dies."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ipykernel.kernelapp import IPKernelApp

from helpers.run import notebooks
from helpers.run.execute import Papermill
from helpers.run.kernels import Kernels, environment, fresh_cache
from helpers.run.plan import Task
from helpers.run.warm import child, client, place
from test_run_interrupt import alive, wait_for

pytestmark = pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")

SPOIL = {
    "the random state": ("import random, numpy\nrandom.seed(1); numpy.random.seed(1)", None),
    "settings of matplotlib": (
        "import matplotlib\nmatplotlib.rcParams['font.size'] = 77",
        "import matplotlib\nprint(matplotlib.rcParams['font.size'])",
    ),
    "settings of pandas": (
        "import pandas\npandas.set_option('display.max_rows', 3)",
        "import pandas\nprint(pandas.get_option('display.max_rows'), pandas.get_option('display.max_columns'))",
    ),
    "environment variables": (
        "import os\nos.environ['LEFT'] = 'behind'",
        "import os\nprint('LEFT' in os.environ, sorted(name for name in os.environ if name.startswith('AUDIT')))",
    ),
    "the working directory": ("import os\nos.chdir('/')", "import os\nprint(os.path.basename(os.getcwd()))"),
    "open files": (
        "left = open('/dev/null')",
        "import os, stat\nprint([n for n in range(3, 200) if os.path.exists(f'/proc/self/fd/{n}')"
        " and os.path.realpath(f'/proc/self/fd/{n}') == '/dev/null'])",
    ),
    "loaded modules": (
        "import wave\nwave.left = 1",
        "import sys\nprint('wave' in sys.modules, [name for name in sys.modules if name.split('.')[0] == 'helpers'])",
    ),
    "names and history": ("secret = 1", "print('secret' in globals(), In[1:2] == [In[1]])"),
    "the search path": ("import sys\nsys.path.insert(0, '/nowhere')", "import sys\nprint(sys.path, sys.argv[0][-21:])"),
    "signals and mask": (
        "import os, signal\nos.umask(0o777); _ = signal.signal(signal.SIGQUIT, signal.SIG_IGN)",
        "import os, signal\nold = os.umask(0); os.umask(old)\n"
        "print(old, [signal.getsignal(n) for n in (signal.SIGQUIT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE)])",
    ),
}


class Runner:
    """Runs cells as a notebook, in forked or in ordinary kernels."""

    def __init__(self, root: Path) -> None:
        self.root, self.cache = root, root / "build" / ".cache"
        self.more: dict[str, str] = {}  # variables beside those of a run
        (root / "notebooks").mkdir(parents=True)
        fresh_cache(self.cache)

    def __call__(self, *cells: str, timeout: int = 60, name: str = "one"):
        raw = [
            {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": cell, "execution_count": None, "outputs": []}
            for n, cell in enumerate(cells)
        ]
        content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": raw}
        read = notebooks.parse(json.dumps(content), self.root / "notebooks" / f"{name}.ipynb")
        kernels = Kernels(environment(self.root, self.cache) | self.more, self.root / "notebooks", self.cache)
        return Papermill(kernels, timeout)(Task(read, 1))

    def text(self, *cells: str) -> str:
        result = self(*cells)
        assert result.failure is None, result.failure
        return "".join("".join(output["text"]) for cell in result.content["cells"] for output in cell["outputs"])


@pytest.fixture
def runner(tmp_path) -> Runner:
    return Runner(tmp_path / "an audit 审计")


def server() -> int:
    """Process number of the fork server that kernels come from now."""
    with client.connect(environment(Path("/"), Path("/"))) as connection:
        return int.from_bytes(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)[:4], sys.byteorder)


def test_a_kernel_is_forked_from_the_server(runner):
    if sys.platform == "linux":
        assert runner.text("import os\nprint(os.getppid())") == f"{server()}\n"


@pytest.mark.parametrize("what", [what for what, (_, shown) in SPOIL.items() if shown])
def test_nothing_of_one_notebook_reaches_the_next_and_both_kinds_of_kernel_agree(runner, monkeypatch, what):
    spoil, shown = SPOIL[what]
    runner.text(spoil)
    forked = runner.text(shown)
    monkeypatch.setenv(client.SWITCH, "ordinary")
    assert forked == runner.text(shown)


@pytest.mark.parametrize("name", ["seaborn.py", "yaml/__init__.py"])
def test_a_module_beside_the_notebooks_goes_before_a_library_in_both_kinds_of_kernel(runner, monkeypatch, name):
    path = runner.root / "notebooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("whose = 'the one beside the notebooks'\n", encoding="utf-8")
    cell = f"import {name.removesuffix('.py').partition('/')[0]} as found\nprint(found.whose)"
    forked = runner.text(cell)
    monkeypatch.setenv(client.SWITCH, "ordinary")
    assert forked == runner.text(cell) == "the one beside the notebooks\n"


@pytest.mark.parametrize("kind", ["forked", "ordinary"])
def test_nothing_on_the_path_of_a_user_goes_before_a_library(runner, monkeypatch, tmp_path, kind):
    (tmp_path / "yaml.py").write_text("raise SystemExit('a shadow')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv(client.SWITCH, kind)
    assert runner.text("import yaml\nprint(yaml.safe_load('1'))") == "1\n"


@pytest.mark.parametrize("kind", ["forked", "ordinary"])
def test_of_the_variables_of_this_project_a_kernel_sees_none_but_where_the_audit_is(runner, monkeypatch, kind):
    monkeypatch.setenv(client.SWITCH, kind)
    runner.more = {place.SOCKETS: str(place.folder().parent), client.SWITCH: kind}  # as the kernels of nbval have them
    assert runner.text("import os\nprint([name for name in os.environ if name.startswith('AUDIT')])") == "['AUDIT_ROOT']\n"


@pytest.mark.parametrize("kind", ["forked", "ordinary"])
def test_no_settings_of_ipython_on_this_machine_reach_a_kernel(runner, monkeypatch, kind):
    settings = runner.cache / "ipython" / "profile_default" / "ipython_kernel_config.py"
    settings.parent.mkdir(parents=True)
    settings.write_text("c.InteractiveShellApp.exec_lines = ['left = 1']\n", encoding="utf-8")
    monkeypatch.setenv(client.SWITCH, kind)
    assert runner.text("print('left' in globals())") == "False\n"


@pytest.mark.parametrize("told", [["-f", "a folder/kernel.json"], ["-f", "k.json", "--HistoryManager.enabled=False", "--A.b=[1]"]])
def test_what_a_kernel_is_told_means_what_ipython_makes_of_it(told):
    parsed, short = IPKernelApp(), IPKernelApp()
    parsed.parse_command_line(told)
    child._told(short, told)
    for name in ("argv", "extra_args", "cli_config", "config", "connection_file"):
        assert getattr(short, name) == getattr(parsed, name), name
        assert repr(getattr(short, name)) == repr(getattr(parsed, name)), name


def test_a_start_up_script_left_among_the_settings_of_ipython_reaches_no_later_run(runner):
    runner.text("from pathlib import Path\nimport os\n"
                "place = Path(os.environ['IPYTHONDIR'], 'profile_default', 'startup')\n"
                "_ = (place / 'left.py').write_text('left = 1')")  # fmt: skip
    fresh_cache(runner.cache)
    assert runner.text("print('left' in globals())") == "False\n"
    assert not any(path.suffix == ".py" for path in runner.cache.rglob("*"))


def test_random_numbers_are_drawn_anew_in_every_kernel(runner):
    runner.text(SPOIL["the random state"][0])
    draw = "import random, numpy\nprint(random.random(), numpy.random.random())"
    drawn = [runner.text(draw).split() for _ in range(2)]
    assert not set(drawn[0]) & set(drawn[1])


def test_pyplot_shows_its_figures_in_both_kinds_of_kernel(runner, monkeypatch):
    cells = ("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",)
    forked = runner(*cells).content
    monkeypatch.setenv(client.SWITCH, "ordinary")
    assert [output["output_type"] for output in forked["cells"][0]["outputs"]] == ["display_data"]
    assert forked == runner(*cells).content


@pytest.mark.parametrize("kind", ["forked", "ordinary"])
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("import os\nos.kill(os.getpid(), 9)", "DeadKernelError"),
        ("import os\nos._exit(3)", "DeadKernelError"),
        ("import ctypes\nctypes.string_at(0)", "DeadKernelError"),
        ("kept = []\nwhile True: kept.append(bytearray(10**8))", "MemoryError"),
        ("import signal, time\n_ = signal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(600)", "not end within 2"),
    ],
)
def test_a_notebook_that_dies_starves_or_hangs_ends_alone_and_leaves_no_process(
    runner, monkeypatch, tmp_path, kind, cell, said
):
    monkeypatch.setattr("helpers.run.kernels.memory", lambda: 10**9)
    monkeypatch.setenv(client.SWITCH, kind)
    mark = tmp_path / "mark"
    start = (
        "import os, subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(mark)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')"
    )
    failure = runner(start, cell, timeout=2 if "within" in said else 20).failure
    assert said in failure.error
    assert failure.cell == 2
    pids = [int(text) for text in mark.read_text(encoding="utf-8").split()]
    until = time.monotonic() + 5
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(alive, pids))
    assert runner.text("print(1)") == "1\n"


def test_kernels_end_with_a_server_that_is_killed_and_the_next_run_has_a_new_one(runner):
    old = server()
    result = runner("1", f"import os, time\nos.kill({old}, 9)\ntime.sleep(60)", timeout=30)
    assert result.failure is not None
    assert runner.text("print(1)") == "1\n"
    assert server() != old


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="adopting orphans is Linux's")
def test_a_kernel_on_its_way_up_ends_with_its_server_even_where_a_session_adopts_orphans(tmp_path):
    source = """
import ctypes, json, os, signal, socket, subprocess, sys, time
from helpers.run.warm import client
ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER, as the manager of a desktop's session is
server = subprocess.Popen([sys.executable, client.HERE / "server.py", "s", "60", "ipykernel.kernelapp"])
connection = None
while connection is None:
    try:
        connection = client.connected("s")
    except OSError:
        time.sleep(0.01)
request = {"arguments": ["-f", "kernel.json"], "env": dict(os.environ), "cwd": ".", "umask": 0o22, "ignored": [], "sockets": ""}
client._send(connection, request, [0, 1, 2])
kernel = json.loads(connection.makefile().readline())["pid"]
server.kill()
server.wait()
until = time.monotonic() + 4
ended = 0
while not ended and time.monotonic() < until:
    ended = os.waitpid(kernel, os.WNOHANG)[0]
    time.sleep(0.02)
ended or os.kill(kernel, signal.SIGKILL)
print("ended" if ended == kernel else "still there")
"""
    done = subprocess.run([sys.executable, "-c", source], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stdout == "ended\n", done.stderr


def test_a_server_that_cannot_start_leaves_the_work_to_ordinary_kernels(runner, monkeypatch):
    monkeypatch.setattr(client, "connect", lambda env: (_ for _ in ()).throw(client.Unavailable("no")))
    assert runner.text("import os\nprint(os.getppid())") == f"{os.getpid()}\n"


def test_a_client_that_is_killed_leaves_no_kernel(tmp_path):
    mark = tmp_path / "mark"
    source = (
        "import sys; sys.path.insert(0, sys.argv[1])\nfrom pathlib import Path\nfrom test_run_warm import Runner\n"
        "run = Runner(Path(sys.argv[2]))\n"
        "run(f'import os, time\\nopen({sys.argv[3]!r}, \"w\").write(str(os.getpid()))\\ntime.sleep(600)')"
    )
    arguments = [str(Path(__file__).parent), str(tmp_path / "a"), str(mark)]
    process = subprocess.Popen([sys.executable, "-c", source, *arguments])
    kernel = wait_for(mark)
    process.send_signal(signal.SIGKILL)
    process.wait()
    until = time.monotonic() + 5
    while alive(kernel) and time.monotonic() < until:
        time.sleep(0.02)
    assert not alive(kernel)


def test_a_server_without_work_ends_by_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(client, "IDLE", 0.1)
    monkeypatch.setattr(client, "PRELOAD", ("json",))
    old = server()
    until = time.monotonic() + 10
    while alive(old) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(old)


def test_what_was_left_by_processes_that_are_no_more_is_removed_and_nothing_else(monkeypatch, tmp_path):
    monkeypatch.setattr(place, "folder", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)  # a socket's path has to be short
    ends = {name: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) for name in ("kdead-1", "kjust-1", "klive-1", "a.socket")}
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
    place.tidy()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.lock", "a.log", "a.socket", "c.log", "kjust-1", "klive-1"]
    for end in ends.values():
        end.close()


def test_two_that_come_at_once_find_one_server(monkeypatch):
    monkeypatch.setattr(client, "PRELOAD", ("csv",))
    source = (
        "from helpers.run.warm import client\nclient.PRELOAD = ('csv',)\nclient.IDLE = 5\n"
        "import sys; sys.path.insert(0, sys.argv[1])\nfrom test_run_warm import server\nprint(server())"
    )
    command = [sys.executable, "-c", source, str(Path(__file__).parent)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") for _ in range(2)]
    assert len({process.communicate(timeout=60)[0] for process in started}) == 1


def test_a_user_without_a_private_folder_gets_ordinary_kernels(runner, monkeypatch, tmp_path):
    shared = tmp_path / f"audit-kernels-{os.getuid()}"
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    monkeypatch.setattr(place.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(place.os, "access", lambda *_: True)
    if len(str(tmp_path)) <= 40:
        with pytest.raises(client.Unavailable):
            client.folder()
