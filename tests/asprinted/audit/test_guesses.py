"""What a draft guessed of a claim is never given to a reader: a judged claim says it in somebody's own words, or nothing is accepted."""

from __future__ import annotations

import json

import pytest
from miniature import SETUP

from asprinted.audit import collect, input_checks
from asprinted.audit.accept import accept
from asprinted.audit.reproduce import reproduce
from forkmill.errors import InputErrors
from forkmill.terminal import Terminal


def test_a_judged_claim_that_keeps_its_guess_makes_a_run_incomplete_and_is_not_accepted(accepted, capsys):
    accepted.edit("02_second", "setup", source=SETUP.replace('"the number "', '"guess: the number "'))
    assert reproduce(accepted.root, terminal=Terminal()) == 1
    assert "2 judged claims still have the guess of the draft for what they say: one, three;" in capsys.readouterr().out
    before = accepted.read("02_second")
    with pytest.raises(InputErrors, match="2 judged claims still have the guess") as told:
        accept(accepted.root, Terminal(quiet=True))
    assert len(told.value.errors) == 1
    assert accepted.read("02_second") == before


def test_a_guess_that_was_accepted_by_an_older_version_is_found_by_a_check(accepted):
    path = accepted.root / "notebooks" / "02_second.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('"quantity": "the number one"', '"quantity": "guess: one"'), encoding="utf-8")
    input_checks.check(accepted.root)
    with pytest.raises(InputErrors, match="a judged claim still has the guess of the draft"):
        input_checks.check(accepted.root, record=True)


def test_what_waits_may_keep_its_guess_and_the_cells_of_a_table_are_one(accepted):
    [one, *_] = json.loads((accepted.build / "verdicts.json").read_text(encoding="utf-8"))["claims"]
    guessed = one | {"quantity": "guess: so many"}
    cells = [guessed | {"id": f"t[a, {n}]", "table": {"id": "t", "row": "a", "column": str(n)}} for n in range(3)]
    assert collect.guesses([guessed | {"verdict": "not judged yet"}, one]) == []
    assert [error.got for error in collect.guesses([*cells, *(guessed | {"id": f"c{n}"} for n in range(9))])] == [
        "t, c0, c1, c2, c3, c4, c5, c6 and 2 more"]
