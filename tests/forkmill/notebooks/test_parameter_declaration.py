"""Parameters are declared once, and every fault of the declaration is said."""

from __future__ import annotations

import pytest

from forkmill.errors import InputErrors
from forkmill.notebooks import parameter_declaration


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
