"""The part of a cell's code that judges one claim, where a cell judges several side by side."""

from __future__ import annotations

import ast
from textwrap import dedent


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
    return (isinstance(node, ast.Call) and ast.unparse(node.func) == "paper.check" and bool(node.args)
            and isinstance(node.args[0], ast.Constant) and node.args[0].value == claim)


def _making(before: list[ast.stmt], call: ast.AST) -> list[ast.stmt]:
    """The statements that a value of the call comes from; one that is no plain assignment may change what it names."""
    wanted, kept = _names(call), list[ast.stmt]()
    for statement in reversed(before):
        made = set().union(*map(_names, statement.targets)) if isinstance(statement, ast.Assign) else _names(statement)
        other = any(isinstance(node, ast.Call) and ast.unparse(node.func) == "paper.check" for node in ast.walk(statement))
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
