"""What a finding says flatly its verdict bears.

A finding is written by hand and quoted without its verdict. One whose verdict accuses nobody may say what was published and what the
sentence bears, and not that the paper is at fault. LIMIT: :data:`FLAT` knows the words in which that was once said, and no others.
"""

from __future__ import annotations

import re

import pytest

from asprinted.paper import findings
from asprinted.verdicts.vocabulary import ACCUSING
from checkout import ROOT

LISTED = findings.listed(ROOT)[0]
FLAT = re.compile(r"\b(?:not the|(?:did|does|is|was) not|wrong(?:ly)?|too (?:low|high)|false|errors?|mistakes?|fits nothing|incorrect)\b")


@pytest.mark.parametrize("finding", [one for one in LISTED if one["verdict"] not in ACCUSING], ids=lambda one: one["claim"])
def test_a_finding_whose_verdict_accuses_nobody_states_no_fault(finding):
    assert FLAT.findall(finding["says"]) == []


@pytest.mark.parametrize("says", [
    "The shortage was 320,000, not the 720,000 printed in that place.", "For the quarters alone they are too low.", "It did not rise."])
def test_the_words_in_which_a_fault_was_stated_are_known(says):
    assert FLAT.search(says)


def test_what_was_seen_in_a_reprint_only_is_said_to_be_so_in_the_sentence_itself():
    told = next(one for one in LISTED if one["claim"] == "manufacturing-investment")
    assert "by a reprint" in told["says"]
