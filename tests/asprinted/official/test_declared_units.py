"""The units that an audit declares in data/official/units.yaml."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from asprinted.numbers.unit_words import read
from asprinted.official import declared_units
from forkmill.errors import InputError


@pytest.fixture
def declared(tmp_path: Path):
    def write(text: str) -> Path:
        folder = tmp_path / "data" / "official"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "units.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_an_audit_without_the_file_declares_nothing(tmp_path: Path):
    assert declared_units.load(tmp_path) == ()
    assert declared_units.check(tmp_path) == []


def test_a_declared_unit_is_read_by_its_name(declared):
    root = declared("fen: 1/100 yuan\nbase stations: stations\n")
    assert declared_units.read("fen", declared_units.load(root)).factor == Fraction(1, 100)
    assert declared_units.read("Base Stations", declared_units.load(root)) == read("stations")
    assert declared_units.check(root) == []


def test_no_words_are_no_unit():
    assert declared_units.read(" ", ()) is None


@pytest.mark.parametrize(("text", "says"), [
    ("- fen\n", "the units are no mapping of texts"), ("fen: 100\n", "a name or a size that is no text"),
    ("fen: [yuan]\n", "a name or a size that is no text"), ('fen: " "\n', "units.yaml, fen: the unit has no size"),
    ("ell: 2 feet\nfoot: 1/2 ells\n", "units are said in one another, in a circle"), ("fen: {\n", "the file is not YAML"),
])
def test_a_fault_of_the_file_is_found_before_a_run(declared, text: str, says: str):
    [fault] = declared_units.check(declared(text))
    assert isinstance(fault, InputError)
    assert says in str(fault)
