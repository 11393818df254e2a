"""Defects of code, made by the operators of Cosmic Ray: another operator, comparison, number, keyword, decorator.

Its runner is not used: it changes files in place and starts one process a mutant. An operator that only Python's type
check could tell from another (bits for numbers) is left out.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from mutants import text
from mutants.defect import Defect

ARITHMETIC = ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow")
PACKAGE = "src/asprinted"
FOLDERS = ("numbers", "verdicts", "official", "charts", "paper", "robustness")  # of the package: what decides a verdict, and shows it
HELPERS = "src/helpers"
MODULES = {Path(name).name: f"{name}.py" for name in (
    *(f"{PACKAGE}/numbers/{name}" for name in ("printed", "interval", "arithmetic", "quantity", "truth", "brackets")),
    *(f"{PACKAGE}/verdicts/{name}" for name in ("agreement", "rules", "readings", "parts", "dates")),
    *(f"{HELPERS}/{name}" for name in ("quarters", "figures")))}
COUNTED_WITH = {"arithmetic": "quantity"}  # a quantity's arithmetic stands in a file of its own
OTHERS = {"HALF_UP": ("HALF_EVEN", "TRUNCATE"), "HALF_EVEN": ("HALF_UP", "TRUNCATE"), "TRUNCATE": ("HALF_UP", "HALF_EVEN")}


@functools.cache
def _operators() -> dict[str, object]:
    from cosmic_ray.plugins import get_operator, operator_names

    found = {}
    for name in operator_names():
        short = name.partition("/")[2]
        binary = re.fullmatch(r"ReplaceBinaryOperator_(\w+?)_(\w+)", short)
        if short in ("VariableReplacer", "VariableInserter", "NoOp") or (binary and not set(binary.groups()) <= set(ARITHMETIC)):
            continue
        found[short] = get_operator(name)()
    return found


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """What is changed, with its line, and the changed source; mutants that do the same as the source are left out.

    >>> ("line 1: c = a - b -> c = a + b", "c = a + b") in list(mutants("c = a - b"))
    True
    """
    lines, seen = source.splitlines(keepends=True), set()
    for statement in ast.parse(source).body:  # one at a time: each mutant is parsed again
        decorators = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(one.lineno for one in decorators)]) - 1
        before, after = "".join(lines[:first]), "".join(lines[statement.end_lineno :])
        for new in _changed("".join(lines[first : statement.end_lineno])):
            whole = before + new + after
            if whole not in seen:
                seen.add(whole)
                yield changed_line(source, whole), whole


def _changed(source: str) -> Iterator[str]:
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code

    nodes = list(ast_nodes(get_ast(source)))
    for operator in _operators().values():
        for occurrence in range(sum(len(list(operator.mutation_positions(node))) for node in nodes)):  # type: ignore[attr-defined]
            new = mutate_code(source, operator, occurrence)
            with contextlib.suppress(SyntaxError):  # noticed by whoever imports it: nothing to learn
                if new is not None and not text.same_code(source, new):
                    yield new


def changed_line(before: str, after: str) -> str:
    """The first line that differs, before and after."""
    old, new = before.splitlines(), after.splitlines()
    place = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)) - 1)
    return f"line {place + 1}: {old[place].strip()} -> {new[place].strip()}"


def candidates(root: Path) -> Iterator[Defect]:
    """Every mutant of the modules of arithmetic and rules, a place for each line; and of whatever rounds."""
    for module, name in MODULES.items():
        family = f"changed module: {COUNTED_WITH.get(module, module)}"
        source = (root / name).read_text(encoding="utf-8")
        for what, new in mutants(source):
            line = int(what.partition(":")[0].split()[1])
            yield Defect(family, f"{name}, line {line}", what, lambda name=name, new=new: {name: new})
            if re.search("round|half|TRUNCATE|places|place\\b", what.partition(": ")[2].partition(" -> ")[0]):
                yield Defect("rounding convention", f"{name}, line {line}", what, lambda name=name, new=new: {name: new})
    for path in sorted(path for folder in ("", *FOLDERS) for path in (root / PACKAGE / folder).glob("*.py")):
        source, name = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        for found in re.finditer(r"\bRounding\.(HALF_UP|HALF_EVEN|TRUNCATE)\b", source):
            line = source.count("\n", 0, found.start()) + 1
            if source.splitlines()[line - 1].lstrip().startswith(">>>"):
                continue
            for other in OTHERS[found[1]]:
                new = f"{source[: found.start()]}Rounding.{other}{source[found.end() :]}"
                yield Defect("rounding convention", f"{name}, line {line}", f"{found[1]} -> {other}",
                             lambda name=name, new=new: {name: new})
