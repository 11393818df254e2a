"""Notebooks and other work on the workers of a dask.distributed scheduler that somebody has started.

Where a task runs, that a dead worker's tasks run again, that a worker may join late: all that is the scheduler's.
Ours is that no result comes from a worker that differs, and that what comes back is whole.
"""

from __future__ import annotations

import functools
import json
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from forkmill.cluster import worker
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks.task import Failure, Result, Task
from forkmill.project import Project
from forkmill.state import snapshot
from forkmill.terminal import Terminal

CONNECT = 15  # seconds for the scheduler to answer
PATIENCE = 60  # seconds without any worker
MEND = "give the worker the same files and packages, or stop it"


class Cluster:
    """A connection to a scheduler; as a context manager it is closed at the end.

    Raises:
        InputError, InputErrors: there is no scheduler, no worker comes, or a worker present differs from this folder.
    """

    def __init__(self, address: str, project: Project, say: Terminal, patience: float = PATIENCE) -> None:
        self.say, self.patience = say, patience
        self.locate = project.locate or functools.partial(Project, *project)
        self.expected = worker.fingerprint(project)
        self.digest = worker.digest(self.expected)
        self.refused: dict[str, InputError] = {}
        self.client = _connect(address)
        try:
            self._wait_for_workers(address)
            accepted = self._accepted()
            if self.refused:
                raise InputErrors(list(self.refused.values()))
        except BaseException:
            self.client.close()
            raise
        say.note(f"{len(accepted)} worker(s) at {address}, dashboard {self.client.dashboard_link or 'none'}")

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def notebooks(
        self, tasks: Sequence[Task], given: Mapping[str, str], done: Callable[[Result], None]
    ) -> list[Result]:
        """Results of the tasks, in their order; ``given``: for a notebook that asks for others' results, their text."""
        orders = [{"name": task.name, "parameters": task.parameters, "given": given.get(task.name)}
                  for task in tasks]
        results: dict[int, Result] = {}

        def take(place: int, reply: dict[str, Any]) -> None:
            failure = reply["failure"] and Failure(**reply["failure"])
            results[place] = Result(reply["name"], reply["seconds"], reply["content"], failure)
            done(results[place])

        self.run(worker.notebook, orders, take)
        return [results[place] for place in range(len(tasks))]

    def run(self, work: worker.Work, orders: list[worker.Order], take: Callable[[int, Any], None]) -> None:
        """Do ``work``, a function that workers can import, on every order; ``take`` is called with its place and its reply.

        An order has a ``name``.
        """
        from distributed import wait

        waiting = {self._submit(work, order): place for place, order in enumerate(orders)}
        seen = time.monotonic()
        try:
            while waiting:
                try:
                    with self.client.as_current():
                        ended = wait(list(waiting), timeout=2, return_when="FIRST_COMPLETED").done
                except TimeoutError:
                    seen = self._still_there(seen)
                    continue
                seen = time.monotonic()
                for future in ended:
                    place = waiting.pop(future)
                    reply = _result(future, orders[place])
                    if "differs" in reply:
                        waiting[self._again(work, orders[place])] = place
                    else:
                        take(place, _whole(reply, orders[place]))
        finally:
            self.client.cancel(list(waiting), force=True)

    def _submit(self, work: worker.Work, order: worker.Order, **where: Any) -> Any:
        key = f"{order['name']}-{uuid.uuid4().hex}"
        return self.client.submit(worker.perform, self.locate, work, order, self.digest, key=key, pure=False, **where)

    def _again(self, work: worker.Work, order: worker.Order) -> Any:
        """Submit an order that a differing worker handed back, now to those alone that are known not to differ."""
        known = set(self.refused)
        accepted = self._accepted()
        for address in set(self.refused) - known:
            self.say.say(str(self.refused[address]))
        if not accepted:
            raise InputErrors(list(self.refused.values()))
        return self._submit(work, order, workers=accepted, allow_other_workers=False)

    def _accepted(self) -> list[str]:
        """Addresses of the workers that are as this folder; the others are remembered as refused."""
        fingerprints = self.client.run(worker.found_by, self.locate, on_error="return")
        for address, got in fingerprints.items():
            differs = [str(got)] if isinstance(got, BaseException) else worker.differences(self.expected, got)
            if differs:
                shown = "; ".join(differs[:5]) + (f"; and {len(differs) - 5} more" if len(differs) > 5 else "")
                self.refused[address] = InputError("the worker is refused, because its files or packages are not as here",
                                                   f"worker {address}", "the same code, data and versions", shown, MEND)
            else:
                self.refused.pop(address, None)
        return [address for address in fingerprints if address not in self.refused]

    def _wait_for_workers(self, address: str) -> None:
        try:
            self.client.wait_for_workers(1, timeout=self.patience)
        except TimeoutError:
            raise _nobody(address, self.patience) from None

    def _still_there(self, seen: float) -> float:
        """The time when a worker was last seen, unless that is too long ago."""
        if self.client.nthreads():
            return time.monotonic()
        if time.monotonic() - seen > self.patience:
            raise _nobody(self.client.scheduler.address, self.patience)
        return seen


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise InputError("the package distributed is not installed", "scheduler", "the extra cluster", "none",
                         "install it here and on every worker") from None
    try:
        return Client(address, timeout=CONNECT, name="forkmill", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError("no scheduler answers", f"scheduler {address}", "an address such as tcp://host:8786",
                         str(error), "start one: dask scheduler") from None


def _nobody(address: str, seconds: float) -> InputError:
    return InputError("no worker is connected", f"scheduler {address}", "one or more", f"none for {seconds:g} seconds",
                      "start one on each machine, in its copy of the folder: dask worker ADDRESS")


def _result(future: Any, order: worker.Order) -> worker.Reply:
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker as error:
        raise InputError("every worker that was given the task died", order["name"], "a result", str(error),
                         "look into the workers' logs; they may have too little memory") from None


def _whole(reply: worker.Reply, order: worker.Order) -> Any:
    if snapshot.digest(reply["content"]) != reply["sha256"]:
        raise InputError("a result did not come back whole", order["name"],
                         f"SHA-256 {reply['sha256']}", "another", "run again")
    return json.loads(reply["content"])
