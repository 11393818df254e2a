"""A record in words, once for every place that shows one: card, table, page, terminal. Standard library alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from asprinted.numbers.interval import decimal_text
from asprinted.numbers.sources import DATA, OF_DATA
from asprinted.numbers.written.grammar import Printed, parse
from asprinted.verdicts.vocabulary import ACCUSING, AMBIGUOUS, PLAIN, PUBLISHED, UNJUDGED

# What a field of a record is called wherever it is shown.
LABELS = {
    "quantity": "claim", "stated": "stated", "published": "published", "verdict": "verdict", "reason": "why",
    "only_by": "holds only if", "holds_under": "holds under", "power": "would an error show?", "faithful": "cited work",
    "data": "recomputed from", "with": "held against", "settles": "what would settle it", "note": "note", "pages": "seen at",
}  # fmt: skip


def grouped(number: str) -> str:
    """A number as people read it: long rows of digits in groups of three.

    >>> grouped("1042000 (personnel); 84000 (expenditure per head)"), grouped("2019"), grouped("0.12345")
    ('1,042,000 (personnel); 84,000 (expenditure per head)', '2019', '0.12345')
    """
    return re.sub(r"(?<![\d.])\d{5,}(?!\d)", lambda found: f"{int(found[0]):,}", number)


# Marks by which alone labels of a printed table may differ: n and n (%), < 20 and ≥ 20.
SPELLED = {"%": "percent", "<": "less than", ">": "more than", "≤": "at most", "≥": "at least", "±": "plus minus", "+": "plus"}


def anchor(id: str) -> str:
    """The id of a claim as an address in a page, which holds no blanks and brackets; that of most claims is the id itself.

    >>> anchor("output-2019"), anchor("table-2[Adelie, mean]"), anchor("t[≥ 20, n (%)]")
    ('output-2019', 'table-2-adelie-mean', 't-at-least-20-n-percent')
    """
    spelled = "".join(f" {SPELLED[one]} " if one in SPELLED else one for one in id.lower())
    return re.sub(r"[\W_]+", "-", spelled).strip("-")


def span(computed: Mapping[str, str | None] | None, places: int = 4) -> str:
    """A computed value as text: one number, or the interval, shortened to so many decimals for reading.

    >>> span({"low": "8.4", "high": "8.4"}), span({"low": "130000", "high": None}), span(None)
    ('8.4', 'more than 130,000', '')
    """
    if computed is None:
        return ""
    places = 4 if computed["low"] == computed["high"] else places
    low, high = (None if bound is None else grouped(decimal_text(Fraction(bound), places)) for bound in (computed["low"], computed["high"]))
    if low is None or high is None:
        return f"more than {low}" if high is None else f"less than {high}"
    return low if low == high else f"{low} to {high}"


def stated(record: Mapping[str, Any]) -> str:
    """The stated number with its qualifier and unit; nothing where the claim is no number.

    >>> stated({"qualifier": "more than", "stated": "130000", "unit": "stations"}), stated({"stated": "", "unit": ""})
    ('more than 130,000 stations', '')
    """
    if not record["stated"]:
        return ""
    qualifier = "" if record["qualifier"] == "exact" else f"{record['qualifier']} "
    return f"{qualifier}{grouped(record['stated'])} {record['unit']}"


def published(record: Mapping[str, Any]) -> str:
    """What was published in the place of a stated number, with its unit; of several readings that of each, by name.

    Nothing where no published figure was seen, and where a value follows only from the paper's own statements: that is
    :func:`implied`.
    """
    if len(record.get("readings", ())) > 1:
        each = {one["name"]: value({"stated": record["stated"], "unit": record["unit"], **one}) for one in record["readings"]}
        same = {*each.values()} - {""}
        if len(same) == 1 and len(each) == sum(map(bool, each.values())):
            return same.pop()
        return "; ".join(f"{value} ({name})" for name, value in each.items() if value)
    return value(record)


def implied(record: Mapping[str, Any]) -> str:
    """The value that the paper's own other statements leave for a stated number, with its unit."""
    if record["verdict"] != "inconsistent" or not record["computed"]:
        return ""
    return f"{_shown(record)} {record['unit']}"


def value(record: Mapping[str, Any]) -> str:
    """What was published, under one reading: what the printed digits give, else the values that the figures leave."""
    if not record["computed"] or not record["sources"] or record["verdict"] == "inconsistent":
        return ""
    return f"{_shown(record)} {record['unit']}".strip()


def _shown(record: Mapping[str, Any]) -> str:
    """To one digit more than stated."""
    places = _places(record.get("stated", ""))
    if record.get("digits") is not None:
        return grouped(decimal_text(Fraction(record["digits"]), places))
    return grouped(record["corrected"]) if record.get("corrected") else span(record["computed"], places)


def _places(stated: str) -> int:
    """Decimals for what stands beside a stated number: one more than it has, whatever the language."""
    number = next((one for one in (_read(stated, "en"), _read(stated, "de")) if one), None)
    decimals = len(str(number.places[0].denominator)) - 1 if number and number.digits else 2 if number and number.rough else 0
    return 0 if not decimals and len(stated) > 3 else decimals + 1


def _read(text: str, locale: str) -> Printed | None:
    try:
        return parse(text, locale)
    except ValueError:
        return None


def data(record: Mapping[str, Any]) -> str:
    """What data a number was recomputed from, in words; nothing where none were.

    >>> data({"how": "recomputed from data", "evidence": "authors' data", "sources": ["data/files/penguins.csv"]})
    "the authors' data"
    >>> data({"how": "recomputed from data", "evidence": "official", "sources": ["data/files/penguins.csv", "crops-2031"]})
    'data on file and published figures'
    """
    if record.get("how") != OF_DATA:
        return ""
    if record["evidence"] not in DATA:
        return "data on file and published figures"
    return f"the {record['evidence']}" + ("s" if record["evidence"] == "data file" and len(record["sources"]) > 1 else "")


def beside(record: Mapping[str, Any]) -> str:
    """What the value beside a stated number is called: published, or recomputed where it comes from data.

    >>> beside({"how": "as published"}), beside({"how": "recomputed from data"})
    ('published', 'recomputed')
    """
    return "recomputed" if record.get("how") == OF_DATA else LABELS["published"]


def sentence(record: Mapping[str, Any]) -> str:
    """The verdict in one sentence of words of every day; of several readings what each comes to.

    >>> sentence({"verdict": "contradicted", "readings": [], "how": "recomputed from data", "evidence": "authors' data", "sources": []})
    "Does not match what was recomputed from the authors' data."

    >>> sentence({"verdict": "contradicted", "readings": []})
    'Does not match what was published.'
    >>> sentence({"verdict": "ambiguous", "readings": [
    ...     {"name": "personnel", "verdict": "consistent"}, {"name": "spending per head", "verdict": "contradicted"}]})
    'Right if read as personnel, wrong if read as spending per head; the sentence does not say which.'
    """
    if record["verdict"] == AMBIGUOUS:
        right, wrong = (
            " or ".join(one["name"] for one in record["readings"] if (one["verdict"] in ACCUSING) is accused and one["verdict"] != UNJUDGED)
            for accused in (False, True)
        )
        return f"Right if read as {right}, wrong if read as {wrong}; the sentence does not say which."
    plain, source = PLAIN[record["verdict"]], data(record)
    if source:
        plain = plain.replace(PUBLISHED, f"what was recomputed from {source}")
        plain += f", as recomputed from {source}" if source not in plain and record["verdict"] != UNJUDGED else ""
    return f"{plain[:1].upper()}{plain[1:]}."
