"""What a user's commands notice of a defect: first as planted, then with hashes and record made anew.

The order is that of cost: the first thing that notices is named. ``make reproduce`` and ``make validate`` are taken
apart into what they do: checks of data, claims, parameters and notebooks, the run, the comparison with the record.
"""

from __future__ import annotations

import contextlib
import functools
import io
import operator
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mutants import execute, sandbox
from mutants.defect import Files

NOTHING = ""
# Nothing that only explains a failure, or that no unit test needs: it would cost more than the tests.
OPTIONS = ("-x", "-q", "--no-header", "-o", "addopts=-m 'not slow' --import-mode=importlib", "--assert=plain",
           "-W", "ignore::pytest.PytestAssertRewriteWarning",
           *(f"-pno:{name}" for name in ("cacheprovider", "xdist", "nbval", "anyio", "unraisableexception", "threadexception")))


def observe(root: Path, copy: Path, changed: Files, tests: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What notices the changed files: ``planted`` and ``accepted`` name it, empty where nothing does.

    ``tests``: groups of test files; the first is that which most probably notices it.

    ``shown`` says whether any verdict or compared output differs from the record, ``left`` whether anything of the
    defect is left once the record was made anew. To be called in a process of its own (:func:`sandbox.each`).
    """
    sandbox.fill(root, copy, changed)
    sandbox.enter(copy)
    own = _tests(copy, tests[0]) if any(name.startswith("src/") for name in changed) else NOTHING
    if own:  # of a changed module: what was recorded is no matter
        return _found(own, own)
    planted = _sound(copy, record=True)
    _rehash(copy)
    accepted = _sound(copy, record=False)
    if accepted:
        return _found(planted or accepted, accepted)
    costly = {name for name in execute.costly(root) if f"notebooks/{name}.ipynb" not in changed}
    executed, found = _run(copy, costly)
    if found:
        return _found(planted or found, found)
    differing = _compared(copy, executed)
    tested = planted or differing or _tested(copy, tests)
    if costly and not tested:
        executed, found = _run(copy, set())
        tested = differing = found or _compared(copy, executed)
    _accept(copy, executed)
    left = _left(root, copy)
    same_files = not planted and not differing  # then nothing was accepted that the tests have not seen
    after = (tested if same_files else _tested(copy, tests)) if left else NOTHING
    formula = any(name.startswith("notebooks/") for name in changed)
    same = not differing and not after and left and formula and all(map(operator.eq, _records(copy), undamaged(root)))
    return _found(tested, after, bool(differing), left, same)


def _run(copy: Path, without: set[str]) -> tuple[dict[str, Any], str]:
    """The notebooks with new outputs, and what a run would end with if it failed."""
    try:
        executed, failed = execute.run(copy, without)
        failed = failed or _incomplete(copy, executed)
    except Exception as error:
        executed, failed = {}, [f"{type(error).__name__}: {error}"[:300]]
    return executed, f"the run fails: {failed[0]}" if failed else NOTHING


def _found(planted: str, accepted: str, shown: bool | None = None, left: bool = True, same: bool = False) -> dict[str, Any]:
    return {"planted": planted, "accepted": accepted, "shown": shown, "left": left, "same": same}


@functools.cache
def undamaged(root: Path) -> list[dict[str, Any]]:
    """The records of the checkout; to be called once before the forks, whose package is that of their copy."""
    return list(_records(root))


def _records(root: Path) -> Iterator[dict[str, Any]]:
    """The records that the notebooks give under every value of every parameter, one parameter at a time."""
    from asprinted import paths
    from asprinted.robustness import replay, sweep
    from forkmill.notebooks.parameter_declaration import load

    for name, parameter in load(root / paths.MARK).items():
        for value in sweep.choices(parameter):
            yield replay.all_records(root, {name: value})


def _sound(copy: Path, record: bool) -> str:
    """What the checks before a run say; with ``record`` also those of hashes and of what is stored."""
    from asprinted.audit import input_checks
    from asprinted.official import dictionary
    from forkmill.errors import InputErrors

    try:
        input_checks.check(copy, record=record)
        stale = dictionary.check(copy)
        return f"{stale[0].where}: {stale[0].what}" if stale else NOTHING
    except InputErrors as error:
        return f"{error.errors[0].where}: {error.errors[0].what}"
    except Exception as error:  # a crash stops a run as well
        return f"the checks fail: {type(error).__name__}: {error}"[:300]


def _rehash(copy: Path) -> None:
    from asprinted.official import dictionary, tables

    with contextlib.suppress(Exception):  # then the checks say it
        tables.rehash(copy)
        dictionary.write(copy)


def _incomplete(copy: Path, executed: dict[str, Any]) -> list[str]:
    """What a run would say of claims unjudged, judged twice or unknown."""
    from asprinted.audit import collect
    from asprinted.paper import register
    from forkmill.notebooks import ipynb

    read = [ipynb.parse(ipynb.dump(content), copy / "notebooks" / f"{name}.ipynb")
            for name, content in sorted(executed.items())]
    return collect.collect(read, list(register.load(copy).claims)).faults


def _compared(copy: Path, executed: dict[str, Any]) -> str:
    """The first verdict or other compared output that is not the stored one."""
    from asprinted.audit import compare
    from asprinted.audit.collect import records
    from forkmill.notebooks import ipynb, rules

    stored = [one for one in rules.load(copy / "notebooks") if one.name in executed]
    read = [ipynb.parse(ipynb.dump(executed[one.name]), one.path) for one in stored]
    changed = compare.changes({record["id"]: record for record in records(read)}, stored)
    if changed:
        return f"the record: {changed[0]}"
    other = compare.other_outputs(read, stored)
    return f"a stored output: {other[0]}" if other else NOTHING


def _accept(copy: Path, executed: dict[str, Any]) -> None:
    from asprinted.commands import readme
    from forkmill.notebooks import ipynb
    from forkmill.writing import write_text

    for name, content in executed.items():
        write_text(copy / "notebooks" / f"{name}.ipynb", ipynb.dump(ipynb.normalise(content)))
    with contextlib.suppress(Exception):
        readme.rewrite(copy)


def _left(root: Path, copy: Path) -> bool:
    """Whether the copy differs from the checkout in any file that counts."""
    def read(top: Path) -> dict[str, bytes]:
        return {path.relative_to(top).as_posix(): path.read_bytes() for folder in ("data", "notebooks", "src", "docs")
                for path in (top / folder).rglob("*")
                if path.is_file() and "__pycache__" not in path.parts and ".egg-info" not in str(path)}

    return read(root) != read(copy)


class _First:
    """A pytest plugin that keeps the first failure."""

    def __init__(self) -> None:
        self.failed = NOTHING

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid or "collection"


def _tested(copy: Path, groups: Sequence[Sequence[str]]) -> str:
    """The first unit test that fails, group after group."""
    return next(filter(None, (_tests(copy, tests) for tests in groups)), NOTHING)


def _tests(copy: Path, tests: Sequence[str]) -> str:
    """The first unit test that fails, by its name."""
    import pytest

    first = _First()
    present = [path for path in tests if (copy / path).exists()]
    if not present:
        return NOTHING
    os.environ["COLUMNS"] = "200"
    examples = ["--doctest-modules"] if any(path.startswith("src/") for path in present) else []
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            status = pytest.main([*OPTIONS, *examples, f"--rootdir={copy}", *present], plugins=[first])
    except ImportError as error:  # what a test cannot import it says itself: this is the environment, changed under the run
        raise sandbox.Broken(f"the unit tests cannot be run: {error}") from error
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and not first.failed:
        if status == pytest.ExitCode.USAGE_ERROR:  # a module that cannot be imported takes conftest.py with it
            return "the unit tests cannot begin"
        raise sandbox.Broken(f"the unit tests did not run: {status!r}")
    return first.failed and f"unit test {first.failed.partition('[')[0]}"
