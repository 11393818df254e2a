"""Statistics in a running text, as the style of the American Psychological Association prints them, each with its verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from asprinted.statistics.p_values import p_of
from asprinted.statistics.read import CONVENTIONS, read
from asprinted.verdicts.rules import judge_truth
from asprinted.verdicts.vocabulary import ACCUSING, UNJUDGED
from forkmill.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from asprinted.numbers.interval import Interval

COLUMNS = ("line", "text", "statistic", "df", "value", "p stated", "p recomputed", "verdict", "note")
NOT_SIGNIFICANT = "> .05"
_NUMBER = r"(?:[-+\N{MINUS SIGN}\N{EN DASH}]\s?)?(?:(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,20})(?:\.\d{1,50})?|\.\d{1,50})(?:e-?\d{1,3})?(?!\.?\d)"
_DF = r"\d{1,20}(?:\.\d{1,20})?"  # without commas: those of F(1,200) are two
_SIGN = r"(?:<=|>=|[<>=≤≥])"
_RESULT = re.compile(rf"""
    (?<![\w.-])
    (?: (?P<plain>[zZ])
      | (?P<name>t|F|r|Q(?:[-_ ]?(?:w|b|within|between|t|total|m|e)\b)?|(?:χ|chi|[xX]|c(?=[2²]))(?:[-_ ^]?2|²|-?squared?\b))
        \s* [(\[] \s* (?P<first>{_DF}) \s* (?:,\s* (?P<second>{_DF}) \s*)? (?:,\s* [Nn] \s* = \s* {_NUMBER} \s*)? [)\]]
    )
    \s* (?P<value>{_SIGN} \s* {_NUMBER})
    (?: \s* , \s* MS[Ee] \s* = \s* {_NUMBER} )? \s* [,;(] \s* (?: (?P<p>p \s* {_SIGN} \s* {_NUMBER}) | (?P<ns>n\.?\s?s\b) )
    """, re.VERBOSE | re.IGNORECASE)
# What makes a p larger than its statistic alone does: it was corrected for several tests or unequal variances, or is that of an exact test.
_CORRECTED = re.compile(r"""
    \b(?:bonferroni|holm|[sš]id[aá]k|tukey|scheff[eé]|dunn(?:ett)?|benjamini|hochberg|false[ ]discovery|FDR|family-?[ ]?wise)\b
    | \b(?:greenhouse|huynh)\b
    | \bmultiple[ ](?:comparison|test|contrast|hypothes)\w* | \bpost-?[ ]?hoc\b | \b(?:adjusted|corrected)[ ](?:for\b|p\b|alpha)
    | \b(?:permutation|randomi[sz]ation|exact)[ ](?:test|p\b|probabilit)
    """, re.VERBOSE | re.IGNORECASE)


def in_text(text: str, *, tails: int | None = None) -> pd.DataFrame:
    """Every t, F, r, z, χ² and Q with its p in a text, recomputed: one row each, as strings but for the line.

    Source of the forms: Nuijten and others 2016, https://doi.org/10.3758/s13428-015-0664-2. Columns: line, text, statistic, df, value,
    p stated, p recomputed (all that the digits allow), verdict, note. What has the form but cannot be judged, such as a correlation
    above 1, is in it as "not checkable", with the reason; so is a p larger than recomputed where the text names a correction of p values.

    Args:
        text: plain text; line breaks inside a result do not matter.
        tails: 2 or 1 where it holds for every test of the text; None: a p that fits with one tail alone is consistent, with a note.

    >>> found = in_text("It rose, t(28) = 2.34, p = .027, but F(2, 57) = 3.11, p < .05; chi2(1, N = 90) = 4.2, p < .05.")
    >>> list(zip(found["statistic"], found["df"], found["p recomputed"], found["verdict"]))[:2]
    [('t', '28', '0.0258 to 0.0271', 'consistent'), ('F', '2, 57', '0.0518 to 0.0525', 'inconsistent')]
    """
    import pandas as pd

    text = re.sub(r"[\x00-\x08\x0e-\x1f]", " ", text)  # what is left of a PDF
    corrected = _CORRECTED.search(" ".join(text.split()))
    said = corrected[0].lower() if corrected else ""
    return pd.DataFrame([_row(text, found, tails, said) for found in _RESULT.finditer(text) if _meant(found)], columns=list(COLUMNS))


def _meant(found: re.Match[str]) -> bool:
    """Small and capital letters are different tests: T, f, R and q are none of these."""
    return (found["name"] or "t")[0] not in "TfRq"


def _larger(stated: str, recomputed: Interval) -> bool:
    """Whether a stated p is larger than the statistic has it."""
    least, most = read(stated, "p", bound=True).under(CONVENTIONS).low, recomputed.high
    return least is not None and most is not None and least >= most


def _row(text: str, found: re.Match[str], tails: int | None, corrected: str) -> tuple[object, ...]:
    name = found["name"] or "z"
    statistic = name if name in "tFrz" else "Q" if name[0] == "Q" else "chi2"
    df = [one for one in (found["first"], found["second"]) if one]
    stated = NOT_SIGNIFICANT if found["ns"] else "".join(found["p"][1:].split())
    value = "".join(found["value"].split())
    note = "ns read as p > .05" if found["ns"] else ""
    try:
        truth = p_of(statistic, value, df, stated, tails=tails if statistic in ("t", "r", "z") else None)
    except InputError as error:
        computed, verdict, note = "", UNJUDGED, f"{error.what}: {error.got}"
    else:
        verdict, note = judge_truth(truth, within_the_paper=True).verdict, "; ".join(filter(None, (note, truth.condition)))
        if verdict in ACCUSING and _larger(stated, truth.basis.interval) and (corrected or read(stated, "p", bound=True).value == 1):
            verdict, note = UNJUDGED, f"larger than recomputed, as a corrected p is{f'; the text names: {corrected}' if corrected else ''}"
        ends = (format(float(end), ".3g") for end in (truth.basis.interval.low, truth.basis.interval.high) if end is not None)
        computed = " to ".join(dict.fromkeys(ends))
    line = text.count("\n", 0, found.start()) + 1
    return (line, " ".join(found[0].split()), statistic, ", ".join(df), value.removeprefix("="), stated.removeprefix("=").strip(), computed,
            verdict, note)
