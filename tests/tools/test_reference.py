"""The reference says what the commands, the Makefiles and the code say, and the picture shows the contracts."""

from __future__ import annotations

import reference
from asprinted.verdicts.record import FIELDS, record_fault
from checkout import ROOT


def test_the_reference_is_current():
    assert (ROOT / reference.PAGE).read_text(encoding="utf-8") == reference.page(ROOT), f"run: {reference.COMMAND}"


def test_the_picture_of_the_packages_is_current():
    drawn = reference.picture(reference.houses((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    assert (ROOT / reference.PICTURE).read_text(encoding="utf-8") == drawn, f"run: {reference.COMMAND}"


def test_the_example_of_each_field_is_of_its_kind():
    assert [field.name for field in FIELDS if not field.holds(field.example)] == []
    assert record_fault({field.name: field.example for field in FIELDS}) is None


def test_every_folder_of_code_is_a_floor_of_the_picture():
    found = reference.houses((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name in ("asprinted", "forkmill"):
        floors = {part for floor in found[name] for part in floor}
        there = {path.parent.name for path in (ROOT / "src" / name).glob("*/__init__.py")}
        assert there <= floors
