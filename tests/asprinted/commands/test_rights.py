"""Folders and files that may not be read or written, as another user of the machine meets them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from checkout import ROOT

# Root may read and write everywhere, so the command is run without the two capabilities that say so.
ALMIGHTY = "-dac_override,-dac_read_search"
ROOTLESS = ["setpriv", f"--inh-caps={ALMIGHTY}", f"--bounding-set={ALMIGHTY}"]
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX"),
    pytest.mark.skipif(IS_ROOT and shutil.which("setpriv") is None, reason="root, and no setpriv to be less than that"),
]


@pytest.fixture
def copy():
    """A copy of this audit's inputs in a folder that everybody may read."""
    base = Path(tempfile.mkdtemp(prefix="audit 审计 "))
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, base / name)
    yield base
    for path in [base, *base.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(base)


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "AUDIT_ROOT"} | {"HOME": "/nonexistent"}
    command = [*(ROOTLESS if IS_ROOT else []), sys.executable, "-m", "asprinted", *arguments]
    return subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def read_only(copy: Path) -> None:
    for path in copy.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    copy.chmod(0o555)


def test_checking_and_showing_need_no_right_to_write(copy):
    read_only(copy)
    for arguments in (["check"], ["list"], ["show", "growth-2019q1"]):
        result = run(copy, *arguments)
        assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("command", ["reproduce", "validate", "accept"])
def test_a_read_only_checkout_is_one_clear_error(copy, command):
    read_only(copy)
    result = run(copy, command)
    assert result.returncode == 2, result.stderr
    assert "Traceback" not in result.stderr
    assert f"{copy}/build" in result.stderr
    assert "Permission denied" in result.stderr
    assert result.stderr.splitlines()[-1] == "Not started: 1 fault(s) in the input (exit 2)."


@pytest.mark.parametrize("name", ["data/official/mobile.csv", "data/official/mobile.yaml", "data/paper/points.csv",
                                  "data/paper/claims/1_introduction.yaml", "notebooks/01_introduction.ipynb"])
def test_a_file_that_may_not_be_read_is_one_clear_error(copy, name):
    (copy / name).chmod(0)
    result = run(copy, "check")
    assert result.returncode == 2, result.stderr
    assert f"{name}: the " in result.stderr
    assert "Permission denied" in result.stderr
    assert result.stderr.splitlines()[-1] == "Not started: 1 fault(s) in the input (exit 2)."


def test_a_file_in_place_of_the_build_folder_is_one_clear_error(copy):
    (copy / "build").write_text("a file", encoding="utf-8")
    result = run(copy, "reproduce")
    assert result.returncode == 2, result.stderr
    assert f"{copy}/build" in result.stderr
    assert (copy / "build").read_text(encoding="utf-8") == "a file"


def test_a_circle_of_links_in_place_of_the_build_folder_is_one_clear_error(copy):
    (copy / "build").symlink_to(copy / "build")
    result = run(copy, "reproduce")
    assert result.returncode == 2, result.stderr
    assert f"{copy}/build" in result.stderr
