"""A claim's words changed as somebody would write who has misread period, place, direction or subject."""

from __future__ import annotations

import re

ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
LAST_MONTH = {"1": "March", "2": "June", "3": "September", "4": "December"}
# Each word of direction and its contrary; read both ways.
CONTRARY = (
    ("rises", "falls"), ("rise", "fall"), ("rose", "fell"), ("risen", "fallen"), ("higher", "lower"), ("above", "below"),
    ("smaller", "larger"), ("lowest", "highest"), ("shrinks", "widens"), ("increases", "decreases"), ("increased", "decreased"),
    ("better", "worse"), ("faster", "slower"), ("fewer", "more"), ("less", "greater"), ("behind", "ahead"), ("improves", "worsens"),
    ("exceeded", "stayed below"), ("low", "high"), ("equal", "fall short of"), ("grow", "shrink"), ("grows", "shrinks"),
)
STRONG = ("most", "extremely", "markedly", "greatly", "rapidly", "significantly", "from quarter to quarter", "nearly", "kept",
          "by more than", "main", "consecutive", "every", "as a whole", "all over the world")


def of_period(said: str, old: str, new: str) -> str:
    """The claim of another year or quarter; as it is where it names none.

    >>> of_period("growth, first quarter of 2019", "2019Q1", "2018Q1"), of_period("growth, first quarter of 2019", "2019Q1", "2019Q2")
    ('growth, first quarter of 2018', 'growth, second quarter of 2019')
    >>> of_period("growth, January to September 2020", "2020Q3", "2020Q2"), of_period("stations at the end of 2019", "2019-12", "2018-12")
    ('growth, January to June 2020', 'stations at the end of 2018')
    """
    for form in (_quarter, _months):
        if form(old) and form(old) in said:
            return said.replace(form(old), form(new))
    return re.sub(rf"\b{old[:4]}\b", new[:4], said)


def _quarter(period: str) -> str:
    return f"{ORDINALS[period[5]]} quarter of {period[:4]}" if period[4:5] == "Q" else ""


def _months(period: str) -> str:
    return f"January to {LAST_MONTH[period[5]]} {period[:4]}" if period[4:5] == "Q" else ""


def of_place(said: str, old: str, new: str) -> str:
    """The claim of another place, which is added where it names none.

    >>> of_place("index of the northeast", "Northeast Spain", "East Spain"), of_place("growth, 2019", "Spain", "Murcia")
    ('index of the east', 'growth, 2019, in Murcia')
    """
    for word, other in ((old, new), (old.split(maxsplit=1)[0], new.split(maxsplit=1)[0])):
        if re.search(rf"\b{word}\b", said, re.IGNORECASE):
            return re.sub(rf"\b{word}\b", lambda found, other=other: other.lower() if found[0].islower() else other, said,
                          flags=re.IGNORECASE)
    return f"{said}, in {new}"


def of_subject(said: str, old: str, new: str) -> str:
    """The claim of what another indicator measures: the words in which the two names differ, or those of the new one added.

    >>> of_subject("income is lower than before", "companies_with_lower_income", "companies_with_markedly_higher_income")
    'income is markedly higher than before'
    >>> of_subject("a fund", "fund_amount", "fund_projects")
    'a fund, that is, fund projects'
    """
    first, second = re.split(r"[_ ]", old), re.split(r"[_ ]", new)
    while first and second and first[0] == second[0]:
        first, second = first[1:], second[1:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    words = " ".join(first)
    if words and second and re.search(rf"\b{words}\b", said):
        return re.sub(rf"\b{words}\b", " ".join(second), said)
    return f"{said}, that is, {new.replace('_', ' ')}"


def turned(said: str) -> str:
    """The claim with its words of direction turned into their contraries.

    >>> turned("the lead was smaller in 2019"), turned("a share that rises")
    ('the lead was larger in 2019', 'a share that falls')
    """
    contrary = {a: b for pair in CONTRARY for a, b in (pair, pair[::-1])}
    return re.sub(rf"\b({'|'.join(sorted(contrary, key=len, reverse=True))})\b", lambda found: contrary[found[0]], said)


def softened(said: str) -> str:
    """The claim without its strong words.

    >>> softened("most companies did extremely well")
    'companies did well'
    """
    return " ".join(re.sub(rf"\b(?:{'|'.join(STRONG)})\b", "", said).split())


def changed(before: str, after: str) -> str:
    """What differs between two texts, in short.

    >>> changed("growth in the first quarter of 2019", "growth in the second quarter of 2019")
    'claim: first -> second'
    """
    old, new = before.split(), after.split()
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return f"claim: {' '.join(old) or 'nothing'} -> {' '.join(new) or 'nothing'}" if old or new else "claim as it is"
