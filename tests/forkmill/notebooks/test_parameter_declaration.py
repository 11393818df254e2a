"""Parameters are declared once, and every fault of the declaration is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from forkmill.errors import InputErrors
from forkmill.notebooks import parameter_declaration
from forkmill.notebooks.parameter_declaration import Parameter


def faults(call, *arguments) -> str:
    with pytest.raises(InputErrors) as raised:
        call(*arguments)
    return str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("default: 1", "default: 7", "out of range"),
        ("default: 1", "default: true", "another type"),
        ("type: integer", "type: whole", "field type"),
        ("meaning: the sign of every number", "meaning: ''", "field meaning"),
        ("01_first, 02", "01_frist, 02", "did you mean 01_first?"),
        ("    minimum: -1", "    minimun: -1", "did you mean minimum?"),
        ("name: vintage", "name: sign", "declared twice"),
        ("allowed: [first, latest]", "allowed: [first, 3]", "allowed value"),
        ("parameters:", "parametres:", "not a declaration"),
    ],
)
def test_a_fault_of_the_declaration_is_said(plain, old, new, said):
    path = plain.root / "parameters.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert said in faults(parameter_declaration.load, path, ["01_first", "02_second"])


@pytest.mark.parametrize(("default", "found"), [("0.5", 0.5), ("1e-3", 0.001), ("-2E+2", -200.0)])
def test_a_number_is_declared_as_it_is_given(tmp_path, default, found):
    assert number(tmp_path, default).default == found


@pytest.mark.parametrize(("default", "to_do"), [("1", "write 1.0"), ("'1e-3'", "write a number such as 0.5 or 1e-3")])
def test_how_to_write_a_number_is_said_where_the_default_is_none(tmp_path, default, to_do):
    with pytest.raises(InputErrors, match=to_do):
        number(tmp_path, default)


def number(folder: Path, default: str) -> Parameter:
    """A parameter of a file that declares it with this default."""
    path = folder / "parameters.yaml"
    entry = f"{{name: tolerance, type: number, default: {default}, meaning: how far, notebooks: [a]}}"
    path.write_text(f"parameters:\n  - {entry}\n", encoding="utf-8")
    return parameter_declaration.load(path)["tolerance"]
