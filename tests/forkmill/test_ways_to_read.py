"""In whatever way a notebook looks at something of its project: when that has changed, no old result is left."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from plain import Plain, code, notebook
from standing_results import needs_confinement
from ways_to_read import WAYS, fill

from forkmill.terminal import Terminal

pytestmark = [pytest.mark.long, needs_confinement]
HERE = {name: way for name, way in WAYS.items() if way.here}


@pytest.fixture(scope="module")
def seen() -> Iterator[dict[str, tuple[str, str]]]:
    """For each way what its notebook printed before and after everything that it could look at had changed."""
    with tempfile.TemporaryDirectory(prefix="文") as folder:  # multiprocessing wants a short path for its sockets
        yield both(Plain(Path(folder, "a b")))


def both(plain: Plain) -> dict[str, tuple[str, str]]:
    data = plain.root / "data"
    fill(data, 1)
    for number, way in enumerate(HERE.values()):
        source = "import os\n" + way.code.format(p=str(data / "n.txt"), d=str(data))
        plain.write(f"n{number:03}", notebook(code("c", source)))
    shown = []
    for value in (1, 22):
        fill(data, value)
        plain.run(say=Terminal(quiet=True))
        shown.append([printed(plain, f"n{number:03}") for number in range(len(HERE))])
    return dict(zip(HERE, zip(*shown, strict=True), strict=True))


def printed(plain: Plain, name: str) -> str:
    path = plain.build / "notebooks" / f"{name}.ipynb"
    if not path.exists():
        failed = json.loads((plain.build / "failed" / f"{name}.ipynb").read_text(encoding="utf-8"))
        return "failed: " + "".join(one.get("evalue", "") for cell in failed["cells"] for one in cell.get("outputs", []))
    return plain.shown(name)


@pytest.mark.parametrize("way", HERE)
def test_no_result_is_old(seen, way):
    before, after = seen[way]
    assert not before.startswith("failed"), before
    assert before != after


def test_there_are_more_than_ninety_ways():
    assert len(WAYS) > 90
