"""What `make lab` starts."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import nbformat
import pytest
from ipykernel.ipkernel import IPythonKernel

from asprinted.commands import lab
from asprinted.commands.lab_files import LabFiles
from forkmill.errors import InputError


def test_lab_opens_a_workspace_on_the_first_notebook_of_the_audit(audit):
    line = lab.command(audit.root)
    assert f"--ServerApp.root_dir={audit.root}" in line
    assert "--LabApp.default_url=/lab/workspaces/audit/tree/notebooks/01_first.ipynb" in line


def test_only_root_is_allowed_as_root_and_once(audit):
    assert "--allow-root" not in lab.command(audit.root)
    assert lab.command(audit.root, ("--allow-root",), as_root=True).count("--allow-root") == 1
    assert lab.command(audit.root, as_root=True).count("--allow-root") == 1


def test_what_the_reader_asks_for_comes_last_and_wins(audit):
    assert lab.command(audit.root, ("--no-browser", "--port=1"))[-2:] == ["--no-browser", "--port=1"]


def test_an_audit_without_notebooks_is_an_error_to_read(audit):
    for path in (audit.root / "notebooks").iterdir():
        path.unlink()
    with pytest.raises(InputError, match="there is no notebook"):
        lab.command(audit.root)


def test_the_environment_has_the_defaults_of_the_audit_and_keeps_those_of_the_reader(audit, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/mine")
    monkeypatch.setenv("FORKMILL_GIVEN", "/of/a/run.json")
    found = lab.environment(audit.root)
    assert "AUDIT_ROOT" not in found, "a terminal there may be in the folder of another audit"
    assert found["JUPYTER_CONFIG_PATH"].startswith("/mine")
    assert found["JUPYTER_CONFIG_PATH"].endswith("jupyter")
    assert "FORKMILL_GIVEN" not in found


def _files(audit) -> LabFiles:
    return LabFiles(root_dir=str(audit.root))


def _speaks(audit, language: str) -> Path:
    path = audit.root / "notebooks" / "01_first.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["metadata"]["language_info"] = {"name": language}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return path


def test_a_notebook_is_opened_with_what_its_kernel_will_say_of_the_language(audit):
    _speaks(audit, "python")
    shown = asyncio.run(_files(audit).get("notebooks/01_first.ipynb"))
    assert shown["content"]["metadata"]["language_info"] == IPythonKernel.language_info


def test_a_notebook_that_is_saved_as_it_was_opened_holds_the_same(audit):
    path = _speaks(audit, "python")
    before, files = nbformat.read(path, 4), _files(audit)

    async def open_and_save() -> None:
        shown = await files.get("notebooks/01_first.ipynb")
        await files.save({name: shown[name] for name in ("type", "content", "format")}, "notebooks/01_first.ipynb")

    asyncio.run(open_and_save())
    assert nbformat.read(path, 4) == before


def test_a_notebook_is_saved_with_the_sentence_in_the_place_of_its_drop_downs(audit):
    path = _speaks(audit, "python")
    widget = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {
        "text/plain": "a sentence", "application/vnd.jupyter.widget-view+json": {"model_id": "1", "version_major": 2, "version_minor": 0}}}

    async def save() -> None:
        shown = await _files(audit).get("notebooks/01_first.ipynb")
        next(cell for cell in shown["content"]["cells"] if cell["cell_type"] == "code")["outputs"] = [widget]
        await _files(audit).save({name: shown[name] for name in ("type", "content", "format")}, "notebooks/01_first.ipynb")

    asyncio.run(save())
    [kept] = [output["data"] for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", ()) if output.data]
    assert kept == {"text/plain": "a sentence"}


@pytest.mark.parametrize("place", ["notebooks", "data/paper/claims/1.yaml"])
def test_folders_and_other_files_are_opened_as_they_are(audit, place):
    assert asyncio.run(_files(audit).get(place))["path"] == place


def test_a_notebook_of_another_language_is_opened_as_it_is(audit):
    _speaks(audit, "R")
    shown = asyncio.run(_files(audit).get("notebooks/01_first.ipynb"))
    assert shown["content"]["metadata"]["language_info"] == {"name": "R"}


def test_the_defaults_ask_for_no_news_and_no_updates():
    text = (lab.SETTINGS / "labconfig" / "default_setting_overrides.json").read_text(encoding="utf-8")
    said = json.loads(text)["@jupyterlab/apputils-extension:notification"]
    assert said == {"checkForUpdates": False, "fetchNews": "false"}


def test_a_workspace_is_written_once_and_then_left_as_the_reader_arranged_it(audit, tmp_path):
    folder = tmp_path / "workspaces"
    lab.prepare(audit.root, folder)
    [path] = folder.iterdir()
    assert "notebook:notebooks/01_first.ipynb" in json.loads(path.read_text(encoding="utf-8"))["data"]
    path.write_text("mine", encoding="utf-8")
    lab.prepare(audit.root, folder)
    assert [other.read_text(encoding="utf-8") for other in folder.iterdir()] == ["mine"]
