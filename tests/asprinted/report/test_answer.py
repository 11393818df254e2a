"""The answer of the whole audit: its counts in a sentence for none, one and many, and the class of the paper with its reason."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.report.pages import counts

pytestmark = pytest.mark.site


def test_the_answer_counts_every_claim_once(material):
    found = counts.of(material)
    assert found.agree + found.wrong + found.depend + found.open == found.total
    assert found.weak <= found.agree


def test_the_answer_stands_on_the_front_page_and_in_the_summary(material, read):
    name, reason = counts.classification(material)
    assert f"{name.partition(';')[0]}. {counts.answer(material)}" in read["index.html"].text
    assert f"{name}." in read["summary.html"].text
    assert reason in read["summary.html"].text
    for name in ("index.html", "summary.html"):
        assert counts.worth(material) in read[name].text, name
        assert counts.official_only(material) in read[name].text, name


NO_FIGURE = "; for much of it no published figure was found"


@pytest.mark.parametrize(("weak", "wrong", "depend", "may", "open", "expected"), [
    (0, 0, 0, False, 0, "Holds where it can be checked"),
    (0, 1, 0, False, 0, "Holds in most of what can be checked; no error in it is known to overturn a conclusion"),
    (0, 0, 1, False, 0, "Holds in most of what can be checked"),
    (0, 1, 0, True, 0, "Holds in part"),
    (0, 6, 0, False, 0, "Does not hold in most of what can be checked"),
    (0, 0, 6, False, 0, "Holds in less than half of what can be checked"),
    (0, 0, 0, False, 9, "Holds where it can be checked" + NO_FIGURE),
    (6, 2, 0, False, 0, "Holds in part"),  # 8 of 10 agree, and 2 of the 4 that could have failed
    (6, 3, 0, False, 0, "Does not hold in most of what can be checked"),
    (10, 0, 0, False, 0, "Agrees, in checks that say little"),
])
def test_the_class_of_a_paper_follows_from_checks_that_tell_something(material, monkeypatch, weak, wrong, depend, may, open, expected):
    found = counts.Counts(10 + open, 10 - wrong - depend, weak, wrong, 0, depend, open)
    monkeypatch.setattr(counts, "of", lambda _: found)
    monkeypatch.setattr(counts, "threatened", lambda *_: ["one"] if may else [])
    assert counts.classification(material)[0] == expected


def test_a_paper_of_which_nothing_was_found_is_not_said_to_fail(material, monkeypatch):
    monkeypatch.setattr(counts, "of", lambda _: counts.Counts(9, 0, 0, 0, 0, 0, 9))
    assert counts.classification(material)[0] == "Nothing of it could be checked"


@given(st.integers(1, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_checks_that_say_little_change_no_class_where_another_tells_something(holds, weak, wrong, depend):
    checked = holds + wrong + depend
    assert (counts._class(counts.Counts(checked + weak, holds + weak, weak, wrong, 0, depend, 0), may=False)
            == counts._class(counts.Counts(checked, holds, 0, wrong, 0, depend, 0), may=False))


def test_the_class_stands_beside_both_shares_and_says_that_its_arguments_are_written_by_hand(material, read):
    found, shown = counts.of(material), read["summary.html"].text
    assert (found.agree, found.checked, found.hold, found.telling) == (39, 47, 19, 27)
    for said in ("Holds in part", "39 of the 47 claims that could be checked agree (83%)", "19 of 27 (70%), on which the class rests",
                 "written by hand and not computed", "data/paper/conclusions.yaml"):
        assert said in shown, said
    assert "written by hand" in read["index.html"].text
    assert "written by hand" in read["conclusions.html"].text


@pytest.mark.parametrize(("found", "expected"), [
    (counts.Counts(1, 1, 1, 0, 0, 0, 0),
     "1 of 1 claim agrees with what was published, one of them in a check that says little; none fails."),
    (counts.Counts(4, 0, 0, 3, 1, 1, 0),
     "0 of 4 claims agree with what was published; three do not (one of them because two statements of the paper exclude each other); one "
     "depends on how a sentence is read."),
    (counts.Counts(5, 1, 0, 1, 1, 2, 1),
     "1 of 5 claims agrees with what was published; one does not (because it and another statement of the paper exclude each other); two "
     "depend on how a sentence is read; for one no published figure was found."),
])
def test_the_answer_is_a_sentence_for_none_one_and_many(material, monkeypatch, found, expected):
    monkeypatch.setattr(counts, "of", lambda _: found)
    assert counts.answer(material) == expected


@pytest.mark.parametrize("weak", [0, 1, 2])
@pytest.mark.parametrize("wrong", [0, 1, 2])
@pytest.mark.parametrize("depend", [0, 1, 2])
@pytest.mark.parametrize("open", [0, 1, 2])
def test_no_count_is_said_with_the_wrong_number_of_its_verb(material, monkeypatch, weak, wrong, depend, open):
    monkeypatch.setattr(counts, "of", lambda _: counts.Counts(5 + wrong + depend + open, 5, weak, wrong, min(wrong, 1), depend, open))
    said = f"{counts.answer(material)} {counts.classification(material)[1]}"
    assert not re.search(r"\b(?:one|1) (?:do|depend|are|claims)\b|\b(?:two|2) (?:does|depends|is|claim)\b", said)
    assert not re.search(r"\bnone (?:do|depend|are)\b| ,", said)
