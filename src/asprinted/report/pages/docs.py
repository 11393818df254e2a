"""The documentation of docs/ inside the site in the order of a reader, and a reference made from the docstrings."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

from asprinted.report.markup import code_block, esc
from asprinted.report.material import Material
from asprinted.report.pages.notebooks import relinked
from forkmill import project_files

INDEX, APART, REFERENCE = "docs/index.md", "docs/for-developers.md", "docs/modules.md"
MODULES = {
    "Numbers": ("asprinted.numbers.written.grammar", "asprinted.numbers.written.found", "asprinted.numbers.written.notation",
                "asprinted.numbers.written.number_words", "asprinted.numbers.written.spelling", "asprinted.numbers.printed",
                "asprinted.numbers.interval", "asprinted.numbers.units", "asprinted.numbers.quantity", "asprinted.numbers.truth"),
    "What is known, what is said": ("asprinted.official.observations", "asprinted.official.tables", "asprinted.official.excerpt",
                                    "asprinted.numbers.dates.periods", "asprinted.numbers.dates.written", "asprinted.numbers.dates.days",
                                    "asprinted.paper.register", "asprinted.paper.stated"),
    "Judging": ("asprinted.verdicts.vocabulary", "asprinted.verdicts.rules", "asprinted.verdicts.record", "asprinted.verdicts.card",
                "asprinted.notebook.paper", "asprinted.robustness.replay"),
    "Statistics that check themselves": ("asprinted.statistics.p_values", "asprinted.statistics.counts", "asprinted.statistics.relations",
                                         "asprinted.statistics.text", "asprinted.statistics.read", "asprinted.statistics.distributions"),
    "Figures": ("asprinted.charts.figure", "asprinted.charts.kinds"),
    "Running": ("asprinted.audit.reproduce", "asprinted.audit.collect", "asprinted.paths", "forkmill.project", "forkmill.run.session",
                "forkmill.errors"),
}


def pages(material: Material) -> dict[str, str]:
    """Markdown of every page below docs/, by path."""
    found = read(material)
    names = [name.removeprefix("docs/").removesuffix(".md") for name in ordered(material)]
    apart = [name.removeprefix("docs/").removesuffix(".md") for name in for_developers(material)]
    index = found.get(INDEX, "# Documentation\n")
    found[INDEX] = index + _contents([*(name for name in names if name not in apart), "for-developers"])
    listed = "\n".join(f"- [{title(found[f'docs/{name}.md'])}]({name}.md)" for name in apart)
    found[APART] = (f"# For developers\n\nHow the checks are made and how they were tried; a reader needs none of it.\n\n{listed}\n"
                    "- [The modules](modules.md)\n" + _contents([*apart, "modules"]))
    return found | {REFERENCE: _reference()}


def read(material: Material) -> dict[str, str]:
    """Markdown of the pages that stand in docs/, links led inside the site, by path."""
    return {f"docs/{path.relative_to(material.root / 'docs').as_posix()}": relinked(path.read_text(encoding="utf-8"))
            for path in project_files.find(material.root / "docs", ".md", deep=True)}


def ordered(material: Material) -> list[str]:
    """Paths of the pages but the index, in the order in which the index names them; those that it does not name are last."""
    found = read(material)
    named = [f"docs/{one}" for one in re.findall(r"\]\(([\w/-]+\.md)", found.pop(INDEX, ""))]
    return sorted(found, key=lambda name: (named.index(name) if name in named else len(named), name))


def for_readers(material: Material) -> list[str]:
    """Paths of the pages that are not for developers alone, the index first."""
    found, apart = read(material), for_developers(material)
    return [name for name in (INDEX, *ordered(material)) if name not in apart and name in found]


def for_developers(material: Material) -> list[str]:
    """Paths of the pages that docs/site.yaml sets apart, and of those that the index does not name."""
    named = [f"docs/{name}.md" for name in material.site.get("developers") or []]
    index = read(material).get(INDEX, "")
    return [name for name in ordered(material) if name in named or (index and f"]({name.removeprefix('docs/')}" not in index)]


def _contents(names: list[str]) -> str:
    return "\n\n```{toctree}\n:hidden:\n\n" + "\n".join(names) + "\n```\n"


def title(text: str) -> str:
    """The first heading of a page in Markdown."""
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1] if found else "Page"


def _reference() -> str:
    """The public names of the modules with their docstrings, read and not imported."""
    parts = ["# The modules\n", "Made from the docstrings when the report is built. Every example in them is run by `make test`.\n"]
    for title, modules in MODULES.items():
        parts.append(f"## {title}\n")
        parts += [f"### {name}\n\n{_module(name)}\n" for name in modules]
    return "\n".join(parts)


def _module(name: str) -> str:
    spec = importlib.util.find_spec(name)
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8")) if spec and spec.origin else ast.Module([], [])
    listed = "".join(_defined(node) for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_")
    return f'<div class="api">{_docstring(tree)}<dl>{listed}</dl></div>'


def _defined(node: ast.FunctionDef | ast.ClassDef, of: str = "") -> str:
    if isinstance(node, ast.FunctionDef):
        returned = f" → {ast.unparse(node.returns)}" if node.returns else ""
        head, inner = f"{of}{node.name}({ast.unparse(node.args)}){returned}", ""
    else:
        public = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name[0] != "_"]
        head, inner = f"class {node.name}", "".join(_defined(one, f"{node.name}.") for one in public)
    return f"<dt><code>{esc(head)}</code></dt><dd>{_docstring(node)}</dd>{inner}"


def _docstring(node: ast.FunctionDef | ast.ClassDef | ast.Module) -> str:
    """A docstring as HTML: paragraphs, and what is indented or an example as it stands."""
    shown = []
    for block in re.split(r"\n\s*\n", ast.get_docstring(node) or ""):
        if block.startswith(">>>") or re.search(r"^\s", block, re.MULTILINE):
            shown.append(code_block(block))
        else:
            shown.append("<p>" + re.sub(r"(?::\w+:)?`{1,2}([^`]+)`{1,2}", r"<code>\1</code>", esc(" ".join(block.split()))) + "</p>")
    return "".join(shown)
