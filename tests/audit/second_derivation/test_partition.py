"""Every claim is derived a second time, looked up in a row that is named, or has no public measure: none slips by."""

from __future__ import annotations

import pytest
from records import judged, record_under
from second.figures import rows
from second.paper import choices, claims
from second.sections import DERIVED, LINES, LOOKED_UP, WITHOUT_A_MEASURE

CHOICES = choices()


def test_every_claim_of_the_paper_stands_in_exactly_one_of_the_three_lists() -> None:
    assert sorted([*DERIVED, *LOOKED_UP, *WITHOUT_A_MEASURE]) == sorted(claims())


def test_every_claim_of_the_paper_is_judged() -> None:
    assert judged() == sorted(claims())


@pytest.mark.parametrize("id", [*LOOKED_UP, *WITHOUT_A_MEASURE])
def test_nothing_is_computed_for_a_claim_that_is_not_derived_under_any_choice(id: str) -> None:
    records = [record_under(id, choice) for choice in CHOICES]
    assert {one["how"] for record in records for one in (record, *record["readings"])} <= {"as published", ""} | _bound(
        id
    )


def _bound(id: str) -> set[str]:
    """A figure that is printed as a bound is called recomputed: it has no digits of its own to be compared."""
    return {"recomputed"} if any(line["bound"] for line in LOOKED_UP.get(id, [])) else set()


@pytest.mark.parametrize("id", LOOKED_UP)
def test_a_looked_up_claim_states_a_number_and_not_an_order_or_a_trend(id: str) -> None:
    assert claims()[id]["kind"] in ("number", "count")


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['claim']}-{line['basis']}")
def test_a_looked_up_claim_names_its_row_or_there_is_none(line: dict[str, str]) -> None:
    columns = (
        ("indicator", "geography", "period", "basis", "bound")
        if line["bound"]
        else ("indicator", "geography", "period", "basis")
    )
    found = [row["row"] for row in rows(line["table"]) if all(row[key] == line[key] for key in columns)]
    assert line["row"] in found if found else line["row"] == ""


@pytest.mark.parametrize(("id", "wanted"), WITHOUT_A_MEASURE.items())
def test_a_claim_without_a_measure_is_not_checkable_under_any_choice(id: str, wanted: str) -> None:
    for choice in CHOICES:
        record = record_under(id, choice)
        assert (record["verdict"], record["wanted"], record["sources"]) == ("not checkable", [wanted], []), choice
