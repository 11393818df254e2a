"""Executed notebooks as articles: code folded, cards and figures linked to what stands behind them."""

from __future__ import annotations

import copy
import html
import json
import re
from typing import Any

from asprinted.charts.figure_files import FIGURE_MIME
from asprinted.notebook.side_by_side import VERDICTS_MIME
from asprinted.report.markup import esc, front_matter, md, table
from asprinted.report.material import Material
from asprinted.report.pandas_tables import accessible
from asprinted.verdicts.record import VERDICT_MIME
from asprinted.verdicts.words import anchor

FOLDED = "hide-input"


def pages(material: Material) -> dict[str, str]:
    """The site's copy of each notebook, by path."""
    return {f"notebooks/{name}.ipynb": json.dumps(_page(material, name, content), ensure_ascii=False, indent=1) + "\n"
            for name, content in material.notebooks.items()}


def text(content: dict[str, Any]) -> str:
    """All prose of a notebook."""
    return "\n\n".join("".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "markdown")


def _page(material: Material, name: str, content: dict[str, Any]) -> dict[str, Any]:
    page = copy.deepcopy(content)
    for cell in page["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = _with_pasted("".join(cell["source"]), cell.pop("attachments", {}))
            cell["source"] = relinked(cell["source"])
        elif cell["cell_type"] == "code":
            left_out = "".join(cell["source"]).startswith("Choices(")  # drop-downs, which a page has not
            cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), "remove-cell" if left_out else FOLDED]
            cell["outputs"] = [_output(material, output) for output in cell["outputs"]]
    first = next((cell for cell in page["cells"] if cell["cell_type"] == "markdown"), None)
    if first is not None:
        title, _, rest = first["source"].partition("\n")
        note = (f'<p class="downloads"><a href="{esc(name)}.ipynb" download>This notebook</a> <span>as executed; code is folded, '
                "every cell can be opened.</span></p>")
        first["source"] = f"{title}\n\n{note}\n{rest}"
    return page


def _with_pasted(text: str, pasted: dict[str, dict[str, str]]) -> str:
    """Images that were pasted into a cell, written where they are shown."""
    for name, bundle in pasted.items():
        mime, content = next(iter(bundle.items()))
        text = text.replace(f"](attachment:{name}", f"](data:{mime};base64,{''.join(content.split())}")
    return text


def relinked(text: str) -> str:
    """Links of a repository's Markdown, such that they lead inside the site.

    >>> relinked("[data](../data/README.md#growth) [claims](../data/paper/claims/2.yaml) [README](../README.md)")
    '[data](../data/index.md) <a href="../files/paper/claims/2.yaml">claims</a> [README](../index.md)'
    """
    text = re.sub(r"^```csv$", "```text", text, flags=re.MULTILINE)  # the highlighter knows no CSV
    text = re.sub(r"\]\(((?:\.\./)+)data/README\.md(#[^)]*)?\)", r"](\1data/index.md)", text)
    text = re.sub(r"\]\(\.\./README\.md(#[^)]*)?\)", "](../index.md)", text)
    text = re.sub(r"\[([^\]]+)\]\(\.\./data/(official|paper)/?\)", r"[\1](../data/index.md)", text)
    text = re.sub(r"\]\(\.\./data/files(?:/[^)]*)?\)", "](../data/files.md)", text)
    return re.sub(r"\[([^\]]+)\]\(\.\./data/((?:official|paper)/[^)#]+)\)",
                  lambda found: f'<a href="../files/{esc(found[2])}">{found[1]}</a>', text)


def _output(material: Material, output: dict[str, Any]) -> dict[str, Any]:
    data = output.get("data", {})
    if VERDICT_MIME in data:
        from asprinted.verdicts.card import as_html

        record = data[VERDICT_MIME]
        shown = as_html(record, "../claims.html#" + record["id"])
        shown = f'<div id="verdict-{esc(record["id"])}">{_cited(material, record["sources"], shown)}</div>'
        return output | {"data": {"text/html": shown}}
    if VERDICTS_MIME in data:
        from asprinted.notebook.side_by_side import as_html as table_of

        records = data[VERDICTS_MIME]
        shown = table_of(records, {record["id"]: "../claims.html#" + anchor(record["id"]) for record in records})
        return output | {"data": {"text/html": _cited(material, [key for record in records for key in record["sources"]], shown)}}
    if FIGURE_MIME in data:
        return output | {"data": {"text/html": figure(material, data[FIGURE_MIME], "../")}}
    if "text/html" in data:
        return output | {"data": {"text/html": accessible("".join(data["text/html"]))}}
    return output


def _cited(material: Material, keys: list[str], card: str) -> str:
    """A card that names each official row by its publisher and date, and leads to it; its key is for the machine."""
    def link(found: re.Match[str]) -> str:
        row = material.rows[html.unescape(found[0])]
        return (f'<a href="../data/{esc(row["table"])}.html#{found[0]}" title="{found[0]}">{esc(row.get("publisher", ""))}, '
                f"{esc(row.get('published', ''))}</a>")

    known = sorted((esc(key) for key in keys if key in material.rows), key=len, reverse=True)  # one may begin like another
    return re.sub(rf"(?<![\w-])(?:{'|'.join(map(re.escape, known))})(?![\w-])", link, card) if known else card


def figure(material: Material, texts: dict[str, Any], up: str = "") -> str:
    """A figure with caption, source, and its data a click away: as a table to read and as files to take."""
    name = esc(texts["name"])
    links = " ".join(f'<a href="{up}figures/{name}.{kind}" download>{kind.upper() if kind != "csv" else "Data (CSV)"}</a>'
                     for kind in ("csv", "svg", "png"))
    return (f'<figure class="audit" id="figure-{name}"><a class="large" href="{up}figures/{name}.png" title="Open it large">'
            f'<img src="{up}figures/{name}.png" alt="{esc(texts["alt"])}"></a>'
            f'<figcaption>{esc(titled(texts))}. Source: {esc(texts["source"])}. '
            f'<span class="downloads">{links}</span></figcaption>{_points(material, name, texts["title"])}</figure>')


def _points(material: Material, name: str, title: str) -> str:
    rows = material.points(name)
    if not rows:
        return ""
    shown = table([esc(column) for column in rows[0]], [[esc(cell) for cell in row] for row in rows[1:]], of=title)
    return f"<details><summary>The data as a table</summary>{shown}</details>"


def titled(texts: dict[str, Any]) -> str:
    """The title of a figure; one that redraws a figure of the paper bears that figure's number, which its name holds.

    >>> titled({"name": "figure-2", "title": "Growth"}), titled({"name": "figure-2", "title": "Figure 2 of the paper: growth"})
    ('Figure 2 of the paper, redrawn: Growth', 'Figure 2 of the paper: growth')
    """
    redrawn = re.fullmatch(r"figure-(\d+)", texts["name"])
    if redrawn is None or texts["title"].startswith(f"Figure {redrawn[1]} "):
        return str(texts["title"])
    return f"Figure {redrawn[1]} of the paper, redrawn: {texts['title']}"


def figures_page(material: Material) -> str:
    """Markdown of figures.md: every figure of the run."""
    place = {one["name"]: (name, one["title"]) for name, content in material.notebooks.items() for one in _drawn(content)}
    parts = [front_matter(), "# All figures\n",
             "Made by the notebooks of this run. Filled marks are published or recomputed values, hollow diamonds what the paper only "
             "states. A figure opens large; its data stand below it. To use one, cite its source line.\n"]
    for name in dict.fromkeys([*place, *material.figures]):  # in the order in which they are read
        texts = material.figures[name]
        where = f"\n\nFrom [{md(place[name][0])}](notebooks/{place[name][0]}.ipynb)." if name in place else ""
        parts.append(f"## {md(titled(texts))}\n\n{figure(material, texts)}{where}\n\n{md('What it shows: ' + texts['alt'])}\n")
    return "\n".join(parts)


def _drawn(content: dict[str, Any]) -> list[dict[str, Any]]:
    outputs = [output for cell in content["cells"] for output in cell.get("outputs", [])]
    return [output["data"][FIGURE_MIME] for output in outputs if FIGURE_MIME in output.get("data", {})]
