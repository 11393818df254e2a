"""Many machines, tried with a real scheduler and worker processes on this one."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.errors import InputError, InputErrors
from helpers.run import cluster, inputs, plan, remote
from helpers.run.build import reproduce
from helpers.run.cluster import Cluster
from helpers.run.terminal import Terminal

PATIENCE = 120  # seconds that a slow machine gets


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
        process = subprocess.Popen(command, cwd=self.folder, env=os.environ | variables, stdout=log, stderr=log)
        log.close()
        self.started.append(process)
        return process

    def worker(self, root: Path, *options: str) -> subprocess.Popen:
        """A worker whose checkout is ``root``, as soon as the scheduler knows it."""
        before = self.workers()
        process = self._start("worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard",
                              "--local-directory", str(self.folder), *options, AUDIT_ROOT=str(root))  # fmt: skip
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
def other(audit, tmp_path: Path) -> Path:
    """A checkout that differs from the miniature audit in one file."""
    root = tmp_path / "other"
    shutil.copytree(audit.root, root)
    with open(root / "data/paper/conclusions.yaml", "a", encoding="utf-8") as file:
        file.write("# another state of the data\n")
    return root


def slow_notebooks(audit, number: int, seconds: float) -> list[plan.Task]:
    """Tasks that each run one notebook of the audit, which first sleeps."""
    audit.edit("01_first", "two", source=f'import time\ntime.sleep({seconds})\npaper.check("two", 2 * sign)')
    found = inputs.check(audit.root)
    return [plan.Task(found.notebooks[0], 1, parameters={"sign": 1 - 2 * (n % 2)}) for n in range(number)]


def in_thread(work) -> tuple[threading.Thread, list]:
    """``work()`` in a thread, and the list that its result, or what it raised, will be put into."""
    ended: list = []

    def run() -> None:
        try:
            ended.append(work())
        except BaseException as error:
            ended.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, ended


def content(results: list) -> list[str]:
    assert [result.failure for result in results] == [None] * len(results)
    return [json.dumps(result.content, sort_keys=True) for result in results]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or os.cpu_count() < 2, reason="needs Linux and two cores")
def test_workers_that_are_told_so_have_a_core_each_and_their_kernels_stay_there(audit, processes):
    for _ in range(2):
        processes.worker(audit.root, "--preload", "helpers.run.core")
    source = "import os, time\ntime.sleep(1)\nprint('kept on', sorted(os.sched_getaffinity(0)))\npaper.check('two', 2)"
    audit.edit("01_first", "two", source=source)
    tasks = [plan.Task(inputs.check(audit.root).notebooks[0], 1, parameters={"sign": sign}) for sign in (1, -1)]
    with Cluster(processes.address, audit.root, Terminal(quiet=True)) as connected:
        shown = content(connected.notebooks(tasks, {}, lambda result: None))
    cores = {core for one in shown for core in re.findall(r"kept on \[(\d+)\]", one)}
    assert len(cores) == 2


@pytest.mark.slow
def test_a_build_has_the_same_bytes_wherever_its_notebooks_ran(audit, processes):
    reproduce(audit.root, terminal=Terminal(quiet=True))
    here = audit.built()
    processes.worker(audit.root), processes.worker(audit.root)
    said = io.StringIO()
    reproduce(audit.root, terminal=Terminal(out=said), fresh=True, scheduler=processes.address)
    assert audit.built() == here
    assert f"2 worker(s) at {processes.address}, dashboard http://" in said.getvalue()
    assert "03_overview" in said.getvalue()


@pytest.mark.slow
def test_a_failing_notebook_fails_on_a_worker_as_it_does_here(audit, processes):
    audit.edit("02_second", "three", source='paper.check("three", 1 / 0)')
    said = [io.StringIO(), io.StringIO()]
    assert reproduce(audit.root, terminal=Terminal(out=said[0])) == 1
    processes.worker(audit.root)
    assert reproduce(audit.root, terminal=Terminal(out=said[1]), fresh=True, scheduler=processes.address) == 1
    faults = [text.getvalue().partition("incomplete:")[2] for text in said]
    assert faults[0] == faults[1] != ""
    assert "02_second.ipynb, cell [4], claim three: ZeroDivisionError" in faults[1]


@pytest.mark.slow
def test_a_worker_that_joins_late_finishes_what_a_killed_one_had_begun(audit, processes):
    tasks = slow_notebooks(audit, 3, 2)
    first = processes.worker(audit.root)
    done: list = []
    with Cluster(processes.address, audit.root, Terminal(quiet=True), PATIENCE) as connected:
        thread, ended = in_thread(lambda: connected.notebooks(tasks, {}, done.append))
        until(lambda: done)
        first.send_signal(signal.SIGKILL)
        first.wait()
        processes.worker(audit.root)
        thread.join(PATIENCE)
    [results] = ended
    assert not isinstance(results, BaseException)
    assert [result.name for result in results] == ["01_first"] * 3
    both = content(results)
    assert both[0] == both[2] != both[1]


@pytest.mark.slow
def test_a_worker_with_other_data_is_refused_before_anything_runs(audit, other, processes):
    processes.worker(audit.root), processes.worker(other)
    with pytest.raises(InputErrors) as caught:
        reproduce(audit.root, terminal=Terminal(quiet=True), scheduler=processes.address)
    [error] = caught.value.errors
    assert error.what == "the worker is refused, because it is not as this checkout"
    assert error.where.startswith("worker tcp://127.0.0.1:")
    assert error.got == "data/paper/conclusions.yaml"
    assert not audit.build.joinpath("run.json").exists()


@pytest.mark.slow
def test_a_differing_worker_that_joins_late_is_named_and_its_tasks_run_elsewhere(audit, other, processes):
    tasks = slow_notebooks(audit, 6, 1.5)
    shutil.copy(audit.path("01_first"), other / "notebooks")
    processes.worker(audit.root)
    said = io.StringIO()
    done: list = []
    with Cluster(processes.address, audit.root, Terminal(out=said), PATIENCE) as connected:
        thread, ended = in_thread(lambda: connected.notebooks(tasks, {}, done.append))
        until(lambda: done)
        processes.worker(other)
        thread.join(PATIENCE)
    [results] = ended
    assert len(set(content(results))) == 2
    assert "the worker is refused" in said.getvalue()
    assert "data/paper/conclusions.yaml" in said.getvalue()


@pytest.mark.slow
def test_a_scheduler_without_workers_is_not_waited_for_without_end(audit, processes):
    with pytest.raises(InputError, match="no worker is connected"):
        Cluster(processes.address, audit.root, Terminal(quiet=True), patience=1)


@pytest.mark.slow
def test_when_the_last_worker_is_gone_the_run_ends_with_a_sentence(audit, processes):
    tasks = slow_notebooks(audit, 2, 3)
    only = processes.worker(audit.root)
    with Cluster(processes.address, audit.root, Terminal(quiet=True), PATIENCE) as connected:
        connected.patience = 3
        thread, ended = in_thread(lambda: connected.notebooks(tasks, {}, lambda result: None))
        time.sleep(1)
        only.kill()
        thread.join(PATIENCE)
    assert isinstance(ended[0], InputError)
    assert ended[0].what == "no worker is connected"


def test_an_address_without_a_scheduler_is_an_error_of_the_input(audit, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT", 1)
    with pytest.raises(InputError, match="no scheduler answers"):
        Cluster("tcp://127.0.0.1:9", audit.root, Terminal(quiet=True))


def test_a_task_that_meets_another_state_is_handed_back_undone(audit):
    expected = remote.fingerprint(audit.root)
    audit.edit("01_first", "two", source='paper.check("two", 3)')
    reply = remote.perform("notebook", {"name": "01_first", "parameters": {}, "verdicts": None}, remote.digest(expected))
    assert reply == {"differs": True}
    assert remote.differences(expected, remote.fingerprint(audit.root)) == ["notebooks/01_first.ipynb"]


def test_a_digest_does_not_hang_on_the_order_of_what_it_is_made_of():
    assert remote.digest({"a": "1", "b": "2"}) == remote.digest({"b": "2", "a": "1"}) != remote.digest({"a": "1", "b": "3"})


def test_a_fingerprint_holds_code_data_notebooks_and_versions_but_no_outputs(audit):
    before = remote.fingerprint(audit.root)
    assert {"notebooks/01_first.ipynb", "data/paper/parameters.yaml", "helpers/verdict.py", "python"} <= set(before)
    assert before["package pandas"] not in ("", "not installed")
    audit.edit("01_first", "two", outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}])
    assert remote.fingerprint(audit.root) == before


def test_another_version_of_a_package_is_said_with_both_versions():
    ours, theirs = {"package pandas": "3.1", "data/a.csv": "1"}, {"package pandas": "3.0", "data/a.csv": "1"}
    assert remote.differences(ours, theirs) == ["package pandas 3.0 instead of 3.1"]


def test_a_worker_without_an_audit_differs():
    assert remote.differences({"data/a.csv": "1"}, {}) == ["no sound audit is found on the worker"]


def test_a_result_that_was_changed_on_its_way_is_not_taken():
    with pytest.raises(InputError, match="did not come back whole"):
        cluster._whole({"content": b"{}", "sha256": "0"}, {"name": "01_first"})
