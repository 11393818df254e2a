"""What a verdict is worth, and whether a number is as the cited work has it, once more beside the committed records."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from second.paper import PAPER, choices, claims, stated
from second.rules import ACCUSED, together, verdict
from second.sections import readings
from second.shown import could_fail, misprinted, noticed

from checkout import ROOT

DEFAULT = choices()[0]
VERDICT, VERDICTS = "application/vnd.audit.verdict+json", "application/vnd.audit.verdicts+json"  # of one claim, of several


def _stored(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [data[VERDICT]] if VERDICT in data else data.get(VERDICTS, [])


COMMITTED: dict[str, dict[str, Any]] = {
    record["id"]: record
    for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    for cell in json.loads(path.read_text("utf-8"))["cells"]
    for output in cell.get("outputs", ())
    for record in _stored(output.get("data", {}))
}
PASSAGES, WORKS = (yaml.safe_load((PAPER / f"{name}.yaml").read_text("utf-8")) for name in ("attributions", "references"))


def test_every_claim_has_a_committed_record() -> None:
    assert sorted(COMMITTED) == sorted(claims())


@pytest.mark.parametrize("id", claims())
def test_a_committed_verdict_is_that_of_the_second_derivation(id: str) -> None:
    found = [verdict(stated(id), reading, DEFAULT.rounding) for reading in readings(id, DEFAULT)] or ["not checkable"]
    assert COMMITTED[id]["verdict"] == together(found)


@pytest.mark.parametrize("id", [id for id in claims() if stated(id)])
def test_as_many_misprints_of_one_digit_would_have_been_accused(id: str) -> None:
    caught, tried = noticed(stated(id), readings(id, DEFAULT), DEFAULT.rounding)
    assert COMMITTED[id]["power"] == {"noticed": caught, "tried": tried}


@pytest.mark.parametrize("id", claims())
def test_what_could_have_failed_is_told_from_what_could_not(id: str) -> None:
    found = readings(id, DEFAULT)
    assert COMMITTED[id]["could_fail"] is (could_fail(stated(id), found, DEFAULT.rounding) if found else False)


def test_a_verdict_that_accuses_could_have_failed_and_one_without_a_figure_could_not() -> None:
    accused = {id: one["could_fail"] for id, one in COMMITTED.items() if one["verdict"] in ACCUSED}
    assert set(accused.values()) == {True}
    assert [id for id, one in COMMITTED.items() if one["could_fail"] and not one["sources"] and not one["with"]
            and claims()[id]["kind"] != "identity"] == []


def test_a_misprint_has_as_many_digits_and_no_more() -> None:
    assert misprinted("10") == ["20", "30", "40", "50", "60", "70", "80", "90", *(f"1{digit}" for digit in range(1, 10))]
    assert len(misprinted("13.98")) == 8 + 3 * 9
    assert "03.98" not in misprinted("13.98")


def attributed(id: str) -> dict[str, Any] | None:
    """Of a passage that the claim stands in: nothing cited, cited and not seen, or what number is printed there."""
    [*passages] = (one for one in PASSAGES if claims()[id]["where"] in one["where"])
    if not passages or claims()[id]["kind"] == "identity":
        return None
    [passage] = passages
    if not passage["cites"]:
        return {"status": "no work cited", "reference": None, "prints": None}
    prints = passage.get("prints", {}).get(id)
    if prints is None and passage.get("prints") and not claims()[id].get("stated"):  # words are not compared with what was seen
        return None
    same = {True: "as cited", False: "differs from the cited work"}
    status = "cited work not seen" if prints is None else same[prints == claims()[id]["stated"]]
    return {"status": status, "reference": passage["cites"], "prints": prints}


@pytest.mark.parametrize("id", claims())
def test_whether_a_number_is_as_the_cited_work_has_it_is_told_alike(id: str) -> None:
    assert COMMITTED[id]["faithful"] == attributed(id)


def test_a_work_prints_only_what_it_was_seen_to_print() -> None:
    """And not before the figures could be known."""
    seen = {work["number"]: work for work in WORKS}
    for passage in PASSAGES:
        if passage.get("prints"):
            assert seen[passage["cites"]]["seen"] != "not seen"
            assert seen[passage["cites"]]["appeared"].split("/")[1] >= passage["known_from"]
            digits = passage["words"]
            assert [text for text in passage["prints"].values() if text not in digits] == []
