"""Each looked-up number is read a second time from the files alone, and agrees under every choice of a run."""

from __future__ import annotations

import pytest
from records import ends, record_under
from records import readings as shown
from second import rules
from second.figures import rows_of
from second.paper import choices, stated
from second.sections import LINES, LOOKED_UP, readings, seen
from second.shown import computed

CHOICES = choices()


@pytest.mark.parametrize("id", LOOKED_UP)
def test_the_figure_and_its_verdict_are_the_same_under_every_choice(id: str) -> None:
    for choice in CHOICES:
        found, record = readings(id, choice), record_under(id, choice)
        verdicts = [rules.verdict(stated(id), reading, choice.rounding) for reading in found]
        assert [ends(one) for one in shown(record)] == [
            computed(stated(id), reading, verdict) for reading, verdict in zip(found, verdicts, strict=True)
        ], choice
        assert [one["verdict"] for one in shown(record)] == verdicts, choice
        assert record["verdict"] == rules.together(verdicts), choice


@pytest.mark.parametrize("id", LOOKED_UP)
def test_the_sources_are_all_sightings_that_a_choice_accepts_the_best_one_first(id: str) -> None:
    for choice in CHOICES:
        sighted = rows_of(seen(line, choice) for line in LOOKED_UP[id])
        assert tuple(record_under(id, choice)["sources"]) == sighted, choice


@pytest.mark.parametrize("line", [line for line in LINES if line["row"]], ids=lambda line: line["claim"])
def test_the_first_source_of_a_default_run_is_the_row_that_is_named(line: dict[str, str]) -> None:
    assert record_under(line["claim"], CHOICES[0])["sources"][0] == line["row"]
