"""The engine as a wheel of its own: built from a copy, without a network, and with all that its modules need."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_string
from email.message import Message
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import forkmill
from forkmill.state.packages import normal

SOURCE = Path(forkmill.__file__).parent
EXTRAS = {"cluster": {"distributed"}, "validate": {"nbval", "pytest", "pytest-xdist"}}
OPTIONS = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    copy = shutil.copytree(SOURCE, folder / "forkmill", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run([sys.executable, "-m", "pip", "wheel", *OPTIONS, str(copy), "-w", str(folder)], capture_output=True,
                          text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [one for one in archive.namelist() if one.endswith(".dist-info/METADATA")]
        return message_from_string(archive.read(name).decode("utf-8"))


def sources() -> set[str]:
    found = (path.relative_to(SOURCE.parent) for path in SOURCE.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if "__pycache__" not in path.parts}


def required(metadata: Message) -> tuple[set[str], dict[str, set[str]]]:
    """Names of what the wheel needs, and of what each of its extras needs."""
    needed: set[str] = set()
    extras: dict[str, set[str]] = {name: set() for name in metadata.get_all("Provides-Extra", [])}
    for line in metadata.get_all("Requires-Dist", []):
        name = normal(line.partition(";")[0].split(">=")[0].strip())
        extra = line.partition("extra == ")[2].strip("\"' ")
        (extras[extra] if extra else needed).add(name)
    return needed, extras


def imported() -> set[str]:
    """Distributions that the modules import from, wherever in a module."""
    names: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add(str(node.module).partition(".")[0])
    whose = packages_distributions()
    return {normal(whose[name][0]) for name in names - {"forkmill"} if name not in sys.stdlib_module_names}


def test_it_has_its_name_and_the_version_that_the_package_tells(wheel, metadata):
    assert wheel.name == f"forkmill-{forkmill.__version__}-py3-none-any.whl"
    assert (metadata["Name"], metadata["Version"]) == ("forkmill", "0.1.0")
    assert (metadata["License-Expression"], metadata["Requires-Python"]) == ("MIT", ">=3.11")
    assert metadata.get_payload().startswith("# forkmill\n"), "the README is not its long description"


def test_every_module_and_data_file_is_inside_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert inside == sources()
    assert {"forkmill/py.typed", "forkmill/README.md", "forkmill/notebooks/parameter.yaml"} <= inside


def test_it_needs_what_its_modules_import_and_nothing_else(metadata):
    needed, extras = required(metadata)
    assert extras == EXTRAS
    assert needed | {"distributed", "nbval", "pytest"} == imported()
    assert not needed & set().union(*EXTRAS.values())


def test_what_it_asks_of_a_package_the_checkout_asks_too(metadata):
    text = (SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    of_all = tomllib.loads(text)["project"]
    extra = of_all["optional-dependencies"]
    asked = {*of_all["dependencies"], *(one for name in ("cluster", "test") for one in extra[name])}
    known = {normal(one.split(">=")[0]) for one in asked}
    ours = {line.partition(";")[0].strip() for line in metadata.get_all("Requires-Dist")}
    assert {one for one in ours if normal(one.split(">=")[0]) in known} <= asked


def test_jupyter_finds_the_forked_kernels_by_it_and_no_command_is_installed(wheel):
    with zipfile.ZipFile(wheel) as archive:
        [name] = [one for one in archive.namelist() if one.endswith("entry_points.txt")]
        said = archive.read(name).decode("utf-8").split()
    assert said == ["[jupyter_client.kernel_provisioners]", "forked", "=", "forkmill.kernels.provisioner:ForkProvisioner"]


def test_it_runs_where_only_the_wheel_is(wheel, plain, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    source = ("import sys\nsys.path.insert(0, sys.argv[1])\nimport forkmill.__main__ as m\nprint(m.__file__)\n"
              "sys.exit(m.main(['why', sys.argv[2]]))")
    done = subprocess.run([sys.executable, "-c", source, str(tmp_path / "site"), str(plain.root)], capture_output=True, text=True,
                          encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path / "site"))
    assert "03_third: would run" in done.stdout


def test_building_it_left_nothing_among_the_sources():
    assert not [name for name in ("build", "forkmill.egg-info") if (SOURCE / name).exists()]
