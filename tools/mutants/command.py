"""What ``make -C tools mutants`` does: plant the defects, side by side, and write the report."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import math
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asprinted import generated_parts, paths
from forkmill.errors import InputError
from forkmill.writing import write_text
from mutants import notice, report, sandbox
from mutants.defect import Defect
from mutants.plan import SEED, plan, probes
from mutants.plant_code import FOLDERS, HELPERS, PACKAGE
from mutants.plant_readings import FAMILY as READING

ENDLESS = 5  # times the work that the undamaged copy takes: a defect that takes more does not end
PART, AGAIN = "defects", "make -C tools mutants DOCS=1"  # of a page: the name of the part that is written, and how to write it again
TESTS = ("audit/**/test_*.py", "helpers/test_*.py", "asprinted/notebook/test_paper.py", "asprinted/notebook/test_what_a_check_takes.py",
         *(f"asprinted/{folder}/test_*.py" for folder in FOLDERS))
NOT_RUN = ("test_sweep", "test_parameters_matter")  # notebooks again and again
SECOND_KEYS = ("test_excerpt", "test_hosts", "test_identities", "test_keys", "test_known_errors", "test_meaning", "test_comparisons")
STARTS = re.compile(r"subprocess|playwright|nbclient|make_audit|\bkernels?\b\.")
READS = re.compile(r"\bROOT\b|\bpaths\.|\bfrom records import\b")
LONG = re.compile(r"\b(evaluate|replay|from records import)\b")


def run(root: Path, say: Callable[[str], None], seed: int = SEED, sample: int | None = None, jobs: int = 2,
        page: Path | None = None) -> int:
    """Plant the defects and write build/tools/mutants.md, and its text between the marks of ``page``; 1 if a goal is not met.

    Results are kept as they come: a run that was stopped goes on where it was, as long as nothing has changed.
    """
    begun = time.monotonic()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that the forks are ended as well
    _warm()
    notice.undamaged(root)
    work = paths.build(root) / "tools" / "mutants"
    work.mkdir(parents=True, exist_ok=True)
    tests = _tests(root)
    before = _worked()
    clean = dict(sandbox.each([("clean", lambda copy: notice.observe(root, copy, {}, [tests]))], work / "copies", 1))["clean"]
    if clean != {"planted": "", "accepted": "", "shown": False, "left": False, "same": False}:
        raise InputError("the undamaged checkout is not clean", "make -C tools mutants", "nothing to notice", str(clean),
                         "make test and make reproduce must pass first")
    limit = ENDLESS * math.ceil(_worked() - before)
    defects = plan(root, seed, sample)
    checked = probes(root, seed) if sample is None else []
    done = _Done(work / "results.jsonl", _fingerprint(root, tests, seed))
    tasks = [("", one) for one in defects] + [("probe: ", one) for one in checked]
    left = [(mark, one) for mark, one in tasks if mark + one.key not in done.results]
    say(f"{len(tasks)} defects, {len(left)} of them to plant; {len(tests)} test files that can notice them")
    named = {mark + one.key: one for mark, one in left}
    todo = [(key, lambda copy, one=one: notice.observe(root, copy, one.plant(), _reaching(root, tests, one))) for key, one in named.items()]
    for number, (key, found) in enumerate(sandbox.each(todo, work / "copies", jobs, limit), start=1):
        done.add(key, named[key], found)
        if number % 50 == 0:
            say(f"{number} of {len(left)} after {time.monotonic() - begun:.0f} s")
    return _finish(work.with_suffix(".md"), page, [done.results[one.key] for one in defects],
                   [done.results["probe: " + one.key] for one in checked],
                   {**_facts(seed, tests), "took": f"{time.monotonic() - begun:.0f} s with {jobs} processes"
                    + ("" if len(left) == len(tasks) else ", continued")}, say)


def _worked() -> float:
    """Seconds of processor time that ended forks have taken."""
    return sum(os.times()[2:4])


def _warm() -> None:
    """Import what every fork needs, once; there the second derivation is made for the defaults alone."""
    os.environ["SECOND_DERIVATION_CHOICES"] = "1"
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in ("pandas", "pytest", "hypothesis", "matplotlib.figure", "seaborn", "jsonschema", "IPython.core.formatters"):
        __import__(name)


def _tests(root: Path) -> list[str]:
    """The unit tests that can be run for every defect, and the examples in the docstrings; what runs notebooks last.

    A test that starts other programs costs more than a defect may, so its file is left out.
    """
    def read(paths: Iterable[Path]) -> dict[str, str]:
        return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted(paths)}

    found = read(path for pattern in TESTS for path in (root / "tests").glob(pattern))
    code = read(path for folder in (PACKAGE, HELPERS) for path in (root / folder).rglob("*.py")
                if "report" not in path.parts)  # whose pages ask for Sphinx
    tests = [name for name, text in found.items() if not STARTS.search(text) and not Path(name).name.startswith(NOT_RUN)]
    examples = [name for name, text in code.items() if ">>>" in text]
    return [*sorted(tests, key=lambda name: (bool(LONG.search(found[name])), not READS.search(found[name]), name)), *examples]


def _reaching(root: Path, tests: list[str], defect: Defect) -> list[list[str]]:
    """Those of the tests that the defect can reach, first those that most probably notice it.

    Of a changed module these are its own, and then the quick ones that name it; of data the keys, excerpts and identities of
    the tables and the second key; of a reading the second reader's table.
    """
    if defect.where.startswith("src/"):
        module, reached = Path(defect.where.partition(",")[0]).stem, tests
        own = [name for name in tests if module in Path(name).stem]
        others = {name: (root / name).read_text(encoding="utf-8") for name in tests if name.startswith("tests/") and name not in own}
        first = own + [name for name, text in others.items() if re.search(rf"\b{module}\b", text) and not LONG.search(text)]
    else:
        reached = [name for name in tests if name.startswith("tests/") and READS.search((root / name).read_text(encoding="utf-8"))]
        keys = ("test_comparisons",) if defect.family == READING else SECOND_KEYS
        first = [name for name in reached if Path(name).name.startswith(keys)]
    return [first, [name for name in reached if name not in first]]


def _fingerprint(root: Path, tests: list[str], seed: int) -> str:
    digest = hashlib.sha256(str(seed).encode())
    for folder in ("data", "notebooks", "src", "tests", "tools"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and ".egg-info" not in str(path):
                digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


class _Done:
    """Results of defects by key, in a file that a stopped run leaves behind; those of other inputs are thrown away."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self.path, self.results = path, {}
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError:
            lines = []
        if lines and lines[0] == fingerprint:
            for line in lines[1:]:
                try:
                    one = json.loads(line)
                except ValueError:  # the line that a killed run was writing
                    continue
                self.results[one["key"]] = one
        write_text(path, "\n".join([fingerprint, *map(json.dumps, self.results.values())]) + "\n")

    def add(self, key: str, defect: Defect, found: dict[str, Any]) -> None:
        if "broken" in found:
            raise InputError("the harness itself failed", key, "an observation", found["broken"], "mend the harness")
        if "raised" in found:  # whatever the defect broke, nobody would have overlooked it
            found = {"planted": found["raised"], "accepted": found["raised"], "shown": None, "left": True, "same": False}
        self.results[key] = {"key": key, "family": defect.family, "where": defect.where, "what": defect.what, **found}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(self.results[key]) + "\n")


def _facts(seed: int, tests: list[str]) -> dict[str, str]:
    versions = {name: importlib.metadata.version(name) for name in ("cosmic-ray", "pandas", "pytest")}
    return {"date": datetime.now(UTC).date().isoformat(), "seed": str(seed),
            "versions": ", ".join([f"Python {sys.version.split()[0]}", *(f"{n} {v}" for n, v in versions.items())]),
            "unit tests run": ", ".join(f"`{Path(path).name}`" for path in tests if path.startswith("tests/"))
            + ", and the examples in the docstrings"}


def _finish(written: Path, page: Path | None, results: list[report.Result], probed: list[report.Result], facts: dict[str, str],
            say: Callable[[str], None]) -> int:
    text = report.text(results, probed, facts)
    write_text(written, f"# Planted defects\n\n{text}")
    if page is not None:
        generated_parts.put(page, PART, text, AGAIN)
    say(report.table(results, False))
    say(report.table(results, True))
    (noticed, count), unmet = report.share(results, False), report.unmet(results, probed)
    say(f"build/tools/mutants.md: {len(results)} defects planted, {noticed} of {count} that matter noticed as planted.")
    for goal in unmet:
        say(f"goal not met: {goal}")
    return 1 if unmet else 0
