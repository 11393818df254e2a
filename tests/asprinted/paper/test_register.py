"""The register of claims and the inventory: what is accepted, and what a reader is told of a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from asprinted.numbers.printed import Rounding
from asprinted.paper import form, register
from asprinted.paper.files import read_yaml
from asprinted.paper.register import Claim
from checkout import ROOT
from forkmill.errors import InputError, InputErrors

CLAIM = '- {id: one, where: 1/1/1, kind: number, stated: "8.4", unit: percent, quantity: a number of the test}\n'


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The smallest paper: two locators, one claim, one number, one conclusion."""
    folder = tmp_path / "data" / "paper"
    (folder / "claims").mkdir(parents=True)
    files = {
        "claims/1.yaml": CLAIM,
        "locators.csv": "where,kind\n1/1/1,sentence\n1/1/2,sentence\n",
        "inventory.csv": "where,n,text,claim,exempt\n1/1/1,1,8.4,one,\n",
        "conclusions.yaml": "- {id: end, where: 1/1/2, conclusion: it holds, rests_on: [one]}\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def write(base: Path) -> Callable[[str, str], None]:
    return lambda name, text: (base / "data" / "paper" / name).write_text(text, encoding="utf-8") and None


def test_the_smallest_paper_has_no_fault(base: Path):
    assert form.check(base) == []


def test_a_claim_is_read_as_stated(base: Path):
    claim = register.load(base)["one"]
    assert (claim.stated, claim.unit, claim.qualifier, claim.section) == ("8.4", "percent", "exact", "1")


def test_claims_stand_in_the_order_of_the_paper_not_of_the_files(base: Path, write):
    write("claims/0.yaml", CLAIM.replace("id: one, where: 1/1/1", "id: two, where: 1/1/2"))
    write("inventory.csv", "where,n,text,claim,exempt\n1/1/1,1,8.4,one,\n1/1/2,1,8.4,two,\n")
    assert list(register.load(base).claims) == ["one", "two"]


def test_a_conclusion_turns_on_the_claims_that_it_rests_on(base: Path):
    assert register.load(base).turns("one") == ["end"]
    assert register.load(base).turns("another") == []


def test_an_unknown_claim_is_an_error_that_offers_the_nearest(base: Path):
    with pytest.raises(InputError) as caught:
        register.load(base)["onne"]
    assert str(caught.value) == (
        "onne: there is no such claim\n"
        "  expected: an id out of data/paper/claims\n  found:    onne\n  to do:    did you mean one?"
    )


@pytest.mark.parametrize(("fields", "factor", "unit"), [({}, 1, "yuan"), ({"scale": "billion"}, 10**9, "billion yuan")])
def test_the_scale_multiplies_the_digits_and_stands_in_the_unit(fields: dict[str, str], factor: int, unit: str):
    claim = Claim("one", "1/1/1", "number", "an amount", "790", unit="yuan", **fields)
    assert (claim.factor, claim.full_unit) == (factor, unit)


@pytest.mark.parametrize(("kind", "exact"), [("count", True), ("number", False)])
def test_a_count_is_exact_and_a_number_is_not(kind: str, exact: bool):
    printed = Claim("one", "1/1/1", kind, "an amount", "100").printed(Rounding.HALF_UP)
    assert (len(printed.meanings()) == 1) is exact


@pytest.mark.parametrize("kind", ["order", "extreme", "direction", "trend", "fact", "identity"])
def test_statements_about_several_values_are_no_numbers(kind: str):
    assert not Claim("one", "1/1/1", kind, "a statement").is_number


FAULTS = {
    "the id stands twice": ("claims/1.yaml", CLAIM + CLAIM),
    "no such locator": ("claims/1.yaml", CLAIM.replace("1/1/1", "9/9/9")),
    "the stated number cannot be read": ("claims/1.yaml", CLAIM.replace("8.4", "8.4x")),
    "a field is missing\n  expected: unit": ("claims/1.yaml", CLAIM.replace("unit: percent, ", "")),
    "the field stated is wrong": ("claims/1.yaml", CLAIM.replace('"8.4"', "8.4")),
    "the field kind is wrong": ("claims/1.yaml", CLAIM.replace("kind: number", "kind: sort")),
    "an unknown field": ("claims/1.yaml", CLAIM.replace("unit:", "verdict: reproduced, unit:")),
    "not YAML": ("claims/1.yaml", "- {id: one"),
    "a conclusion rests on a claim that does not exist": (
        "conclusions.yaml",
        "- {id: end, where: 1/1/2, conclusion: it holds, rests_on: [two]}\n",
    ),
    "a column is missing": ("inventory.csv", "where,number,text,claim,exempt\n1/1/1,1,8.4,one,\n"),
    "no such claim": ("inventory.csv", "where,n,text,claim,exempt\n1/1/1,1,8.4,one,\n1/1/1,2,8.4,two,\n"),
    "numbers of a sentence are not counted 1, 2, 3": ("inventory.csv", "where,n,text,claim,exempt\n1/1/1,2,8.4,one,\n"),
    "a stated number is not in the inventory": (
        "inventory.csv",
        "where,n,text,claim,exempt\n1/1/1,1,8.4,,date or period\n",
    ),
    "the inventory and the claim name different sentences": ("claims/1.yaml", CLAIM.replace("1/1/1", "1/1/2")),
    "two claims say the same": ("claims/1.yaml", CLAIM + CLAIM.replace("id: one", "id: two")),
    "is not valid under any of the given schemas": (
        "inventory.csv",
        "where,n,text,claim,exempt\n1/1/1,1,8.4,one,date or period\n",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_said_with_the_place(fault: str, base: Path, write):
    name, text = FAULTS[fault]
    write(name, text)
    said = [str(error) for error in form.check(base)]
    assert any(fault in text and ("data/paper" in text or "inventory.csv" in text or name in text) for text in said), (
        said
    )


def test_a_number_that_the_abstract_repeats_may_stand_in_another_sentence_as_well(base: Path, write):
    write("inventory.csv", "where,n,text,claim,exempt\n1/1/2,1,8.4,one,\n1/1/1,1,8.4,one,\n")
    assert form.check(base) == []


def test_two_claims_of_one_number_that_say_different_things_are_two(base: Path, write):
    write("claims/1.yaml", CLAIM + CLAIM.replace("id: one", "id: two").replace("a number", "another number"))
    write("inventory.csv", "where,n,text,claim,exempt\n1/1/1,1,8.4,one,\n1/1/1,2,8.4,two,\n")
    assert form.check(base) == []


def test_a_number_without_quotes_is_one_fault_and_not_another_number_than_in_the_inventory(base: Path, write):
    write("claims/1.yaml", CLAIM.replace('"8.4"', "8.4"))
    assert [error.what for error in form.check(base)] == ["the field stated is wrong"]


def test_all_faults_are_said_at_once(base: Path, write):
    write("claims/1.yaml", CLAIM.replace("1/1/1", "9/9/9").replace("8.4", "8.4x"))
    with pytest.raises(InputErrors) as caught:
        register.load(base)
    assert {error.what for error in caught.value.errors} >= {"no such locator", "the stated number cannot be read"}


BROKEN = {
    "no locators": ("locators.csv", None),
    "no inventory": ("inventory.csv", None),
    "no conclusions": ("conclusions.yaml", None),
    "an empty file of claims": ("claims/1.yaml", ""),
    "claims that are no list": ("claims/1.yaml", "one: two\n"),
    "a claim that is a word": ("claims/1.yaml", "- one\n"),
    "an id that is a list": ("claims/1.yaml", CLAIM.replace("id: one", "id: [one]")),
    "empty conclusions": ("conclusions.yaml", ""),
    "a conclusion that rests on nothing said": (
        "conclusions.yaml",
        "- {id: end, where: 1/1/2, conclusion: it holds}\n",
    ),
    "locators without their column": ("locators.csv", "place\n1/1/1\n"),
    "a row of the inventory that is too long": ("inventory.csv", "where,n,text,claim,exempt\n1/1/1,1,8.4,one,,more\n"),
    "a row of the inventory that is too short": ("inventory.csv", "where,n,text,claim,exempt\n1/1/1,1,8.4\n"),
    "an open quotation mark": ("inventory.csv", 'where,n,text,claim,exempt\n1/1/1,1,"8.4,one,\n'),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_register_is_an_error_to_read_and_not_a_crash(case: str, base: Path, write):
    name, text = BROKEN[case]
    if text is None:
        (base / "data" / "paper" / name).unlink()
    else:
        write(name, text)
    with pytest.raises((InputErrors, InputError)):
        register.load(base)


def test_yaml_cannot_run_code(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("!!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(InputError, match="not YAML"):
        read_yaml(tmp_path / "a.yaml")


def test_the_register_of_this_audit_has_no_fault():
    assert form.check(ROOT) == []
