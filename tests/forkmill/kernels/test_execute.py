"""A notebook that dies, starves or hangs takes nothing down with it."""

from __future__ import annotations

import pytest
from commands_run import gone

from forkmill.kernels import client

WITHOUT_END = {
    "printed": "while True: print('x' * 1000)",
    "one piece": "print('x' * 20_000_000)",
    "by a program": "import subprocess\nsubprocess.run(['yes', 'x' * 1000])",
    "displayed": "from IPython.display import HTML, display\nwhile True: display(HTML('x' * 1000))",
    "displayed and cleared": "from IPython.display import clear_output\nwhile True:\n    clear_output()\n    print('x' * 1000, flush=True)",
    "from a thread": "import threading\ndef say():\n    while True: print('x' * 1000)\nthread = threading.Thread(target=say)\n"
                     "thread.start()\nthread.join()",
}
pytestmark = pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")


@pytest.mark.parametrize("kind", ["forked", pytest.param("ordinary", marks=pytest.mark.long)])
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("import os\nos.kill(os.getpid(), 9)", "Kernel died (the kernel was killed by SIGKILL, perhaps because memory ran out)"),
        ("import os\nos._exit(3)", "DeadKernelError: Kernel died (the kernel ended with status 3)"),
        ("import ctypes\nctypes.string_at(0)", "DeadKernelError: Kernel died (the kernel was killed by SIGSEGV"),
        ("kept = []\nwhile True: kept.append(bytearray(10**8))", "MemoryError"),
        pytest.param("import signal, time\n_ = signal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(600)", "not end within 4",
                     marks=pytest.mark.long),
    ],
)
def test_a_notebook_that_dies_starves_or_hangs_ends_alone_and_leaves_no_process(
    runner, monkeypatch, tmp_path, kind, cell, said
):
    monkeypatch.setattr("forkmill.kernels.manager.memory", lambda: 10**9)
    monkeypatch.setenv(client.SWITCH, kind)
    mark = tmp_path / "mark"
    start = (
        "import os, subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(mark)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')"
    )
    failure = runner(start, cell, timeout=4 if "within" in said else 60).failure
    assert said in failure.error
    assert failure.cell == 2
    pids = [int(text) for text in mark.read_text(encoding="utf-8").split()]
    assert gone(*pids)
    assert runner.text("print(1)") == "1\n"


@pytest.mark.parametrize("source", WITHOUT_END.values(), ids=WITHOUT_END)
def test_a_notebook_that_shows_without_end_is_ended_and_its_cell_named(runner, monkeypatch, source):
    monkeypatch.setattr("forkmill.kernels.manager.SHOWN", 5_000_000)
    failure = runner("x = 1", source).failure
    assert failure.cell == 2
    assert "has shown more than" in failure.error


def test_an_ordinary_kernel_is_held_to_the_same(runner, monkeypatch):
    monkeypatch.setattr("forkmill.kernels.manager.SHOWN", 5_000_000)
    monkeypatch.setenv(client.SWITCH, "ordinary")
    assert "has shown more than" in runner(WITHOUT_END["printed"]).failure.error


def test_what_all_cells_show_counts_together_and_what_is_less_is_kept_whole(runner, monkeypatch):
    monkeypatch.setattr("forkmill.kernels.manager.SHOWN", 5_000_000)
    cell = "print('x' * 2_000_000)"
    assert runner.text(cell, cell) == 2 * ("x" * 2_000_000 + "\n")
    assert runner(cell, cell, cell).failure.cell == 3
