"""What a claim states: one number in one reading, which fits the unit, the scale and the word of the claim."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from asprinted.notebook.paper import Paper
from asprinted.numbers.interval import Interval
from asprinted.numbers.quantity import Quantity
from asprinted.paper import form, register, stated

CLAIM = '- {{id: one, where: 1/1/1, kind: number, stated: "{0}", unit: "{1}", quantity: a number of the test{2}}}\n'


def _faults(text: str, unit: str = "percent", locale: str = "", **fields: str) -> list[str]:
    return [f"{one.what} | {one.do}" for one in stated.faults({"stated": text, "unit": unit, **fields}, "claims.yaml", locale)]


@pytest.fixture
def audit(tmp_path: Path):
    def make(text: str, unit: str = "percent", locale: str = "", more: str = "") -> Path:
        folder = tmp_path / "data" / "paper"
        (folder / "claims").mkdir(parents=True, exist_ok=True)
        for name, content in {"locators.csv": "where,kind\n1/1/1,sentence\n", "conclusions.yaml": "[]\n",
                              "claims/1.yaml": CLAIM.format(text, unit, more),
                              "inventory.csv": f'where,n,text,claim,exempt\n1/1/1,1,"{text}",one,\n'}.items():
            (folder / name).write_text(content, encoding="utf-8")
        if locale:
            (folder / "paper.yaml").write_text(f"locale: {locale}\n", encoding="utf-8")
        return tmp_path

    return make


@pytest.mark.parametrize("text", ["1.000", "720,000", "12.345", "1,234"])
def test_what_can_be_read_in_two_ways_asks_for_the_language(text: str) -> None:
    (fault,) = _faults(text)
    assert "can be read in two ways" in fault
    assert "declare the language in data/paper/paper.yaml" in fault


@pytest.mark.parametrize("text", ["8.4", "0.123", ".001", "1,234,567", "1.2e-3", "790", "1 234", "1,234.5", "two-thirds", "1.2 × 10⁻³"])
def test_what_can_be_read_in_one_way_alone_needs_no_declaration(text: str) -> None:
    assert _faults(text) == []


@pytest.mark.parametrize("text", ["8,4", "1.234,5"])
def test_a_decimal_comma_without_a_declared_language_asks_for_it(text: str) -> None:
    (fault,) = _faults(text)
    assert "cannot be read" in fault
    assert "declare the language" in fault


@pytest.mark.parametrize(("text", "do"), [
    ("5-3", "name each number under parts, or give each a claim of its own: 5, 3"),
    ("86 of 344", "name each number under parts, or give each a claim of its own: 86, 344"),
    ("5 metres", "state the number as it is printed, without the words around it"),
    ("many", "correct it")])
def test_what_is_not_one_number_is_told_what_to_do(text: str, do: str) -> None:
    assert _faults(text, locale="en") == [f"the stated number cannot be read | {do}"]


def test_a_declared_language_decides(audit) -> None:
    values = {locale: register.load(audit("1.000", locale=locale))["one"].value for locale in ("en", "de")}
    assert values == {"en": 1, "de": 1000}


@pytest.mark.parametrize(("text", "unit", "fault"), [("12%", "persons", "percent"), ("5‰", "percent", "per mille"),
                                                     ("$2.68", "yuan", "dollar"), ("£2.3", "US dollars", "pound")])
def test_a_mark_that_is_not_the_unit_is_a_fault(text: str, unit: str, fault: str) -> None:
    (found,) = stated.faults({"stated": text, "unit": unit}, "claims.yaml", "en")
    assert found.what == "the mark beside the stated number is not its unit"
    assert fault in found.expected


@pytest.mark.parametrize(("text", "unit"), [("12%", "percent"), ("12%", "percent points"), ("5‰", "per mille"), ("$2.68", "US dollars"),
                                            ("€5", "euro per head"), ("¥3", "yuan")])
def test_a_mark_that_is_the_unit_is_none(text: str, unit: str) -> None:
    assert _faults(text, unit) == []


def test_a_word_that_multiplies_is_the_scale_of_the_claim() -> None:
    assert _faults("£2.3tn", "pounds", scale="trillion") == []
    (found,) = stated.faults({"stated": "£2.3tn", "unit": "pounds"}, "claims.yaml", "en")
    assert (found.what, found.expected) == ("the word beside the stated number is not its scale", "scale: trillion")


def test_a_sign_and_a_word_do_not_both_qualify() -> None:
    assert "both qualify" in _faults("< .001", qualifier="less than")[0]


@pytest.mark.parametrize(("content", "fault"), [
    ("locale: german\n", "the language is not known"), ("language: de\n", "declares no language"),
    ("locale: [de]\n", "declares no language"), ("- a: b: c\n", "not YAML")])
def test_a_declaration_that_says_nothing_is_a_fault(audit, content: str, fault: str) -> None:
    base = audit("8.4")
    (base / "data/paper/paper.yaml").write_text(content, encoding="utf-8")
    assert any(fault in str(one) for one in form.check(base))


def _verdict(base: Path, value: str, width: str = "0") -> str:
    known = Interval(Fraction(value) - Fraction(width), Fraction(value) + Fraction(width))
    quantity = Quantity(known, ("row",), evidence="official", strong=True, vintages=("first",))
    paper = Paper(base=base)
    return str(paper.check("one", paper.in_unit(quantity, paper.register["one"].unit)).record["verdict"])


VERDICTS = [
    ("< .001", "en", "0.0000004", "reproduced"), ("< .001", "en", "0.001", "contradicted"), ("< .001", "en", "0.2", "contradicted"),
    ("≤ .05", "en", "0.05", "reproduced"), ("> 5", "en", "500", "reproduced"), ("8,4", "de", "8.43", "reproduced"),
    ("1.000", "de", "1000", "reproduced"), ("1.000", "de", "1", "contradicted"), ("1.2 × 10⁻³", "en", "0.00124", "reproduced"),
    ("1.2 × 10⁻³", "en", "0.00131", "contradicted"), ("−0.12", "en", "-0.121", "reproduced"), ("８．４", "en", "8.5", "contradicted"),
    (" 8.4", "en", "8.4", "reproduced"), ("eighty-six", "en", "86", "reproduced"), ("eighty-six", "en", "87", "contradicted"),
    ("two-thirds", "en", "0.65", "reproduced"), ("two-thirds", "en", "0.72", "consistent"), ("two-thirds", "en", "0.5", "contradicted"),
    ("twice", "en", "2.05", "reproduced"), ("+5.3", "en", "5.3", "reproduced"), ("+5.3", "en", "-5.3", "contradicted"),
    ("5½", "en", "5.5", "reproduced"), ("zero", "en", "0", "reproduced"), ("12%", "en", "12.3", "reproduced"),
]


@pytest.mark.parametrize(("text", "locale", "value", "verdict"), VERDICTS)
def test_a_claim_of_each_form_is_judged(audit, text: str, locale: str, value: str, verdict: str) -> None:
    assert _verdict(audit(text, locale=locale), value) == verdict


def test_a_bound_whose_figures_lie_on_both_sides_is_left_open(audit) -> None:
    assert _verdict(audit("< .001", locale="en"), "0.001", "0.0001") == "consistent"


def test_the_power_of_a_bound_counts_other_bounds(audit) -> None:
    record = Paper(base=audit("< .05", locale="en")).check("one", Quantity(Interval.point("0.04"), ("row",), strong=True)).record
    assert record["power"] == {"noticed": 5, "tried": 18}


def test_the_stated_quantity_of_a_bound_is_its_side(audit) -> None:
    assert repr(Paper(base=audit("< .05", locale="en")).stated("one").interval) == "(..., 0.05)"
