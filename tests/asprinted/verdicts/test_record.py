"""The form of a verdict record is written down once: one more field, and everything that holds records knows it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys

import pytest

from asprinted.verdicts import record
from checkout import ROOT

# A field more, in a process in which the list has one line more, and what becomes of records with and without it.
ONE_MORE = """
import json
import edited

LINE = 'Field("seen_by", _pair("who", "when"), "who has looked at the page", None, parts=("who", "when")),'
record = edited.module("asprinted.verdicts.record", '    Field("margin"', f'    {LINE}\\n    Field("margin"')

from asprinted.audit import collect, notebook_rules
from asprinted.verdicts import card
from forkmill.notebooks import rules
from checkout import ROOT

old = {one.name: one.example for one in record.FIELDS if one.name != "seen_by"}
new = old | {"seen_by": {"when": "today", "who": "a reader"}}
wrong = old | {"seen_by": "a reader"}
print(json.dumps({
    "without it": record.record_fault(old),
    "with it": record.record_fault(new),
    "of a wrong kind": record.record_fault(wrong),
    "order": list(record.ordered(dict(sorted(new.items())))),
    "csv": record.as_csv({"one": new}),
    "json": json.loads(record.as_json({"one": record.ordered(new)}, {}, True))["claims"],
    "card": card.as_text(new),
    "collected": len(collect.records(rules.load(ROOT / "notebooks"))),
}))
"""


@pytest.fixture(scope="module")
def found() -> dict[str, object]:
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "lib"), "AUDIT_ROOT": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", ONE_MORE], env=settings, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_one_more_field_is_asked_of_every_record_and_held_to_its_kind(found):
    assert found["with it"] is None
    assert found["without it"].endswith("lacks seen_by")
    assert found["of a wrong kind"].endswith("has a wrong kind of seen_by")
    assert found["collected"] == 0  # no record of this audit has it yet


def test_one_more_field_has_its_place_in_the_order_and_in_verdicts_json(found):
    names = [one.name for one in record.FIELDS]
    place = names.index("margin")
    assert found["order"] == list(found["json"][0]) == [*names[:place], "seen_by", *names[place:]]


def test_one_more_field_is_a_column_or_several_of_verdicts_csv(found):
    (row,) = csv.DictReader(found["csv"].splitlines())
    assert (row["seen_by_who"], row["seen_by_when"]) == ("a reader", "today")
    assert list(row).index("margin") == list(row).index("seen_by_when") + 1


def test_a_card_is_made_of_a_record_with_a_field_that_it_does_not_show(found):
    assert next(field.example for field in record.FIELDS if field.name == "quantity") in found["card"]
    assert "a reader" not in found["card"]


@pytest.mark.parametrize("field", record.FIELDS, ids=lambda field: field.name)
def test_the_example_of_a_field_is_of_its_kind(field):
    assert field.holds(field.example)


def test_the_examples_together_are_a_record():
    assert record.record_fault({field.name: field.example for field in record.FIELDS}) is None


def test_the_csv_has_a_row_a_claim_and_no_formula(accepted):
    found = {claim["id"]: claim for claim in accepted.verdicts()["claims"]}
    found["one"] |= {
        "reason": "=HYPERLINK(1)",
        "stated": "-4.4",
        "with": ["two", "three"],
        "computed": None,
        "readings": [{"name": "a", "verdict": "reproduced"}, {"name": "b", "verdict": "contradicted"}],
    }
    rows = list(csv.DictReader(record.as_csv(found).splitlines()))
    assert [row["id"] for row in rows] == ["one", "two", "three"]
    assert rows[0]["reason"] == "'=HYPERLINK(1)"
    assert rows[0]["stated"] == "-4.4"
    assert rows[0]["with"] == "two; three"
    assert rows[0]["readings"] == "a: reproduced; b: contradicted"
    assert (rows[0]["computed_low"], rows[1]["computed_low"]) == ("", "2")


def test_a_record_that_lacks_a_field_or_has_an_unknown_verdict_is_a_fault(accepted):
    one = accepted.verdicts()["claims"][0]
    assert record.record_fault(one) is None
    assert "lacks margin" in record.record_fault({key: value for key, value in one.items() if key != "margin"})
    assert "unknown: true" in record.record_fault(one | {"verdict": "true"})
    assert record.record_fault(["a list"])


def test_verdicts_json_ends_with_a_newline_and_keeps_other_scripts_readable():
    text = record.as_json({}, {"name": "增长"}, True)
    assert text.endswith("}\n")
    assert json.loads(text)["parameters"] == {"name": "增长"}
    assert "增长" in text
