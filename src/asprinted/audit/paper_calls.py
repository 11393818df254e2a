"""What the code of a notebook asks of ``paper``, read from its text: nothing is run for it."""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass

from forkmill.errors import InputError, InputErrors
from forkmill.notebooks.ipynb import Notebook
from forkmill.run import plan
from forkmill.schema import near

EVALUATING = ("sweep", "replay", "without_a_source", "parameter_reads")  # modules of asprinted.robustness


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


def rests_on(notebook: Notebook, read: list[Notebook]) -> tuple[str, ...]:
    """Notebooks that the code names in ``paper.verdicts(NAME, ...)``; without names, all that ask for no verdicts."""
    asked = _asked(notebook)
    if asked == []:
        return tuple(one.name for one in read if _asked(one) is None)
    return tuple(dict.fromkeys(str(name) for name in asked or ()))


def judges_anew(notebook: Notebook) -> bool:
    """Whether the code names a module that evaluates the cells of other notebooks."""
    return any(isinstance(node, ast.alias) and node.name.rpartition(".")[2] in EVALUATING
               for cell in notebook.code for node in ast.walk(ast.parse(cell.source)))  # fmt: skip


def _asked(notebook: Notebook) -> list[str | None] | None:
    """Names that the notebook's calls of ``paper.verdicts`` give; None when there is no such call."""
    found = [call for cell in notebook.code for call in of_paper(cell.source) if call.name == "verdicts"]
    return [name for call in found for name in call.arguments] if found else None


def errors(read: list[Notebook]) -> list[InputError]:
    """Names that are no notebook, or not written out, and circles; the code is plain Python."""
    names = [one.name for one in read]
    found = [
        InputError("no such notebook to take verdicts from", cell.label, ", ".join(names), str(name),
                   near(name or "", names) or "write its name out, without .ipynb")
        for one in read
        for cell in one.code
        for call in of_paper(cell.source) if call.name == "verdicts"
        for name in call.arguments if name not in names
    ]  # fmt: skip
    if found:
        return found
    try:
        plan.order(names, {one.name: rests_on(one, read) for one in read})
    except InputErrors as circle:
        return circle.errors
    return []
