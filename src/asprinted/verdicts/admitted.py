"""What is admitted to a verdict: quantities and truths with what they rest on, in the unit of the claim.

A bare number rests on nothing, and a number in another unit measures something else. Neither says anything of the paper, so
each is an error of whoever writes the audit and never a verdict: neither support nor an accusation.
"""

from __future__ import annotations

import numbers
from collections.abc import Iterable, Mapping, Sized
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from asprinted.numbers.arithmetic import Quantity, origin, resized
from asprinted.numbers.dates.days import UNIT as DATE
from asprinted.numbers.dates.days import Dated
from asprinted.numbers.interval import decimal_text
from asprinted.numbers.missing import Missing
from asprinted.numbers.printed import BOUNDS
from asprinted.numbers.sources import DATA
from asprinted.numbers.truth import Truth
from asprinted.numbers.units import Unit, UnitMismatch, conversion, hint
from asprinted.verdicts.agreement import Stated, fits
from forkmill.errors import InputError
from forkmill.schema import near

NAMED = ("vintages", "conventions", "instead", "given", "note")  # arguments of paper.check that are no readings
FAR = 50  # a number without a unit that is so many times as much or as little is in another unit more often than a paper is so wrong
POWERS_OF_TEN = tuple(Fraction(10) ** power for size in range(2, 13) for power in (size, -size))
A_DATE = "a date that was looked up, a row of unit date, or paper.computed(a date or a pandas.Period, data)"
TRUTHS = "truth.less, truth.rising, truth.equal and their kin"


def choice(name: str, value: object, allowed: Iterable[str]) -> None:
    """Refuse a choice that is none of the allowed ones.

    Raises:
        InputError: with the nearest of them.
    """
    listed = list(allowed)
    if value not in listed:
        raise InputError("there is no such choice", name, ", ".join(listed), repr(value), near(str(value), listed) or "take one of these")


def names(id: str, readings: Iterable[str], units: Iterable[str], given: Iterable[str]) -> None:
    """Refuse a check without a value, and units or given values of readings that are not judged.

    Raises:
        InputError: there is no reading, or one is named that is not there.
    """
    known = list(readings)
    where, told = f"paper.check({id!r})", ", ".join(known)
    if not known:
        raise InputError("a check without a value", where, "a value, or readings by name", "neither", "hand over what the claim is about")
    for one in sorted({*units} - {*known}):
        raise InputError("data/paper gives a unit to a reading that is not judged", f"claim {id}, field units", told, one,
                         near(one, known) or "judge this reading as well, or leave its unit out")
    for one in sorted({*given} - {*known}):
        raise InputError("given names no reading of the claim", where, told, one,
                         near(one, known) or "name a reading as the argument does, with blanks for underscores")


def of_kind(value: Any, where: str, kind: str, *, is_number: bool) -> Any:
    """The value as it is judged, the days of a date; what is no quantity (for a number), no date and no truth (for any other claim) is
    refused, saying what to hand over instead.

    Args:
        where: the claim and its reading, for the error.
        kind: that of the claim.

    Raises:
        InputError: always, unless the value is of the kind, or missing.
    """
    if isinstance(value, Missing | (Dated if kind == DATE else Quantity if is_number else Truth)):
        return value.days if isinstance(value, Dated) else value
    expected = ("a date, for a claim of kind date" if kind == DATE else
                f"a quantity, for a claim of kind {kind}: a figure that was looked up, or computed from such"
                if is_number else f"a truth, for a claim of kind {kind}: {TRUTHS}")
    words = str(value) if isinstance(value, Quantity | Dated) else repr(value)
    told = f"{words.partition(chr(10))[0][:60]} of type {type(value).__name__}"
    raise InputError("this is nothing that a verdict can rest on", where, expected, told,
                     _instead(value, where, kind, is_number=is_number))


def _instead(value: object, where: str, kind: str, *, is_number: bool) -> str:
    """What to do, by what was handed over."""
    if isinstance(value, Dated):
        return ("give the claim the kind date in data/paper/claims" if is_number else
                f"compare it by its days, first.days and second.days: {TRUTHS}; or give the claim the kind date")
    if kind == DATE and not isinstance(value, Truth | Mapping):
        return f"hand over {A_DATE}; of a year that is a number in the data pandas.Period(year=2019, freq='Y')"
    if isinstance(value, Truth):
        return "hand over the quantity itself, or give the claim another kind in data/paper/claims"
    if isinstance(value, Quantity):
        return f"compare it: {TRUTHS}; or give the claim the kind number"
    if isinstance(value, Mapping):
        named = near(where.rpartition("reading ")[2].replace(" ", "_"), NAMED)
        return named or "hand over one value, or each reading by its name: reading=value"
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return f"a plain yes or no has lost what it rests on: write {TRUTHS}"
    if isinstance(value, Iterable | Sized) and not isinstance(value, str):
        return 'take one of its values, such as series["2019"], or compute one, such as quantity.mean(series)'
    if is_number and isinstance(value, numbers.Real | Decimal | str):
        return ("a bare number has no source: look it up with paper.official.find, compute it from what was looked up, or say with "
                "paper.computed(value, data) which data file it comes from; a count within the paper is quantity.number(...)")
    return "look it up with paper.official.find, or write quantity.Missing((what is wanted,)) where nothing was seen"


def of_unit(value: Quantity | Missing, unit: Unit | None, where: str) -> Quantity | Missing:
    """The value in the unit of the claim, brought to it by a declared size; a number without a unit as it is.

    Raises:
        UnitMismatch: it measures something else, a factor between a share and a percentage was forgotten, or the claim has no unit.
    """
    if isinstance(value, Missing) or value.unit is None:
        return value
    if unit is None:
        if value.unit.powers or value.unit.factor == 1:
            return value
        raise UnitMismatch("the claim has no unit, and the value counts parts of a whole", where, "a claim with its unit",
                           f"{value.unit} ({origin(value)})",
                           "give the claim its unit in data/paper/claims: share where it says a third or half, else percent")
    factor = conversion(value.unit, unit)
    if factor is None:
        raise UnitMismatch("the value is not in the unit of the claim", where, f"{unit}, which the claim states",
                           f"{value.unit} ({origin(value)})", hint(value.unit, unit))
    return value if factor == 1 else resized(value, factor, replace(unit, said=value.unit.said))


def alike(value: Quantity | Missing, unit: Unit | None) -> Quantity | Missing:
    """As :func:`of_unit`, and as it is where it measures something else: another quantity that the digits may belong to."""
    if isinstance(value, Dated):
        raise InputError("a date is no other quantity that digits may belong to", "instead", "quantities", str(value), "leave it out")
    known = isinstance(value, Quantity) and value.unit is not None and unit is not None
    factor = conversion(value.unit, unit) if known else None  # type: ignore[union-attr, arg-type]
    return value if factor in (None, 1) else resized(value, factor, unit)  # type: ignore[arg-type]


def of_scale(value: Quantity | Missing, stated: Stated, unit: Unit | None, scale: Fraction, where: str) -> None:
    """Refuse a number that is far from the stated one in a way that says more of its unit than of the paper.

    That is a number whose unit nobody stated, more than :data:`FAR` times as much or as little where the claim has a unit or is a fraction
    in words; and one, computed from a data file or without a unit, that has the digits of the claim once a power of ten is put right,
    unless ``paper.in_unit`` says its unit. A bound such as < .001 is far from most of what is tested against it.

    Args:
        stated: the printed digits; the value is in plain units, of which the digits count ``scale``.

    Raises:
        InputError: a share stands for a percentage, grams for kilograms, or the value was brought to the claim's billions already.
    """
    if isinstance(value, Missing) or stated.qualifier in BOUNDS:
        return
    plain = resized(value, 1 / scale, None)
    held, unknown = fits(stated, plain), value.unit is None or value.unit.scaled != 1
    if unknown and held != "all" and _far(plain, stated) and (unit or stated.printed.rough):
        size = "much" if _larger(plain, stated) else "little"
        raise InputError(f"the value is more than {FAR} times as {size} as what is stated, and has no unit", where,
                         f"a value near {_told(stated, unit, scale)}, or one with its unit", f"{value} ({origin(value)})",
                         _bring(plain, stated, unit, scale))
    if held != "none" or not (unknown or (value.evidence in DATA and not value.unit.said)):
        return
    for factor in POWERS_OF_TEN:
        if fits(stated, replace(resized(plain, factor, None), published=None)) == "all":
            raise InputError("the value has the digits of the claim, but for a power of ten", where,
                             f"{_told(stated, unit, scale)}, or what is not a factor of {decimal_text(max(factor, 1 / factor))} from it",
                             f"{value}{f' {value.unit}' if value.unit else ''} ({origin(value)})",
                             f"{_brought(factor)}; only if it is right, and the paper is wrong by that factor, hand over "
                             f'paper.in_unit(value, "{value.unit or unit or "share"}")')


def _far(value: Quantity, stated: Stated) -> bool:
    """Whether every value is more than :data:`FAR` times as much or as little as the number that is stated."""
    ends = [abs(end) for end in (value.value.low, value.value.high) if end is not None]
    number = abs(stated.printed.value)
    return bool(number and ends) and 0 not in value.value and (min(ends) > FAR * number or max(ends) * FAR < number)


def _larger(value: Quantity, stated: Stated) -> bool:
    return all(end is None or abs(end) > abs(stated.printed.value) for end in (value.value.low, value.value.high))


def _told(stated: Stated, unit: Unit | None, scale: Fraction) -> str:
    return f"{stated.printed.text}{f' times {int(scale):,}' if scale != 1 else ''}{f' {unit}' if unit else ''}"


def _bring(value: Quantity, stated: Stated, unit: Unit | None, scale: Fraction) -> str:
    """What to do about a number that may be in another unit: by the factor that would put it right, where there is one."""
    for factor in dict.fromkeys((scale, *POWERS_OF_TEN)):
        if factor != 1 and fits(stated, replace(resized(value, factor, None), published=None)) == "all":
            if factor == scale:
                return f"hand it over in plain units, not in units of {int(scale):,}: the claim's scale is applied by the check"
            return f"{_brought(factor)}; or say in which unit it is: paper.computed(value, data, unit=...), paper.in_unit(value, ...)"
    return ("say in which unit it is: paper.computed(value, data, unit=...), paper.in_unit(value, ...)"
            + ("" if unit else "; and give the claim its unit in data/paper/claims, such as share or percent"))


def _brought(factor: Fraction) -> str:
    return f"multiply it by {int(factor):,}" if factor > 1 else f"divide it by {int(1 / factor):,}"
