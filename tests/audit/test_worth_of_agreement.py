"""Which claims of this audit agree in checks that say little, and what the rule of the half moved."""

from __future__ import annotations

from asprinted.audit import collect
from asprinted.verdicts.record import groups, telling
from asprinted.verdicts.vocabulary import AGREES, HOLDS, SUPPORTING
from checkout import ROOT
from forkmill.notebooks import ipynb

AGREEING = {one["id"]: one for one in collect.records([ipynb.read(path) for path in ipynb.paths(ROOT / "notebooks")])
            if one["verdict"] in SUPPORTING and one["kind"] != "identity"}


def test_twenty_of_thirty_nine_say_little_as_the_explanation_has_it():
    counted = groups(AGREEING.values())
    assert (len(AGREEING), counted[HOLDS], counted[AGREES]) == (39, 19, 20)
    said = " ".join((ROOT / "docs" / "explanation.md").read_text(encoding="utf-8").split())
    assert f"Of this audit's {len(AGREEING)} claims that agree {counted[AGREES]} say little" in said


def test_one_claim_could_have_failed_and_would_more_likely_have_passed():
    moved = {id: one["power"] for id, one in AGREEING.items() if one["could_fail"] and not telling(one)}
    assert moved == {"circuit-talent-demand": {"noticed": 21, "tried": 53}}
    assert "21 of 53 wrong digits would have been noticed" in " ".join((ROOT / "docs" / "explanation.md").read_text("utf-8").split())
