"""Every declared parameter decides something: another value changes a real verdict or its computed interval."""

from __future__ import annotations

import functools
from typing import Any

import pytest
import yaml

from audit import ROOT, replay

DEVELOPMENT, COLLABORATION = "02_development_status", "03_collaborative_innovation"
DECLARED = {
    entry["name"]: entry
    for entry in yaml.safe_load((ROOT / "data" / "paper" / "parameters.yaml").read_text(encoding="utf-8"))["parameters"]
}
# parameter, notebook, another value, claim, verdict by default, verdict then
CASES = [
    ("vintage", COLLABORATION, "latest", "rd-intensity-2019", "reproduced", "consistent"),
    ("rounding", COLLABORATION, "truncate", "rd-expenditure-increase", "consistent", "reproduced"),
    ("least_evidence", DEVELOPMENT, "press", "base-stations-5g", "reproduced", "not checkable"),
    ("recent_years", DEVELOPMENT, 2, "gap-narrowing", "ambiguous", "consistent"),
    ("gap_convention", COLLABORATION, "with both roundings", "growth-gap-2019", "reproduced", "consistent"),
]


@functools.cache
def records(notebook: str, **parameters: object) -> dict[str, dict[str, Any]]:
    return replay(notebook, **parameters)


def choices() -> list[tuple[str, str, object]]:
    """Notebook, parameter and value of every departure from one default, in the two notebooks that judge most."""
    listed = []
    for name, entry in DECLARED.items():
        values = entry.get("allowed") or range(entry["minimum"], entry["maximum"] + 1)
        listed += [
            (notebook, name, value)
            for notebook in (DEVELOPMENT, COLLABORATION)
            if notebook in entry["notebooks"]
            for value in values
            if value != entry["default"]
        ]
    return listed


def test_every_declared_parameter_has_a_case():
    assert [case[0] for case in CASES] == list(DECLARED)


@pytest.mark.parametrize(
    ("parameter", "notebook", "value", "claim", "before", "after"), CASES, ids=[case[0] for case in CASES]
)
def test_another_value_of_a_parameter_changes_a_verdict(parameter, notebook, value, claim, before, after):
    assert records(notebook)[claim]["verdict"] == before
    assert records(notebook, **{parameter: value})[claim]["verdict"] == after


def test_the_gap_with_both_roundings_is_as_wide_as_both_of_them():
    computed = records(COLLABORATION, gap_convention="with both roundings")["growth-gap-2019"]["computed"]
    assert computed == {"low": "2.6", "high": "2.8"}


@pytest.mark.parametrize(("notebook", "parameter", "value"), choices())
def test_every_allowed_value_gives_a_verdict_on_every_claim(notebook: str, parameter: str, value: object):
    assert list(records(notebook, **{parameter: value})) == list(records(notebook))


@pytest.mark.parametrize("least_evidence", ["press", "official"])
@pytest.mark.parametrize("notebook", [DEVELOPMENT, COLLABORATION])
def test_asking_for_better_evidence_never_turns_a_number_into_an_accusation(notebook: str, least_evidence: str):
    accusations = ("contradicted", "misattributed", "inconsistent")
    before = records(notebook)
    after = records(notebook, least_evidence=least_evidence)
    assert [
        id for id in after if after[id]["verdict"] in accusations and before[id]["verdict"] not in accusations
    ] == []


def test_a_figure_left_out_for_its_evidence_is_not_said_to_be_unseen():
    """The rates behind this gap stand in the tables, on mirrors; "not seen on any page" would be untrue."""
    record = records(DEVELOPMENT, least_evidence="official")["recovery-after-bottom"]
    assert record["verdict"] == "not checkable"
    assert record["reason"] == "seen only on evidence weaker than this run accepts"


def test_a_parameter_that_a_notebook_does_not_declare_is_refused():
    with pytest.raises(KeyError, match="02_development_status has no parameter vintage"):
        replay(DEVELOPMENT, vintage="latest")


def test_a_replay_gives_the_committed_verdicts():
    import json

    from helpers.notebook import VERDICT_MIME

    for notebook in (DEVELOPMENT, COLLABORATION):
        cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
        bundles = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
        committed = {b[VERDICT_MIME]["id"]: b[VERDICT_MIME]["verdict"] for b in bundles if VERDICT_MIME in b}
        assert {id: record["verdict"] for id, record in records(notebook).items()} == committed
