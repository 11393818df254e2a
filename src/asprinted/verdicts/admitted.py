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

from asprinted.numbers.arithmetic import Quantity, origin, resized
from asprinted.numbers.interval import decimal_text
from asprinted.numbers.missing import Missing
from asprinted.numbers.truth import Truth
from asprinted.numbers.units import Unit, UnitMismatch, conversion, hint
from asprinted.verdicts.agreement import Stated, fits
from forkmill.errors import InputError
from forkmill.schema import near

NAMED = ("vintages", "conventions", "instead", "given", "note")  # arguments of paper.check that are no readings
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


def of_kind(value: object, where: str, kind: str, *, is_number: bool) -> None:
    """Refuse what is no quantity (for a number) and no truth (for any other claim), saying what to hand over instead.

    Args:
        where: the claim and its reading, for the error.
        kind: that of the claim.

    Raises:
        InputError: always, unless the value is of the kind, or missing.
    """
    if isinstance(value, Missing | (Quantity if is_number else Truth)):
        return
    expected = (f"a quantity, for a claim of kind {kind}: a figure that was looked up, or computed from such"
                if is_number else f"a truth, for a claim of kind {kind}: {TRUTHS}")
    words = str(value) if isinstance(value, Quantity) else repr(value)
    told = f"{words.partition(chr(10))[0][:60]} of type {type(value).__name__}"
    raise InputError("this is nothing that a verdict can rest on", where, expected, told, _instead(value, where, is_number=is_number))


def _instead(value: object, where: str, *, is_number: bool) -> str:
    """What to do, by what was handed over."""
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
        UnitMismatch: it measures something else, or a factor between a share and a percentage was forgotten.
    """
    if isinstance(value, Missing) or value.unit is None or unit is None:
        return value
    factor = conversion(value.unit, unit)
    if factor is None:
        raise UnitMismatch("the value is not in the unit of the claim", where, f"{unit}, which the claim states",
                           f"{value.unit} ({origin(value)})", hint(value.unit, unit))
    return value if factor == 1 else resized(value, factor, unit)


def alike(value: Quantity | Missing, unit: Unit | None) -> Quantity | Missing:
    """As :func:`of_unit`, and as it is where it measures something else: another quantity that the digits may belong to."""
    known = isinstance(value, Quantity) and value.unit is not None and unit is not None
    factor = conversion(value.unit, unit) if known else None  # type: ignore[union-attr, arg-type]
    return value if factor in (None, 1) else resized(value, factor, unit)  # type: ignore[arg-type]


def of_scale(value: Quantity | Missing, stated: Stated, unit: Unit | None, scale: Fraction, where: str) -> None:
    """Refuse a number whose unit nobody stated where it has the digits of the claim once a factor is put right.

    Args:
        stated: the printed digits; the value is in plain units, of which the digits count ``scale``.

    Raises:
        InputError: a share stands for a percentage, or the value was brought to the claim's billions already.
    """
    if isinstance(value, Missing) or (value.unit is not None and value.unit.scaled == 1):
        return
    plain = resized(value, 1 / scale, None)
    if fits(stated, plain) != "none":
        return
    share = unit is not None and not unit.powers and unit.factor != 1 and value.unit is None
    for factor, what, do in (
        (scale, f"the value counts {_of_scale(scale)} already", "hand it over in plain units: the claim's scale is applied by the check"),
        (1 / unit.factor if share and unit else Fraction(1), "the value looks like a share, and the claim states a percentage",
         "multiply it by 100, or say its unit with paper.in_unit"),
    ):  # fmt: skip
        if factor != 1 and fits(stated, replace(resized(plain, factor, None), published=None)) == "all":
            raise InputError(what, where, f"{stated.printed.text}, or what is not a factor of {decimal_text(factor)} from it",
                             f"{value} ({origin(value)})", do)


def _of_scale(scale: Fraction) -> str:
    return f"units of {int(scale):,}"
