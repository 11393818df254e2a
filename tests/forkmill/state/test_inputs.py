"""Everything that a run rests on has its hash; of a notebook only what a person writes in it."""

from __future__ import annotations

import shutil

from forkmill.notebooks import rules
from forkmill.state.inputs import hashes, key


def of(plain) -> dict[str, str]:
    return hashes(plain.project, rules.load(plain.project.notebooks))


def changed(plain, before: dict[str, str]) -> set[str]:
    after = of(plain)
    return {name for name in before | after if before.get(name) != after.get(name)}


def test_data_declaration_notebooks_and_the_engines_own_code_are_told_by_name(plain):
    found = of(plain)
    assert {"data/a.txt", "data/unread.txt", "parameters.yaml", "notebooks/01_first.ipynb", "forkmill/schema.py"} <= set(found)
    assert list(found) == sorted(found)
    assert not any(name.startswith("build") for name in found)


def test_a_change_of_any_of_them_is_seen_under_its_name(plain):
    before = of(plain)
    plain.put("data/a.txt", "another")
    plain.put("notebooks/beside.py", "ONE = 1\n")
    plain.edit("02_second", "shown", source="print(2)")
    assert changed(plain, before) == {"data/a.txt", "notebooks/beside.py", "notebooks/02_second.ipynb"}


def test_outputs_counts_and_metadata_of_tools_are_not_what_a_person_writes(plain):
    before = of(plain)
    plain.edit("01_first", "shown", outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}], execution_count=7)
    plain.edit("01_first", "setup", metadata={"execution": {"iopub.status.busy": "2020-01-01"}})
    assert changed(plain, before) == set()


def test_a_tag_is(plain):
    before = of(plain)
    plain.edit("01_first", "shown", metadata={})
    assert changed(plain, before) == {"notebooks/01_first.ipynb"}


def test_notebooks_in_the_folder_itself_count_once_and_without_their_outputs(plain):
    for path in plain.project.notebooks.iterdir():
        shutil.move(path, plain.root)
    (plain.root / "notebooks").rmdir()
    before = of(plain)
    assert key(plain.project, "01_first") == "01_first.ipynb"
    assert {"01_first.ipynb", "data/a.txt", "parameters.yaml"} <= set(before)
    path = plain.root / "01_first.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"outputs": []', '"outputs": [], "x": 1', 1), encoding="utf-8")
    assert changed(plain, before) == {"01_first.ipynb"}
    path.write_text(path.read_text(encoding="utf-8").replace(', "x": 1', "", 1).replace('"execution_count": null', '"execution_count": 5'),
                    encoding="utf-8")
    assert changed(plain, before) == set()
