"""What is written down is sound, every claim is judged once, and only what is known to be exchanged is accused."""

from __future__ import annotations

import csv
import doctest
import importlib.util
from collections import Counter
from pathlib import Path

from asprinted.audit import collect, input_checks
from asprinted.commands import readme
from asprinted.official import dictionary
from asprinted.paper import findings, register
from forkmill.notebooks import ipynb

AUDIT = Path(__file__).resolve().parents[1]
CLAIMS = register.load(AUDIT).claims
RECORDS = {record["id"]: record for record in collect.records([ipynb.read(path) for path in ipynb.paths(AUDIT / "notebooks")])}


def rows(name: str) -> list[dict[str, str]]:
    with (AUDIT / "data" / "files" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_data_claims_parameters_and_notebooks_are_sound_and_every_claim_is_judged_once():
    found = input_checks.check(AUDIT, record=True)
    assert collect.collect(found.notebooks, found.claims).faults == []


def test_there_are_enough_claims_and_each_says_in_own_words_what_is_claimed():
    assert len(CLAIMS) >= 60
    assert [claim.id for claim in CLAIMS.values() if claim.quantity.startswith("guess:")] == []


def test_only_the_exchanged_shares_are_accused():
    accused = [id for id, record in RECORDS.items() if record["verdict"] in ("contradicted", "misattributed", "inconsistent", "ambiguous")]
    assert sorted(accused) == ["alt-first-iris", "alt-first-penguins", "alt-second-iris", "alt-second-penguins"]


def test_every_finding_is_true_of_its_verdict():
    assert len(findings.true_of(RECORDS, AUDIT)) == 4


def test_no_bird_stands_twice_in_a_season_though_names_recur():
    """Why nobody may be told that there are 190 birds: a name is one of a season, and returns for a bird of another species."""
    seen = Counter((row["studyName"], row["Individual ID"]) for row in rows("penguins-raw.csv"))
    species = {name: {row["Species"] for row in rows("penguins-raw.csv") if row["Individual ID"] == name} for _, name in seen}
    assert (len(seen), max(seen.values()), len(species)) == (344, 1, 190)
    assert any(len(found) > 1 for found in species.values())


def test_the_curated_file_keeps_the_measures_of_the_raw_one_row_by_row():
    names = {"bill_length_mm": "Culmen Length (mm)", "bill_depth_mm": "Culmen Depth (mm)", "flipper_length_mm": "Flipper Length (mm)",
             "body_mass_g": "Body Mass (g)"}
    assert [[row[name] for name in names] for row in rows("penguins.csv")] == [[row[name] for name in names.values()]
                                                                             for row in rows("penguins-raw.csv")]


def test_the_examples_of_the_helpers_hold():
    named = importlib.util.spec_from_file_location("patterns_of_penguins", AUDIT / "src" / "helpers" / "patterns.py")
    module = importlib.util.module_from_spec(named)
    named.loader.exec_module(module)
    assert doctest.testmod(module) == (0, 3)


def test_dictionary_and_page_are_current():
    assert dictionary.check(AUDIT) == []
    assert readme.rewritten(AUDIT) == (AUDIT / "README.md").read_text(encoding="utf-8"), "run: make readme"
