"""One run from the inputs to ``build/run.json``, whose presence is what makes a build complete."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import paths, report
from helpers.errors import InputError, InputErrors
from helpers.files import write_text
from helpers.run import collect, compare, inputs, notebooks, parameters, pending, pool, settled, unchanged
from helpers.run.execute import Failure, Papermill, Result
from helpers.run.folder import clear, files, write_figures
from helpers.run.inputs import Inputs
from helpers.run.kernels import Kernels, begin, environment, fresh_cache, tidy_sockets
from helpers.run.notebooks import Notebook
from helpers.run.parameters import Value
from helpers.run.plan import Task, longest_first, plan
from helpers.run.progress import REPORT, Progress, last_seconds, remember
from helpers.run.stages import Stages
from helpers.run.terminal import Terminal
from helpers.run.unchanged import CACHE, MARK, TIMINGS
from helpers.run.warm import client

if TYPE_CHECKING:
    from helpers.run.cluster import Cluster


def reproduce(
    root: Path,
    text: str = "",
    file: Path | None = None,
    jobs: int | None = None,
    terminal: Terminal | None = None,
    fresh: bool = False,
    timings: bool = False,
    scheduler: str | None = None,
) -> int:
    """Run every notebook whose result in ``build/`` no longer stands, and write ``build/``; the exit status.

    0: complete, and with default parameters equal to the record. 1: incomplete, or a verdict changed. 128 + signal:
    interrupted. ``text`` and ``file`` give parameters; ``jobs`` notebooks run at once, one a core by default. With
    ``fresh`` every notebook runs, whatever stands; ``timings`` says how long each stage took. ``scheduler``:
    address of a dask.distributed scheduler, on whose workers they run instead.

    Raises:
        InputErrors: every fault of the inputs, found before a kernel starts; what was built before is left as it was.
    """
    say, stages = terminal or Terminal(), Stages()
    build = paths.build(root)
    # It will be needed: it imports while inputs are checked.
    if scheduler is None:
        begin(root, fresh)
    with pool.Signals():
        try:
            with pending.alone(root, say, "another run (process {}) is going on in this checkout; waiting for it"):
                before = unchanged.Before(root, text, file)
                found, chosen = _checked(root, text, file)
                stages.done("check inputs")
                with _cluster(scheduler, root, say) as cluster:
                    status = _Run(root, found, chosen, jobs or pool.cores(), say, before, stages, cluster).go(fresh)
                say.listed("Seconds:", [f"{name:<22} {took:7.3f}" for name, took in stages.seconds.items()] * timings)
                return status
        except KeyboardInterrupt as stop:
            number = getattr(stop, "signal", 2)
            state = "holds a complete run" if (build / MARK).is_file() else "is incomplete"
            say.say(f"Interrupted: the kernels were stopped and build/ {state} (exit {128 + number}).")
            return 128 + number


def _cluster(scheduler: str | None, root: Path, say: Terminal) -> AbstractContextManager[Cluster | None]:
    if scheduler is None:
        return nullcontext()
    from helpers.run.cluster import Cluster

    return Cluster(scheduler, root, say)


def _checked(root: Path, text: str, file: Path | None) -> tuple[Inputs, dict[str, Value]]:
    errors: list[InputError] = []
    found, chosen = None, None
    try:
        found = inputs.check(root)
    except InputErrors as error:
        errors += error.errors
    try:
        chosen = parameters.values(parameters.load(paths.paper(root) / "parameters.yaml"), text, file)
    except InputErrors as error:
        errors += [one for one in error.errors if one not in errors]
    if found is None or chosen is None:
        raise InputErrors(errors)
    return found, chosen


class _Run:
    """The steps of one run, in the order of :meth:`go`."""

    def __init__(
        self,
        root: Path,
        found: Inputs,
        chosen: dict[str, Value],
        jobs: int,
        say: Terminal,
        before: unchanged.Before,
        stages: Stages,
        cluster: Cluster | None,
    ) -> None:
        self.root, self.build, self.cache = root, paths.build(root), paths.build(root) / CACHE
        self.found, self.chosen, self.jobs, self.say = found, chosen, jobs, say
        self.before, self.stages, self.cluster = before, stages, cluster
        self.default = not parameters.differing(found.declared, chosen)
        self.tasks = plan(found.notebooks, found.declared, chosen)
        self.hashes = inputs.hashes(root, found.notebooks)
        self.results: list[Result] = []
        self.verdicts: dict[str, Path] = {}  # for a notebook that asks for verdicts, the file that holds them
        self.began = time.perf_counter()

    def go(self, fresh: bool) -> int:
        clear(self.build, {f"{task.name}.ipynb" for task in self.tasks})
        self.settled = settled.Settled(self.root, self.found.notebooks)
        if fresh:
            self.settled.forget()
        fresh_cache(self.cache)
        self.progress = Progress(self.tasks, last_seconds(self.cache), self.jobs)
        with self.say.showing(self.progress.lines), report.Sphinx(self.root, self.build) as self.sphinx:
            collection, executed, failures, faults = self._built()
        tidy_sockets()
        complete = not failures and not faults
        summary = collect.summary(collection.records.values())
        self.say.verdicts(summary)
        if not complete:
            self.say.listed("The run is incomplete:", [*failures, *faults])
            self.say.say(f"Incomplete: {len(failures)} notebook(s) did not end, {len(faults)} other fault(s) (exit 1).")
            return 1
        with self.say.kept() as said:
            status = self._compared(collection, executed)
        if not self.settled.unseen:
            self.before.remember(self.settled.outside(), {"summary": summary, "said": said, "status": status})
        self.stages.done("compare and write")
        return status

    def _built(self) -> tuple[collect.Collection, list[Notebook], list[Failure], list[str]]:
        """Run what does not stand, collect, write; with the notebooks that ended, the failures and other faults."""
        try:
            self._notebooks()
        finally:  # also when it is interrupted: what was not looked at must not lie there as if it stood
            done = {result.name for result in self.results if result.failure is None}
            for task in self.tasks:
                if task.name not in done:
                    self.settled.forget(task.name)
        self.sphinx.begin()
        executed = self._executed()
        collection = collect.collect(executed, self.found.claims)
        failures = [result.failure for result in self.results if result.failure]
        # A claim that is missing because its notebook failed is said once, by that failure.
        faults = [fault for fault in collection.faults if not (failures and fault.startswith("no notebook judges"))]
        self.stages.done("collect verdicts")
        faults += self._write(collection, complete=not failures and not faults)
        return collection, executed, failures, faults

    def _notebooks(self) -> None:
        """Run every notebook that does not stand, each as soon as those have ended whose verdicts it asks for."""
        self.waiting = longest_first(self.tasks, self.progress.expected)
        self.rank = {task.name: place for place, task in enumerate(self.waiting)}
        ready = self._ready()
        if self.cluster is not None:
            while ready:
                self._elsewhere(self.cluster, ready)
                ready = self._ready()
        elif ready:
            self._execute(ready)
        order = [task.name for task in self.tasks]
        self.results.sort(key=lambda result: order.index(result.name))
        self.stages.done("notebooks")

    def _ready(self) -> list[Task]:
        """Those of the waiting notebooks that can run now; what cannot run, or need not, ends here."""
        ready: list[Task] = []
        while True:
            ended = {result.name: result for result in self.results}
            turn = [task for task in self.waiting if set(task.rests_on) <= set(ended)]
            if not turn:
                return ready
            self.waiting = [task for task in self.waiting if task not in turn]
            for task in turn:
                failed = [name for name in task.rests_on if ended[name].failure]
                if failed:
                    said = f"not run, because it speaks of the verdicts of {', '.join(failed)}, which failed"
                    self._ended(Result(task.name, 0.0, None, Failure(task.name, None, None, said)))
                elif self.settled.reasons(task):
                    self.settled.forget(task.name)
                    if task.rests_on:
                        self.verdicts[task.name] = self._verdicts(task)
                    ready.append(task)
                else:
                    self._ended(Result(task.name, 0.0, None, kept=True))

    def _execute(self, ready: list[Task]) -> None:
        env = environment(self.root, self.cache)
        client.begin(env)
        kernels = Kernels(env, paths.notebooks(self.root), self.cache, self.verdicts)

        def done(result: Result) -> list[Task]:
            self._ended(result)
            return self._ready()

        execute = self._kept(Papermill(kernels, cell=self.progress.cell))
        pool.run(ready, execute, self.jobs, done, kernels.stop, lambda task: self.rank[task.name], self.sphinx.begin)

    def _kept(self, execute: Callable[[Task], Result]) -> Callable[[Task], Result]:
        """``execute``, and the notebook in its place: a failed one apart, where it cannot pass for a result."""

        def work(task: Task) -> Result:
            self.progress.begin(task.name)
            result = execute(task)
            text = self._keep(result)
            if text is not None and result.failure is None:
                self.settled.settle(task, result.began, self._ran(result), text, self.hashes)
            return result

        return work

    def _ended(self, result: Result) -> None:
        self.results.append(result)
        self.progress.end(result.name)
        self.say.notebook(result, max(len(task.name) for task in self.tasks))
        if not result.kept and result.failure is None:
            remember(self.cache, {result.name: result.seconds})

    def _keep(self, result: Result) -> str | None:
        if result.content is None:
            return None
        text = notebooks.dump(result.content)
        write_text(self.build / ("failed" if result.failure else "notebooks") / f"{result.name}.ipynb", text)
        return text

    def _elsewhere(self, cluster: Cluster, tasks: list[Task]) -> None:
        """Execute on the workers of a cluster. What was read there is not known here, so nothing of it is settled."""

        def done(result: Result) -> None:
            self._keep(result)
            self._ended(result)

        given = {name: path.read_text(encoding="utf-8") for name, path in self.verdicts.items()}
        cluster.notebooks(tasks, given, done)

    def _verdicts(self, task: Task) -> Path:
        path = self.cache / "verdicts" / f"{task.name}.json"
        given = [one for name in task.rests_on for one in self.settled.records(name)]
        write_text(path, json.dumps(given, ensure_ascii=False, indent=1) + "\n")
        return path

    def _ran(self, result: Result) -> Notebook:
        """The built notebook of a result, which is read again only where nothing was run."""
        path = self.build / "notebooks" / f"{result.name}.ipynb"
        return notebooks.read(path) if result.content is None else notebooks.of(result.content, path)

    def _executed(self) -> list[Notebook]:
        done = {result.name: result for result in self.results if result.failure is None}
        return [self._ran(done[one.name]) for one in self.found.notebooks if one.name in done]

    def _write(self, collection: collect.Collection, complete: bool) -> list[str]:
        """Everything that a run leaves; why there is no report, if there is none."""
        write_figures(self.build, collection.figures)
        write_text(self.build / "verdicts.json", collect.as_json(collection.records, self.chosen, complete))
        write_text(self.build / "verdicts.csv", collect.as_csv(collection.records))
        self.stages.done("write verdicts")
        self.progress.begin(REPORT, "writing the pages")
        faults = report.build(self.root, self.build, self.sphinx)
        self.progress.end(REPORT)
        self.stages.done("report")
        if self.stages.seconds["report"] > 1:  # else it stood
            remember(self.cache, {REPORT: self.stages.seconds["report"]})
        write_text(self.build / TIMINGS, json.dumps(self._timings(), indent=1) + "\n")
        if complete and not faults:  # last of all
            run = {
                "parameters": self.chosen,
                "default": self.default,
                "inputs": self.hashes,
                "files": files(self.build),
            }
            write_text(self.build / MARK, json.dumps(run, indent=1, ensure_ascii=False) + "\n")
        return faults

    def _timings(self) -> dict[str, Any]:
        return {
            "seconds": round(time.perf_counter() - self.began, 3),
            "jobs": self.jobs,
            "cores": os.cpu_count(),
            "machine": platform.platform(),
            "python": platform.python_version(),
            "stages": self.stages.seconds,
            "notebooks": {result.name: round(result.seconds, 3) for result in self.results},
        }

    def _compared(self, collection: collect.Collection, executed: list[Notebook]) -> int:
        number = len(collection.records)
        if not self.default:
            other = parameters.as_text(parameters.differing(self.found.declared, self.chosen))
            self.say.say(
                f"Complete: {number} claims judged under {other}; nothing was compared with the record (exit 0)."
            )
            return 0
        changed = compare.changes(collection.records, self.found.notebooks)
        self.say.listed("Not as in the committed notebooks:", changed)
        if not changed:
            self.say.listed(
                "Other outputs than in the committed notebooks (make accept stores them):",
                compare.other_outputs(executed, self.found.notebooks),
            )
            self.say.say(f"Complete: {number} claims judged, every verdict equals the record (exit 0).")
            return 0
        self.say.say(
            f"Complete, but {len(changed)} of {number} verdicts differ from the record;"
            " make accept would make them the record (exit 1)."
        )
        return 1
