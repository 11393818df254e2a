"""``make sweep``: every combination of the parameters into ``build/sweep``, going on where an earlier one stopped."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import math
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import pandas as pd

from asprinted import paths
from asprinted.audit import input_checks
from asprinted.charts.figure_files import files
from asprinted.paper import register
from asprinted.robustness import curve, sweep
from asprinted.robustness.replay import judging
from asprinted.robustness.sweep import Answer, Order
from asprinted.verdicts.record import judged
from asprinted.verdicts.words import agreeing, many
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks import parameter_values
from forkmill.notebooks.parameter_declaration import Parameter
from forkmill.project import Project
from forkmill.run import journal, pool
from forkmill.state.inputs import hashes
from forkmill.state.snapshot import digest
from forkmill.terminal import Terminal
from forkmill.writing import write_bytes, write_text

if TYPE_CHECKING:
    from forkmill.cluster.scheduler import Cluster

FOLDER = "sweep"
STORE = "answers.jsonl"
PARCEL = 4  # evaluations that a process is given at once
EVALUATIONS = 5  # in one task of a cluster, so that files are read once for several
Carry = Callable[[Sequence[Order], Callable[[Answer], None]], None]


def run(root: Path, jobs: int | None = None, terminal: Terminal | None = None, carry: Carry | None = None) -> int:
    """Evaluate what is not yet in ``build/sweep``, then write its tables and its figure; the exit status.

    ``carry(orders, done)`` carries orders out and calls ``done`` with each answer; by default on this machine.

    Raises:
        InputErrors: every fault of the inputs.
    """
    say, project = terminal or Terminal(), paths.project(root)
    told = "what is evaluated is kept; the next sweep goes on from there"
    with pool.Ending(say.say, lambda: told) as ending, journal.alone(project, say):
        found = input_checks.check(root)
        if not judging(root):
            raise InputErrors([InputError("no claim is judged yet", "notebooks", "paper.check(...) in one of them", "none",
                                          "judge one first")])
        stamp = digest(json.dumps(hashes(project, found.notebooks)).encode("utf-8"))
        with _Store(project.build / FOLDER / STORE, stamp) as store:
            table = _table(root, found.declared, store, carry or local(root, jobs or pool.cores()), say)
        _write(project.build / FOLDER, table, found.declared)
        say.say(_summary(table, found.declared))
    return ending.status


def local(root: Path, jobs: int) -> Carry:
    """Orders carried out in ``jobs`` processes of this machine, or in this one where there is one job or one order."""

    def carry(orders: Sequence[Order], done: Callable[[Answer], None]) -> None:
        if jobs == 1 or len(orders) < PARCEL * jobs:
            for order in orders:
                done(sweep.answer(order, root))
            return
        parcels = [orders[start : start + PARCEL] for start in range(0, len(orders), PARCEL)]
        context = multiprocessing.get_context("spawn")
        ignore = (signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; one is enough
        with ProcessPoolExecutor(jobs, context, signal.signal, ignore) as executor:
            try:
                for future in as_completed([executor.submit(sweep.answers, parcel, root) for parcel in parcels]):
                    for given in future.result():
                        done(given)
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise

    return carry


def elsewhere(cluster: Cluster, say: Terminal) -> Carry:
    """Orders carried out on the workers of a cluster."""

    def carry(orders: Sequence[Order], done: Callable[[Answer], None]) -> None:
        parcels, left = math.ceil(len(orders) / EVALUATIONS), len(orders)

        def take(place: int, reply: list[dict[str, Any]]) -> None:
            nonlocal left
            for one in reply:
                done(sweep.read_answer(one))
            left -= len(reply)
            say.note(f"  {len(orders) - left} of {len(orders)}")

        cluster.run(evaluations, [{"name": f"evaluations {n + 1} of {parcels}", "orders": [one.as_dict() for one in orders[n::parcels]]}
                                  for n in range(parcels)], take)

    return carry


def evaluations(project: Project, order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a worker of a cluster does: carry out several ``orders`` of a sweep."""
    return [dataclasses.asdict(one) for one in sweep.answers([sweep.read_order(one) for one in order["orders"]], project.root)]


class _Store:
    """Answers on disk, one a line, as they come; those to other inputs are left out and lost at the next start."""

    def __init__(self, path: Path, stamp: str) -> None:
        self.path, self.stamp = path, stamp
        self.known: dict[str, Answer] = {}
        self.file: TextIO | None = None

    def __enter__(self) -> _Store:
        kept = []
        for line in self.path.read_text(encoding="utf-8").splitlines() if self.path.is_file() else []:
            with contextlib.suppress(ValueError, KeyError, TypeError):  # the last line of a killed sweep may be half
                entry = json.loads(line)
                if entry["inputs"] == self.stamp:
                    given = sweep.read_answer(entry["answer"])
                    self.known[given.order.key] = given
                    kept.append(line)
        write_text(self.path, "".join(line + "\n" for line in kept))
        self.file = open(self.path, "a", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        assert self.file is not None
        self.file.close()

    def add(self, given: Answer) -> None:
        """Keep an answer for a later sweep."""
        assert self.file is not None
        entry = {"inputs": self.stamp, "answer": dataclasses.asdict(given)}
        self.file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self.file.flush()
        self.known[given.order.key] = given


def _table(root: Path, declared: dict[str, Parameter], store: _Store, carry: Carry, say: Terminal) -> pd.DataFrame:
    def ask(orders: Sequence[Order]) -> Iterable[Answer]:
        missing = [order for order in orders if order.key not in store.known]
        say.note(f"{many(len(orders), 'evaluation')}, {len(orders) - len(missing)} of them known already")
        carry(missing, store.add)
        return [store.known[order.key] for order in orders]

    tables = sweep.sweep(declared, judging(root), ask)
    return sweep.tidy(tables, declared, list(register.load(root).claims))


def _write(folder: Path, table: pd.DataFrame, declared: dict[str, Parameter]) -> None:
    each = sweep.specifications(table, sweep.listed_values(declared))
    for name, frame in (("sweep", table), ("claims", sweep.shares(table, list(declared)).reset_index()),
                        ("specifications", each)):
        write_text(folder / f"{name}.csv", frame.to_csv(index=False, lineterminator="\n"))
    figure = curve.of_sweep(table, sweep.listed_values(declared))
    for name, content in files(figure._repr_mimebundle_()).items():
        write_bytes(folder / name, content)


def _summary(table: pd.DataFrame, declared: dict[str, Parameter]) -> str:
    found = sweep.shares(table, list(declared))
    always = int((found["holds"] == found["specifications"]).sum())
    each = sweep.specifications(table, sweep.listed_values(declared))
    return (f"Complete: {many(len(found), 'claim')} under {many(len(each), 'specification')}, {many(len(table), 'row')} in"
            f" build/{FOLDER}/sweep.csv; {many(always, 'claim')} {agreeing(always, 'keeps its', 'keep their')} verdict "
            "under all of them (exit 0).")


def _differ(count: int) -> str:
    return f"{many(count, 'verdict')} {agreeing(count, 'differs', 'differ')}"


def sample(root: Path, number: int, seed: int, terminal: Terminal, more: Sequence[str] = ()) -> int:
    """Run a seeded sample of the specifications as a user would, and compare every verdict; 1 where one differs.

    ``more``: further options for ``reproduce``. The runs go on in a copy of notebooks and data, so build/ stays.

    Raises:
        InputError: there is no finished sweep.
    """
    folder = paths.build(root) / FOLDER
    if not (folder / "specifications.csv").is_file():
        raise InputError("there is no sweep to compare with", f"build/{FOLDER}", "specifications.csv", "none",
                         "run make sweep")
    declared = sweep.declared(root)
    table = pd.read_csv(folder / "sweep.csv", dtype=str, keep_default_na=False)
    each = pd.read_csv(folder / "specifications.csv", dtype=str, keep_default_na=False)[list(declared)]
    chosen = random.Random(seed).sample(each.to_dict("records"), min(number, len(each)))
    different = []
    with _copied(root) as copy:
        for place, values in enumerate(chosen, 1):
            text = parameter_values.as_text(values)
            wrong = differences(_as_a_user(copy, text, more), table, values)
            terminal.note(f"{place} of {len(chosen)}: {text}: {_differ(len(wrong))}")
            different += [f"{text}: {one}" for one in wrong]
    terminal.listed("Not as in the sweep:", different)
    status = int(bool(different))
    terminal.say(f"{many(len(chosen), 'specification')} (seed {seed}) run through papermill, {_differ(len(different))}"
                 f" from the sweep (exit {status}).")
    return status


@contextlib.contextmanager
def _copied(root: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="audit-sample-") as folder:
        for name in ("notebooks", "data", "requirements", "src/helpers"):
            if (root / name).is_dir():
                shutil.copytree(root / name, Path(folder, name))
        yield Path(folder)


def _as_a_user(root: Path, text: str, more: Sequence[str]) -> dict[str, str]:
    """Verdicts by claim of ``python -m asprinted reproduce --params TEXT``."""
    command = [sys.executable, "-m", "asprinted", "reproduce", "--quiet", "--params", text, *more]
    done = subprocess.run(command, cwd=root, env=os.environ | {"AUDIT_ROOT": str(root)}, capture_output=True, text=True,
                          encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        said = (done.stdout + done.stderr).strip()
        raise InputError("the run did not end", text, "exit 0", f"exit {done.returncode}", said)
    written = json.loads((paths.build(root) / "verdicts.json").read_text(encoding="utf-8"))
    return {record["id"]: record["verdict"] for record in written["claims"] if judged(record)}


def differences(verdicts: dict[str, str], table: pd.DataFrame, values: dict[str, str]) -> list[str]:
    """Where the verdicts of a run are not those of the sweep (all columns as text) under the same values."""
    rows = table
    for name, value in values.items():
        rows = rows[rows[name].isin(["", value])]
    swept = dict(zip(rows["claim"], rows["verdict"], strict=True))
    return [f"{claim}: {verdicts.get(claim, 'no verdict')} in the run, {swept.get(claim, 'no verdict')} in the sweep"
            for claim in {**swept, **verdicts} if swept.get(claim) != verdicts.get(claim)]
