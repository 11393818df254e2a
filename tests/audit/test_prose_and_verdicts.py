"""What a notebook says in prose of a claim is what its verdict says, as far as the words of verdicts go.

Prose is written once and verdicts are computed, so one can be left behind by the other. A sentence that uses a word of
:data:`SAYS` speaks of the claims that it names, by locator, by id or, where the notebook judges them, by the stated digits;
without one, of those judged under the same heading, or anywhere where none is judged there. At least one of them must have such
a verdict, as a whole or under one of its readings. LIMIT: a sentence that says the same in other words is not noticed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import pytest

from asprinted.audit import collect
from asprinted.verdicts.record import Record
from asprinted.verdicts.vocabulary import ACCUSING, AMBIGUOUS, SUPPORTING, UNJUDGED, VERDICTS
from checkout import ROOT
from forkmill.notebooks import ipynb

READ = [ipynb.read(path) for path in ipynb.paths(ROOT / "notebooks")]
RECORDS = {record["id"]: record for record in collect.records(READ)}
DOUBTED = {*ACCUSING, AMBIGUOUS}
# The names of the verdicts, and what people say for them.
SAYS: dict[str, set[str]] = {
    **{rf"(?<!not )\b{verdict}\b": {verdict} for verdict in VERDICTS},
    r"exclude[sd]? (?:each other|itself|one another)": {"inconsistent"},
    r"cannot (?:both )?be true (?:together|beside)": {"inconsistent"},
    r"no (?:published )?figure was found": {UNJUDGED},
    r"(?:cannot|could not) be (?:checked|judged)|(?:nobody|no one) can check|\b(?:is|are) open\b|\bha(?:s|ve) no measure": {UNJUDGED},
    r"\bagrees?\b(?! with whatever)|(?:is|are) (?:as published|the published ones|right to the digit)": {*SUPPORTING, AMBIGUOUS},
    r"\bholds only by|\bholds on (?:the|one|a) condition": {"consistent"},
    r"\bdo(?:es)? not hold\b|\b(?:is|are|was) wrong\b|fits nothing": DOUBTED,
    r"depends on (?:how|the reading)|nothing (?:in the sentence )?decides (?:between|which)": {AMBIGUOUS},
}
NO_PROSE = ("#", "|", ">", "```")
SENTENCE = re.compile(r"(?<=[.!?])[)*_]*\s+(?=[\[*_A-Z0-9])")
LOCATOR = re.compile(r"\b\d(?:\.\d)?/(?:\d/\d|title)\b")


def sentences(text: str) -> Iterator[str]:
    """The sentences of Markdown, without tables, headings and quotations."""
    for part in re.split(r"\n\s*\n|\n(?=[-|>#])", text):
        if not part.lstrip().startswith(NO_PROSE):
            yield from SENTENCE.split(" ".join(part.split()))


def passages(notebook: ipynb.Notebook) -> list[tuple[list[str], dict[str, Record]]]:
    """Under each heading of a notebook its sentences, and the records judged there."""
    found: list[tuple[list[str], dict[str, Record]]] = [([], {})]
    for cell in notebook.cells:
        if cell.kind == "code":
            found[-1][1].update({record["id"]: record for record in collect.stored(cell)})
            continue
        for part in re.split(r"^(?=#{1,3} )", cell.source, flags=re.MULTILINE):
            if part.startswith("#"):
                found.append(([], {}))
            found[-1][0].extend(sentences(part))
    return found


def names(sentence: str, record: Record, by_digits: bool) -> bool:
    """Whether a sentence speaks of this claim and not of its neighbours alone."""
    digits = rf"(?<![\d.,]){re.escape(record['stated'])}(?![\d]|[.,]\d)"
    return (record["where"] in LOCATOR.findall(sentence) or f"`{record['id']}`" in sentence
            or bool(by_digits and re.search(r"\d", record["stated"]) and re.search(digits, sentence)))


def unlike(sentence: str, judged: dict[str, Record], own: Collection[str]) -> list[str]:
    """The words of a sentence that no claim which it speaks of bears out; ``own``: the claims that its notebook judges."""
    named = [record for id, record in judged.items() if names(sentence, record, id in own)] or [*judged.values()]
    given = {one["verdict"] for record in named for one in (record, *record["readings"])}
    return [found[0] for words, verdicts in SAYS.items() for found in re.finditer(words, sentence) if not given & verdicts]


@pytest.mark.parametrize("notebook", READ, ids=[one.name for one in READ])
def test_prose_says_of_a_claim_what_its_verdict_says(notebook):
    own = {record["id"] for record in collect.records([notebook])}
    found = [(words, sentence) for said, judged in passages(notebook) for sentence in said
             for words in unlike(sentence, judged or RECORDS, own)]
    assert found == []


def _record(id: str, where: str, verdict: str, stated: str = "", readings: tuple[str, ...] = ()) -> Record:
    return {"id": id, "where": where, "verdict": verdict, "stated": stated, "readings": [{"verdict": one} for one in readings]}


JUDGED = {record["id"]: record for record in (
    _record("rate", "2.1/1/1", "not checkable", "6.7"), _record("gap", "2.1/1/3", "inconsistent", "4.4"),
    _record("half", "2.1/1/2", "ambiguous", "7.7", ("reproduced", "contradicted")), _record("trend", "2.1/title", "consistent"))}


@pytest.mark.parametrize(("sentence", "words"), [
    ("The rate of 6.7 percent is reproduced.", ["reproduced"]),
    ("The rate of 6.7 percent cannot be checked.", []),
    ("The first sentence is wrong (2.1/1/1).", ["is wrong"]),
    ("The gap (2.1/1/3) agrees with what was published.", ["agrees"]),
    ("The gap of 4.4 points and growth of 6.7 percent exclude each other.", []),
    ("Of `trend` nobody can check anything.", ["nobody can check"]),
    ("For `trend` no published figure was found.", ["no published figure was found"]),
    ("The 7.7 is reproduced as the half-year, and contradicted as a quarter.", []),
    ("One of them is misattributed.", ["misattributed"]),
    ("One of them is not checkable, one consistent.", []),
    ("A number such as 16.7 or 4,400 names no claim, so it is consistent with the rest.", []),
])
def test_a_word_that_no_claim_of_the_sentence_bears_out_is_found(sentence, words):
    assert unlike(sentence, JUDGED, JUDGED) == words


def test_a_sentence_ends_where_the_next_begins_and_tables_are_none():
    text = "It grew by 8.4 percent. The 7.7 fits (2.1/1/1).\n\n| verdict | reproduced |\n|---|---|\n\n> quoted\n\n*Then* it fell."
    assert list(sentences(text)) == ["It grew by 8.4 percent.", "The 7.7 fits (2.1/1/1).", "*Then* it fell."]
