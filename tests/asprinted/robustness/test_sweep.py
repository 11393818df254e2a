"""The sweep: the table is complete and right, whatever stopped it, and agrees with what a user gets."""

from __future__ import annotations

import functools
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from asprinted import paths
from asprinted.commands import sweep as sweeping
from asprinted.paper import register
from asprinted.robustness import curve, replay, sweep
from checkout import ROOT
from forkmill.errors import InputError
from forkmill.notebooks import parameter_values
from forkmill.notebooks.parameter_declaration import Parameter
from forkmill.terminal import Terminal

DECLARED = parameter_values.load(ROOT / "data/paper/parameters.yaml")
QUIET = Terminal(quiet=True)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return sweep.in_process(ROOT)


def under(table: pd.DataFrame, values: dict) -> dict[str, tuple[str, str]]:
    """Verdict and correction of every claim under a value of every parameter."""
    rows = table
    for name, value in values.items():
        rows = rows[rows[name].isna() | (rows[name] == value)]
    assert rows["claim"].is_unique
    return {row["claim"]: (row["verdict"], row["corrected"]) for row in rows.to_dict("records")}


def evaluated(values: dict) -> dict[str, tuple[str, str]]:
    found = replay.all_records(ROOT, values)
    return {claim: (record["verdict"], record["corrected"] or "") for claim, record in found.items()}


def evaluated_apart(values: dict) -> dict[str, tuple[str, str]]:
    """The same, each notebook evaluated once under what it takes of the values."""
    found = {}
    for notebook in replay.judging(ROOT):
        found |= _evaluated(notebook, tuple((name, values[name]) for name, one in DECLARED.items() if notebook in one.notebooks))
    return found


@functools.cache
def _evaluated(notebook: str, taken: tuple[tuple[str, object], ...]) -> dict[str, tuple[str, str]]:
    records = replay.evaluate(paths.notebooks(ROOT) / f"{notebook}.ipynb", dict(taken))
    return {record["id"]: (record["verdict"], record["corrected"] or "") for record in records}


def test_every_claim_of_the_register_is_in_the_table(table):
    assert list(dict.fromkeys(table["claim"])) == list(register.load(ROOT).claims)


def test_the_default_rows_are_the_verdicts_of_the_committed_notebooks(table):
    from asprinted.audit import collect
    from forkmill.notebooks import rules

    stored = {record["id"]: record["verdict"] for record in collect.records(rules.load(paths.notebooks(ROOT)))}
    assert dict(table.loc[table["default"], ["claim", "verdict"]].to_numpy()) == stored


def test_a_claim_has_one_row_for_each_combination_of_what_it_reads(table):
    for _, rows in table.groupby("claim"):
        read = [name for name in DECLARED if rows[name].notna().all()]
        assert all(rows[name].isna().all() for name in DECLARED if name not in read)
        size = 1
        for name in read:
            size *= len(sweep.choices(DECLARED[name]))
        assert len(rows) == len(rows[read].drop_duplicates() if read else rows) == size


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3))])
def test_a_parameter_left_out_changes_nothing_so_whole_evaluations_agree_with_the_table(table, seed):
    values = {name: random.Random(f"{seed} {name}").choice(sweep.choices(one)) for name, one in DECLARED.items()}
    assert evaluated(values) == evaluated_apart(values) == under(table, values)


@pytest.mark.long
def test_whole_evaluations_agree_with_the_table_under_every_combination(table):
    wrong = []
    for values in sweep.specifications(table, sweep.listed_values(DECLARED))[list(DECLARED)].to_dict("records"):
        if evaluated_apart(values) != under(table, values):
            wrong.append(values)
    assert wrong == []


@pytest.mark.long
def test_a_seeded_sample_run_through_papermill_as_a_user_would_agrees_in_every_verdict(table):
    each = sweep.specifications(table, sweep.listed_values(DECLARED))[list(DECLARED)].to_dict("records")
    as_text = table.astype(object).where(table.notna(), "").astype(str)
    with sweeping._copied(ROOT) as copy:
        for values in random.Random(20).sample(each, 2):
            run = sweeping._as_a_user(copy, parameter_values.as_text(values), [])
            assert len(run) == table["claim"].nunique()
            assert sweeping.differences(run, as_text, {name: str(value) for name, value in values.items()}) == []


def test_a_verdict_that_differs_from_the_sweep_is_named():
    rows = pd.DataFrame({"claim": ["c", "c"], "verdict": ["reproduced", "contradicted"]})
    rows["vintage"] = ["first", "latest"]
    assert sweeping.differences({"c": "reproduced"}, rows, {"vintage": "first"}) == []
    assert sweeping.differences({"c": "reproduced"}, rows, {"vintage": "latest"}) == [
        "c: reproduced in the run, contradicted in the sweep"
    ]


def toy(verdict, *names: str) -> pd.DataFrame:
    """A table of one claim that reads ``names`` and has the verdict that ``verdict`` gives under them."""
    declared = {name: Parameter(name, "integer", 0, "", ("n",), minimum=0, maximum=1) for name in "pqr"}
    found = sweep.Notebook("n", declared)
    found.reads, found.cells = {"c": set(names)}, {"c": set()}
    for chosen in found.combinations("c"):
        values = dict.fromkeys(names, 0) | dict(chosen)
        found.rows["c", chosen] = {"verdict": verdict(**values), "corrected": None}
    return sweep.tidy([found], declared, ["c"])


def test_what_a_verdict_depends_on_is_told_from_what_is_merely_read():
    [row] = sweep.shares(toy(lambda p, q: "bad" if p else "good", "p", "q"), "pqr").to_dict("records")
    assert (row["reads"], row["depends_on"], row["flipped_by"]) == ("p, q", "p", "p=1: bad")
    assert (row["holds"], row["specifications"], row["share"]) == (2, 4, 0.5)


def test_a_choice_that_matters_only_beside_another_is_found():
    [row] = sweep.shares(toy(lambda p, q: "bad" if p and q else "good", "p", "q"), "pqr").to_dict("records")
    assert (row["depends_on"], row["flipped_by"], row["share"]) == ("p, q", "", 0.75)


def test_a_claim_that_reads_nothing_has_one_specification():
    [row] = sweep.shares(toy(lambda: "good"), "pqr").to_dict("records")
    assert (row["specifications"], row["share"], row["reads"]) == (1, 1.0, "")


def test_a_parameter_read_under_another_value_only_is_tried_too():
    declared = {name: Parameter(name, "integer", 0, "", ("n",), minimum=0, maximum=1) for name in "pq"}

    def ask(orders):
        for order in orders:
            values = {"p": 0, "q": 0} | dict(order.differing)
            reads = ["p", "q"] if values["p"] else ["p"]
            verdict = "bad" if values["p"] and values["q"] else "good"
            yield sweep.Answer(order, [{"id": "c", "verdict": verdict, "corrected": None, "reads": reads, "cells": []}])

    rows = sweep.tidy(sweep.sweep(declared, ["n"], ask), declared, ["c"])
    assert list(rows["verdict"]) == ["good", "good", "good", "bad"]


def test_the_same_table_can_be_read_from_other_choices(table):
    chosen = {name: values[-1] for name, values in sweep.listed_values(DECLARED).items()}
    other = sweep.relative_to(table, chosen)
    verdicts = {claim: verdict for claim, (verdict, _) in under(table, chosen).items()}
    assert dict(other.loc[other["default"], ["claim", "verdict"]].to_numpy()) == verdicts
    each = sweep.specifications(other, sweep.listed_values(DECLARED, chosen))
    assert each[each["default"]][list(DECLARED)].to_dict("records") == [chosen]
    assert each.loc[each["default"], "holds"].item() == len(verdicts)


def test_a_parameter_without_an_end_of_values_cannot_be_swept():
    with pytest.raises(InputError, match="not every value"):
        sweep.choices(Parameter("p", "number", 0.5, "", ("n",)))


def test_the_curve_has_a_column_for_each_combination_and_says_what_it_shows(table):
    figure = curve.of_sweep(table, sweep.listed_values(DECLARED))
    assert len(figure.data) == 216 == len(figure.data[list(DECLARED)].drop_duplicates())
    assert figure.data["default"].sum() == 1
    assert figure.data.loc[figure.data["default"], "holds"].item() == table["claim"].nunique()
    assert f"leaves {figure.data['holds'].min()}" in figure.alt


@pytest.mark.long
def test_a_sweep_that_was_stopped_asks_only_for_the_rest_and_ends_the_same(audit_like, tmp_path):
    asked = []

    def carry(limit):
        def go(orders, done):
            for order in orders:
                if len(asked) == limit:
                    raise KeyboardInterrupt
                asked.append(order.key)
                done(sweep.answer(order, audit_like))
        return go

    assert sweeping.run(audit_like, terminal=QUIET, carry=carry(6)) == 130
    with open(audit_like / "build/sweep/answers.jsonl", "a", encoding="utf-8") as file:
        file.write('{"inputs": "half a li')
    assert sweeping.run(audit_like, terminal=QUIET, carry=carry(10**6)) == 0
    assert len(asked) == len(set(asked)) == 3 * 3 + 1  # one claim reads two choices of three values, the others none
    first = (audit_like / "build/sweep/sweep.csv").read_bytes()
    (audit_like / "build/sweep/answers.jsonl").unlink()
    asked.clear()
    assert sweeping.run(audit_like, terminal=QUIET, carry=carry(10**6)) == 0
    assert (audit_like / "build/sweep/sweep.csv").read_bytes() == first


def test_a_changed_input_makes_every_stored_answer_void(audit_like):
    asked = []

    def carry(orders, done):
        for order in orders:
            asked.append(order.key)
            done(sweep.answer(order, audit_like))

    assert sweeping.run(audit_like, terminal=QUIET, carry=carry) == 0
    before = len(asked)
    with open(audit_like / "data/paper/replies.yaml", "a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert sweeping.run(audit_like, terminal=QUIET, carry=carry) == 0
    assert len(asked) == 2 * before


@pytest.fixture
def audit_like(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of this audit with its two quick notebooks alone."""
    import shutil

    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    for path in (ROOT / "notebooks").glob("*.ipynb"):  # the declarations name them all; only two are asked
        shutil.copy(path, tmp_path / "notebooks")
    monkeypatch.setattr(sweeping, "judging", lambda base=None: ["01_introduction", "04_countermeasures"])
    monkeypatch.setenv("AUDIT_ROOT", str(tmp_path))
    return tmp_path


@pytest.mark.long
def test_a_sweep_that_is_told_to_stop_ends_soon_and_keeps_what_it_has(tmp_path):
    import os
    import shutil

    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    command = [sys.executable, "-m", "asprinted", "sweep", "--jobs", "2"]
    environment = os.environ | {"AUDIT_ROOT": str(tmp_path)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    store = tmp_path / "build/sweep/answers.jsonl"
    until = time.monotonic() + 60
    while time.monotonic() < until and (not store.is_file() or len(store.read_text(encoding="utf-8").splitlines()) < 8):
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert "goes on from there" in said
    again = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=True)
    assert ", 0 of them known already" not in again.stdout
