"""A piece of LaTeX as the words and numbers that it prints, and what stands in its braces."""

from __future__ import annotations

import re
import unicodedata

from asprinted.draft.reading.blocks import one_line

# Commands whose arguments print nothing in this place, with how many there are.
_SILENT = {"label": 1, "cite": 1, "citep": 1, "citet": 1, "citealp": 1, "citealt": 1, "citeauthor": 1, "citeyear": 1, "citeyearpar": 1,
           "parencite": 1, "textcite": 1, "nocite": 1, "bibliography": 1, "bibliographystyle": 1, "includegraphics": 1, "input": 1,
           "include": 1, "vspace": 1, "hspace": 1, "cmidrule": 1, "cline": 1, "pagestyle": 1, "thispagestyle": 1, "hypertarget": 1,
           "usepackage": 1, "setlength": 2, "addtolength": 2, "setcounter": 2, "rule": 2, "color": 1, "pdfbookmark": 2,
           "newcommand": 2, "renewcommand": 2, "arraystretch": 0, "begin": 1, "end": 1, "textcolor": 1, "href": 1, "multicolumn": 2,
           "multirow": 2, "rowcolor": 1, "cellcolor": 1, "cellcolors": 1, "resizebox": 2, "scalebox": 1, "fontsize": 2, "author": 1,
           "address": 1, "date": 1, "email": 1, "affiliation": 1, "raisebox": 1, "parbox": 1, "index": 1, "phantom": 1, "tag": 1,
           "url": 1, "texorpdfstring": 1, "tnote": 1, "makecell": 0, "thead": 0}
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
# Units of siunitx as they are printed; a prefix stands before its unit.
_UNITS = {"kilo": "k", "mega": "M", "giga": "G", "tera": "T", "hecto": "h", "deci": "d", "centi": "c", "milli": "m", "micro": "µ",
          "nano": "n", "gram": "g", "metre": "m", "meter": "m", "second": "s", "minute": "min", "hour": "h", "day": "d", "litre": "l",
          "liter": "l", "watt": "W", "joule": "J", "volt": "V", "ampere": "A", "hertz": "Hz", "kelvin": "K", "byte": "B", "bit": "bit",
          "hectare": "ha", "tonne": "t", "pascal": "Pa", "newton": "N", "mole": "mol", "percent": "%", "degree": "°", "celsius": "°C",
          "degreeCelsius": "°C", "per": "/", "squared": "²", "cubed": "³"}
_MEASURED = re.compile(r"\\(?P<command>SIrange|qtyrange|numrange|SI|qty|num|si|unit)\s*(?:\[[^\]]*\])?"
                       r"(?P<all>(?:\s*\{[^{}]*\}){1,3})")
REFERRED = re.compile(r"\\(?P<command>eq|auto|c|C|page|name|)ref\*?\s*\{(?P<label>[^{}]*)\}")


def plain(text: str) -> str:
    """A piece of LaTeX as the words and numbers that it prints, in one line.

    >>> plain(r"\\emph{n}\\textsubscript{missing} = 19, $p < .05$, Garc\\'ia's ``3--5'' \\textbf{x} 2{,}752, $\\chi^{2}(1) = 2.3$")
    'n missing = 19, p < .05, García’s “3–5” x 2,752, χ2(1) = 2.3'
    """
    text = _MEASURED.sub(_measured, REFERRED.sub("", text))
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


def _measured(one: re.Match[str]) -> str:
    """A number, a range or a unit as siunitx prints it.

    >>> plain(r"\\SI{51.2 +- 2.1}{\\centi\\metre}, \\qty{15}{\\percent}, \\numrange{2}{5} and \\SIrange{1}{2}{\\km\\per\\hour}")
    '51.2 ± 2.1 cm, 15%, 2 to 5 and 1 to 2 km/h'
    """
    given, command = re.findall(r"\{([^{}]*)\}", one["all"]), one["command"]
    many = {"num": 1, "si": 0, "unit": 0}.get(command, 2 if command.endswith("range") else 1)
    rest = "".join(f"{{{text}}}" for text in given[many + (command not in ("num", "numrange")) :])
    unit = "" if command in ("num", "numrange") else "".join(given[many : many + 1])
    shown = re.sub(r"\\([A-Za-z]+)\s*", lambda name: _UNITS.get(name[1], name[1]), unit)
    number = " to ".join(given[:many]).replace("\\pm", "±").replace("+-", " ± ")
    return f"{number}{'' if shown in ('%', '°', '') or not number else ' '}{shown}{rest}"


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
            place = group(text, place + options.end())[1] if options else place
    return "".join(found) + text[place:]


def group(text: str, start: int) -> tuple[str, int]:
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


def arguments(text: str, command: str) -> list[str]:
    """The argument of every call of a command."""
    return [group(text, one.end())[0] for one in re.finditer(rf"\\{command}\*?\s*(?:\[(?:[^\[\]]|\[[^\]]*\])*\])?\s*(?=\{{)", text)]


def argument(text: str, command: str) -> str:
    """The argument of the first call of a command; nothing where none is called."""
    return next(iter(arguments(text, command)), "")
