"""A seeded sample of what `make -C tools faults` does: one fault of each kind, on a miniature audit."""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from miniature import make_audit

from faults.disturbed_audit import DisturbedAudit
from faults.table import text
from faults.trial import COMMANDS, KINDS, Trial, planned

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are told apart by what Linux says of them")
SEED = 12
SAMPLE = [one for one in planned(SEED, 10 * len(KINDS), "miniature", root=True)
          if (one.number // len(KINDS)) == one.number % len(KINDS)]


@pytest.fixture(scope="module")
def disturbed():
    folder = Path(tempfile.mkdtemp(prefix="faults-"))  # short: it is where sockets are
    found = DisturbedAudit(make_audit(folder / "an audit 审计").root, folder)
    yield found
    found.close()
    shutil.rmtree(folder)


@LINUX
@pytest.mark.parametrize("trial", SAMPLE, ids=[f"{one.kind} in {one.command}" for one in SAMPLE])
def test_a_fault_breaks_no_promise(disturbed, trial):
    if trial.kind == "full disk" and os.geteuid():
        pytest.skip("only root can make a disk")
    disturbed.disturb(trial, random.Random(f"{SEED} {trial.number}"))
    assert trial.broken == []
    assert trial.outcome != "did not end"


def test_the_sample_and_the_long_run_hold_every_kind_and_every_command():
    assert [one.kind for one in SAMPLE] == list(KINDS)
    assert {one.command for one in SAMPLE} == set(COMMANDS)
    whole = planned(1, 200, "miniature", root=True)
    assert {(one.kind, one.command) for one in whole} >= {(kind, "reproduce") for kind in KINDS}
    for kind in KINDS:
        moments = [one.moment for one in whole if one.kind == kind]
        assert all(any(low / 5 <= moment < (low + 1) / 5 for moment in moments) for low in range(5)), kind


def test_the_plan_is_that_of_its_seed():
    assert planned(3, 50, "miniature", root=True) == planned(3, 50, "miniature", root=True)
    assert planned(3, 50, "miniature", root=True) != planned(4, 50, "miniature", root=True)
    assert "full disk" not in {one.kind for one in planned(3, 50, "miniature", root=False)}


def test_the_table_names_what_was_tried_what_happened_and_every_broken_promise():
    done = [Trial(0, "this", "SIGKILL", "accept", 0.1, -9, "", "killed", []),
            Trial(1, "this", "SIGKILL", "accept", 0.2, 0, "", "done in spite of it", ["3 process(es) left after 5 seconds"])]
    said = text(done, 1, "2026-11-25")
    assert said.startswith("2 faults, seed 1, tried on 2026-11-25 under Python 3.")
    assert "| SIGKILL | accept | this | 2 | killed 1, done in spite of it 1 | 1 |" in said
    assert "- N process(es) left after N seconds: 1" in said
