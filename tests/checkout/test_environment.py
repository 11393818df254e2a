"""The set-up: locks, the conda environment, the workflows and the Makefile say the same thing."""

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from checkout import ROOT

HASHED = ("run", "all", "audit")  # the last is lent to new audits
LOCKS = (*HASHED, "conda")
PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\\n]+?))?(?: \\)?$", re.MULTILINE)
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def _text(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def _pins(lock: str) -> set[tuple[str, str, str]]:
    text = _text("requirements", f"{lock}.txt")
    return {(pin["name"], pin["version"], pin["marker"] or "") for pin in PIN.finditer(text)}


def _names(requirements: list[str]) -> set[str]:
    return {re.match(r"[A-Za-z0-9._-]+", line).group().lower().replace("_", "-") for line in requirements}


def _project() -> dict:
    return tomllib.loads(_text("pyproject.toml"))["project"]


def _pythons() -> list[str]:
    """Versions of Python that the package says it supports."""
    return [line.rpartition(" ")[2] for line in _project()["classifiers"] if re.search(r":: 3\.\d+$", line)]


def _conda_pip() -> list[str]:
    """What environment.yml hands to pip, one line of a requirements file each."""
    [part] = [entry for entry in yaml.safe_load(_text("environment.yml"))["dependencies"] if isinstance(entry, dict)]
    return part["pip"]


@pytest.fixture
def installer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("install", ROOT / "requirements" / "install.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_made_of_pins_and_hashes_alone_so_it_names_no_index_and_no_folder(lock):
    lines = _text("requirements", f"{lock}.txt").splitlines()
    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []


@pytest.mark.parametrize("lock", HASHED)
def test_every_requirement_of_a_hashed_lock_has_a_hash(lock):
    blocks = re.split(r"\n(?=\S)", _text("requirements", f"{lock}.txt"))
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_the_larger_lock_holds_the_smaller_one_at_the_same_versions():
    # A marker may be wider there, where one more package asks for the same release.
    assert {pin[:2] for pin in _pins("run")} <= {pin[:2] for pin in _pins("audit")} <= {pin[:2] for pin in _pins("all")}


def test_the_conda_list_is_the_larger_lock_without_what_conda_and_the_build_bring():
    assert {pin for pin in _pins("all") if pin[0] not in {"pip", "setuptools", "uv"}} == _pins("conda")


def test_the_locks_hold_every_dependency_that_the_package_declares():
    project = _project()
    assert _names(project["dependencies"]) <= {name for name, *_ in _pins("run")}
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    assert _names(extras) <= {name for name, *_ in _pins("all")}


@pytest.mark.parametrize("package", ["asprinted", "forkmill"])
def test_the_locks_of_a_new_audit_hold_every_dependency_that_its_packages_declare(package):
    project = tomllib.loads(_text("src", package, "pyproject.toml"))["project"]
    ours = {"asprinted", "forkmill"}
    assert _names(project["dependencies"]) - ours <= {name for name, *_ in _pins("run")}
    asked = [line for extra in ("lab", "test", "validate") for line in project["optional-dependencies"].get(extra, [])]
    assert _names(asked) - ours <= {name for name, *_ in _pins("audit")}


def test_no_lock_brings_the_package_that_makes_reading_a_notebook_slow():
    assert "rfc3987-syntax" not in {name for lock in LOCKS for name, *_ in _pins(lock)}


def test_conda_gives_python_and_pip_and_every_file_that_its_pip_part_names_exists():
    environment = yaml.safe_load(_text("environment.yml"))
    assert _names([entry for entry in environment["dependencies"] if isinstance(entry, str)]) == {"python", "pip"}
    files = [line.removeprefix("-r ") for line in _conda_pip() if line.startswith("-r ")]
    assert files
    assert [name for name in files if not (ROOT / name).is_file()] == []
    assert "-e ." in _conda_pip()


@pytest.mark.slow
def test_pip_installs_the_pip_part_of_the_conda_environment(tmp_path):
    # As conda does it: the lines in a file beside environment.yml, pip started in that folder.
    for name in ("pyproject.toml", "LICENSE", "LICENSE-DATA"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("requirements", "src"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    (tmp_path / "condaenv.txt").write_text("\n".join(_conda_pip()), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", "scratch"], cwd=tmp_path, check=True)
    python = tmp_path / "scratch" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    command = [python, "-m", "pip", "install", "-qq", "-U", "-r", "condaenv.txt", "--exists-action=b"]
    subprocess.run(command, cwd=tmp_path, check=True)
    code = "import asprinted, jupyterlab, matplotlib, nbval, pandas, papermill, seaborn; print(asprinted.__file__)"
    done = subprocess.run([python, "-I", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert Path(done.stdout.strip()).is_relative_to(tmp_path.resolve())


def test_the_workflow_tries_every_supported_python():
    workflow = yaml.safe_load(_text(".github", "workflows", "ci.yml"))
    assert workflow["jobs"]["pip"]["strategy"]["matrix"]["python"] == _pythons()


def test_the_locks_reach_from_the_oldest_supported_python():
    assert f"--python-version {_pythons()[0]} " in _text("tools", "Makefile")
    assert _project()["requires-python"] == f">={_pythons()[0]}"


def test_continuous_integration_calls_the_commands_of_the_readme():
    script = _text(".ci", "run")
    assert "make test" in script
    assert "make reproduce" in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_make_alone_prints_help_that_lists_every_target():
    targets = re.findall(r"^([a-z-]+):(?!=)", _text("Makefile"), re.MULTILINE)
    listed = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert re.findall(r"^  make ([a-z-]+) ", listed, re.MULTILINE) == targets
    assert len(targets) <= 14


def test_an_old_python_is_told_which_one_is_needed(installer, monkeypatch, capsys):
    monkeypatch.setattr(installer, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match="2"):
        installer.check_python()
    assert "Python 99.0 or newer is needed" in capsys.readouterr().err


def test_a_python_without_its_venv_module_names_the_package_to_install(installer, monkeypatch, capsys):
    monkeypatch.setattr(installer.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(SystemExit, match="2"):
        installer.check_python()
    assert "python{}.{}-venv".format(*sys.version_info[:2]) in capsys.readouterr().err


def test_a_set_up_that_was_interrupted_leaves_no_sign_of_being_whole(installer, monkeypatch, tmp_path):
    _place(installer, monkeypatch, tmp_path)
    installer.finish("run")
    assert installer.installed("run")
    monkeypatch.setattr(installer, "add", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        installer.install("all")
    assert not installer.usable()
    assert list(tmp_path.glob(".venv/*.stamp")) == []


def test_an_environment_that_came_from_another_folder_is_not_used(installer, monkeypatch, tmp_path):
    _place(installer, monkeypatch, tmp_path)
    installer.finish("run")
    assert installer.usable()
    installer.WHERE.write_text("/elsewhere", encoding="utf-8")
    assert not installer.usable()


def test_a_folder_that_the_set_up_did_not_make_is_left_alone(installer, monkeypatch, tmp_path, capsys):
    _place(installer, monkeypatch, tmp_path)
    installer.OURS.unlink()
    (installer.VENV / "mine").touch()
    with pytest.raises(SystemExit, match="2"):
        installer.install("run")
    assert "not made by this set-up" in capsys.readouterr().err
    assert (installer.VENV / "mine").exists()


def test_a_uv_of_the_machine_is_used_only_if_it_is_not_older_than_the_locks(installer, monkeypatch, tmp_path):
    _place(installer, monkeypatch, tmp_path)
    (tmp_path / "requirements" / "run.txt").write_text("uv==0.9.10 \\\n    --hash=sha256:0\n", encoding="utf-8")
    monkeypatch.setattr(installer, "PYTHON", tmp_path / "nowhere" / "python")
    there = tmp_path / "uv"
    monkeypatch.setattr(installer.shutil, "which", lambda name: str(there))
    for version, used in (("0.9.9", ""), ("0.9.10", str(there)), ("0.10.1", str(there))):
        there.write_text(f"#!/bin/sh\necho uv {version}\n", encoding="utf-8")
        there.chmod(0o755)
        assert installer.uv() == used


def test_where_uv_cannot_install_pip_does(installer, monkeypatch, tmp_path, capsys):
    _place(installer, monkeypatch, tmp_path)
    called = []
    monkeypatch.setattr(installer, "uv", lambda: "uv")
    monkeypatch.setattr(installer, "status", lambda *command: called.append(command) or int(command[0] == "uv"))
    installer.add("--require-hashes", "-r", "requirements/run.txt")
    assert called[0][0] == "uv"
    assert called[-1][:4] == (str(installer.PYTHON), "-m", "pip", "install")
    assert "pip tries" in capsys.readouterr().out


def test_a_python_that_brings_its_pip_as_a_wheel_needs_none_in_the_environment_to_fetch_uv(installer, tmp_path):
    pip = installer.unpacked(tmp_path)
    if pip is None:
        pytest.skip("this Python brings no wheel of pip")
    assert subprocess.run([sys.executable, pip, "--version"], capture_output=True, text=True, check=True).stdout.startswith("pip ")


def _place(installer: ModuleType, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """Point the installer at a scratch checkout whose .venv is this Python."""
    venv = root / ".venv"
    (root / "requirements").mkdir()
    venv.mkdir()
    for name in ("requirements/run.txt", "requirements/all.txt", "pyproject.toml"):
        (root / name).write_text(name, encoding="utf-8")
    for name, value in {"ROOT": root, "VENV": venv, "OURS": venv / ".setup", "WHERE": venv / "where"}.items():
        monkeypatch.setattr(installer, name, value)
    monkeypatch.setattr(installer, "PYTHON", Path(sys.executable))
    installer.OURS.touch()


def _interrupted(*arguments: str) -> None:
    raise KeyboardInterrupt(arguments)
