"""The files that Sphinx makes the site from, and those that stand in it as they are."""

from __future__ import annotations

from pathlib import Path

from asprinted import paths
from asprinted.report.material import Material
from asprinted.report.pages import claims, conclusions, front, inside, ledger, methods, notebooks, search, summary
from asprinted.report.pages import data as data_pages
from asprinted.report.pages import docs as docs_pages
from forkmill import project_files

IMAGES = (".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp")


def sources(material: Material) -> dict[str, bytes]:
    """Sources of every page, by path."""
    pages = {
        "index.md": front.page(material), "ledger.md": ledger.page(material), "claims.md": claims.page(material),
        "conclusions.md": conclusions.page(material), "methods.md": methods.page(material),
        "figures.md": notebooks.figures_page(material), "summary.md": summary.page(material), "search.md": search.page(material),
    }
    if beside := inside.page(material):
        pages["inside.md"] = beside
    pages |= data_pages.pages(material) | notebooks.pages(material) | docs_pages.pages(material)
    found = {name: text.encode("utf-8") for name, text in pages.items()}
    found |= _below(paths.notebooks(material.root), "notebooks", *IMAGES)  # which a notebook shows by its name
    return found | _below(material.root / "docs", "docs", *IMAGES)


def extra(material: Material) -> dict[str, bytes]:
    """Files to download, by their path in the site."""
    found = _below(material.build / "figures", "figures", ".svg", ".png", ".csv")
    found |= _below(material.build / "notebooks", "notebooks", ".ipynb")
    found |= _below(material.root / "data" / "paper", "files/paper", ".csv", ".yaml")
    found |= _below(material.root / "data" / "official", "files/official", ".csv", ".yaml")
    found |= data_pages.downloads(material) | search.index(material)
    return found | {name: (material.build / name).read_bytes() for name in ("verdicts.json", "verdicts.csv")}


def _below(folder: Path, prefix: str, *endings: str) -> dict[str, bytes]:
    found = project_files.find(folder, *endings, deep=True)
    return {f"{prefix}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in found}
