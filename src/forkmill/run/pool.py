"""Tasks side by side in threads, with an end that Ctrl-C reaches."""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
PATIENCE = 5.0  # seconds that threads get to notice that their kernels are gone


class Interrupted(KeyboardInterrupt):
    """The run was told to stop; ``signal`` is the number of the signal."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__(number)
        self.signal = int(number)


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    tasks: Iterable[T],
    work: Callable[[T], R],
    jobs: int,
    done: Callable[[R], Iterable[T]],
    stop: Callable[[], None],
    rank: Callable[[T], int],
    idle: Callable[[], None] = lambda: None,
) -> None:
    """Call ``work`` with every task, of those that wait with the one of the lowest ``rank`` first.

    ``done`` is called in this thread as each one ends; what it returns are further tasks, which wait from then on.
    ``work`` reports faults in its result and raises only what is a fault of this program, which ends the run. When the
    run is interrupted, ``stop`` is called: it has to make every running ``work`` return or raise soon. ``idle`` is called,
    more than once, while fewer run than there are ``jobs`` and cores.
    """
    handed: queue.SimpleQueue[T | None] = queue.SimpleQueue()
    ended: queue.SimpleQueue[tuple[R | None, BaseException | None]] = queue.SimpleQueue()
    stopping = threading.Event()

    def worker() -> None:
        while (task := handed.get()) is not None and not stopping.is_set():
            try:
                ended.put((work(task), None))
            except BaseException as error:  # handed to the main thread, which raises it
                ended.put((None, error))

    # Daemon threads: one that hangs must not keep an interrupted run alive.
    threads = [threading.Thread(target=worker, daemon=True) for _ in range(jobs)]
    try:
        for thread in threads:
            thread.start()
        waiting, running = list(tasks), 0
        while waiting or running:
            waiting.sort(key=rank)
            while waiting and running < jobs:
                handed.put(waiting.pop(0))
                running += 1
            if running < min(jobs, cores()):
                idle()
            try:
                result, error = ended.get(timeout=1)  # a wait without end cannot be interrupted on Windows
            except queue.Empty:
                continue
            if error is not None:
                raise error
            running -= 1
            waiting += done(result)  # type: ignore[arg-type]
    except BaseException:
        stopping.set()
        stop()
        until = time.monotonic() + PATIENCE
        _release(handed, threads)
        for thread in threads:
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))
        raise
    _release(handed, threads)


def _release(handed: queue.SimpleQueue[Any], threads: list[threading.Thread]) -> None:
    for _ in threads:
        handed.put(None)


class Signals:
    """While this is open, SIGINT, SIGTERM and SIGHUP raise :class:`Interrupted`, once; later ones are ignored.

    Outside the main thread, where Python allows no handlers, it does nothing.
    """

    NAMES = ("SIGINT", "SIGTERM", "SIGHUP")

    def __enter__(self) -> Signals:
        self.before: dict[int, object] = {}
        self.came: Interrupted | None = None
        if threading.current_thread() is threading.main_thread():
            for name in self.NAMES:
                number = getattr(signal, name, None)
                ignored = name == "SIGHUP" and number and signal.getsignal(number) is signal.SIG_IGN  # nohup
                if number and not ignored:
                    self.before[number] = signal.signal(number, self._raise)
        return self

    def _raise(self, number: int, frame: FrameType | None) -> None:
        for one in self.before:
            signal.signal(one, signal.SIG_IGN)  # stopping the kernels must not be interrupted itself
        self.came = Interrupted(number)
        raise self.came

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)  # type: ignore[arg-type]


class Ending:
    """How a command ends that a signal may end: ``status`` is set by it, or by the signal, 128 and its number.

    ``told``: what is to be said then, without a full stop.
    """

    def __init__(self, say: Callable[[str], None], told: Callable[[], str]) -> None:
        self.say, self.told, self.status = say, told, 0
        self.signals = Signals()

    def __enter__(self) -> Ending:
        self.signals.__enter__()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        # A library may have made another exception of it.
        stop = error if error is None or isinstance(error, KeyboardInterrupt) else self.signals.came
        if stop is not None:
            self.status = 128 + getattr(stop, "signal", 2)
            self.say(f"Interrupted: {self.told()} (exit {self.status}).")
        self.signals.__exit__()
        return stop is not None
