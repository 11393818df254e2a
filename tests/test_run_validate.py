"""nbval over a miniature record, and every way to fool it that was met so far."""

from __future__ import annotations

import copy
import dataclasses
import json
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.__main__ import main
from helpers.run import notebooks, progress, validate
from helpers.run.kernels import fresh_cache
from helpers.run.notebooks import FIGURE_MIME, VERDICT_MIME
from helpers.run.terminal import Terminal
from helpers.run.unchanged import CACHE
from helpers.run.warm import client


def output(capfd, audit) -> tuple[int, str]:
    """Exit status and everything printed, by whatever process."""
    result = CliRunner().invoke(main, ["validate"])
    printed = capfd.readouterr()
    return result.exit_code, result.output + printed.out + printed.err


def change(audit, name: str, id: str, edit) -> None:
    content = audit.read(name)
    edit(audit.cell(content, id))
    audit.write(name, content)


def test_an_untouched_record_is_valid(accepted, capfd):
    status, said = output(capfd, accepted)
    assert status == 0, said
    assert "Valid: 5 cells of 3 notebooks give what they have stored (exit 0)." in said


def digit(cell):
    cell["outputs"][0]["data"][VERDICT_MIME]["computed"]["low"] = "1.1"


def verdict(cell):
    cell["outputs"][0]["data"][VERDICT_MIME]["verdict"] = "contradicted"


def plain(cell):
    cell["outputs"][0]["data"]["text/plain"] = ["one 1.1"]


def figure(cell):
    cell["outputs"][0]["data"][FIGURE_MIME]["rows"] = [[1], [3]]


def stream(cell):
    cell["outputs"][0]["text"] = ["another overview\n"]


def code(cell):
    cell["source"] = ["raise ValueError('no such row')\n", 'paper.check("two", 2)']


def doubled(cell):
    cell["outputs"].append(copy.deepcopy(cell["outputs"][0]))


def test_everything_that_nbval_finds_is_said_with_notebook_cell_and_claim(accepted, capfd):
    for name, id, edit in (
        ("02_second", "one", digit),
        ("02_second", "three", verdict),
        ("02_second", "three", plain),
        ("01_first", "figure", figure),
        ("03_overview", "shown", stream),
        ("01_first", "two", code),
    ):
        change(accepted, name, id, edit)
    status, text = output(capfd, accepted)
    assert status == 1
    for said in (
        "02_second.ipynb, cell [3] (id one), claim one: the computed outputs are not the stored ones\n"
        '  verdict, computed: stored {"high": "1", "low": "1.1"}, computed {"low": "1", "high": "1"}',
        "02_second.ipynb, cell [4] (id three), claim three: the computed outputs are not the stored ones\n"
        '  verdict, verdict: stored "contradicted", computed "reproduced"\n'
        '  text/plain, line 1: stored "one 1.1", computed "three 3"',
        "01_first.ipynb, cell [4] (id figure): the computed outputs are not the stored ones\n"
        "  figure data, rows: stored [[1], [3]], computed [[1], [2]]",
        "03_overview.ipynb, cell [4] (id shown): the computed outputs are not the stored ones\n"
        '  stdout, line 1: stored "another overview", computed "an overview"',
        "01_first.ipynb, cell [3] (id two), claim two: the cell failed\n  ValueError: no such row",
        "Not valid: see the cells above (exit 1).",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda cell: cell.update(outputs=[]), "stored no single verdict"),
        (lambda cell: cell["metadata"].update(tags=["nbval-check-ouput"]), "did you mean nbval-check-output?"),
        (lambda cell: cell.update(source="sign"), "a cell that judges nothing"),
        (lambda cell: cell.update(cell_type="raw"), "raw cell"),
        (lambda cell: cell.update(execution_count=None), "not run from top to bottom"),
        (doubled, "stored no single verdict"),
    ],
)
def test_what_nbval_would_pass_is_found_before_it_runs(accepted, capfd, edit, said):
    change(accepted, "02_second", "one", edit)
    status, text = output(capfd, accepted)
    assert status == 2
    assert said in text
    assert "02_second.ipynb, " in text
    assert "(id one)" in text


def test_a_check_deleted_with_its_cell_is_missed_by_the_name_of_its_claim(accepted, capfd):
    content = accepted.read("02_second")
    content["cells"].pop()
    accepted.write("02_second", content)
    status, text = output(capfd, accepted)
    assert status == 1
    assert "no notebook judges the claim three" in text


def test_html_pictures_and_warnings_are_not_compared(accepted, capfd):
    def edit(cell):
        cell["outputs"][0]["data"] |= {"text/html": ["another"], "image/svg+xml": ["<svg>another</svg>"]}
        cell["outputs"].append({"output_type": "stream", "name": "stderr", "text": ["a warning\n"]})

    change(accepted, "01_first", "figure", edit)
    assert output(capfd, accepted)[0] == 0


def test_a_kernel_that_dies_is_noticed_at_once(accepted, capfd):
    change(
        accepted, "02_second", "one", lambda cell: cell.update(source='import os\nos._exit(3)\npaper.check("one", 1)')
    )
    status, text = output(capfd, accepted)
    assert status == 1
    assert "02_second.ipynb, cell [3] (id one), claim one: the kernel died" in text


def test_settings_of_the_project_do_not_reach_nbval(accepted):
    (accepted.root / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n", encoding="utf-8")
    (accepted.root / "notebooks" / "conftest.py").write_text("raise SystemExit\n", encoding="utf-8")
    fresh_cache(accepted.build / CACHE)
    assert validate.nbval(accepted.root, accepted.build / CACHE, [accepted.path("01_first")]) == 0


def test_nbval_begins_with_the_notebook_that_took_longest(accepted, monkeypatch):
    given = []
    monkeypatch.setattr(validate, "nbval", lambda root, cache, files: given.extend(file.stem for file in files) or 0)
    took = {"01_first": 0.5, "02_second": 0.7, "03_overview": 2.0}
    (accepted.build / CACHE / progress.STORED).write_text(json.dumps(took), encoding="utf-8")
    assert validate.validate(accepted.root, Terminal(quiet=True)) == 0
    assert given == ["03_overview", "02_second", "01_first"]


def test_of_notebooks_that_never_ran_the_one_with_most_code_begins(accepted):
    read = [notebooks.read(accepted.path(name)) for name in ("01_first", "02_second")]
    long = dataclasses.replace(read[1], cells=read[1].cells * 2)
    assert validate._longest_first([read[0], long], {}) == [long.path, read[0].path]
    assert validate._longest_first([long, read[0]], {"01_first": 1.5}) == [read[0].path, long.path]


@pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")
def test_nbval_finds_the_server_of_all_runs_however_short_the_path_of_the_audit(accepted, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="a") as short:  # nbval's own folder for what is temporary is below
        cache = Path(short) / "build" / CACHE
        fresh_cache(cache)
        assert validate.nbval(accepted.root, cache, [accepted.path("01_first")]) == 0
        assert not list((cache / "temporary").glob("audit-kernels-*"))


def test_validating_changes_no_notebook(accepted, capfd):
    before = accepted.bytes()
    validate.validate(accepted.root, Terminal(quiet=True))
    assert accepted.bytes() == before
    assert json.loads(before["01_first.ipynb"])["nbformat"] == 4
