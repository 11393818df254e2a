"""Two reports of a suite are compared test by test, and each test that fails with forked kernels alone has a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from peers import suites
from peers.compare import FAILED, PASSED, SKIPPED, Difference, only_forked, outcomes, settled, table

REASONS = Path(suites.__file__).with_name("reasons.yaml")


def report(*cases: str) -> str:
    return f'<?xml version="1.0"?><testsuites><testsuite name="pytest">{"".join(cases)}</testsuite></testsuites>'


def case(name: str, within: str = "", classname: str = "tests.test_a", file: str = "tests/test_a.py") -> str:
    return f'<testcase classname="{classname}" name="{name}" file="{file}" line="1" time="0.1">{within}</testcase>'


def difference(ordinary: str, forked: str, **reasons: str) -> Difference:
    known = {f"tests/test_a.py::{test}": why for test, why in reasons.items()}
    return Difference("one", "1.0", outcomes(ordinary), outcomes(forked), known)


FAILS = '<failure message="no">no</failure>'


def test_a_report_says_of_each_test_whether_it_passed():
    text = report(case("a"), case("b[1-x]", FAILS), case("c", "<skipped/>"), case("d", "", "tests.test_a.TestD"))
    assert outcomes(text) == {"tests/test_a.py::a": PASSED, "tests/test_a.py::b[1-x]": FAILED, "tests/test_a.py::c": SKIPPED,
                              "tests/test_a.py::TestD::d": PASSED}


@pytest.mark.parametrize("order", [1, -1])
def test_a_test_that_fails_in_its_set_up_or_afterwards_fails(order):
    twice = (case("a"), case("a", '<error message="failed on teardown"/>'))
    assert outcomes(report(*twice[::order])) == {"tests/test_a.py::a": FAILED}


def test_what_fails_in_both_ways_is_no_difference_and_what_was_never_reached_is_one():
    ordinary = outcomes(report(case("both", FAILS), case("one"), case("lost"), case("left_out", "<skipped/>")))
    forked = outcomes(report(case("both", FAILS), case("one", FAILS), case("left_out", "<skipped/>")))
    assert only_forked(ordinary, forked) == ["tests/test_a.py::lost", "tests/test_a.py::one"]


def test_a_test_that_passes_when_it_is_repeated_passes():
    forked = {"a": FAILED, "b": FAILED, "c": PASSED}
    assert settled(forked, {"a": PASSED, "b": FAILED}) == {"a": PASSED, "b": FAILED, "c": PASSED}


def test_a_difference_without_a_reason_and_a_reason_without_a_difference_are_faults():
    passes, fails = report(case("a"), case("b")), report(case("a", FAILS), case("b"))
    assert difference(passes, passes).faults == []
    assert difference(passes, fails, a="by design").faults == []
    assert difference(passes, fails).faults == ["one, tests/test_a.py::a: fails with forked kernels alone, and no reason is known"]
    assert difference(passes, passes, b="by design").faults == ["one, tests/test_a.py::b: has a reason, but does not fail"]


def test_a_suite_that_did_not_run_is_a_fault():
    assert "one, no test ran with ordinary kernels" in Difference("one", "1.0", {}, {}, {}).faults


def test_the_table_counts_what_happened_and_gives_the_reasons():
    found = difference(report(case("a"), case("b", "<skipped/>")), report(case("a", FAILS), case("b", "<skipped/>")), a="by design")
    assert table([found]).splitlines() == [
        "| suite | ordinary kernels | forked kernels | fails only forked |",
        "|---|---|---|--:|",
        "| one 1.0 | 1 pass, 1 skipped | 0 pass, 1 fail, 1 skipped | 1 |",
        "",
        "- `one`, `tests/test_a.py::a`: by design",
    ]


def test_a_suite_finds_no_settings_of_a_user_and_a_home_of_its_own():
    given = {"JUPYTER_PATH": "x", "MPLBACKEND": "svg", "PYTHONPATH": "x", "FORKMILL_KERNELS": "ordinary", "LANG": "C", "HOME": "x"}
    env = suites.environment(given, "home")
    assert env.pop("PATH").startswith(str(suites.VENV))
    assert env == {"LANG": "C", "HOME": "home"}


def test_every_suite_has_a_pinned_version_and_every_reason_a_suite_and_one_line():
    assert all(re.fullmatch(r"\d+(\.\d+)+", suite.version) for suite in suites.SUITES)
    reasons = yaml.safe_load(REASONS.read_text(encoding="utf-8")) or {}
    assert set(reasons) <= {suite.name for suite in suites.SUITES}
    assert all(isinstance(why, str) and "\n" not in why for tests in reasons.values() for why in tests.values())
