"""nbval over a plain folder: what it compares, and every way to fool it that was met so far."""

from __future__ import annotations

import json
import tempfile

import pytest
from plain import COMPARED, code, notebook

from forkmill.__main__ import validate
from forkmill.errors import InputError
from forkmill.kernels import client
from forkmill.notebooks import rules
from forkmill.run import progress
from forkmill.terminal import Terminal
from forkmill.validate import nbval


@pytest.fixture
def said(capfd):
    """Validate a folder; the exit status and everything that any process printed."""

    def call(plain) -> tuple[int, str]:
        capfd.readouterr()
        status = validate(plain.project, Terminal())
        printed = capfd.readouterr()
        return status, printed.out + printed.err

    return call


def change(plain, name: str, id: str, edit) -> None:
    content = plain.read(name)
    edit(plain.cell(content, id))
    plain.write(name, content)


def test_every_difference_is_said_with_notebook_and_cell(ran, said):
    change(ran, "01_first", "setup", lambda cell: cell.update(source="raise ValueError('no such row')"))
    change(ran, "02_second", "shown", lambda cell: cell["outputs"].append(dict(cell["outputs"][0], name="stderr")))
    change(ran, "03_third", "shown", lambda cell: cell.update(source="import os\nos._exit(3)"))
    status, text = said(ran)
    assert status == 1
    assert "01_first.ipynb, cell [2] (id setup): the cell failed\n  ValueError: no such row" in text
    assert "03_third.ipynb, cell [1] (id shown): the kernel died" in text
    assert "02_second" not in text, "warnings are not compared"


def test_settings_of_the_project_and_of_its_user_do_not_reach_nbval(ran, said, monkeypatch):
    ran.put("pytest.ini", "[pytest]\naddopts = --no-such-option\n")
    ran.put("notebooks/conftest.py", "raise SystemExit\n")
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    status, text = said(ran)
    assert status == 0, text


@pytest.mark.long
@pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")
def test_no_folder_of_the_machine_keeps_anything_of_it(ran, said, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = ran.bytes()
    assert said(ran)[0] == 0
    assert [path.name for path in tmp_path.iterdir() if path != ran.root] == []
    assert ran.bytes() == before


def test_the_notebook_that_took_longest_begins_and_of_unknown_ones_that_with_most_code(ran):
    read = rules.load(ran.project.notebooks)
    (ran.build / ".cache" / progress.STORED).unlink()
    assert [path.stem for path in nbval._longest_first(ran.project, read)] == ["01_first", "02_second", "03_third"]
    progress.remember(ran.project.cache, {"01_first": 1, "02_second": 2, "03_third": 9})
    assert [path.stem for path in nbval._longest_first(ran.project, read)] == ["03_third", "02_second", "01_first"]


def test_how_long_each_took_when_it_was_validated_counts_before_how_long_its_run_took(ran, said):
    assert said(ran)[0] == 0
    kept = progress.last_seconds(ran.project.cache)
    validated = {name: kept[f"validated {name}"] for name in ("01_first", "02_second", "03_third")}
    assert min(validated.values()) > 0
    progress.remember(ran.project.cache, {name: 1 / seconds for name, seconds in validated.items()})
    order = [path.stem for path in nbval._longest_first(ran.project, rules.load(ran.project.notebooks))]
    assert order == sorted(validated, key=validated.get, reverse=True)


def test_where_nbval_is_not_installed_that_is_said(monkeypatch):
    monkeypatch.setattr(nbval.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="nbval is not installed"):
        nbval.available()


def test_a_list_of_times_that_holds_other_notebooks_does_no_harm(ran):
    (ran.project.cache / progress.STORED).write_text(json.dumps({"gone": 3}), encoding="utf-8")
    read = rules.load(ran.project.notebooks)
    assert len(nbval._longest_first(ran.project, read)) == 3


CLEARED = "from IPython.display import clear_output\nfor n in range(3):\n    clear_output({})\n    print('step', n)"
UPDATED = {
    "04_updated_in_its_cell": ["handle = display('first', display_id='p')\nhandle.update('step 2')"],
    "05_updated_by_a_later_cell": ["handle = display('first', display_id='p')", "handle.update('step 2')\nprint('later')"],
    "06_displayed_again": ["_ = display('first', display_id='p')", "_ = display('step 2', display_id='p')"],
    "07_cleared": [CLEARED.format("")],
    "08_cleared_when_more_comes": [CLEARED.format("wait=True")],
}


def test_what_is_updated_or_cleared_is_compared_as_it_is_stored(plain, said):
    for name, sources in UPDATED.items():
        plain.write(name, notebook(*(code(f"c{n}", source, COMPARED) for n, source in enumerate(sources))))
    assert plain.run(say=Terminal(quiet=True)) == 0
    plain.store()
    assert said(plain)[0] == 0
    for name in UPDATED:
        change(plain, name, "c0", lambda cell: cell.update(outputs=json.loads(json.dumps(cell["outputs"]).replace("step 2", "step 9"))))
    status, text = said(plain)
    assert status == 1
    for name in UPDATED:
        assert f"{name}.ipynb, cell [1] (id c0)" in text
    assert text.count("step 9") >= len(UPDATED)


def test_what_a_notebook_writes_for_a_while_lies_in_the_build(plain, said):
    plain.write("03_third", notebook(code("c", "import os, tempfile\nprint(tempfile.mkdtemp().startswith(os.environ['HOME']))", COMPARED)))
    assert plain.run(say=Terminal(quiet=True)) == 0
    plain.store()
    assert said(plain)[0] == 0
    assert list((plain.project.cache / "temporary" / "nbval").iterdir())


@pytest.mark.skipif(not client.possible(), reason="needs fork, and no debugger")
def test_a_notebook_that_shows_without_end_is_ended_and_its_cell_named(ran, said, monkeypatch):
    monkeypatch.setattr(nbval, "SHOWN", 5_000_000)
    change(ran, "03_third", "shown", lambda cell: cell.update(source="while True: print('x' * 1000)"))
    status, text = said(ran)
    assert status == 1
    assert "03_third.ipynb, cell [1] (id shown): the kernel was ended here, as the notebook has shown more than" in text
