"""Tables of LaTeX as rows of cells, however they are set: tabular and its kin, rules, cells over several columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from asprinted.draft.reading.blocks import TABLE, Block
from asprinted.draft.reading.latex_words import group, plain

# What sets a table, with how many arguments stand before its cells.
_SETS = {"tabular": 1, "tabular*": 2, "tabularx": 2, "tabulary": 2, "tabu": 1, "longtabu": 1, "longtable": 1, "xltabular": 2,
         "supertabular": 1}
_EDGE = re.compile(rf"\\(begin|end)\{{({'|'.join(map(re.escape, sorted(_SETS, key=len, reverse=True)))})\}}")
_RULE = re.compile(r"\\(?:toprule|midrule|bottomrule|hline|hhline|cmidrule|cline|addlinespace|specialrule|morecmidrules|noalign)\b\*?")
_SPANNED = re.compile(r"\s*\\multicolumn\s*\{(\d+)\}")
Environment = tuple[int, int, str, str]  # where it begins and ends, its name, what stands in it


def environments(text: str) -> Iterator[Environment]:
    """Every table of a text that stands in no other one.

    >>> [one[2:] for one in environments(r"so \\begin{tabular}{l}a \\begin{tabular}{c}b\\end{tabular}\\end{tabular}")]
    [('tabular', '{l}a \\\\begin{tabular}{c}b\\\\end{tabular}')]
    """
    opened: list[re.Match[str]] = []
    for one in _EDGE.finditer(text):
        if one[1] == "begin":
            opened.append(one)
        elif opened and (first := opened.pop()) and not opened:
            yield first.start(), one.end(), first[2], text[first.end() : one.start()]


def table(name: str, inside: str) -> Block:
    r"""The table that an environment sets, with how many of its rows name its columns: those above the first rule below a row.

    A cell over several columns stands in each of them, but for a name of rows, which stands in the first. A number over several columns
    of the body belongs to none of them: its row is left shorter.

    >>> found = table("tabular", r"{lrr} & \multicolumn{2}{c}{Men} \\ \cmidrule(lr){2-3} & n & M \\ \midrule a & 3 & 5 \\ \bottomrule")
    >>> found.rows, found.heads
    ((('', 'Men', 'Men'), ('', 'n', 'M'), ('a', '3', '5')), 2)
    """
    body = _without_arguments(inside.replace(r"\tabularnewline", r"\\"), _SETS[name])
    first, ended, rest = body.partition(r"\endfirsthead")
    if ended:  # the head of the pages that follow says the same again, and so do the feet
        body = first + re.split(r"\\end(?:head|foot|lastfoot)\b", rest)[-1]
    body = re.sub(r"\\end(?:head|foot|lastfoot)\b", "", re.sub(r"\\caption\*?", r"\\phantom", body))
    for start, end, kind, cells in sorted(environments(body), reverse=True):  # a cell of several lines
        body = body[:start] + _without_arguments(cells, _SETS[kind]).replace(r"\\", " ") + body[end:]
    rows: list[Sequence[str]] = []
    heads = 0
    for piece in _parted(body, r"\\"):
        heads = heads or (len(rows) if re.search(r"\\(?:midrule|hline|hhline)\b", piece) else 0)
        row = _parted(_without_rules(piece), "&")
        if any(plain(cell) for cell in row):
            rows.append(row)
    heads = heads if heads < len(rows) else 0
    found = [tuple(_cells(row, head=number < heads)) for number, row in enumerate(rows)]
    width = max(map(len, found), default=0)
    return Block(TABLE, rows=tuple(row if any(map(_merged, whole)) else row + ("",) * (width - len(row))
                                   for row, whole in zip(found, rows, strict=True)), heads=heads)


def _cells(row: Sequence[str], *, head: bool) -> Iterator[str]:
    for number, cell in enumerate(row):
        text, spanned = plain(cell), _SPANNED.match(cell)
        more = int(spanned[1]) - 1 if spanned and (head or not _merged(cell)) else 0
        yield from (text, *([text if head or number else ""] * more))


def _merged(cell: str) -> bool:
    """Whether a cell holds a number and stands over several columns."""
    spanned = _SPANNED.match(cell)
    return bool(spanned) and spanned[1] != "1" and bool(re.search(r"\d", plain(cell)))  # type: ignore[index]


def _without_arguments(inside: str, count: int) -> str:
    """What an environment sets, its options and the widths and kinds of its columns left aside."""
    place = 0
    for _ in range(count):
        options = re.match(r"\s*(?:\[[^\]]*\]|to\s*[\d.]*\\\w+)?\s*(?=\{)", inside[place:])
        place = group(inside, place + options.end())[1] if options else place
    return inside[place:]


def _without_rules(piece: str) -> str:
    found, place = "", 0
    for rule in _RULE.finditer(piece):
        found += piece[place : rule.start()]
        place = rule.end()
        while more := re.match(r"\s*(?:\([^)]*\)|\[[^\]]*\]|(?=\{))", piece[place:]):
            place = group(piece, place + more.end())[1] if not more[0].strip() else place + more.end()
    return found + piece[place:]


def _parted(text: str, mark: str) -> list[str]:
    r"""A text parted at each mark that stands in no braces.

    >>> _parted(r"a \& b & \makecell{c & d}", "&")
    ['a \\& b ', ' \\makecell{c & d}']
    """
    found, depth, start, place = [], 0, 0, 0
    while place < len(text):
        if depth == 0 and text.startswith(mark, place):
            found.append(text[start:place])
            options = re.match(r"\*?\s*(?:\[[^\]&]*\])?" if mark == r"\\" else "", text[place + len(mark) :])
            start = place = place + len(mark) + (options.end() if options else 0)
            continue
        depth += (text[place] == "{") - (text[place] == "}")
        place += 2 if text[place] == "\\" else 1
    return [*found, text[start:]]


def notes(inside: str, tables: Sequence[Environment]) -> list[str]:
    """What stands in the float of a table beside its captions and its cells: what its marks and letters stand for."""
    for start, end, *_ in sorted(tables, reverse=True):
        inside = inside[:start] + "\n\n" + inside[end:]
    inside = re.sub(r"\\caption(?:of\s*\{\w+\})?\*?", r"\\phantom", inside)
    inside = re.sub(r"\\(?:begin|end)\{\w+\*?\}(?:\[[^\]]*\])?|\\item\s*(?:\[[^\]]*\])?|^\s*\[[^\]]*\]", "\n\n", inside)
    found = [plain(one) for one in re.split(r"\n\s*\n", inside)]
    return [one for one in found if len(re.findall(r"[^\W\d_]{2,}", one)) > 2]
