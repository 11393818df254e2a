"""The same bytes everywhere: whatever a user's machine, settings and day are, run.json names the same hashes.

Each test runs the whole audit once, in a copy under a path of its own, and compares the mark of the build, which holds
the hashes of every file, with that of a plain run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow
PLAIN = ("PATH", "SYSTEMROOT", "TEMP", "TMP")


def copied(root: Path, files: list[Path]) -> Path:
    for path in files:
        place = root / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    return root


def inputs() -> list[Path]:
    return [path for name in ("data", "notebooks") for path in sorted((ROOT / name).rglob("*"))
            if path.is_file() and ".ipynb_checkpoints" not in path.parts]


def built(root: Path, *options: str, cwd: Path | None = None, before: tuple[str, ...] = (), umask: int = -1,
          **settings: str) -> bytes:
    """Bytes of run.json after a run that ended well."""
    env = {name: os.environ[name] for name in PLAIN if name in os.environ} | {"HOME": str(root / "home")} | settings
    command = [*before, sys.executable, "-m", "helpers", "reproduce", "--quiet", *options]
    result = subprocess.run(command, cwd=cwd or root, env=env, capture_output=True, text=True, encoding="utf-8",
                            errors="replace", check=False, umask=umask)
    assert result.returncode == 0, result.stdout + result.stderr
    return (root / "build" / "run.json").read_bytes()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return built(copied(tmp_path_factory.mktemp("plain"), inputs()))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = copied(tmp_path / "ein Audit 审计", inputs())
    (root / "home").mkdir()
    return root


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/St_Johns"])
def test_the_time_zone_changes_nothing(plain, copy, zone):
    assert built(copy, TZ=zone) == plain


@pytest.mark.parametrize("locale", ["C", "de_DE.UTF-8", "zh_CN.UTF-8", "tr_TR.UTF-8", "no_SUCH.latin1"])
def test_the_language_changes_nothing(plain, copy, locale):
    assert built(copy, LC_ALL=locale, LANG=locale) == plain


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_the_number_of_notebooks_at_once_changes_nothing(plain, copy, jobs):
    assert built(copy, "--jobs", jobs) == plain


@pytest.mark.parametrize("folder", ["notebooks", "data/paper", "/"])
def test_the_working_directory_changes_nothing(plain, copy, folder):
    assert built(copy, cwd=copy / folder, AUDIT_ROOT=str(copy)) == plain


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_rights_of_new_files_change_nothing(plain, copy, umask):
    assert built(copy, umask=umask) == plain


@pytest.mark.parametrize("base", [None, Path("/dev/shm")])
def test_the_order_of_files_on_disk_changes_nothing(plain, tmp_path, base):
    if base is not None and not base.is_dir():
        pytest.skip("no file system in memory, which lists the newest first")
    root = (base or tmp_path) / f"reversed-{os.getpid()}"
    try:
        assert built(copied(root, inputs()[::-1])) == plain
    finally:
        shutil.rmtree(root, ignore_errors=True)


@pytest.mark.parametrize("seed", ["1", "4294967295", "random"])
def test_the_seed_of_hashes_changes_nothing(plain, copy, seed):
    assert built(copy, PYTHONHASHSEED=seed) == plain


@pytest.mark.skipif(shutil.which("faketime") is None, reason="needs Debian's faketime")
@pytest.mark.parametrize("day", ["+1d", "+1500d"])
def test_the_day_changes_nothing(plain, copy, day):
    assert built(copy, before=("faketime", "-f", day)) == plain


@pytest.mark.parametrize("seconds", ["0", "1700000000"])
def test_the_date_that_builders_pretend_changes_nothing(plain, copy, seconds):
    assert built(copy, SOURCE_DATE_EPOCH=seconds) == plain


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
    return {"AUDIT_VERDICTS": str(root / "verdicts.json")}


@pytest.mark.parametrize("change", [at_home, named, beside_the_notebooks, ipython, jupyter, python, shadow, terminal,
                                    audit])  # fmt: skip
def test_the_settings_of_a_user_change_nothing(plain, copy, change: Callable[[Path], dict[str, str]]):
    assert built(copy, **change(copy)) == plain
