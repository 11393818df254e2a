"""What the code of a notebook asks of ``paper``, read from its text: nothing is run for it."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass

from asprinted.notebook import judged_table, side_by_side

NOW = ("check", judged_table.METHOD)
JUDGING = (*NOW, "judge_later")  # what gives the records of a claim, or of the cells of a printed table


@dataclass(frozen=True)
class Call:
    """A call ``paper.NAME(...)`` in a cell.

    ``arguments``: the positional ones that are literal strings, None in place of any other. ``last``: whether its value
    is what the cell shows, directly or by the name that it was assigned to, alone or as one of several side by side.
    ``many``: whether it stands for one call of each turn of a loop that the cell shows side by side.
    """

    name: str
    arguments: tuple[str | None, ...]
    last: bool
    many: bool = False

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
    (Call(name='check', arguments=('growth-gap', None), last=True, many=False),)
    >>> of_paper('paper.side_by_side(*[paper.check(f"mean-{name}", mean[name]) for name in names])')[1].many
    True
    """
    tree = ast.parse(source)
    shown, looped = _shown(tree.body)
    found = [node for node in ast.walk(tree) if named(node)]
    found.sort(key=lambda node: (node.lineno, node.col_offset))  # type: ignore[attr-defined]
    return tuple(Call(named(node), tuple(map(_literal, node.args)), node in (*shown, *looped), node in looped)  # type: ignore[attr-defined]
                 for node in found)


def named(node: ast.AST | None) -> str:
    """NAME, where the expression is ``paper.NAME(...)``; else nothing."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)):
        return ""
    return node.func.attr if node.func.value.id == "paper" else ""


def _shown(body: list[ast.stmt]) -> tuple[list[ast.expr], list[ast.expr]]:
    """The expression whose value a cell shows, and with it those that it shows side by side; and those that do so for each turn
    of a loop, ``*[... for ...]``."""
    if not body or not isinstance(body[-1], ast.Expr):
        return [], []
    value = _meant(body, body[-1].value)
    several = value.args if isinstance(value, ast.Call) and named(value) == side_by_side.METHOD else []
    loops = [_meant(body, one.value) for one in several if isinstance(one, ast.Starred)]
    looped = [one.elt for one in loops if isinstance(one, ast.ListComp | ast.GeneratorExp)]
    return [value, *(_meant(body, one) for one in several if not isinstance(one, ast.Starred))], looped


def _meant(body: list[ast.stmt], value: ast.expr) -> ast.expr:
    """The expression itself; of a bare name what was last assigned to it."""
    for statement in reversed(body) if isinstance(value, ast.Name) else ():
        if isinstance(statement, ast.Assign) and [ast.unparse(one) for one in statement.targets] == [ast.unparse(value)]:
            return statement.value
    return value


def _literal(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _judging(source: str, names: tuple[str, ...] = JUDGING) -> list[Call]:
    """The calls by which a cell judges; none where it cannot be parsed."""
    try:
        return [call for call in of_paper(source) if call.name in names]
    except (SyntaxError, ValueError):
        return []


def claims_of(source: str) -> list[str]:
    """The claims and printed tables that a cell judges, now or later, in the order of its text; none where it cannot be parsed."""
    return [call.claim for call in _judging(source) if call.claim is not None]


def judges(source: str) -> bool:
    """Whether a cell judges anything now; none that cannot be parsed does.

    >>> judges('paper.check_table("1", means)'), judges('paper.judge_later("growth")'), judges("rate")
    (True, False, False)
    """
    return bool(_judging(source, NOW))


def loops(source: str) -> bool:
    """Whether a cell judges claims in a loop, so that its text does not name them all."""
    return any(call.many for call in _judging(source))
