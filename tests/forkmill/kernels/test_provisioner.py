"""With forked kernels as jupyter_client's default, whatever its users do with kernels goes as with ordinary ones."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jupyter_client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.localinterfaces import localhost
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from jupyter_client.threaded import ThreadedKernelClient
from traitlets.config import Config

from forkmill.kernels import client
from forkmill.kernels.forked_process import ForkedProcess
from forkmill.kernels.manager import FORKED, register

pytestmark = pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")

LAUNCHER = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
Start = Callable[..., KernelManager]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Start]:
    """Starts a kernel as somebody does who has made forked ones the default; it ends with the test.

    ``command``: what its kernelspec starts.
    """
    register()
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", FORKED)
    for name in ("IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("MPLBACKEND", raising=False)
    managers = []

    def started(command: list[str] | None = None, of: dict | None = None, **options: object) -> KernelManager:
        spec = tmp_path / "specs" / "python3" / "kernel.json"
        spec.parent.mkdir(parents=True, exist_ok=True)
        spec.write_text(json.dumps({"argv": command or [sys.executable, *LAUNCHER], "display_name": "one", "language": "python"}),
                        encoding="utf-8")
        manager = KernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(spec.parents[1])]), **of or {})
        manager.start_kernel(**options)
        managers.append(manager)
        return manager

    yield started
    for manager in managers:
        manager.shutdown_kernel(now=True)


def said(manager: KernelManager, *cells: str) -> str:
    """What cells print to a client that knows the kernel by its file alone."""
    first = manager.client()  # one that knows the process does not give it up while it starts
    first.start_channels(hb=False)  # whose thread may only begin when the channels are stopped already
    first.wait_for_ready(timeout=60)
    first.stop_channels()
    asking = BlockingKernelClient(connection_file=manager.connection_file)
    asking.load_connection_file()
    asking.start_channels(hb=False)
    heard: list[str] = []
    try:
        asking.wait_for_ready(timeout=60)
        for cell in cells:
            asking.execute_interactive(cell, timeout=60, output_hook=lambda message: heard.append(message["content"].get("text", "")))
    finally:
        asking.stop_channels()
    return "".join(heard)


def forked(manager: KernelManager) -> bool:
    return isinstance(manager.provisioner.process, ForkedProcess)


def test_a_kernel_of_another_environment_runs_in_that_one(start, tmp_path):
    venv.create(tmp_path / "other", symlinks=True)
    [packages] = (tmp_path / "other" / "lib").glob("python*/site-packages")
    (packages / "borrowed.pth").write_text(str(Path(pytest.__file__).parents[1]), encoding="utf-8")
    manager = start([str(tmp_path / "other" / "bin" / "python"), *LAUNCHER])
    assert said(manager, "import sys\nprint(sys.prefix)") == f"{tmp_path / 'other'}\n"


@pytest.mark.parametrize("new_ports", [False, True])
def test_a_new_client_reaches_a_kernel_that_was_started_again(start, new_ports):
    manager = start()
    assert forked(manager)
    before = said(manager, "print(1)")
    manager.restart_kernel(now=True, newports=new_ports)
    assert forked(manager)
    assert before == said(manager, "print(1)") == "1\n"


def test_a_kernel_that_died_and_is_started_again_is_where_it_was(start):
    manager = start()
    where = manager.get_connection_info()
    os.killpg(manager.provisioner.pid, signal.SIGKILL)
    while manager.is_alive():
        time.sleep(0.01)
    manager.start_kernel()
    assert manager.get_connection_info() == where
    assert said(manager, "print(1)") == "1\n"


def test_a_kernel_can_be_listened_to_and_silenced_as_any_process(start):
    write = "import os\nfor number in (1, 2):\n    _ = os.write(number, b'heard')"  # ipykernel leaves these alone under pytest
    both = start(stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    silent = start(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for manager in (both, silent):
        said(manager, write)
        assert forked(manager)
    assert both.provisioner.process.stdout.read(10) == b"heardheard"
    reading = both.provisioner.process.stdout
    os.killpg(both.provisioner.pid, signal.SIGKILL)
    assert reading.read() == b""  # the end comes with the kernel's: nobody else holds the pipe


def test_a_kernel_writes_nothing_into_the_output_of_who_starts_it(start, capfd):
    capfd.readouterr()
    assert said(start(), "print(1)") == "1\n"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("command", [
    [sys.executable, "-c", "from ipykernel.kernelapp import main; main()", "-f", "{connection_file}"],
    [sys.executable, "-W", "error::UserWarning", *LAUNCHER],
    [sys.executable, "-O", *LAUNCHER],
])
def test_a_kernel_that_is_started_in_another_way_is_started_so_and_listens_as_its_manager_says(start, command):
    manager = start(command)
    assert not forked(manager)
    assert manager.transport == "tcp"
    shown = said(manager, "import sys\nprint(__debug__, 'error::UserWarning' in sys.warnoptions)")
    assert shown == f"{'-O' not in command} {'-W' in command}\n"


def test_the_kernels_that_ipykernel_installs_are_forked(start):
    assert forked(start([sys.executable, "-Xfrozen_modules=off", *LAUNCHER]))


def test_a_client_that_lives_in_an_event_loop_is_left_as_it_is(start):
    manager = start(of={"client_factory": ThreadedKernelClient})
    assert forked(manager)
    assert manager.client_factory is ThreadedKernelClient


@pytest.mark.parametrize("of", [
    {"transport": "ipc", "ip": "here"},
    {"config": Config({"KernelManager": {"transport": "tcp"}})},
    {"hb_port": 0},  # replaced by a free one
])
def test_a_kernel_listens_where_its_manager_was_told_to(start, monkeypatch, tmp_path, of):
    monkeypatch.chdir(tmp_path)
    with socket.create_server((localhost(), 0)) as free:
        of = {**of, **{name: free.getsockname()[1] for name in of if name == "hb_port"}}
    manager = start(of=of)
    assert forked(manager)
    wanted = (of.get("transport", "tcp"), of.get("ip", localhost()))
    assert (manager.get_connection_info()["transport"], manager.get_connection_info()["ip"]) == wanted
    assert said(manager, "print(1)") == "1\n"


def test_settings_of_ipython_count(start, tmp_path):
    settings = tmp_path / "IPYTHONDIR" / "profile_default" / "ipython_kernel_config.py"
    settings.parent.mkdir(parents=True)
    settings.write_text("c.InteractiveShellApp.exec_lines = ['set_by = \"the user\"']\n", encoding="utf-8")
    manager = start()
    assert forked(manager)
    assert said(manager, "print(set_by)") == "the user\n"


def test_settings_of_matplotlib_count(start, tmp_path):
    settings = tmp_path / "MPLCONFIGDIR" / "matplotlibrc"
    settings.parent.mkdir(parents=True)
    settings.write_text("font.size: 77\n", encoding="utf-8")
    assert said(start(), "import matplotlib\nprint(matplotlib.rcParams['font.size'])") == "77.0\n"


@pytest.mark.parametrize("backend", ["svg", "agg", ""])
def test_the_backend_of_matplotlib_is_that_of_an_ordinary_kernel(start, monkeypatch, backend):
    monkeypatch.setenv("MPLBACKEND", backend)
    show = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint(plt.get_backend(), plt.isinteractive())"
    manager = start()
    assert forked(manager)
    one = said(manager, show)
    monkeypatch.setenv(client.SWITCH, "ordinary")
    manager = start()
    assert not forked(manager)
    assert one == said(manager, show)
    assert (backend or "module://matplotlib_inline.backend_inline") in one


def test_a_thread_that_is_no_daemon_comes_to_its_end_before_the_kernel_does(start, tmp_path):
    manager = start()
    mark = tmp_path / "mark"
    work = f"import threading, time\ndef work():\n    time.sleep(0.5)\n    open({str(mark)!r}, 'w').write('done')\n"
    said(manager, work + "threading.Thread(target=work).start()")
    manager.shutdown_kernel()
    assert mark.read_text(encoding="utf-8") == "done"


def test_an_idle_pool_of_threads_keeps_no_kernel_from_ending(start):
    manager = start()
    said(manager, "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()\n_ = pool.submit(print).result()")
    began = time.monotonic()
    manager.shutdown_kernel()
    assert time.monotonic() - began < 2.0


def test_a_kernel_is_not_the_first_that_the_system_kills_unless_a_run_wants_it(start):
    if sys.platform == "linux":
        own = Path("/proc/self/oom_score_adj").read_text(encoding="ascii")
        assert said(start(), "print(open('/proc/self/oom_score_adj').read(), end='')") == own


def test_a_kernel_that_is_to_outlive_its_starter_is_a_process(start):
    manager = start(independent=True)
    assert not forked(manager)
    assert said(manager, "print(1)") == "1\n"


def test_a_program_can_be_called_from_a_cell(start):
    assert said(start(), "!echo heard").split() == ["heard"]
