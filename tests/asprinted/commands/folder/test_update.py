"""`asprinted update`: an audit that an older version has started, brought to a newer one with a hand on nothing of anybody's."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from asprinted.commands.folder import manifest, new, pins, update
from checkout import ROOT
from forkmill.errors import InputError
from forkmill.state.snapshot import sha256
from forkmill.terminal import Terminal

pytestmark = pytest.mark.long
EDITED, EDITED_AND_RENEWED = "docs/how-to/add-a-source.md", "docs/how-to/add-a-claim.md"
RENEWED, GONE, ADDED, DONE_WITHOUT = "Makefile", "docs/how-to/dispute-a-verdict.md", "docs/how-to/ask.md", "environment.yml"
OWN_PIN = "zzz==1.0 \\\n    --hash=sha256:0\n"


class Updated(NamedTuple):
    """An audit after an update, as it was before, and what was said."""

    root: Path
    before: Path
    done: subprocess.CompletedProcess[str]
    again: subprocess.CompletedProcess[str]


def newer_version(folder: Path) -> Path:
    """A checkout of a newer version, which has other pages and another Makefile; its src."""
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("asprinted", "forkmill"):
        shutil.copytree(ROOT / "src" / name, folder / "src" / name, ignore=ignored)
        first = folder / "src" / name / "__init__.py"
        first.write_text(first.read_text(encoding="utf-8").replace('"0.1.0"', '"0.2.0"'), encoding="utf-8")
    for name in manifest.LENT.values():
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    template = folder / "src" / "asprinted" / "template"
    for name in (RENEWED, EDITED_AND_RENEWED, ADDED, "README.md"):
        with (template / name).open("a", encoding="utf-8") as file:
            file.write("# newer\n")
    (template / GONE).unlink()
    index = template / "docs" / "index.md"
    lines = index.read_text(encoding="utf-8").splitlines(keepends=True)
    index.write_text("".join(line for line in lines if "dispute" not in line), encoding="utf-8")
    return folder / "src"


@pytest.fixture(scope="module")
def updated(tmp_path_factory) -> Updated:
    folder = tmp_path_factory.mktemp("update")
    root = new.new(folder / "audit")
    for name in (EDITED, EDITED_AND_RENEWED, "README.md"):
        (root / name).write_text((root / name).read_text(encoding="utf-8") + "\nmine\n", encoding="utf-8")
    (root / DONE_WITHOUT).unlink()
    (root / pins.RUN).write_text(OWN_PIN + (root / pins.RUN).read_text(encoding="utf-8"), encoding="utf-8")
    shutil.copytree(root, folder / "before")
    source = newer_version(folder / "newer")
    env = {name: text for name, text in os.environ.items() if name != "AUDIT_ROOT"} | {"PYTHONPATH": str(source)}
    done, again = (subprocess.run([sys.executable, "-m", "asprinted", "-C", str(root), "update"], env=env, cwd=folder,
                                   capture_output=True, text=True, encoding="utf-8", check=False) for _ in range(2))
    return Updated(root, folder / "before", done, again)


def test_it_ends_well_and_says_what_it_did(updated):
    assert updated.done.returncode == 0, updated.done.stdout + updated.done.stderr
    said = updated.done.stdout
    assert "Brought to asprinted 0.2.0:" in said
    for line in (f"{RENEWED}: renewed", f"{ADDED}: added", f"{GONE}: no longer needed, removed", f"{pins.ALL}: renewed",
                 f"{EDITED_AND_RENEWED}: kept, since it was edited; its newer form is build/update/{EDITED_AND_RENEWED}"):
        assert line in said
    assert "Accepted: 0 verdict(s) changed" in said
    assert EDITED not in said
    assert DONE_WITHOUT not in said


def test_what_nobody_has_edited_is_renewed_added_or_removed(updated):
    assert (updated.root / RENEWED).read_text(encoding="utf-8").endswith("# newer\n")
    assert (updated.root / ADDED).is_file()
    assert not (updated.root / GONE).exists()


def test_what_somebody_has_edited_or_done_without_stays_and_the_newer_form_lies_beside(updated):
    for name in (EDITED, EDITED_AND_RENEWED, "README.md"):
        assert (updated.root / name).read_bytes() == (updated.before / name).read_bytes()
    assert not (updated.root / DONE_WITHOUT).exists()
    aside = {path.relative_to(updated.root / update.ASIDE).as_posix() for path in (updated.root / update.ASIDE).rglob("*.*")}
    assert aside <= {EDITED_AND_RENEWED}


def test_both_packages_are_the_newer_ones_and_the_pins_of_the_audit_stay(updated):
    wheels = {path.name.split("-")[0]: path for path in (updated.root / pins.WHEELS).iterdir()}
    for name in (pins.RUN, pins.ALL):
        text = (updated.root / name).read_text(encoding="utf-8")
        for package, path in wheels.items():
            assert path.name == f"{package}-0.2.0-py3-none-any.whl"
            assert f"{package}==0.2.0 \\\n    --hash=sha256:{sha256(path)}\n" in text
            assert text.count(f"{package}==") == 1
    assert (updated.root / pins.RUN).read_text(encoding="utf-8").startswith(OWN_PIN)


def test_the_note_and_the_run_bear_the_newer_version(updated):
    assert json.loads((updated.root / manifest.NOTE).read_text(encoding="utf-8"))["asprinted"] == "0.2.0"
    assert json.loads((updated.root / "build" / "run.json").read_text(encoding="utf-8"))["versions"]["asprinted"] == "0.2.0"


def test_a_second_update_changes_nothing(updated):
    assert updated.again.returncode == 0
    assert "nothing: its files are those of this version" in updated.again.stdout
    assert "Accepted: 0 verdict(s) changed; notebooks replaced: none." in updated.again.stdout


def test_a_record_that_says_otherwise_is_nobodys_to_renew(monkeypatch, tmp_path):
    accepted = []
    monkeypatch.setattr(update, "reproduce", lambda root, terminal: 1)
    monkeypatch.setattr(update, "accept", lambda *given: accepted.append(given))
    assert update._record(tmp_path, Terminal(out=io.StringIO())) == 1
    assert accepted == []


def test_an_audit_that_was_started_otherwise_is_refused(tmp_path):
    with pytest.raises(InputError, match="pins no asprinted"):
        update.update(tmp_path, Terminal(out=io.StringIO()))
    assert list(tmp_path.iterdir()) == []


def test_a_note_that_cannot_be_read_is_a_fault_of_the_input(tmp_path):
    (tmp_path / manifest.NOTE).write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="note of what was written"):
        manifest.noted(tmp_path)


def test_without_a_note_whatever_differs_counts_as_edited(tmp_path):
    (tmp_path / "Makefile").write_text("mine", encoding="utf-8")
    said = update._files(tmp_path, {}, {"Makefile": b"newer", "environment.yml": b"newer"})
    kept = "Makefile: kept, since nothing says that it was not edited; its newer form is build/update/Makefile"
    assert said == [kept, "environment.yml: added"]
    assert (tmp_path / "Makefile").read_text(encoding="utf-8") == "mine"
