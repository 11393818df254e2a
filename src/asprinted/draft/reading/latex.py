"""Reading a paper in LaTeX: what it prints, without being typeset. Only what carries words and numbers is understood.

A parser of LaTeX, pylatexenc, was weighed: it would take the matching of braces and the accents off this module, some forty lines; what
each command means for sections, captions, cells and labels would remain.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from asprinted.draft.reading.blocks import CAPTION, FOOTNOTE, HEADING, PARAGRAPH, TABLE, Block, Read, one_line, without_references

_LEVELS = {"chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
_LEFT_OUT = ("verbatim", "lstlisting", "minted", "equation", "align", "eqnarray", "gather", "multline", "displaymath", "math",
             "tikzpicture", "Sinput", "Soutput", "CodeInput", "CodeOutput", "algorithm", "algorithmic", "filecontents", "comment")
# Commands whose arguments print nothing in this place, with how many there are.
_SILENT = {"label": 1, "cite": 1, "citep": 1, "citet": 1, "citealp": 1, "citealt": 1, "citeauthor": 1, "citeyear": 1, "citeyearpar": 1,
           "parencite": 1, "textcite": 1, "nocite": 1, "bibliography": 1, "bibliographystyle": 1, "includegraphics": 1, "input": 1,
           "include": 1, "vspace": 1, "hspace": 1, "cmidrule": 1, "cline": 1, "pagestyle": 1, "thispagestyle": 1, "hypertarget": 1,
           "usepackage": 1, "setlength": 2, "addtolength": 2, "setcounter": 2, "rule": 2, "color": 1, "pdfbookmark": 2,
           "newcommand": 2, "renewcommand": 2, "arraystretch": 0, "begin": 1, "end": 1, "textcolor": 1, "href": 1, "multicolumn": 2,
           "multirow": 2, "rowcolor": 1, "cellcolor": 1, "cellcolors": 1, "resizebox": 2, "scalebox": 1, "fontsize": 2, "author": 1,
           "address": 1, "date": 1, "email": 1, "affiliation": 1, "raisebox": 1, "parbox": 1, "index": 1, "phantom": 1, "tag": 1,
           "url": 1, "texorpdfstring": 1}  # fmt: skip
_ACCENTS = dict(zip("`'^\"~=.uvHcdbrk", map(unicodedata.lookup, (
    "COMBINING GRAVE ACCENT", "COMBINING ACUTE ACCENT", "COMBINING CIRCUMFLEX ACCENT", "COMBINING DIAERESIS", "COMBINING TILDE",
    "COMBINING MACRON", "COMBINING DOT ABOVE", "COMBINING BREVE", "COMBINING CARON", "COMBINING DOUBLE ACUTE ACCENT", "COMBINING CEDILLA",
    "COMBINING DOT BELOW", "COMBINING MACRON BELOW", "COMBINING RING ABOVE", "COMBINING OGONEK")), strict=True))
_SYMBOLS = {"times": "×", "pm": "±", "sim": "~", "approx": "≈", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥",
            "geqslant": "≥",
            "cdot": "·", "ldots": "…", "dots": "…", "textdegree": "°", "degree": "°", "pounds": "£", "textsterling": "£", "euro": "€",
            "texteuro": "€", "S": "§", "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
            "i": "ı",
            "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ",
            "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "omega": "ω", "Delta": "Δ", "textless": "<",
            "textgreater": ">", "lt": "<", "gt": ">", "textasciitilde": "~", "textbackslash": "\\", "percnt": "%", "ng": "ŋ", "infty": "∞",
            "quad": " ", "qquad": " ", "newline": " ", "item": " "}
_REFERRED = re.compile(r"\\(?P<command>eq|auto|c|C|page|name|)ref\*?\s*\{(?P<label>[^{}]*)\}")
_KINDS = {"fig": "Figure", "tab": "Table", "tbl": "Table", "eq": "Equation", "sec": "Section", "app": "Appendix"}
_FLOAT = re.compile(r"\\begin\{(?P<name>figure|table|longtable|wrapfigure|wraptable|sidewaystable|sidewaysfigure)(?P<star>\*?)\}"
                    r"(?P<inside>.*?)\\end\{(?P=name)(?P=star)\}", re.DOTALL)
_TABULAR = re.compile(r"\\begin\{(?:tabular[xy*]?|tabu)\}(.*?)\\end\{(?:tabular[xy*]?|tabu)\}", re.DOTALL)
_BREAK = "\n\n"


def read(text: str) -> Read:
    """The blocks of a text in LaTeX.

    >>> found = read(r"\\section{Growth} It rose by 8.4\\%~\\citep{a}.\\footnote{Or 8.} See \\autoref{fig:x}.")
    >>> [(one.kind, one.text) for one in found.blocks]
    [('heading', 'Growth'), ('paragraph', 'It rose by 8.4%. See Figure.'), ('footnote', 'Or 8.')]
    """
    found = Read()
    text = re.sub(r"(?<!\\)%.*", "", text.replace("\r\n", "\n"))
    title = _argument(text, "title")
    abstract = _argument(text, "abstract")
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
    for command, argument in (("title", title), ("abstract", abstract)):
        text = text.replace(f"\\{command}{{{argument}}}", _BREAK) if argument else text
    found.blocks += _blocks(text)
    found.blocks = without_references([one for one in found.blocks if one.text or one.rows])
    return found


def _numbered(text: str) -> str:
    """The text with the number of each figure and table in the place of what refers to it, counted as LaTeX counts them."""
    numbers: dict[str, str] = {}
    counts = {"figure": 0, "table": 0}
    for one in _FLOAT.finditer(text):
        kind = "table" if "table" in one["name"] else "figure"
        if one["inside"].count(r"\caption"):
            counts[kind] += 1
            numbers |= dict.fromkeys(_arguments(one["inside"], "label"), str(counts[kind]))

    def shown(one: re.Match[str]) -> str:
        words = "" if one["command"] in ("", "eq", "page") else f"{_KINDS.get(one['label'].partition(':')[0], '')} "
        return (words + numbers.get(one["label"], "")).rstrip()

    return _REFERRED.sub(shown, text)


def _blocks(text: str) -> Iterator[Block]:
    """The blocks of the body: floats apart, then what stands between them."""
    place = 0
    for one in _FLOAT.finditer(text):
        yield from _running(text[place : one.start()])
        yield from _float(one["inside"], "table" in one["name"])
        place = one.end()
    yield from _running(text[place:])


def _float(inside: str, table: bool) -> Iterator[Block]:
    for name in ("caption", "captionof"):
        for caption in _arguments(inside, name):
            yield Block(CAPTION, plain(caption), rows=((TABLE,),) if table else ())
    for body in _TABULAR.findall(inside):
        yield Block(TABLE, rows=_rows(body))
    if table and "tabular" not in inside and "\\\\" in inside:
        yield Block(TABLE, rows=_rows(re.sub(r"\\caption.*", "", inside)))


def _rows(body: str) -> tuple[tuple[str, ...], ...]:
    body = re.sub(r"^(?:\s*\[[^\]]*\]|\s*to\s*[\d.]*\\\w+)?\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}\s*)+", "", body)
    rows = [tuple(plain(cell) for cell in re.split(r"(?<!\\)&", row)) for row in re.split(r"\\\\(?:\[[^\]]*\])?", body)]
    return tuple(row for row in rows if any(row))


def _running(text: str) -> Iterator[Block]:
    """Headings, paragraphs, items, footnotes and references of text without floats."""
    text = re.sub(r"\\begin\{abstract\}", r"\\section{Abstract}", text).replace(r"\end{abstract}", _BREAK)
    text = re.sub(r"\\begin\{thebibliography\}(?:\{[^}]*\})?", r"\\section{References}", text)
    text = re.sub(r"\\(?:bibitem(?:\[[^\]]*\])?\{[^}]*\}|item\b|begin\{(?:itemize|enumerate|description|quote)\}|end\{[a-z]+\}|appendix\b)",
                  _BREAK, text)
    place = 0
    for table in _TABULAR.finditer(text):
        yield from _words(text[place : table.start()])
        yield Block(TABLE, rows=_rows(table[1]))
        place = table.end()
    yield from _words(text[place:])


def _words(text: str) -> Iterator[Block]:
    for part in re.split(r"(?=\\(?:sub)*section\*?\s*\{|\\chapter\*?\s*\{|\\paragraph\*?\s*\{)", text):
        command = re.match(r"\\([a-z]+)\*?\s*(?=\{)", part)
        rest = 0
        if command and command[1] in _LEVELS:
            heading, rest = _group(part, command.end())
            yield Block(HEADING, plain(heading), level=_LEVELS[command[1]])
        for paragraph in re.split(r"\n\s*\n", part[rest:]):
            notes = _arguments(paragraph, "footnote")
            words = plain(functools.reduce(lambda text, note: text.replace(f"\\footnote{{{note}}}", ""), notes, paragraph))
            if re.search(r"\w", words):
                yield Block(PARAGRAPH, words)
            yield from (Block(FOOTNOTE, plain(note)) for note in notes)


def plain(text: str) -> str:
    """A piece of LaTeX as the words and numbers that it prints, in one line.

    >>> plain(r"\\emph{n}\\textsubscript{missing} = 19, $p < .05$, Garc\\'ia's ``3--5'' \\textbf{x} 2{,}752, $\\chi^{2}(1) = 2.3$")
    'n missing = 19, p < .05, García’s “3–5” x 2,752, χ2(1) = 2.3'
    """
    text = _REFERRED.sub("", text)
    text = re.sub(r"\\([`'^\"~=.uvHcdbrk])(?:\{\\?([A-Za-z])\}|\s*(?<=[`'^\"~=.])\\?([A-Za-z])|\s+([A-Za-z]))", _accented, text)
    text = _without(text)
    text = re.sub(r"\\text(?:sub)script\s*\{", r" {", text)
    text = re.sub(r"\\\(|\\\)|\\\[|\\\]|(?<!\\)\$", "", text)
    text = re.sub(r"\\([A-Za-z]+)\*?\s?", lambda one: _SYMBOLS.get(one[1], ""), text)
    text = re.sub(r"\\[,;:! ]|\\\\(?:\[[^\]]*\])?|(?<!\\)~", " ", text).replace("\\/", "").replace("\\-", "")
    text = text.replace("``", "\N{LEFT DOUBLE QUOTATION MARK}").replace("''", "\N{RIGHT DOUBLE QUOTATION MARK}")
    text = text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}").replace("`", "\N{LEFT SINGLE QUOTATION MARK}")
    text = text.replace("---", "\N{EM DASH}").replace("--", "\N{EN DASH}")
    text = re.sub(r"(?<!\\)[{}^]|(?<=\w)_(?=[{A-Za-z0-9])", "", text)
    text = re.sub(r"\\([%&$#_{}])", r"\1", text)
    return re.sub(r"\s+([.,;:)\]](?!\d))", r"\1", re.sub(r"\(\s*\)", "", one_line(text)))


def _accented(one: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (one[2] or one[3] or one[4]) + _ACCENTS[one[1]])


def _without(text: str) -> str:
    """The text without the commands of :data:`_SILENT`, their options and arguments; other commands keep what they enclose."""
    found, place = [], 0
    for command in re.finditer(r"\\([A-Za-z]+)\*?", text):
        if command.start() < place or command[1] not in _SILENT:
            continue
        found.append(text[place : command.start()])
        place = command.end()
        for _ in range(_SILENT[command[1]]):
            options = re.match(r"(?:\s*\[[^\]]*\]|\s*\([^)]*\))*\s*(?=\{)", text[place:])
            place = _group(text, place + options.end())[1] if options else place
    return "".join(found) + text[place:]


def _group(text: str, start: int) -> tuple[str, int]:
    """What stands in the braces that open at ``start``, and where they end; all the rest where nothing closes them."""
    depth, place = 0, start
    while place < len(text):
        character = text[place]
        if character == "\\":
            place += 2
            continue
        depth += (character == "{") - (character == "}")
        place += 1
        if depth == 0:
            return text[start + 1 : place - 1], place
    return text[start + 1 :], len(text)


def _arguments(text: str, command: str) -> list[str]:
    """The argument of every call of a command."""
    return [_group(text, one.end())[0] for one in re.finditer(rf"\\{command}\*?\s*(?:\[(?:[^\[\]]|\[[^\]]*\])*\])?\s*(?=\{{)", text)]


def _argument(text: str, command: str) -> str:
    return next(iter(_arguments(text, command)), "")
