"""The same bytes everywhere: whatever a user's machine, settings and day are, run.json names the same hashes.

Each run is of the whole audit, in a copy under a path of its own, and its mark, which holds the hashes of every file, is
that of a plain run. What may differ from machine to machine differs in many ways at once: together they cover every one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from checkout import ROOT

pytestmark = pytest.mark.long
PLAIN = ("PATH", "SYSTEMROOT", "TEMP", "TMP")
IN_MEMORY = Path("/dev/shm")


def copied(root: Path, files: list[Path]) -> Path:
    for path in files:
        place = root / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    (root / "home").mkdir()
    return root


def inputs() -> list[Path]:
    return [path for name in ("data", "notebooks", "src/helpers") for path in sorted((ROOT / name).rglob("*"))
            if path.is_file() and not {".ipynb_checkpoints", "__pycache__"} & {*path.parts}]


def built(root: Path, *options: str, cwd: Path | None = None, before: tuple[str, ...] = (), umask: int = -1,
          **settings: str) -> dict[str, Any]:
    """What run.json says after a run that ended well."""
    env = {name: os.environ[name] for name in PLAIN if name in os.environ} | {"HOME": str(root / "home")} | settings
    command = [*before, sys.executable, "-m", "asprinted", "reproduce", "--quiet", *options]
    result = subprocess.run(command, cwd=cwd or root, env=env, capture_output=True, text=True, encoding="utf-8",
                            errors="replace", check=False, umask=umask)
    assert result.returncode == 0, result.stdout + result.stderr
    mark = json.loads((root / "build" / "run.json").read_text(encoding="utf-8"))
    mark["inputs"].pop("notebooks/matplotlibrc", None)  # what lies beside a notebook counts as an input, whoever reads it
    return mark


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return built(copied(tmp_path_factory.mktemp("plain") / "audit", inputs()))


RC = "lines.linewidth: 9\nfont.size: 30\naxes.facecolor: red\naxes.unicode_minus: False\nsavefig.transparent: True\n"


def at_home(root: Path) -> dict[str, str]:
    for name in (".config/matplotlib", ".matplotlib"):
        (root / "home" / name).mkdir(parents=True)
        (root / "home" / name / "matplotlibrc").write_text(RC, encoding="utf-8")
    return {}


def named(root: Path) -> dict[str, str]:
    (root / "matplotlibrc").write_text(RC, encoding="utf-8")
    return {"MATPLOTLIBRC": str(root / "matplotlibrc"), "MPLCONFIGDIR": str(root), "MPLBACKEND": "qtagg"}


def beside_the_notebooks(root: Path) -> dict[str, str]:
    (root / "notebooks" / "matplotlibrc").write_text(RC, encoding="utf-8")
    return {}


def ipython(root: Path) -> dict[str, str]:
    profile = root / "home" / ".ipython" / "profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup" / "00.py").write_text("import pandas\npandas.DataFrame = None\n", encoding="utf-8")
    (profile / "ipython_config.py").write_text("c.InteractiveShell.ast_node_interactivity = 'all'\n", encoding="utf-8")
    return {"IPYTHONDIR": str(root / "home" / ".ipython")}


def jupyter(root: Path) -> dict[str, str]:
    kernel = root / "home/.local/share/jupyter/kernels/python3/kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text('{"argv": ["false", "{connection_file}"], "display_name": "Python 3"}', encoding="utf-8")
    return {"JUPYTER_PATH": str(kernel.parents[2]), "JUPYTER_DATA_DIR": str(kernel.parents[2])}


def python(root: Path) -> dict[str, str]:
    (root / "startup.py").write_text("raise SystemExit('the start-up file was run')\n", encoding="utf-8")
    return {"PYTHONSTARTUP": str(root / "startup.py"), "PYTHONWARNINGS": "ignore", "PYTHONOPTIMIZE": "2",
            "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:replace", "PYTHONINSPECT": "", "PYTHONBREAKPOINT": "0"}


def shadow(root: Path) -> dict[str, str]:
    (root / "shadow").mkdir()
    (root / "shadow" / "seaborn.py").write_text("raise ImportError('a shadow of seaborn')\n", encoding="utf-8")
    (root / "shadow" / "ipykernel.py").write_text("raise ImportError('a shadow of ipykernel')\n", encoding="utf-8")
    return {"PYTHONPATH": str(root / "shadow")}


def terminal(root: Path) -> dict[str, str]:
    return {"COLUMNS": "20", "LINES": "5", "NO_COLOR": "1", "TERM": "xterm-256color", "FORCE_COLOR": "1"}


def audit(root: Path) -> dict[str, str]:
    (root / "verdicts.json").write_text("[]", encoding="utf-8")
    return {"FORKMILL_GIVEN": str(root / "verdicts.json")}


class Machine(NamedTuple):
    """Somebody's machine: variables, files of settings, options, folder to start from, rights of new files, and its disk.

    ``reversed``: the files were written in another order, in which some file systems list them. ``in_memory``: it is one
    that lists the newest first.
    """

    settings: dict[str, str]
    changes: tuple[Callable[[Path], dict[str, str]], ...] = ()
    options: tuple[str, ...] = ()
    folder: str = ""
    umask: int = -1
    reversed: bool = False
    in_memory: bool = False


def speaks(language: str) -> dict[str, str]:
    return {"LC_ALL": language, "LANG": language}


MACHINES = {
    "in Shanghai": Machine(
        speaks("zh_CN.UTF-8") | {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "0"},
        (at_home, ipython), ("--jobs", "4"), "notebooks", umask=0o000,
    ),
    "in Newfoundland": Machine(
        speaks("no_SUCH.latin1") | {"TZ": "America/St_Johns", "PYTHONHASHSEED": "4294967295", "SOURCE_DATE_EPOCH": "1700000000"},
        (named, jupyter), ("--jobs", "1"), "data/paper", umask=0o077, reversed=True,
    ),
    "in Germany": Machine(
        speaks("de_DE.UTF-8") | {"PYTHONHASHSEED": "random"}, (beside_the_notebooks, terminal, audit), (), "/",
        reversed=True, in_memory=True,
    ),
    "in Turkey": Machine(speaks("tr_TR.UTF-8")),
    "of no language": Machine(speaks("C"), (shadow,)),
    "of somebody who sets Python up": Machine({}, (python,)),
}


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A copy of the inputs on the disk of a machine."""
    machine: Machine = request.param
    base = IN_MEMORY / f"audit-{os.getpid()}" if machine.in_memory and IN_MEMORY.is_dir() else tmp_path
    yield copied(base / "ein Audit 审计", inputs()[::-1] if machine.reversed else inputs())
    shutil.rmtree(base, ignore_errors=True)


@pytest.mark.parametrize(("machine", "folder"), [(one, one) for one in MACHINES.values()], ids=MACHINES, indirect=["folder"])
def test_another_machine_gives_the_same_bytes(plain, machine, folder):
    settings = dict(machine.settings)
    for change in machine.changes:
        settings |= change(folder)
    if machine.folder:
        settings |= {"AUDIT_ROOT": str(folder)}
    assert built(folder, *machine.options, cwd=folder / machine.folder, umask=machine.umask, **settings) == plain


@pytest.mark.skipif(shutil.which("faketime") is None, reason="needs Debian's faketime")
@pytest.mark.parametrize("day", ["+1d", "+1500d"])
def test_the_day_changes_nothing(plain, tmp_path, day):
    assert built(copied(tmp_path / "ein Audit 审计", inputs()), before=("faketime", "-f", day)) == plain
