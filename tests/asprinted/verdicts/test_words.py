"""Records in words: what is stated, what was published in its place, and the verdict in a sentence."""

from __future__ import annotations

import ast
import re
from itertools import pairwise

import pytest

from asprinted.verdicts import words
from asprinted.verdicts.vocabulary import VERDICTS
from checkout import ROOT

POINT = {"low": "84000", "high": "84000"}


def make_record(**fields: object) -> dict[str, object]:
    known = {"verdict": "contradicted", "stated": "240,000", "unit": "yuan", "qualifier": "exact", "readings": [], "sources": ["a-row"],
             "computed": POINT, "corrected": None}
    return known | fields


def make_reading(name: str, **fields: object) -> dict[str, object]:
    return {"name": name, "unit": "yuan", "verdict": "contradicted", "computed": POINT, "corrected": None, "sources": ["a-row"]} | fields


def test_a_stated_number_has_its_qualifier_its_unit_and_its_thousands():
    assert words.stated(make_record(stated="130000", qualifier="more than", unit="stations")) == "more than 130,000 stations"


def test_what_was_published_has_its_unit_whatever_the_verdict():
    assert {words.published(make_record(verdict=verdict)) for verdict in ("reproduced", "consistent", "contradicted")} == {"84,000 yuan"}


def test_a_range_is_shown_to_one_digit_more_than_the_paper_prints():
    record = make_record(stated="8.3", unit="percent", computed={"low": "7.748216", "high": "8.759121"})
    assert words.published(record) == "7.75 to 8.76 percent"


def test_what_the_printed_digits_give_is_shown_before_all_that_rounding_allows():
    record = make_record(stated="790", unit="billion yuan", computed={"low": "797.36", "high": "797.38"}, digits="797.37")
    assert words.published(record) == "797.4 billion yuan"


def test_a_large_number_is_shown_without_decimals():
    record = make_record(computed={"low": "1036901.1", "high": "1047897.4"}, digits="1042405.79", unit="persons")
    assert words.published(record) == "1,042,406 persons"


def test_readings_that_count_different_things_keep_their_units_apart():
    record = make_record(readings=[
        make_reading("personnel", unit="persons", computed={"low": "1042000", "high": "1042000"}), make_reading("per head")])
    assert words.published(record) == "1,042,000 persons (personnel); 84,000 yuan (per head)"


def test_readings_of_one_value_show_it_once():
    assert words.published(make_record(readings=[make_reading("one"), make_reading("other")])) == "84,000 yuan"


def test_a_pair_that_excludes_itself_has_no_published_value_but_an_implied_one():
    record = make_record(verdict="inconsistent", unit="points", stated="4.4", computed={"low": "0.2", "high": "0.2"})
    assert (words.published(record), words.implied(record)) == ("", "0.2 points")


def test_where_nothing_was_seen_nothing_is_shown():
    assert words.published(make_record(verdict="not checkable", computed=None, sources=[])) == ""


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_is_a_sentence_without_its_own_name(verdict):
    said = words.sentence(make_record(verdict=verdict, readings=[
        make_reading("personnel", verdict="reproduced"), make_reading("per head"), make_reading("unseen", verdict="not checkable")]))
    assert said[0].isupper()
    assert said.endswith(".")
    assert verdict not in said


def test_an_ambiguous_sentence_says_which_reading_is_right_and_which_is_wrong():
    readings = [make_reading("personnel", verdict="consistent"), make_reading("per head")]
    said = words.sentence(make_record(verdict="ambiguous", readings=readings))
    assert said == "Right if read as personnel, wrong if read as per head; the sentence does not say which."


NOUNS = re.compile(r" (?:more |other )?(?:claims|cells|rows|sources|notebooks|relations|parameters|verdicts|statistics|texts|places|"
                   r"conclusions|figures|tables|files|variables|evaluations|specifications|others|errors)\b")


def counts_by_hand(source: str) -> list[str]:
    """The f-strings of a module that set a plural behind a count themselves, which one of anything makes wrong."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            found += [ast.unparse(node) for count, text in pairwise(node.values)
                      if isinstance(count, ast.FormattedValue) and isinstance(text, ast.Constant) and NOUNS.match(text.value)
                      and "len(" in ast.unparse(count)]
    return found


@pytest.mark.parametrize(("source", "found"), [
    ('f"{len(rows)} rows"', 1), ('f"{many(len(rows), noun)}"', 0), ('f"{number} {name}: {text}"', 0),
    ('f"of {len(found)} more claims"', 1)])
def test_a_plural_behind_a_count_is_found(source, found):
    assert len(counts_by_hand(source)) == found


@pytest.mark.parametrize("path", sorted((ROOT / "src" / "asprinted").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_count_and_its_noun_are_put_together_in_one_place(path):
    assert counts_by_hand(path.read_text(encoding="utf-8")) == []
