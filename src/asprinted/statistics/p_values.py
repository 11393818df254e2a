"""A p value recomputed from its statistic and degrees of freedom, for all values that the printed digits may stand for.

It is judged as a relation inside the paper: true where every statistic that prints as stated, under the first of the
``conventions``, has a p that prints as stated; false where no statistic has one, under any of them or a mixture; else left open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from asprinted.numbers.interval import Interval
from asprinted.numbers.printed import Rounding, interval
from asprinted.numbers.quantity import Quantity
from asprinted.numbers.truth import Truth
from asprinted.statistics import distributions
from asprinted.statistics.read import CONVENTIONS, Given, Number, chosen, read
from forkmill.errors import InputError

HALF = Fraction(1, 2)
ONE_TAILED = "one-tailed"
# Whether the upper or the lower bound is wanted, the size of the statistic, and the degrees of freedom, to a bound of p.
Bound = Callable[[bool, Fraction, list[Interval]], Fraction]


def p_of_t(t: Given, df: Given, p: Given, *, tails: int | None = None, conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """p of Student's t: P(\\|T\\| > \\|t\\|) = I_x(df/2, 1/2) with x = df / (df + t²).

    Source: Student 1908, https://doi.org/10.1093/biomet/6.1.1; Abramowitz and Stegun 1964, 26.7.1 and 26.5.27. As Welch's
    degrees of freedom are often printed without decimals, whole ones accuse only where those that round to them would.

    Args:
        t: as printed, its sign does not matter; ``< 1`` and ``> 1`` are allowed.
        df: greater than 0, with or without decimals.
        p: from 0 to 1, such as ``.027`` or ``< .001``.
        tails: 2, 1, or None where the paper does not say: then a p that fits only with one tail is left open, not accused.

    Raises:
        InputError: an argument is no such number.

    >>> p_of_t(t="2.34", df="28", p=".03", tails=2).holds, p_of_t("2.34", "28", ".27").holds, p_of_t("-2.34", "28", "< .05").holds
    (True, False, True)
    >>> p_of_t("2.34", "28", ".013").condition, p_of_t("2.34", "28", ".013", tails=2).holds
    ('one-tailed', False)
    """
    def bound(up: bool, size: Fraction, dfs: list[Interval]) -> Fraction:
        nu = _end(dfs[0], not up)  # the tails of t get lighter as it grows
        return _end(distributions.beta(nu / (nu + size * size), nu / 2, HALF), up)

    return _judged("t", t, [("df", df)], p, tails, bound, conventions, loose=True)


def p_of_z(z: Given, p: Given, *, tails: int | None = None, conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """p of a standard normal z: P(\\|Z\\| > \\|z\\|) = Q(1/2, z²/2). Source: Abramowitz and Stegun 1964, 26.2.30 and 26.4.6.

    Arguments as in :func:`p_of_t`.

    >>> p_of_z("-2.42", "0.016", tails=2).holds, p_of_z("1.96", ".50").holds
    (None, False)
    """
    return _judged("z", z, [], p, tails, lambda up, size, dfs: _end(distributions.gamma(HALF, size * size / 2), up), conventions)


def p_of_r(r: Given, df: Given, p: Given, *, tails: int | None = None, conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """p of Pearson's r with df = N - 2: P(\\|R\\| > \\|r\\|) = I_x(df/2, 1/2) with x = 1 - r².

    Source: Fisher 1915, https://doi.org/10.1093/biomet/10.4.507: t² = df · r² / (1 - r²). Arguments as in :func:`p_of_t`.

    Raises:
        InputError: r lies outside -1 to 1, or an argument is no such number.

    >>> p_of_r(".22", "28", ".24").holds, p_of_r(".52", "28", ".06").holds
    (None, False)
    """
    if abs(read(r, "r", bound=True).value) > 1:
        raise InputError("a correlation lies between -1 and 1", "r", "-1 to 1", repr(r), "look whether this is a correlation")

    def bound(up: bool, size: Fraction, dfs: list[Interval]) -> Fraction:
        return _end(distributions.beta(1 - size * size, _end(dfs[0], not up) / 2, HALF), up)

    return _judged("r", r, [("df", df)], p, tails, bound, conventions)


def p_of_f(f: Given, df: tuple[Given, Given], p: Given, *, tails: int | None = None,
           conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """p of Fisher's F: P(F > f) = I_x(df2/2, df1/2) with x = df2 / (df2 + df1 · f).

    Source: Abramowitz and Stegun 1964, 26.6.2 and 26.5.28. Degrees of freedom with decimals, as those of Greenhouse and Geisser,
    are bounded by what I does in each of its arguments. ``tails=1`` halves the p of an F with df1 = 1, the square of a t.

    >>> p_of_f("3.21", ("2", "57"), "< .05").holds, p_of_f("3.11", ("2", "57"), "< .05").holds
    (True, False)
    """
    if isinstance(df, str) or len(df) != 2:
        raise InputError("F has two degrees of freedom", "df", 'such as ("2", "57")', repr(df), "give both")

    def bound(up: bool, size: Fraction, dfs: list[Interval]) -> Fraction:
        (first, second), (above, below) = (dfs[0], dfs[1]), (_end(dfs[1], up), _end(dfs[0], not up))
        return _end(distributions.beta(above / (above + below * size), _end(second, not up) / 2, _end(first, up) / 2), up)

    return _judged("F", f, [("df1", df[0]), ("df2", df[1])], p, tails, bound, conventions)


def p_of_chi2(chi2: Given, df: Given, p: Given, *, tails: int | None = None, conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """p of χ²: P(χ² > x) = Q(df/2, x/2). Source: Pearson 1900, https://doi.org/10.1080/14786440009463897; DLMF 8.2.4.

    ``tails=1`` halves the p of a χ² with df = 1, the square of a z.

    >>> p_of_chi2("22.20", "28", ".77").holds, p_of_chi2("52.20", "28", ".06").holds
    (True, False)
    """
    return _judged("chi2", chi2, [("df", df)], p, tails,
                   lambda up, size, dfs: _end(distributions.gamma(_end(dfs[0], up) / 2, size / 2), up), conventions)


def p_of_q(q: Given, df: Given, p: Given, *, tails: int | None = None, conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """p of Cochran's Q, the heterogeneity of a meta-analysis, which is χ² with df degrees of freedom.

    Source: Cochran 1954, https://doi.org/10.2307/3001666. Arguments as in :func:`p_of_chi2`.

    >>> p_of_q("22.20", "28", ".03").holds
    False
    """
    return p_of_chi2(q, df, p, tails=tails, conventions=conventions)


def p_of(statistic: str, value: Given, df: Iterable[Given], p: Given, *, tails: int | None = None,
         conventions: tuple[Rounding, ...] = CONVENTIONS) -> Truth:
    """p of a statistic by its name: t, z, r, F, chi2 or Q, with its degrees of freedom in a list.

    Raises:
        InputError: there is no such statistic, it has another number of degrees of freedom, or as in :func:`p_of_t`.

    >>> p_of("F", "3.11", ["2", "57"], "< .05").holds, p_of("z", "1.96", [], ".050").holds
    (False, None)
    """
    known = {"t": (p_of_t, 1), "z": (p_of_z, 0), "r": (p_of_r, 1), "F": (p_of_f, 2), "chi2": (p_of_chi2, 1), "Q": (p_of_q, 1)}
    given = list(df)
    if statistic not in known or len(given) != known[statistic][1]:
        forms = ", ".join(f"{name} with {number}" for name, (_, number) in known.items())
        raise InputError("a statistic has its degrees of freedom", "statistic", forms, f"{statistic!r} with {len(given)}", "give these")
    function, number = known[statistic]
    return function(value, *([tuple(given)] if number == 2 else given), p, tails=tails, conventions=conventions)  # type: ignore[operator]


def _judged(name: str, value: Given, dfs: list[tuple[str, Given]], p: Given, tails: int | None, bound: Bound,
            conventions: tuple[Rounding, ...], *, loose: bool = False) -> Truth:
    conventions, number, stated = chosen(conventions), read(value, name, bound=True), read(p, "p", bound=True)
    degrees = [(read(given, where), where) for where, given in dfs]
    for one, where in degrees:
        if one.value <= 0:
            raise InputError("degrees of freedom are greater than 0", where, "such as 28 or 28.1", str(one.value), "give those of the test")
    if not 0 <= stated.value <= 1:
        raise InputError("a p value lies between 0 and 1", "p", "such as .027 or < .001", repr(p), "look whether this is a p value")
    if name in ("F", "chi2") and number.value < 0:
        raise InputError("this statistic is not negative", name, "0 or more", repr(value), "look whether a sign was misread")
    halves = name in ("t", "z", "r") or degrees[0][0].value == 1
    if tails not in (None, 1, 2) or (tails == 1 and not halves):
        raise InputError("no such number of tails", "tails", "2, 1 or None; of F and chi2 with one degree of freedom alone 1",
                         repr(tails), "leave it out")

    def computed(conventions: tuple[Rounding, ...], widest: bool) -> Interval:
        low, high = _sizes(number, conventions)
        near = [_degrees(one, conventions, widest and loose) for one, _ in degrees]
        if name == "r" and (high is None or high > 1):
            high = Fraction(1)
        return Interval(Fraction(0) if high is None else bound(False, high, near), bound(True, low, near))

    first, widest = computed(conventions[:1], False), computed(conventions, True)
    says, possible = stated.under(conventions[:1]), stated.under(conventions)
    fits = {2: (first.within(says), widest.meets(possible))}
    if halves:
        both = [[one.scaled(HALF), Interval.point(1) - one.scaled(HALF)][: 2 if name in ("t", "z", "r") else 1] for one in (first, widest)]
        fits[1] = (any(one.within(says) for one in both[0]), any(one.meets(possible) for one in both[1]))
    shown = Quantity(widest.scaled(HALF) if tails == 1 else widest)
    sure, possibly = fits[tails or 2]
    if possibly or tails is not None or not fits.get(1, (False, False))[1]:
        return Truth(True if sure else None if possibly else False, shown)
    return Truth(None, shown, condition=ONE_TAILED)


def _sizes(number: Number, conventions: tuple[Rounding, ...]) -> tuple[Fraction, Fraction | None]:
    """The least and the greatest absolute value that a printed statistic may stand for; None where it has no end."""
    if number.relation != "=":
        far = (number.relation[0] == ">") is (number.value >= 0)
        return (abs(number.value), None) if far else (Fraction(0), abs(number.value))
    values = number.under(conventions)
    ends = [abs(end) for end in (values.low, values.high) if end is not None]
    return (Fraction(0) if 0 in values else min(ends)), max(ends)


def _degrees(number: Number, conventions: tuple[Rounding, ...], loose: bool) -> Interval:
    """Degrees of freedom with decimals were rounded; whole ones are exact, or, ``loose``, may have been rounded to the whole."""
    if number.value.denominator == 1 and (not number.places or number.places[0] == 1):
        rounded = [interval(number.value, Fraction(1), one) for one in conventions] if loose and number.places else []
        ends = [end for one in rounded for end in (one.low, one.high) if end is not None]
        return Interval(min(ends), max(ends)) if ends else Interval.point(number.value)
    found = number.under(conventions)
    return Interval(max(found.low or Fraction(0), number.value / 2), found.high)


def _end(interval: Interval, upper: bool) -> Fraction:
    end = interval.high if upper else interval.low
    assert end is not None
    return end
