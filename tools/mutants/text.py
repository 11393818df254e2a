"""Small edits of CSV, YAML and notebook texts that leave the rest of a file as it was."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any


def table(text: str) -> list[dict[str, str]]:
    """Rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_csv(rows: list[dict[str, str]]) -> str:
    """The CSV text of rows that all have the same columns.

    >>> as_csv(table('a,b\\n1,"x, y"\\n')) == 'a,b\\n1,"x, y"\\n'
    True
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def with_row(text: str, place: int, fields: dict[str, str]) -> str:
    """A CSV text with some fields of one row (counted from 0) replaced."""
    rows = table(text)
    rows[place] |= fields
    return as_csv(rows)


def with_field(text: str, id: str, field: str, value: str | None) -> str:
    """A YAML list of entries ``- id: ...`` with one field of one entry replaced or added; without the entry if None.

    >>> print(with_field('- id: a\\n  unit: yuan\\n- id: b\\n', "a", "unit", "percent"), end="")
    - id: a
      unit: percent
    - id: b
    >>> print(with_field('- id: a\\n  unit: yuan\\n- id: b\\n', "a", "", None), end="")
    - id: b
    """
    entry = re.search(rf"^- id: {re.escape(id)}\n(?:^(?!- ).*\n?)*", text, re.MULTILINE)
    if entry is None:
        raise KeyError(id)
    old = entry[0]
    if value is None:
        new = ""
    else:
        line = f"  {field}: {value}\n"
        new, count = re.subn(rf"^  {field}: .*\n", lambda _: line, old, flags=re.MULTILINE)
        new = new if count else old + line
    return text[: entry.start()] + new + text[entry.end() :]


def replaced(source: str, node: ast.expr, new: str) -> str:
    """Source in which an expression of its tree is replaced by another text.

    >>> source = 'a = f("ä", 1)'
    >>> replaced(source, ast.parse(source).body[0].value.args[1], "2")
    'a = f("ä", 2)'
    """
    lines = source.encode("utf-8").splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    begin = starts[node.lineno - 1] + node.col_offset
    end = starts[node.end_lineno - 1] + node.end_col_offset
    whole = source.encode("utf-8")
    return (whole[:begin] + new.encode("utf-8") + whole[end:]).decode("utf-8")


def literals(source: str, wanted: Iterable[str]) -> list[ast.Constant]:
    """Literal strings of the code that are one of ``wanted``, in the order of the text."""
    among = set(wanted)
    found = [node for node in ast.walk(ast.parse(source))
             if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in among]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def same_code(first: str, second: str) -> bool:
    """Whether two sources do the same whatever they are given: the same tree, annotations of types aside.

    >>> same_code("def f(a: int | str): return a", "def f(a: int + str): return a  # changed"), same_code("1", "2")
    (True, False)
    """
    return _bare(first) == _bare(second)


def _bare(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)


def with_source(text: str, cell: str, source: str | None) -> str:
    """A notebook's text with the source of one cell replaced; without the cell, its neighbours renumbered, if None."""
    content = json.loads(text)
    if source is None:
        content["cells"] = [one for one in content["cells"] if one["id"] != cell]
        return dumped(renumbered(content))
    next(one for one in content["cells"] if one["id"] == cell)["source"] = source.splitlines(keepends=True)
    return dumped(content)


def renumbered(content: dict[str, Any]) -> dict[str, Any]:
    """The notebook as if it had been run from top to bottom."""
    for number, cell in enumerate((one for one in content["cells"] if one["cell_type"] == "code"), start=1):
        cell["execution_count"] = number
        for output in cell["outputs"]:
            if "execution_count" in output:
                output["execution_count"] = number
    return content


def dumped(content: dict[str, Any]) -> str:
    """A notebook's text as it is committed."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
