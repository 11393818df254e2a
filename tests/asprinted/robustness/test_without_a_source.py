"""What becomes of a verdict without one of its sources, relays of one release counting as one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from asprinted.numbers.quantity import Missing, Quantity
from asprinted.official import observations, tables
from asprinted.official.observations import Official
from asprinted.robustness import without_a_source
from asprinted.robustness.without_a_source import Dependence, excluding
from checkout import ROOT

WHITE_PAPER = "circuit-talent-white-paper-2018"


def demand() -> Quantity | Missing:
    return Official(ROOT).find("talent", "integrated_circuit_talent_demand", "2020", geography="China", basis="point")


def test_a_figure_is_missing_without_all_relays_of_its_release_and_there_with_one_of_them() -> None:
    relays = frozenset(without_a_source.releases(ROOT)[WHITE_PAPER])
    with excluding(relays):
        assert isinstance(demand(), Missing)
    with excluding(relays - {"cecc-2018-08-16"}):
        assert isinstance(demand(), Quantity)
    assert isinstance(demand(), Quantity)


def test_the_exclusion_ends_with_its_block_even_after_an_error() -> None:
    with pytest.raises(KeyError), excluding(frozenset({"any"})):
        raise KeyError
    assert observations.EXCLUDED.get() == frozenset()


def test_every_listed_relay_is_a_source_and_stands_in_one_release() -> None:
    known = {source for name in tables.names(ROOT) for source in tables.load(name, ROOT)["source"]}
    listed = [key for keys in without_a_source.releases(ROOT).values() for key in keys]
    assert set(listed) <= known
    assert len(listed) == len(set(listed))
    assert all(len(keys) > 1 for keys in without_a_source.releases(ROOT).values())


def test_the_marks_say_how_many_sources_a_verdict_hangs_on() -> None:
    def mark(releases: tuple[str, ...], **without: str) -> str:
        return Dependence("claim", "reproduced", releases, without).mark

    assert [mark(()), mark(("a", "b")), mark(("a", "b"), a="not checkable"), mark(("a", "b"), a="x", b="y")] == [
        "no source", "", "hangs on one source", "hangs on each of several sources"]


def test_the_documented_table_names_every_claim_that_rests_on_figures_and_only_verdicts() -> None:
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z0-9-]+)`", text, re.MULTILINE))
    from asprinted.robustness.replay import all_records

    assert listed == {id for id, record in all_records(ROOT).items() if record["sources"]}


def test_what_was_accepted_can_be_read_back_and_is_of_the_verdicts_of_today(tmp_path: Path) -> None:
    from asprinted.robustness.replay import all_records

    read = without_a_source.accepted(ROOT)
    assert {id: one.verdict for id, one in read.items()} == {id: record["verdict"] for id, record in all_records(ROOT).items()}
    assert without_a_source.as_csv(list(read.values())) == (ROOT / "docs/sources.csv").read_text(encoding="utf-8")
    assert without_a_source.accepted(tmp_path) == {}
