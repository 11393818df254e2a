"""Many machines, tried with a real scheduler and worker processes on this one."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import plain as folders
import pytest
from plain import Plain

from forkmill.__main__ import run, sound
from forkmill.cluster import scheduler as cluster
from forkmill.cluster.scheduler import Cluster
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks.task import Task
from forkmill.project import Project
from forkmill.terminal import Terminal

PATIENCE = 120  # seconds that a slow machine gets
QUIET = Terminal(quiet=True)


class Processes:
    """A scheduler and its workers, all ended at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "scheduler.json"
        self.started: list[subprocess.Popen] = []
        self.address = ""

    def __enter__(self) -> Processes:
        options = ["--port", "0", "--dashboard-address", "127.0.0.1:0", "--scheduler-file", self.file.name]
        self._start("scheduler", *options)
        until(lambda: self.file.is_file() and self.file.read_text(encoding="utf-8").endswith("}"))
        self.address = json.loads(self.file.read_text(encoding="utf-8"))["address"]
        return self

    def _start(self, *arguments: str, **variables: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1"]
        log = open(self.folder / f"{len(self.started)}.log", "wb")  # noqa: SIM115
        variables |= {"PYTHONPATH": str(Path(folders.__file__).parent)}
        process = subprocess.Popen(command, cwd=self.folder, env=os.environ | variables, stdout=log, stderr=log)
        log.close()
        self.started.append(process)
        return process

    def worker(self, root: Path, *options: str) -> subprocess.Popen:
        """A worker whose folder is ``root``, as soon as the scheduler knows it."""
        before = self.workers()
        process = self._start("worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard",
                              "--local-directory", str(self.folder), *options, PLAIN_ROOT=str(root))
        until(lambda: self.workers() > before)
        return process

    def workers(self) -> int:
        """How many workers the scheduler knows."""
        from distributed import Client

        with Client(self.address, set_as_default=False, timeout=PATIENCE) as client:
            return len(client.nthreads())

    def __exit__(self, *_: object) -> None:
        self.end(0)

    def end(self, first: int) -> None:
        """End the processes that were started, from the ``first`` on; the scheduler is the very first."""
        for process in reversed(self.started[first:]):
            process.kill()
            process.wait()
        del self.started[first:]


def until(true) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with Processes(tmp_path_factory.mktemp("dask")) as found:
        yield found


@pytest.fixture
def processes(scheduler: Processes) -> Iterator[Processes]:
    """The scheduler, and no worker yet."""
    yield scheduler
    scheduler.end(1)
    until(lambda: scheduler.workers() == 0)


@pytest.fixture
def where(plain, monkeypatch) -> Project:
    """The plain folder as a project that workers find in their own."""
    monkeypatch.setenv("PLAIN_ROOT", str(plain.root))
    return folders.here()._replace(locate=folders.here)


@pytest.fixture
def other(plain, tmp_path: Path) -> Path:
    """A folder that differs from the plain one in one file."""
    root = tmp_path / "other"
    shutil.copytree(plain.root, root)
    with open(root / "data/unread.txt", "a", encoding="utf-8") as file:
        file.write("another state of the data\n")
    return root


def slow_notebooks(plain: Plain, number: int, seconds: float) -> list[Task]:
    """Tasks that each run one notebook of the folder, which first sleeps."""
    plain.edit("01_first", "shown", source=f"import time\ntime.sleep({seconds})\nprint(sign, text)")
    return [Task(sound(plain.project)[0][0], parameters={"sign": 1 - 2 * (n % 2)}) for n in range(number)]


def in_thread(work) -> tuple[threading.Thread, list]:
    """``work()`` in a thread, and the list that its result, or what it raised, will be put into."""
    ended: list = []

    def running() -> None:
        try:
            ended.append(work())
        except BaseException as error:
            ended.append(error)

    thread = threading.Thread(target=running, daemon=True)
    thread.start()
    return thread, ended


def content(results: list) -> list[str]:
    assert [result.failure for result in results] == [None] * len(results)
    return [json.dumps(result.content, sort_keys=True) for result in results]


@pytest.mark.slow
def test_a_build_has_the_same_bytes_wherever_its_notebooks_ran(plain, where, processes):
    assert run(where, say=QUIET) == 0
    local = plain.built()
    processes.worker(plain.root), processes.worker(plain.root)
    said = io.StringIO()
    assert run(where, fresh=True, scheduler=processes.address, say=Terminal(out=said)) == 0
    assert plain.built() == local
    assert f"2 worker(s) at {processes.address}, dashboard http://" in said.getvalue()
    assert "03_third" in said.getvalue()


@pytest.mark.slow
def test_a_failing_notebook_fails_on_a_worker_as_it_does_here(plain, where, processes):
    plain.edit("02_second", "shown", source="print(1 / 0)")
    said = [io.StringIO(), io.StringIO()]
    assert run(where, say=Terminal(out=said[0])) == 1
    processes.worker(plain.root)
    assert run(where, fresh=True, scheduler=processes.address, say=Terminal(out=said[1])) == 1
    faults = [text.getvalue().partition("incomplete:")[2] for text in said]
    assert faults[0] == faults[1] != ""
    assert "02_second.ipynb, cell [3] (id shown): ZeroDivisionError" in faults[1]


@pytest.mark.slow
def test_a_worker_that_joins_late_finishes_what_a_killed_one_had_begun(plain, where, processes):
    tasks = slow_notebooks(plain, 3, 2)
    first = processes.worker(plain.root)
    done: list = []
    with Cluster(processes.address, where, QUIET, PATIENCE) as connected:
        thread, ended = in_thread(lambda: connected.notebooks(tasks, {}, done.append))
        until(lambda: done)
        first.send_signal(signal.SIGKILL)
        first.wait()
        processes.worker(plain.root)
        thread.join(PATIENCE)
    [results] = ended
    assert not isinstance(results, BaseException)
    assert [result.name for result in results] == ["01_first"] * 3
    both = content(results)
    assert both[0] == both[2] != both[1]


@pytest.mark.slow
def test_a_worker_with_other_data_is_refused_before_anything_runs(plain, where, other, processes):
    processes.worker(plain.root), processes.worker(other)
    with pytest.raises(InputErrors) as caught:
        run(where, scheduler=processes.address, say=QUIET)
    [error] = caught.value.errors
    assert error.what == "the worker is refused, because its files or packages are not as here"
    assert error.where.startswith("worker tcp://127.0.0.1:")
    assert error.got == "data/unread.txt"
    assert not plain.build.joinpath("run.json").exists()


@pytest.mark.slow
def test_a_differing_worker_that_joins_late_is_named_and_its_tasks_run_elsewhere(plain, where, other, processes):
    tasks = slow_notebooks(plain, 6, 1.5)
    shutil.copy(plain.path("01_first"), other / "notebooks")
    processes.worker(plain.root)
    said = io.StringIO()
    done: list = []
    with Cluster(processes.address, where, Terminal(out=said), PATIENCE) as connected:
        thread, ended = in_thread(lambda: connected.notebooks(tasks, {}, done.append))
        until(lambda: done)
        processes.worker(other)
        thread.join(PATIENCE)
    [results] = ended
    assert len(set(content(results))) == 2
    assert "the worker is refused" in said.getvalue()
    assert "data/unread.txt" in said.getvalue()


@pytest.mark.slow
def test_a_scheduler_without_workers_is_not_waited_for_without_end(where, processes):
    with pytest.raises(InputError, match="no worker is connected"):
        Cluster(processes.address, where, QUIET, patience=1)


@pytest.mark.slow
def test_when_the_last_worker_is_gone_the_run_ends_with_a_sentence(plain, where, processes):
    tasks = slow_notebooks(plain, 2, 3)
    only = processes.worker(plain.root)
    with Cluster(processes.address, where, QUIET, PATIENCE) as connected:
        connected.patience = 3
        thread, ended = in_thread(lambda: connected.notebooks(tasks, {}, lambda result: None))
        time.sleep(1)
        only.kill()
        thread.join(PATIENCE)
    assert isinstance(ended[0], InputError)
    assert ended[0].what == "no worker is connected"


def test_an_address_without_a_scheduler_is_an_error_of_the_input(where, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT", 1)
    with pytest.raises(InputError, match="no scheduler answers"):
        Cluster("tcp://127.0.0.1:9", where, QUIET)


def test_a_result_that_was_changed_on_its_way_is_not_taken():
    with pytest.raises(InputError, match="did not come back whole"):
        cluster._whole({"content": b"{}", "sha256": "0"}, {"name": "01_first"})
