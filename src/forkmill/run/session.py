"""One run of a project's notebooks, from the look at what stands to ``build/run.json``, which makes a build complete."""

from __future__ import annotations

import compileall
import contextlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from forkmill import __version__
from forkmill.kernels import client, environment
from forkmill.kernels.cache import fresh_cache, tidy_sockets
from forkmill.kernels.execute import Papermill
from forkmill.kernels.manager import Kernels
from forkmill.notebooks import ipynb
from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.parameter_declaration import Parameter
from forkmill.notebooks.parameter_values import Value, differing
from forkmill.notebooks.task import Failure, Result, Task
from forkmill.project import FAILED, MARK, NOTEBOOKS, TIMINGS, Project
from forkmill.run import folder, journal, pool
from forkmill.run.plan import RestsOn, longest_first, plan
from forkmill.run.progress import Progress, Stages, last_seconds, remember
from forkmill.state import quick_answer
from forkmill.state.inputs import hashes
from forkmill.state.standing import Standing, confining, nothing
from forkmill.terminal import Line, Terminal
from forkmill.writing import write_text

if TYPE_CHECKING:
    from forkmill.cluster.scheduler import Cluster


class Ran(NamedTuple):
    """What :meth:`Session.run` leaves: the notebooks that ended or still stand, and why the others did not end."""

    notebooks: list[Notebook]
    failures: list[Failure]


class Session:
    """Holds a project for one run: nobody else works in it while the session is open.

    Args:
        text, file: the parameters as they were given, by which the quick answer knows the same question again.
        jobs: notebooks at once; one a core by default.
        fresh: run every notebook, whatever stands.
        scheduler: address of a dask.distributed scheduler, on whose workers they run instead.
        aside: folders of the build that the caller writes anew with :func:`forkmill.run.folder.put_back`.
        after: names of the steps (:meth:`step`) that the caller takes once the notebooks have ended.
    """

    def __init__(self, project: Project, say: Terminal, *, text: str = "", file: Path | None = None, jobs: int | None = None,
                 fresh: bool = False, scheduler: str | None = None, aside: Sequence[str] = (), after: Sequence[str] = ()) -> None:
        self.project, self.say, self.text, self.file = project, say, text, file
        self.jobs, self.fresh, self.scheduler, self.aside, self.after = jobs or pool.cores(), fresh, scheduler, aside, after
        self.stages = Stages()
        self.hashes: dict[str, str] = {}
        self.results: list[Result] = []
        self._given: dict[str, Path] = {}  # for a notebook that asks for others' results, the file that holds them
        self._open, self._showing = contextlib.ExitStack(), contextlib.ExitStack()

    def __enter__(self) -> Session:
        if self.scheduler is None:
            environment.begin(self.project, self.fresh)  # it will be needed: it imports while inputs are checked
        with contextlib.ExitStack() as opening:
            opening.enter_context(journal.alone(
                self.project, self.say, "another run (process {}) is going on in this folder; waiting for it"))
            self.before = quick_answer.Before(self.project, self.text, self.file)
            self.began = time.perf_counter()
            self._open = opening.pop_all()
        return self

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)

    def run(self, read: list[Notebook], declared: dict[str, Parameter], chosen: dict[str, Value], rests_on: RestsOn | None = None,
            gives: Callable[[Notebook], Any] = nothing, spare: Callable[[], None] = lambda: None, readers: Collection[str] = ()) -> Ran:
        """Run every notebook whose result in ``build/`` no longer stands, each as soon as those have ended that it rests on.

        ``gives``: what the others are given of a notebook, as plain JSON. ``spare`` is called, more than once, while a
        core has no notebook to run. ``readers``: notebooks that can read the files of all notebooks.
        """
        self.read, self.declared, self.chosen = read, declared, chosen
        self.tasks = plan(read, declared, chosen, rests_on or {})
        self.hashes = hashes(self.project, read)
        folder.clear(self.project, {f"{task.name}.ipynb" for task in self.tasks}, self.aside)
        self.standing = Standing(self.project, read, gives, readers)
        if self.fresh:
            self.standing.forget()
        fresh_cache(self.project.cache)
        self.progress = Progress(self.tasks, last_seconds(self.project.cache), self.jobs, after=self.after)
        self._open.enter_context(self._showing)
        self._showing.enter_context(self.say.showing(self.progress.lines))
        try:
            self._notebooks(spare)
        finally:  # also when it is interrupted: what was not looked at must not lie there as if it stood
            done = {result.name for result in self.results if result.failure is None}
            for task in self.tasks:
                if task.name not in done:
                    self.standing.forget(task.name)
        ended = {result.name: result for result in self.results if result.failure is None}
        return Ran([self._ran(ended[one.name]) for one in read if one.name in ended],
                   [result.failure for result in self.results if result.failure])

    def _notebooks(self, spare: Callable[[], None]) -> None:
        self._sorter = TopologicalSorter({task.name: task.rests_on for task in self.tasks})
        self._sorter.prepare()
        begin = [task.name for task in longest_first(self.tasks, self.progress.expected)]
        ready = self._ready()
        if self.scheduler is not None:
            from forkmill.cluster.scheduler import Cluster

            with Cluster(self.scheduler, self.project, self.say) as cluster:
                while ready:
                    self._elsewhere(cluster, ready)
                    ready = self._ready()
        elif ready:
            self._here(ready, begin, spare)
        order = [task.name for task in self.tasks]
        self.results.sort(key=lambda result: order.index(result.name))
        self.stages.done("notebooks")

    def _ready(self) -> list[Task]:
        """Those of the waiting notebooks that can run now; what cannot run, or need not, ends here."""
        ready: list[Task] = []
        tasks = {task.name: task for task in self.tasks}
        while names := self._sorter.get_ready():
            ended = {result.name: result for result in self.results}
            for task in (tasks[name] for name in names):
                failed = [name for name in task.rests_on if ended[name].failure]
                if failed:
                    said = f"not run, because it is given the results of {', '.join(failed)}, which failed"
                    self._ended(Result(task.name, 0.0, None, Failure(task.name, None, None, said)))
                elif self.standing.reasons(task):
                    self.standing.forget(task.name)
                    if task.rests_on:
                        self._given[task.name] = self._gather(task)
                    ready.append(task)
                else:
                    self._ended(Result(task.name, 0.0, None, kept=True))
        return ready

    def _gather(self, task: Task) -> Path:
        path = self.project.cache / "given" / f"{task.name}.json"
        given = {name: self.standing.given(name) for name in task.rests_on}
        write_text(path, json.dumps(given, ensure_ascii=False, indent=1) + "\n")
        return path

    def _here(self, ready: list[Task], begin: list[str], spare: Callable[[], None]) -> None:
        env = environment.environment(self.project)
        client.begin(env)
        if confining() and not sys.dont_write_bytecode:  # kernels cannot write beside the code that they import
            for package in self.project.packages:
                compileall.compile_dir(package, quiet=2)
        tasks = {task.name: task for task in self.tasks}

        def opens(name: str) -> dict[str, list[str]]:
            inputs = self.standing.opens(tasks[name])
            return environment.opens(inputs.paths, inputs.listed)

        kernels = Kernels(env, self.project.notebooks, self.project.cache, self._given, opens if confining() else None)
        papermill = Papermill(kernels, cell=self.progress.cell)

        def work(task: Task) -> Result:
            self.progress.begin(task.name)
            result = papermill(task)
            text = self._keep(result)
            if text is not None and result.failure is None:
                self.standing.settle(task, self._ran(result), text)
            return result

        def done(result: Result) -> list[Task]:
            self._ended(result)
            return self._ready()

        pool.run(ready, work, self.jobs, done, kernels.stop, lambda task: begin.index(task.name), spare)

    def _elsewhere(self, cluster: Cluster, tasks: list[Task]) -> None:
        """Execute on the workers of a cluster. What was read there is not known here, so nothing of it stands later."""

        def done(result: Result) -> None:
            self._keep(result)
            self._ended(result)

        given = {name: path.read_text(encoding="utf-8") for name, path in self._given.items()}
        cluster.notebooks(tasks, given, done)

    def _keep(self, result: Result) -> str | None:
        """Write the notebook in its place: a failed one apart, where it cannot pass for a result."""
        if result.content is None:
            return None
        text = ipynb.dump(result.content)
        write_text(self.project.build / (FAILED if result.failure else NOTEBOOKS) / f"{result.name}.ipynb", text)
        return text

    def _ended(self, result: Result) -> None:
        self.results.append(result)
        self._sorter.done(result.name)
        self.progress.end(result.name)
        self.say.notebook(result, max(len(task.name) for task in self.tasks))
        if not result.kept and result.failure is None:
            remember(self.project.cache, {result.name: result.seconds})

    def _ran(self, result: Result) -> Notebook:
        """The built notebook of a result, which is read again only where nothing was run."""
        path = self.project.build / NOTEBOOKS / f"{result.name}.ipynb"
        return ipynb.read(path) if result.content is None else ipynb.of(result.content, path)

    @contextlib.contextmanager
    def step(self, name: str, what: str) -> Iterator[None]:
        """Something that the caller does after the notebooks, shown and timed like one of them."""
        self.progress.begin(name, what)
        yield
        self.progress.end(name)
        self.stages.done(name)
        if self.stages.seconds[name] > 1:  # else it stood
            remember(self.project.cache, {name: self.stages.seconds[name]})

    @property
    def default(self) -> bool:
        """Whether every parameter has its default."""
        return not differing(self.declared, self.chosen)

    def mark(self, complete: bool) -> None:
        """Write the timings, and last of all the mark of a complete run; the caller has written all else."""
        timings = {
            "seconds": round(time.perf_counter() - self.began, 3), "jobs": self.jobs, "cores": os.cpu_count(),
            "machine": platform.platform(), "python": platform.python_version(), "stages": self.stages.seconds,
            "notebooks": {result.name: round(result.seconds, 3) for result in self.results},
        }
        write_text(self.project.build / TIMINGS, json.dumps(timings, indent=1) + "\n")
        if complete:
            run = {"versions": {"forkmill": __version__, **self.project.versions}, "parameters": self.chosen, "default": self.default,
                   "inputs": self.hashes, "files": folder.files(self.project)}
            write_text(self.project.build / MARK, json.dumps(run, indent=1, ensure_ascii=False) + "\n")
        self._showing.close()
        tidy_sockets()

    def incomplete(self, lines: list[Any]) -> int:
        """Say why the run is incomplete; its exit status."""
        failures = sum(isinstance(line, Failure) for line in lines)
        self.say.listed("The run is incomplete:", lines)
        self.say.say(f"Incomplete: {failures} notebook(s) did not end, {len(lines) - failures} other fault(s) (exit 1).")
        return 1

    def remember(self, said: list[Line], status: int) -> None:
        """Keep what was said of a complete run, for the quick answer, unless a notebook has to run every time."""
        if not self.standing.unseen:
            self.before.remember(said, status)
        self.stages.done("compare and write")
