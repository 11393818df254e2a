"""An update of an audit whose notebooks import what is not here: its own Python does it, or nothing is begun."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from asprinted.commands.folder import libraries, manifest, update
from forkmill.errors import InputError
from forkmill.terminal import Terminal

NOTEBOOK = "notebooks/01_first_claim.ipynb"


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    root = tmp_path / "audit"
    shutil.copytree(manifest.TEMPLATE, root, ignore=shutil.ignore_patterns("__pycache__"))
    manifest.note(root, {"Makefile": b"older"})
    return root


def imports(root: Path, code: str) -> None:
    path = root / NOTEBOOK
    content = json.loads(path.read_text(encoding="utf-8"))
    next(cell for cell in content["cells"] if cell["cell_type"] == "code" and cell["id"] == "imports")["source"] = code
    path.write_text(json.dumps(content), encoding="utf-8")


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("code", "found"), [
    ("import json, no_such.part as other", {"no_such": "01_first_claim.ipynb"}),
    ("def late():\n    from no_such import thing", {"no_such": "01_first_claim.ipynb"}),
    ("try:\n    import no_such\nexcept ImportError:\n    pass", {}),
    ("from helpers import constants\nfrom . import nothing\n%magic", {}),
    ("from helpers import constants\nimport pandas, asprinted", {}),
])
def test_what_is_imported_and_not_here_is_found(audit, code, found):
    imports(audit, code)
    assert libraries.missing(audit) == found


def test_the_helpers_of_an_audit_are_looked_at_as_well(audit):
    (audit / "src/helpers/more.py").write_text("import no_such\n", encoding="utf-8")
    assert libraries.missing(audit) == {"no_such": "src/helpers/more.py"}


def test_where_no_python_has_it_nothing_is_written_and_the_way_out_is_told(audit):
    imports(audit, "import no_such")
    before = contents(audit)
    with pytest.raises(InputError, match="update was not begun") as told:
        update.update(audit, Terminal(quiet=True))
    assert told.value.got == "no_such"
    assert "make lock" in told.value.do
    assert contents(audit) == before


@pytest.mark.skipif(os.name == "nt", reason="a script as the Python of an audit")
def test_the_audits_own_python_is_called_under_this_version(audit):
    imports(audit, "import no_such")
    own = audit / libraries.OWN
    own.parent.mkdir(parents=True)
    own.write_text('#!/bin/sh\necho "$PYTHONPATH" "$@" > "$4/called"\nexit 7\n', encoding="utf-8")
    own.chmod(0o755)
    before = (audit / manifest.NOTE).read_bytes()
    assert update.update(audit, Terminal(quiet=True)) == 7
    source = manifest.PACKAGES["asprinted"].parent
    assert (audit / "called").read_text(encoding="utf-8") == f"{source} -m asprinted -C {audit} update\n"
    assert (audit / manifest.NOTE).read_bytes() == before
