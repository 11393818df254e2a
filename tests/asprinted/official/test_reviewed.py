"""``data --accept`` stores a hash only where somebody can have looked: all else of the files is sound, or was just begun."""

from __future__ import annotations

from pathlib import Path

import pytest
from own_data import make, put

from asprinted.data_files import provenance
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
    assert [error.where.split(",")[0] for error in provenance.check(root)].count("data/files/flowers.yaml") == 1


def test_a_change_that_nobody_reviewed_is_a_fault_and_nothing_is_written(root):
    put(root, "data/files/birds.csv", "species,mass\nAdelie,1\n")
    with pytest.raises(InputErrors, match="not the one that was reviewed"):
        reviewed.sound(root)
    assert not (root / "data" / "README.md").exists()


@pytest.mark.parametrize(("before", "after", "said"), [
    ("species:", "speceis:", "did you mean species?"),
    ("columns:", "read: {seperator: ';'}\ncolumns:", "did you mean sep"),
    ("columns:", "read: {sep: ';'}\ncolumns:", "the dictionary names a column that the file does not have"),
    ("species: {", "species: {unit: birds, ", "line 2: a column of numbers holds"),
])
def test_a_description_that_the_file_cannot_be_read_by_is_refused_before_any_notebook_is(root, before, after, said):
    path = root / "data/files/birds.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    for asked in (reviewed.take_over, reviewed.sound):
        with pytest.raises(InputErrors, match=said.replace("?", r"\?")):
            asked(root)


def test_every_fault_of_a_file_is_told_at_once(root):
    path = root / "data/files/birds.yaml"
    text = path.read_text(encoding="utf-8").replace("mass:", "mas:")
    path.write_text(text.replace("species: {", "species: {unit: birds, "), encoding="utf-8")
    with pytest.raises(InputErrors) as told:
        reviewed.take_over(root)
    assert [error.where for error in told.value.errors] == ["data/files/birds.csv, column species, line 2",
                                                            "data/files/birds.csv, column mas"]


def test_columns_that_a_semicolon_parts_are_told_as_such(root):
    put(root, "data/files/birds.csv", "species;mass\nAdelie;3750\n")
    with pytest.raises(InputErrors, match=r'read: \{sep: ";"\}'):
        reviewed.take_over(root)


@pytest.mark.parametrize(("text", "said"), [
    ("no,weight kg,sex\n1,2.5,f\n2,,m\n", 'columns:\n  "no": {meaning: , unit: }  # whole numbers\n'
     '  "weight kg": {meaning: , unit: }  # numbers\n  "sex": {meaning: }  # text: f, m\n'),
    ("a;b\n1;x\n", 'read: {"sep": ";"}\ncolumns:\n  "a": {meaning: , unit: }  # whole numbers\n  "b": {meaning: }  # text: x\n'),
    ("a;b\n1,5;x\n", 'read: {"sep": ";", "decimal": ","}\ncolumns:\n  "a": {meaning: , unit: }  # numbers\n'),
])
def test_a_description_is_begun_with_the_columns_of_the_file(root, text, said):
    put(root, "data/files/flowers.csv", text)
    reviewed.take_over(root)
    path = root / "data/files/flowers.yaml"
    assert said in path.read_text(encoding="utf-8")
    [error] = [one for one in provenance.check(root) if "flowers" in one.where]
    assert "title: what the file is called" in error.expected
    assert "column " in error.got
    filled = path.read_text(encoding="utf-8").replace("meaning: ", "meaning: what it is").replace("address:", "address: not public #")
    for field, value in {"title": "flowers", "holds": "a flower a row", "whose": "others", "publisher": "nobody", "published": '"2020"',
                         "rights": "none known"}.items():
        filled = filled.replace(f"{field}:", f"{field}: {value} #", 1)
    path.write_text(filled, encoding="utf-8")
    reviewed.take_over(root)
    assert reviewed.sound(root) == "no tables, 2 data files"


def test_a_file_that_this_package_does_not_read_is_begun_and_left_to_a_library_of_the_audits_own(root):
    put(root, "data/files/flowers.rds", "x")
    reviewed.take_over(root)
    assert "name in the file" in (root / "data/files/flowers.yaml").read_text(encoding="utf-8")
    assert [one.what for one in provenance.check(root) if "flowers" in one.where] == ["the description of the data file is not filled in"]
