"""Whether what a claim states can be read in one way alone, and fits the unit, the scale and the word that the claim gives it.

It is one number, or several of a form that says how they belong together (:mod:`asprinted.numbers.written.parts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from asprinted.numbers import printed
from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.written import grammar, parts
from asprinted.numbers.written.found import numbers_in
from asprinted.numbers.written.grammar import Printed
from asprinted.numbers.written.parts import Part
from asprinted.paper import dated
from asprinted.verdicts.dates import BOUNDS
from forkmill.errors import InputError

DECLARE = "declare the language in data/paper/paper.yaml: `locale: en`, or the one that the paper is printed in"
_UNITS = {"%": ("percent",), "‰": ("per mille", "per thousand")} | grammar.CURRENCIES


def declared(part: str | Mapping[str, str]) -> Mapping[str, str]:
    """A name under ``parts`` as a mapping: with the unit, kind and scale of that number where they are not those of the claim."""
    return {"name": part} if isinstance(part, str) else part


def in_form(entry: Mapping[str, Any]) -> bool:
    """Whether an entry states a text, and names under ``parts`` only in the form that its schema asks for."""
    names = entry.get("parts", [])
    return isinstance(entry.get("stated"), str) and isinstance(names, list | tuple) and all(
        isinstance(one, str) or (isinstance(one, dict) and isinstance(one.get("name"), str)) for one in names)


def parts_of(text: str, names: Iterable[str | Mapping[str, str]], locale: str) -> tuple[Part, ...]:
    """The numbers of a statement of several, each with its name; none where it states one, or not as many as are named.

    >>> [(one.name, one.text) for one in parts_of("38.8 (2.7)", ["mean", {"name": "SD"}], "en")], parts_of("38.8 (2.7)", [], "en")
    ([('mean', '38.8'), ('SD', '2.7')], ())
    """
    given = tuple(declared(one)["name"] for one in names)
    if not given and _read(text, locale):
        return ()
    found = parts.parts(text, locale, given)
    return found if all(one.name for one in found) and (not given or given == tuple(one.name for one in found)) else ()


def texts(entry: Mapping[str, Any], locale: str) -> tuple[str, ...]:
    """What the inventory lists of a claim that states a number or a date: its text; of several numbers the digits of each."""
    found = () if entry.get("kind") == DATE else parts_of(entry["stated"], entry.get("parts", ()), locale)
    return tuple(one.bare for one in found) or (entry["stated"],)


def faults(entry: Mapping[str, Any], where: str, locale: str) -> list[InputError]:
    """What is wrong with the stated number of a claim, with each of several, or with the stated date.

    Args:
        entry: the claim, with ``stated``.
        where: the file, the entry and the field.
        locale: the language that the audit declares; empty where it declares none.
    """
    if entry.get("kind") == DATE:
        return dated.faults(entry, where, locale)
    text = entry["stated"]
    if entry.get("parts") or not (_read(text, locale or "en") or _read(text, "de")):
        several = _of_parts(entry, where, locale)
        if several is not None:
            return several
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


def _of_parts(entry: Mapping[str, Any], where: str, locale: str) -> list[InputError] | None:
    """What is wrong with each of several numbers; None where the text is of no form in which several are one statement."""
    text, own = entry["stated"], {declared(one)["name"]: declared(one) for one in entry.get("parts", ())}
    if len(own) < len(entry.get("parts", ())):
        return [InputError("two numbers of a statement have one name", f"{where}, field parts", "a name of its own for each",
                           ", ".join(declared(one)["name"] for one in entry["parts"]), "name each by what it is, such as mean and SD")]
    found = parts.parts(text, locale or "en", tuple(own))
    if not found and not locale and parts.parts(text, "de", tuple(own)) and not _read(text, "en"):
        return [InputError("the stated numbers cannot be read", where, "digits as printed", text, DECLARE)]
    if not found and not own:
        return None
    printed_ones = ", ".join(one.bare for one in numbers_in(text, locale or "en") if one.printed)
    if own and tuple(own) != tuple(one.name for one in found):
        return [InputError("there are not as many names as numbers in the statement", f"{where}, field parts",
                           f"a name for each number of {text}", ", ".join(own), f"name each of {printed_ones}")]
    if not all(one.name for one in found):
        return [InputError("the numbers of the statement have no names", where, "parts: [mean, SD], or what the numbers are", text,
                           f"name each under parts, as brackets can hold an SD, an SE, a share or a count: {printed_ones}")]
    return [fault for one in found for fault in faults({**entry, **own.get(one.name, {}), "stated": one.text, "parts": ()}, where, locale)]


def _read(text: str, locale: str) -> Printed | None:
    try:
        return grammar.parse(text, locale)
    except ValueError:
        return None


def _why(text: str, locale: str) -> str:
    """What to do about a text that is not one number."""
    several = [one.bare for one in numbers_in(text, locale) if one.printed]
    if len(several) > 1:
        return f"name each number under parts, or give each a claim of its own: {', '.join(several)}"
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
