"""The second audit rests on the rows of the first one, and its claims on digits that rows of the first one print."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from asprinted.audit import collect
from asprinted.commands import readme
from asprinted.official import dictionary, tables
from asprinted.paper import register
from forkmill.notebooks import ipynb

AUDIT = Path(__file__).resolve().parents[1]
MAIN = AUDIT.parents[1]
READ = [ipynb.read(path) for path in ipynb.paths(AUDIT / "notebooks")]
PRINTED = {
    "increase": "gross_expenditure_on_rd_increase", "growth": "gross_expenditure_on_rd_growth",
    "basic-growth": "basic_research_expenditure_growth", "basic-share": "basic_research_share",
    "basic-share-change": "basic_research_share_change", "sum": "gross_expenditure_on_rd",
    "head": "expenditure_per_full_time_equivalent_change", "intensity": "rd_intensity",
    "intensity-change": "rd_intensity_change",
}
CLAIMS = register.load(AUDIT).claims


def rows(root: Path) -> dict[str, dict[str, str]]:
    with (root / "data" / "official" / "research.csv").open(encoding="utf-8", newline="") as file:
        return {row["row"]: row for row in csv.DictReader(file)}


def test_every_row_is_one_of_the_first_audit():
    own, main = rows(AUDIT), rows(MAIN)
    assert own
    assert {key: row for key, row in own.items() if main.get(key) != row} == {}


def test_every_source_is_described_as_in_the_first_audit():
    own, main = (tables.read_yaml(root / "data" / "official" / "research.yaml")["sources"] for root in (AUDIT, MAIN))
    assert {key: source for key, source in own.items() if main.get(key) != source} == {}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
def test_a_claim_states_what_a_row_of_the_first_audit_prints(claim):
    name, _, year = claim.id.rpartition("-")
    found = {(row["digits"].lstrip("-"), row["scale"]) for row in rows(MAIN).values()
             if (row["indicator"], row["geography"], row["period"], row["vintage"], row["basis"])
             == (PRINTED[name], "China", year, "first", "annual")}
    assert (claim.stated, claim.scale) in found


def test_the_levels_hold_no_number_that_a_claim_derives():
    derived = set(PRINTED.values()) - {"gross_expenditure_on_rd", "rd_intensity"}
    assert {row["indicator"] for row in rows(AUDIT).values()} & derived == set()


def test_there_are_enough_claims_and_each_is_judged_once():
    assert len(CLAIMS) >= 25
    assert collect.collect(READ, list(CLAIMS)).faults == []


def test_no_communique_is_accused_on_the_strength_of_one_relay():
    records = {record["id"]: record for record in collect.records(READ)}
    assert {record["verdict"] for record in records.values()} & {"contradicted", "misattributed"} == set()
    assert [id for id, record in records.items() if record["verdict"] == "inconsistent"] == ["sum-2021"]


def test_tables_dictionary_and_page_are_current():
    assert [*tables.check(AUDIT), *dictionary.check(AUDIT)] == []
    assert readme.rewritten(AUDIT) == (AUDIT / "README.md").read_text(encoding="utf-8"), "run: make readme"
