"""`asprinted new`: an audit of another paper starts in an empty folder, thin, and runs at once on two pinned wheels."""

from __future__ import annotations

import json
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
from report_build import links, pages

from asprinted.__main__ import main
from asprinted.commands.folder import manifest, new, pins
from checkout import ROOT
from forkmill.errors import InputError
from forkmill.state.snapshot import sha256

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AUDIT_ROOT", raising=False)
        return new.new(tmp_path_factory.mktemp("somewhere") / "another paper")


def run(python, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command called from inside the new folder, with this environment: one can serve many audits."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AUDIT_", "PYTEST_"))}
    return python(*arguments, cwd=root, env=kept | {"PYTHONPATH": str(ROOT / "src")})


def lines(path: Path) -> int:
    """Those that somebody reads: of a notebook its cells, without what they have put out."""
    text = path.read_text(encoding="utf-8")
    parts = ["".join(cell["source"]) for cell in json.loads(text)["cells"]] if path.suffix == ".ipynb" else [text]
    return sum(len(part.splitlines()) for part in parts)


def test_a_new_audit_is_thin(started):
    there = [path for path in started.rglob("*") if path.is_file() and "build" not in path.parts and "__pycache__" not in path.parts]
    compiled = {"run.txt", "all.txt", manifest.NOTE, *(path.name for path in there if path.suffix == ".whl")}
    assert len(there) < 40
    assert sum(lines(path) for path in there if path.name not in compiled) < 700
    page = started / "data" / "README.md"  # which is written from the tables
    ours = [path for path in there if path.name not in compiled and not path.name.startswith("LICENSE") and path != page]
    assert sum(map(lines, ours)) < 600
    assert not any((started / "src" / name).exists() for name in ("asprinted", "forkmill"))
    assert not (started / "docs" / "badges").exists()  # its page shows none


def test_its_two_packages_are_wheels_pinned_by_their_hashes(started):
    wheels = {path.name.split("-")[0]: path for path in (started / pins.WHEELS).iterdir()}
    assert set(wheels) == {"asprinted", "forkmill"}
    for name in (pins.RUN, pins.ALL):
        text = (started / name).read_text(encoding="utf-8")
        for package, path in wheels.items():
            assert f"{package}==0.1.0 \\\n    --hash=sha256:{sha256(path)}\n" in text


def test_a_wheel_is_the_same_bytes_every_time_and_holds_every_module_and_file(started, tmp_path):
    for name in manifest.PACKAGES:
        built = manifest.wheel(name, tmp_path)
        assert built.read_bytes() == (started / pins.WHEELS / built.name).read_bytes()
        held = {one for one in zipfile.ZipFile(built).namelist() if one.startswith(f"{name}/")}
        there = {f"{name}/{path.relative_to(manifest.PACKAGES[name]).as_posix()}" for path in manifest.PACKAGES[name].rglob("*")
                 if path.is_file() and "__pycache__" not in path.parts}
        assert there - held == set()


def test_pins_of_published_packages_are_those_of_the_same_wheels(started, tmp_path):
    other = new.new(tmp_path / "another paper", index=True)
    assert not (other / pins.WHEELS).exists()
    for name in (pins.RUN, pins.ALL):
        assert (other / name).read_bytes() == (started / name).read_bytes()
    assert (other / manifest.INSTALLER).read_bytes() == (ROOT / manifest.INSTALLER).read_bytes()


def test_the_installer_of_a_new_audit_is_that_of_its_wheel(started, python):
    done = python(started / manifest.INSTALLER, "neither of both")
    assert (done.returncode, done.stderr) == (2, "usage: python requirements/install.py [run|all]\n")


def test_a_new_audit_reproduces_at_once(started, python):
    done = run(python, started, "-m", "asprinted", "reproduce")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 claim judged, every verdict equals the record" in done.stdout


def test_one_environment_serves_two_audits_from_a_folder_of_neither(started, installed, python, tmp_path):
    for root in (started, installed):
        done = run(python, tmp_path, "-m", "asprinted", "-C", str(root), "reproduce")
        assert done.returncode == 0, done.stdout + done.stderr
        assert (root / "build" / "run.json").is_file()


def test_a_new_audit_is_valid_at_once(started, python):
    done = run(python, started, "-m", "asprinted", "validate")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tests_of_a_new_audit_pass_at_once(started, python):
    done = run(python, started, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_the_notebook_of_the_template_is_stored_as_a_first_run_writes_it(started):
    name = "notebooks/01_first_claim.ipynb"
    assert (started / name).read_bytes() == (manifest.TEMPLATE / name).read_bytes()


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
    foreign = ("AUDIT_", "PYTEST_", "PYTHON", "MAKE", "ARGS")  # also what the make that called the tests was given
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)} | {"BROWSER": "true"}


def listed(root: Path) -> list[str]:
    said = subprocess.run(make(root), env=environment(), capture_output=True, text=True, check=True).stdout
    return re.findall(r"^make (\S+)", said, re.MULTILINE)


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
ALONE = {"show": ["ID=luminous-efficacy"]}
WATCHED = "lab"  # it goes on until it is stopped
ASKING = "lock"  # it asks an index


@needs_make
def test_every_target_that_a_new_audit_lists_does_what_it_says(installed):
    targets = listed(installed)
    assert targets == ["help", "reproduce", "view", "show", "list", WATCHED, "accept", "readme", "test", ASKING, "clean"]
    for target in (one for one in targets if one not in (WATCHED, ASKING)):
        line = make(installed, target, *ALONE.get(target, ()))
        done = subprocess.run(line, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, (target, done.stdout + done.stderr)
        if target == "view":
            site = installed / "build" / "report"
            assert [one for one, there in links(site, pages(site)).items() if not there] == []
            assert "docs/how-to/dispute-a-verdict.html" in {address for _, address in pages(site)["claims.html"].values("href")}


@needs_make
def test_the_lab_of_a_new_audit_says_its_address_and_ends_when_it_is_told_to(installed):
    line = make(installed, WATCHED, "ARGS=--no-browser")
    with subprocess.Popen(line, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0) as process:
        late = threading.Timer(60, os.killpg, (process.pid, signal.SIGKILL))
        late.start()
        try:
            assert any("http://" in said for said in process.stdout)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.stdout.read()  # to the end of the last of them: a server that is told before it listens does not hear, and is killed
            late.cancel()


@needs_make
def test_every_command_that_the_page_of_a_new_audit_names_is_one(installed):
    page = (installed / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake ([a-z-]+)`|^make ([a-z-]+)$", page, re.MULTILINE))
    assert {one or other for one, other in targets} <= set(listed(installed))
    pages = [page, *(path.read_text(encoding="utf-8") for path in (installed / "docs").rglob("*.md"))]
    commands = {one for text in pages for one in re.findall(r"python -m asprinted (?:-C \w+ )?([a-z]+)", text)}
    assert {"data", "update", "reproduce"} <= commands
    assert commands <= set(main.commands)


@pytest.mark.parametrize("command", [["check"], ["why"], ["tidy"], ["data", "--accept"], ["sweep"], ["sweep", "--sample", "1"],
                                     ["sources"]], ids=" ".join)
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
    assert [path for path in started.rglob("*.md") if new.PLACEHOLDER in path.read_bytes()
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


def test_an_audit_can_be_started_from_the_packages_of_one_that_was_started(started, python, tmp_path):
    for path in (started / pins.WHEELS).iterdir():
        zipfile.ZipFile(path).extractall(tmp_path / "packages")
    environment = {name: value for name, value in os.environ.items() if name != "AUDIT_ROOT"} | {"PYTHONPATH": str(tmp_path / "packages")}
    done = python("-m", "asprinted", "new", str(tmp_path / "another paper"), cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    for name in (manifest.NOTE, *manifest.noted(started)):
        assert (tmp_path / "another paper" / name).read_bytes() == (started / name).read_bytes(), name


def test_a_package_with_nothing_to_lend_says_what_it_lacks(tmp_path, monkeypatch):
    monkeypatch.setitem(manifest.PACKAGES, "asprinted", tmp_path / "src" / "asprinted")
    with pytest.raises(InputError, match="nothing to lend"):
        new.new(tmp_path / "other")


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
    for target in ("reproduce", "test", "lock"):
        done = subprocess.run(["make", target], cwd=folder, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "Compiled: every pin is the same." in done.stdout
