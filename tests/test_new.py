"""`helpers new`: an audit of another paper starts in an empty folder, and runs on its own copy of the helpers."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers import new
from helpers.__main__ import main
from helpers.errors import InputError

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AUDIT_ROOT", raising=False)
        return new.new(tmp_path_factory.mktemp("somewhere") / "another paper")


def run(python, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The new audit's own helpers, called from inside its folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AUDIT_", "PYTEST_"))}
    return python(*arguments, cwd=root, env=kept | {"PYTHONPATH": str(root / "src")})


def test_a_new_audit_uses_its_own_copy_of_the_helpers(started, python):
    done = run(python, started, "-c", "import helpers; print(helpers.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(started)


def test_a_new_audit_reproduces_at_once(started, python):
    done = run(python, started, "-m", "helpers", "reproduce")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 claims judged, every verdict equals the record" in done.stdout


def test_a_new_audit_is_valid_at_once(started, python):
    done = run(python, started, "-m", "helpers", "validate")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tests_of_a_new_audit_pass_at_once(started, python):
    done = run(python, started, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", "src/helpers/printed.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_the_notebook_of_the_template_is_stored_as_a_first_run_writes_it(started):
    name = "notebooks/01_first_claim.ipynb"
    assert (started / name).read_bytes() == (new.TEMPLATE / name).read_bytes()


def test_data_dictionary_and_page_of_a_new_audit_are_current(started, python):
    assert run(python, started, "-m", "helpers", "data").returncode == 0
    assert "is current" in run(python, started, "-m", "helpers", "readme").stdout


def test_a_new_audit_bears_the_name_of_its_folder(started):
    assert (started / "README.md").read_text(encoding="utf-8").startswith("# another paper\n")
    assert [path for path in started.rglob("*.md") if new.PLACEHOLDER in path.read_text(encoding="utf-8")
            and "template" not in path.parts] == []


def test_a_new_audit_takes_nothing_of_this_paper_along(started):
    words = ("strategic emerging", "Gou Wenqian", "rd_intensity", "National Bureau")
    skipped = ("requirements", "LICENSE")
    found = [f"{path.relative_to(started)}: {word}" for path in started.rglob("*") if "build" not in path.parts
             and path.is_file() and path.suffix != ".pyc"
             and not path.relative_to(started).as_posix().startswith(skipped)
             for word in words if word in path.read_text(encoding="utf-8")]
    assert found == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(main, ["new", str(tmp_path)])
    assert done.exit_code == 2
    assert "the folder is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_helpers_outside_a_checkout_say_what_they_lack(tmp_path):
    with pytest.raises(InputError, match="do not lie in a checkout"):
        new.new(tmp_path / "other", checkout=tmp_path)


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
