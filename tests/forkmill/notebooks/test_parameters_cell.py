"""A notebook's own parameters cell says what the declaration says."""

from __future__ import annotations

import pytest

from forkmill.notebooks import ipynb, parameter_declaration, parameters_cell


@pytest.fixture
def declared(plain):
    return parameter_declaration.load(plain.root / "parameters.yaml", ["01_first", "02_second", "03_third"])


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
def test_a_parameters_cell_that_differs_from_the_declaration_is_an_error(plain, declared, source, said):
    plain.edit("02_second", "parameters", source=source)
    errors = parameters_cell.errors(ipynb.read(plain.path("02_second")), declared)
    assert said in "\n".join(map(str, errors))
    assert all("02_second.ipynb, cell [1]" in error.where for error in errors)


@pytest.mark.parametrize(
    "source", ['sign: int = 1  # the sign\nvintage: str = "first"', "# first\nvintage = 'first'; sign = 1"]
)
def test_annotations_comments_and_order_do_not_matter(plain, declared, source):
    plain.edit("02_second", "parameters", source=source)
    assert parameters_cell.errors(ipynb.read(plain.path("02_second")), declared) == []


def test_a_notebook_without_a_parameters_cell_is_an_error(plain, declared):
    plain.edit("02_second", "parameters", metadata={})
    assert "one parameters cell" in str(parameters_cell.errors(ipynb.read(plain.path("02_second")), declared)[0])


def test_the_parameters_cell_comes_before_all_other_code(plain, declared):
    content = plain.read("02_second")
    content["cells"].append(content["cells"].pop(1))
    plain.write("02_second", content)
    assert "before the parameters" in str(parameters_cell.errors(ipynb.read(plain.path("02_second")), declared)[0])
