"""The documentation of docs/ inside the site, and the reference made from the docstrings."""

from __future__ import annotations

from asprinted.report.material import Material
from asprinted.report.pages.notebooks import relinked
from forkmill import listing

MODULES = {
    "Numbers": ("asprinted.numbers.printed", "asprinted.numbers.interval", "asprinted.numbers.quantity", "asprinted.numbers.truth"),
    "What is known, what is said": ("asprinted.official.observations", "asprinted.official.tables", "asprinted.official.excerpt",
                                    "asprinted.paper.register"),
    "Judging": ("asprinted.verdicts.vocabulary", "asprinted.verdicts.rules", "asprinted.verdicts.record", "asprinted.verdicts.card",
                "asprinted.notebook", "asprinted.robustness.replay"),
    "Figures": ("asprinted.charts.figure", "asprinted.charts.kinds"),
    "Running": ("asprinted.audit.reproduce", "asprinted.audit.collect", "asprinted.paths", "forkmill.project", "forkmill.run.session",
                "forkmill.errors"),
}  # fmt: skip


def pages(material: Material) -> dict[str, str]:
    """Markdown of every page below docs/, by path."""
    found = {f"docs/{path.relative_to(material.root / 'docs').as_posix()}": relinked(path.read_text(encoding="utf-8"))
             for path in listing.find(material.root / "docs", ".md", deep=True)}
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
        parts += [f"### {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n```\n" for name in modules]
    return "\n".join(parts)
