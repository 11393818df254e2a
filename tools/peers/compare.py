"""What differs between a suite's two reports, and whether a reason is known for it."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

Outcomes = dict[str, str]  # by the test's name, as pytest takes it: passed, failed or skipped
PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


class Difference(NamedTuple):
    """A suite with what became of its tests in both ways, and which of them fail with forked kernels alone."""

    suite: str
    version: str
    ordinary: Outcomes
    forked: Outcomes
    reasons: Mapping[str, str]

    @property
    def only_forked(self) -> list[str]:
        """Tests that fail with forked kernels alone."""
        return only_forked(self.ordinary, self.forked)

    @property
    def faults(self) -> list[str]:
        """What must not be: such a test without a reason, a reason without such a test, and a suite that did not run."""
        unknown = [test for test in self.only_forked if test not in self.reasons]
        found = [f"{test}: fails with forked kernels alone, and no reason is known" for test in unknown]
        found += [f"{test}: has a reason, but does not fail" for test in self.reasons if test not in self.only_forked]
        found += [f"no test ran with {name} kernels" for name in ("ordinary", "forked") if not getattr(self, name)]
        return [f"{self.suite}, {fault}" for fault in found]


def outcomes(report: str) -> Outcomes:
    """What a JUnit report says of each test. One that fails in its set-up or afterwards fails."""
    found: Outcomes = {}
    for case in ElementTree.fromstring(report).iter("testcase"):
        kinds = {child.tag for child in case}
        outcome = FAILED if kinds & {"failure", "error"} else SKIPPED if "skipped" in kinds else PASSED
        test = name(case.attrib)
        found[test] = FAILED if FAILED in (outcome, found.get(test)) else outcome
    return found


def name(case: Mapping[str, str]) -> str:
    """A test as pytest takes it on its command line.

    >>> name({"file": "tests/test_a.py", "classname": "tests.test_a.TestB", "name": "test_c[1]"})
    'tests/test_a.py::TestB::test_c[1]'
    """
    file, dotted = case.get("file", ""), case.get("classname", "")
    module = file.removesuffix(".py").replace("/", ".")
    within = dotted.removeprefix(module).strip(".").split(".") if dotted.startswith(module) else []
    return "::".join(filter(None, [file or dotted, *within, case["name"]]))


def only_forked(ordinary: Outcomes, forked: Outcomes) -> list[str]:
    """Tests that fail with forked kernels, or are not there, and do not with ordinary ones."""
    return sorted(test for test, was in ordinary.items() if was != FAILED and forked.get(test, FAILED) == FAILED)


def settled(forked: Outcomes, again: Outcomes) -> Outcomes:
    """The outcomes with those that were wrong by chance put right: a test that passes when it is repeated passes."""
    return {**forked, **{test: outcome for test, outcome in again.items() if outcome != FAILED}}


def counts(found: Outcomes) -> str:
    """The outcomes in numbers.

    >>> counts({"a": "passed", "b": "passed", "c": "skipped"})
    '2 pass, 1 skipped'
    """
    number, words = Counter(found.values()), {PASSED: "pass", FAILED: "fail", SKIPPED: "skipped"}
    return ", ".join(f"{number[outcome]} {word}" for outcome, word in words.items() if number[outcome] or outcome == PASSED)


def table(differences: Iterable[Difference]) -> str:
    """All suites in Markdown, and the reason of each test that fails with forked kernels alone."""
    lines, told = ["| suite | ordinary kernels | forked kernels | fails only forked |", "|---|---|---|--:|"], []
    for one in differences:
        lines.append(f"| {one.suite} {one.version} | {counts(one.ordinary)} | {counts(one.forked)} | {len(one.only_forked)} |")
        told += [f"- `{one.suite}`, `{test}`: {one.reasons.get(test, '**no reason is known**')}" for test in one.only_forked]
    return "\n".join([*lines, *(["", *told] if told else [])])
