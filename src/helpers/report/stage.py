"""The stage of a run that makes the report: only when something it shows has changed, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

from helpers import paths
from helpers.files import write_bytes, write_text
from helpers.report.ahead import PACKAGE, WORK, Sphinx
from helpers.report.material import SITE

FOLDER = "report"
CRATE = "ro-crate-metadata.json"
# What the theme lays into a site and no page uses.
NOT_SHIPPED = ("**/*.map", "_static/*-macros.html", "_static/locales/**/*.*")
# What opens a branch of the side bar has no name in the theme, so a screen reader could not say what it does.
NAMELESS = '<summary><span class="toctree-toggle"'


def build(root: Path, build_folder: Path, sphinx: Sphinx | None = None) -> list[str]:
    """Write ``build_folder/report/`` for the run that stands in ``build_folder``; what went wrong, in words.

    Nothing is done for an audit without docs/site.yaml. When nothing that the report shows has changed since it was
    made, only files that are missing are put back. ``sphinx``: one that may have begun already.
    """
    if not (root / SITE).is_file():
        return []
    work = build_folder / WORK
    tools, shown = _hash(_package()), _hash(_shown(root, build_folder))
    key = f"{tools} {shown}"
    if _read(work / "key") != key:
        if not _read(work / "key").startswith(tools):
            shutil.rmtree(work, ignore_errors=True)  # what made the old pages is no longer there
        (work / "key").unlink(missing_ok=True)
        with sphinx or Sphinx(root, build_folder) as process:
            fault = _make(root, build_folder, work, process)
        if fault:
            shutil.rmtree(build_folder / FOLDER, ignore_errors=True)  # an old report must not pass for this run's
            return [fault]
        write_text(work / "key", key)
    mirror(work / "html", build_folder / FOLDER)
    shutil.copy2(work / CRATE, build_folder / CRATE)
    return []


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _package() -> list[Path]:
    return [path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".css", ".html", ".js")]


def _shown(root: Path, build_folder: Path) -> list[Path]:
    folders = [root / "docs", root / "data", build_folder / "notebooks", build_folder / "figures"]
    found = [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]
    found += PACKAGE.parent.rglob("*.py")  # the reference is made from them
    verdicts = [build_folder / "verdicts.json", build_folder / "verdicts.csv"]
    return [root / "CITATION.cff", *verdicts, *paths.notebooks(root).glob("*.ipynb"), *found]


def _hash(files: list[Path]) -> str:
    """SHA-256 over names and contents, and the interpreter, in an order of its own."""
    digest = hashlib.sha256(sys.version.encode("utf-8"))
    for path in sorted(files):
        if path.is_file():
            digest.update(f"{path.as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _make(root: Path, build_folder: Path, work: Path, sphinx: Sphinx) -> str:
    """Write the sources, let Sphinx make the pages, finish them; why it failed, or nothing."""
    from helpers.report import crate, single, site
    from helpers.report.material import Material

    material = Material(root, build_folder)
    sources = site.sources(material)
    sync(sources, work / "source")
    settings = {"title": material.site["title"], "short": material.site["short"], "banner": material.banner,
                "claims": list(material.register.claims)}
    write_text(work / "site.json", json.dumps(settings, ensure_ascii=False))
    log = sphinx.pages()
    if log is not None:
        return f"the report could not be made: {log}"
    for made in (site.extra, lambda found: single.file(found, work / "html")):  # the second reads what the first writes
        _put(made(material), work / "html")
    for path in (work / "html").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if NAMELESS in page:
            write_text(path, page.replace(NAMELESS, NAMELESS.replace("<summary>", '<summary aria-label="Pages below">')))
    for pattern in NOT_SHIPPED:
        for path in (work / "html").glob(pattern):
            path.unlink()
    write_text(work / CRATE, crate.text(material))
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
    wanted = {path.relative_to(source): path.stat() for path in source.rglob("*") if path.is_file() and path.name != ".buildinfo"}
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
