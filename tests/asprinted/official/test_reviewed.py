"""``data --accept`` stores a hash only where somebody can have looked: all else of the files is sound, or was just begun."""

from __future__ import annotations

from pathlib import Path

import pytest
from own_data import make, put

from asprinted.data import provenance
from asprinted.official import reviewed
from forkmill.errors import InputErrors


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path)


def test_a_reviewed_change_is_taken_over_with_the_dictionary(root):
    put(root, "data/files/birds.csv", "species,mass\nAdelie,1\n")
    assert reviewed.take_over(root) == ["birds.csv"]
    assert reviewed.sound(root) == "no tables, 1 data file"
    assert "weight of the bird" in (root / "data" / "README.md").read_text(encoding="utf-8")


def test_no_hash_is_stored_of_a_file_whose_description_is_at_fault(root):
    put(root, "data/files/birds.csv", "species,mass\nAdelie,1\n")
    path = root / "data/files/birds.yaml"
    before = path.read_text(encoding="utf-8").replace("whose: authors", "whose: mine")
    path.write_text(before, encoding="utf-8")
    with pytest.raises(InputErrors, match="the field whose is wrong"):
        reviewed.take_over(root)
    assert path.read_text(encoding="utf-8") == before


def test_a_description_that_is_begun_names_what_is_still_to_be_filled_in(root):
    put(root, "data/files/flowers.csv", "x\n1\n")
    assert reviewed.take_over(root) == ["flowers.csv"]
    with pytest.raises(InputErrors, match="flowers"):
        reviewed.sound(root)
    assert [error.where.split(",")[0] for error in provenance.check(root)].count("data/files/flowers.yaml") == 8


def test_a_change_that_nobody_reviewed_is_a_fault_and_nothing_is_written(root):
    put(root, "data/files/birds.csv", "species,mass\nAdelie,1\n")
    with pytest.raises(InputErrors, match="not the one that was reviewed"):
        reviewed.sound(root)
    assert not (root / "data" / "README.md").exists()
