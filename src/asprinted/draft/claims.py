"""A claim for a number: its digits, scale, unit and qualifier, and what it may be about, guessed from the words around it."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import Any

from asprinted.draft import cues
from asprinted.draft.exemptions import guess
from asprinted.draft.structure import Place
from asprinted.draft.tokens import Token
from asprinted.numbers import printed
from asprinted.numbers.written import notation
from asprinted.numbers.written.parts import in_text
from asprinted.paper.register import GUESS

_SCALES = sorted(printed.SCALES, key=len, reverse=True)
_NAMES = {power: name for name, power in printed.SCALES.items() if power}
_SHORT, _MONEY, _MEASURES = cues.table("scales"), cues.table("money"), cues.table("measures")
_MEASURE = re.compile(rf"\s?({cues.any_of(_MEASURES)})(?![\w/])")
_TIMES = re.compile(rf"{cues.any_of(cues.listed('times'))}s?")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PERIOD = re.compile(rf"\b(?:(?:first|second|third|fourth) quarter of |Q[1-4] |{cues.any_of(cues.listed('months'))}\.? )?(?:19|20)\d\d"
                     r"(?:\s?[-\N{EN DASH}]\s?(?:(?:19|20)\d\d|\d\d))?\b", re.IGNORECASE)
_EQUALS = re.compile(r"([^\W\d_][\w ]{0,20}?|[^\W\d_]+\s?\([^()]*\))\s*[=<>≤≥≈~]\s*$")
FEW, SHORTEST = 6, 10  # words of a guess; characters that a claim's quantity has at least


def statements(place: Place) -> dict[Token, Token]:
    """For each number of a place that is part of a statement of several, such as a mean with its margin, that statement.

    >>> from asprinted.draft.tokens import tokens
    >>> said = "From 2009 to 2011 they grew by 5-10%, and weighed 5.01 ± 0.35 kg (n = 12)."
    >>> {one.text: whole.text for one, whole in statements(Place("1/1/1", "sentence", said, "1")).items()}
    {'5': '5-10', '10': '5-10', '5.01': '5.01 ± 0.35', '0.35': '5.01 ± 0.35'}
    """
    found: dict[Token, Token] = {}
    for start, end, parts in in_text(place.text, place.locale) if place.counted else ():
        members = [one for one in place.numbers if start <= one.start and one.end <= end and any(
            part.start <= one.start < part.end and part.bare == one.text for part in parts)]
        if len(members) == len(parts) and any(guess(one, place.text) is None for one in members):
            first, last = members[0], members[-1]  # what stands beside the digits, such as %, is the unit of both
            begin, stop = first.start if parts[0].start == start else start, last.end if parts[-1].end == end else end
            found |= dict.fromkeys(members, replace(first, text=place.text[begin:stop], start=begin, end=stop, word=False))
    return found


def claim(token: Token, place: Place, taken: set[str]) -> tuple[dict[str, Any], list[str]]:
    """The entry of a number in the register, and what was not sure about it; its id joins ``taken``.

    >>> from asprinted.draft.tokens import tokens
    >>> said = "By July 2020 it was downloaded over 462,000 times by 1.5 million users, 19% of them (n = 50) new."
    >>> made = [claim(one, Place("1/1/1", "sentence", said, "1"), set())[0] for one in tokens(said)[1:]]
    >>> fields = ("id", "kind", "scale", "unit", "qualifier")
    >>> [tuple(one.get(field, "") for field in fields) for one in made]  # doctest: +NORMALIZE_WHITESPACE
    [('times-462-000', 'number', '', 'times', 'more than'), ('users-1-5', 'number', 'million', 'users', ''),
     ('percent-users-19', 'number', '', 'percent', ''), ('n-50', 'count', '', 'cases', '')]
    >>> made[0]["quantity"]
    'guess: downloaded over 462,000 times by 1.5 million, July 2020'
    """
    before, after = _around(token, place)
    scale, after = _scale(after, place.locale)
    unit, phrase = _unit(before, after, place.locale)
    qualifier = token.qualifier
    entry: dict[str, Any] = {"id": _id(token, place, before, unit, phrase, taken), "where": place.where, "kind": "fact"}
    unsure = []
    if token.number:
        entry["kind"] = "count" if _counts(token, unit, qualifier, scale, place.locale) else "number"
        entry |= {"stated": token.text} | ({"scale": scale} if scale != "one" else {}) | {"unit": unit}
        entry |= {"qualifier": qualifier} if qualifier != "exact" else {}
        if not unit:
            unsure.append("the unit is not known")
    else:
        unsure.append(f"{token.text!r} cannot be read as a number, so it is a claim of fact")
    entry["quantity"] = _about(token, place, *_around(token, place))
    return entry, unsure


def _around(token: Token, place: Place) -> tuple[str, str]:
    """What stands before and after a number: in a row of a table only what stands in its cell."""
    before, after = place.text[: token.start], place.text[token.end :]
    return (before.rpartition(" | ")[2], after.partition(" | ")[0]) if place.cells else (before, after)


def _scale(after: str, locale: str) -> tuple[str, str]:
    """The scale that a word beside the number tells, in the language of the paper, and what stands after it."""
    known = notation.of(locale).words
    if (word := re.match(r"\s?([^\W\d_]+(?: [^\W\d_]+)?)\.?(?!\w)", after)) and not locale.startswith("en"):
        for found in (word[1], word[1].partition(" ")[0]):
            if scale := _NAMES.get(known.get(found.lower(), 0)):
                rest = after[after.index(found) + len(found):].removeprefix(".")
                return scale, re.sub(r"^\s(?:d[ei]\s|d['’])", " ", rest)  # milliards d'euros, millones de euros
    for scale in _SCALES:
        if found := re.match(rf"[\s-]{scale}s?\b", after, re.IGNORECASE):
            return scale, after[found.end() :]
    short = re.match(r"\s?(k|K|M|mn|bn|tn|B|T)\b(?!\w)", after)
    return (_SHORT[short[1].lower()], after[short.end() :]) if short else ("one", after)


def _unit(before: str, after: str, locale: str) -> tuple[str, list[str]]:
    """The unit, nothing where none is seen, and the words after the number that name what it counts."""
    measured = _MEASURE.match(after)
    rest = after[measured.end() :] if measured else after
    phrase = _phrase(rest, locale)
    money = before.rstrip()[-1:]
    if money in _MONEY:
        return _MONEY[money], phrase
    if measured:
        return _MEASURES[measured[1]], phrase
    if sized := re.match(r"-([a-z]+)", after):
        return sized[1], phrase
    if re.search(r"\b[Nn](?:\s?[a-z]+)?\s*=\s*$", before):
        return "cases", phrase
    if _EQUALS.search(before) or not phrase or not re.match(r"\s", after):
        return "", phrase
    return phrase[-1], phrase


def _phrase(text: str, locale: str) -> list[str]:
    """The words of a noun with what qualifies it, as far as that can be told without grammar: up to a small word or a mark.

    >>> _phrase(" Anlagen im Norden", "de"), _phrase(" auf 126,0 Mrd", "de"), _phrase(" wind farms in Spain", "en")
    (['Anlagen'], [], ['wind', 'farms'])
    """
    found: list[str] = []
    stop = _small_words(locale)
    for one in re.finditer(r"\s+([^\s]+)", text[:80]):
        word = one[1].strip("“”\"'")
        plain = _WORD.match(word)
        if not plain or plain[0].lower() in stop or len(found) == 3:
            break
        found.append(plain[0])
        if plain[0] != word or (len(plain[0]) > 3 and plain[0].endswith("s") and not plain[0].endswith(("ss", "us", "is", "ous"))):
            break  # a mark ends it, and so does a plural
    return found


@functools.cache
def _small_words(locale: str) -> frozenset[str]:
    others = cues.table("small_words_of")
    return frozenset(others.get(locale[:2], "").split() or cues.listed("small_words"))


def _counts(token: Token, unit: str, qualifier: str, scale: str, locale: str) -> bool:
    """Whether a number counts things one by one, so that it is exact: whole, not round, and its unit no measure."""
    digits = token.text.replace(notation.of(locale).group, "")
    whole = token.word or (digits.isdigit() and not digits.endswith("00"))
    measured = unit in {*_MEASURES.values(), *_MONEY.values(), "times"} or bool(_TIMES.fullmatch(unit))
    return whole and scale == "one" and qualifier == "exact" and bool(unit) and not measured


def _id(token: Token, place: Place, before: str, unit: str, phrase: list[str], taken: set[str]) -> str:
    symbol = _EQUALS.search(before)
    named = [symbol[1].split("(")[0].split()[-1]] if symbol else [*([unit] if unit and unit not in phrase else []), *phrase[-2:]]
    if unit == "percent" and not symbol:
        named = ["percent", *(phrase or _WORD.findall(before)[-1:])]
    if place.cells:
        named = [*_WORD.findall(place.cells[0])[:2], *_WORD.findall(_head(token, place))[:2], *named[-1:]]
    stem = plain("-".join([*(named or _WORD.findall(before)[-2:]), token.text]))
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}-no-{number}"
    taken.add(found)
    return found


def plain(text: str) -> str:
    """A text as part of an id: small letters without marks, digits, hyphens."""
    import unicodedata

    ascii = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii).strip("-") or "number"


def _about(token: Token, place: Place, before: str, after: str) -> str:
    """What the claim may be about: the words next to it, of a row its head and the head of its column, and the period."""
    if place.cells:
        heads = [place.cells[0] if _column(token, place) else "", _head(token, place)]
        near = " ".join([before.strip(), token.text + after]).strip()
        text = ", ".join(part for part in (*heads, near) if part)
    else:
        left = re.split(r"[.;:!?]\s|, |[()]", before)[-1].split()[-2:]
        right = re.split(r"[.;:!?](?:\s|$)|, |[()]", after)[0].split()[: FEW - len(left)]
        text = " ".join([*left, f"{token.text}{'' if after[:1].isspace() or not right else right.pop(0)}", *right])
        periods = [one for one in _PERIOD.findall(place.text) if one not in text]
        text += f", {periods[-1]}" if periods else ""
    text = f"{GUESS} " + re.sub(r"[\s|]+", " ", text).strip()
    return text if len(text) >= SHORTEST else f"{text}, at {place.where}"


def _head(token: Token, place: Place) -> str:
    """What stands at the head of the column that a number is in; nothing where it is not known."""
    column = _column(token, place)
    return place.heads[column] if column < len(place.heads) else ""


def _column(token: Token, place: Place) -> int:
    return place.text[: token.start].count(" | ")
