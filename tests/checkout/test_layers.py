"""The walls between the packages and inside them: written in pyproject.toml, held here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checkout import ROOT

SOURCE = ROOT / "src"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "template" not in path.parts)
LONGEST, MOST_IN_A_FOLDER, LONGEST_HELPERS = 300, 12, 800


def contracts(root: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the packages below ``root/src`` under the contracts of this checkout."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    env = os.environ | {"PYTHONPATH": str(root / "src"), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def test_nothing_points_up_and_there_is_no_circle():
    done = contracts(ROOT)
    assert done.returncode == 0, done.stdout[-3000:]
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize(("module", "line"), [
    ("forkmill/writing.py", "import asprinted.paths"),
    ("asprinted/paths.py", "import helpers"),
    ("asprinted/numbers/interval.py", "import pandas"),
    ("asprinted/paper/register.py", "import forkmill.run.session"),
    ("forkmill/kernels/child.py", "import forkmill.notebooks.ipynb"),
    ("forkmill/kernels/fork_server.py", "import forkmill.kernels.sockets"),
    ("asprinted/verdicts/vocabulary.py", "import asprinted.verdicts.rules"),
])
def test_an_arrow_up_or_a_circle_is_noticed(tmp_path, module, line):
    shutil.copytree(SOURCE, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    path = tmp_path / "src" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert contracts(tmp_path).returncode == 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_module_can_be_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_a_folder_holds_no_more_than_a_dozen_modules():
    folders = {path.parent for path in MODULES}
    counted = {folder.relative_to(SOURCE).as_posix(): sum(one.parent == folder and one.name != "__init__.py" for one in MODULES)
               for folder in folders}
    assert {name: number for name, number in counted.items() if number > MOST_IN_A_FOLDER} == {}


def test_what_this_papers_notebooks_share_is_read_in_ten_minutes():
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in (SOURCE / "helpers").rglob("*.py"))
    assert lines < LONGEST_HELPERS


def test_every_folder_of_code_says_what_it_is_for():
    bare = [path.relative_to(SOURCE).as_posix() for path in MODULES if path.name == "__init__.py"
            and (not path.read_text(encoding="utf-8").startswith('"""') or '"""TODO"""' in path.read_text(encoding="utf-8"))]
    assert bare == []
