"""Whatever happens, the exit status, the last line and what lies in build/ say the same, and never more than was done."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from miniature import Audit, make_audit

import asprinted
import forkmill
from asprinted.__main__ import main
from asprinted.audit import collect
from asprinted.audit import input_checks as run_inputs
from checkout import ROOT
from forkmill import writing
from forkmill.run import folder, session


def outcome(*arguments: str) -> tuple[int, list[str]]:
    """Status and lines; the last one names the status."""
    result = CliRunner().invoke(main, list(arguments))
    lines = result.output.strip().splitlines()
    assert re.search(rf"\(exit {result.exit_code}\)", lines[-1]), result.output
    return result.exit_code, lines


def test_a_run_that_ends_well_is_complete_everywhere(accepted):
    status, lines = outcome("reproduce")
    assert status == 0
    assert lines[-1].startswith("Complete: 3 claims judged")
    assert accepted.verdicts()["complete"] is True
    assert (accepted.build / "run.json").is_file()


def test_a_check_that_crashed_is_neither_a_verdict_nor_a_complete_run(accepted):
    accepted.edit("02_second", "one", source='paper.check("one", 1 / 0)')
    status, lines = outcome("reproduce")
    assert status == 1
    assert lines[-1].startswith("Incomplete: ")
    assert any("02_second.ipynb, cell [3] (id one): ZeroDivisionError" in line for line in lines)
    assert accepted.verdicts()["complete"] is False
    assert "one" not in {record["id"] for record in accepted.verdicts()["claims"]}
    assert not (accepted.build / "run.json").exists()


def test_what_an_incomplete_run_left_is_not_shown_and_not_accepted(accepted):
    accepted.edit("02_second", "one", source='paper.check("one", 1 / 0)')
    outcome("reproduce")
    assert CliRunner().invoke(main, ["list"]).output.startswith("from the committed notebooks; build/ holds no complete run")
    assert outcome("accept")[0] == 2


def test_a_cell_that_was_skipped_is_not_done(accepted):
    accepted.edit("02_second", "one", source='import sys\nsys.exit(0)\npaper.check("one", sign)')
    status, lines = outcome("reproduce")
    assert status == 1
    assert any("the cell ended the kernel (SystemExit)" in line for line in lines)


def test_a_fault_of_the_program_is_a_state_of_its_own(accepted, monkeypatch):
    def broken(*arguments):
        raise ZeroDivisionError("a fault of the collector")

    monkeypatch.setattr(collect, "collect", broken)
    status, lines = outcome("reproduce")
    assert status == 3
    assert lines[-1] == "Stopped by a fault that is none of the paper's: ZeroDivisionError: a fault of the collector (exit 3)."
    assert not (accepted.build / "run.json").exists()


@pytest.mark.parametrize("place", [writing, folder], ids=["every file", "figures"])
def test_a_full_disk_is_no_verdict(accepted, monkeypatch, place):
    def full(path, content):
        raise OSError(28, "No space left on device", str(path))

    shutil.rmtree(accepted.build / "figures")
    monkeypatch.setattr(place, "write_bytes", full)
    status, lines = outcome("reproduce")
    assert status == 3
    assert "No space left on device" in lines[-1]
    assert not (accepted.build / "run.json").exists()


def test_the_mark_of_an_earlier_run_is_gone_before_anything_is_built(accepted, monkeypatch):
    def stop(*arguments, **options):
        assert not (accepted.build / "run.json").exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(session, "fresh_cache", stop)
    status, lines = outcome("reproduce")
    assert status == 130
    assert "build/ is incomplete" in lines[-1]


def test_an_interruption_before_the_run_leaves_the_earlier_build_and_says_so(accepted, monkeypatch):
    before = accepted.built()

    def stop(root):
        raise KeyboardInterrupt

    monkeypatch.setattr(run_inputs, "data_errors", stop)
    status, lines = outcome("reproduce")
    assert status == 130
    assert "build/ holds a complete run" in lines[-1]
    assert accepted.built() == before


@pytest.mark.parametrize("command", ["validate", "accept", "check"])
def test_an_interrupted_command_says_so(accepted, monkeypatch, command):
    def stop(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(run_inputs, "data_errors", stop)
    monkeypatch.setattr("forkmill.notebooks.rules.load", stop)
    status, lines = outcome(command)
    assert status == 130
    assert lines[-1].startswith("Interrupted: ")


def test_ctrl_c_that_a_library_made_another_exception_of_is_still_ctrl_c(accepted, monkeypatch):
    def stop(*arguments):
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as pressed:
            raise RuntimeError("error calling __set_name__") from pressed

    monkeypatch.setattr(run_inputs, "data_errors", stop)
    status, lines = outcome("check")
    assert status == 130
    assert lines == ["Interrupted: the command did not end (exit 130)."]


@pytest.mark.parametrize("edit", ["verdicts.json", "notebooks/01_first.ipynb", "figures/line.csv"])
def test_a_build_that_was_edited_is_not_accepted(accepted, edit):
    path = accepted.build / edit
    path.write_bytes(path.read_bytes() + b" ")
    status, lines = outcome("accept")
    assert status == 2
    assert any(f"build/{edit}: a built file is not the one that the run wrote" in line for line in lines)


def test_a_kernel_that_was_killed_from_outside_is_named_and_nothing_is_called_done(accepted):
    accepted.edit("02_second", "three", source='import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\npaper.check("three", 3)')
    status, lines = outcome("reproduce")
    assert status == 1
    assert any("02_second.ipynb, cell [4] (id three): DeadKernelError" in line for line in lines)
    assert json.loads((accepted.build / "verdicts.json").read_text("utf-8"))["complete"] is False


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_last_line_that_cannot_be_written_is_not_status_0(accepted, python):
    with open("/dev/full", "w", encoding="utf-8") as full:
        import subprocess
        import sys

        status = subprocess.run([sys.executable, "-m", "asprinted", "list"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert status.returncode != 0


def test_a_text_that_the_output_has_no_letters_for_is_told_all_the_same():
    done = subprocess.run([sys.executable, "-m", "asprinted", "show", "manufacturing-investment"], capture_output=True, check=False,
                          env={**os.environ, "PYTHONIOENCODING": "cp1252"})
    assert done.returncode == 0, done.stderr
    assert rb"\u" in done.stdout


@pytest.mark.parametrize("command", ["accept", "clean"])
def test_what_cannot_be_made_again_is_not_done_to_another_audit_than_that_of_the_folder(accepted, tmp_path, command):
    before = accepted.built()
    done = in_another(tmp_path, command, accepted)
    assert done.returncode == 2
    assert "it is not sure which audit is meant" in done.stderr
    assert accepted.built() == before


def test_a_command_says_which_audit_it_means_where_that_is_not_the_one_of_its_folder(accepted, tmp_path):
    done = in_another(tmp_path, "list", accepted)
    assert done.returncode == 0
    assert f"AUDIT_ROOT names {accepted.root}: that is meant, not the audit of this folder, {tmp_path / 'another'}." in done.stderr


@pytest.mark.parametrize(("command", "status"), [("list", 0), ("clean", 2)])
def test_in_a_folder_of_no_audit_a_command_says_which_it_means_and_what_cannot_be_made_again_is_not_done(tmp_path, command, status):
    env = {name: value for name, value in os.environ.items() if name != "AUDIT_ROOT"}
    done = subprocess.run([sys.executable, "-m", "asprinted", command], cwd=tmp_path, env=env, capture_output=True, text=True,
                          encoding="utf-8", stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == status
    assert f"This folder lies in no audit: that of {ROOT} is meant." in done.stderr


def in_another(folder: Path, command: str, named: Audit) -> subprocess.CompletedProcess[str]:
    """A command called in the folder of one audit while AUDIT_ROOT names another."""
    here = make_audit(folder / "another")
    return subprocess.run([sys.executable, "-m", "asprinted", command], cwd=here.root, env={**os.environ, "AUDIT_ROOT": str(named.root)},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_command_goes_first_to_the_folder_that_it_is_told(accepted, tmp_path, monkeypatch):
    elsewhere = make_audit(tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIT_ROOT", str(accepted.root))
    assert outcome("-C", str(elsewhere.root / "data"), "reproduce")[0] in (0, 1)
    assert Path.cwd() == elsewhere.root / "data"
    assert elsewhere.verdicts()["complete"]


def test_a_folder_that_is_told_and_lies_in_no_audit_is_not_taken_for_another(accepted, tmp_path, monkeypatch):
    (tmp_path / "nothing").mkdir()
    monkeypatch.chdir(accepted.root)
    monkeypatch.setenv("AUDIT_ROOT", str(accepted.root))
    status, lines = outcome("-C", str(tmp_path / "nothing"), "check")
    assert status == 2
    assert any("no audit is found here" in line for line in lines)


def test_the_version_is_said_and_noted_in_every_complete_run(accepted):
    outcome("reproduce")
    noted = json.loads((accepted.build / "run.json").read_text(encoding="utf-8"))["versions"]
    assert noted == {"asprinted": asprinted.__version__, "forkmill": forkmill.__version__}
    assert CliRunner().invoke(main, ["--version"]).output == f"asprinted {asprinted.__version__}\n"


def test_bad_input_ends_with_2_and_all_faults(accepted):
    result = CliRunner().invoke(main, ["reproduce", "--params", "sing=1 vintage=lastest"])
    assert result.exit_code == 2
    assert "did you mean sign?" in result.output
    assert "did you mean latest?" in result.output
    assert "Not started: 2 fault(s) in the input (exit 2)." in result.output


def test_check_says_that_all_is_sound(accepted):
    result = CliRunner().invoke(main, ["check"])
    assert (result.exit_code, result.output) == (0, "Sound: 3 claims, 3 notebooks, 2 parameters (exit 0).\n")


def test_a_command_outside_any_audit_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIT_ROOT", str(tmp_path))
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 2
    assert "AUDIT_ROOT" in result.output


def test_help_imports_neither_pandas_nor_papermill(python):
    script = (
        "import sys, runpy\nsys.argv = ['asprinted', '--help']\n"
        "try:\n    runpy.run_module('asprinted', run_name='__main__')\nfinally:\n"
        "    print(sorted({'pandas', 'papermill', 'nbformat', 'rich', 'yaml', 'matplotlib'} & set(sys.modules)))"
    )
    result = python("-c", script)
    assert result.stdout.splitlines()[-1] == "[]"
    assert "reproduce" in result.stdout


def test_a_command_does_not_look_for_garbage_among_its_libraries_at_its_end(python):
    script = (
        "import atexit, gc, sys, runpy\nsys.argv = ['asprinted', '--help']\n"
        "atexit.register(lambda: print(len(gc.get_objects()) < gc.get_freeze_count()))\n"
        "runpy.run_module('asprinted', run_name='__main__')"
    )
    assert python("-c", script).stdout.splitlines()[-1] == "True"


def test_a_run_and_its_report_import_no_pandas_in_their_own_process(python):
    script = (
        "import importlib, pkgutil, sys, asprinted.audit.reproduce, asprinted.report.pages as pages\n"
        "for one in pkgutil.iter_modules(pages.__path__, 'asprinted.report.pages.'):\n    importlib.import_module(one.name)\n"
        "print(sorted({'pandas', 'numpy', 'matplotlib', 'papermill'} & set(sys.modules)))"
    )
    assert python("-c", script).stdout.splitlines()[-1] == "[]"
