"""A notebook runs again when something that it rests on has changed, and only then."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.run import libraries, traces, unchanged
from helpers.run.build import reproduce
from helpers.run.terminal import Terminal
from helpers.run.why import why
from test_run_interrupt import RUN

ROOT = Path(__file__).resolve().parents[1]
READS = """
import sys
root = Path(os.environ["AUDIT_ROOT"])
"""
FIRST = """
from pathlib import Path as P
a = (root / "data" / "a.csv").read_text(encoding="utf-8")
extra = (root / "data" / "extra.csv").is_file()
sys.path.insert(0, str(root / "lib"))
import tool
"""
SECOND = """
import pandas
b = pandas.read_csv(root / "data" / "b.csv")
parts = [path.name for path in sorted((root / "data" / "parts").glob("*.txt"))]
import fastjsonschema
"""


class Watched:
    """A miniature audit that reads: 01_first one table, a helper and perhaps a file; 02_second a table and a folder."""

    def __init__(self, audit, capsys) -> None:
        self.audit, self.capsys, self.root = audit, capsys, audit.root
        for name, text in {
            "data/a.csv": "x\n1\n",
            "data/b.csv": "x\n1\n",
            "data/unread.csv": "x\n1\n",
            "data/parts/one.txt": "1",
            "lib/tool.py": "import deep\n",
            "lib/deep.py": "VALUE = 1\n",
            "lib/unused.py": "VALUE = 1\n",
        }.items():
            self.write(name, text)
        for name, more in (("01_first", FIRST), ("02_second", SECOND)):
            setup = "".join(audit.cell(audit.read(name), "setup")["source"])
            audit.edit(name, "setup", source=setup + READS + more)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def ran(self, *arguments, **options) -> list[str]:
        """Notebooks that a run executes, begun when what was written before can no longer be taken for a later change."""
        time.sleep(2 * traces.SLACK)
        self.capsys.readouterr()
        self.status = reproduce(self.root, *arguments, **options)
        self.said = self.capsys.readouterr().out
        lines = [line.split() for line in self.said.splitlines() if line[:3] in ("01_", "02_", "03_")]
        return sorted(words[0] for words in lines if words[1:] != ["unchanged"])


@pytest.fixture
def watched(accepted, capsys) -> Watched:
    made = Watched(accepted, capsys)
    assert made.ran() == ["01_first", "02_second"]  # the third rests on their verdicts, which are the same
    assert made.ran() == []
    return made


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("data/a.csv", "x\n2\n", ["01_first"]),
        ("data/b.csv", "x\n2\n", ["02_second"]),
        ("data/unread.csv", "x\n2\n", []),
        ("data/extra.csv", "looked for, and now there", ["01_first"]),
        ("data/parts/two.txt", "a name more in a folder whose names are read", ["02_second"]),
        ("data/parts/one.txt", "its content is read by nobody", []),
        ("lib/tool.py", "import deep\nMORE = 1\n", ["01_first"]),
        ("lib/deep.py", "VALUE = 2\n", ["01_first"]),
        ("lib/unused.py", "VALUE = 2\n", []),
    ],
)
def test_an_edited_input_runs_exactly_the_notebooks_that_read_it(watched, name, text, expected):
    watched.write(name, text)
    assert [line.split(":")[0] for line in why(watched.root).splitlines() if line.endswith(": would run")] == expected
    assert watched.ran() == expected
    assert watched.ran() == []


def test_an_input_that_is_gone_counts_as_changed(watched):
    (watched.root / "data" / "b.csv").unlink()
    assert watched.ran() == ["02_second", "03_overview"]
    assert "03_overview.ipynb: not run, because" in watched.said


def test_an_edit_that_keeps_size_and_time_is_seen(watched):
    path = watched.root / "data" / "a.csv"
    before = path.stat()
    path.write_text("x\n9\n", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert unchanged.recall(watched.root) is None
    assert watched.ran() == ["01_first"]


def test_an_edited_notebook_runs_and_those_behind_it_only_if_a_verdict_changed(watched):
    watched.audit.edit("02_second", "one", source='paper.check("one", sign)  # the same')
    assert watched.ran() == ["02_second"]
    watched.audit.edit("02_second", "one", source='paper.check("one", 2 * sign)')
    assert watched.ran() == ["02_second", "03_overview"]


def test_a_parameter_runs_the_notebooks_that_take_it_there_and_back(watched):
    assert watched.ran("vintage=latest") == ["02_second", "03_overview"]
    assert watched.ran("vintage=latest") == []
    assert watched.ran() == ["02_second", "03_overview"]


def test_another_version_of_a_library_runs_the_notebooks_that_loaded_it(watched, monkeypatch):
    found = libraries.installed()
    other = found | dict.fromkeys(("fastjsonschema", "ruff", "nbval"), "0.0")
    monkeypatch.setattr(libraries, "installed", lambda: other)
    reasons = why(watched.root)
    assert f"library fastjsonschema: {found['fastjsonschema']} -> 0.0" in reasons
    assert "ruff" not in reasons
    assert "nbval" not in reasons


def test_a_result_that_was_edited_or_lost_is_made_again(watched):
    built = watched.audit.build / "notebooks"
    first = (built / "01_first.ipynb").read_bytes()
    (built / "01_first.ipynb").write_bytes(first.replace(b"reproduced", b"contradicted"))
    (built / "02_second.ipynb").unlink()
    assert unchanged.recall(watched.root) is None
    assert watched.ran() == ["01_first", "02_second"]
    assert (built / "01_first.ipynb").read_bytes() == first


def test_what_the_plan_does_not_produce_is_removed(watched):
    for name in ("figures/old.svg", "notebooks/00_gone.ipynb", "stray.txt"):
        watched.write(f"build/{name}", "old")
    assert unchanged.recall(watched.root) is None
    assert watched.ran() == []
    assert not any("old" in name or "gone" in name or "stray" in name for name in watched.audit.built())


def test_a_failed_notebook_runs_again_although_nothing_changed(watched):
    watched.audit.edit("01_first", "two", source='paper.check("two", 1 / 0)')
    assert watched.ran() == ["01_first", "03_overview"]
    assert watched.ran() == ["01_first", "03_overview"]
    assert not (watched.audit.build / "notebooks" / "03_overview.ipynb").exists()


def test_a_notebook_whose_reading_cannot_be_seen_runs_every_time_and_why_says_so(watched):
    setup = "".join(watched.audit.cell(watched.audit.read("01_first"), "setup")["source"])
    watched.audit.edit("01_first", "setup", source=setup + "\nimport subprocess\n_ = subprocess.run(['true'])")
    assert watched.ran() == ["01_first"]
    assert watched.ran() == ["01_first"]
    assert unchanged.recall(watched.root) is None
    assert "it reads another program, which cannot be seen" in why(watched.root)


def test_a_file_that_changes_while_the_notebook_runs_is_not_taken_for_read(watched):
    setup = "".join(watched.audit.cell(watched.audit.read("01_first"), "setup")["source"])
    change = "with open(root / 'data' / 'a.csv', 'a') as file:\n    _ = file.write('2\\n')"
    watched.audit.edit("01_first", "setup", source=f"{setup}\n{change}")
    assert watched.ran() == ["01_first"]
    assert "data/a.csv: changed while the notebook ran -> " in why(watched.root)


def test_a_fresh_run_executes_everything_and_gives_the_same_bytes(watched):
    before = watched.audit.built()
    assert watched.ran(fresh=True) == ["01_first", "02_second", "03_overview"]
    assert watched.audit.built() == before


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("kind", ["forked", "ordinary"])
def test_forked_and_ordinary_kernels_one_or_two_at_a_time_give_the_same_bytes(watched, monkeypatch, kind, jobs):
    before = watched.audit.built()
    monkeypatch.setenv("AUDIT_KERNELS", kind)
    assert watched.ran(jobs=jobs, fresh=True) == ["01_first", "02_second", "03_overview"]
    assert watched.audit.built() == before


def test_a_run_with_nothing_to_do_says_the_same_and_imports_no_library(watched, python):
    code = (
        "import sys, json\nfrom pathlib import Path\nfrom helpers.run.terminal import Terminal\n"
        "from helpers.run.unchanged import again\nstatus = again(Path(sys.argv[1]), '', None, Terminal())\n"
        "heavy = {'pandas', 'numpy', 'yaml', 'papermill', 'nbformat', 'matplotlib', 'zmq', 'rich', 'asyncio'}\n"
        "print(json.dumps([status, sorted(heavy & set(sys.modules))]))"
    )
    whole, quick = python("-c", RUN, "reproduce"), python("-c", code, str(watched.root))
    assert (whole.returncode, quick.returncode) == (0, 0), whole.stdout + quick.stderr
    *said, last = quick.stdout.splitlines()
    assert last == json.dumps([0, []])
    assert said[1:] == whole.stdout.splitlines()[3:]


def test_the_command_with_nothing_to_do_answers_before_its_own_library_is_imported(watched, python):
    whole, quick = python("-c", RUN, "reproduce"), python("-X", "importtime", "-m", "helpers", "reproduce")
    said = ["Nothing has changed since the last run: build/ stands.", *whole.stdout.splitlines()[3:]]
    assert (quick.returncode, quick.stdout.splitlines()) == (0, said)
    imported = {line.rpartition("|")[2].strip() for line in quick.stderr.splitlines()}
    assert "helpers.run.unchanged" in imported
    assert not imported & {"click", "dataclasses", "inspect"}


def test_the_answer_is_the_same_sentence_where_nobody_can_hear_it(watched, python):
    python("-c", RUN, "reproduce")
    with open(os.devnull, "rb") as deaf:
        done = subprocess.run([sys.executable, "-m", "helpers", "reproduce"], stdout=deaf, stderr=subprocess.PIPE, text=True,
                              env={**os.environ, "AUDIT_ROOT": str(watched.root)}, check=False)  # fmt: skip
    assert done.returncode == 3
    assert "Bad file descriptor" in done.stderr


@pytest.mark.parametrize("change", ["data/a.csv", "notebooks/01_first.ipynb", "build/verdicts.csv", "build/new.txt"])
def test_the_quick_answer_is_not_given_when_anything_is_other(watched, change):
    assert unchanged.recall(watched.root) is not None
    path = watched.root / change
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    assert unchanged.recall(watched.root) is None


def test_the_quick_answer_is_not_given_to_another_question(watched, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("vintage: first\n", encoding="utf-8")
    assert unchanged.recall(watched.root, "vintage=latest") is None
    assert unchanged.recall(watched.root, "", other) is None


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """The audit of this repository with its own copy of the helpers, run once."""
    root = tmp_path_factory.mktemp("whole") / "audit"
    for name in ("data", "notebooks", "src"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    helpers(root, "reproduce", "--quiet")
    return root


def helpers(root: Path, *arguments: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(root / "src"), "AUDIT_ROOT": str(root)}
    command = [sys.executable, "-m", "helpers", *arguments]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("name", "runs"),
    [
        ("src/helpers/shapes.py", lambda source: "shapes" in source),
        ("src/helpers/printed.py", lambda source: True),
        ("src/helpers/readme.py", lambda source: False),
        ("src/helpers/run/collect.py", lambda source: False),
        ("src/helpers/run/execute.py", lambda source: True),
        ("data/official/growth.csv", lambda source: '"growth"' in source),
        ("data/official/schemas/growth.yaml", lambda source: False),
        ("data/paper/mechanism.yaml", lambda source: '"mechanism"' in source),
        ("data/paper/claims/1_introduction.yaml", lambda source: True),
    ],
)
def test_one_line_of_each_kind_of_input_of_this_audit_runs_the_notebooks_that_use_it(whole, name, runs):
    sources = {path.stem: path.read_text(encoding="utf-8") for path in (whole / "notebooks").glob("*.ipynb")}
    code = {
        stem: "\n".join("".join(c["source"]) for c in json.loads(text)["cells"] if c["cell_type"] == "code")
        for stem, text in sources.items()
    }
    path = whole / name
    before = path.read_bytes()
    path.write_bytes(before + (b"# a comment\n" if name.endswith((".py", ".yaml")) else b""))
    if name.endswith(".csv"):  # a row twice would be refused before anything runs; its provenance says so
        path.write_bytes(before.replace(b"\n", b"\n", 1))
        provenance = path.with_suffix(".yaml")
        kept = provenance.read_bytes()
        provenance.write_bytes(kept + b"# a comment\n")
    try:
        said = helpers(whole, "why")
    finally:
        path.write_bytes(before)
        if name.endswith(".csv"):
            provenance.write_bytes(kept)
    expected = {stem for stem, source in code.items() if runs(source)}
    # A notebook that evaluates the judging ones in process reads what they read.
    if any("paper.check(" in code[stem] for stem in expected):
        expected |= {stem for stem, source in code.items() if "sweep" in source}
    would = {line.split(":")[0] for line in said.splitlines() if line.endswith(": would run")}
    assert would == expected


def test_a_terminal_that_is_quiet_says_only_the_sentence_again(watched, capsys):
    status = unchanged.again(watched.root, "", None, Terminal(quiet=True))
    assert status == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
