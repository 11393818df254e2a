"""`asprinted new`: an audit of another paper starts in an empty folder, thin, and runs at once on two pinned wheels."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from asprinted.__main__ import main
from asprinted.commands import new
from checkout import ROOT
from forkmill.errors import InputError
from forkmill.state.snapshot import sha256

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AUDIT_ROOT", raising=False)
        return new.new(tmp_path_factory.mktemp("somewhere") / "another paper", base=ROOT)


def run(python, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command called from inside the new folder, with this environment: one can serve many audits."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AUDIT_", "PYTEST_"))}
    return python(*arguments, cwd=root, env=kept | {"PYTHONPATH": str(ROOT / "src")})


def test_a_new_audit_is_thin(started):
    files = [path for path in started.rglob("*") if path.is_file() and "build" not in path.parts and "__pycache__" not in path.parts]
    written = [path for path in files if path.suffix not in (".whl", ".svg") and path.name not in ("run.txt", "all.txt", "LICENSE")]
    assert len(files) < 40
    assert not any((started / "src" / name).exists() for name in ("asprinted", "forkmill"))
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in written if path.suffix in (".py", ".toml", "")) < 600


def test_its_two_packages_are_wheels_pinned_by_their_hashes(started):
    wheels = {path.name.split("-")[0]: path for path in (started / new.WHEELS).iterdir()}
    assert set(wheels) == {"asprinted", "forkmill"}
    for name in new.LOCKS:
        lock = (started / name).read_text(encoding="utf-8")
        for package, path in wheels.items():
            assert f"{package}==0.1.0 \\\n    --hash=sha256:{sha256(path)}\n" in lock


def test_a_wheel_is_the_same_bytes_every_time_and_holds_every_module_and_file(started, tmp_path):
    for name in new.PACKAGES:
        built = new.wheel(name, tmp_path)
        assert built.read_bytes() == (started / new.WHEELS / built.name).read_bytes()
        held = {one for one in zipfile.ZipFile(built).namelist() if one.startswith(f"{name}/")}
        there = {f"{name}/{path.relative_to(new.PACKAGES[name]).as_posix()}" for path in new.PACKAGES[name].rglob("*")
                 if path.is_file() and "__pycache__" not in path.parts}  # fmt: skip
        assert there - held == set()


def test_a_lock_that_holds_older_wheels_gets_the_new_ones(tmp_path):
    path = tmp_path / "asprinted-0.2.0-py3-none-any.whl"
    path.write_bytes(b"")
    before = "click==8.1 \\\n    --hash=sha256:1\nasprinted==0.1.0 \\\n    --hash=sha256:2\n"
    after = new.locked(before, {"asprinted": path})
    assert after == f"click==8.1 \\\n    --hash=sha256:1\nasprinted==0.2.0 \\\n    --hash=sha256:{sha256(path)}\n"


def test_a_new_audit_reproduces_at_once(started, python):
    done = run(python, started, "-m", "asprinted", "reproduce")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 claim judged, every verdict equals the record" in done.stdout


def test_a_new_audit_is_valid_at_once(started, python):
    done = run(python, started, "-m", "asprinted", "validate")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tests_of_a_new_audit_pass_at_once(started, python):
    done = run(python, started, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_the_notebook_of_the_template_is_stored_as_a_first_run_writes_it(started):
    name = "notebooks/01_first_claim.ipynb"
    assert (started / name).read_bytes() == (new.TEMPLATE / name).read_bytes()


def test_data_dictionary_and_page_of_a_new_audit_are_current(started, python):
    assert run(python, started, "-m", "asprinted", "data").returncode == 0
    assert "is current" in run(python, started, "-m", "asprinted", "readme").stdout


@pytest.fixture(scope="module")
def installed(started, tmp_path_factory) -> Path:
    """A copy of the new audit whose .venv, which stands, is this environment."""
    folder = tmp_path_factory.mktemp("installed") / "another paper"
    shutil.copytree(started, folder, ignore=shutil.ignore_patterns("build", "__pycache__"))
    interpreter = folder / ".venv" / "bin" / "python"
    interpreter.parent.mkdir(parents=True)
    interpreter.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    interpreter.chmod(0o755)
    for name, text in (("where", str(folder)), ("run.stamp", ""), ("all.stamp", "")):
        (folder / ".venv" / name).write_text(text, encoding="utf-8")
    return folder


def make(root: Path, *arguments: str) -> list[str]:
    return ["make", "--no-print-directory", "-C", str(root), *arguments]


def environment() -> dict[str, str]:
    foreign = ("AUDIT_", "PYTEST_", "PYTHON", "MAKE")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)} | {"BROWSER": "true"}


def listed(root: Path) -> list[str]:
    said = subprocess.run(make(root), env=environment(), capture_output=True, text=True, check=True).stdout
    return re.findall(r"^make (\S+)", said, re.MULTILINE)


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
ALONE = {"show": ["ID=luminous-efficacy"]}
WATCHED = "lab"  # it goes on until it is stopped


@needs_make
def test_every_target_that_a_new_audit_lists_does_what_it_says(installed):
    targets = listed(installed)
    assert {"reproduce", "view", "show", "list", "lab", "accept", "readme", "test", "clean"} <= set(targets)
    for target in (one for one in targets if one != WATCHED):
        line = make(installed, target, *ALONE.get(target, ()))
        done = subprocess.run(line, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, (target, done.stdout + done.stderr)


@needs_make
def test_the_lab_of_a_new_audit_says_its_address_and_ends_when_it_is_told_to(installed):
    line = make(installed, WATCHED, "ARGS=--no-browser")
    with subprocess.Popen(line, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0) as process:
        late = threading.Timer(60, os.killpg, (process.pid, signal.SIGKILL))
        late.start()
        try:
            assert any("http://" in said for said in process.stdout)
        finally:
            late.cancel()
            os.killpg(process.pid, signal.SIGTERM)


@needs_make
def test_every_command_that_the_page_of_a_new_audit_names_is_one(installed):
    page = (installed / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake ([a-z-]+)`|^make ([a-z-]+)$", page, re.MULTILINE))
    assert {one or other for one, other in targets} <= set(listed(installed))
    commands = set(re.findall(r"python -m asprinted ([a-z]+)", page))
    assert commands
    assert commands <= set(main.commands)


@pytest.mark.parametrize("command", [["check"], ["why"], ["tidy"], ["data", "--accept"], ["sweep"], ["sweep", "--sample", "1"],
                                     ["sources"]], ids=" ".join)  # fmt: skip
def test_what_else_an_audit_can_do_a_new_one_can(started, python, command):
    done = run(python, started, "-m", "asprinted", *command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_where_no_report_is_ever_made_view_says_what_is_missing(started, python, tmp_path):
    shutil.copytree(started, tmp_path / "copy", ignore=shutil.ignore_patterns("build", "__pycache__", "site.yaml"))
    done = run(python, tmp_path / "copy", "-m", "asprinted", "view")
    assert done.returncode == 2
    assert "write docs/site.yaml, without which a run makes none" in done.stderr


def test_a_new_audit_bears_the_name_of_its_folder(started):
    assert (started / "README.md").read_text(encoding="utf-8").startswith("# another paper\n")
    assert [path for path in started.rglob("*.md") if new.PLACEHOLDER in path.read_text(encoding="utf-8")
            and "template" not in path.parts] == []


def test_a_new_audit_takes_nothing_of_this_paper_along(started):
    words = ("strategic emerging", "Gou Wenqian", "rd_intensity", "National Bureau")
    skipped = ("requirements", "LICENSE")
    found = [f"{path.relative_to(started)}: {word}" for path in started.rglob("*") if "build" not in path.parts
             and path.is_file() and path.suffix not in (".pyc", ".whl")
             and not path.relative_to(started).as_posix().startswith(skipped)
             for word in words if word in path.read_text(encoding="utf-8")]
    assert found == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(main, ["new", str(tmp_path)])
    assert done.exit_code == 2
    assert "the folder is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_with_nothing_to_lend_says_what_it_lacks(tmp_path):
    with pytest.raises(InputError, match="nothing to lend"):
        new.new(tmp_path / "other", base=tmp_path)


def test_an_audit_can_be_started_from_one_that_was_started(started, tmp_path):
    second = new.new(tmp_path / "second", base=started)
    assert (second / "requirements" / "run.txt").read_bytes() == (started / "requirements" / "run.txt").read_bytes()


def test_a_start_that_fails_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(new, "_first_run", lambda folder: (_ for _ in ()).throw(RuntimeError("stopped")))
    with pytest.raises(RuntimeError, match="stopped"):
        new.new(tmp_path / "other")
    (tmp_path / "empty").mkdir()
    with pytest.raises(RuntimeError, match="stopped"):
        new.new(tmp_path / "empty")
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.slow
def test_the_two_commands_pass_in_a_new_audit_with_an_environment_of_its_own(started, tmp_path):
    folder = tmp_path / "fresh"
    shutil.copytree(started, folder, ignore=shutil.ignore_patterns("build", "__pycache__"))
    foreign = ("AUDIT_", "PYTEST_", "PYTHON", "MAKE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    for target in ("reproduce", "test"):
        done = subprocess.run(["make", target], cwd=folder, env=kept, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
