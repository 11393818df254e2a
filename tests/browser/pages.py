"""Pages of the report opened from disk in a real browser, and everything that is wrong with each of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from playwright.sync_api import Browser, Page

WIDTHS = {"desk": 1280, "phone": 390}
SCHEMES = ("light", "dark")
ONE_FILE = "whole-report.html"
SERIOUS = ("serious", "critical")

AXE = """async () => (await axe.run(document, {
  preload: false,  // its own request for style sheets fails from disk
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
})).violations.map(one => [one.impact, one.id, one.nodes.length, one.nodes[0].target.join(' ')])"""
LINKS = """() => [...document.querySelectorAll('a[href], link[href], [src], object[data]')]
  .map(one => one.href || one.src || one.data).filter(link => typeof link === 'string')"""
IDS = "() => [...document.querySelectorAll('[id], a[name]')].map(one => one.id || one.name)"
# Text is cut off where a box hides what does not fit; boxes of a pixel are for screen readers alone.
CUT = """() => {
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  const found = wide > 1 ? [`the page is ${wide} pixels wider than the window`] : [];
  for (const one of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(one);
    const hides = ['hidden', 'clip'].includes(style.overflowX);
    if (hides && one.clientWidth > 2 && one.scrollWidth > one.clientWidth + 1 && one.innerText?.trim() && one.checkVisibility())
      found.push(`${one.tagName} ${one.className}: ${one.innerText.trim().slice(0, 40)}`);
  }
  return found;
}"""
# An alternative text that is the name of a file says nothing.
FIGURES = """() => [...document.querySelectorAll('img, svg[role=img]')].map(one => [
  (one.currentSrc || one.id || one.outerHTML).slice(0, 80),
  one.tagName === 'IMG' ? one.getAttribute('alt') : one.getAttribute('aria-label')
    || [...one.children].filter(child => ['title', 'desc'].includes(child.tagName)).map(child => child.textContent).join(' ')
    || (one.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.textContent).join(' '),
  one.getAttribute('aria-hidden') === 'true' || one.getAttribute('role') === 'presentation',
])"""


@dataclass
class Seen:
    """What was found on one page; an empty list is what one hopes for."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    cut: list[str] = field(default_factory=list)
    axe: list[list[Any]] = field(default_factory=list)
    figures: list[list[Any]] = field(default_factory=list)
    background: str = ""


class Report:
    """The report in a folder, opened with its ``file:`` address and without any network."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser, self.folder = browser, folder.resolve()
        self.names = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        self.axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
        self._seen: dict[tuple[str, str, str], Seen] = {}

    @contextlib.contextmanager
    def page(self, width: str = "desk", scheme: str = "light", **options: Any) -> Iterator[Page]:
        """A page of the given width and colour scheme, offline."""
        context = self.browser.new_context(
            viewport={"width": WIDTHS[width], "height": 900}, color_scheme=scheme, offline=True, **options
        )
        try:
            yield context.new_page()
        finally:
            context.close()

    def address(self, name: str) -> str:
        """The ``file:`` address of a page; what follows ? or # is kept."""
        path, mark, rest = name.partition("?") if "?" in name else name.partition("#")
        return (self.folder / path).as_uri() + mark + rest

    def shown(self, width: str, scheme: str) -> list[str]:
        """Pages to look at in a view: all in the first one, in the others each top page and one of each folder."""
        if (width, scheme) == ("desk", "light"):
            return self.names
        return [n for n in self.names if "/" not in n or n == next(o for o in self.names if o.split("/")[0] == n.split("/")[0])]

    def seen(self, name: str, width: str, scheme: str) -> Seen:
        """Everything about one page, looked at once."""
        key = (name, width, scheme)
        if key not in self._seen:
            self._seen[key] = self._look(*key)
        return self._seen[key]

    def _look(self, name: str, width: str, scheme: str) -> Seen:
        found = Seen()
        with self.page(width, scheme, bypass_csp=True) as page:
            page.on("request", lambda request: found.requests.append(request.url))
            page.on("console", lambda said: found.errors.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: found.errors.append(str(error)))
            page.goto(self.address(name))
            page.wait_for_load_state("load")
            found.links, found.ids = page.evaluate(LINKS), set(page.evaluate(IDS))
            found.cut, found.figures = page.evaluate(CUT), page.evaluate(FIGURES)
            found.background = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
            if name != ONE_FILE:  # the same content once more, and large
                page.evaluate(self.axe)
                found.axe = page.evaluate(AXE)
        return found

    def outside(self, requests: list[str]) -> list[str]:
        """Those requests that asked for something that is no file of the report."""
        inside = self.folder.as_uri()
        return [url for url in requests if not url.startswith((inside, "data:", "blob:", "about:"))]

    def broken(self, name: str, width: str = "desk", scheme: str = "light") -> list[str]:
        """Links of a page to files of the report that do not exist, or to places that their pages do not have."""
        found = []
        for link in sorted(set(self.seen(name, width, scheme).links)):
            bare, mark = urldefrag(link)
            if urlsplit(bare).scheme != "file":
                continue
            path = Path(unquote(urlsplit(bare).path))
            if not path.is_relative_to(self.folder) or not path.is_file():
                found.append(link)
            elif mark and path.suffix == ".html":
                other = path.relative_to(self.folder).as_posix()
                if unquote(mark) not in self.seen(other, width, scheme).ids:
                    found.append(link)
        return found
