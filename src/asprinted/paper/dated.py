"""Whether what a claim states is one date, in one reading, and what of the claim belongs to numbers alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.dates.written import FORMS, readings
from asprinted.verdicts.dates import QUALIFIERS
from forkmill.errors import InputError

OF_NUMBERS = ("scale", "unit", "units")
DECLARE = ("declare the language with its territory in data/paper/paper.yaml, such as `locale: en-GB` or `locale: en-US`, or state the "
           "date with the name of its month")


def faults(entry: Mapping[str, Any], where: str, locale: str) -> list[InputError]:
    """What is wrong with the stated date of a claim; see :func:`asprinted.paper.stated.faults`."""
    text, found = entry["stated"], readings(entry["stated"], locale or "en")
    errors = [InputError("a date has none of what belongs to numbers", where.replace("field stated", f"field {field}"), "no such field",
                         str(entry[field]), "remove it") for field in OF_NUMBERS if field in entry]
    if len(found) > 1:
        errors.append(InputError("the stated date can be read in two ways", where, "one date, by the language of the paper",
                                 f"{text}: {' and '.join(str(one.days) for one in found)}", DECLARE))
    if not found:
        errors.append(InputError("the stated date cannot be read", where, FORMS, text,
                                 "state it as it is printed, its year with four digits; declare the language of its month in "
                                 "data/paper/paper.yaml; a season, a fiscal year, or a day with an hour have no days that can be told"))
    word = entry.get("qualifier", "exact")
    if word not in QUALIFIERS:
        errors.append(InputError("the word has no exact meaning before a date", where.replace("field stated", "field qualifier"),
                                 ", ".join(QUALIFIERS), str(word), "leave it out where the paper prints the date itself; a date that is "
                                 "only about right can be judged as a fact"))
    return errors


def is_stated(entry: Mapping[str, Any], text: str) -> bool:
    """Whether a number of the inventory is what a claim states: the whole of it, or a number of its date.

    >>> date = {"kind": "date", "stated": "7 November 2018"}
    >>> [is_stated(date, one) for one in ("7 November 2018", "7", "2018", "18", "9")]
    [True, True, True, False, False]
    """
    if text == entry.get("stated"):
        return True
    beside = r"[0-9]" if text[:1].isdigit() else r"[^\W\d_]"
    return entry.get("kind") == DATE and bool(text) and bool(
        re.search(rf"(?<!{beside}){re.escape(text)}(?!{beside})", entry["stated"], re.IGNORECASE))
