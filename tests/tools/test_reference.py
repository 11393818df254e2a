"""The reference says what the commands, the Makefiles and the code say, and the picture shows the contracts."""

from __future__ import annotations

import inspect

import pytest
import yaml

import reference
from asprinted.data_files.provenance import SCHEMA
from asprinted.notebook.paper import Paper
from asprinted.paper.form import SCHEMAS
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


@pytest.mark.parametrize("path", sorted([*SCHEMAS.glob("*.yaml"), SCHEMA]), ids=lambda path: path.stem)
def test_every_field_that_a_person_writes_is_told_and_stands_in_the_reference(path):
    rule = yaml.safe_load(path.read_text(encoding="utf-8"))
    page = (ROOT / reference.PAGE).read_text(encoding="utf-8")
    silent = [name for name, one in rule["properties"].items() if not one.get("description") and "const" not in one]
    assert silent == []
    assert reference.entry(path) in page


def test_every_reason_why_a_number_is_no_claim_is_explained():
    rule = yaml.safe_load((SCHEMAS / "inventory.yaml").read_text(encoding="utf-8"))["properties"]["exempt"]
    assert [reason for reason in rule["enum"] if reason and f"{reason}: " not in rule["description"]] == []


def test_every_argument_of_a_judgement_is_told():
    for call in (Paper.check, Paper.check_table, Paper.computed):
        told = reference.arguments(call)
        assert [name for name in inspect.signature(call).parameters if name != "self" and not told.get(name)] == []
