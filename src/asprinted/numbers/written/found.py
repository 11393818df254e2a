"""Every number of a text, with its kind as far as the number and its neighbours tell: what a reader would make an inventory of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from asprinted.numbers.written.grammar import MINUS, NEAR, RELATION, Printed, Token, tokens
from asprinted.numbers.written.number_words import ORDINAL
from asprinted.numbers.written.spelling import spelled

# From the most telling neighbour to none: the first that fits is the kind of a number.
KINDS = ("identifier", "date", "citation", "label", "p-value", "degrees of freedom", "sample size", "standard deviation", "statistic",
         "interval", "plus-minus", "ordinal", "name", "enumerator", "year", "range", "power", "percent", "money", "fraction", "word",
         "number")
_MONTH = (r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
          r"|dec(?:ember)?)\.?")
_LABELS = (r"fig(?:ure)?s?|tab(?:le)?s?|sections?|secs?|§§?|chapters?|eqs?|equations?|appendix|appendices|supplement(?:ary)?(?:\s\w+)?"
           r"|box|panels?|columns?|rows?|pages?|pp?|vol(?:ume)?|nos?|study|studies|experiments?|models?|hypothes[ie]s|steps?|notes?"
           r"|part|abbildung|abb|tabelle|kapitel|abschnitt|seite|tableau")
_LABEL = r"[A-Z]?[0-9]+(?:\.[0-9]+)*[a-z]?\b"
_DASH = rf"[{MINUS}\N{{EM DASH}}]"
_CENTURY = "(?:19|20)"
_PLACES = {
    "identifier": rf"https?://\S+|\bdoi:?\s*\S+|\b10\.[0-9]{{4,9}}/\S+|\barxiv:\s*\S+|\bis[bs]n:?\s*[{MINUS}0-9x ]+"
                  r"|\b[\w.+-]{1,60}@[\w-]{1,60}\.\w+"
                  r"|\bv?[0-9]+(?:\.[0-9]+){2,}",
    "date": r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|\b[0-9]{1,2}[./][0-9]{1,2}[./](?:[0-9]{2}){1,2}\b|\b[0-9]{1,2}:[0-9]{2}\b"
            rf"|\b[0-9]{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH}(?:,?\s+[0-9]{{4}})?\b(?![0-9])"
            rf"|\b{_MONTH}\s+[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s*{_DASH}\s*[0-9]{{1,2}})?(?:,\s*[0-9]{{4}})?\b|\b{_MONTH},?\s+[0-9]{{4}}\b"
            rf"|\b{_CENTURY}[0-9]{{2}}(?:/[0-9]{{2}}(?:[0-9]{{2}})?|[-\s]?[QH][1-4]|W[0-9]{{2}})\b"
            rf"|\b[QH][1-4](?:\s+(?:of\s+)?{_CENTURY}[0-9]{{2}})?\b|\b(?:1[5-9]|20)[0-9]0s\b|\bFY\s?{_CENTURY}?[0-9]{{2}}\b",
    "citation": rf"(?<!CI\s)(?<!CI:\s)\[[0-9]{{1,3}}(?:\s*(?:[,;]|{_DASH})\s*[0-9]{{1,3}})*\]"
                r"|(?<=[a-z,.;:)\]\"”])(?<![0-9][.,])(?<!\b[kcdm]m)(?<!\bm)[⁰¹²³⁴-⁹]+(?:[,⁻–][⁰¹²³⁴-⁹]+)*",
    "label": rf"(?:\b(?:{_LABELS})\b|§)\.?\s*{_LABEL}(?:\s*(?:,|and|&|to|{_DASH})\s*{_LABEL}(?!\s*(?:%|percent)))*",
    "p-value": rf"\bp(?:[\s-]?values?)?\s*(?:of\s|was\s|is\s|{RELATION})\s*[0-9.][^\s,;)]*(?<![.)])",
    "degrees of freedom": r"(?<!\w)(?:[tFrQ]|χ\s?[²2]?|chi2?|[xX]²)\s*\([^()=]{1,20}(?=[,)])|\bdf\s*=\s*[0-9.]+",
    "sample size": r"(?<!\w)[nN]s?\s*=\s*[0-9][0-9,.\s]*",
    "ordinal": r"\b[0-9]+(?:,[0-9]{3})*(?:st|nd|rd|th)\b",
    "enumerator": r"(?:(?<=\s)|^)\([0-9]{1,2}\)(?=\s)",
    "power": r"(?<=\w)[²³⁴-⁹](?!\w)",
}
_ANY_CASE = ("identifier", "date", "label", "p-value")
_STATISTIC = re.compile(r"(?:\b(?:[tFrRzdQbgB]|SE|SD|CI|OR|RR|HR|AIC|BIC|R2)|[χηβωρτΔκα]|\))\s?[²2]?\s*(?:=|<|>|≤|≥)\s*$")
_QUALIFIERS = {
    "about": r"about|around|approximately|approx\.?|roughly|some|circa|ca\.?|c\.|in the order of|≈|~|∼|etwa|rund|environ",
    "nearly": r"nearly|almost|close to|just under|just below|fast|knapp|près de",
    "at least": r"at least|no(?:t)? (?:less|fewer) than|≥|mindestens|au moins",
    "at most": r"at most|up to|no(?:t)? more than|≤|höchstens|au plus",
    "more than": r"(?:more|greater|higher|larger) than|over|above|exceed(?:s|ed|ing)?|in excess of|>|mehr als|plus de",
    "less than": r"(?:less|fewer|lower|smaller) than|under|below|<|weniger als|moins de",
}
_QUALIFIED = re.compile("(?<![^\\W\\d_])(?:" + "|".join(f"(?P<{word.replace(' ', '_')}>{pattern})" for word, pattern in _QUALIFIERS.items())
                        + r")\s*(?:a\s+)?$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(rf"(?:^|\b(?:in|since|from|to|until|till|by|during|of|and|or|for|after|before|through|early|late|mid|years?"
                          rf"|between|the|spring|summer|autumn|fall|winter|end|than|al\.,?|al)\s*|[(,;/]\s*|{_DASH}\s*)$", re.IGNORECASE)
_GOES_ON = "and|or|to|the|was|were|is|are|in|by|on|at|with|for|as|but|when|while|that|which|until|onwards?|through|this"
_RELATION = re.compile(r"(<=|>=|[<>≤≥])\s*$")
_COUNTED = re.compile(rf"\s+(?!(?:{_GOES_ON})\b)[a-z]+s\b")
_YEAR_AFTER = re.compile(rf"\s*{_DASH}\s*(?:1[5-9]|20)[0-9]{{2}}(?![0-9%]|[.,][0-9])")
_UNIT_AFTER = re.compile(r"^\s*(?:%|percent|per\s?cent)|^\s+percentage\s+points?", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"^\s+(?:[A-Z]\w+\s+)?(?:dollars?|euros?|pounds?|yuan|renminbi|yen|rupees?|francs?|cents?)\b")


@dataclass(frozen=True)
class Found:
    """A number in a text.

    ``start`` and ``end`` are its places in the text, ``text`` what stands there: with its sign, its relation (``< .001``), its
    currency, % and the word that multiplies it; ``bare`` are its digits with their sign, or its word. ``kind`` is one of :data:`KINDS`,
    ``qualifier`` the word before it as claims name it. ``printed`` is what it prints; None for ordinals, marks of citations, and what
    is no number by itself, such as a version. ``whole`` is where the range, interval or mean with its deviation that it is part of
    begins and ends.
    """

    start: int
    end: int
    text: str
    kind: str
    bare: str = ""
    qualifier: str = "exact"
    printed: Printed | None = None
    whole: tuple[int, int] | None = None


def numbers_in(text: str, locale: str = "en") -> list[Found]:
    """Every number of a text, in order.

    Args:
        locale: the language whose notation the digits follow; words are read in English.

    Raises:
        ValueError: the language is unknown.

    >>> text = "In 2019, 86 of 344 (25.0%) weighed 4.2 ± 0.8 kg [3], t(28) = 2.34, p < .001 (Table 2); two-thirds were 5G."
    >>> [(one.text, one.kind) for one in numbers_in(text)]  # doctest: +NORMALIZE_WHITESPACE
    [('2019', 'year'), ('86', 'number'), ('344', 'number'), ('25.0%', 'percent'), ('4.2', 'plus-minus'), ('0.8', 'plus-minus'),
     ('3', 'citation'), ('28', 'degrees of freedom'), ('2.34', 'statistic'), ('< .001', 'p-value'), ('2', 'label'),
     ('two-thirds', 'fraction'), ('5G', 'name')]
    """
    plain, at = spelled(text)
    at = [*at, len(text)]
    marked = _marked(plain)
    around: dict[int, str] = {}
    for kind, start, end in marked:
        for place in range(start, end):
            around.setdefault(place, kind)
    read = list(tokens(plain, locale))
    wholes = _wholes(plain, read)
    listed = []
    for one in read:
        kind, whole = _kind(plain, one, around), wholes.get(one.start)
        if whole and KINDS.index(kind) > KINDS.index(whole[0]):
            kind = whole[0]
        listed.append(replace(_found(plain, one, kind), whole=whole[1:] if whole and kind in (whole[0], "year") else None))
    kept: list[Found] = []
    taken: set[int] = set()
    # A fraction before an ordinal (two thirds), an ordinal before a word (twenty-third), an identifier before what stands in it.
    for found in sorted([*listed, *_others(plain, marked)], key=_weight):
        if taken.isdisjoint(range(found.start, found.end)):
            taken.update(range(found.start, found.end))
            kept.append(found)
    return [replace(one, start=at[one.start], end=at[one.end - 1] + 1, text=text[at[one.start] : at[one.end - 1] + 1],
                    whole=one.whole and (at[one.whole[0]], at[one.whole[1] - 1] + 1))
            for one in sorted(kept, key=lambda kept: kept.start)]


def _weight(one: Found) -> int:
    return (one.kind != "identifier" or one.printed is not None) + (one.kind != "fraction") + (one.kind == "word")


def _marked(text: str) -> list[tuple[str, int, int]]:
    """Places whose neighbourhood says what the numbers in them are, the most telling kind first."""
    found = [(kind, one.start(), one.end()) for kind, pattern in _PLACES.items()
             for one in re.finditer(pattern, text, re.IGNORECASE if kind in _ANY_CASE else 0)]
    return sorted(found, key=lambda one: KINDS.index(one[0]))


def _kind(text: str, one: Token, around: dict[int, str]) -> str:
    if one.start in around:
        return around[one.start]
    before, after = _before(text, one.start), text[one.end : one.end + NEAR]
    if one.sign:
        before = before.rstrip().rstrip("+" + MINUS)
    number = one.printed
    if _STATISTIC.search(before):
        return "statistic"
    if re.search(r"[^\W\d_]-?$", before[-2:]) and not one.is_word and not number.marks and not re.search(r"\b[a-z]+-$", before):
        return "name"
    if re.match(r"[A-Z](?![A-Za-z])", after) and number.digits.isdigit() and not after.startswith(("C", "K", "M")):
        return "name"
    if _is_year(text, one):
        return "year"
    if (number.marks and number.marks[-1] in ("%", "‰")) or _UNIT_AFTER.match(after):
        return "percent"
    if number.marks or _MONEY_AFTER.match(after):
        return "money"
    return "fraction" if number.rough else "word" if one.is_word else "number"


def _before(text: str, place: int) -> str:
    return text[max(0, place - NEAR) : place]


def _is_year(text: str, one: Token) -> bool:
    """Whether four digits are a year: from 1500 on, after a word or a mark that leads to one."""
    digits = text[one.start : one.end]
    if not re.fullmatch("(?:1[5-9]|20)[0-9]{2}", digits) or one.sign == "+" or _UNIT_AFTER.match(text[one.end : one.end + NEAR]):
        return False
    if _YEAR_AFTER.match(text, one.end):
        return True
    counts = _COUNTED.match(text, one.end)
    return not counts and bool(_YEAR_BEFORE.search(_before(text, one.start)))


def _found(text: str, one: Token, kind: str) -> Found:
    """With the sign and the relation that stand before it."""
    start, bare, before = one.start, one.bare[0], _before(text, one.start)
    if one.sign and before.rstrip()[-1:] in ("+", *MINUS):
        start -= len(before) - len(before.rstrip()) + 1
        bare = start if bare == one.start else bare
    relation = _RELATION.search(text, max(0, start - 4), start)
    if relation:
        start = relation.start()
    word = None if relation else _QUALIFIED.search(text, max(0, start - 20), start)
    qualifier = str(word.lastgroup).replace("_", " ") if word else "exact"
    end = one.end
    if kind in ("name", "ordinal"):  # 5G, 13th
        end = next((place for place in range(end, len(text)) if not text[place].isalpha()), len(text))
    return Found(start, end, text[start:end], kind, text[bare : one.bare[1]], qualifier, one.printed)


def _wholes(text: str, read: list[Token]) -> dict[int, tuple[str, int, int]]:
    """For numbers that belong together what they form, and where that begins and ends."""
    found: dict[int, tuple[str, int, int]] = {}
    for first, second in pairwise(read):
        between, before, after = text[first.end : second.start], _before(text, first.start), text[second.end : second.end + 2]
        opened = re.search(rf"(?P<interval>\b[CK]I:?\s*)?[\[(]\s*[{MINUS}+]?$", before)
        kind, start, end = "", first.start - (first.sign != "" and before[-1:] in ("+", *MINUS)), second.end
        if re.fullmatch(r"\s*(?:±|\+/[-−]|\+-)\s*", between):
            kind = "plus-minus"
        elif opened and re.match(r"\s*[\])]", after) and re.fullmatch(rf"\s*(?:[,;]|to|{_DASH})\s*[{MINUS}+]?\s*", between) and (
                opened["interval"] or "." in first.printed.digits + second.printed.digits):
            kind, start = "interval", first.start - len(before) + max(before.rfind("["), before.rfind("("))
            end += 1 + after.startswith(" ")
        elif re.fullmatch(r"\s*(?:[^\W\d_]{1,8}\s*)?\(\s*(?:SD|SE|SEM|sd|se|s\.d\.|s\.e\.|±)\s*[=:]?\s*", between):
            kind, end = "standard deviation", second.end + after.startswith(")")
        elif re.fullmatch(rf"\s*{_DASH}\s*|\s+(?:to|through)\s+", between) or (
                re.fullmatch(r"\s+and\s+", between) and re.search(r"\bbetween\s+$", before, re.IGNORECASE)):
            kind = "range"
        if kind:
            found.setdefault(first.start, (kind, start, end))
            found[second.start] = (kind, start, end)
    return found


def _others(text: str, marked: list[tuple[str, int, int]]) -> Iterator[Found]:
    """What counts and is no number of the grammar: ordinals, raised marks, versions, and the parts of dates."""
    for one in ORDINAL.finditer(text):
        yield Found(one.start(), one.end(), one[0], "ordinal", one[0])
    for kind, start, end in marked:
        if kind == "citation" and re.match("[⁰¹²³⁴-⁹]", text[start]):
            yield Found(start, end, text[start:end], kind, text[start:end])
        if kind == "identifier" and re.search("[0-9]", text[start:end]):
            named = text[start:end].rstrip(".,;:)]")
            yield Found(start, start + len(named), named, kind, named)
