"""The whole report once more as one file that opens alone, on a phone, without scripts."""

from __future__ import annotations

import base64
import mimetypes
import posixpath
import re
from pathlib import Path

from asprinted.report import about
from asprinted.report.markup import esc
from asprinted.report.material import Material
from asprinted.report.pages import counts
from asprinted.report.pages.docs import for_readers

NAME = "whole-report.html"
REFERENCE = "docs/reference.md"
# What the site has and a file that is sent does not need: code, downloads, links into tables that are not in it.
_LEFT_OUT = re.compile(
    r'(?s)<details class="(?:admonition )?hide above-input.*?</details>|<(p|span|div) class="(?:downloads|online)".*?</\1>'
)
# A card folded in a table of verdicts says again what the claim's own block says.
_CARD = re.compile(r'(?s)<details id="verdict-([\w-]+)"><summary[^>]*>(.*?)</summary>.*?</details>')
_ARTICLE = re.compile(r'<article class="bd-article"[^>]*>(.*)</article>', re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_ATTRIBUTE = re.compile(r'\s(id|href|src|for|aria-labelledby|aria-describedby)="([^"]*)"')
STYLE = """
:root{color-scheme:light dark;--pst-color-text-base:#1c1c1c;--pst-color-text-muted:#555;\
--pst-color-background:#fff;--pst-color-surface:#f3f4f5;
--pst-color-border:#bbb;--pst-color-link:#0b5c8a}
@media (prefers-color-scheme:dark){:root{--pst-color-text-base:#e8e8e8;--pst-color-text-muted:#b5b5b5;--pst-color-background:#16181a;
--pst-color-surface:#24272a;--pst-color-border:#666;--pst-color-link:#7fc4f0}}
body{margin:0 auto;max-width:60rem;padding:0 1rem 3rem;font:1rem/1.55 system-ui,sans-serif;color:var(--pst-color-text-base);
background:var(--pst-color-background);overflow-wrap:break-word}
a{color:var(--pst-color-link)}img{max-width:100%;height:auto}pre{overflow:auto;background:var(--pst-color-surface);padding:.6rem;white-space:pre-wrap}
table{border-collapse:collapse}td,th{padding:.2rem .5rem;border-bottom:1px solid var(--pst-color-border);text-align:left;vertical-align:top}
main>article{border-top:3px solid var(--pst-color-border);margin-top:2.5rem}\
.headerlink{display:none}dt{font-weight:600}dd{margin:0 0 .5rem 1rem}
h1,h2,h3{line-height:1.25}.cell_output,.pst-scrollable-table-container{overflow-x:auto}nav li{margin:.15rem 0}
"""


def file(material: Material, html: Path) -> dict[str, bytes]:
    """The file by its name, from the pages that Sphinx has made in ``html``."""
    order = _order(material)
    pages = {name: _article(html / f"{name}.html") for name in order if (html / f"{name}.html").is_file()}
    body = "\n".join(f'<article id="{_anchor(name)}">{_Page(name, pages, html).inlined(text)}</article>' for name, text in pages.items())
    links = "".join(f'<li><a href="#{_anchor(name)}">{_title(text)}</a></li>' for name, text in pages.items())
    css = STYLE + (html / "_static" / "report.css").read_text(encoding="utf-8")
    banner = f'<div class="audit-banner" role="note">{esc(material.banner)}</div>' if material.banner else ""
    said = ". ".join(one for one in (about.stamp(material).capitalize(), about.licences(material)) if one)
    text = ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="description" content="{esc(counts.answer(material))}">'
            f'<title>{esc(material.site["title"])}</title><style>{css}</style></head><body class="single">{banner}'
            f'<nav aria-label="Contents"><details><summary>Contents</summary><ol>{links}</ol></details></nav>'
            f"<main>{body}</main><footer><p>{esc(said)}</p></footer></body></html>\n")
    return {NAME: text.encode("utf-8")}


def _order(material: Material) -> list[str]:
    """The summary first; figures stand in their articles, and tables, the reference and what only developers need stay with the site.

    Of the documentation it brings the pages that docs/site.yaml names (``whole``), or all that a reader needs.
    """
    docs = [name.removesuffix(".md") for name in for_readers(material) if name != REFERENCE]
    docs = [f"docs/{name}" for name in material.site.get("whole", ()) if f"docs/{name}" in docs] or docs
    articles = [f"notebooks/{name}" for name in material.notebooks]
    return ["summary", "index", "ledger", "conclusions", "claims", "inside", *articles, "data/index", "methods", *docs]


def _article(path: Path) -> str:
    found = _ARTICLE.search(path.read_text(encoding="utf-8"))
    text = found[1] if found else ""
    text = _CARD.sub(r'<a id="verdict-\1" href="../claims.html#\1">\2</a>', text)
    text = _LEFT_OUT.sub("", re.sub(r"<script\b.*?</script>", "", text, flags=re.DOTALL))
    return re.sub(r'<div class="audit-banner".*?</div>', "", text, count=1, flags=re.DOTALL)


def _title(text: str) -> str:
    found = re.search(r"<h1>(.*?)<a ", text, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]) if found else "Page"


def _anchor(page: str, id: str = "") -> str:
    """The id that an id of a page has in the file; those of claims stay as they are."""
    if page == "claims" and id:
        return id
    return "page-" + page.replace("/", "-") + (f"--{id}" if id else "")


class _Page:
    """One page on its way into the file."""

    def __init__(self, name: str, pages: dict[str, str], html: Path) -> None:
        self.name, self.pages, self.html = name, pages, html

    def inlined(self, text: str) -> str:
        """The page's text with every id made its own and every link leading inside the file."""
        return _TAG.sub(lambda tag: _ATTRIBUTE.sub(self._attribute, tag[0]), text)

    def _attribute(self, found: re.Match[str]) -> str:
        name, value = found[1], found[2]
        if name in ("href", "src"):
            new = self._target(value, shown=name == "src")
            return f' {name}="{new}"' if new else ""
        return f' {name}="{" ".join(_anchor(self.name, one) for one in value.split())}"'

    def _target(self, value: str, shown: bool) -> str:
        if value.startswith(("http://", "https://", "data:", "mailto:")):
            return value
        path, _, id = value.partition("#")
        path = path.partition("?")[0]
        if not path:
            return f"#{_anchor(self.name, id)}"
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.name), path))
        page = path.removesuffix(".html")
        if page in self.pages:
            return f"#{_anchor(page, id)}"
        return _embedded(self.html, path, shown)


def _embedded(html: Path, path: str, shown: bool) -> str:
    """A picture as an address that holds it; nothing for a file to take, which stays with the site."""
    file = html / path
    if not shown or not file.is_file():
        return ""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode('ascii')}"
