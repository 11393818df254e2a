"""Reading a paper in Markdown, R Markdown or Quarto."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from asprinted.draft.reading.blocks import CAPTION, FOOTNOTE, HEADING, PARAGRAPH, TABLE, Block, Read, one_line, without_references
from asprinted.draft.reading.latex_words import plain

_CHUNK = re.compile(r"^[ \t]*```\{.*?^[ \t]*```[ \t]*$", re.MULTILINE | re.DOTALL)  # code whose result stands nowhere
_COMPUTED = re.compile(r"`(?:r|\{(?:r|python|julia)\})\s+[^`]+`")
_WRITTEN = re.compile(r"\b(?:format|round|prettyNum)\(\s*(-?\d[\d.]*)\s*,[^()]*\)`")  # a number in it, only shortened
_CITED = re.compile(r"\[[^\[\]]*(?<![\w.])-?@[^\[\]]*\](?!\()")
_KEY = re.compile(r"(?<![\w.@])-?@(?:\{[^}]*\}|[\w:.#$%&+?<>~/-]*\w)")
_REFERENCE = re.compile(r"(?<![\w.@\\])\\?@(ref\((?P<kind>\w+):[^)]*\)|(?P<other>fig|tbl|tab|eq|sec)-[\w-]+)")
_SPANS = re.compile(r"\{[.#:=][^{}]*\}|^:::.*$", re.MULTILINE)  # attributes and fences of Pandoc
_TABLE_CAPTION = re.compile(r"^(?:table)?:\s+(?=\S)", re.IGNORECASE)
UNSEEN_NUMBER = "\N{HORIZONTAL ELLIPSIS}"


def read(text: str) -> Read:
    """The blocks of a text in Markdown.

    Numbers that only a run of the document would print are not there: each place is told as unsure.

    >>> [(one.kind, one.text) for one in read("# Growth\\n\\nIt *rose* by 8.4% [@a, p. 3].\\n\\n- 3 birds\\n").blocks]
    [('heading', 'Growth'), ('paragraph', 'It rose by 8.4%.'), ('paragraph', '3 birds')]
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    found = Read()
    text = text.replace("\r\n", "\n")
    chunks = len(_CHUNK.findall(text))
    if chunks:
        found.unsure.append(f"{chunks} pieces of code are run by the source: what they print, tables and captions among it, was not seen. "
                            "Draft from the rendered paper to have it.")
    text = _SPANS.sub("", _CHUNK.sub("", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)))
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(footnote_plugin)
    found.blocks = without_references(list(_blocks(parser.parse(text), found)))
    return found


def text(source: str) -> str:
    r"""A text in Markdown line by line as it is printed, its pieces of code among it.

    >>> text(r"*t*(28) = 2.34, *p* \< .05; $\chi^2(1) = 2.3$, _p_ &lt; .05; χ^2^(1)")
    't(28) = 2.34, p < .05; χ2(1) = 2.3, p < .05; χ2(1)'
    """
    found = re.sub(r"\$([^$\n]+)\$", lambda one: plain(one[0]), source)
    found = re.sub(r"</?(?:su[bp]|em|i|b|strong|span)\b[^<>]*>|[*]{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)", "", found)
    return html.unescape(re.sub(r"\^([^\s^]{1,4})\^", r"\1", re.sub(r"\\(?=[^\w\s])", "", found)))


def _blocks(tokens: list[Any], found: Read) -> Iterator[Block]:
    kinds: list[str] = []
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "front_matter":
            yield from _front(token.content)
        elif token.type.endswith("_open"):
            kinds.append(token.type.removesuffix("_open"))
            rows = [] if kinds[-1] == "table" else [*rows, []] if kinds[-1] == "tr" else rows
        elif token.type.endswith("_close"):
            if kinds.pop() == "table":
                yield Block(TABLE, rows=tuple(map(tuple, rows)), heads=1)
        elif token.type == "inline":
            words, captions = _inline(token.children, found)
            if "tr" in kinds:
                rows[-1].append(words)
            elif "heading" in kinds:
                yield Block(HEADING, words, level=int(token.map and _level(tokens, token)))
            elif words:
                caption = _TABLE_CAPTION.match(words)
                kind = FOOTNOTE if "footnote" in kinds else CAPTION if caption else PARAGRAPH
                yield Block(kind, words[caption.end() if caption else 0 :], rows=((TABLE,),) if caption else ())
            yield from (Block(CAPTION, one) for one in captions if one)
        elif token.type in ("fence", "code_block") and token.content.strip():
            found.unsure.append(f"A block of code was left out: {one_line(token.content)[:60]!r}.")


def _level(tokens: list[Any], inline: Any) -> int:
    """The level of the heading that an inline token is the text of."""
    return int(tokens[tokens.index(inline) - 1].tag[1:])


def _front(content: str) -> Iterator[Block]:
    """Title and abstract out of the head of the file."""
    from forkmill import reading
    from forkmill.errors import InputError

    try:
        head = reading.parse(content, "the head of the file")
    except InputError:
        return
    if isinstance(head, dict):
        if head.get("title"):
            yield Block(PARAGRAPH, one_line(_plain(str(head["title"]))))
        if head.get("abstract"):
            yield Block(HEADING, "Abstract", level=1)
            for part in re.split(r"\n\s*\n", str(head["abstract"])):
                yield Block(PARAGRAPH, one_line(_plain(re.sub(r"[*_`]|\\\\?[A-Za-z]+(?=\{)", "", part)).translate({123: None, 125: None})))


def _inline(children: list[Any], found: Read) -> tuple[str, list[str]]:
    """The words of a line, and the captions of the pictures in it."""
    words, captions = [], []
    for child in children:
        if child.type in ("text", "text_special"):
            words.append(child.content)
        elif child.type == "code_inline":
            code = f"`{child.content}`"
            if _COMPUTED.fullmatch(code):
                written = _WRITTEN.search(code)
                found.unsure.append(f"A number is computed by the source, {child.content!r}: " +
                                    (f"taken as {written[1]}." if written else "draft from the rendered paper to have it."))
                words.append(written[1] if written else UNSEEN_NUMBER)
            else:
                words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif child.type == "image":
            captions.append(_plain("".join(one.content for one in child.children or ())))
    return _plain("".join(words)), captions


def _plain(text: str) -> str:
    """Without citations, marks of raised digits and of mathematics; a label in the place of a reference to a figure."""
    names = {"fig": "Figure", "tab": "Table", "tbl": "Table", "eq": "Equation", "sec": "Section"}
    text = _REFERENCE.sub(lambda one: names.get(one["kind"] or one["other"], ""), text)
    text = _KEY.sub("", _CITED.sub("", text))
    text = re.sub(r"\\CRANpkg\{([^}]*)\}|\\[a-z]+\{([^}]*)\}", r"\1\2", text)
    text = re.sub(r"\^([^\s^]{1,4})\^|~([^\s~]{1,8})~(?=\W)", r"\1\2", text)
    text = re.sub(r"\$([^$]+)\$", lambda one: re.sub(r"\\(?:text|mathrm|mathbf)|[{}]|\\(?=%)", "", one[1]), text)
    text = re.sub(r"\s+([.,;:)])", r"\1", re.sub(r"\(\s*\)", "", text))
    return one_line(text)
