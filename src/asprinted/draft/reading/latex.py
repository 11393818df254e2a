"""Reading a paper in LaTeX: what it prints, without being typeset. Only what carries words and numbers is understood.

A parser of LaTeX, pylatexenc, was weighed: it would take the matching of braces and the accents off this module, some forty lines; what
each command means for sections, captions, cells and labels would remain.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from asprinted.draft.reading.blocks import CAPTION, FOOTNOTE, HEADING, PARAGRAPH, TABLE, Block, Read, without_references
from asprinted.draft.reading.latex_tables import environments, notes, table
from asprinted.draft.reading.latex_words import REFERRED, argument, arguments, group, plain

_LEVELS = {"chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
_LEFT_OUT = ("verbatim", "lstlisting", "minted", "equation", "align", "eqnarray", "gather", "multline", "displaymath", "math",
             "tikzpicture", "Sinput", "Soutput", "CodeInput", "CodeOutput", "algorithm", "algorithmic", "filecontents", "comment")
_KINDS = {"fig": "Figure", "tab": "Table", "tbl": "Table", "eq": "Equation", "sec": "Section", "app": "Appendix"}
_FLOAT = re.compile(r"\\begin\{(?P<name>figure|table|longtable|wrapfigure|wraptable|sidewaystable|sidewaysfigure)(?P<star>\*?)\}"
                    r"(?P<inside>.*?)\\end\{(?P=name)(?P=star)\}", re.DOTALL)
_BREAK = "\n\n"


def read(text: str) -> Read:
    """The blocks of a text in LaTeX.

    >>> found = read(r"\\section{Growth} It rose by 8.4\\%~\\citep{a}.\\footnote{Or 8.} See \\autoref{fig:x}.")
    >>> [(one.kind, one.text) for one in found.blocks]
    [('heading', 'Growth'), ('paragraph', 'It rose by 8.4%. See Figure.'), ('footnote', 'Or 8.')]
    """
    found = Read()
    text = re.sub(r"(?<!\\)%.*", "", text.replace("\r\n", "\n"))
    title = argument(text, "title")
    abstract = argument(text, "abstract")
    if r"\begin{document}" in text:
        text = text.partition(r"\begin{document}")[2].partition(r"\end{document}")[0]
    for name in _LEFT_OUT:
        text, count = re.subn(rf"\\begin\{{{name}\*?\}}.*?\\end\{{{name}\*?\}}", " ", text, flags=re.DOTALL)
        if count:
            found.unsure.append(f"{count} of {name} were left out: look whether a number in them is a claim.")
    text = _numbered(text)
    found.blocks = [Block(PARAGRAPH, plain(title))] if title else []
    if abstract:
        found.blocks += [Block(HEADING, "Abstract", level=2), Block(PARAGRAPH, plain(abstract))]
    for command, said in (("title", title), ("abstract", abstract)):
        text = text.replace(f"\\{command}{{{said}}}", _BREAK) if said else text
    found.blocks += _blocks(text)
    found.blocks = without_references([one for one in found.blocks if one.text or one.rows])
    return found


def text(source: str) -> str:
    r"""A text in LaTeX line by line as it is printed, comments left out.

    >>> text(r"so $\chi^2(1) = 2.3$," + "\n" + r"\emph{p} \textless~.05% not\%")
    'so χ2(1) = 2.3,\np < .05'
    """
    return "\n".join(plain(re.sub(r"(?<!\\)%.*", "", line)) for line in source.split("\n"))


def _numbered(text: str) -> str:
    """The text with the number of each figure and table in the place of what refers to it, counted as LaTeX counts them."""
    numbers: dict[str, str] = {}
    counts = {"figure": 0, "table": 0}
    for one in _FLOAT.finditer(text):
        kind = "table" if "table" in one["name"] else "figure"
        if one["inside"].count(r"\caption"):
            counts[kind] += 1
            numbers |= dict.fromkeys(arguments(one["inside"], "label"), str(counts[kind]))

    def shown(one: re.Match[str]) -> str:
        words = "" if one["command"] in ("", "eq", "page") else f"{_KINDS.get(one['label'].partition(':')[0], '')} "
        return (words + numbers.get(one["label"], "")).rstrip()

    return REFERRED.sub(shown, text)


def _blocks(text: str) -> Iterator[Block]:
    """The blocks of the body: floats apart, then what stands between them."""
    place = 0
    for one in _FLOAT.finditer(text):
        yield from _between(text[place : one.start()])
        yield from _float(one["inside"], one["name"])
        place = one.end()
    yield from _between(text[place:])


def _between(text: str) -> Iterator[Block]:
    """What stands between the floats: tables that float nowhere, and running text."""
    place = 0
    for start, end, name, inside in environments(text):
        yield from _running(text[place:start])
        yield table(name, inside)
        place = end
    yield from _running(text[place:])


def _float(inside: str, name: str) -> Iterator[Block]:
    of_table = "table" in name
    for command in ("caption", "captionof"):
        for caption in arguments(inside, command):
            yield Block(CAPTION, plain(caption), rows=((TABLE,),) if of_table else ())
    if name == "longtable":
        yield table(name, inside)
        return
    found = list(environments(inside))
    yield from (table(kind, body) for _, _, kind, body in found)
    for note in notes(inside, found) if of_table else ():
        yield Block(FOOTNOTE, note)


def _running(text: str) -> Iterator[Block]:
    """Headings, paragraphs, items, footnotes and references of text without floats."""
    text = re.sub(r"\\begin\{abstract\}", r"\\section{Abstract}", text).replace(r"\end{abstract}", _BREAK)
    text = re.sub(r"\\begin\{thebibliography\}(?:\{[^}]*\})?", r"\\section{References}", text)
    text = re.sub(r"\\(?:bibitem(?:\[[^\]]*\])?\{[^}]*\}|item\b|begin\{(?:itemize|enumerate|description|quote)\}|end\{[a-z]+\}|appendix\b)",
                  _BREAK, text)
    yield from _words(text)


def _words(text: str) -> Iterator[Block]:
    for part in re.split(r"(?=\\(?:sub)*section\*?\s*\{|\\chapter\*?\s*\{|\\paragraph\*?\s*\{)", text):
        command = re.match(r"\\([a-z]+)\*?\s*(?=\{)", part)
        rest = 0
        if command and command[1] in _LEVELS:
            heading, rest = group(part, command.end())
            yield Block(HEADING, plain(heading), level=_LEVELS[command[1]])
        for paragraph in re.split(r"\n\s*\n", part[rest:]):
            notes = arguments(paragraph, "footnote")
            words = plain(functools.reduce(lambda text, note: text.replace(f"\\footnote{{{note}}}", ""), notes, paragraph))
            if re.search(r"\w", words):
                yield Block(PARAGRAPH, words)
            yield from (Block(FOOTNOTE, plain(note)) for note in notes)
