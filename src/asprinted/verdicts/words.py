"""A record in words, once for every place that shows one: card, table, page, terminal. Standard library alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.dates.days import from_record
from asprinted.numbers.interval import decimal_text
from asprinted.numbers.printed import place_within, shorten
from asprinted.numbers.sources import DATA, OF_DATA, RECOMPUTED
from asprinted.numbers.written.grammar import Printed, parse
from asprinted.verdicts.vocabulary import ACCUSING, AMBIGUOUS, INCONSISTENT, PLAIN, PUBLISHED, UNJUDGED

# What a field of a record is called wherever it is shown.
LABELS = {
    "quantity": "claim", "stated": "stated", "published": "published", "verdict": "verdict", "reason": "why",
    "only_by": "holds only if", "holds_under": "holds under", "power": "would an error show?", "faithful": "cited work",
    "data": "recomputed from", "with": "held against", "settles": "what would settle it", "note": "note", "pages": "seen at",
}

AS_READ = ("right", "wrong", "at odds with another statement of the paper", "open")
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(count: int) -> str:
    """A count as a sentence has it: small ones in words.

    >>> number(0), number(2), number(33)
    ('none', 'two', '33')
    """
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def agreeing(count: int, one: str, more: str) -> str:
    """The word that goes with a count: a noun or a verb for one, or for any other number, none included.

    >>> [agreeing(count, "is", "are") for count in (0, 1, 2)]
    ['are', 'is', 'are']
    """
    return one if count == 1 else more


def enumerated(parts: Sequence[str]) -> str:
    """Parts of a sentence with commas, and "and" before the last.

    >>> enumerated(["a"]), enumerated(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def many(count: int, noun: str, plural: str = "") -> str:
    """A count in digits with its noun; the plural is made with an s where none is given.

    >>> many(0, "claim"), many(1, "claim"), many(1200, "entry", "entries")
    ('no claims', '1 claim', '1200 entries')
    """
    return f"{count or 'no'} {agreeing(count, noun, plural or f'{noun}s')}"


def grouped(number: str) -> str:
    """A number as people read it: long rows of digits in groups of three.

    >>> grouped("1042000 (personnel); 84000 (expenditure per head)"), grouped("2019"), grouped("0.12345")
    ('1,042,000 (personnel); 84,000 (expenditure per head)', '2019', '0.12345')
    """
    return re.sub(r"(?<![\d.])\d{5,}(?!\d)", lambda found: f"{int(found[0]):,}", number)


def signed(text: str) -> str:
    """A text in which the hyphen before a number is a minus.

    >>> signed("-6.5 percent, high-tech 2020-10")
    '−6.5 percent, high-tech 2020-10'
    """
    return re.sub(r"(?<![\w.)])-(?=\d)", "\N{MINUS SIGN}", text)


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
    if (days := from_record(computed["low"], computed["high"])) is not None:
        return days
    places = 4 if computed["low"] == computed["high"] else places
    low, high = (None if bound is None else grouped(decimal_text(Fraction(bound), places)) for bound in (computed["low"], computed["high"]))
    if low is None or high is None:
        return f"more than {low}" if high is None else f"less than {high}"
    return low if low == high else f"{low} to {high}"


def stated(record: Mapping[str, Any]) -> str:
    """The stated number with its qualifier and unit, or the stated date; nothing where the claim is neither.

    >>> stated({"qualifier": "more than", "stated": "130000", "unit": "stations"}), stated({"stated": "", "unit": ""})
    ('more than 130,000 stations', '')
    >>> stated({"qualifier": "exact", "stated": "5.28", "unit": ""})
    '5.28'
    """
    if not record["stated"]:
        return ""
    qualifier = "" if record["qualifier"] == "exact" else f"{record['qualifier']} "
    if record.get("kind") == DATE:
        return f"{qualifier}{record['stated']}"
    return qualifier + measured(record["stated"], record["unit"])


def measured(text: str, unit: str) -> str:
    """Printed digits with their unit, where they do not have it beside them already.

    >>> measured("38000", "grams"), measured("5–10%", "percent"), measured("5 x 150", "")
    ('38,000 grams', '5–10%', '5 x 150')
    """
    return grouped(text) if not unit or (text.endswith("%") and unit == "percent") else f"{grouped(text)} {unit}"


def published(record: Mapping[str, Any]) -> str:
    """What was published in the place of a stated number, with its unit; of several readings that of each, by name.

    Nothing where no published figure was seen, and where a value follows only from the paper's own statements: that is
    :func:`implied`.
    """
    if len(record.get("readings", ())) > 1:
        each = {one["name"]: value({"stated": record["stated"], "unit": record["unit"], **one}) for one in record["readings"]}
        same = {*each.values()} - {""}
        apart = {one["name"] for one in record["readings"] if one.get("how") == RECOMPUTED and beside(record) != RECOMPUTED}
        if len(same) == 1 and len(each) == sum(map(bool, each.values())):
            return same.pop()
        return "; ".join(f"{f'{RECOMPUTED} ' if name in apart else ''}{value} ({name})" for name, value in each.items() if value)
    return value(record)


def implied(record: Mapping[str, Any]) -> str:
    """The value that the paper's own other statements leave for a stated number, with its unit; of several readings that of each."""
    if record.get("parts"):
        return _of_each(record, implied)
    if len(record.get("readings", ())) > 1:
        each = ((one["name"], implied({"stated": record["stated"], "unit": record["unit"], **one})) for one in record["readings"])
        return "; ".join(f"{left} ({name})" for name, left in each if left)
    if record["verdict"] != INCONSISTENT or not record["computed"]:
        return ""
    return f"{_shown(record)} {record['unit']}".strip()


def value(record: Mapping[str, Any]) -> str:
    """What was published, under one reading: what the printed digits give, else the values that the figures leave.

    >>> one = {"unit": "grams", "computed": {"low": "2.9", "high": "2.9"}, "sources": ["row"], "verdict": "reproduced"}
    >>> value({"parts": [{**one, "name": "mean", "stated": "2.9"}, {**one, "name": "SD", "stated": "2.7"}]})
    'mean 2.9 grams, SD 2.9 grams'
    """
    if record.get("parts"):
        return _of_each(record, value)
    if not record["computed"] or not record["sources"] or record["verdict"] == INCONSISTENT:
        return ""
    return f"{_shown(record)} {record['unit']}".strip()


def _of_each(record: Mapping[str, Any], said: Callable[[Mapping[str, Any]], str]) -> str:
    """What is said of each number of a statement, by its name where that is not its unit."""
    told = [(one["name"], text) for one in record["parts"] if (text := said(one))]
    return ", ".join(text if text.endswith(f" {name}") else f"{name} {text}" for name, text in told)


def _shown(record: Mapping[str, Any]) -> str:
    """To one digit more than stated; of what was recomputed no place that its inputs leave open by ten and more is shown.

    >>> _shown({"stated": "240,000", "how": "recomputed", "digits": "1042406", "computed": {"low": "1036901", "high": "1047897"}})
    '1,040,000'
    """
    places = _places(record.get("stated", ""))
    if record.get("digits") is not None:
        digits, low, high = Fraction(record["digits"]), *((record["computed"] or {}).get(end) for end in ("low", "high"))
        width = Fraction(high) - Fraction(low) if record.get("how") == RECOMPUTED and low and high else 0
        return grouped(shorten(digits, place_within(width)) if width >= 10 else decimal_text(digits, places))
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
    """What the value beside a stated number is called: published, or recomputed where no page and no file prints it.

    >>> beside({"how": "as published"}), beside({"how": "recomputed from data"}), beside({"how": "recomputed"})
    ('published', 'recomputed', 'recomputed')
    """
    each = [one for one in record.get("readings", ()) if one["computed"]] or [record]
    return RECOMPUTED if all(one.get("how") in (RECOMPUTED, OF_DATA) for one in each) else LABELS["published"]


def found(record: Mapping[str, Any]) -> str:
    """What stands beside a stated number, and what it is where it was not published as such.

    >>> found({"verdict": "inconsistent", "stated": "4.4", "unit": "points", "computed": {"low": "0.2", "high": "0.2"}, "sources": []})
    'would have to be 0.2 points'
    """
    shown, left = published(record), implied(record)
    named = f"{RECOMPUTED} {shown}" if shown and beside(record) == RECOMPUTED else shown
    return "; ".join(text for text in (named, left and f"would have to be {left}") if text)


def as_read(verdict: str) -> str:
    """What a verdict says of one reading: two statements that exclude each other do not tell which of them is wrong.

    >>> as_read("consistent"), as_read("misattributed"), as_read("inconsistent")
    ('right', 'wrong', 'at odds with another statement of the paper')
    """
    right, wrong, odds, open_ = AS_READ
    return odds if verdict == INCONSISTENT else wrong if verdict in ACCUSING else open_ if verdict == UNJUDGED else right


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
        named: dict[str, list[str]] = {said: [] for said in AS_READ}
        for one in record["readings"]:
            if one["verdict"] != UNJUDGED:
                named[as_read(one["verdict"])].append(one["name"])
        said = ", ".join(f"{what} if read as {' or '.join(names)}" for what, names in named.items() if names)
        return f"{said[:1].upper()}{said[1:]}; the sentence does not say which."
    plain, source = PLAIN[record["verdict"]], data(record)
    if source:
        plain = plain.replace(PUBLISHED, f"what was recomputed from {source}")
        plain += f", as recomputed from {source}" if source not in plain and record["verdict"] != UNJUDGED else ""
    return f"{plain[:1].upper()}{plain[1:]}."
