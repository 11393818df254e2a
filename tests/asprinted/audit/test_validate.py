"""nbval over a miniature record, and every way to fool it that was met so far."""

from __future__ import annotations

import copy
import dataclasses
import json
import shutil
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands_run import start
from miniature import Audit

from asprinted.__main__ import main
from asprinted.audit.validate import card_faults
from asprinted.charts.figure_files import FIGURE_MIME
from asprinted.notebook.side_by_side import VERDICTS_MIME, as_html
from asprinted.paths import project
from asprinted.verdicts.record import VERDICT_MIME
from forkmill.kernels import client
from forkmill.kernels.cache import fresh_cache
from forkmill.notebooks import ipynb, rules
from forkmill.run import progress
from forkmill.terminal import Terminal
from forkmill.validate import nbval


def change(audit, name: str, id: str, edit) -> None:
    content = audit.read(name)
    edit(audit.cell(content, id))
    audit.write(name, content)


def validated(audit) -> tuple[int, str]:
    """Exit status and everything printed, by whatever process."""
    process = start(audit, "validate")
    said, _ = process.communicate(timeout=300)
    return process.returncode, said


@pytest.fixture(scope="module")
def copied(accepted_once, tmp_path_factory):
    """Another copy of the record, for a run that several tests look at; called with a name."""

    def copied(name: str) -> Audit:
        root = tmp_path_factory.mktemp(name) / "an audit 审计"
        shutil.copytree(accepted_once, root)
        return Audit(root)

    return copied


def html(cell):
    cell["outputs"][0]["data"] |= {"text/html": ["another"], "image/svg+xml": ["<svg>another</svg>"]}
    cell["outputs"].append({"output_type": "stream", "name": "stderr", "text": ["a warning\n"]})


@pytest.fixture(scope="module")
def sound(copied):
    """A record beside settings of pytest that no run may get to see, and one cell of it with another drawing; validated."""
    audit = copied("sound")
    change(audit, "01_first", "figure", html)
    (audit.root / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n", encoding="utf-8")
    (audit.root / "notebooks" / "conftest.py").write_text("raise SystemExit\n", encoding="utf-8")
    before = audit.bytes()
    return audit, before, *validated(audit)


def test_a_record_that_comes_out_again_is_valid(sound):
    _, _, status, said = sound
    assert status == 0, said
    assert "Valid: 5 cells of 3 notebooks give what they have stored (exit 0)." in said


def test_html_pictures_and_warnings_are_not_compared(sound):
    audit, _, status, _ = sound
    stored = audit.cell(audit.read("01_first"), "figure")["outputs"]
    assert (stored[0]["data"]["text/html"], stored[1]["text"], status) == (["another"], ["a warning\n"], 0)


def test_settings_of_the_project_do_not_reach_nbval(sound):
    audit, _, status, _ = sound
    assert (audit.root / "notebooks" / "conftest.py").is_file()
    assert status == 0


def test_validating_changes_no_notebook(sound):
    audit, before, _, _ = sound
    assert audit.bytes() == before
    assert json.loads(before["01_first.ipynb"])["nbformat"] == 4


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


def beside(cell):
    """The third claim judged by the cell of the first, with one of the two verdicts stored otherwise than it is computed."""
    cell["source"] = 'paper.side_by_side(paper.check("one", sign), paper.check("three", 3 * sign))'
    first = cell["outputs"][0]["data"].pop(VERDICT_MIME)
    last = first | {"id": "three", "computed": {"low": "3", "high": "4"}}
    cell["outputs"][0]["data"] |= {"text/plain": ["one 1, three 3"], VERDICTS_MIME: [first, last]}


def dies(cell):
    cell["source"] = 'import os\nos._exit(3)\npaper.check("three", 3)'


@pytest.fixture(scope="module")
def spoilt(copied):
    """A record in which each thing that is compared differs somewhere; validated."""
    audit = copied("spoilt")
    for name, id, edit in (
        ("02_second", "one", digit),
        ("02_second", "one", verdict),
        ("02_second", "one", plain),
        ("02_second", "three", dies),
        ("01_first", "figure", figure),
        ("03_overview", "shown", stream),
        ("01_first", "two", code),
    ):
        change(audit, name, id, edit)
    return validated(audit)


@pytest.mark.parametrize(
    "said",
    [
        "02_second.ipynb, cell [3] (id one): the computed outputs are not the stored ones\n",
        '\n  verdict, computed: stored {"high": "1", "low": "1.1"}, computed {"low": "1", "high": "1"}\n',
        '\n  verdict, verdict: stored "contradicted", computed "reproduced"\n',
        '\n  text/plain, line 1: stored "one 1.1", computed "one 1"\n',
        "01_first.ipynb, cell [4] (id figure): the computed outputs are not the stored ones\n"
        "  figure, rows: stored [[1], [3]], computed [[1], [2]]",
        "03_overview.ipynb, cell [4] (id shown): the computed outputs are not the stored ones\n"
        '  stdout, line 1: stored "another overview", computed "an overview"',
        "01_first.ipynb, cell [3] (id two): the cell failed\n  ValueError: no such row",
        "Not valid: see the cells above (exit 1).",
    ],
)
def test_everything_that_nbval_finds_is_said_with_notebook_and_cell(spoilt, said):
    status, text = spoilt
    assert status == 1
    assert said in text


def test_of_several_claims_in_a_cell_the_one_that_differs_is_named(copied):
    audit = copied("beside")
    change(audit, "02_second", "one", beside)
    content = audit.read("02_second")
    content["cells"] = [cell for cell in content["cells"] if cell["id"] != "three"]
    audit.write("02_second", content)
    status, said = validated(audit)
    assert status == 1
    assert 'verdicts, three, computed: stored {"low": "3", "high": "4"}, computed {"low": "3", "high": "3"}' in said
    assert "verdicts, one" not in said


def test_a_kernel_that_dies_is_noticed_at_once(spoilt):
    assert "02_second.ipynb, cell [4] (id three): the kernel died" in spoilt[1]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda cell: cell.update(outputs=[]), "stored another number of verdicts"),
        (lambda cell: cell["metadata"].update(tags=["nbval-check-ouput"]), "did you mean nbval-check-output?"),
        (lambda cell: cell.update(source="sign"), "a cell that judges nothing"),
        (lambda cell: cell.update(cell_type="raw"), "raw cell"),
        (lambda cell: cell.update(execution_count=None), "not run from top to bottom"),
        (doubled, "stored another number of verdicts"),
    ],
)
def test_what_nbval_would_pass_is_found_before_it_runs(accepted, edit, said):
    change(accepted, "02_second", "one", edit)
    result = CliRunner().invoke(main, ["validate"])
    status, text = result.exit_code, result.output
    assert status == 2
    assert said in text
    assert "02_second.ipynb, " in text
    assert "(id one)" in text


def test_a_check_deleted_with_its_cell_is_missed_by_the_name_of_its_claim(accepted):
    content = accepted.read("02_second")
    content["cells"].pop()
    accepted.write("02_second", content)
    result = CliRunner().invoke(main, ["validate"])
    status, text = result.exit_code, result.output
    assert status == 1
    assert "no notebook judges the claim three" in text


def test_a_stored_card_that_is_not_the_one_of_its_record_is_a_fault(accepted):
    change(accepted, "01_first", "two", lambda cell: cell["outputs"][0]["data"].update({"text/html": ["another card"]}))
    (fault,) = card_faults(rules.load(accepted.root / "notebooks"))
    assert fault == "01_first.ipynb, cell [3] (id two): the stored card is not the one of the stored verdict"


def test_a_stored_table_that_is_not_the_one_of_its_records_is_a_fault(accepted):
    def several(cell):
        data = cell["outputs"][0]["data"]
        record = data.pop(VERDICT_MIME) | {"readings": [], "note": ""}
        data |= {VERDICTS_MIME: [record], "text/html": [as_html([record])]}

    change(accepted, "01_first", "two", several)
    assert card_faults(rules.load(accepted.root / "notebooks")) == []
    change(accepted, "01_first", "two", lambda cell: cell["outputs"][0]["data"].update({"text/html": ["another table"]}))
    (fault,) = card_faults(rules.load(accepted.root / "notebooks"))
    assert fault == "01_first.ipynb, cell [3] (id two): the stored table is not the one of the stored verdicts"


def test_nbval_begins_with_the_notebook_that_took_longest(accepted, monkeypatch):
    given = []
    monkeypatch.setattr(nbval, "nbval", lambda where, files: given.extend(file.stem for file in files) or 0)
    took = {"01_first": 0.5, "02_second": 0.7, "03_overview": 2.0}
    where = project(accepted.root)
    (where.cache / progress.STORED).write_text(json.dumps(took), encoding="utf-8")
    assert nbval.validate(where, rules.load(where.notebooks), Terminal(quiet=True)) == 0
    assert given == ["03_overview", "02_second", "01_first"]


def test_of_notebooks_that_never_ran_the_one_with_most_code_begins(accepted):
    read = [ipynb.read(accepted.path(name)) for name in ("01_first", "02_second")]
    long = dataclasses.replace(read[1], cells=read[1].cells * 2)
    where = project(accepted.root)
    (where.cache / progress.STORED).unlink()
    assert nbval._longest_first(where, [read[0], long]) == [long.path, read[0].path]
    (where.cache / progress.STORED).write_text('{"01_first": 1.5}', encoding="utf-8")
    assert nbval._longest_first(where, [long, read[0]]) == [read[0].path, long.path]


@pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")
def test_nbval_finds_the_server_of_all_runs_however_short_the_path_of_the_audit(accepted, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="a") as short:  # nbval's own folder for what is temporary is below
        where = project(accepted.root)._replace(build=Path(short) / "build")
        fresh_cache(where.cache)
        assert nbval.nbval(where, [accepted.path("01_first")]) == 0
        assert not list((where.cache / "temporary").glob("forkmill-*"))
