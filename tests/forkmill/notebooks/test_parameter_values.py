"""The values of a run: every fault is found before a kernel starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from forkmill.errors import InputErrors
from forkmill.notebooks import parameter_declaration, parameter_values


@pytest.fixture
def declared(plain):
    return parameter_declaration.load(plain.root / "parameters.yaml", ["01_first", "02_second", "03_third"])


def faults(call, *arguments) -> str:
    with pytest.raises(InputErrors) as raised:
        call(*arguments)
    return str(raised.value)


def test_values_are_read_with_the_types_of_their_declarations(declared):
    assert parameter_values.values(declared, "sign=-1 vintage='latest'") == {"sign": -1, "vintage": "latest"}


def test_what_is_not_given_has_its_default(declared):
    assert parameter_values.values(declared) == {"sign": 1, "vintage": "first"}


def test_every_fault_of_a_line_is_said_at_once(declared):
    said = faults(parameter_values.values, declared, "sine=1 sign=two vintage=lastest sign=3 alone")
    assert "did you mean sign?" in said
    assert "another type" in said
    assert "did you mean latest?" in said
    assert "given twice" in said
    assert "not an assignment" in said


def test_a_value_out_of_range_is_refused(declared):
    assert "from -1 to 1" in faults(parameter_values.values, declared, "sign=2")


@pytest.mark.parametrize("digits", ["１", "1_0", "0x1", "1.0", " 1", "9" * 30])
def test_only_plain_digits_write_an_integer(digits):
    assert parameter_values.convert(digits, "integer") == digits


@pytest.mark.parametrize(("name", "text"), [("p.yaml", "sign: -1\n"), ("p.json", '{"sign": -1}')])
def test_a_file_gives_values_and_the_line_goes_before_it(declared, tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert parameter_values.values(declared, "", file)["sign"] == -1
    assert parameter_values.values(declared, "sign=0", file)["sign"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "- a list",
        "sign: 1\nsign: 0",
        "{",
        "!!python/object/apply:os.getcwd []",
        "\ufeff\x00",
        "sign: true",
        "sign: '1'",
        "sign: 1.0",
        "[" * 5000,
    ],
)
def test_a_file_that_is_no_mapping_of_sound_values_is_refused(declared, tmp_path, text):
    file = tmp_path / "p.yaml"
    file.write_text(text, encoding="utf-8")
    assert faults(parameter_values.values, declared, "", file)


def test_a_missing_file_is_named(declared):
    assert "absent.yaml" in faults(parameter_values.values, declared, "", Path("absent.yaml"))
