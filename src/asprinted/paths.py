"""Where the folders of an audit are, from whatever folder a notebook or command is started."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from asprinted import __version__
from forkmill.errors import InputError
from forkmill.project import Project

MARK = Path("data", "paper", "parameters.yaml")
SITE = Path("docs", "site.yaml")  # the texts of the report, without which a run makes none
# Below build/, but not part of what a run builds: what other commands write there.
HIDDEN = ("sweep", "sources.md", "sources.csv", "update", "draft", "tools")


def root() -> Path:
    """Folder of the audit: ``AUDIT_ROOT``, else the nearest folder upwards, else this package's own checkout.

    Raises:
        InputError: no audit is found in any of the three.
    """
    named = os.environ.get("AUDIT_ROOT")
    candidates = [Path(named)] if named else [Path.cwd(), *Path.cwd().parents, Path(__file__).resolve().parents[2]]
    for folder in candidates:
        if (folder / MARK).is_file():
            return folder.resolve()
    raise InputError("no audit is found here", str(candidates[0]), f"a folder that holds {MARK.as_posix()}",
                     "none upwards of this folder", "start from inside the audit's folder, or set AUDIT_ROOT to it")


def passed_by() -> Path | None:
    """The audit that the current folder lies in, where ``AUDIT_ROOT`` names another one that is no part of it."""
    named, here = os.environ.get("AUDIT_ROOT"), _around()
    return here if named and here and not Path(named).resolve().is_relative_to(here) else None


def instead() -> Path | None:
    """The audit that this package comes from, where it is taken because nothing names one and the current folder lies in none."""
    return None if os.environ.get("AUDIT_ROOT") or _around() else root()


def enter(folder: Path) -> None:
    """Go to a folder, as make and git do under ``-C``: the audit that it lies in is meant, whatever was meant before."""
    os.chdir(folder)
    os.environ["AUDIT_ROOT"] = str(_around() or Path.cwd())


def _around() -> Path | None:
    """The audit that the current folder lies in."""
    return next((folder.resolve() for folder in (Path.cwd(), *Path.cwd().parents) if (folder / MARK).is_file()), None)


def official(base: Path | None = None) -> Path:
    """Folder of the official figures."""
    return (base or root()) / "data" / "official"


def data_files(base: Path | None = None) -> Path:
    """Folder of the data files that quantities are computed from."""
    return (base or root()) / "data" / "files"


def paper(base: Path | None = None) -> Path:
    """Folder of what the paper states."""
    return (base or root()) / "data" / "paper"


def notebooks(base: Path | None = None) -> Path:
    """Folder of the committed notebooks."""
    return (base or root()) / "notebooks"


def build(base: Path | None = None) -> Path:
    """Folder that a run writes into."""
    return (base or root()) / "build"


def source(base: Path | None = None) -> Path | None:
    """Folder that the audit's own package ``helpers`` is imported from; None where it has none."""
    found = (base or root()) / "src"
    return found if (found / "helpers").is_dir() else None


def project(base: Path | None = None) -> Project:
    """The audit as the runner of its notebooks sees it."""
    audit, here = base or root(), os.path.dirname(os.path.abspath(__file__))
    own = source(audit)
    variables = {"AUDIT_ROOT": str(audit)} | ({"PYTHONPATH": str(own)} if own else {})
    packages = sorted(str(path.parent) for path in own.glob("*/__init__.py")) if own else []  # what is on that path
    return Project(
        audit, notebooks(audit), build(audit), MARK.as_posix(), ("data",), (here, *packages), variables, HIDDEN,
        ("docs", "CITATION.cff"), locate=functools.partial(project, base), versions={"asprinted": __version__},
    )
