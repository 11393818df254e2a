"""A worker is known by its fingerprint, and does nothing where that is not its sender's."""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path

from forkmill import project
from forkmill.cluster import worker


def test_a_task_is_done_and_comes_with_its_hash_where_both_are_in_the_same_state(plain):
    expected = worker.digest(worker.fingerprint(plain.project))
    order = {"name": "03_third", "parameters": {}, "given": None}
    reply = worker.perform(plain.project.locate, worker.notebook, order, expected)
    told = json.loads(reply["content"])
    assert (told["name"], told["failure"]) == ("03_third", None)
    assert reply["sha256"] == worker.snapshot.digest(reply["content"])


def test_a_task_that_meets_another_state_is_handed_back_undone(plain):
    expected = worker.fingerprint(plain.project)
    plain.edit("01_first", "shown", source="print(3)")
    order = {"name": "01_first", "parameters": {}, "given": None}
    assert worker.perform(plain.project.locate, worker.notebook, order, worker.digest(expected)) == {"differs": True}
    assert worker.differences(expected, worker.fingerprint(plain.project)) == ["notebooks/01_first.ipynb"]


def test_a_notebook_on_a_worker_finds_what_it_is_given_of_others(plain):
    plain.edit("03_third", "shown", source="import os\nwith open(os.environ['FORKMILL_GIVEN']) as file:\n    print(file.read())")
    told = worker.notebook(plain.project, {"name": "03_third", "parameters": {}, "given": '{"01_first": 7}'})
    assert told["content"]["cells"][-1]["outputs"][0]["text"] == ['{"01_first": 7}\n']


def test_a_digest_does_not_hang_on_the_order_of_what_it_is_made_of():
    assert worker.digest({"a": "1", "b": "2"}) == worker.digest({"b": "2", "a": "1"}) != worker.digest({"a": "1", "b": "3"})


def test_a_fingerprint_holds_code_data_notebooks_and_versions_but_no_outputs(plain):
    plain.put("notebooks/beside.py", "ONE = 1\n")
    before = worker.fingerprint(plain.project)
    assert {"notebooks/01_first.ipynb", "notebooks/beside.py", "data/a.txt", "parameters.yaml"} <= set(before)
    assert {"forkmill/schema.py", "python"} <= set(before)
    assert before["package pyyaml"] not in ("", "not installed")
    plain.edit("01_first", "shown", outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}])
    assert worker.fingerprint(plain.project) == before


def test_another_version_of_a_package_is_said_with_both_versions():
    ours, theirs = {"package pandas": "3.1", "data/a.csv": "1"}, {"package pandas": "3.0", "data/a.csv": "1"}
    assert worker.differences(ours, theirs) == ["package pandas 3.0 instead of 3.1"]


def test_a_worker_without_such_a_folder_differs():
    assert worker.found_by(functools.partial(project.of, Path("no/such/folder"))) == {}
    assert worker.differences({"data/a.csv": "1"}, {}) == ["no sound project is found on the worker"]


def test_the_versions_that_a_lock_pins_count_and_without_a_lock_all():
    assert list(worker.versions("PyYAML==6.0\nnot-there==1\n")) == ["package pyyaml", "package not-there"]
    assert worker.versions("not-there==1\n") == {"package not-there": "not installed"}
    assert len(worker.versions("")) > 10


def test_a_file_that_was_changed_and_given_its_old_time_and_size_is_noticed(plain):
    path = plain.root / "data" / "a.txt"
    before, seen = worker.fingerprint(plain.project), path.stat()
    path.write_text("b\n", encoding="utf-8")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert worker.differences(before, worker.fingerprint(plain.project)) == ["data/a.txt"]
