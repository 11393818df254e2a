"""The verdicts, once: name, mark, colours, meaning and what a reader files each under. Standard library alone.

Adding one is one line of :data:`TABLE` and the rule that gives it (:mod:`asprinted.verdicts.rules`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from asprinted.numbers.sources import AS_PUBLISHED, OF_DATA, RECOMPUTED

# What a reader wants to know first, by the words that every page uses for it.
GROUPS = (HOLDS, AGREES, DOES_NOT_HOLD, DEPENDS, OPEN) = (
    "holds", "agrees, but says little", "does not hold", "depends on the reading", "not checkable",
)
PUBLISHED, UNSEEN = "what was published", "no published figure was found"


class Kind(NamedTuple):
    """One verdict: ``mark``, so that no meaning hangs on a colour; ``colour`` on pages and in figures; ``terminal``, one of
    the sixteen colours of a terminal, whose own theme decides how it looks (0: none); the ``group`` that a reader files it
    under; ``plain``, what it says of a claim in words of every day, and ``meaning``, exactly; of one that accuses, what it
    says a claim ``fails`` by; its ``rating`` between false (1) and true (5), None for what decides nothing, or not which of two is
    wrong."""

    name: str
    mark: str
    colour: str
    terminal: int
    group: str
    plain: str
    meaning: str
    rating: int | None = None
    fails: str = ""


TABLE = (  # of those that accuse the gravest first
    Kind("reproduced", "✓", "#9ecae1", 34, HOLDS, "matches what was published",
         "every value that the published figures allow prints as stated", 5),
    Kind("consistent", "≈", "#d6e8f5", 36, HOLDS, "may match what was published, or matches on a condition that is named",
         "some do, or only under another listed choice, or on a condition that is named", 4),
    Kind("contradicted", "✗", "#e8743b", 31, DOES_NOT_HOLD, "does not match what was published",
         "none does, under no listed choice and no reading, on strong evidence", 1, "contradicted by published figures"),
    Kind("misattributed", "⇄", "#f2a65e", 31, DOES_NOT_HOLD, "is the number of something else",
         "the digits are those of another quantity, which differs in one attribute", 1, "giving the number of something else"),
    Kind("inconsistent", "⊘", "#f6cf9b", 31, DOES_NOT_HOLD, "cannot be true together with another number of the paper",
         "the paper's own statements exclude one another", None, "excluded by another statement of the paper itself"),
    Kind("ambiguous", "?", "#e4e4e4", 33, DEPENDS, "true or false, depending on how its sentence is read",
         "right under one reading of the sentence and wrong under another", 3),
    Kind("not checkable", "○", "#ffffff", 0, OPEN, f"{UNSEEN} that could decide", f"{UNSEEN} that could decide"),
)
VERDICTS = tuple(kind.name for kind in TABLE)
# A state and no verdict: it has a mark and words wherever a verdict is shown, and is in no count of verdicts.
PENDING = Kind("not judged yet", "…", "#efe9f7", 35, "", "has not been judged yet", "its cell says paper.judge_later in place of a check")
NOT_JUDGED = PENDING.name
NOT_REACHED = "not judged"  # by a run in which its notebook did not end
STATES = (*TABLE, PENDING)
SUPPORTING, ACCUSING, (AMBIGUOUS, *_), (UNJUDGED, *_) = (
    tuple(kind.name for kind in TABLE if kind.group == group) for group in (HOLDS, DOES_NOT_HOLD, DEPENDS, OPEN))
GRAVEST_FIRST = (*ACCUSING, AMBIGUOUS, UNJUDGED, NOT_JUDGED, *SUPPORTING[::-1])
INCONSISTENT = "inconsistent"  # accuses, and does not tell which of two statements is wrong
MARKS = {kind.name: kind.mark for kind in STATES}
COLOURS = {kind.name: kind.colour for kind in STATES}
TERMINAL = {kind.name: kind.terminal for kind in STATES}
PLAIN = {kind.name: kind.plain for kind in STATES}
RATINGS = {kind.name: kind.rating for kind in TABLE if kind.rating is not None}
MEANINGS = {kind.name: kind.meaning for kind in TABLE}
GROUP_MEANINGS = {
    HOLDS: "agrees with what was published, and most wrong digits in its place, or the contrary of its words, would have been noticed",
    AGREES: ("agrees with what was published, but at least half of the wrong digits in its place, or the contrary of its words, would "
             "have passed as well"),
    DOES_NOT_HOLD: " or ".join([", ".join(ACCUSING[:-1]), ACCUSING[-1]]),
    DEPENDS: AMBIGUOUS,
    OPEN: f"{UNSEEN} that could decide, which does not mean that there is none",
}
HOW = {
    RECOMPUTED: "recomputed from published figures",
    OF_DATA: "recomputed from a data file, alone or together with published figures",
    AS_PUBLISHED: "found as published",
    "internal to the paper": "only tested for consistency inside the paper",
    "": "not tested, no figure was seen",
}


def worded(meaning: str, data: bool, pages: bool) -> str:
    """A meaning as an audit says it: whether verdicts rest on data files, and whether on published figures.

    >>> worded("matches what was published", True, True), worded("matches what was published", True, False)
    ('matches what was published or recomputed from data', 'matches what was recomputed from data')
    >>> worded("no published figure was found", True, True)
    'no published figure and no data were found'
    """
    if not data:
        return meaning
    meaning = meaning.replace(UNSEEN, "no published figure and no data were found")
    return meaning.replace(PUBLISHED, f"{PUBLISHED} or recomputed from data" if pages else "what was recomputed from data")


def group(verdict: str, telling: bool) -> str:
    """Which of :data:`GROUPS` a verdict belongs to: support that most wrong numbers would have had as well is counted apart.

    ``telling`` is what :func:`asprinted.verdicts.record.telling` says of the record.

    What is :data:`NOT_JUDGED` belongs to none of them, and is called by its own name.

    >>> group("reproduced", True), group("reproduced", False), group("ambiguous", True)
    ('holds', 'agrees, but says little', 'depends on the reading')
    """
    if verdict == NOT_JUDGED:
        return NOT_JUDGED
    found = TABLE[VERDICTS.index(verdict)].group
    return AGREES if found == HOLDS and not telling else found


def gravest(verdicts: Iterable[str]) -> str:
    """Of several verdicts the one that a reader has to know of first: an accusation, what is open, the weakest support.

    >>> gravest(["reproduced", "contradicted", "not checkable"]), gravest(["reproduced", "consistent"])
    ('contradicted', 'consistent')
    """
    return min(verdicts, key=GRAVEST_FIRST.index)


def tally(verdicts: Iterable[str]) -> str:
    """How many claims have which verdict, in the order of the vocabulary, last those that wait; "none" of no claim.

    >>> tally(["not judged yet", "consistent", "reproduced", "reproduced"])
    '2 reproduced, 1 consistent, 1 not judged yet'
    """
    given = Counter(verdicts)
    return ", ".join(f"{given[kind.name]} {kind.name}" for kind in STATES if given[kind.name]) or "none"
