"""What is written down is sound, and what the notebooks share gives what was published."""

from asprinted import Paper, paths
from asprinted.audit import collect, input_checks
from helpers import constants


def test_data_claims_parameters_and_notebooks_are_sound_and_every_claim_is_judged_once():
    found = input_checks.check(paths.root(), record=True)
    assert collect.collect(found.notebooks, found.claims).faults == []


def test_the_constant_is_looked_up_as_published():
    assert float(constants.luminous_efficacy(Paper().official)) == 683
