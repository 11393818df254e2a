"""``make -C tools versions``: this audit under other Pythons and libraries, and which of its bytes they change.

Each variant is a copy of the checkout with an environment of its own, in which `make reproduce` runs. What is compared
with the build of the locked libraries: verdicts and figures' data, which must not change (status 1 if they do), and
drawings, executed notebooks and the report, which may.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asprinted import generated_parts
from forkmill.project import VARIABLES

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "versions.md"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# What touches bytes, put back one after the other: each to the oldest release that pyproject.toml allows (see oldest).
PUT_BACK = {
    "matplotlib": ("matplotlib",), "pandas": ("pandas",), "numpy": ("numpy",), "pillow": ("pillow",),
    "ipykernel and IPython": ("ipykernel", "ipython"), "papermill, nbclient, nbformat": ("papermill", "nbclient", "nbformat"),
    "Sphinx, its theme, MyST-NB": ("sphinx", "sphinx-book-theme", "myst-nb"), "seaborn": ("seaborn",),
}
ELSEWHERE = {"numpy": "2.2.0", "pillow": "11.0.0", "ipython": "8.31.0"}  # others bring these, and pyproject.toml says nothing of them
# Name of a group of files, the patterns under build/, whether its bytes may change.
GROUPS = (
    ("verdicts", ("verdicts.json", "verdicts.csv"), False),
    ("figures' data", ("figures/*.csv", "figures/*.json"), False),
    ("drawings, PNG", ("figures/*.png",), True),
    ("drawings, SVG", ("figures/*.svg",), True),
    ("notebooks", ("notebooks/*.ipynb",), True),
    ("report", ("report/**/*.html",), True),
)


Hashes = dict[str, dict[str, str]]  # SHA-256 of files, by group and path


@dataclass(frozen=True)
class Variant:
    """A Python, and what is installed over the lock."""

    name: str
    python: str
    packages: tuple[str, ...] = ()


def variants() -> Iterator[Variant]:
    """The locked libraries first, which all others are compared with; Pythons that are not on this machine are left out."""
    yield Variant("this Python, the lock", sys.executable)
    for version in PYTHONS:
        found = shutil.which(f"python{version}")
        own = version == "{}.{}".format(*sys.version_info[:2])
        if found and not own and subprocess.run([found, "-c", "import venv"], capture_output=True, check=False).returncode == 0:
            yield Variant(f"Python {version}", found)
    for name, packages in PUT_BACK.items():
        yield Variant(name, sys.executable, tuple(map(oldest, packages)))


def oldest(package: str) -> str:
    """The oldest release of a package that this repository says it works with, as pip takes it.

    >>> oldest("numpy")
    'numpy==2.2.0'
    """
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    bounds = {name: bound for name, _, bound in (one.partition(">=") for one in listed)}
    return f"{package}=={ELSEWHERE.get(package) or bounds[package]}"


def built(variant: Variant, folder: Path) -> tuple[str, Hashes]:
    """What was installed for the variant, and the files of its build."""
    root = folder / "audit"  # the same for all, so that a path in a file is no difference
    shutil.rmtree(root, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "AUDIT_", VARIABLES))}
    # Not the link of this environment: venv would take its Python for the base of another.
    python = os.path.realpath(variant.python) if variant.python == sys.executable else variant.python
    _call([python, "requirements/install.py", "run"], root, env)
    own = str(root / ".venv" / "bin" / "python")
    if variant.packages:
        _call([own, "-m", "pip", "install", "-q", "--disable-pip-version-check", *variant.packages], root, env)
    _call([own, "-m", "asprinted", "reproduce", "--quiet"], root, env)
    build = root / "build"
    files = {name: {path.relative_to(build).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                    for pattern in patterns for path in build.glob(pattern)} for name, patterns, _ in GROUPS}
    python = subprocess.run([own, "-c", "import platform; print(platform.python_version())"], check=True, capture_output=True, text=True)
    return ", ".join([f"Python {python.stdout.strip()}", *(one.replace("==", " ") for one in variant.packages)]), files


def _call(command: list[str], cwd: Path, env: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")


def differing(reference: dict[str, str], files: dict[str, str]) -> list[str]:
    """Files of a group that differ, or are there only once."""
    return sorted(name for name in {*reference, *files} if reference.get(name) != files.get(name))


def said(names: list[str], count: int) -> str:
    """What a cell of the table says of the files that differ, of so many."""
    if not names:
        return "same"
    return f"{len(names)} of {count} differ" + (f" ({', '.join(Path(name).name for name in names)})" if len(names) < 3 else "")


def main() -> int:
    """Run all variants, write the table, say what changed that must not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="variants whose name holds this text, and the locked one")
    given = parser.parse_args()
    lines, broken, reference = [], [], Hashes()
    with tempfile.TemporaryDirectory(prefix="audit-versions-") as folder:
        for variant in variants():
            if reference and given.only not in variant.name:
                continue
            installed, files = built(variant, Path(folder))
            reference = reference or files
            found = {name: differing(reference[name], files[name]) for name, _, _ in GROUPS}
            shown = [said(names, len(reference[name])) for name, names in found.items()]
            sys.stdout.write("; ".join([variant.name, *shown]) + "\n")
            sys.stdout.flush()
            lines.append(f"| {variant.name} | {installed} | " + " | ".join(shown) + " |")
            broken += [f"{variant.name}: {name}" for name, _, may in GROUPS if found[name] and not may]
    head = ["variant", "what was installed", *(name for name, _, _ in GROUPS)]
    table = [f"Run on {datetime.now(UTC):%Y-%m-%d}, {platform.system()}, {platform.machine()}.", "",
             f"| {' | '.join(head)} |", "|" + "---|" * len(head), *lines]
    if not given.only:
        generated_parts.put(PAGE, "versions", "\n".join(table), "make -C tools versions")
    sys.stdout.writelines(f"must not change, but did: {one}\n" for one in broken)
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
