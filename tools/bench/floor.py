"""The floor: the code of the notebooks in one plain process, cell after cell, with the same outputs written as JSON.

``python floor.py OUT NOTEBOOK ...`` prints the seconds of each notebook, and before them those of the imports. With
``--jobs N`` the process, once it has imported, forks N others which take one notebook after another: hardly more than
the least that a tool can need which runs notebooks at once on N cores. It draws what they draw and uses nothing of ours,
so it is no :mod:`asprinted.robustness.replay`, which leaves the drawings out.
"""

from __future__ import annotations

import argparse
import ast
import functools
import json
import multiprocessing
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


def timed(out: Path, name: Path) -> str:
    """Run one notebook and write its outputs; its name and seconds."""
    began = time.perf_counter()
    text = json.dumps(run(name), default=str, ensure_ascii=False)
    (out / f"{name.stem}.json").write_text(text, encoding="utf-8")
    return f"{name.stem} {round(time.perf_counter() - began, 3)}"


def main() -> None:
    """Import what notebooks import, then run each of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("out", type=Path)
    parser.add_argument("notebooks", type=Path, nargs="+")
    chosen = parser.parse_args()
    began = time.perf_counter()
    import matplotlib.figure
    import pandas
    import seaborn

    seconds = round(time.perf_counter() - began, 3)
    print("imports", seconds, *(one.__version__ for one in (pandas, seaborn, matplotlib)), flush=True)
    chosen.out.mkdir(parents=True, exist_ok=True)
    one = functools.partial(timed, chosen.out)
    if chosen.jobs == 1:
        for said in map(one, chosen.notebooks):
            print(said)
    else:
        with multiprocessing.get_context("fork").Pool(chosen.jobs) as pool:
            for said in pool.imap_unordered(one, chosen.notebooks):
                print(said)


if __name__ == "__main__":
    main()
