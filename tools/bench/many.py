"""How many runs of a small notebook fit into the time of one by the papermill command; and what others make of it.

``make -C tools bench-many``; ``ARGS="--runs 20"`` for a quick try. Times are those of a machine that does nothing else. Each
worker is kept on a core of its own, as docs/how-to/many-machines.md says, where the system has ``taskset``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import papermill

from asprinted import generated_parts, paths
from bench import peers
from forkmill.cluster.scheduler import Cluster
from forkmill.notebooks import ipynb
from forkmill.notebooks.task import Task
from forkmill.terminal import Terminal

TARGET_SPECIFICATIONS, TARGET_LINEAR = 20, 0.8
TASKSET = shutil.which("taskset")
OURS = "this project, {} worker(s), " + ("each kept on a core" if TASKSET else "free to move")
PARAMETERS = """\
parameters:
  - {name: x, type: integer, default: 0, minimum: 0, maximum: 100000, meaning: what is squared, notebooks: [01_small]}
"""


def small_audit(root: Path) -> Path:
    """The folder of an audit with one notebook, which squares its parameter; the path of that notebook."""
    def cell(id: str, source: str, *tags: str) -> dict:
        return {"cell_type": "code", "id": id, "source": source, "metadata": {"tags": list(tags)}, "outputs": [],
                "execution_count": None}

    path = root / "notebooks" / "01_small.ipynb"
    for folder in (path.parent, root / "data" / "paper"):
        folder.mkdir(parents=True)
    (root / "data" / "paper" / "parameters.yaml").write_text(PARAMETERS, encoding="utf-8")
    cells = [cell("parameters", "x = 0", "parameters"), cell("square", "square = x**2"), cell("shown", "print(square)")]
    content = {"cells": cells, "metadata": {"kernelspec": ipynb.KERNEL}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def printed(content: dict) -> int:
    """What an executed notebook printed."""
    [output] = content["cells"][-1]["outputs"]
    return int("".join(output["text"]))


def timed(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def dask(root: Path, workers: int) -> Iterator[str]:
    """Address of a scheduler with worker processes of one thread each, each on a core of its own, ended at the end."""
    file = root / f"scheduler-{workers}.json"
    common = {"cwd": root, "env": os.environ | {"AUDIT_ROOT": str(root)}, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "dask"]
    started = [subprocess.Popen([*command, "scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address",
                                 "127.0.0.1:0", "--scheduler-file", str(file)], **common)]
    try:
        while not (file.is_file() and file.read_text(encoding="utf-8").endswith("}")):
            time.sleep(0.1)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        options = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]
        cores = sorted(os.sched_getaffinity(0)) if TASKSET else []
        for number in range(workers):
            core = [TASKSET, "-c", str(cores[number % len(cores)])] if TASKSET else []
            started.append(subprocess.Popen([*core, *command, "worker", address, *options], **common))
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def ours(root: Path, runs: int, workers: int) -> float:
    """Seconds for all runs on so many workers, which are there, and have run notebooks, before the clock starts."""
    read = ipynb.read(root / "notebooks" / "01_small.ipynb")
    tasks = [Task(read, parameters={"x": x}) for x in range(runs)]
    with dask(root, workers) as address, Cluster(address, paths.project(root), Terminal(quiet=True)) as cluster:
        cluster.client.wait_for_workers(workers, timeout=60)
        cluster.notebooks(tasks[: 4 * workers], {}, lambda result: None)
        results: list = []
        seconds = timed(lambda: results.extend(cluster.notebooks(tasks, {}, lambda result: None)))
    assert [printed(result.content) for result in results] == [x**2 for x in range(runs)]
    return seconds


def by_papermill(path: Path, x: int) -> int:
    """One run through papermill's own function."""
    out = path.parent.parent / "out" / f"{x}.ipynb"
    out.parent.mkdir(exist_ok=True)
    papermill.execute_notebook(str(path), str(out), parameters={"x": x}, progress_bar=False)
    return printed(json.loads(out.read_text(encoding="utf-8")))


def in_a_loop(path: Path, runs: int) -> float:
    """Seconds for all runs one after another in one process."""
    return timed(lambda: [by_papermill(path, x) for x in range(runs)])


def in_a_pool(path: Path, runs: int, jobs: int) -> float:
    """Seconds for all runs in a pool of processes."""
    def work() -> None:
        with ProcessPoolExecutor(jobs) as executor:
            list(executor.map(by_papermill, [path] * runs, range(runs)))

    return timed(work)


def by_snakemake(path: Path, runs: int, jobs: int) -> float:
    """Seconds for all runs as rules of snakemake that call the papermill command."""
    folder = path.parent.parent / "snakemake"
    folder.mkdir()
    (folder / "Snakefile").write_text(
        f"rule all:\n    input: expand('{{x}}.ipynb', x=range({runs}))\n"
        f"rule one:\n    output: '{{x}}.ipynb'\n    shell: '{sys.executable} -m papermill --no-progress-bar {path} "
        "{output} -p x {wildcards.x}'\n", encoding="utf-8")
    command = [str(peers.PYTHON), "-m", "snakemake", "--quiet", "all", "--cores", str(jobs)]
    return timed(lambda: subprocess.run(command, cwd=folder, check=True, capture_output=True))


def one_command(path: Path) -> float:
    """Median seconds of one run by the papermill command, of three."""
    out = path.parent.parent / "one.ipynb"
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", str(path), str(out), "-p", "x", "1"]
    return statistics.median(timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(3))


def measure(runs: int, others: int) -> dict[str, dict[str, float]]:
    """Seconds, runs and runs in the time of one command, by the name of the way."""
    found: dict[str, tuple[float, int]] = {}
    with tempfile.TemporaryDirectory(prefix="audit-bench-") as folder:
        path = small_audit(Path(folder, "audit"))
        root = path.parent.parent
        command = one_command(path)
        found["papermill command"] = (command, 1)
        for workers in (1, 2):
            found[OURS.format(workers)] = (ours(root, runs, workers), runs)
        found["loop of papermill"] = (in_a_loop(path, others), others)
        found["papermill in a pool of 2 processes"] = (in_a_pool(path, others, 2), others)
        found["snakemake, 2 cores"] = (by_snakemake(path, others, 2), others)
    return {name: {"runs": number, "seconds": seconds, "runs in the time of one command": number / seconds * command}
            for name, (seconds, number) in found.items()}


def table(found: dict[str, dict[str, float]]) -> str:
    """The figures in Markdown, with machine, date and the two goals."""
    one, two = (found[OURS.format(workers)] for workers in (1, 2))
    rows = [f"| {name} | {row['runs']} | {row['seconds']:.2f} | {row['runs in the time of one command']:.1f} |"
            for name, row in found.items()]
    return "\n".join([
        f"{datetime.now(UTC).date().isoformat()}, {platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"papermill {papermill.__version__}.", "",
        "| way | runs | seconds | runs in the time of one papermill command |", "|---|--:|--:|--:|", *rows, "",
        f"From one worker to two: {one['seconds'] / two['seconds'] / 2:.2f} of linear (goal: at least {TARGET_LINEAR}). Runs in the "
        f"time of one command: {two['runs in the time of one command']:.1f} (goal: at least {TARGET_SPECIFICATIONS})."])


def main() -> None:
    """Measure, print a table, and write it to docs/ with ``--docs``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=200, help="runs on the workers")
    parser.add_argument("--peers", type=int, help="runs of each of the other ways; as many unless given")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/speed.md")
    options = parser.parse_args()
    peers.install()
    text = table(measure(options.runs, options.peers or options.runs))
    print(text)
    if options.docs:
        generated_parts.put(peers.ROOT / "docs" / "speed.md", "many", text, "make -C tools bench-many ARGS=--docs")


if __name__ == "__main__":
    main()
