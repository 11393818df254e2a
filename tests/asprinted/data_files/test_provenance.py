"""A data file is the one that was reviewed, and the YAML beside it says what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from own_data import ABOUT, make, put

from asprinted.audit import input_checks
from asprinted.data_files import provenance
from asprinted.numbers.sources import DATA
from asprinted.official import dictionary
from forkmill.errors import InputError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path)


def faults(root: Path) -> str:
    return "\n".join(map(str, provenance.check(root)))


def test_a_data_file_with_its_hash_and_description_is_sound(root):
    assert provenance.check(root) == []


def test_a_changed_data_file_is_refused_by_its_hash(root):
    put(root, "data/files/birds.csv", "species,mass\nAdelie,1\n")
    (fault,) = provenance.check(root)
    assert (fault.where, fault.what) == ("data/files/birds.csv", "the data file is not the one that was reviewed")
    assert "data --accept" in fault.do


def test_what_a_run_checks_first_refuses_a_changed_data_file(root):
    put(root, "data/files/birds.csv", "species,mass\nAdelie,1\n")
    assert "not the one that was reviewed" in "\n".join(map(str, input_checks.data_errors(root)))


def test_a_change_that_was_reviewed_is_taken_over_and_named(root):
    put(root, "data/files/birds.csv", "species,mass\nAdelie,1\n")
    assert provenance.rehash(root) == ["birds.csv"]
    assert provenance.check(root) == []
    assert provenance.rehash(root) == []


def test_a_file_without_description_gets_one_to_fill_in_which_is_not_sound_before_it_is_filled_in(root):
    put(root, "data/files/flowers.csv", "x\n1\n")
    assert "begins one" in faults(root)
    assert provenance.rehash(root) == ["flowers.csv"]
    assert "flowers.yaml" in faults(root)
    assert "sha256:\n" not in (root / "data/files/flowers.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("before", "after", "said"), [
    ("whose: authors", "whose: mine", "the field whose is wrong"),
    ("rights: CC0 1.0\n", "", "a field is missing"),
    ("columns:", "colums:", "did you mean columns?"),
    ("unit: grams", "units: grams", "did you mean unit?"),
    ("title: four birds", "title: [", "not YAML"),
])
def test_a_fault_of_the_description_is_named(root, before, after, said):
    path = root / "data/files/birds.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    assert said in faults(root)


def test_a_description_without_its_data_file_is_a_fault(root):
    put(root, "data/files/lost.yaml", ABOUT)
    assert "the data file is missing" in faults(root)


def test_two_data_files_of_one_stem_are_a_fault_because_one_description_would_speak_of_both(root):
    put(root, "data/files/birds.tsv", "x\n1\n")
    assert "one name before the point" in faults(root)


def test_a_mistyped_name_is_answered_with_the_near_one(root):
    with pytest.raises(InputError, match=r"did you mean birds\.csv"):
        provenance.about("bird.csv", root)


def test_a_notebook_that_asks_for_a_data_file_that_is_not_there_is_told_before_a_run(root):
    assert "did you mean birds.csv?" in str(input_checks._no_data(root, ["bird.csv", "birds.csv"])[0])


@pytest.mark.parametrize(("whose", "grade"), [("authors", DATA[0]), ("others", DATA[1])])
def test_the_evidence_is_named_after_whose_the_data_are(whose, grade):
    assert provenance.grade({"whose": whose}) == grade


@pytest.mark.parametrize(("address", "strong"), [("https://example.org", True), ("sent by the authors, not public", False)])
def test_only_a_file_that_a_reader_can_get_may_contradict(address, strong):
    assert provenance.strong({"address": address}) is strong


def test_an_audit_without_any_table_has_a_dictionary_of_its_data_files(root):
    put(root, "data/official/known_errors.yaml", "[]\n")
    put(root, "data/official/glossary.yaml", "[]\n")
    page = dictionary.text(root)
    assert "| `mass` | grams | weight of the bird |" in page
    assert "CC0 1.0" in page
    assert "## Tables" not in page
