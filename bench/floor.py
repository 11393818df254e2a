"""The floor: the code of the notebooks in one plain process, cell after cell, with the same outputs written as JSON.

``python floor.py OUT NOTEBOOK ...`` prints the seconds of each notebook, and before them those of the imports.
"""

from __future__ import annotations

import ast
import json
import sys
import time
from pathlib import Path
from typing import Any


def run(path: Path) -> list[Any]:
    """Outputs of one notebook's code cells, run in a namespace of its own."""
    names: dict[str, Any] = {"__name__": "__main__"}
    outputs = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, path.name, "exec"), names)
            if last is not None:
                outputs.append(_bundle(eval(compile(ast.Expression(last.value), path.name, "eval"), names)))
    return outputs


def _bundle(value: Any) -> Any:
    if hasattr(value, "_repr_mimebundle_"):
        return value._repr_mimebundle_()
    html = getattr(value, "_repr_html_", None)
    return {"text/plain": repr(value), **({"text/html": html()} if callable(html) else {})}


def main() -> None:
    """Import what notebooks import, then run each of them."""
    began = time.perf_counter()
    import matplotlib.figure
    import pandas
    import seaborn

    seconds = round(time.perf_counter() - began, 3)
    print("imports", seconds, *(one.__version__ for one in (pandas, seaborn, matplotlib)))
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for name in map(Path, sys.argv[2:]):
        began = time.perf_counter()
        text = json.dumps(run(name), default=str, ensure_ascii=False)
        (out / f"{name.stem}.json").write_text(text, encoding="utf-8")
        print(name.stem, round(time.perf_counter() - began, 3))


if __name__ == "__main__":
    main()
