"""A miniature audit whose notebooks read files, and which of them a run executes."""

from __future__ import annotations

from pathlib import Path

import pytest
from miniature import Audit

from asprinted.audit import input_checks
from asprinted.audit.reproduce import reproduce
from asprinted.audit.why import why
from asprinted.paths import project
from forkmill.project import Project

READS = """
root = Path(os.environ["AUDIT_ROOT"])
"""
FIRST = """
a = (root / "data" / "a.csv").read_text(encoding="utf-8")
import tool
"""
SECOND = """
import pandas
b = pandas.read_csv(root / "data" / "b.csv")
parts = [path.name for path in sorted((root / "data" / "parts").glob("*.txt"))]
import fastjsonschema
"""


class Watched:
    """A miniature audit that reads: 01_first one table and a module beside it; 02_second a table and a folder."""

    def __init__(self, audit, capsys) -> None:
        self.audit, self.capsys, self.root = audit, capsys, audit.root

    @property
    def project(self) -> Project:
        return project(self.root)

    def prepare(self) -> None:
        """Give the audit what its notebooks read."""
        for name, text in {
            "data/a.csv": "x\n1\n",
            "data/b.csv": "x\n1\n",
            "data/unread.csv": "x\n1\n",
            "data/parts/one.txt": "1",
            "notebooks/tool.py": "VALUE = 1\n",
        }.items():
            self.write(name, text)
        for name, more in (("01_first", FIRST), ("02_second", SECOND)):
            setup = "".join(self.audit.cell(self.audit.read(name), "setup")["source"])
            self.audit.edit(name, "setup", source=setup + READS + more)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def ran(self, *arguments, **options) -> list[str]:
        """Notebooks that a run executes."""
        self.capsys.readouterr()
        self.status = reproduce(self.root, *arguments, **options)
        self.said = self.capsys.readouterr().out
        lines = [line.split() for line in self.said.splitlines() if line[:3] in ("01_", "02_", "03_")]
        return sorted(words[0] for words in lines if words[1:] != ["unchanged"])

    def would_run(self) -> list[str]:
        """Notebooks of which ``why`` says so."""
        return [line.split(":")[0] for line in why(self.root).splitlines() if line.endswith(": would run")]


def unchanged(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr(input_checks, "data_errors", lambda root: [])
    monkeypatch.setenv("AUDIT_ROOT", str(root))
    monkeypatch.chdir(root)
    made = Watched(Audit(root), capsys)
    assert made.ran() == []
    return made
