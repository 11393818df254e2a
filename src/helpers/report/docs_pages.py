"""The documentation of docs/ inside the site, and the reference made from the helpers' docstrings."""

from __future__ import annotations

from helpers.report.material import Material
from helpers.report.notebook_pages import relinked

MODULES = {
    "Numbers": ("printed", "interval", "quantity"),
    "What is known, what is said": ("official", "tables", "evidence", "claims"),
    "Judging": ("verdict", "notebook", "card", "evaluate"),
    "Figures": ("figures", "shapes"),
    "Running": ("run.build", "run.collect", "errors", "paths"),
}


def pages(material: Material) -> dict[str, str]:
    """Markdown of every page below docs/, by path."""
    found = {f"docs/{path.relative_to(material.root / 'docs').as_posix()}": relinked(path.read_text(encoding="utf-8"))
             for path in sorted((material.root / "docs").rglob("*.md"))}
    listed = _ordered([name.removeprefix("docs/").removesuffix(".md") for name in found if name != "docs/index.md"])
    index = found.get("docs/index.md", "# Documentation\n")
    found["docs/index.md"] = index + "\n\n```{toctree}\n:hidden:\n\n" + "\n".join([*listed, "modules"]) + "\n```\n"
    return found | {"docs/modules.md": _reference()}


def _ordered(names: list[str]) -> list[str]:
    """The tutorial first, the reference last."""
    return sorted(names, key=lambda name: (not name.startswith("tutorial"), name.startswith("reference"), name))


def _reference() -> str:
    parts = ["# The modules\n", "Made from the docstrings when the report is built. Every example in them is run by `make test`.\n"]
    for title, modules in MODULES.items():
        parts.append(f"## {title}\n")
        parts += [f"### helpers.{name}\n\n```{{eval-rst}}\n.. automodule:: helpers.{name}\n   :members:\n```\n" for name in modules]
    return "\n".join(parts)
