"""A cell may judge several claims, or a printed table: each verdict is collected, compared and looked at as if it had its own."""

from __future__ import annotations

import pytest

from asprinted.audit import collect, compare, notebook_rules
from asprinted.notebook import calls
from asprinted.notebook.side_by_side import VERDICTS_MIME
from asprinted.verdicts.record import VERDICT_MIME
from forkmill.notebooks import ipynb, rules


def faults(audit, name: str = "02_second") -> str:
    read = ipynb.read(audit.path(name))
    return "\n".join(map(str, notebook_rules.source_errors(read) + notebook_rules.record_errors(read)))


BESIDE = 'paper.side_by_side(paper.check("one", 1), paper.check("three", 3))'


def beside(audit, source: str = BESIDE, **changed: object) -> None:
    """The two claims of the second notebook judged by one cell, as it would store them; ``changed`` fields of the last record."""
    content = audit.read("02_second")
    first, last = (audit.cell(content, id)["outputs"][0]["data"][VERDICT_MIME] for id in ("one", "three"))
    output = {"output_type": "execute_result", "execution_count": 3, "metadata": {},
              "data": {"text/plain": ["one 1, three 3"], VERDICTS_MIME: [first, last | changed]}}
    content["cells"] = [cell for cell in content["cells"] if cell["id"] != "three"]
    audit.write("02_second", content)
    audit.edit("02_second", "one", source=source, outputs=[output])


@pytest.mark.parametrize("source", [
    BESIDE,
    'three = paper.check("three", 3)\npaper.side_by_side(paper.check("one", 1), three)',
    f"both = {BESIDE}\nboth",
])
def test_a_cell_may_judge_several_claims_side_by_side(accepted, source):
    beside(accepted, source)
    assert faults(accepted) == ""
    assert calls.claims_of(source) in (["one", "three"], ["three", "one"])


@pytest.mark.parametrize("source", [
    'paper.side_by_side(*[paper.check(name, value) for name, value in values.items()])',
    'paper.side_by_side(*(paper.check(name, 1) for name in names))',
    'checks = [paper.check(name, 1) for name in names]\npaper.side_by_side(*checks)',
    'paper.side_by_side(paper.check("one", 1), *[paper.check(name, 1) for name in names])',
])
def test_a_cell_may_judge_claims_in_a_loop_that_it_shows_side_by_side(accepted, source):
    beside(accepted, source)
    assert faults(accepted) == ""


def cell_of_a_table(row: str, column: str) -> dict[str, object]:
    return {"id": f"t[{row}, {column}]", "table": {"id": "t", "row": row, "column": column}}


def test_the_cells_of_a_printed_table_are_judged_by_one_call(accepted):
    beside(accepted, 'paper.check_table("t", frame)')
    content = accepted.read("02_second")
    several = accepted.cell(content, "one")["outputs"][0]["data"][VERDICTS_MIME]
    several[0] |= cell_of_a_table("a", "x")
    several[1] |= cell_of_a_table("a", "y")
    accepted.write("02_second", content)
    assert faults(accepted) == ""
    found = collect.collect(rules.load(accepted.root / "notebooks"), ["two", "t[a, x]", "t[a, y]"])
    assert (list(found.records), found.faults) == (["two", "t[a, x]", "t[a, y]"], [])


def test_a_printed_table_that_left_no_verdict_is_named(accepted):
    beside(accepted, 'paper.check_table("t", frame)')
    assert "judges t stored another number of verdicts" in faults(accepted)


@pytest.mark.parametrize(("changed", "said"), [
    ({"id": "two"}, "of another claim"),
    ({"verdict": "nonsense"}, "three is unknown: nonsense"),
])
def test_of_several_stored_verdicts_each_is_looked_at(accepted, changed, said):
    beside(accepted, **changed)
    assert said in faults(accepted)


def test_claims_side_by_side_are_collected_as_if_each_had_a_cell_of_its_own(accepted):
    def collected() -> collect.Collection:
        return collect.collect(rules.load(accepted.root / "notebooks"), ["one", "two", "three"])

    before = collected()
    beside(accepted)
    after = collected()
    assert after.faults == []
    assert list(after.records) == ["one", "two", "three"]
    assert after.records["three"] == before.records["three"] | {"cell": "one"}


def test_a_claim_that_its_table_does_not_hold_or_that_another_cell_judges_too_is_named(accepted):
    beside(accepted, id="two")
    found = collect.collect(rules.load(accepted.root / "notebooks"), ["one", "two", "three"]).faults
    assert [fault for fault in found if "check of three left no verdict" in fault]
    assert [fault for fault in found if "the claim two is judged 2 times" in fault]


def test_a_verdict_that_changed_is_named_though_its_cell_judges_others(accepted):
    beside(accepted)
    committed = rules.load(accepted.root / "notebooks")
    found = {record["id"]: record for record in collect.records(committed)}
    found["three"] = found["three"] | {"verdict": "contradicted"}
    assert [str(one) for one in compare.changes(found, committed)] == ["three: reproduced -> contradicted"]
