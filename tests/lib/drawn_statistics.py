"""Statistics drawn at random that are true, printed as papers print them, and checked: how many are accused, how many misprints noticed.

The p values come from other formulas than those of the product: closed forms in floats for whole degrees of freedom (Abramowitz and
Stegun 1964, 26.2.29, 26.4.4, 26.4.5, 26.6.4, 26.6.5, 26.7.3, 26.7.4), and numerical integration for Welch's.
"""

from __future__ import annotations

import math
import random
import statistics as plain
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from asprinted import statistics
from asprinted.numbers.printed import Rounding, misprints, shorten
from asprinted.numbers.truth import Truth

Check = Callable[[str], Truth]


@dataclass
class Drawn:
    """A true statistic: what it is called, the number that a misprint may hit, as printed, and the check of all that with this number."""

    kind: str
    target: str
    check: Check


class Printer:
    """Shortens numbers as one paper does: by one convention, or, where none is given, by a new one for each number."""

    def __init__(self, draw: random.Random, rounding: Rounding | None) -> None:
        self.draw, self.rounding = draw, rounding

    def __call__(self, value: float | Fraction, decimals: int) -> str:
        rounding = self.rounding or self.draw.choice(list(Rounding))
        return shorten(Fraction(value), Fraction(1, 10**decimals), rounding)


def p_of_t(t: float, df: int) -> float:
    """Two-tailed."""
    angle = math.atan(abs(t) / math.sqrt(df))
    cosine = math.cos(angle)
    term = total = cosine if df % 2 else 1.0
    for k in range(3 if df % 2 else 2, df - 1, 2):
        term *= cosine**2 * (k - 1) / k
        total += term
    if df % 2:
        return 1 - 2 / math.pi * (angle + (math.sin(angle) * total if df > 1 else 0))
    return 1 - math.sin(angle) * total


def p_of_welch(t: float, df: float, steps: int = 400) -> float:
    """Two-tailed, by Simpson's rule: the share of cos^(df-1) beyond the angle."""
    def area(low: float) -> float:
        width = (math.pi / 2 - low) / steps
        return width / 3 * sum((4 if k % 2 else 2 if 0 < k < steps else 1) * max(0.0, math.cos(low + k * width)) ** (df - 1)
                               for k in range(steps + 1))
    return area(math.atan(abs(t) / math.sqrt(df))) / area(0.0)


def p_of_chi2(x: float, df: int) -> float:
    """The upper tail."""
    if df % 2 == 0:
        return math.exp(-x / 2) * sum((x / 2) ** k / math.factorial(k) for k in range(df // 2))
    term, total = math.sqrt(x), 0.0
    for k in range(1, (df - 1) // 2 + 1):
        total += term
        term *= x / (2 * k + 1)
    return math.erfc(math.sqrt(x / 2)) + math.sqrt(2 / math.pi) * math.exp(-x / 2) * total


def p_of_f(f: float, df1: float, df2: float) -> float:
    """The upper tail, where df1 is even or 1, or df2 even."""
    if df1 == 1:
        return p_of_t(math.sqrt(f), int(df2))
    if df1 % 2:
        return 1 - p_of_f(1 / f, df2, df1)
    x = df2 / (df2 + df1 * f)
    term = total = 1.0
    for k in range(int(df1) // 2 - 1):
        term *= (df2 + 2 * k) / (2 * k + 2) * (1 - x)
        total += term
    return x ** (df2 / 2) * total


def _stated_p(draw: random.Random, printer: Printer, p: float) -> tuple[str, bool]:
    """A p as papers state it, and whether it is an equation."""
    bounds = [bound for bound in (".001", ".01", ".05", ".10") if p < float(bound)]
    kind = draw.random()
    if kind < 0.2 and bounds:
        return f"< {draw.choice(bounds)}", False
    if kind < 0.3 and p > 0.05:
        return "> .05", False
    return printer(p, draw.choice((2, 3, 3, 4))), True


def _bare(draw: random.Random, text: str) -> str:
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) and draw.random() < 0.5 else text


def a_test(draw: random.Random, printer: Printer) -> Drawn:
    """A test of one of the six statistics, one- or two-tailed, told or not."""
    kind = draw.choice(("t", "Welch t", "z", "r", "F", "chi2", "Q"))
    decimals, df, name = draw.choice((1, 2, 2, 3)), [], kind
    size = abs(draw.gauss(0, 2))
    if kind == "t":
        df = [draw.choice((draw.randint(1, 12), draw.randint(3, 200)))]
        value, p = size, p_of_t(size, df[0])
    elif kind == "Welch t":
        exact = draw.uniform(3, 120)
        name, value, p = "t", size, p_of_welch(size, exact)
        df = [printer(exact, draw.choice((0, 1, 2)))]
    elif kind == "z":
        value, p = size, math.erfc(size / math.sqrt(2))
    elif kind == "r":
        df = [draw.randint(3, 200)]
        value = min(0.999, abs(draw.gauss(0, 2 / math.sqrt(df[0]))))
        p = p_of_t(value * math.sqrt(df[0] / (1 - value**2)), df[0])
    elif kind == "F":
        value = draw.expovariate(0.5) + 0.01
        first, second = draw.choice((1, 2, 3, 4, 5)), 2 * draw.randint(2, 100)
        third = draw.uniform(4, 90)
        p = p_of_f(value, first, second)
        df = [first, second]
        if draw.random() < 0.3:  # corrected degrees of freedom
            p, df = p_of_f(value, 2, third), [2, printer(third, draw.choice((1, 2)))]
    else:
        df = [draw.randint(1, 30)]
        value = df[0] * draw.uniform(0.2, 2.5)
        p = p_of_chi2(value, df[0])
    tails = 2
    if name in ("t", "z", "r") and draw.random() < 0.5:
        tails, p = 1, draw.choice((p / 2, p / 2, 1 - p / 2))
    stated, equation = _stated_p(draw, printer, min(max(p, 0.0), 1.0))
    given = _bare(draw, printer(value * (draw.choice((1, -1)) if name in ("t", "z", "r") else 1), decimals))
    said = draw.choice((tails, None)) if name in ("t", "z", "r") else None
    return Drawn(f"p of {kind}", stated if equation else "",
                 lambda text: statistics.p_of(name, given, [str(one) for one in df], _bare(draw, text or stated), tails=said))


def _values(draw: random.Random, items: int) -> list[Fraction]:
    n = draw.choice((draw.randint(2, 12), draw.randint(5, 60), draw.randint(20, 200)))
    middle = draw.uniform(1, 7)
    whole = [[min(7, max(1, round(draw.gauss(middle, 1.5)))) for _ in range(items)] for _ in range(n)]
    return [Fraction(sum(one), items) for one in whole]


def _root(value: Fraction) -> Fraction:
    with localcontext() as context:
        context.prec = 60
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())


def _sd(draw: random.Random, values: list[Fraction]) -> Fraction:
    return _root(draw.choice((plain.variance, plain.variance, plain.pvariance))(values))


def a_mean(draw: random.Random, printer: Printer) -> Drawn:
    """A mean of whole numbers."""
    items = draw.choice((1, 1, 2, 3))
    values = _values(draw, items)
    return Drawn("GRIM", printer(plain.mean(values), draw.choice((1, 2, 2, 3))),
                 lambda text: statistics.mean_of_counts(text, len(values), items=items))


def an_sd(draw: random.Random, printer: Printer) -> Drawn:
    """The standard deviation of whole numbers, with either divisor."""
    items, decimals, scale = draw.choice((1, 1, 2, 3)), draw.choice((1, 2, 2, 3)), draw.choice((None, (1, 7)))
    values = _values(draw, items)
    mean = printer(plain.mean(values), decimals)
    return Drawn("GRIMMER", printer(_sd(draw, values), decimals),
                 lambda text: statistics.sd_of_counts(mean, text, len(values), items=items, scale=scale))


def a_binary_sd(draw: random.Random, printer: Printer) -> Drawn:
    """The standard deviation of values of 0 and 1."""
    n, chance = draw.randint(2, 400), draw.random()
    values = [Fraction(draw.random() < chance) for _ in range(n)]
    mean = printer(plain.mean(values), draw.choice((2, 3)))
    return Drawn("DEBIT", printer(_sd(draw, values), draw.choice((2, 3))), lambda text: statistics.sd_of_shares(mean, text, n))


def a_share(draw: random.Random, printer: Printer) -> Drawn:
    """A percentage of N, with its count or without."""
    n = draw.choice((draw.randint(3, 60), draw.randint(20, 900)))
    part, told = draw.randint(0, n), draw.random() < 0.5
    return Drawn("share with count" if told else "share", printer(Fraction(100 * part, n), draw.choice((0, 1, 1, 2))),
                 lambda text: statistics.share_of_count(f"{text} %", n, part if told else None))


def a_sum(draw: random.Random, printer: Printer) -> Drawn:
    """Parts and their whole, or shares of 100."""
    parts = [Fraction(draw.randint(1, 10**6)) for _ in range(draw.randint(2, 6))]
    whole, decimals = sum(parts), draw.choice((0, 1, 2))
    shares = draw.random() < 0.5
    scale = Fraction(100) / whole if shares else Fraction(1, 1000)
    said = 100 if shares else printer(whole * scale, decimals)
    texts = [printer(one * scale, decimals) for one in parts]
    return Drawn("sum", texts[0], lambda text: statistics.parts_of_whole([text, *texts[1:]], said))


def an_interval(draw: random.Random, printer: Printer) -> Drawn:
    """An estimate with its interval, or a ratio with its own."""
    decimals, ratio = draw.choice((1, 2, 2, 3)), draw.random() < 0.5
    if ratio:
        middle, factor = Fraction(draw.uniform(0.2, 4)), Fraction(draw.uniform(1.05, 3))
        low, high = middle / factor, middle * factor
    else:
        middle, half = Fraction(draw.gauss(0, 2)), Fraction(draw.uniform(0.05, 3))
        low, high = middle - half, middle + half
    ends = printer(low, decimals), printer(high, decimals)
    return Drawn("interval of a ratio" if ratio else "interval", printer(middle, decimals),
                 lambda text: statistics.interval_about(text, *ends, ratio=ratio))


def a_slope(draw: random.Random, printer: Printer) -> Drawn:
    """A slope, its standard error and its t, which may lack its sign."""
    error, t = Fraction(draw.uniform(0.001, 2)), Fraction(draw.gauss(0, 3))
    slope, decimals = printer(t * error, 2), draw.choice((2, 3))
    se = printer(error, decimals)
    return Drawn("slope", printer(draw.choice((t, abs(t))), 2), lambda text: statistics.ratio_is_t(slope, se, text))


MAKERS = (*[a_test] * 4, a_mean, an_sd, a_binary_sd, a_share, a_sum, an_interval, a_slope)


def run(count: int, seed: int) -> tuple[dict[str, Counter[str]], list[str]]:
    """Of each kind: true statistics by answer, and the single-digit misprints tried and noticed, one each; and every wrong accusation."""
    found: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for number in range(count):
        draw = random.Random(f"{seed}/{number}")
        rounding = (*Rounding, None)[number % 4]
        made = MAKERS[number // 4 % len(MAKERS)](draw, Printer(draw, rounding))
        tally = found.setdefault(made.kind, Counter())
        holds = made.check(made.target).holds
        tally[{True: "reproduced", None: "consistent", False: "accused"}[holds]] += 1
        if holds is False:
            wrong.append(f"seed {seed}, number {number}: {made.kind} {made.target}, {rounding}")
        others = [one for one in misprints(made.target) if made.kind[0] != "p" or float(one) <= 1] if made.target else []
        others = [one for one in others if not (made.kind.startswith("share") and float(one) > 100)]
        if others:
            tally["misprints"] += 1
            tally["noticed"] += made.check(draw.choice(others)).holds is False
    return found, wrong


if __name__ == "__main__":
    import sys

    tallies, accused = run(int(sys.argv[1]), int(sys.argv[2]))
    for kind, tally in tallies.items():
        sys.stdout.write(f"{kind}\t{dict(tally)}\n")
    sys.stdout.write(f"accused\t{accused}\n")
