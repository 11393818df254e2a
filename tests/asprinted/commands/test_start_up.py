"""A command imports its own libraries, whatever lies on the path of a user or in the folder it is called from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checkout import ROOT

SRC = str(ROOT / "src")
SHADOWED = ("click.py", "yaml.py", "pandas.py", "traceback.py")


@pytest.fixture
def shadows(tmp_path) -> Path:
    for name in SHADOWED:
        (tmp_path / name).write_text(f"raise SystemExit('the {name} of somebody else')\n", encoding="utf-8")
    return tmp_path


def run(cwd: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"} | settings
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def test_modules_on_the_path_of_a_user_are_not_imported(shadows, accepted):
    done = run(accepted.root, "-m", "asprinted", "list", PYTHONPATH=str(shadows))
    assert (done.returncode, done.stderr) == (0, "")
    assert "one " in done.stdout


def test_modules_in_the_folder_that_a_command_is_called_from_are_not_imported(shadows, accepted):
    done = run(shadows, "-m", "asprinted", "list", AUDIT_ROOT=str(accepted.root))
    assert (done.returncode, done.stderr) == (0, "")


def test_the_path_by_which_the_package_is_found_stays_and_nothing_else_of_it(shadows):
    code = "import os, sys\nfrom asprinted.commands.start_up import alone\nalone()\n"
    code += "print(os.environ.get('PYTHONPATH'), sys.path[0], sys.argv[1] in sys.path)"
    done = run(Path("/"), "-c", code, str(shadows), PYTHONPATH=os.pathsep.join([SRC, str(shadows)]))
    assert done.stdout == f"{SRC} {SRC} False\n"


def test_without_the_package_on_it_nothing_of_the_path_stays(shadows):
    code = "import os\nfrom asprinted.commands.start_up import alone\nalone()\nprint(os.environ.get('PYTHONPATH'))"
    assert run(Path("/"), "-c", code, PYTHONPATH=str(shadows / "lib")).stdout == "None\n"


STOPPED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal, wherever the tests run
from asprinted.commands import start_up
start_up.alone()
from asprinted.commands.cli import command, main
from forkmill.run.pool import Ending

def becomes_another():
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except KeyboardInterrupt:
        pass
    raise {error}

@command("stops")
def stops():
    becomes_another()

@command("stops-in-a-run")
def stops_in_a_run():
    with Ending(lambda text: print(text, file=sys.stderr), lambda: "the run") as ending:
        becomes_another()
    return ending.status

main(["{name}"])
"""


@pytest.mark.parametrize("error", ["RuntimeError('of a library')", "OSError(13, 'denied', 'a file')"])
@pytest.mark.parametrize("name", ["stops", "stops-in-a-run"])
def test_a_ctrl_c_that_became_another_exception_is_still_one(accepted, name, error):
    done = run(accepted.root, "-c", STOPPED.format(error=error, name=name))
    assert done.returncode == 130
    assert done.stderr.splitlines()[-1].startswith("Interrupted: ")
    assert done.stderr.endswith("(exit 130).\n")
