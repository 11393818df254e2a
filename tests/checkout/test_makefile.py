"""What is typed after make arrives as it was typed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from checkout import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


def make(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", "--no-print-directory", *arguments], cwd=ROOT, env={**os.environ, **variables}, capture_output=True,
                          text=True, encoding="utf-8", check=False)


def test_dollars_and_backslashes_are_read_by_nobody():
    typed = "US$5 $HOME $(shell echo run) C:\\Users\\new `echo run`"
    for done in (make("reproduce", f"PARAMS='{typed}'"), make("reproduce", PARAMS=f"'{typed}'")):
        assert f"found:    {typed}\n" in done.stdout + done.stderr


@pytest.mark.parametrize("typed", ["FRESH=0", "FRESH=no", "FRESH="])
def test_a_switch_that_is_off_is_off(typed):
    assert "\nFRESH := \n" in make("-n", "-p", "reproduce", typed).stdout


def test_a_shell_that_is_no_bash_will_do(tmp_path: Path):
    for name in ("awk", "make", "test", "cat"):
        (tmp_path / name).symlink_to(shutil.which(name))
    done = subprocess.run(["make", "help"], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "make reproduce" in done.stdout
