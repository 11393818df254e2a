"""A miniature audit that tests may run, break and run again: one table of claims, three notebooks, real kernels."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from helpers.run import inputs

# How long a drawn case takes says how busy the machine is, not whether the code is right.
settings.register_profile("whatever the machine does", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whatever the machine does")

SETUP = """\
import json, os
from pathlib import Path

class Shown:
    def __init__(self, **bundle):
        self.bundle = bundle
    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.bundle

class Paper:
    def check(self, id, value):
        texts = "where section quantity stated unit qualifier reason how margin convention vintage"
        record = dict.fromkeys(texts.split(), "")
        record |= dict.fromkeys("only_by readings with wanted sources turns".split(), []) | {"id": id, "kind": "number"}
        record |= {"verdict": "reproduced" if value > 0 else "contradicted", "evidence": "official", "error": None}
        record |= {"could_fail": True, "faithful": None, "computed": {"low": str(value), "high": str(value)}, "corrected": None}
        return Shown(**{"text/plain": f"{id} {value}", "application/vnd.audit.verdict+json": record})
    def verdicts(self, *notebooks):
        path = os.environ.get("AUDIT_VERDICTS")
        return json.loads(Path(path).read_text(encoding="utf-8")) if path else "the committed notebooks"

paper = Paper()
"""
PARAMETERS = """\
parameters:
  - name: sign
    type: integer
    default: 1
    minimum: -1
    maximum: 1
    meaning: the sign of every number
    notebooks: [01_first, 02_second]
  - name: vintage
    type: string
    default: first
    allowed: [first, latest]
    meaning: which published value counts
    notebooks: [02_second]
"""


def code(id: str, source: str, *tags: str) -> dict:
    return {
        "cell_type": "code",
        "id": id,
        "metadata": {"tags": list(tags)} if tags else {},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


def notebook(*cells: dict) -> dict:
    title = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# A notebook"}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "cells": [title, *cells],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    }


class Audit:
    """The folder of a miniature audit, with shorthands to read and break it."""

    def __init__(self, root: Path) -> None:
        self.root, self.build = root, root / "build"

    def path(self, name: str) -> Path:
        return self.root / "notebooks" / f"{name}.ipynb"

    def write(self, name: str, content: dict) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(json.dumps(content), encoding="utf-8")

    def read(self, name: str) -> dict:
        return json.loads(self.path(name).read_text(encoding="utf-8"))

    def cell(self, content: dict, id: str) -> dict:
        return next(cell for cell in content["cells"] if cell["id"] == id)

    def edit(self, name: str, id: str, /, **fields: object) -> None:
        content = self.read(name)
        self.cell(content, id).update(fields)
        self.write(name, content)

    def verdicts(self) -> dict:
        return json.loads((self.build / "verdicts.json").read_text(encoding="utf-8"))

    def built(self) -> dict[str, bytes]:
        """Bytes of every file of the build that has to be the same every time."""
        return {
            path.relative_to(self.build).as_posix(): path.read_bytes()
            for path in sorted(self.build.rglob("*"))
            if path.is_file() and path.relative_to(self.build).parts[0] not in (".cache", ".lock", "timings.json")
        }

    def bytes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.root / "notebooks").iterdir()}


def make_audit(root: Path) -> Audit:
    audit = Audit(root)
    paper = root / "data" / "paper"
    (paper / "claims").mkdir(parents=True)
    (paper / "parameters.yaml").write_text(PARAMETERS, encoding="utf-8")
    claim = (
        '- {{id: {0}, where: 1/1/1, kind: number, stated: "{1}", unit: percent, quantity: a number of the miniature}}\n'
    )
    (paper / "claims" / "1.yaml").write_text(
        "".join(claim.format(*c) for c in (("one", 1), ("two", 2), ("three", 3))), encoding="utf-8"
    )
    (paper / "locators.csv").write_text("where,kind\n1/1/1,sentence\n", encoding="utf-8")
    rows = "".join(f"1/1/1,{n},{n},{claim},\n" for n, claim in enumerate(("one", "two", "three"), 1))
    (paper / "inventory.csv").write_text("where,n,text,claim,exempt\n" + rows, encoding="utf-8")
    (paper / "conclusions.yaml").write_text("[]\n", encoding="utf-8")
    figure = (
        '{"name": "line", "title": "Line", "alt": "a line", "source": "none", "columns": ["x"], "rows": [[1], [2]]}'
    )
    audit.write(
        "01_first",
        notebook(
            code("parameters", "sign = 1  # the sign", "parameters"),
            code("setup", SETUP),
            code("two", 'paper.check("two", 2 * sign)', "nbval-check-output"),
            code(
                "figure",
                'Shown(**{"text/plain": "a figure", "text/html": "<img src=\\"data:image/png;base64,AAAA\\">",'
                f' "image/svg+xml": "<svg/>", "application/vnd.audit.figure+json": {figure}}})',
                "nbval-check-output",
            ),
        ),
    )
    audit.write(
        "02_second",
        notebook(
            code("parameters", 'sign = 1\nvintage = "first"', "parameters"),
            code("setup", SETUP),
            code("one", 'paper.check("one", sign)', "nbval-check-output"),
            code("three", 'paper.check("three", sign * (3 if vintage == "first" else -3))', "nbval-check-output"),
        ),
    )
    audit.write(
        "03_overview",
        notebook(
            code("parameters", "# none", "parameters"),
            code("setup", SETUP),
            code("given", "given = paper.verdicts()"),
            code("shown", 'print("an overview")', "nbval-check-output"),
        ),
    )
    return audit


@pytest.fixture
def audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """A fresh miniature audit, not yet run. It has no official tables: their checks are tested elsewhere."""
    monkeypatch.setattr(inputs, "data_errors", lambda root: [])
    monkeypatch.setenv("AUDIT_ROOT", str(tmp_path / "an audit 审计"))
    return make_audit(tmp_path / "an audit 审计")


@pytest.fixture(scope="session")
def accepted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A miniature audit that was run and accepted once for all tests; copy it before use."""
    from helpers.run.accept import accept
    from helpers.run.build import reproduce
    from helpers.run.terminal import Terminal

    made = make_audit(tmp_path_factory.mktemp("accepted") / "audit")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inputs, "data_errors", lambda root: [])
        assert reproduce(made.root, terminal=Terminal(quiet=True)) == 1  # nothing is recorded yet
        assert accept(made.root, Terminal(quiet=True)) == 0
    return made.root


@pytest.fixture
def accepted(accepted_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """A miniature audit whose record is complete, with its build."""
    import shutil

    root = tmp_path / "an audit 审计"
    shutil.copytree(accepted_once, root)
    monkeypatch.setattr(inputs, "data_errors", lambda root: [])
    monkeypatch.setenv("AUDIT_ROOT", str(root))
    return Audit(root)


@pytest.fixture(scope="session")
def stored_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run of the committed notebooks leaves, with its report: made once for all tests, which only read it."""
    from helpers import report
    from report_build import ROOT, fill

    folder = tmp_path_factory.mktemp("stored") / "build"
    fill(ROOT, folder)
    assert report.build(ROOT, folder) == []
    return folder


@pytest.fixture
def python():
    """Run this interpreter on arguments; the completed process with its output as text."""

    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, encoding="utf-8", check=False, **options
        )

    return run
