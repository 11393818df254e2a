"""A notebook that dies, starves or hangs takes nothing down with it."""

from __future__ import annotations

import pytest
from cells import gone

from forkmill.kernels import client

pytestmark = pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")


@pytest.mark.parametrize("kind", ["forked", "ordinary"])
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
