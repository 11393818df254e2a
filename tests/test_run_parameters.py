"""Parameters are declared once, and every fault is found before a kernel starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import InputErrors
from helpers.run import notebooks, parameter_cells, parameters


@pytest.fixture
def declared(audit):
    return parameters.load(audit.root / "data/paper/parameters.yaml", ["01_first", "02_second"])


def faults(call, *arguments) -> str:
    with pytest.raises(InputErrors) as raised:
        call(*arguments)
    return str(raised.value)


def test_values_are_read_with_the_types_of_their_declarations(declared):
    assert parameters.values(declared, "sign=-1 vintage='latest'") == {"sign": -1, "vintage": "latest"}


def test_what_is_not_given_has_its_default(declared):
    assert parameters.values(declared) == {"sign": 1, "vintage": "first"}


def test_every_fault_of_a_line_is_said_at_once(declared):
    said = faults(parameters.values, declared, "sine=1 sign=two vintage=lastest sign=3 alone")
    assert "did you mean sign?" in said
    assert "another type" in said
    assert "did you mean latest?" in said
    assert "given twice" in said
    assert "not an assignment" in said


def test_a_value_out_of_range_is_refused(declared):
    assert "from -1 to 1" in faults(parameters.values, declared, "sign=2")


@pytest.mark.parametrize("digits", ["１", "1_0", "0x1", "1.0", " 1", "9" * 30])
def test_only_plain_digits_write_an_integer(digits):
    assert parameters.convert(digits, "integer") == digits


@pytest.mark.parametrize(("name", "text"), [("p.yaml", "sign: -1\n"), ("p.json", '{"sign": -1}')])
def test_a_file_gives_values_and_the_line_goes_before_it(declared, tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert parameters.values(declared, "", file)["sign"] == -1
    assert parameters.values(declared, "sign=0", file)["sign"] == 0


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
    assert faults(parameters.values, declared, "", file)


def test_a_missing_file_is_named(declared):
    assert "absent.yaml" in faults(parameters.values, declared, "", Path("absent.yaml"))


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
def test_a_fault_of_the_declaration_is_said(audit, old, new, said):
    path = audit.root / "data/paper/parameters.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert said in faults(parameters.load, path, ["01_first", "02_second"])


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('sign = 1\nvintage = "latest"', "another default"),
        ("sign = 1", "vintage is missing"),
        ('sign = 1\nvintage = "first"\nextra = 2', "extra is not declared"),
        ('sign = 1\nvintage = "fir" + "st"', "not a literal"),
        ('sign = 2 - 1\nvintage = "first"', "not a literal"),
        ('sign = 1.0\nvintage = "first"', "another default"),
        ('sign = True\nvintage = "first"', "another default"),
        ('sign = 1\nvintage = "first"\nprint(sign)', "no assignment"),
        ('sign = other = 1\nvintage = "first"', "no assignment"),
        ('sign = 1\nsign = 1\nvintage = "first"', "twice"),
    ],
)
def test_a_parameters_cell_that_differs_from_the_declaration_is_an_error(audit, declared, source, said):
    audit.edit("02_second", "parameters", source=source)
    errors = parameter_cells.errors(notebooks.read(audit.path("02_second")), declared)
    assert said in "\n".join(map(str, errors))
    assert all("02_second.ipynb, cell [1]" in error.where for error in errors)


@pytest.mark.parametrize(
    "source", ['sign: int = 1  # the sign\nvintage: str = "first"', "# first\nvintage = 'first'; sign = 1"]
)
def test_annotations_comments_and_order_do_not_matter(audit, declared, source):
    audit.edit("02_second", "parameters", source=source)
    assert parameter_cells.errors(notebooks.read(audit.path("02_second")), declared) == []


def test_a_notebook_without_a_parameters_cell_is_an_error(audit, declared):
    audit.edit("02_second", "parameters", metadata={})
    assert "one parameters cell" in str(parameter_cells.errors(notebooks.read(audit.path("02_second")), declared)[0])


def test_the_parameters_cell_comes_before_all_other_code(audit, declared):
    content = audit.read("02_second")
    content["cells"].append(content["cells"].pop(1))
    audit.write("02_second", content)
    assert "before the parameters" in str(parameter_cells.errors(notebooks.read(audit.path("02_second")), declared)[0])
