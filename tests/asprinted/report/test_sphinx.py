"""Sphinx imports its libraries before it is told what to do, and never outlives the run that began it."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from commands_run import alive, gone, slowed, start, wait_for
from miniature import code, notebook

from asprinted.audit.input_checks import SITE_FIELDS
from asprinted.report import build, conf
from asprinted.report import sphinx as ahead
from asprinted.report.pages import notebooks
from asprinted.report.sphinx import Sphinx

pytestmark = pytest.mark.site
PROC = Path("/proc")


@pytest.fixture
def root(tmp_path) -> Path:
    """An audit with the settings of a report, and the source of one page."""
    root = tmp_path / "an audit 审计"
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "site.yaml").write_text("".join(f"{name}: an audit\n" for name in SITE_FIELDS), encoding="utf-8")
    source = root / "build" / ahead.WORK / "source"
    source.mkdir(parents=True)
    (source / "index.md").write_text("# A page\n\nwith a word\n", encoding="utf-8")
    settings = {"title": "an audit", "short": "an audit", "banner": "", "claims": []}
    (source.parent / "site.json").write_text(json.dumps(settings), encoding="utf-8")
    return root


@pytest.fixture
def begun(monkeypatch) -> list[subprocess.Popen[str]]:
    """Every process of Sphinx that is started."""
    found: list[subprocess.Popen[str]] = []
    started = Sphinx._started
    monkeypatch.setattr(Sphinx, "_started", lambda self: found.append(started(self)) or found[-1])
    return found


def at_work(audit) -> list[int]:
    """Process numbers of Sphinx for this audit."""
    told = str(audit.build / ahead.WORK / "html").encode()
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            if told in (folder / "cmdline").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:  # it ended in between
            continue
    return found


def test_pages_are_the_same_whether_it_began_before_their_sources_were_there_or_not(root, begun):
    source, html = (root / "build" / ahead.WORK / name for name in ("source", "html"))
    with Sphinx(root, root / "build") as sphinx:
        assert sphinx.pages() is None
    late = (html / "index.html").read_bytes()
    assert b"with a word" in late
    for folder in (html, html.parent / "doctrees"):
        folder.rename(folder.with_name(f"{folder.name} before"))
    source.rename(source.with_name("later"))
    with Sphinx(root, root / "build") as sphinx:
        sphinx.begin()
        sphinx.begin()
        source.with_name("later").rename(source)
        assert sphinx.pages() is None
    assert (html / "index.html").read_bytes() == late
    assert len(begun) == 2


def test_one_that_began_in_vain_has_ended_when_its_run_has(root, begun):
    with Sphinx(root, root / "build") as sphinx:
        sphinx.begin()
        assert alive(begun[0].pid)
    assert not alive(begun[0].pid)


def test_none_begins_for_an_audit_without_a_report(root, begun):
    (root / "docs" / "site.yaml").unlink()
    with Sphinx(root, root / "build") as sphinx:
        sphinx.begin()
    assert begun == []


@pytest.mark.parametrize("early", [True, False])
def test_a_sphinx_that_cannot_start_is_reported_with_its_last_words(root, monkeypatch, tmp_path, early):
    (tmp_path / "sphinx_book_theme.py").write_text("raise SystemExit('no theme is to be had')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Sphinx(root, root / "build") as sphinx:
        if early:
            sphinx.begin()
        assert sphinx.pages() == "no theme is to be had"


def test_a_sphinx_that_was_killed_while_it_waited_is_reported_with_its_status(root, begun):
    with Sphinx(root, root / "build") as sphinx:
        sphinx.begin()
        begun[0].kill()
        begun[0].wait()
        assert sphinx.pages() == f"Sphinx ended with status {begun[0].returncode} and without a word"


def test_all_that_its_settings_load_is_imported_before():
    assert [name for name in (*conf.extensions, conf.html_theme) if name not in ahead.CODE] == []


@pytest.mark.skipif(not PROC.is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_begins_while_the_last_notebook_runs_and_ends_with_a_run_that_is_stopped_or_killed(accepted, tmp_path, number):
    (accepted.root / "docs").mkdir()
    (accepted.root / "docs" / "site.yaml").write_text("".join(f"{name}: an audit\n" for name in SITE_FIELDS), encoding="utf-8")
    mark = slowed(accepted)
    process = start(accepted, "reproduce", "--jobs", "2")
    wait_for(mark)
    until = time.monotonic() + 60
    while not (found := at_work(accepted)) and time.monotonic() < until:
        time.sleep(0.05)
    assert len(found) == 1
    process.send_signal(number)
    process.communicate(timeout=60)
    assert gone(found[0])


@pytest.mark.parametrize("ahead_of_now", [-60, 3600])
def test_pages_that_were_made_before_the_clock_was_set_back_are_forgotten(root, monkeypatch, ahead_of_now):
    work = root / "build" / ahead.WORK
    monkeypatch.setattr(build, "_made_from", lambda *_: [])
    key = work / "key"
    key.write_text(f"{build._key(build._made_by())} other pages", encoding="utf-8")
    os.utime(key, (time.time() + ahead_of_now,) * 2)
    kept = []
    monkeypatch.setattr(build, "_make", lambda *_: kept.append((work / "source" / "index.md").exists()) or "stopped")
    assert build.build(root, root / "build") == ["stopped"]
    assert kept == [ahead_of_now < 0]


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def noted(root: Path, text: str, *outputs: dict[str, object]) -> tuple[str, str]:
    """The page of a notebook of one text and one code cell, and what Sphinx warned of."""
    work = root / "build" / ahead.WORK
    told = {"cell_type": "markdown", "id": "t", "metadata": {}, "source": f"# One\n\n{text}"}
    cells = [told, {**code("c", "1"), "outputs": outputs}]
    (work / "source/notebooks").mkdir(parents=True)
    (work / "source/index.md").write_text("# A page\n\n```{toctree}\nnotebooks/01\n```\n", encoding="utf-8")
    (work / "source/notebooks/01.ipynb").write_text(json.dumps(notebook() | {"cells": cells}), encoding="utf-8")
    (work / "source/notebooks/pic.png").write_bytes(base64.b64decode(PIXEL))
    with Sphinx(root, root / "build") as sphinx:
        assert sphinx.pages() is None
    said = (work / "warnings.txt").read_text(encoding="utf-8")
    return (work / "html/notebooks/01.html").read_text(encoding="utf-8"), build.warnings(said, work / "source")


def test_images_and_formulas_are_shown_without_anything_from_elsewhere(root):
    pasted = notebooks._with_pasted("![pasted](attachment:p.png)", {"p.png": {"image/png": PIXEL}})
    page, warned = noted(root, pasted + "\n\n![beside](pic.png) $a_1$ for $5 and $10, and\n\n$$y^2$$")
    assert warned == ""
    assert f'src="data:image/png;base64,{PIXEL}"' in page
    assert 'src="../_images/pic.png"' in page
    assert page.count("<math ") == 2
    assert "for $5 and $10" in page


@pytest.mark.parametrize(("text", "cell", "said"), [
    ("![a](nowhere.png)", 1, "image file not readable: notebooks/nowhere.png"), ("[a](gone.md)", 1, "gone.md"),
    (r"$\frac{1}$", 1, r"the formula cannot be read: \frac{1}"), ("", 2, "application/vnd.vega")])
def test_what_a_page_cannot_show_is_told_with_its_cell(root, text, cell, said):
    chart = {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.vega.v5+json": {}}}
    _, warned = noted(root, text, *([chart] if cell == 2 else []))
    assert warned.startswith(f"notebooks/01.ipynb, cell {cell}: ")
    assert said in warned
