"""Two tools by their own interfaces in Python: ``python api.py papermill|jupyter-cache OUT NOTEBOOK ...``."""

from __future__ import annotations

import sys
from pathlib import Path


def papermill(out: Path, notebooks: list[str]) -> None:
    """papermill's interface, one notebook after the other in one process."""
    from papermill import execute_notebook

    for name in notebooks:
        execute_notebook(name, str(out / Path(name).name), kernel_name="python3", progress_bar=False, cwd=".")


def cache(out: Path, notebooks: list[str]) -> None:
    """jupyter-cache in parallel; it skips what it has already run as it is now."""
    from jupyter_cache import get_cache
    from jupyter_cache.executors import load_executor

    found = get_cache(out / "cache")
    for name in notebooks:
        found.add_nb_to_project(name)
    result = load_executor("local-parallel", found).run_and_cache(timeout=600)
    if result.errored or result.excepted:
        sys.exit(f"jupyter-cache failed: {result}")


if __name__ == "__main__":
    Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    {"papermill": papermill, "jupyter-cache": cache}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3:])
