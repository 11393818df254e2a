"""What the code of a notebook asks of ``paper``, read from its text: nothing is run for it."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass


@dataclass(frozen=True)
class Call:
    """A call ``paper.NAME(...)`` in a cell.

    ``arguments``: the positional ones that are literal strings, None in place of any other. ``last``: whether its value
    is what the cell shows, directly or by the name that it was assigned to.
    """

    name: str
    arguments: tuple[str | None, ...]
    last: bool

    @property
    def claim(self) -> str | None:
        """The first argument, which in a check is the claim's id."""
        return self.arguments[0] if self.arguments else None


@functools.cache
def of_paper(source: str) -> tuple[Call, ...]:
    """Calls ``paper.NAME(...)`` in the code of a cell, in the order of the text.

    Raises:
        SyntaxError: the code is not plain Python (a magic, a shell escape, a slip of the pen).

    >>> of_paper('gap = a - b\\npaper.check("growth-gap", gap)')
    (Call(name='check', arguments=('growth-gap', None), last=True),)
    """
    tree = ast.parse(source)
    shown = _shown(tree.body)
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "paper"
    ]
    found.sort(key=lambda node: (node.lineno, node.col_offset))
    return tuple(Call(node.func.attr, tuple(map(_literal, node.args)), node is shown) for node in found)  # type: ignore[attr-defined]


def _shown(body: list[ast.stmt]) -> ast.expr | None:
    """The expression whose value a cell shows; where that is a bare name, what was last assigned to it."""
    if not body or not isinstance(body[-1], ast.Expr):
        return None
    value = body[-1].value
    if isinstance(value, ast.Name):
        for statement in reversed(body):
            if isinstance(statement, ast.Assign) and [ast.unparse(one) for one in statement.targets] == [value.id]:
                return statement.value
    return value


def _literal(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def claim_of(source: str) -> str | None:
    """The claim that a cell judges, for messages; None when it judges none or cannot be parsed."""
    try:
        return next((call.claim for call in of_paper(source) if call.name == "check"), None)
    except (SyntaxError, ValueError):
        return None
