"""Whether a notebook's own parameters cell says what the declaration says."""

from __future__ import annotations

import ast

from forkmill.errors import InputError
from forkmill.notebooks.ipynb import Cell, Notebook
from forkmill.notebooks.parameter_declaration import Parameter, Value
from forkmill.notebooks.rules import PARAMETERS


def errors(notebook: Notebook, declared: dict[str, Parameter]) -> list[InputError]:
    """Every difference between the declarations that list this notebook and its parameters cell."""
    tagged = [cell for cell in notebook.code if PARAMETERS in cell.tags]
    file = f"{notebook.name}.ipynb"
    if len(tagged) != 1:
        return [
            InputError("the notebook needs one parameters cell", file, f"one code cell with the tag {PARAMETERS}", str(len(tagged)),
                       "add it as the first code cell; a comment alone will do where there are none")
        ]
    cell = tagged[0]
    declaration = next((one.file for one in declared.values()), "its declaration")
    found: list[InputError] = []
    if cell is not notebook.code[0]:
        found.append(
            InputError("code stands before the parameters", cell.label, "the parameters cell first", f"code cell {cell.number}",
                       "move it up: code above it would not see a changed parameter")
        )
    assigned, faults = literals(cell)
    wanted = {name: one for name, one in declared.items() if notebook.name in one.notebooks}
    found += faults
    unread = {name for name in wanted if name not in assigned and any(name in fault.got for fault in faults)}
    for name, parameter in wanted.items():
        if name not in assigned and name not in unread:
            found.append(
                InputError(f"the parameter {name} is missing", cell.label, f"{name} = {parameter.default!r}", "nothing",
                           f"add it, or take {notebook.name} off its list in {declaration}")
            )
        elif name in assigned and not _same(assigned[name], parameter.default):
            found.append(
                InputError(f"the parameter {name} has another default", cell.label, f"{name} = {parameter.default!r}",
                           f"{name} = {assigned[name]!r}", f"make it equal to {declaration}")
            )
    for name in assigned:
        if name not in wanted:
            found.append(
                InputError(f"the parameter {name} is not declared for this notebook", cell.label, ", ".join(wanted) or "no parameter", name,
                           f"declare it in {declaration}, or move it to another cell")
            )
    return found


def _same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other


def names(source: str) -> list[str]:
    """Names of the parameters that a cell of this text declares.

    >>> names('vintage = "first"  # or latest\\nyears: int = 3')
    ['vintage', 'years']
    """
    return [name for statement in ast.parse(source).body if (name := _assignment(statement)[0]) is not None]


def literals(cell: Cell) -> tuple[dict[str, Value], list[InputError]]:
    """Names and literal values that the cell assigns, and a fault for every other statement.

    A value derived from another would keep the value of the default, whatever the run was given.
    """
    try:
        statements = ast.parse(cell.source).body
    except (SyntaxError, ValueError):
        return {}, []  # said already by :mod:`forkmill.notebooks.rules`
    values: dict[str, Value] = {}
    faults: list[InputError] = []
    for statement in statements:
        text = ast.unparse(statement).splitlines()[0]
        name, value = _assignment(statement)
        if name is None:
            faults.append(
                InputError("the parameters cell has a line that is no assignment", cell.label, "name = literal", text,
                           "move it to another cell")
            )
        elif value is None:
            faults.append(
                InputError("a parameter is not a literal", cell.label, "a text, a number, True or False", text,
                           "write the value out; compute what follows from it in another cell")
            )
        elif name in values:
            faults.append(InputError("a parameter is assigned twice", cell.label, "one assignment", text, "remove one"))
        else:
            values[name] = value
    return values, faults


def _assignment(statement: ast.stmt) -> tuple[str | None, Value | None]:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
    elif (
        isinstance(statement, ast.AnnAssign)
        and statement.value is not None
        and isinstance(statement.annotation, ast.Name)
    ):
        target, value = statement.target, statement.value
    else:
        return None, None
    if not isinstance(target, ast.Name):
        return None, None
    negative = isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub)
    constant = value.operand if negative else value  # type: ignore[union-attr]
    if not isinstance(constant, ast.Constant) or type(constant.value) not in (str, int, float, bool):
        return target.id, None
    if negative:
        return target.id, -constant.value if type(constant.value) in (int, float) else None
    return target.id, constant.value
