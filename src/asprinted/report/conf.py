"""Sphinx's settings for the report. They were chosen by measurement: no request to anywhere, no accessibility fault."""

from __future__ import annotations

import atexit
import gc
import json
import os
import re
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from asprinted.verdicts import vocabulary

logger = logging.getLogger(__name__)
StandaloneHTMLBuilder.search = False  # it drops numbers; asprinted.report.pages.search does not
_given = os.environ.get("AUDIT_SITE")  # not there when something only imports this module
_site = json.loads(Path(_given).read_text(encoding="utf-8")) if _given else {"short": "", "banner": "", "claims": []}
_about = {name: _site.get(name, "") for name in ("stamp", "rights", "address", "nav", "cited")}

project = _site["short"]
html_title = _site["short"]
author = ""  # else the theme says on every page that the name of an author is not set
audit_banner = _site["banner"]
extensions = ["myst_nb"]
exclude_patterns = ["_build", "jupyter_execute"]
language = "en"
smartquotes = False  # what the data say is shown letter by letter

nb_execution_mode = "off"
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
myst_enable_extensions = ["deflist", "dollarmath"]
myst_dmath_allow_digits = myst_dmath_allow_space = False  # "$5 and $ 10" are amounts
html_math_renderer = "mathml"  # which browsers draw by themselves: nothing is fetched
myst_heading_anchors = 0
suppress_warnings = ["myst.header"]  # a documentation page may begin at any level
templates_path = ["templates"]
html_theme = "sphinx_book_theme"
html_theme_options = {
    "use_download_button": False, "use_repository_button": False, "use_fullscreen_button": False, "show_toc_level": 1,
    "navigation_with_keys": False, "back_to_top_button": False, "navbar_persistent": [],
    "disable_search": True, "article_header_start": ["toggle-primary-sidebar.html", "audit-name.html"],
    "footer_content_items": ["audit-footer.html"],
}
html_context = {"default_mode": "auto", "audit": _about, "verdicts": vocabulary.STATES}  # the last for report.css.jinja
html_sidebars = {"**": ["audit-search.html", "audit-nav.html"]}  # the theme's own takes a second for all pages
html_baseurl = _about["address"]  # canonical addresses, where one is known
html_favicon = "assets/favicon.svg"
html_static_path = ["assets"]
html_css_files = ["report.css"]
html_js_files = [(name, {"defer": "defer"}) for name in ("ledger.js", "code.js", "page.js")]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
html_last_updated_fmt = None
html_use_index = False
html_domain_indices = False


def formula(translator: Any, node: nodes.Element) -> None:
    """A formula as MathML, made by docutils; one that it cannot read is a fault of the page."""
    block = isinstance(node, nodes.math_block)
    try:
        text = tex2mathml(node.astext(), as_block=block)
    except MathError as error:
        logger.warning("the formula cannot be read: %s: %s", node.astext(), error, location=node)
        text = escape(node.astext())
    translator.body.append(f'<div class="math">{text}</div>' if block else text)
    raise nodes.SkipNode


def claims_first(app: Sphinx, doctree: nodes.document) -> None:
    """Let the id of a claim's section be the claim's id, not the slug of a heading that changes with the verdict."""
    for section in doctree.findall(nodes.section):
        section["ids"].sort(key=lambda id: id not in _site["claims"])


def finished(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """The banner on every page, and no label that differs from the visible text of what it labels."""
    body = re.sub(r'(<summary[^>]*?) aria-label="[^"]*"', r"\1", context.get("body", ""))
    body = body.replace("<blockquote>\n<div>", "<blockquote><div>")
    if app.config.audit_banner:
        body = f'<div class="audit-banner" role="note">{escape(app.config.audit_banner)}</div>' + body
    context["body"] = body
    context["audit_description"] = described(body) or project
    # sphinx-book-theme 1.4.0 puts the title into the printed page's heading as it is; in the data it may be markup.
    context["pagetitle"] = escape(context.get("pagetitle", ""))


def described(body: str, longest: int = 200) -> str:
    """The first words of a page, for whoever shows a link to it.

    >>> described("<h1>T</h1><p>One <em>two</em></p><p>three</p>")
    'One two'
    """
    found = (re.sub(r"<[^>]+>", "", one) for one in re.findall(r"(?s)<p\b[^>]*>(.*?)</p>", body))
    text = next((" ".join(unescape(one).split()) for one in found if len(one.split()) > 1), "")
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def as_from_nothing(app: Sphinx) -> None:
    """MyST-NB writes its sheet at the end: a page that is made while an earlier one is there would bear its checksum."""
    for sheet in Path(app.outdir, "_static").glob("mystnb.*.css"):
        sheet.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what the pages need."""
    app.add_html_math_renderer("mathml", (formula, None), (formula, None))
    app.add_config_value("audit_banner", "", "html", str)
    app.connect("builder-inited", as_from_nothing)
    app.connect("doctree-read", claims_first)
    app.connect("html-page-context", finished, priority=900)  # after the theme
    # The trees of all pages are kept: looking through them for garbage is in vain, also at the end.
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
