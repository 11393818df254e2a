"""The example that every new audit begins with: it makes room for the first paper, as long as nobody has touched it."""

from __future__ import annotations

from pathlib import Path

from asprinted import paths
from forkmill.notebooks import ipynb

TEMPLATE = Path(__file__).resolve().parents[1] / "template"
# What the example says of a paper that nobody wrote.
PAPER = ("locators.csv", "inventory.csv", "conclusions.yaml")


def untouched(root: Path) -> bool:
    """Whether the audit states what the template states, and nothing else."""
    mine, theirs = paths.paper(root), paths.paper(TEMPLATE)
    names = [*PAPER, *(f"claims/{path.name}" for path in sorted((theirs / "claims").glob("*.yaml")))]
    claims = [path.name for path in sorted((mine / "claims").glob("*"))] == [path.name for path in sorted((theirs / "claims").glob("*"))]
    if not claims or any(not (mine / name).is_file() or (mine / name).read_bytes() != (theirs / name).read_bytes() for name in names):
        return False
    notebooks = [{path.name: ipynb.read(path).source_hash for path in ipynb.paths(paths.notebooks(base))} for base in (root, TEMPLATE)]
    return notebooks[0] == notebooks[1]


def files(root: Path) -> list[Path]:
    """The files of the example that go when a paper comes: its claims and its notebooks."""
    return [*(paths.paper(root) / "claims").glob("*.yaml"), *ipynb.paths(paths.notebooks(root))]
