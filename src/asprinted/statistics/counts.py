"""Means, standard deviations and percentages of whole numbers: which of them can be, by exact fractions.

A printed mean of counts is a fraction with a known denominator, so most digits cannot be printed at all. True where whole numbers
exist that print as stated under the first of the ``conventions``, and others than the stated digits could not have been printed;
false where none exist under any of them; else left open, a check that cannot fail among it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding
from asprinted.numbers.quantity import Quantity
from asprinted.numbers.truth import Truth
from asprinted.statistics.read import CONVENTIONS, Given, chosen, count, read
from forkmill.errors import InputError

TRIED = 100_000  # sums; a printed mean that leaves more is left open
SAMPLE, POPULATION = 1, 0  # what is taken from n in the divisor of a variance


def mean_of_counts(mean: Given, n: Given, *, items: int = 1, conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """GRIM: whether n whole numbers (or n means of ``items`` whole numbers) can have the printed mean: T / (n · items) for a whole T.

    Source: Brown and Heathers 2017, https://doi.org/10.1177/1948550616673876.

    Args:
        mean: as printed, in the unit in which single values are whole; a printed proportion such as ``.53`` is a mean too.
        n: how many, exact.
        items: how many whole numbers each value is the mean of.

    Raises:
        InputError: an argument is no such number.

    >>> mean_of_counts("5.21", 28).holds, mean_of_counts("5.19", 28).holds, mean_of_counts("5.21", 280).holds
    (True, False, None)
    """
    number, cases = read(mean, "mean"), count(n, "n") * count(items, "items")
    return _exists(chosen(conventions), lambda one: _whole(_times(number.under(one), cases)), number.under(conventions), cases)


def share_of_count(percent: Given, of: Given, part: Given | None = None, *, conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """Whether a printed percentage can be one of ``of`` cases: 100 · k / of for a whole k, or for the count that the paper prints.

    Source: the same arithmetic as GRIM, Brown and Heathers 2017, https://doi.org/10.1177/1948550616673876.

    Args:
        percent: as printed, with or without the sign.
        of: the whole number of cases, exact.
        part: how many of them, where the paper says so.

    >>> share_of_count("12 %", 50).holds, share_of_count("13 %", 50, conventions=("half up",)).holds, share_of_count("12.5%", 48, 6).holds
    (True, False, True)
    """
    number, cases, conventions = read(percent, "percent"), count(of, "of"), chosen(conventions)
    if not 0 <= number.value <= 100:
        raise InputError("a share lies between 0 and 100 percent", "percent", "0 to 100", repr(percent), "look whether this is a share")
    if part is None:
        reach = Interval(Fraction(0), Fraction(cases))
        return _exists(conventions, lambda one: _whole(_common(_times(number.under(one), Fraction(cases, 100)), reach)),
                       number.under(conventions), Fraction(cases, 100))
    share = Fraction(100 * count(part, "part", 0), cases)
    holds = True if share in number.under(conventions[:1]) else None if share in number.under(conventions) else False
    return Truth(holds, Quantity(Interval.point(share)))


def sd_of_counts(mean: Given, sd: Given, n: Given, *, items: int = 1, scale: tuple[int, int] | None = None,
                 population: bool | None = None, conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """GRIMMER: whether n whole numbers can have the printed mean and standard deviation.

    With the sum T and the sum of squares Q of the whole numbers, SD² = (Q - T²/n) / (n - 1), Q is odd where T is odd, and Q is no less
    than that of n numbers as equal as T allows. Source: Anaya 2016, https://doi.org/10.7287/peerj.preprints.2400v1; Allard 2018,
    https://aurelienallard.netlify.app/post/anaytic-grimmer-possibility-standard-deviations/.

    Args:
        mean, sd: as printed. n: at least 2, exact.
        items: how many whole numbers each value is the mean of.
        scale: the least and the greatest value that can be given, such as (1, 7): no SD is greater than with values at both ends.
        population: whether the divisor is n in place of n - 1; None where the paper does not say, then one that fits only so is left open.

    >>> sd_of_counts("5.21", "1.60", 28).holds, sd_of_counts("5.23", "2.55", 36).holds
    (True, False)
    >>> sd_of_counts("4.00", "3.50", 20, scale=(1, 7)).holds, sd_of_counts("1.00", "0.00", 20, scale=(1, 7)).holds
    (False, True)
    """
    cases, each = count(n, "n", 2), count(items, "items")
    ends = tuple(one * each for one in scale) if scale is not None else None
    if ends is not None and not (len(ends) == 2 and ends[0] < ends[1]):
        raise InputError("a scale has two ends", "scale", "such as (1, 7)", repr(scale), "give the least value, then the greatest")

    def can_be(total: int, squares: Interval) -> bool:
        low = cases * (total // cases) ** 2 + (total % cases) * (2 * (total // cases) + 1)
        found = _whole(_common(squares, Interval(Fraction(low), None)))[:2]
        return any((one - total) % 2 == 0 and (ends is None or one <= _greatest(total, cases, *ends)) for one in found)

    return _spread(mean, sd, cases, each, population, conventions, can_be)


def sd_of_shares(mean: Given, sd: Given, n: Given, *, population: bool | None = None,
                 conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """DEBIT: whether n values of 0 or 1 can have the printed mean and standard deviation: SD² = T (n - T) / (n (n - 1)), mean = T / n.

    Source: Heathers and Brown 2019, https://osf.io/5vb3u. Arguments as in :func:`sd_of_counts`.

    >>> sd_of_shares("0.53", "0.50", 1683).holds, sd_of_shares("0.19", "0.35", 1683).holds
    (True, False)
    """
    cases = count(n, "n", 2)
    return _spread(mean, sd, cases, 1, population, conventions, lambda total, squares: 0 <= total <= cases and total in squares,
                   decides=True)


def _spread(mean: Given, sd: Given, n: int, items: int, population: bool | None, conventions: tuple[Rounding, ...],
            can_be: Callable[[int, Interval], bool], *, decides: bool = False) -> Truth:
    """Whether some sum that the mean allows goes with a sum of squares that the SD allows and ``can_be`` takes.

    True only where others would have failed: ``decides``, a mean leaves one SD, or the printed digits leave less than one sum.
    """
    average, deviation, conventions = read(mean, "mean"), read(sd, "sd"), chosen(conventions)
    if deviation.value < 0:
        raise InputError("a standard deviation is not negative", "sd", "0 or more", repr(sd), "look whether a sign was misread")

    def exists(conventions: tuple[Rounding, ...], divisors: tuple[int, ...]) -> bool | None:
        totals, squared = _whole(_times(average.under(conventions), n * items)), _squared(deviation.under(conventions))
        for total in totals[:TRIED]:
            around = Interval.point(Fraction(total * total, n))
            if any(can_be(total, _times(squared, items * items * (n - one)) + around) for one in divisors):
                return True
        return None if len(totals) > TRIED else False

    divisors = (SAMPLE, POPULATION) if population is None else (POPULATION,) if population else (SAMPLE,)
    sure = exists(conventions[:1], divisors[:1])
    width = _width(_squared(deviation.under(conventions))) * items * items * n
    possible = sure or exists(conventions, divisors)
    bites = decides or width < 2 or _width(average.under(conventions)) * n * items < 1
    return Truth(True if sure and bites else None if possible is not False else False, Quantity(average.under(conventions)))


def _exists(conventions: tuple[Rounding, ...], whole: Callable[[tuple[Rounding, ...]], range], printed: Interval,
            cases: Fraction | int) -> Truth:
    """Whether a whole number prints as stated: true only where some digits would have failed, the printed ones being wide enough."""
    if not whole(conventions):
        return Truth(False, Quantity(printed))
    return Truth(True if whole(conventions[:1]) and _width(printed) * cases < 1 else None, Quantity(printed))


def _greatest(total: int, n: int, low: int, high: int) -> int:
    """The greatest sum of squares of n whole numbers from low to high with this sum: all but one at the ends; -1 where there are none."""
    above = total - n * low
    if not 0 <= above <= n * (high - low):
        return -1
    top, rest = divmod(above, high - low)
    return top * (high - low) ** 2 + rest**2 + 2 * low * above + n * low**2


def _whole(interval: Interval | None) -> range:
    """The whole numbers in an interval."""
    if interval is None:
        return range(0)
    assert interval.low is not None
    assert interval.high is not None
    first, last = math.ceil(interval.low), math.floor(interval.high)
    return range(first + (first not in interval), last + (last in interval))


def _common(first: Interval, second: Interval | None) -> Interval | None:
    """What two intervals share; None where that is nothing."""
    if second is None or not first.meets(second):
        return None
    low = max((one for one in (first, second) if one.low is not None), key=lambda one: (one.low, not one.low_closed))
    high = min((one for one in (first, second) if one.high is not None), key=lambda one: (one.high, one.high_closed))
    return Interval(low.low, high.high, low.low_closed, high.high_closed)


def _squared(interval: Interval) -> Interval:
    """The squares of what is not negative in an interval."""
    assert interval.high is not None
    positive = _common(interval, Interval(Fraction(0), None))
    assert positive is not None
    return positive * positive


def _times(interval: Interval, factor: Fraction | int) -> Interval:
    return interval.scaled(Fraction(factor))


def _width(interval: Interval) -> Fraction:
    assert interval.low is not None
    assert interval.high is not None
    return interval.high - interval.low
