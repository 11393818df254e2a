"""Text from data into Markdown and HTML, so that nothing in it is taken for markup."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterable, Sequence
from textwrap import dedent

from asprinted.notebook import calls

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+\Z")


def md(text: object) -> str:
    """``text`` as Markdown that shows it letter by letter, on one line.

    >>> md("a <b> *c*\\n# d")
    'a \\\\<b\\\\> \\\\*c\\\\* \\\\# d'
    """
    return _PUNCTUATION.sub(r"\\\1", " ".join(str(text).split()))


def esc(text: object) -> str:
    """``text`` as HTML, in an element or in a quoted attribute.

    >>> esc('<script>"')
    '&lt;script&gt;&quot;'
    """
    return html.escape(str(text), quote=True)


def link(address: str, text: str) -> str:
    """A link to a page outside as HTML, or its text alone where the address is none of the web.

    >>> link("javascript:alert(1)", "page"), link("https://example.org/a", "page")
    ('page', '<a href="https://example.org/a" rel="noreferrer">page</a>')
    """
    if not _ADDRESS.match(address):
        return esc(text)
    return f'<a href="{esc(address)}" rel="noreferrer">{esc(text)}</a>'


def stacked(header: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """A table whose cells stand below one another on a telephone, where columns of sentences are out of sight; cells are HTML already."""
    labelled = [[f'<td data-label="{name}">{cell}</td>' for name, cell in zip(header, row, strict=True)] for row in body]
    return table(header, labelled).replace('<table class="plain"', '<table class="plain stacked"', 1)


def table(header: Sequence[str], body: Iterable[Sequence[str]], caption: str = "", attributes: str = "", of: str = "") -> str:
    """An HTML table; cells are HTML already, a cell that begins with ``<th`` or ``<td`` is taken whole.

    ``of`` tells it from tables of the same caption for whoever goes from region to region by ear.
    """
    head = "".join(f'<th scope="col">{name}</th>' for name in header)
    rows = "".join("<tr>" + "".join(cell if cell.startswith(("<th", "<td")) else f"<td>{cell}</td>" for cell in row)
                   + "</tr>\n" for row in body)
    title = f"<caption>{caption}</caption>" if caption else ""
    # A box that scrolls sideways must be reachable by keyboard.
    label = f' aria-label="{caption or "table of " + ", ".join(header)}{esc(": " + of) if of else ""}"'
    return (f'<div class="scroll" role="region" tabindex="0"{label}><table class="plain"{attributes}>{title}<thead><tr>{head}</tr></thead>'
            f"<tbody>\n{rows}</tbody></table></div>")


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """A Markdown definition list of the pairs that have a text (Markdown already)."""
    return "\n\n".join(f"{term}\n: {text}" for term, text in pairs if text)


def facts_html(pairs: Iterable[tuple[str, str]], kind: str = "") -> str:
    """An HTML definition list of the pairs that have a text (HTML already)."""
    rows = "".join(f"<div><dt>{term}</dt><dd>{text}</dd></div>" for term, text in pairs if text)
    return f'<dl class="{f"facts {kind}".strip()}">{rows}</dl>' if rows else ""


def folded(summary: str, content: str, kind: str = "") -> str:
    """HTML that a click opens."""
    attribute = f' class="{kind}"' if kind else ""
    return f"<details{attribute}><summary>{summary}</summary>{content}</details>"


def code_block(source: str) -> str:
    """Code as HTML without an empty line, which would end a block of HTML in Markdown."""
    return f"<pre><code>{re.sub(r'(?m)^$', '&#32;', esc(source.rstrip()))}</code></pre>"


def script_safe(text: str) -> str:
    """JSON that ends no script element and no line of one.

    >>> script_safe('"</script>"')
    '"\\\\u003c/script\\\\u003e"'
    """
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def sentence_case(text: str) -> str:
    """A text that begins with a capital and ends without a full stop."""
    return text[:1].upper() + text[1:].rstrip(".")


def front_matter(**fields: str) -> str:
    """What stands before a page; sphinx-book-theme reads it."""
    if not fields:
        return ""
    lines = [f"{name.replace('__', '.')}: {value}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", ""])


def judging(source: str, claim: str) -> str:
    """The check of a claim, below the lines that make what it is given; the whole code where no such check is found in it.

    >>> print(judging('a = f()\\nb = g()\\npaper.side_by_side(\\n    paper.check("one", a),\\n    paper.check("two", b),\\n)', "two"))
    b = g()
    paper.check("two", b)
    """
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic, a shell escape
        return source
    for place, statement in enumerate(body):
        for node in ast.walk(statement):
            if _checks(node, claim):
                return "\n".join(_text(source, one) for one in (*_making(body[:place], node), node))
    return source


def _checks(node: ast.AST, claim: str) -> bool:
    return calls.named(node) == "check" and bool(node.args) and isinstance(node.args[0], ast.Constant) and node.args[0].value == claim


def _making(before: list[ast.stmt], call: ast.AST) -> list[ast.stmt]:
    """The statements that a value of the call comes from; one that is no plain assignment may change what it names."""
    wanted, kept = _names(call), list[ast.stmt]()
    for statement in reversed(before):
        made = set().union(*map(_names, statement.targets)) if isinstance(statement, ast.Assign) else _names(statement)
        other = any(calls.named(node) == "check" for node in ast.walk(statement))
        if made & wanted and not (other and isinstance(statement, ast.Expr)):
            kept.insert(0, statement)
            wanted |= _names(statement)
    return kept


def _names(node: ast.AST) -> set[str]:
    """Names that are read or made; ``paper``, the door to everything, tells nothing."""
    found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return (found | {one.name for one in ast.walk(node) if isinstance(one, ast.FunctionDef | ast.ClassDef)}) - {"paper"}


def _text(source: str, node: ast.AST) -> str:
    return dedent(" " * node.col_offset + str(ast.get_source_segment(source, node)))  # type: ignore[attr-defined]
