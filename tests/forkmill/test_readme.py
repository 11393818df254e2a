"""What the README says one may type is what there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import forkmill
from forkmill.__main__ import _parser
from forkmill.notebooks.parameter_declaration import load

TEXT = Path(forkmill.__file__).with_name("README.md").read_text(encoding="utf-8")


def example(kind: str) -> str:
    return re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)[0]


def test_every_command_of_the_ten_lines_is_one():
    lines = [shlex.split(line, comments=True) for line in example("sh").splitlines()]
    assert len(lines) == 10
    given = [_parser().parse_args(line[3:]) for line in lines if line[:3] == ["python", "-m", "forkmill"]]
    assert len(given) == 8
    assert {one.folder for one in given} == {Path("FOLDER")}
    assert [one.does.__name__ for one in given[-3:]] == ["_validate", "_tidy", "_clean"]


def test_its_parameters_are_a_sound_declaration(tmp_path):
    (tmp_path / "parameters.yaml").write_text(example("yaml"), encoding="utf-8")
    [parameter] = load(tmp_path / "parameters.yaml", ["growth"]).values()
    assert parameter.expected == "string, one of first, latest"


def test_its_python_is_python():
    compile(example("python"), "README.md", "exec")


def test_files_that_it_names_are_there():
    named = set(re.findall(r"`(\w+/\w+\.py)`", TEXT))
    assert named
    assert [name for name in named if not (Path(forkmill.__file__).parent / name).is_file()] == []
