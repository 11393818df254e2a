"""Defects of understanding: a sentence misread, in its claim and in the notebook alike.

Period, place, direction or subject are changed in both, as by somebody who misread the sentence and then worked carefully.
Hashes, record and second keys agree with such a change as soon as somebody accepts it; only the sentence does not.
"""

from __future__ import annotations

import ast
import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from asprinted import paths
from asprinted.paper.files import read_yaml
from mutants import text, wording
from mutants.defect import Defect
from mutants.plant_tables import Tables, neighbours

FAMILY = "wrong reading or comparator"
OPTIONS = ("vintages", "conventions", "instead", "given", "note")
PERIOD = re.compile(r"\d{4}(Q\d|-\d\d)?")
PLACES, FIGURES, DEPTH = 3, 2, 4  # alternatives that are tried of each; definitions within definitions that are followed
TABLES = re.compile(r"\.(?:wide|series|figures)\(")
TURNED = {"rising": "falling", "falling": "rising"}
Change = tuple[str, ast.Call, str]  # what is changed, the changed check, the claim's text


@dataclass(frozen=True)
class Definitions:
    """What the names of a notebook stand for: values assigned once, and functions that return at once.

    ``functions`` holds also those of the package that notebooks share, under the names by which a notebook calls them.
    ``tables`` matches the calls that give a whole table.
    """

    values: dict[str, ast.expr]
    functions: dict[str, ast.Lambda]
    tables: re.Pattern[str] = TABLES

    @classmethod
    def shared(cls, root: Path) -> Definitions:
        """Those of ``src/helpers``: the functions that return at once something made of their arguments alone."""
        functions, tables = {}, [TABLES.pattern]
        for path in sorted((root / "src" / "helpers").glob("*.py")):
            for line in ast.parse(path.read_text(encoding="utf-8")).body:
                if not isinstance(line, ast.FunctionDef):
                    continue
                if line.returns is not None and ast.unparse(line.returns) in ("pd.DataFrame", "pd.Series"):
                    tables.append(rf"\b{path.stem}\.{line.name}\(")
                function = _at_once(line)
                if function and _names(function.body) <= {one.arg for one in function.args.args}:
                    functions[f"{path.stem}.{line.name}"] = function
        return cls({}, functions, re.compile("|".join(tables)))

    def and_of(self, tree: ast.Module) -> Definitions:
        """These, and the definitions at the top of a notebook's code."""
        values: dict[str, list[ast.expr]] = {}
        functions = {**self.functions}
        for line in tree.body:
            if (function := _at_once(line)) is not None:
                functions[line.name] = function  # type: ignore[attr-defined]
            for target in line.targets if isinstance(line, ast.Assign) else []:
                assert isinstance(line, ast.Assign)
                pairs = [(target, line.value)]
                if isinstance(target, ast.Tuple):
                    pairs = list(zip(target.elts, line.value.elts, strict=True)) if isinstance(line.value, ast.Tuple) else []
                for name, value in pairs:
                    if isinstance(name, ast.Name):
                        values.setdefault(name.id, []).append(value)
        return replace(self, values={name: found[0] for name, found in values.items() if len(found) == 1}, functions=functions)


def _at_once(line: ast.stmt) -> ast.Lambda | None:
    """A function that only returns something, as an expression."""
    if not isinstance(line, ast.FunctionDef):
        return None
    body = line.body[1:] if ast.get_docstring(line) else line.body
    if len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
        return None
    arguments = copy.deepcopy(line.args)
    for one in ast.walk(arguments):
        if isinstance(one, ast.arg):
            one.annotation = None  # which an expression has no room for
    return ast.Lambda(arguments, body[0].value)


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


class _Spelled(ast.NodeTransformer):
    """Names replaced by what they stand for, where that holds a text that could be misread."""

    def __init__(self, known: Definitions, depth: int = DEPTH) -> None:
        self.known, self.depth = known, depth

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self.known.values.get(node.id)
        if self.depth and isinstance(node.ctx, ast.Load) and value is not None and "official" not in node.id:
            spelled = _Spelled(self.known, self.depth - 1).visit(copy.deepcopy(value))
            # A whole series is left alone: the ends of its index are the period of no claim.
            if not self.known.tables.search(ast.unparse(value)) and (isinstance(value, ast.List) or _periods(spelled)):
                return spelled
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name | ast.Attribute) and ast.unparse(node.func) in self.known.functions:
            spelled = copy.deepcopy(self.known.functions[ast.unparse(node.func)])
            if len(node.args) == len(spelled.args.args):
                spelled.args.defaults = []  # nobody reads them
            node.func = spelled
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if not isinstance(node, ast.ListComp | ast.GeneratorExp | ast.DictComp):
            return super().generic_visit(node)
        own = {name for one in node.generators for name in _names(one.target)}
        inner = replace(self.known, values={name: value for name, value in self.known.values.items() if name not in own})
        return ast.NodeTransformer.generic_visit(_Spelled(inner, self.depth), node)


def _strings(tree: ast.AST) -> list[ast.Constant]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _periods(tree: ast.AST) -> bool:
    return any(PERIOD.fullmatch(one.value) for one in _strings(tree))


def _with(call: ast.Call, old: str, new: str) -> ast.Call:
    """The check with a text replaced wherever it stands in it, but in its notes."""
    changed = copy.deepcopy(call)
    for part in _values(changed):
        for node in _strings(part):
            if node.value == old:
                node.value = new
    return changed


def _values(call: ast.Call) -> list[ast.expr]:
    """What a check judges: its value, or its readings."""
    return [*call.args[1:], *(keyword.value for keyword in call.keywords if keyword.arg not in OPTIONS)]


class Readings:
    """Every claim with the cell that judges it, and every way to misread it that can be planted."""

    def __init__(self, root: Path) -> None:
        self.tables = Tables(root)
        self.places = sorted(self.tables.values("geography"))
        folder = paths.paper(root) / "claims"
        self.registers = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
        self.said = {entry["id"]: (name, entry["quantity"]) for name in self.registers for entry in read_yaml(root / name)}
        self.notebooks = {f"notebooks/{path.name}": path.read_text(encoding="utf-8")
                          for path in sorted(paths.notebooks(root).glob("*.ipynb"))}
        self.shared = Definitions.shared(root)

    def candidates(self) -> Iterator[Defect]:
        """Every misreading that can be planted."""
        for path, content in self.notebooks.items():
            cells = [(cell["id"], "".join(cell["source"])) for cell in json.loads(content)["cells"] if cell["cell_type"] == "code"]
            whole = ast.parse("\n".join(source for _, source in cells))
            known = self.shared.and_of(whole)
            for cell, source in cells:
                for call in _checks(ast.parse(source)):
                    yield from self._of(path, cell, source, call, known, whole)

    def _of(self, path: str, cell: str, source: str, call: ast.Call, known: Definitions, whole: ast.Module) -> Iterator[Defect]:
        id = call.args[0].value  # type: ignore[attr-defined]
        if id not in self.said:
            return
        name, said = self.said[id]
        spelled = copy.deepcopy(call)
        spelled.args[1:] = [_Spelled(known).visit(one) for one in spelled.args[1:]]
        for keyword in spelled.keywords:
            if keyword.arg not in OPTIONS:
                keyword.value = _Spelled(known).visit(keyword.value)
        seen = {ast.unparse(spelled)}
        for what, changed, words in self._changes(spelled, said, whole):
            new = ast.unparse(changed)
            if new not in seen or words != said:
                seen.add(new)
                yield Defect(FAMILY, f"{path}, {id}", f"{what}; {wording.changed(said, words)}", self._plant(
                    path, cell, text.replaced(source, call, new), name, id, words))

    def _plant(self, path: str, cell: str, source: str, name: str, id: str, words: str) -> Callable[[], dict[str, str | None]]:
        return lambda: {path: text.with_source(self.notebooks[path], cell, source),
                        name: text.with_field(self.registers[name], id, "quantity", json.dumps(words, ensure_ascii=False))}

    def _changes(self, call: ast.Call, said: str, whole: ast.Module) -> Iterator[Change]:
        texts = list(dict.fromkeys(node.value for part in _values(call) for node in _strings(part)))
        for old in texts:
            for new in neighbours(old) if PERIOD.fullmatch(old) else []:
                yield f"period: {old} -> {new}", _with(call, old, new), wording.of_period(said, old, new)
            for new in self._other_places(old):
                yield f"place: {old} -> {new}", _with(call, old, new), wording.of_place(said, old, new)
            for new in _siblings(old, call, whole) or self.tables.indicators().get(old, [])[:FIGURES]:
                yield f"subject: {old} -> {new}", _with(call, old, new), wording.of_subject(said, old, new)
        yield from _directions(call, said)
        yield from _weaker(call, said, whole)
        for keyword in _readings(call):
            fewer = copy.deepcopy(call)
            fewer.keywords = [one for one in fewer.keywords if one.arg != keyword.arg]
            yield f"reading dropped: {keyword.arg}", fewer, said

    def _other_places(self, place: str) -> list[str]:
        if place not in self.places:
            return []
        at, words = self.places.index(place), set(place.split())
        others = self.places[at + 1 :] + self.places[:at]
        return sorted(others, key=lambda other: not words & set(other.split()))[:PLACES]  # first those with a like name


def _checks(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            and node.func.attr == "check" and node.args and isinstance(node.args[0], ast.Constant)]


def _readings(call: ast.Call) -> list[ast.keyword]:
    named = [keyword for keyword in call.keywords if keyword.arg and keyword.arg not in OPTIONS]
    return named if len(named) > 1 else []


def _siblings(old: str, call: ast.Call, whole: ast.Module) -> list[str]:
    """Other texts that the notebook hands to the same function in the same place, or looks up in the same table."""
    found: dict[str, None] = {}
    spots = {spot for part in _values(call) for spot, value in _spots(part) if value == old}
    for spot, value in _spots(whole):
        # A lambda stands where a function was spelled out: its name is gone, its kind of argument is not.
        if value != old and not PERIOD.fullmatch(value) and (spot in spots or any(spot.endswith(f"|{one}") for one in spots)):
            found[value] = None
    return list(found)[:FIGURES]


def _spots(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            for place, part in enumerate(parts):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield f"{ast.unparse(node.value)}[{place}]", part.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Lambda):
            for place, part in enumerate(node.args):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield f"{ast.unparse(node.func)}({place})", part.value


def _directions(call: ast.Call, said: str) -> Iterator[Change]:
    """Each comparison the other way round, with the words of direction turned in the claim."""
    turned = wording.turned(said)
    places = [number for number, node in enumerate(ast.walk(call)) if isinstance(node, ast.Call) and _function(node)]
    for nth, number in enumerate(places, start=1):
        changed = copy.deepcopy(call)
        node = list(ast.walk(changed))[number]
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Attribute)
        name = node.func.attr
        if name in TURNED:
            node.func.attr = TURNED[name]
        elif name == "less":
            node.args[:2] = node.args[1::-1]
        elif name in ("equal", "nearly_equal"):
            node.func.attr, node.keywords = "less", []
        else:  # lowest: the others below it, in place of above it
            node.func.attr = "all_true"
            node.args = [ast.parse(f"[truth.less(other, {ast.unparse(node.args[0])}) for other in {ast.unparse(node.args[1])}]",
                                   mode="eval").body]
        if turned != said or name in ("equal", "nearly_equal"):
            yield f"direction: {name}, comparison {nth}", changed, turned


def _function(node: ast.Call) -> bool:
    return (isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "truth"
            and node.func.attr in (*TURNED, "less", "equal", "nearly_equal", "lowest"))


def _weaker(call: ast.Call, said: str, whole: ast.Module) -> Iterator[Change]:
    """The strong words left out; where they are what has no measure, some figure above zero in its place."""
    softened = wording.softened(said)
    no_measure = [one for one in _values(call) if "quantity.no_measure(" in ast.unparse(one)]
    if no_measure and len(call.args) > 1:
        looked_up = list(dict.fromkeys(ast.unparse(node) for node in ast.walk(whole) if isinstance(node, ast.Call)
                                       and ast.unparse(node.func) == "official.find" and _plain(node)))
        for figure in looked_up[:: max(1, len(looked_up) // FIGURES)][:FIGURES]:
            changed = copy.deepcopy(call)
            changed.args[1] = ast.parse(f"truth.positive({figure})", mode="eval").body
            yield f"weaker: {figure} is above zero", changed, softened
    elif softened != said:
        yield "weaker", call, softened


def _plain(node: ast.Call) -> bool:
    """Whether a look-up names all that it looks for."""
    return all(isinstance(one, ast.Constant) for one in [*node.args, *(keyword.value for keyword in node.keywords)])
