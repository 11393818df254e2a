"""Whether what a claim states is one number, in one reading, and fits the unit, the scale and the word that the claim gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asprinted.numbers import printed
from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.written import grammar
from asprinted.numbers.written.found import numbers_in
from asprinted.numbers.written.grammar import Printed
from asprinted.paper import dated
from asprinted.verdicts.dates import BOUNDS
from forkmill.errors import InputError

DECLARE = "declare the language in data/paper/paper.yaml: `locale: en`, or the one that the paper is printed in"
_UNITS = {"%": ("percent",), "‰": ("per mille", "per thousand")} | grammar.CURRENCIES


def faults(entry: Mapping[str, Any], where: str, locale: str) -> list[InputError]:
    """What is wrong with the stated number, or the stated date, of a claim.

    Args:
        entry: the claim, with ``stated``.
        where: the file, the entry and the field.
        locale: the language that the audit declares; empty where it declares none.
    """
    if entry.get("kind") == DATE:
        return dated.faults(entry, where, locale)
    text = entry["stated"]
    with_point, with_comma = _read(text, "en"), _read(text, "de")
    if locale:
        number = _read(text, locale)
    else:
        number = with_point
        if number and with_comma and number.value != with_comma.value:
            return [InputError("the stated number can be read in two ways", where, "one number, by the language of the paper",
                               f"{text}: {number.value} where a point begins decimals, {with_comma.value} where a comma does", DECLARE)]
    if number is None:
        return [InputError("the stated number cannot be read", where, "digits as printed, or a number word", str(text),
                           DECLARE if with_comma and not locale else _why(text, locale or "en"))]
    return [*_marks(entry, number, where), *_qualifiers(entry, number, where)]


def _read(text: str, locale: str) -> Printed | None:
    try:
        return grammar.parse(text, locale)
    except ValueError:
        return None


def _why(text: str, locale: str) -> str:
    """What to do about a text that is not one number."""
    several = [one.bare for one in numbers_in(text, locale) if one.printed]
    if len(several) > 1:  # a range, an interval, a mean with its deviation
        return f"give each number a claim of its own: {', '.join(several)}"
    return "state the number as it is printed, without the words around it" if several else "correct it"


def _marks(entry: Mapping[str, Any], number: Printed, where: str) -> list[InputError]:
    """A percent sign, a currency and a word such as million stand for what the claim says in its unit and its scale."""
    unit, found = str(entry.get("unit", "")), []
    for mark in number.marks:
        names = next((names for sign, names in _UNITS.items() if mark.endswith(sign)), ())
        if not any(name in unit.lower() for name in names):
            found.append(InputError("the mark beside the stated number is not its unit", where, f"a unit with {' or '.join(names)}",
                                    f"{entry['stated']}, unit {unit or 'none'}", "correct the unit, or leave the mark out"))
    scale = entry.get("scale", "one")
    if number.scale is not None and printed.SCALES.get(scale) != number.scale:
        wanted = next((name for name, power in printed.SCALES.items() if power == number.scale), f"of 10^{number.scale}")
        found.append(InputError("the word beside the stated number is not its scale", where, f"scale: {wanted}",
                                f"{entry['stated']}, scale {scale}", "give the claim that scale, or leave the word out"))
    return found


def _qualifiers(entry: Mapping[str, Any], number: Printed, where: str) -> list[InputError]:
    if entry.get("qualifier") in BOUNDS:
        return [InputError("the word stands before a date, and the claim is a number", where.replace("field stated", "field qualifier"),
                           "a word of numbers, such as more than", entry["qualifier"], f"give the claim the kind {DATE}, or another word")]
    if not number.relation or entry.get("qualifier", "exact") == "exact":
        return []
    return [InputError("a sign and a word both qualify the stated number", where, "one of the two",
                       f"{entry['stated']}, qualifier {entry['qualifier']}", "leave out the one that the paper does not print")]
