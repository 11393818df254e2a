"""What the tests of the report share: a build folder made from stored notebooks, without a kernel, and pages read."""

from __future__ import annotations

import posixpath
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from asprinted import paths
from asprinted.audit import collect
from asprinted.paper import register
from asprinted.paper.files import read_yaml
from asprinted.verdicts import record
from forkmill.notebooks import rules
from forkmill.writing import write_bytes, write_text


def fill(root: Path, build: Path, without: tuple[str, ...] = ()) -> None:
    """Make ``build`` what a run of the stored notebooks leaves; those in ``without`` did not end."""
    read = [one for one in rules.load(paths.notebooks(root)) if one.name not in without]
    found = collect.collect(read, list(register.load(root).claims))
    declared = read_yaml(paths.paper(root) / "parameters.yaml")["parameters"]
    chosen = {entry["name"]: entry["default"] for entry in declared}
    write_text(build / "verdicts.json", record.as_json(found.records, chosen, not without))
    write_text(build / "verdicts.csv", record.as_csv(found.records))
    for name, content in found.figures.items():
        write_bytes(build / "figures" / name, content)
    for one in read:
        target = build / "notebooks" / f"{one.name}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(paths.notebooks(root) / f"{one.name}.ipynb", target)


class Page(HTMLParser):
    """Tags of one page with their attributes, and its visible text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.tags, self.words = path, [], []
        self._hidden = 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    @property
    def ids(self) -> set[str]:
        return {attributes["id"] for _, attributes in self.tags if "id" in attributes}

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))

    def values(self, name: str) -> list[tuple[str, str]]:
        return [(tag, attributes[name]) for tag, attributes in self.tags if name in attributes]


def pages(site: Path) -> dict[str, Page]:
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def outside(address: str) -> bool:
    return address.startswith(("http:", "https:", "//", "ftp:"))


def links(site: Path, read: dict[str, Page]) -> dict[tuple[str, str], bool]:
    """Each link of a page to a place inside the site, by page and address, and whether there is something."""
    there = {name: read[name].ids if name in read else None for name in files(site)}
    found = {}
    for name, page in read.items():
        for address in {address for _, address in page.values("href")}:
            if outside(address) or address.startswith(("data:", "mailto:")) or address in ("#", ""):
                continue
            path, _, anchor = address.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path.partition("?")[0]))) if path else name
            known = there.get(target)
            found[name, address] = target in there and (not anchor or known is None or unquote(anchor) in known)
    return found
