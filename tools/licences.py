"""The licences of what requirements/all.txt pins, as docs/licences.md: ``.venv/bin/python tools/licences.py``.

What each package says of itself comes from its installed metadata. A package that the lock holds for another system or
another Python only is not installed here: its row keeps what the page said of the same version before. To fill it in,
unpack its wheel into a folder and put that folder on PYTHONPATH.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
HEAD = """# Licences of the dependencies

Made by `make -C tools licences` from `requirements/all.txt` and the metadata of the installed packages. Every package is pinned
there with its hashes. "run" is what `make reproduce` installs, "all" adds what tests and JupyterLab need.

| package | version | needed for | licence, as the package states it |
|---|---|---|---|
"""
ELSEWHERE = "not installed on the system that made this page"


def normal(package: str) -> str:
    """The normal form of a package's name."""
    return re.sub(r"[-_.]+", "-", package).lower()


def pinned(name: str) -> list[tuple[str, str]]:
    """Package names, in the normal form, and versions of a lock file; some have one version for each Python."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\\\\n]+)", text, re.MULTILINE)
    return sorted((normal(package), version) for package, version in found)


def licence(package: metadata.Distribution | None) -> str:
    """What a package says: its SPDX expression, else its classifiers, else the first line of its field or its file."""
    if package is None:
        return ELSEWHERE
    about = package.metadata
    if about.get("License-Expression"):
        return about["License-Expression"]
    kinds = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or []
             if line.startswith("License ::") and not line.endswith("OSI Approved")]
    stated = (about.get("License") or "").strip().splitlines()
    return ", ".join(kinds) or (stated[0][:60] if stated else _first_line(package))


def _first_line(package: metadata.Distribution) -> str:
    """The first line of the licence that a package ships."""
    files = [file for file in package.files or [] if file.name.upper().startswith("LICENSE")]
    return files[0].read_text(encoding="utf-8").strip().splitlines()[0][:60] if files else "not stated"


def rows(page: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Use and licence by package and version, as a page has them."""
    found = re.findall(r"^\| ([^|]+) \| ([^|]+) \| (run|all) \| ([^|]+) \|$", page, re.MULTILINE)
    return {(package, version): (use, terms) for package, version, use, terms in found}


def text(before: str = "") -> str:
    """The page."""
    run, known, lines = pinned("run"), rows(before), []
    installed = {(normal(one.metadata["Name"]), one.version): one for one in metadata.distributions()}
    for package, version in pinned("all"):
        use, terms = "run" if (package, version) in run else "all", licence(installed.get((package, version)))
        if terms == ELSEWHERE:
            terms = known.get((package, version), (use, terms))[1]
        if terms == ELSEWHERE:  # the lock holds another version of it for another Python, under the same terms
            others = [licence(one) for (name, _), one in installed.items() if name == package]
            terms = others[0] if others else terms
        lines.append(f"| {package} | {version} | {use} | {terms.replace('|', '/')} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text(PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE}\n")
