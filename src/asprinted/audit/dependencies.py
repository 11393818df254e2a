"""Which notebooks rest on which: what their code asks of ``paper``, read from its text."""

from __future__ import annotations

import ast

from asprinted.notebook import calls
from forkmill.errors import InputError, InputErrors
from forkmill.notebooks.ipynb import Notebook
from forkmill.run import plan
from forkmill.schema import near

EVALUATING = ("sweep", "replay", "without_a_source", "parameter_reads")  # modules of asprinted.robustness


def rests_on(notebook: Notebook, read: list[Notebook]) -> tuple[str, ...]:
    """Notebooks that the code names in ``paper.verdicts(NAME, ...)``; without names, all that ask for no verdicts."""
    asked = _asked(notebook)
    if asked == []:
        return tuple(one.name for one in read if _asked(one) is None)
    return tuple(dict.fromkeys(str(name) for name in asked or ()))


def judges_anew(notebook: Notebook) -> bool:
    """Whether the code names a module that evaluates the cells of other notebooks."""
    return any(isinstance(node, ast.alias) and node.name.rpartition(".")[2] in EVALUATING
               for cell in notebook.code for node in ast.walk(ast.parse(cell.source)))


def _asked(notebook: Notebook) -> list[str | None] | None:
    """Names that the notebook's calls of ``paper.verdicts`` give; None when there is no such call."""
    found = [call for cell in notebook.code for call in calls.of_paper(cell.source) if call.name == "verdicts"]
    return [name for call in found for name in call.arguments] if found else None


def errors(read: list[Notebook]) -> list[InputError]:
    """Names that are no notebook, or not written out, and circles; the code is plain Python."""
    names = [one.name for one in read]
    found = [
        InputError("no such notebook to take verdicts from", cell.label, ", ".join(names), str(name),
                   near(name or "", names) or "write its name out, without .ipynb")
        for one in read
        for cell in one.code
        for call in calls.of_paper(cell.source) if call.name == "verdicts"
        for name in call.arguments if name not in names
    ]
    if found:
        return found
    try:
        plan.order(names, {one.name: rests_on(one, read) for one in read})
    except InputErrors as circle:
        return circle.errors
    return []
