"""A claim that states several numbers: one record with each of them, judged by a mapping of their names."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asprinted.notebook.paper import Paper
from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import misprints, shorten
from asprinted.numbers.quantity import Missing, Quantity
from asprinted.paper import attribution, files, form
from asprinted.paper.register import Claim
from asprinted.verdicts import card, words
from asprinted.verdicts.record import as_csv, ordered, record_fault
from asprinted.verdicts.vocabulary import ACCUSING, SUPPORTING
from forkmill.errors import InputError

CLAIMS = """\
- {id: bill, where: 1/1/1, kind: number, stated: "38.8 (2.7)", parts: [mean, SD], unit: mm, quantity: length of the bill}
- {id: growth, where: 1/1/1, kind: number, stated: "5–10%", unit: percent, quantity: growth in each year}
- id: lost
  where: 1/1/1
  kind: count
  stated: "19 (0.7%)"
  parts: [n, {name: share, unit: percent, kind: number}]
  unit: values
  quantity: values that are missing
- {id: ratio, where: 1/1/1, kind: number, stated: "0.91 (95% CI 0.73 to 1.13)", unit: times, quantity: ratio of the odds}
- {id: rate, where: 1/1/1, kind: number, stated: "8.4", unit: percent, quantity: a rate of the test}
- {id: spent, where: 1/1/1, kind: number, stated: "1.2–2.0", scale: million, unit: yuan, quantity: what was spent}
"""
NUMBERS = [("38.8", "bill"), ("2.7", "bill"), ("5", "growth"), ("10", "growth"), ("19", "lost"), ("0.7", "lost"), ("0.91", "ratio"),
           ("0.73", "ratio"), ("1.13", "ratio"), ("8.4", "rate"), ("1.2", "spent"), ("2.0", "spent")]
VALUES = st.integers(1, 10**6).map(lambda number: Fraction(number, 1000))


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return audit(tmp_path_factory.mktemp("audit"))


def audit(root: Path, claims: str = CLAIMS, numbers: list[tuple[str, str]] = NUMBERS) -> Path:
    folder = root / "data" / "paper"
    (folder / "claims").mkdir(parents=True, exist_ok=True)
    rows = [f"1/1/1,{n},{text},{id},\n" for n, (text, id) in enumerate(numbers, start=1)]
    for name, content in {"claims/1.yaml": claims, "locators.csv": "where,kind\n1/1/1,sentence\n", "conclusions.yaml": "[]\n",
                          "inventory.csv": "where,n,text,claim,exempt\n" + "".join(rows)}.items():
        (folder / name).write_text(content, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def paper(root: Path) -> Paper:
    return Paper(base=root)


def known(value: Fraction | str, *, strong: bool = True) -> Quantity:
    return Quantity(Interval.point(value), (f"row-{value}",), (), None, "official" if strong else "mirror", strong, ("first",))


def verdict(paper: Paper, id: str, **values: str) -> str:
    return paper.check(id, {name: known(value) for name, value in values.items()}).record["verdict"]


def test_the_claims_are_sound_and_the_inventory_lists_each_number_of_them(root: Path) -> None:
    assert form.check(root) == []
    assert [(row["text"], row["claim"]) for row in files.inventory(root)] == NUMBERS


def test_a_statement_of_several_numbers_is_one_record_with_each_of_them(paper: Paper) -> None:
    record = paper.check("bill", {"mean": known("38.79"), "SD": known("2.91")}).record
    assert record_fault(record) is None
    assert (record["stated"], record["unit"], record["verdict"]) == ("38.8 (2.7)", "mm", "contradicted")
    assert [(one["name"], one["stated"], one["verdict"]) for one in record["parts"]] == [
        ("mean", "38.8", "reproduced"), ("SD", "2.7", "contradicted")]
    assert record["reason"] == "SD 2.7: no value that the figures allow prints as stated; it would print as 2.9"
    assert (record["corrected"], record["sources"]) == ("2.9 (SD)", ["row-38.79", "row-2.91"])
    assert words.published(record) == "mean 38.79 mm, SD 2.9 mm"
    assert "  SD:             stated 2.7 mm, recomputed 2.9 mm: contradicted" in card.as_text(record).splitlines()
    assert "stated 2.7 mm, recomputed 2.9 mm: contradicted" in card.as_html(record)
    assert "mean: reproduced; SD: contradicted" in as_csv({"bill": ordered(record)})


def test_a_record_of_one_number_has_no_field_for_several(paper: Paper) -> None:
    assert "parts" not in paper.check("rate", known("8.4")).record


def test_a_statement_that_nobody_has_judged_yet_shows_what_it_states(paper: Paper) -> None:
    record = paper.judge_later("lost").record
    assert record_fault(record) is None
    assert (record["verdict"], words.stated(record)) == ("not judged yet", "19 (0.7%)")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(VALUES, VALUES, VALUES, VALUES)
def test_it_holds_where_each_number_holds_and_is_wrong_where_one_is(paper: Paper, tmp_path, mean, deviation, stated, beside) -> None:
    text = [shorten(one, Fraction(1, 10)) for one in (stated, beside)]
    claim = Claim("drawn", "1/1/1", "number", "drawn at random", f"{text[0]} ({text[1]})", unit="mm", parts=("mean", "SD"))
    alone = {name: Claim(f"drawn-{name}", "1/1/1", "number", "drawn at random", one, unit="mm")
             for name, one in zip(("mean", "SD"), text, strict=True)}
    paper.register.claims.update({one.id: one for one in (claim, *alone.values())})
    values = {"mean": paper.in_unit(known(mean), "mm"), "SD": paper.in_unit(known(deviation), "mm")}
    each = {name: paper.check(f"drawn-{name}", values[name]).record for name in values}
    both = paper.check("drawn", values).record
    assert [one["verdict"] for one in both["parts"]] == [one["verdict"] for one in each.values()]
    assert (both["verdict"] in SUPPORTING) == all(one["verdict"] in SUPPORTING for one in each.values())
    assert (both["verdict"] in ACCUSING) == any(one["verdict"] in ACCUSING for one in each.values())
    assert both["power"]["tried"] == sum(one["power"]["tried"] for one in each.values())
    assert both["could_fail"] == all(one["could_fail"] for one in each.values())
    true = replaced(paper, f"{shorten(mean, Fraction(1, 10))} ({shorten(deviation, Fraction(1, 10))})")
    assert true.check("drawn", values).record["verdict"] not in ACCUSING


def replaced(paper: Paper, text: str) -> Paper:
    paper.register.claims["drawn"] = Claim("drawn", "1/1/1", "number", "drawn at random", text, unit="mm", parts=("mean", "SD"))
    return paper


def test_a_number_that_was_not_seen_leaves_the_statement_open_and_a_wrong_one_beside_it_accuses(paper: Paper) -> None:
    gap = Missing(("a table",))
    found = paper.check("bill", {"mean": known("38.79"), "SD": gap}).record
    assert (found["verdict"], found["reason"], found["wanted"]) == ("not checkable", "SD 2.7: not seen on any page", ["a table"])
    assert (found["could_fail"], found["power"]["tried"]) == (False, len(misprints("38.8 (2.7)")))
    assert "none of SD" in card.power_text(found)
    assert paper.check("bill", {"mean": known("40"), "SD": gap}).record["verdict"] == "contradicted"
    assert paper.check("bill", gap).record["verdict"] == "not checkable"


def test_readings_decide_over_whole_statements(paper: Paper) -> None:
    record = paper.check("bill", all={"mean": known("38.79"), "SD": known("2.66")},
                         male={"mean": known("40.4"), "SD": known("2.66")}).record
    assert (record["verdict"], "parts" in record) == ("ambiguous", False)
    assert [(one["name"], one["verdict"], [part["verdict"] for part in one["parts"]]) for one in record["readings"]] == [
        ("all", "reproduced", ["reproduced", "reproduced"]), ("male", "contradicted", ["contradicted", "reproduced"])]
    assert "40.4 mm" in card.as_text(record)


def test_no_reading_makes_a_statement_right_by_one_number_of_each(paper: Paper) -> None:
    record = paper.check("bill", one={"mean": known("38.79"), "SD": known("9")}, other={"mean": known("9"), "SD": known("2.66")}).record
    assert record["verdict"] == "contradicted"


def test_a_number_may_have_its_own_unit_kind_and_scale(paper: Paper) -> None:
    assert verdict(paper, "lost", n="19", share="0.69") == "reproduced"
    assert verdict(paper, "lost", n="18.9", share="0.69") == "contradicted"  # a count is exact
    assert verdict(paper, "spent", low="1234000", high="1950000") == "reproduced"


def test_one_quantity_is_held_against_both_ends_of_a_range(paper: Paper) -> None:
    record = paper.check("growth", known("7")).record
    assert (record["verdict"], "parts" in record) == ("reproduced", False)
    assert record["reason"] == "every value that the figures allow lies in the stated range"
    assert record["power"] == {"noticed": 2, "tried": 26}  # 8 and 9 in the place of 5
    assert paper.check("growth", known("12")).record["verdict"] == "contradicted"
    assert paper.check("spent", known("1500000")).record["verdict"] == "reproduced"
    assert verdict(paper, "growth", low="5.2", high="9.8") == "reproduced"


def test_other_values_are_given_number_by_number(paper: Paper) -> None:
    values = {"mean": known("38.79"), "SD": known("2.91")}
    record = paper.check("bill", values, vintages={"latest": {"mean": known("38.8"), "SD": known("2.7")}}).record
    assert (record["verdict"], record["only_by"]) == ("consistent", ["SD: vintage: latest"])
    assert record["holds_under"]["not"] == ["vintage: latest, reproduced"]
    record = paper.check("bill", values, instead={"the other species": {"mean": known("48.8"), "SD": known("2.7")}}).record
    assert (record["verdict"], record["parts"][1]["verdict"]) == ("misattributed", "misattributed")
    record = paper.check("bill", Missing(("a table",)), given={"SD": [known("3.5")]}).record
    assert [one["verdict"] for one in record["parts"]] == ["not checkable", "inconsistent"]
    assert words.implied(record) == "SD 3.5 mm"


def test_what_the_paper_states_can_be_asked_for_number_by_number(paper: Paper) -> None:
    assert paper.stated("bill", "SD").interval == Interval(Fraction("2.65"), Fraction("2.8"), high_closed=False)
    assert paper.digits("bill", "mean") == 38.8
    assert paper.stated("growth").interval == Interval(Fraction("4.5"), Fraction(11), high_closed=False)
    assert paper.stated("growth").published is None


@pytest.mark.parametrize(("call", "what", "do"), [
    (lambda paper: paper.check("bill", known("38.8")), "the claim states several numbers", "mapping"),
    (lambda paper: verdict(paper, "bill", mean="38.8", sd="2.7"), "no number of this name", "did you mean SD?"),
    (lambda paper: verdict(paper, "bill", mean="38.8", SD="2.7", n="3"), "no number of this name", "mean, SD"),
    (lambda paper: verdict(paper, "bill", mean="38.8"), "given no value", "give the value of SD"),
    (lambda paper: paper.check("bill", dict.fromkeys(("mean", "SD"), known("38.8"))), "one quantity is given for two", "mean and SD"),
    (lambda paper: verdict(paper, "rate", low="8", high="9"), "nothing that a verdict can rest on", "one value"),
    (lambda paper: paper.check("growth", one=known("7"), other={"low": known("5"), "high": known("9")}), "some readings", "of each"),
    (lambda paper: paper.check("bill", {"mean": known("1"), "SD": known("2")}, given=[known("3")]), "given names no number", "mean, SD"),
    (lambda paper: paper.stated("bill"), "which number of the claim", "mean, SD"),
    (lambda paper: paper.digits("growth"), "which number of the claim", "low, high"),
    (lambda paper: paper.digits("growth", "hihg"), "which number of the claim", "did you mean high?"),
    (lambda paper: paper.stated("rate", "SD"), "the claim states one number", "leave the name out"),
])
def test_what_does_not_fit_the_numbers_of_a_claim_is_named(paper: Paper, call, what: str, do: str) -> None:
    with pytest.raises(InputError) as told:
        call(paper)
    assert what in str(told.value)
    assert do in str(told.value)


@pytest.mark.parametrize(("before", "after", "what"), [
    ("parts: [mean, SD], ", "", "the numbers of the statement have no names"),
    ("[mean, SD]", "[mean, SD, n]", "there are not as many names as numbers"),
    ("[mean, SD]", "[mean, mean]", "two numbers of a statement have one name"),
    ("[mean, SD]", "[mean]", "the field parts is wrong"),
    ("[mean, SD]", "[mean, {unit: mm}]", "the field parts is wrong"),
    ('"38.8 (2.7)"', '"38.8"', "there are not as many names as numbers"),
    ('"38.8 (2.7)"', '"38.8 (2.7%)"', "the mark beside the stated number is not its unit"),
    ('"38.8 (2.7)"', '"38.8 (2.700)"', "the inventory and the claim print different numbers"),
    ('"38.8 (2.7)"', '"38.8 (1.234)"', "the stated number can be read in two ways"),
    ("5–10%", "10–5%", "the stated number cannot be read"),
])
def test_a_breach_of_form_is_named(tmp_path: Path, before: str, after: str, what: str) -> None:
    assert before in CLAIMS
    found = "\n".join(map(str, form.check(audit(tmp_path, CLAIMS.replace(before, after)))))
    assert what in found


@pytest.mark.parametrize(("numbers", "what"), [
    ([one for one in NUMBERS if one[0] != "2.7"], "a number of the statement is not in the inventory"),
    ([(text.replace("2.7", "2.9"), id) for text, id in NUMBERS], "the inventory and the claim print different numbers"),
    ([one for one in NUMBERS if one[1] != "bill"], "a stated number is not in the inventory"),
])
def test_the_inventory_has_a_row_for_each_number(tmp_path: Path, numbers: list[tuple[str, str]], what: str) -> None:
    found = "\n".join(map(str, form.check(audit(tmp_path, numbers=numbers))))
    assert what in found


def test_a_decimal_comma_is_read_where_the_language_says_so(tmp_path: Path) -> None:
    claims = '- {id: one, where: 1/1/1, kind: number, stated: "38,8 (2,7)", parts: [mean, SD], unit: mm, quantity: length of the bill}\n'
    root = audit(tmp_path, claims, [('"38,8"', "one"), ('"2,7"', "one")])
    assert "locale: en" in "\n".join(map(str, form.check(root)))
    (root / "data/paper/paper.yaml").write_text("locale: de\n", encoding="utf-8")
    assert form.check(root) == []
    assert Paper(base=root).check("one", {"mean": known("38.79"), "SD": known("2.66")}).record["verdict"] == "reproduced"


def test_a_cited_work_prints_the_same_where_each_number_is_the_same(paper: Paper) -> None:
    for prints, status in (("38.8 (2.7)", "as cited"), *((text, "differs from the cited work") for text in ("38.8 (2.9)", "38.8"))):
        cited = attribution.Attributions({}, (attribution.Passage("a", ("1/1/1",), 1, "2020-01", "", {"bill": prints}),))
        assert (cited.faithful(paper.register["bill"]) or {})["status"] == status
