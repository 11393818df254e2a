"""An accepted run is what the next one gives."""

from __future__ import annotations

import json

from asprinted.audit.accept import accept
from asprinted.audit.reproduce import reproduce
from forkmill.terminal import Terminal


def test_an_accepted_run_that_is_run_and_accepted_again_changes_no_byte_of_the_record(accepted):
    before = accepted.bytes()
    assert reproduce(accepted.root, terminal=Terminal(quiet=True)) == 0
    assert accept(accepted.root, Terminal(quiet=True)) == 0
    assert accepted.bytes() == before
    assert json.loads(before["01_first.ipynb"])["cells"]
