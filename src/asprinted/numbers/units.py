"""Units: what a number counts or measures, as a factor times powers of base units.

"Billion yuan" is 10**9 yuan, "yuan per person" is yuan over person, "percent" is a hundredth of nothing. Whatever word is not
known here is a base unit of its own (``clusters``, ``lumens per watt``), so that any two different words are a mismatch until
an audit says what one is in the other (data/official/units.yaml). Arithmetic carries units on:

- sums, differences and comparisons need the same unit; one amount in two declared sizes (kilometers and meters) is brought to
  one exactly, a share and a percentage never are: between these a factor of 100 was forgotten or applied twice;
- percent less percent is percentage points, percent with percentage points added or taken off is percent again;
- a ratio of the same unit is a plain share, and multiplied with 100 it is percent. ``100 * part / whole`` is percent too: a
  power of ten of 100 or more that is written as a plain number is kept in mind until the units cancel.

A table of a page does, in the place of pint: that knows neither percentage points nor what is printed "per capita", makes an
error of every new word, and takes 0.4 seconds of a core to load (pint 0.25, November 2026).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from asprinted.numbers.printed import SCALES
from forkmill.errors import InputError

HUNDRED = 100
# What a share of something is called: its size, and whether it is a difference of two such shares.
SHARES = {
    "percent": (Fraction(1, 100), False), "per cent": (Fraction(1, 100), False), "%": (Fraction(1, 100), False),
    "percentage": (Fraction(1, 100), False), "percentage point": (Fraction(1, 100), True), "percent point": (Fraction(1, 100), True),
    "basis point": (Fraction(1, 10000), True), "per mille": (Fraction(1, 1000), False), "‰": (Fraction(1, 1000), False),
    "time": (Fraction(1), False), "fold": (Fraction(1), False),
}
SCALE_WORDS = {word: Fraction(10) ** power for word, power in (SCALES | {"hundred": 2, "ten": 1}).items()}
EITHER = {"capita": ("person", "person-year")}  # words that leave open which of several is counted


class UnitMismatch(InputError):
    """Two numbers that do not measure the same: which units, and where each comes from."""


@dataclass(frozen=True)
class Unit:
    """A unit: ``factor`` times the product of base units to their powers.

    Attributes:
        powers: base unit and power, in the order of the names; none of a share.
        scaled: by which powers of ten, written as plain numbers, the number was multiplied. Whether that changed the unit
            (a hundredth part) or the amount (a hundred times as much) is open until the base units cancel.
        points: the difference of two shares.
        text: the words that it was read from.
        said: by :meth:`asprinted.notebook.paper.Paper.in_unit`, of this very number.
    """

    factor: Fraction = Fraction(1)
    powers: tuple[tuple[str, Fraction], ...] = ()
    scaled: Fraction = Fraction(1)
    points: bool = False
    text: str = field(default="", compare=False)
    said: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return self.text or _words(self)

    def __mul__(self, other: Unit) -> Unit:
        powers = dict(self.powers)
        for base, power in other.powers:
            powers[base] = powers.get(base, Fraction(0)) + power
        return _settled(Unit(self.factor * other.factor, sorted_powers(powers), self.scaled * other.scaled))

    def __pow__(self, power: Fraction) -> Unit | None:
        """None where the factor has no exact power: nothing is known of such a unit."""
        factor, scaled = (_exact_power(one, power) for one in (self.factor, self.scaled))
        if factor is None or scaled is None:
            return None
        return _settled(Unit(factor, sorted_powers({base: old * power for base, old in self.powers}), scaled))

    def __truediv__(self, other: Unit) -> Unit:
        inverse = Unit(1 / other.factor, tuple((base, -power) for base, power in other.powers), 1 / other.scaled)
        return self * inverse

    def times(self, number: Fraction) -> Unit:
        """The unit of the same number multiplied with a plain number: another one for a power of ten of 100 or more.

        >>> from asprinted.numbers.unit_words import read
        >>> str(read("times").times(Fraction(100))), str(read("percent").times(Fraction(1, 100)))
        ('percent', 'a share')
        >>> str(read("yuan").times(Fraction(100)) / read("yuan"))
        'percent'
        """
        return _settled(replace(self, scaled=self.scaled * number, text="")) if _is_power_of_ten(number) else self

    def of_size(self, size: Fraction | int) -> Unit:
        """A multiple of the unit: a billion yuan, for numbers that were brought to billions.

        >>> from asprinted.numbers.unit_words import read
        >>> str(read("yuan").of_size(10**9))
        'billion yuan'
        """
        return self if size == 1 else replace(self, factor=self.factor * size, text="")


def sorted_powers(powers: Mapping[str, Fraction]) -> tuple[tuple[str, Fraction], ...]:
    """Base units with their powers in the order of the names, those that cancel left out."""
    return tuple((base, power) for base, power in sorted(powers.items()) if power)


def _settled(unit: Unit) -> Unit:
    """Of a share a plain power of ten is a change of unit: 0.4 times 100 are 40 percent."""
    return unit if unit.powers else replace(unit, factor=unit.factor / unit.scaled, scaled=Fraction(1))


def _is_power_of_ten(number: Fraction) -> bool:
    """Whether a number is 100, 1000, ... or one over these; ten itself is as often a number of things."""
    large = max(number, 1 / number) if number > 0 else Fraction(0)
    return large >= HUNDRED and large.denominator == 1 and set(str(large)[1:]) == {"0"} and str(large)[0] == "1"


def _exact_power(value: Fraction, power: Fraction) -> Fraction | None:
    if power.denominator == 1:
        return value**power.numerator
    top, bottom = (round(part ** (1 / power.denominator)) for part in (value.numerator, value.denominator))
    base = Fraction(top, bottom)
    return base**power.numerator if base**power.denominator == value else None


def _words(unit: Unit) -> str:
    if not unit.powers:
        named = {factor: name + "s" * points for name, (factor, points) in reversed(SHARES.items()) if points is unit.points and factor < 1}
        return named.get(unit.factor, "a share" if unit.factor == 1 else f"{unit.factor} of a whole")

    def joined(sign: int) -> str:
        return " times ".join(base if abs(power) == 1 else f"{base}^{abs(power)}" for base, power in unit.powers if power * sign > 0)

    sizes = {size: f"{word} " for word, size in SCALE_WORDS.items()} | {Fraction(1): ""}
    size = sizes.get(unit.factor, f"{unit.factor} ")
    return size + " per ".join(filter(None, [joined(1) or "1", joined(-1)]))


def _of_one_kind(first: Unit, second: Unit) -> Unit | None:
    """The powers of both where they measure the same, the more exact word of each; None where they do not."""
    if first.powers == second.powers:
        return first
    for open_word, exact in EITHER.items():
        for name in exact:
            one, two = ({name if base == open_word else base: power for base, power in unit.powers} for unit in (first, second))
            if one == two:
                return replace(first, powers=sorted_powers(one), text="")
    return None


def conversion(have: Unit, want: Unit) -> Fraction | None:
    """By what a number in ``have`` is multiplied to be one in ``want``; None where it is not to be had by a declared size.

    >>> from asprinted.numbers.unit_words import read
    >>> conversion(read("billion yuan"), read("yuan")), conversion(read("yuan"), read("persons"))
    (Fraction(1000000000, 1), None)
    >>> conversion(read("share"), read("percent")), conversion(read("percent"), read("percentage points"))
    (None, None)
    """
    if _of_one_kind(have, want) is None:
        return None
    if not have.powers:
        alike = have.factor == want.factor and (have.points == want.points or have.factor == 1)
        return Fraction(1) if alike else None
    if want.factor in (have.factor, have.factor / have.scaled):
        return Fraction(1)
    return have.factor / want.factor if have.scaled == 1 else None


def together(first: Unit | None, second: Unit | None, sign: int, told: Callable[[], tuple[str, str]]) -> tuple[Unit | None, Fraction]:
    """The unit of a sum (``sign`` 1), a difference (-1) or a comparison (0), and by what the second number is multiplied for it.

    ``told`` says where each number comes from, for the error. A number without a unit takes that of the other.

    Raises:
        UnitMismatch: the two do not measure the same.
    """
    if first is None or second is None:
        return first or second, Fraction(1)
    kind = _of_one_kind(first, second)
    if kind is None or (not kind.powers and (first.factor != second.factor or (not sign and conversion(second, first) is None))):
        raise mismatch(first, second, *told())
    if not kind.powers:
        both = first.points == second.points
        points = (sign < 0 or first.points) if both else False
        return (first if points == first.points else replace(first, points=points, text="")), Fraction(1)
    if first.factor == second.factor:
        alike = first.scaled == second.scaled
        return (kind if alike else replace(kind, scaled=Fraction(1))), Fraction(1)
    factor = conversion(second, first)
    if factor is None:
        raise mismatch(first, second, *told())
    return kind, factor


def mismatch(first: Unit, second: Unit, one: str, two: str) -> UnitMismatch:
    """The error that two numbers do not measure the same, with a hint where a power of ten lies between them."""
    return UnitMismatch("the units do not fit each other", "a sum, a difference or a comparison", f"{second} ({two})", f"{first} ({one})",
                        hint(first, second))


def hint(have: Unit, want: Unit) -> str:
    """What to do about a number in a unit that is not the wanted one."""
    ratio = have.factor / want.factor
    if have.powers and have.powers == want.powers and _is_power_of_ten(ratio):
        return f"a factor of {_plain(ratio)} lies between them: look whether the number was scaled once too often or too little"
    if all(len(one.powers) == 1 and one.powers[0][1] == 1 for one in (have, want)):
        return (f'look up or compute what is meant; where one of the first is one of the second, say "{have}: {want}" in '
                'data/official/units.yaml, where it is more or less its size, as in "fen: 1/100 yuan"; or give the number its unit with '
                'paper.in_unit')
    if have.powers or want.powers:
        return "look up or compute what is meant, or give the number the unit that it is in with paper.in_unit"
    if have.factor == want.factor:
        return ("one is a share, the other the difference of two shares; where the words of the sentence mean the other one, "
                "say so with paper.in_unit")
    do = f"multiply by {_plain(ratio)}" if ratio > 1 else f"divide by {_plain(1 / ratio)}"
    return f"a factor of {_plain(max(ratio, 1 / ratio))} lies between them: {do}"


def _plain(number: Fraction) -> str:
    return f"{number.numerator:,}" if number.denominator == 1 else f"{number}"
