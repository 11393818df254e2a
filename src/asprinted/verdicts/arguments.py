"""The arguments of a check, before anything is judged: each of its form, and none of them a misspelt reading."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from asprinted.numbers.dates.days import Dated
from asprinted.verdicts.admitted import NAMED, of_kind
from forkmill.errors import InputError

LIKE = 0.8  # as alike as two spellings of one word are


def check(id: str, readings: Iterable[str], named: Iterable[str], given: object, note: object, **mappings: object) -> None:
    """Refuse what is no mapping where one is meant, no list where one is meant, and a reading that is an argument misspelt.

    Args:
        readings: the keywords that are no argument.
        named: the readings that the claim names in its units.
        given, note: the arguments of these names.
        mappings: the arguments that hold quantities by name, such as ``conventions``; None where one is left out.

    Raises:
        InputError: with what was meant.
    """
    where = f"paper.check({id!r})"
    for name in readings:
        alike = [one for one in NAMED if one[0] == name[0] and name.replace("_", " ") not in named]
        close = difflib.get_close_matches(name, alike, 1, LIKE)
        if close:
            raise InputError("a reading is called almost as an argument is", where, ", ".join(NAMED), name,
                             f"did you mean {close[0]}? Else give the reading another name")
    for name, value in mappings.items():
        by_name(value, name, where)
    for name, value in (mappings.get("instead") or {}).items():  # type: ignore[attr-defined]
        for one in value.values() if isinstance(value, Mapping) else (value,):  # of several numbers one for each
            if not isinstance(one, Dated):  # which is refused with its reason
                of_kind(one, f"{where}, instead {name}", "number", is_number=True)
    if not isinstance(note, str):
        raise InputError("note is no text", f"{where}, note", "what a reader should know, in quotes", _told(note), "write a sentence")
    if not isinstance(given, Mapping | Iterable) or isinstance(given, str):
        raise InputError("given is no list", f"{where}, given", "a list of quantities, or one for each reading by its name", _told(given),
                         "write given=[value]")
    for name, listed in given.items() if isinstance(given, Mapping) else ():
        if not isinstance(listed, Iterable) or isinstance(listed, str | Mapping):
            raise InputError("given is no list", f"{where}, given {name}", "a list of quantities for each reading", _told(listed),
                             f'write given={{"{name}": [value]}}')


def by_name(value: object, name: str, where: str) -> None:
    """Refuse what is no mapping, for an argument that holds several values by their names; None is one that was left out.

    Raises:
        InputError: with the form that is meant.
    """
    if value is not None and not isinstance(value, Mapping):
        raise InputError(f"{name} holds no names", f"{where}, {name}", "values by name, since each is told by its own", _told(value),
                         f'write {name}={{"what it is": value}}')


def _told(value: object) -> str:
    return f"{str(value).partition(chr(10))[0][:60]} of type {type(value).__name__}"
