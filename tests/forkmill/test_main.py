"""`python -m forkmill` on a plain folder, really run: what runs, what it says, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commands_run import gone, wait_for
from plain import code, notebook
from standing_results import needs_confinement

from forkmill.__main__ import main

ALL = ["01_first", "02_second", "03_third"]
STANDS = "Nothing has changed since the last run: build/ stands."
COMPLETE = "Complete: 3 notebooks ran to their end or stand (exit 0)."


def test_the_first_run_executes_all_and_leaves_a_complete_build(fresh):
    assert fresh.ran() == ["01_first", "02_second", "03_third"]
    assert (fresh.status, fresh.said.splitlines()[-1]) == (0, COMPLETE)
    assert fresh.plain.shown("02_second") == "1 first b\n\n"
    mark = json.loads((fresh.plain.build / "run.json").read_text(encoding="utf-8"))
    assert (mark["parameters"], mark["default"]) == ({"sign": 1, "vintage": "first"}, True)
    assert {"data/a.txt", "parameters.yaml", "notebooks/01_first.ipynb"} <= set(mark["inputs"])
    assert set(mark["files"]) == {f"notebooks/{name}.ipynb" for name in ("01_first", "02_second", "03_third")}
    assert sorted(fresh.plain.bytes()) == ["01_first.ipynb", "02_second.ipynb", "03_third.ipynb"]


def test_a_second_call_says_that_nothing_has_changed_and_the_same_last_sentence(command):
    assert command("run") == 0
    assert command.said.splitlines() == [STANDS, COMPLETE]


@pytest.mark.parametrize("name", ["data/a.txt", "data/unread.txt", "data/more.txt", "notebooks/beside.py", ".settings"])
def test_a_changed_file_runs_every_notebook_since_each_could_have_read_it(command, name):
    command.plain.put(name, "another\n")
    assert command.why() == ALL
    assert command.ran() == ALL
    assert command("run") == 0
    assert command.said.startswith(STANDS)


def test_an_edited_cell_runs_its_notebook_and_a_stored_output_none(command):
    command.plain.edit("02_second", "shown", source="print(vintage)")
    command.plain.edit("01_first", "shown", outputs=[])
    assert command.ran() == ["02_second"]
    assert command.plain.shown("02_second") == "first\n"


def test_why_says_what_has_changed_with_old_and_new(command):
    command.plain.put("data/a.txt", "another\n")
    command.why("--params", "vintage=latest")
    assert "01_first: would run\n  data/a.txt: " in command.said
    assert "02_second: would run\n  parameter vintage: the default -> latest\n  data/a.txt: " in command.said
    command.plain.edit("03_third", "shown", source="print(4)")
    command.ran()
    command.why("--params", "vintage=latest")
    assert "01_first: stands\n02_second: would run\n  parameter vintage: the default -> latest\n03_third: stands" in command.said


def test_a_parameter_runs_the_notebooks_that_take_it_there_and_back(command):
    assert command.ran("--params", "vintage=latest") == ["02_second"]
    assert command.plain.shown("02_second") == "1 latest b\n\n"
    assert command.ran("--params", "vintage=latest") == []
    assert command.ran() == ["02_second"]


def test_a_file_of_parameters_gives_them_too(command, tmp_path):
    file = tmp_path / "params.yaml"
    file.write_text("sign: -1\n", encoding="utf-8")
    assert command.ran("--params-file", str(file)) == ["01_first", "02_second"]
    file.write_text("sign: 0\n", encoding="utf-8")
    assert command.ran("--params-file", str(file)) == ["01_first", "02_second"]
    assert command.plain.shown("01_first") == "0 a\n\n"


@pytest.mark.parametrize("cell", ["open({!r}).read()", "import subprocess\nprint(subprocess.run(['cat', {!r}], check=True))",
                                  "open({!r}, 'w')", "import socket\nsocket.create_connection(('127.0.0.1', 9), 1)"])
def test_what_is_no_input_a_notebook_cannot_reach_and_is_told_how_to_name_it(command, tmp_path, cell):
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("one", encoding="utf-8")
    command.plain.edit("03_third", "shown", source=cell.format(str(elsewhere)))
    assert command.ran() == ["03_third"]
    assert command.status == 1
    assert "Permission denied" in command.said or "CalledProcessError" in command.said
    assert elsewhere.read_text(encoding="utf-8") == "one"


def test_a_file_elsewhere_that_is_named_is_read_and_counts(command, tmp_path):
    elsewhere = tmp_path / "elsewhere.txt"
    command.plain.edit("03_third", "shown", source=f"print(open({str(elsewhere)!r}).read())")
    for text in ("one", "two"):
        elsewhere.write_text(text, encoding="utf-8")
        assert command.ran("--reads", str(elsewhere)) == ALL
        assert command.plain.shown("03_third") == f"{text}\n"
    assert command.ran("--reads", str(elsewhere)) == []


def test_a_variable_is_seen_where_it_is_named_and_counts(command, monkeypatch):
    command.plain.edit("03_third", "shown", source="import os\nprint(os.environ.get('BASE_YEAR'))")
    monkeypatch.setenv("BASE_YEAR", "2019")
    assert command.ran() == ["03_third"]
    assert command.plain.shown("03_third") == "None\n"
    assert command.ran("--passes", "BASE_YEAR") == ALL
    assert command.plain.shown("03_third") == "2019\n"
    monkeypatch.setenv("BASE_YEAR", "2020")
    assert command.why("--passes", "BASE_YEAR") == ALL
    assert "variable BASE_YEAR: 2019 -> 2020" in command.said


@needs_confinement
def test_notebooks_may_lie_in_the_folder_itself(fresh):
    for path in fresh.plain.project.notebooks.iterdir():
        content = json.loads(path.read_text(encoding="utf-8").replace("../data", "data"))
        (fresh.plain.root / path.name).write_text(json.dumps(content), encoding="utf-8")
    shutil.rmtree(fresh.plain.root / "notebooks")
    assert fresh.ran() == ["01_first", "02_second", "03_third"]
    assert fresh("run") == 0
    assert fresh.said.splitlines() == [STANDS, COMPLETE]
    fresh.plain.put("data/b.txt", "another\n")
    assert fresh.ran() == ALL
    (fresh.plain.root / "04_more.ipynb").write_bytes((fresh.plain.root / "03_third.ipynb").read_bytes())
    assert fresh.why() == [*ALL, "04_more"], "each could have listed the folder"


def test_a_failing_cell_is_named_with_its_notebook_and_the_others_end(command):
    command.plain.edit("02_second", "setup", source="print(1 / 0)")
    assert command.ran() == ["02_second"]
    assert command.status == 1
    assert "02_second.ipynb, cell [2] (id setup): ZeroDivisionError: division by zero" in command.said
    assert command.said.splitlines()[-1] == "Incomplete: 1 notebook(s) did not end, 0 other fault(s) (exit 1)."
    assert not (command.plain.build / "run.json").exists()
    assert not (command.plain.build / "notebooks" / "02_second.ipynb").exists()
    assert (command.plain.build / "failed" / "02_second.ipynb").is_file()
    assert command.ran() == ["02_second"], "a failure stands"


def test_cells_that_do_not_run_and_tags_of_other_tools_are_no_fault_of_a_run(fresh):
    cells = (code("shown", "print(1);", "hide-input"), code("left_out", "print(1 / 0)", "skip-execution"), code("empty", " \n"),
             {"cell_type": "raw", "id": "raw", "metadata": {}, "source": "---"}, code("last", "print(2)"), code("end", ""))
    fresh.plain.write("03_third", notebook(*cells))
    assert fresh("run") == 0
    assert fresh.plain.shown("03_third") == "1\n2\n"
    assert fresh("validate") == 2
    assert fresh.faults.count("03_third") >= 5, "what is compared is held to more"


def test_of_errors_that_a_notebook_goes_on_after_the_cell_that_failed_is_named(fresh):
    cells = (code("fails", "print(1 / 0)", "raises-exception"), code("follows", "print(2)"))
    fresh.plain.write("03_third", notebook(*cells))
    assert fresh("run") == 1
    assert "03_third.ipynb, cell [1] (id fails): ZeroDivisionError: division by zero" in fresh.said


@pytest.mark.parametrize(("spec", "to_do"), [
    ({"name": "ir", "language": "R"}, "move it to another folder: only Python is run here"),
    ({"name": "old-project", "language": "python"}, "choose the kernel Python 3 (ipykernel)"),
])
def test_a_notebook_for_another_kernel_is_not_run_and_the_advice_fits_its_language(fresh, spec, to_do):
    content = fresh.plain.read("03_third")
    fresh.plain.write("03_third", content | {"metadata": {"kernelspec": spec}})
    assert fresh("run") == 2
    assert f"found:    {spec['name']}" in fresh.faults
    assert f"to do:    {to_do}" in fresh.faults


@pytest.mark.parametrize(
    ("break_it", "options", "said"),
    [
        (lambda plain: None, ["--params", "sine=1"], ["PARAMS, sine: the parameter is unknown", "expected: sign, vintage",
                                                      "found:    sine", "to do:    did you mean sign?"]),
        (lambda plain: None, ["--params", "sign=9"], ["PARAMS, sign: the value is out of range", "expected: integer from -1 to 1",
                                                      "found:    9", "to do:    "]),
        (lambda plain: None, ["--params-file", "absent.yaml"], ["absent.yaml: the file is missing"]),
        (lambda plain: plain.put("parameters.yaml", "parameters:\n- {name: sign}\n"), [], ["parameters.yaml, entry 1: a field is missing"]),
        (lambda plain: plain.path("02_second").write_text("{", encoding="utf-8"), [],
         ["notebooks/02_second.ipynb: the notebook is not JSON", "expected: a notebook saved by JupyterLab", "found:    ", "to do:    "]),
        (lambda plain: plain.edit("03_third", "shown", source="%matplotlib inline"), [],
         ["03_third.ipynb, cell [1] (id shown): the code is not plain Python"]),
        (lambda plain: plain.edit("01_first", "parameters", source="sign = 2"), [],
         ["01_first.ipynb, cell [1] (id parameters): the parameter sign has another default", "expected: sign = 1", "found:    sign = 2"]),
        (lambda plain: plain.edit("01_first", "parameters", metadata={}), [], ["01_first.ipynb: the notebook needs one parameters cell"]),
        (lambda plain: plain.write("04_more", notebook(code("parameters", "size = 1", "parameters"))), [],
         ["04_more.ipynb, cell [1] (id parameters): the parameter size is not declared"]),
        (lambda plain: [path.unlink() for path in plain.project.notebooks.iterdir()], [], ["notebooks: there is no notebook"]),
    ],
)
def test_a_fault_of_the_input_is_said_with_place_expected_found_and_what_to_do(fresh, break_it, options, said):
    break_it(fresh.plain)
    assert fresh("run", *options) == 2
    for text in said:
        assert text in fresh.faults
    assert re.fullmatch(r"Not started: \d+ fault\(s\) in the input \(exit 2\)\.", fresh.faults.splitlines()[-1])
    assert not (fresh.plain.build / "run.json").exists()


def test_all_faults_are_said_at_once(fresh):
    fresh.plain.edit("01_first", "shown", source="exit()")
    fresh.plain.edit("03_third", "shown", source="!ls")
    assert fresh("run") == 2
    assert "Not started: 2 fault(s) in the input (exit 2)." in fresh.faults


@pytest.mark.parametrize(("name", "found"), [("absent", "nothing"), ("a file", "a file")])
def test_what_is_no_folder_is_refused(tmp_path, capfd, name, found):
    (tmp_path / "a file").write_text("", encoding="utf-8")
    assert main(["run", str(tmp_path / name)]) == 2
    said = capfd.readouterr().err
    assert f"{tmp_path / name}: there is no such folder" in said
    assert f"found:    {found}\n" in said


@pytest.mark.parametrize("name", ["run", "clean", "validate"])
def test_a_folder_build_that_no_run_has_written_is_left_alone(fresh, name):
    kept = fresh.plain.put("build/theirs.txt", "theirs")
    assert fresh(name) == 2
    assert "the folder build holds what no run has written" in fresh.faults
    assert [path.name for path in fresh.plain.build.iterdir()] == ["theirs.txt"]
    assert kept.read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_notebooks_at_once_are_a_number_from_one(fresh, jobs):
    with pytest.raises(SystemExit) as ended:
        fresh("run", "--jobs", jobs)
    assert ended.value.code == 2
    assert "a number from 1" in fresh.capfd.readouterr().err


def test_a_fault_of_the_machine_is_not_taken_for_one_of_a_notebook(fresh, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "build/one")

    monkeypatch.setattr("forkmill.__main__.Session", full)
    assert fresh("run") == 3
    assert "Stopped: OSError: [Errno 28] No space left on device: 'build/one' (exit 3)." in fresh.faults


def test_the_help_has_a_line_for_each_command_and_the_exit_statuses(capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capfd.readouterr().out
    names = [line.split()[0] for line in said.partition("  COMMAND\n")[2].splitlines() if line.startswith("    ")]
    assert names == ["run", "why", "validate", "tidy", "clean"]
    assert "exit status: 0 all is well" in said


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals of POSIX")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_says_so_stops_its_kernels_and_is_not_complete(plain, number, status):
    mark = plain.build / ".cache/temporary/01_first/mark"
    source = f"import os, time\nwith open({str(mark)!r}, 'w') as file:\n    _ = file.write(str(os.getpid()))\ntime.sleep(600)"
    plain.edit("01_first", "shown", source=source)
    run = subprocess.Popen([sys.executable, "-m", "forkmill", "run", str(plain.root)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           text=True, encoding="utf-8", start_new_session=True)
    kernel = wait_for(mark)
    run.send_signal(number)
    said, _ = run.communicate(timeout=60)
    assert run.returncode == status, said
    assert said.splitlines()[-1] == f"Interrupted: the kernels were stopped and build/ is incomplete (exit {status})."
    assert "Traceback" not in said
    assert gone(kernel)
    assert not (plain.build / "run.json").exists()


def test_tidy_takes_out_what_an_editor_adds_and_says_where(command):
    before = command.plain.bytes()
    command.plain.edit("03_third", "title", metadata={"execution": {"iopub.status.busy": "2020-01-01"}, "tags": []})
    assert command("tidy") == 0
    assert command.said == "Normalised: 03_third.ipynb.\n"
    assert command.plain.bytes() == before
    assert command("tidy") == 0
    assert command.said == "Normalised: none.\n"


def test_clean_removes_the_build_and_the_next_run_executes_all(command):
    assert command("clean") == 0
    assert not command.plain.build.exists()
    assert command("clean") == 0, "there is nothing to remove"
    assert command.ran() == ["01_first", "02_second", "03_third"]


def test_a_run_writes_nothing_but_its_build(fresh):
    def files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in Path(fresh.plain.root).rglob("*")
                if path.is_file() and fresh.plain.build not in path.parents}

    before = files()
    assert fresh("run") == 0
    assert files() == before
