"""Why a number of a paper is no claim: a guess with its reason, and whether it was a near thing."""

from __future__ import annotations

import re
from typing import NamedTuple

from asprinted.draft import cues
from asprinted.draft.tokens import Token

DATE, LABEL, NAME, ORDINAL, SPEECH, GRAMMAR = (
    "date or period", "label of a figure", "part of a name", "ordinal in a phrase", "figure of speech", "grammar",
)
_DASH = r"[-\N{EN DASH}]"
_MONTH = cues.any_of(cues.listed("months")) + r"\b\.?"
_LABELS, _KINDS, _SIZES, _GLUED = (cues.any_of(cues.listed(name)) for name in ("labels", "kinds", "sizes", "glued"))
_AFTER_LABEL = re.compile(rf"\b{_LABELS}\.?\s*[\s(]*(?:[A-Z]?\d+[a-z]?(?:\.\d+)*\s*(?:,|&|and|or|to|{_DASH})\s*)*$", re.IGNORECASE)
_AFTER_KIND = re.compile(rf"\b{_KINDS}\.?\s+(?:\d+\s*(?:,|and|or|to|{_DASH})\s*)*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_BEFORE_YEAR = re.compile(
    rf"\b(?:{cues.any_of(cues.listed('before_years'))}|{_MONTH})[\s(]*$|[-\N{{EN DASH}}/–(,;]\s*$|^\W*$|{_YEAR.pattern}\W+(?:\w+\W+)?$",
    re.IGNORECASE)
_AFTER_YEAR = re.compile(rf"\s*[-\N{{EN DASH}}/]\s*(?:1[5-9]|20)?\d\d\b|\)|\s*(?:,|and|or)\s+(?:or\s+|and\s+)?{_YEAR.pattern}\b")
_QUALIFIED = re.compile(r"(?:[=<>~≈≤≥]|\b(?:over|about|around|approximately|nearly|almost|roughly|some|than|least|most|only|all|total of))"
                        r"\s*$", re.IGNORECASE)
_COUNTED = re.compile(rf"\s+(?:[a-z]+[\s-]+)?{cues.any_of(cues.listed('counted'))}(?!\w)")
_PLURAL = r"(?!(?:is|was|has|as|its|this|does|uses)\b)[a-z]+s\b"
_SHORT_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?")
_AGAIN, _BEFORE_ONE = (re.compile(rf"\b{cues.any_of(cues.listed(name))}\s+$", re.IGNORECASE) for name in ("again", "before_one"))
_STATISTIC = re.compile(r"\b(?:CIs?|CrIs?|HDIs?|SDs?|SEs?|SEM|IQR|ORs?|HRs?|RRs?|Mdn)\s+$")  # what stands before its own number
_AFTER_ONE = re.compile(rf"\s*\(?(?:{cues.any_of(cues.listed('after_one'))}\b|[-.,;:)’']|$)")
_SPEECH_ONE = re.compile(rf"\s+{cues.any_of(cues.listed('speech_one'))}\b")
_SMALL = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
# What the grammar tells of a number by itself.
_BY_KIND = {"identifier": NAME, "name": NAME, "date": DATE, "citation": LABEL, "enumerator": LABEL, "label": LABEL}


class Guess(NamedTuple):
    """A reason, and of a near thing what speaks against it."""

    reason: str
    doubt: str = ""


def guess(token: Token, sentence: str) -> Guess | None:
    """The reason why a number is no claim; None where it is one.

    >>> from asprinted.draft.tokens import tokens
    >>> said = "In 2009, Study 2 (Figure 3) weighed 50 of the two-year-old birds, first with COVID-19, at one of 12 sites."
    >>> [(one.text, found.reason if (found := guess(one, said)) else "") for one in tokens(said)]  # doctest: +NORMALIZE_WHITESPACE
    [('2009', 'date or period'), ('2', 'part of a name'), ('3', 'label of a figure'), ('50', ''), ('two', 'grammar'),
     ('first', 'ordinal in a phrase'), ('19', 'part of a name'), ('one', 'grammar'), ('12', '')]
    """
    before, after = sentence[: token.start], sentence[token.end :]
    if token.kind == "identifier":
        return Guess(NAME)
    for rule in (_label, _in_word, _word, _date, _name):
        found = rule(token, before, after)
        if found is not None:
            return found if found.reason else None
    return Guess(_BY_KIND[token.kind]) if token.kind in _BY_KIND else None


def _in_word(token: Token, before: str, after: str) -> Guess | None:
    """Digits that are part of a word, a version or an address."""
    if token.word:
        return None
    if re.search(r"(?:https?://|www\.|doi:?\s?|@|[^\W\d]/)\S*$", before, re.IGNORECASE) or re.search(r"\.\d+\.", token.text):
        return Guess(NAME)
    if re.match(r"(?:st|nd|rd|th)\b", after):
        return Guess(DATE if re.match(r"(?:st|nd|rd|th)\s+(?:century|" + _MONTH + ")", after, re.IGNORECASE) else ORDINAL)
    if _YEAR.fullmatch(token.text) and re.match(r"['’]?s\b", after):
        return Guess(DATE)
    if _YEAR.fullmatch(token.text) and re.match(r"[a-z]\b", after):  # a citation: 2020a
        return Guess(DATE)
    if re.search(r"[^\W\d_]$", before) and not re.search(r"(?:^|[\s(])[~<>=$€£¥±x×]$", before):
        return Guess(NAME)
    if re.search(r"(?<!\bmid)(?<!\bpre)(?<!\bpost)(?<!\bearly)(?<!\blate)(?<=[^\W\d_])[-_./]$", before) and token.text[0] != "-":
        return Guess(NAME)
    if re.match(r"[-\N{NON-BREAKING HYPHEN}](?=[a-z])", after):
        return Guess("" if re.match(rf"-{_SIZES}\b", after) else NAME)  # 10-fold, 4-layer are sizes
    if re.match(rf"(?!{_GLUED}\b)[^\W\d_]", after, re.IGNORECASE):
        return Guess(NAME, "stands in one word with letters" if re.match(r"[KMBT]\b", after) else "")
    if re.match(r"[KMB]\b", after):
        return Guess("")
    return None


def _word(token: Token, before: str, after: str) -> Guess | None:
    """Numbers in words that count nothing."""
    if not token.word:
        return None
    text = token.text.lower()
    if token.kind == "ordinal":
        if re.match(r"(?:\s+and\s+\w+)?\s+(?:quarters?|half|year|month|week|day|decade|century)\b", after):
            return Guess(DATE)
        if text == "second" and re.search(r"\b(?:per|a|each|every)\s+$", before):
            return Guess(GRAMMAR)
        return Guess(ORDINAL)
    if text == "half" and re.search(r"\b(?:first|second|latter|other)\s+$", before):
        return Guess(DATE)
    if text in ("dozens",) or re.match(r"\s+of\s+(?:thousands|millions|hundreds)", after):
        return Guess(SPEECH)
    if text in ("third", "a third") and not re.match(r"\s+(?:of|as|to|more|less)\b|\W*$", after):
        return Guess(ORDINAL)
    if text == "one":
        return _one(before, after)
    if text == "zero" and re.search(r"\b(?:equal to|equals?|non-|from|to|below|above)\s*$", before):
        return Guess(GRAMMAR)
    if re.match(r"-(?!thirds|fourths|fifths|quarters)", after):
        return Guess(GRAMMAR, "describes a thing by its size")
    if _AGAIN.search(before) and text in _SMALL:
        return Guess(GRAMMAR, "may be a count: the paper says that there are so many")
    if text in ("hundred", "thousand"):
        return Guess(SPEECH)
    return Guess("")


def _one(before: str, after: str) -> Guess | None:
    """One, which counts only before a thing that could be more."""
    if _SPEECH_ONE.match(after):
        return Guess(SPEECH)
    paired = re.search(r"\b(?:the other|to the next|to another)\b", after)
    return Guess(GRAMMAR) if paired or _AFTER_ONE.match(after) or _BEFORE_ONE.search(before) else Guess("")


def _label(token: Token, before: str, after: str) -> Guess | None:
    """Numbers of figures, sections, equations, notes and citations."""
    if _AFTER_LABEL.search(before):
        return Guess(LABEL)
    cited = re.search(r"\[(?:\d+\s*[,;\N{EN DASH}-]\s*)*$", before) and re.match(r"(?:\s*[,;\N{EN DASH}-]\s*\d+)*\]", after)
    if cited and "." not in token.text:
        return Guess(LABEL, "is taken for the mark of a citation")
    if re.search(r"[*†‡]\s*p\s*[<≤]\s*$", before, re.IGNORECASE):
        return Guess(LABEL)  # what the stars of a figure stand for
    if re.fullmatch(r"\(?", before.strip()) and re.match(r"[.)]\s", after) and len(token.text) < 3:
        return Guess(LABEL)
    if re.search(r"(?:^|[\s,;:])\($", before) and re.match(r"\)\s+[A-Za-z]", after) and len(token.text) == 1:
        return Guess(LABEL, "is taken for the number of an item")
    return None


def _date(token: Token, before: str, after: str) -> Guess | None:
    """Years, months, days and times of day."""
    text = token.text.lstrip("-\N{MINUS SIGN}")
    if re.search(rf"\b{_MONTH}\s+(?:\d{{1,2}}\s*[-\N{{EN DASH}}]\s*)?$", before, re.IGNORECASE) and re.fullmatch(r"\d{1,4}", text):
        return Guess(DATE) if before.rstrip()[-3:].lower() != "may" or before.rstrip()[-3:] == "May" else None
    if re.fullmatch(r"\d{1,2}", text) and re.match(rf"\s*(?:st|nd|rd|th)?\s+(?:of\s+)?(?=[A-Z])(?i:{_MONTH})(?!\w)", after):
        return Guess(DATE)
    if re.match(r":\d\d\b", after) or re.search(r"\b\d{1,2}:$", before):
        return Guess(DATE)
    if re.search(r"\b(?:19|20)\d\d-(?:\d\d-)?$", before) and re.fullmatch(r"\d\d", text):
        return Guess(DATE)
    if re.search(r"\b(?:1[5-9]|20)\d\d\s*[/\N{EN DASH}-]\s*$", before) and re.fullmatch(r"\d\d", text):
        return Guess(DATE)
    if not _YEAR.fullmatch(text) or _QUALIFIED.search(before) or _COUNTED.match(after):
        return None
    if _BEFORE_YEAR.search(before) or _AFTER_YEAR.match(after):
        return Guess(DATE)
    if re.search(r"[A-Z]\w*\s+$", before) or not re.match(r"\s+[a-z]+s\b", after):
        return Guess(DATE, "is taken for a year")
    return None


def _name(token: Token, before: str, after: str) -> Guess | None:
    """Numbers that only tell one thing from others of its kind, and conventions such as a 95% interval."""
    if re.match(r"\s*(?:%|percent)\s*-?(?:CIs?\b|HDIs?\b|CrIs?\b|confidence|credible|prediction|level)", after):
        return Guess(NAME)
    if _AFTER_KIND.search(before) and _SHORT_NUMBER.fullmatch(token.text):
        named = before.rstrip().rpartition(" ")[2][:1].isupper() and not re.match(r"\s*%", after)
        return Guess(NAME) if named or not re.match(rf"\s+{_PLURAL}|\s*%", after) else None
    capital = re.search(r"(?<![.!?] )\b[A-Z][A-Za-z]+\s+$", before) and not re.search(r"^\W*\w+\s+$", before)
    if capital and _SHORT_NUMBER.fullmatch(token.text) and not _STATISTIC.search(before):
        counted = re.match(rf"\s+(?:[a-z-]+\s+)?{_PLURAL}|\s*%|\s(?!(?:of|in|to|is|as|at|by|or)\b)[a-z]{{1,2}}\b", after)
        return None if counted else Guess(NAME, "follows a word with a capital")
    return None
