"""What is run: this audit in a copy that may be edited, and generated audits of any number of notebooks."""

from __future__ import annotations

import csv
import json
import random
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = 120  # of each generated table, about as many as those of data/official have
IMPORTS = """\
import pandas as pd
import seaborn as sns

from asprinted import paths
from asprinted.numbers import quantity
from asprinted.charts.figure import Figure, canvas
from asprinted.notebook.paper import Paper

paper = Paper()
frame = pd.read_csv(paths.root() / "data" / "series" / "{name}.csv")
frame.describe()"""
TABLE = 'frame.groupby("group").agg({"x": ["mean", "std"], "y": ["mean", "std", "count"]})'
FIGURE = """\
drawing = canvas()
sns.{kind}(data=frame, x="x", {more}ax=drawing.subplots())
Figure(drawing, name="{kind}-{name}", title="x by {kind}", alt="numbers", source="none", data=frame.head(9))"""
CHECK = 'paper.check("{claim}", quantity.counted(frame.index))'


def prepare(name: str, folder: Path) -> Path:
    """The audit called ``name`` ("own" or a number of notebooks), made anew in ``folder``, with its own packages."""
    root = folder / f"series-{name}"
    shutil.rmtree(root, ignore_errors=True)
    hidden = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    shutil.copytree(ROOT / "src", root / "src", ignore=hidden)
    if name == "own":
        for part in ("data", "notebooks", "docs"):  # with what the report is made from
            shutil.copytree(ROOT / part, root / part, ignore=hidden)
        shutil.copy2(ROOT / "CITATION.cff", root)
    else:
        _generate(root, [f"{number:02}_series" for number in range(1, int(name) + 1)])
    return root


def names(root: Path) -> list[str]:
    """Stems of the notebooks of an audit."""
    return sorted(path.stem for path in (root / "notebooks").glob("*.ipynb"))


def _generate(root: Path, stems: list[str]) -> None:
    for folder in ("data/paper/claims", "data/official/schemas", "data/series", "notebooks"):
        (root / folder).mkdir(parents=True)
    paper = root / "data" / "paper"
    declared = [{"name": "width", "type": "integer", "default": 1, "meaning": "nothing", "notebooks": stems[:1]}]
    claims = [
        {"id": _claim(stem), "where": "1/1/1", "kind": "count", "stated": str(ROWS), "unit": "rows",
         "quantity": f"rows of the generated table {stem}"}
        for stem in stems
    ]
    for name, content in (
        ("parameters.yaml", {"parameters": declared}),
        ("claims/1.yaml", claims),
        ("conclusions.yaml", []),
    ):
        (paper / name).write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
    (paper / "locators.csv").write_text("where,kind\n1/1/1,sentence\n", encoding="utf-8")
    rows = [f"1/1/1,{number},{ROWS},{_claim(stem)}," for number, stem in enumerate(stems, 1)]
    (paper / "inventory.csv").write_text("\n".join(["where,n,text,claim,exempt", *rows, ""]), encoding="utf-8")
    for stem in stems:
        _table(root / "data" / "series" / f"{stem}.csv", stem)
        (root / "notebooks" / f"{stem}.ipynb").write_text(_notebook(stem, stem == stems[0]), encoding="utf-8")


def _claim(stem: str) -> str:
    return f"count-{stem.partition('_')[0]}"


def _table(path: Path, seed: str) -> None:
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["group", "x", "y"])
        writer.writerows([draw.choice("abcdef"), draw.gauss(0, 1), draw.gauss(5, 2)] for _ in range(ROWS))


def _notebook(stem: str, first: bool) -> str:
    checked = "nbval-check-output"
    cells = [
        _cell("parameters", "width = 1" if first else "# none", "parameters"),
        _cell("load", IMPORTS.format(name=stem)),
        _cell("table", TABLE, checked),
        _cell("histogram", FIGURE.format(kind="histplot", name=stem, more=""), checked),
        _cell("scatter", FIGURE.format(kind="scatterplot", name=stem, more='y="y", hue="group", '), checked),
        _cell("check", CHECK.format(claim=_claim(stem)), checked),
    ]
    title = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": f"# {stem}"}
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    content = {"cells": [title, *cells], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=1) + "\n"


def _cell(id: str, source: str, *tags: str) -> dict[str, object]:
    metadata = {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code", "id": id, "metadata": metadata, "source": source, "execution_count": None, "outputs": [],
    }
