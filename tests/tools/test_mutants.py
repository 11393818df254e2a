"""The harness of planted defects: copies that cannot reach the checkout, forks that end, and the page it writes."""

from __future__ import annotations

import ast
import json
import os
import re
import time

import pytest

from asprinted.audit import compare
from checkout import ROOT
from forkmill.notebooks import ipynb, rules
from mutants import command, execute, notice, plan, plant_readings, report, sandbox, text

PAGE = (ROOT / "docs/planted-defects.md").read_text(encoding="utf-8")
NOTICED = {"planted": "x", "accepted": "x", "shown": None, "left": True, "same": False, "where": "data/a.csv, r", "family": "f"}
UNNOTICED = NOTICED | {"what": "line 1: a -> b"} | {"planted": "", "accepted": "", "shown": False, "left": True}


def _observe(changed, *tests):
    tasks = [("one", lambda copy: notice.observe(ROOT, copy, changed, [tests] if tests else []))]
    folder = ROOT / "build/tools/mutants" / f"test-{os.getpid()}"  # on the disk of the checkout, whose files it links to
    return dict(sandbox.each(tasks, folder, 1))["one"]


def test_a_copy_shares_what_is_unchanged_and_nothing_written_there_reaches_the_checkout(tmp_path):
    root = tmp_path / "root"
    (root / "data").mkdir(parents=True)
    (root / "data/a.csv").write_text("a\n", encoding="utf-8")
    (root / "data/b.csv").write_text("b\n", encoding="utf-8")
    sandbox.fill(root, tmp_path / "copy", {"data/b.csv": "changed\n", "data/c.csv": None})
    assert (tmp_path / "copy/data/a.csv").samefile(root / "data/a.csv")
    assert (tmp_path / "copy/data/b.csv").read_text(encoding="utf-8") == "changed\n"
    assert (root / "data/b.csv").read_text(encoding="utf-8") == "b\n"


def test_the_notebooks_run_without_kernels_give_the_outputs_that_are_compared():
    executed, failed = execute.run(ROOT)
    assert failed == []
    stored = rules.load(ROOT / "notebooks")
    read = [ipynb.parse(ipynb.dump(executed[one.name]), one.path) for one in stored]
    assert compare.other_outputs(read, stored) == []


def test_a_wrong_digit_of_an_official_value_is_noticed_before_and_after_its_hash_was_made_anew():
    name = "data/official/investment.csv"
    text = (ROOT / name).read_text(encoding="utf-8")
    wrong, count = re.subn(r",percent,-6\.5,", ",percent,-6.6,", text, count=1)
    assert count == 1
    found = _observe({name: wrong})
    assert "not the one that was reviewed" in found["planted"]
    assert "do not stand in the evidence" in found["accepted"]


# Misreadings that stood in this audit until a second reader came: claim, its words then, what its cell did then.
MISREAD = {
    "northeast-and-west-rising": (
        "the prosperity indices of the northeast and of the west are higher in the fourth quarter of 2020 than a year before",
        'paper.check("northeast-and-west-rising", '
        'truth.all_true(truth.less(indicators.climate_index(official, "2019Q4", place), '
        'indicators.climate_index(official, "2020Q4", place)) for place in ["Northeast China", "West China"]))'),
    "gap-narrowing": (
        "the lead of the growth of strategic emerging industries over that of all industry shrinks from 2017 to 2019",
        'paper.check("gap-narrowing", truth.less(rates.loc["2019Q4", "gap"], rates.loc["2017Q4", "gap"]))'),
    "most-companies-did-well": (
        "most of the surveyed companies achieved good operating results in 2020",
        'paper.check("most-companies-did-well", quantity.no_measure("what the survey calls good, and its share of companies"))'),
    "users-5g-growing": (
        "the number of 5G users grows at the end of 2019", 'paper.check("users-5g-growing", truth.positive(official.find('
        '"mobile", "subscribers_5g_monthly_increase", "2019", geography="China", basis="annual")))'),
}
REGISTER, NOTEBOOK = "data/paper/claims/2_development_status.yaml", "notebooks/02_development_status.ipynb"


def _code(content: str) -> dict[str, str]:
    return {cell["id"]: "".join(cell["source"]) for cell in json.loads(content)["cells"] if cell["cell_type"] == "code"}


def _with_check(id: str, new: str) -> str:
    """The notebook with another check in the place of one."""
    content = (ROOT / NOTEBOOK).read_text(encoding="utf-8")
    [(cell, source, call)] = [(cell, source, call) for cell, source in _code(content).items()
                              for call in plant_readings._checks(ast.parse(source)) if call.args[0].value == id]
    return text.with_source(content, cell, text.replaced(source, call, new))


@pytest.mark.parametrize("id", MISREAD)
def test_a_misreading_that_was_accepted_once_is_noticed_by_the_second_readers_table(id):
    words, source = MISREAD[id]
    found = _observe({
        REGISTER: text.with_field((ROOT / REGISTER).read_text(encoding="utf-8"), id, "quantity", words),
        NOTEBOOK: _with_check(id, source),
    }, "tests/audit/test_comparisons.py")
    assert found["accepted"].startswith("unit test tests/audit/test_comparisons.py")


def test_a_misreading_is_planted_in_the_claim_and_in_the_notebook_alike():
    before, after = "fourth quarter of 2020", "third quarter of 2020"
    one = next(one for one in plant_readings.Readings(ROOT).candidates()
               if one.where == f"{NOTEBOOK}, climate-west" and one.what.startswith("period: 2020Q4 -> 2020Q3"))
    changed = one.plant()
    assert set(changed) == {REGISTER, NOTEBOOK}
    assert changed[REGISTER].count(before) == (ROOT / REGISTER).read_text(encoding="utf-8").count(before) - 1
    assert f"prosperity index of the west, {after}" in changed[REGISTER]
    stored = _code((ROOT / NOTEBOOK).read_text(encoding="utf-8"))
    [source] = [source for cell, source in _code(changed[NOTEBOOK]).items() if source != stored[cell]]
    assert source.count("2020Q3") == stored["claims-survey"].count("2020Q3") + 1


def test_nothing_is_noticed_of_an_undamaged_copy_and_nothing_of_it_is_left():
    assert _observe({}) == {"planted": "", "accepted": "", "shown": False, "left": False, "same": False}


def test_a_task_that_fails_or_does_not_end_is_told_and_does_not_stop_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "TIME_LIMIT", 1)
    tasks = [("fails", lambda copy: 1 / 0), ("sleeps", lambda copy: time.sleep(60)), ("works", lambda copy: 7)]
    assert dict(sandbox.each(tasks, tmp_path / "work", 2)) == {
        "fails": {"raised": "ZeroDivisionError: division by zero"}, "sleeps": {"raised": "did not end"}, "works": 7}


def test_a_stopped_run_goes_on_unless_its_inputs_have_changed(tmp_path):
    defect = plan.Defect("f", "place", "what", dict)
    command._Done(tmp_path / "results.jsonl", "inputs").add("key", defect, {"planted": "x"})
    assert "key" in command._Done(tmp_path / "results.jsonl", "inputs").results
    assert command._Done(tmp_path / "results.jsonl", "other inputs").results == {}


def test_every_class_has_at_least_twenty_defects_each_of_which_changes_a_file():
    chosen = plan.plan(ROOT)
    count = {family: sum(one.family == family for one in chosen) for family in plan.FAMILIES}
    assert {family: number for family, number in count.items() if number < 20} == {}
    for one in chosen:
        changed = one.plant()
        assert changed
        assert any(text != (ROOT / name).read_text(encoding="utf-8") for name, text in changed.items()), one.key


def test_a_defect_is_excused_only_by_a_rule():
    assert report.status(NOTICED, after=True) == "noticed"
    assert report.status(UNNOTICED, after=True) == report.NO_VERDICT
    assert report.status(UNNOTICED | {"shown": True}, after=True) == "missed"
    assert report.status(UNNOTICED | {"where": "src/asprinted/a.py, line 1"}, after=True) == "missed"
    assert report.status(UNNOTICED | {"where": "notebooks/a.ipynb, cell b"}, after=True) == "missed"
    assert report.status(UNNOTICED | {"where": "notebooks/a.ipynb, cell b", "same": True}, after=True) == report.SAME


def test_every_change_that_is_called_equivalent_can_be_planted():
    planted = {(one.where.partition(",")[0], one.what.partition(": ")[2]) for one in plan.plant_code.candidates(ROOT)}
    assert set(report.equivalent()) <= planted
    (where, what), reason = next(iter(report.equivalent().items()))
    assert report.status(UNNOTICED | {"where": f"{where}, line 1", "what": f"line 1: {what}"}, after=True) == reason


def test_the_page_holds_the_classes_and_the_seed_of_the_harness_in_well_formed_tables():
    shown = PAGE.partition(f"<!-- {command.PART}: generated, see `{command.AGAIN}` -->")[2].partition(f"<!-- /{command.PART} -->")[0]
    assert f"- seed: {plan.SEED}" in shown
    assert re.search(r"- date: \d{4}-\d\d-\d\d", shown)
    for heading in ("## As planted", "## After `make accept`"):
        rows = [line for line in shown.partition(heading)[2].partition("No harm:")[0].splitlines() if line.startswith("|")]
        cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
        assert [row[0] for row in cells[2:]] == [*plan.FAMILIES, "**all**"]
        for name, planted, noticed, harmless, missed, *_ in cells[2:]:
            assert int(planted) == int(noticed) + int(harmless) + int(missed), name
        assert {len(row) for row in cells} == {7}


def test_a_share_of_nothing_is_any_share():
    assert report.wilson(0, 0) == (0.0, 100.0)
    assert report.wilson(98, 100) == pytest.approx((93.0, 99.4), abs=0.1)


def test_a_goal_that_is_not_met_is_named_with_its_numbers():
    results = [NOTICED | {"family": plan.FAMILIES[0]}] * 9 + [UNNOTICED | {"family": plan.FAMILIES[0], "shown": True}]
    assert report.unmet(results[:9], []) == []
    assert report.unmet(results, []) == ["all classes, as planted: 9 of 10 noticed, at least 98 % wanted"]
    assert report.unmet([*results, results[-1]], [])[1] == (
        f"{plan.FAMILIES[0]}, as planted: 9 of 11 noticed, at least 90 % wanted")
