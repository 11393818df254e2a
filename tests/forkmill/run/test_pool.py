"""Tasks side by side: which of those that wait begins next."""

from __future__ import annotations

import threading

import pytest

from forkmill.run import pool


def ran(tasks: list[int], jobs: int, more: dict[int, list[int]]) -> list[int]:
    """Run tasks that are their own rank; ``more`` begin to wait when the task they are listed under has ended."""
    begun: list[int] = []

    def work(task: int) -> int:
        begun.append(task)
        return task

    pool.run(tasks, work, jobs, lambda task: more.get(task, []), lambda: None, lambda task: task)
    return begun


def test_of_those_that_wait_the_one_of_the_lowest_rank_begins_first():
    assert ran([3, 1, 2], 1, {}) == [1, 2, 3]


def test_one_that_came_later_overtakes_those_of_a_higher_rank():
    assert ran([1, 5, 6], 1, {1: [3], 3: [4, 7]}) == [1, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_as_many_run_at_once_as_there_are_jobs(jobs):
    running, most, lock = 0, 0, threading.Lock()
    together = threading.Barrier(jobs, timeout=60)  # broken, and so a fault of the work, if fewer run at once

    def work(task: int) -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait()
        with lock:
            running -= 1
        return task

    pool.run(range(3), work, jobs, lambda task: [task + 3] if task < 3 else [], lambda: None, lambda task: task)
    assert most == jobs


def test_a_fault_of_the_work_is_raised_here_after_everything_was_stopped():
    stopped: list[bool] = []
    with pytest.raises(ZeroDivisionError):
        pool.run([1, 0], lambda task: 1 / task, 2, lambda result: [], lambda: stopped.append(True), lambda task: task)
    assert stopped == [True]


@pytest.mark.parametrize(
    ("jobs", "cores", "ended"), [(1, 9, set()), (2, 9, {2}), (3, 9, {1, 2}), (4, 9, {0, 1, 2}), (4, 2, {2}), (4, 1, set())]
)
def test_what_waits_for_an_idle_core_is_called_while_fewer_run_than_jobs_and_cores_and_only_then(monkeypatch, jobs, cores, ended):
    monkeypatch.setattr(pool, "cores", lambda: cores)
    done: list[int] = []
    seen: set[int] = set()
    pool.run(
        [1, 2, 3], lambda task: task, jobs, lambda task: done.append(task) or [], lambda: None, lambda task: task,
        lambda: seen.add(len(done)),
    )
    assert seen == ended
