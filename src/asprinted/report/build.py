"""The stage of a run that makes the report: only when something it shows has changed, and the same bytes every time."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from pathlib import Path

from asprinted import paths
from asprinted.report import ro_crate
from asprinted.report.sphinx import PACKAGE, WORK, Sphinx
from forkmill.state import snapshot
from forkmill.writing import write_bytes, write_text

FOLDER = "report"
# What the theme lays into a site and no page uses.
NOT_SHIPPED = ("**/*.map", "_static/*-macros.html", "_static/locales/**/*.*")


def build(root: Path, build_folder: Path, sphinx: Sphinx | None = None) -> list[str]:
    """Write ``build_folder/report/`` for the run that stands in ``build_folder``; what went wrong, in words.

    Nothing is done for an audit without docs/site.yaml. When nothing that the report shows has changed since it was
    made, only files that are missing are put back. ``sphinx``: one that may have begun already.
    """
    if not (root / paths.SITE).is_file():
        return []
    work = build_folder / WORK
    tools, shown = _key(_made_by()), _key(_made_from(root, build_folder))
    key = f"{tools} {shown}"
    if _read(work / "key") != key:
        if not _read(work / "key").startswith(tools) or _from_the_future(work / "key"):
            shutil.rmtree(work, ignore_errors=True)  # what made the old pages is no longer there, or the clock was set back
        (work / "key").unlink(missing_ok=True)
        with sphinx or Sphinx(root, build_folder) as process:
            process.begin()  # it imports while the sources are written
            fault = _make(root, build_folder, work, process)
        if fault:
            shutil.rmtree(build_folder / FOLDER, ignore_errors=True)  # an old report must not pass for this run's
            return [fault]
        write_text(work / "key", key)
    mirror(work / "html", build_folder / FOLDER)
    shutil.copy2(work / ro_crate.CRATE, build_folder / ro_crate.CRATE)
    return []


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _from_the_future(path: Path) -> bool:
    """Whether a file is newer than now: Sphinx, which compares times, then takes a page that has changed for the old one."""
    return path.is_file() and path.stat().st_mtime > time.time()


def _made_by() -> dict[str, str]:
    """What makes the pages, each file with its hash."""
    return snapshot.hashes(PACKAGE, sorted(os.listdir(PACKAGE)))


def _made_from(root: Path, build_folder: Path) -> list[dict[str, str]]:
    """What the pages show, each file with its hash; the reference is made from the code of the packages."""
    code = [Path(folder) for folder in paths.project(root).packages]
    return [
        snapshot.hashes(root, ["docs", "data", "CITATION.cff", "pyproject.toml", paths.notebooks(root).name]),
        snapshot.hashes(build_folder, ["notebooks", "figures", "verdicts.json", "verdicts.csv"]),
        *(snapshot.hashes(folder, sorted(os.listdir(folder))) for folder in code),
    ]


def warnings(text: str, source: Path) -> str:
    """What Sphinx warned of, each with its page, and of a notebook with its cell; nothing where it warned of nothing.

    MyST-NB counts the lines of a notebook's cell N from N times 10,000 on.

    >>> warnings("/s/notebooks/01.ipynb:30002: WARNING: image file not readable: pic.png [image.not_readable]", Path("/s"))
    'notebooks/01.ipynb, cell 3: image file not readable: pic.png'
    """
    told = []
    for line in text.splitlines():
        found = re.match(r"(?P<page>[^:]+)(?::(?P<line>\d+))?: (?:WARNING|ERROR|CRITICAL): (?P<said>.*?)(?: \[[\w.-]+\])?$", line)
        if found is None:
            told += [line.strip()] if line.strip() and not told else []
            continue
        page, place = found["page"].removeprefix(f"{source}/"), int(found["line"] or 0)
        told.append(f"{page}{f', cell {place // 10_000}' if place >= 10_000 else f', line {place}' if place else ''}: {found['said']}")
    return "; ".join(told)


def _key(found: object) -> str:
    return snapshot.digest(json.dumps([sys.version, found]).encode("utf-8"))


def _make(root: Path, build_folder: Path, work: Path, sphinx: Sphinx) -> str:
    """Write the sources, let Sphinx make the pages, finish them; why it failed, or nothing."""
    from asprinted.report import about, one_file, site_files
    from asprinted.report.material import Material
    from asprinted.report.pages import front

    material = Material(root, build_folder)
    sources = site_files.sources(material)
    sync(sources, work / "source")
    settings = {"title": material.site["title"], "short": material.site["short"], "banner": material.banner,
                "claims": list(material.register.claims), "stamp": about.stamp(material), "rights": about.licences(material),
                "address": about.address(material, ""), "nav": front.navigation(material),
                "cited": bool(material.cited)}
    write_text(work / "site.json", json.dumps(settings, ensure_ascii=False))
    log = sphinx.pages()
    if log is None and (log := warnings(_read(work / "warnings.txt"), work / "source")):
        shutil.rmtree(work / "doctrees", ignore_errors=True)  # a page that is not read again would not be warned of again
        if not material.verdicts["complete"]:  # links to notebooks that did not end are in vain, and every page says why
            log = ""
    if log:
        return f"the report could not be made: {log}"
    for made in (site_files.extra, lambda found: one_file.file(found, work / "html")):  # the second reads what the first writes
        _put(made(material), work / "html")
    for pattern in NOT_SHIPPED:
        for path in (work / "html").glob(pattern):
            path.unlink()
    write_text(work / ro_crate.CRATE, ro_crate.text(material))
    return ""


def sync(files: dict[str, bytes], folder: Path) -> None:
    """Make ``folder`` hold exactly ``files``; a file whose bytes are the same keeps its date, so Sphinx leaves it alone."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
    _put(files, folder)


def _put(files: dict[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            write_bytes(path, content)


def mirror(source: Path, target: Path) -> None:
    """Make ``target`` a copy of ``source``, copying only what differs in size or date."""
    wanted = {path.relative_to(source): path.stat() for path in source.rglob("*")
              if path.is_file() and not path.name.startswith(".buildinfo")}  # what Sphinx keeps for itself
    for path in sorted(target.rglob("*"), reverse=True) if target.is_dir() else []:
        if path.is_file() and path.relative_to(target) not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name, stat in wanted.items():
        path = target / name
        there = path.stat() if path.is_file() else None
        if there is None or (there.st_size, there.st_mtime_ns) != (stat.st_size, stat.st_mtime_ns):
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, path)
