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

WIDTHS, HEIGHT = {"desk": 1280, "phone": 390}, 900
SCHEMES = ("light", "dark")
View = tuple[str, str]  # width, colour scheme
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
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"
THIN = """() => {
  const kept = new Set();
  for (const one of document.querySelectorAll('#ledger tbody tr, section section, table.rows tbody tr')) {
    const alike = one.tagName + (one.querySelector('.v')?.className ?? one.className);
    if (one.tagName === 'TR' || one.querySelector('.v')) kept.has(alike) ? one.remove() : kept.add(alike);
  }
}"""
# A title names a picture too; what is drawn on a button with a name of its own needs none.
FIGURES = """() => [...document.querySelectorAll('img, svg[role=img]')].map(one => [
  (one.currentSrc || one.id || one.outerHTML).slice(0, 80),
  one.tagName === 'IMG' ? one.getAttribute('alt') : one.getAttribute('aria-label')
    || [...one.children].filter(child => ['title', 'desc'].includes(child.tagName)).map(child => child.textContent).join(' ')
    || (one.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.textContent).join(' ')
    || one.getAttribute('title'),
  one.getAttribute('aria-hidden') === 'true' || one.getAttribute('role') === 'presentation' || Boolean(one.closest('button[aria-label]')),
])"""


@dataclass
class Seen:
    """What was found on one page; an empty list is what one hopes for. ``cut`` is kept by width, ``background`` by scheme."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    figures: list[list[Any]] = field(default_factory=list)
    cut: dict[str, list[str]] = field(default_factory=dict)
    background: dict[str, str] = field(default_factory=dict)


class Report:
    """The report in a folder, opened with its ``file:`` address and without any network."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser, self.folder = browser, folder.resolve()
        self.names = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        self.axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
        self._seen: dict[str, Seen] = {}

    @contextlib.contextmanager
    def page(self, width: str = "desk", scheme: str = "light", **options: Any) -> Iterator[Page]:
        """A page of the given width and colour scheme, offline."""
        context = self.browser.new_context(
            viewport={"width": WIDTHS[width], "height": HEIGHT}, color_scheme=scheme, offline=True, **options
        )
        try:
            yield context.new_page()
        finally:
            context.close()

    def address(self, name: str) -> str:
        """The ``file:`` address of a page; what follows ? or # is kept."""
        path, mark, rest = name.partition("?") if "?" in name else name.partition("#")
        return (self.folder / path).as_uri() + mark + rest

    def kinds(self) -> list[str]:
        """A page of every kind: each top page, and the first of each folder."""
        return [n for n in self.names if "/" not in n or n == next(o for o in self.names if o.split("/")[0] == n.split("/")[0])]

    def seen(self, name: str) -> Seen:
        """Everything about one page but what axe says of it, looked at once."""
        if name not in self._seen:
            with self.page() as page:
                self._seen[name] = self._look(page, name)
        return self._seen[name]

    def _look(self, page: Page, name: str) -> Seen:
        found = Seen()
        page.on("request", lambda request: found.requests.append(request.url))
        page.on("console", lambda said: found.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        page.goto(self.address(name))
        found.links, found.ids, found.figures = page.evaluate(LINKS), set(page.evaluate(IDS)), page.evaluate(FIGURES)
        for width, pixels in WIDTHS.items():
            page.set_viewport_size({"width": pixels, "height": HEIGHT})
            page.evaluate(PAINTED)
            found.cut[width] = page.evaluate(CUT)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(PAINTED)
            found.background[scheme] = page.evaluate(BACKGROUND)
        return found

    def violations(self, name: str, view: View, thin: bool = True) -> list[list[Any]]:
        """What axe finds on a page; where ``thin``, of rows and sections that look alike one is tried and not all."""
        with self.page(*view, bypass_csp=True) as page:
            page.goto(self.address(name))
            if thin:
                page.evaluate(THIN)
            page.evaluate(self.axe)
            return page.evaluate(AXE)

    def outside(self, requests: list[str]) -> list[str]:
        """Those requests that asked for something that is no file of the report."""
        inside = self.folder.as_uri()
        return [url for url in requests if not url.startswith((inside, "data:", "blob:", "about:"))]

    def broken(self, name: str) -> list[str]:
        """Links of a page to files of the report that do not exist, or to places that their pages do not have."""
        found = []
        for link in sorted(set(self.seen(name).links)):
            bare, mark = urldefrag(link)
            if urlsplit(bare).scheme != "file":
                continue
            path = Path(unquote(urlsplit(bare).path))
            if not path.is_relative_to(self.folder) or not path.is_file():
                found.append(link)
            elif mark and path.suffix == ".html":
                other = path.relative_to(self.folder).as_posix()
                if unquote(mark) not in self.seen(other).ids:
                    found.append(link)
        return found
