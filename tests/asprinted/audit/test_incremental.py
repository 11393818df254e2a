"""A notebook runs again when something that it could rest on has changed, and only then."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands_run import wait_for
from reading_audit import Watched, unchanged
from standing_results import needs_confinement

from asprinted.audit.why import why
from checkout import ROOT
from forkmill.state import packages, quick_answer

pytestmark = needs_confinement


@pytest.fixture(scope="module")
def shared_root(prepared) -> Path:
    return Path(shutil.copytree(prepared, prepared.with_name("shared")))


@pytest.fixture
def shared(shared_root, capsys, monkeypatch) -> Watched:
    """One for several tests: each leaves it so that nothing has changed."""
    return unchanged(shared_root, capsys, monkeypatch)


ALL = ["01_first", "02_second", "03_overview"]


@pytest.mark.parametrize(
    "name",
    ["data/a.csv", "data/unread.csv", "data/new.csv", "data/parts/two.txt", "data/.hidden", "notebooks/tool.py", "notebooks/new.txt"],
)
def test_a_file_that_could_have_been_read_runs_every_notebook_when_it_comes_or_changes(shared, name):
    shared.write(name, "VALUE = 2\n")
    assert shared.would_run() == ALL
    assert shared.ran() == ALL
    assert shared.ran() == []


CHANGES = {
    "touched": lambda path: path.touch(), "other rights": lambda path: path.chmod(0o600), "gone": lambda path: path.unlink(),
    "renamed": lambda path: path.rename(path.with_name("c.csv")), "a folder beside it": lambda path: path.with_suffix("").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_notebook_could_look_at_of_a_file_counts(watched, change):
    CHANGES[change](watched.root / "data" / "unread.csv")
    assert quick_answer.recall(watched.project) is None
    assert watched.would_run() == ALL


@pytest.mark.parametrize("name", ["data/.#a.csv", "data/a.csv~", "data/Thumbs.db", "data/.ipynb_checkpoints/a-checkpoint.csv",
                                  "notebooks/__pycache__/tool.cpython-311.pyc", "data/.a.csv.swp", "data/~$a.xlsx"])
def test_what_editors_and_systems_leave_is_no_input(shared, name):
    shared.write(name, "left")
    assert quick_answer.recall(shared.project) is not None
    assert shared.ran() == []


def test_the_link_that_emacs_locks_a_file_with_leads_nowhere_and_is_no_input(watched):
    os.symlink("user@host.1234:1700000000", watched.root / "data" / ".#a.csv")
    assert watched.ran() == []


def test_a_folder_on_another_disk_is_read_and_counts_where_a_link_leads_to_it(watched, tmp_path):
    other = tmp_path / "other disk"
    shutil.copytree(watched.root / "data" / "parts", other)
    shutil.rmtree(watched.root / "data" / "parts")
    (watched.root / "data" / "parts").symlink_to(other)
    assert watched.ran() == []  # the same files, with the same times
    (other / "one.txt").write_text("2", encoding="utf-8")
    assert watched.ran() == ALL
    assert watched.status == 0


def test_an_edit_that_keeps_size_and_time_is_seen(watched):
    path = watched.root / "data" / "a.csv"
    before = path.stat()
    path.write_text("x\n9\n", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert quick_answer.recall(watched.project) is None
    assert watched.ran() == ALL


def test_an_edited_notebook_runs_and_those_behind_it_only_if_a_verdict_changed(watched):
    watched.audit.edit("02_second", "one", source='paper.check("one", sign)  # the same')
    assert watched.ran() == ["02_second"]
    watched.audit.edit("02_second", "one", source='paper.check("one", 2 * sign)')
    assert watched.ran() == ["02_second", "03_overview"]


def test_a_parameter_runs_the_notebooks_that_take_it_there_and_back(watched):
    assert watched.ran("vintage=latest") == ["02_second", "03_overview"]
    assert watched.ran("vintage=latest") == []
    assert watched.ran() == ["02_second", "03_overview"]


def test_another_version_of_a_library_makes_every_notebook_stale_and_why_names_it(watched, monkeypatch):
    found = packages.installed()
    monkeypatch.setattr(packages, "installed", lambda: found | {"fastjsonschema": "0.0"})
    paragraphs = re.split(r"^(\w+): would run$", why(watched.root), flags=re.MULTILINE)[1:]
    assert paragraphs[::2] == ["01_first", "02_second", "03_overview"]
    assert all(f"library fastjsonschema: {found['fastjsonschema']} -> 0.0" in reasons for reasons in paragraphs[1::2])


def test_a_result_that_was_edited_or_lost_is_made_again(watched):
    built = watched.audit.build / "notebooks"
    first = (built / "01_first.ipynb").read_bytes()
    (built / "01_first.ipynb").write_bytes(first.replace(b"reproduced", b"contradicted"))
    (built / "02_second.ipynb").unlink()
    assert quick_answer.recall(watched.project) is None
    assert watched.ran() == ["01_first", "02_second"]
    assert (built / "01_first.ipynb").read_bytes() == first


def test_what_the_plan_does_not_produce_is_removed(watched):
    for name in ("figures/old.svg", "notebooks/00_gone.ipynb", "stray.txt"):
        watched.write(f"build/{name}", "old")
    assert quick_answer.recall(watched.project) is None
    assert watched.ran() == []
    assert not any("old" in name or "gone" in name or "stray" in name for name in watched.audit.built())


def test_a_failed_notebook_runs_again_although_nothing_changed(watched):
    watched.audit.edit("01_first", "two", source='paper.check("two", 1 / 0)')
    assert watched.ran() == ["01_first", "03_overview"]
    assert watched.ran() == ["01_first", "03_overview"]
    assert not (watched.audit.build / "notebooks" / "03_overview.ipynb").exists()


def test_where_kernels_are_not_confined_every_notebook_runs_every_time_and_why_says_so(watched, monkeypatch):
    monkeypatch.setenv("FORKMILL_CONFINED", "no")
    assert watched.ran(fresh=True) == ALL
    assert watched.ran() == ALL
    assert quick_answer.recall(watched.project) is None
    assert "what it read is not known" in why(watched.root)


def test_a_file_that_changes_while_a_notebook_runs_is_not_taken_for_read(watched):
    meeting = watched.root / "build/.cache/temporary/01_first"
    setup = "".join(watched.audit.cell(watched.audit.read("01_first"), "setup")["source"])
    waits = ("import time\nhome = Path(os.environ['HOME'])\n(home / 'here').write_text('1')\n"
             "while not (home / 'go').exists(): time.sleep(0.01)")
    watched.audit.edit("01_first", "setup", source=f"{setup}\n{waits}")

    def meddle() -> None:
        wait_for(meeting / "here")
        watched.write("data/a.csv", "x\n2\n")
        (meeting / "go").touch()

    other = threading.Thread(target=meddle)
    other.start()
    assert watched.ran() == ["01_first"]
    other.join()
    assert "data/a.csv: changed while the notebook ran -> " in why(watched.root)


def test_a_fresh_run_executes_everything_and_gives_the_same_bytes(watched):
    before = watched.audit.built()
    assert watched.ran(fresh=True) == ["01_first", "02_second", "03_overview"]
    assert watched.audit.built() == before


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("kind", ["forked", pytest.param("ordinary", marks=pytest.mark.long)])
def test_forked_and_ordinary_kernels_one_or_two_at_a_time_give_the_same_bytes(watched, monkeypatch, kind, jobs):
    before = watched.audit.built()
    monkeypatch.setenv("FORKMILL_KERNELS", kind)
    assert watched.ran(jobs=jobs, fresh=True) == ["01_first", "02_second", "03_overview"]
    assert watched.audit.built() == before


ASKED = """
import json, sys
from pathlib import Path
from asprinted.audit.why import why
for root in sys.stdin:
    print(json.dumps(why(Path(json.loads(root)))), flush=True)
"""


class Whole:
    """The audit of this repository with its own copy of all packages, run once, and a process that says what would run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("data", "notebooks", "src"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        self.settings = {**os.environ, "PYTHONPATH": str(root / "src"), "AUDIT_ROOT": str(root)}
        command = [sys.executable, "-m", "asprinted", "reproduce", "--quiet"]
        done = subprocess.run(command, cwd=root, env=self.settings, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode in (0, 1), done.stdout + done.stderr

    def __enter__(self) -> Whole:
        self.process = subprocess.Popen([sys.executable, "-c", ASKED], cwd=self.root, env=self.settings, text=True, encoding="utf-8",
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def would_run(self) -> set[str]:
        """The notebooks of which ``why`` says so."""
        self.process.stdin.write(json.dumps(str(self.root)) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        return {line.split(":")[0] for line in said.splitlines() if line.endswith(": would run")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Iterator[Whole]:
    with Whole(tmp_path_factory.mktemp("whole") / "audit") as whole:
        assert whole.would_run() == set()
        yield whole


@pytest.mark.long
@pytest.mark.parametrize("name", ["src/asprinted/numbers/printed.py", "src/forkmill/kernels/execute.py", "src/helpers/indicators.py",
                                  "data/official/clusters.yaml", "data/paper/claims/1_introduction.yaml"])
def test_one_line_of_each_kind_of_input_of_this_audit_runs_its_notebooks(whole, name):
    path = whole.root / name
    before, times = path.read_bytes(), path.stat()
    path.write_bytes(before + b"# a comment\n")
    assert whole.would_run() == {one.stem for one in (whole.root / "notebooks").glob("*.ipynb")}
    path.write_bytes(before)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert whole.would_run() == set()
