"""Several numbers that a text prints as one statement: a range, an interval, an estimate with its margin, a mean with its SD.

Each is read by :mod:`asprinted.numbers.written.found`; what stands between them says how they belong together, and names them where
it can. A number in brackets after another may be many things (an SD, an SE, a share, a count), so that the audit has to name it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from asprinted.numbers.written.found import Found, numbers_in
from asprinted.numbers.written.grammar import MINUS, parse

LOW, HIGH, ESTIMATE, MARGIN, MEAN = "low", "high", "estimate", "margin", "mean"
ENDS = (LOW, HIGH)
_NUMBER, _LEVEL, _NONE = "\ue000", "\ue001", "\ue002"  # of the text with a mark in the place of each number
_DASH = rf"[{MINUS}\N{{EM DASH}}]"
_MARGIN = re.compile(r"\+\s?/?\s?[-\N{MINUS SIGN}\N{EN DASH}](?=\s?[0-9.])")  # ± on a typewriter
_INTERVAL = r"(?:CI|CrI|HDI|HPDI|IQR|(?:confidence|credible|interquartile|prediction) (?:interval|range)|range)\b"
_OF_A_LEVEL = re.compile(rf"[\s-]{{0,2}}{_INTERVAL}")
_LEAD = rf"(?:{_LEVEL}?[\s-]{{0,2}}{_INTERVAL}\s*[:=,]?\s*)"
_PAIR = rf"{_NUMBER}\s*(?:[,;]|{_DASH}|\bto\b|\band\b)\s*{_NUMBER}"
_NAMED_INTERVAL = rf"(?:{_LEAD}[\[(]\s*{_PAIR}\s*[\])]|[\[(]\s*{_LEAD}{_PAIR}\s*[\])]|{_LEAD}{_PAIR})"
_NAME = r"[^\W\d_][\w.]{0,11}"
_EQUAL = rf"{_NAME}\s*=\s*{_NUMBER}"
_OF_A_NAME = re.compile(rf"(?:({_NAME})\s*[=:]?\s*)?{_NUMBER}")
_DEVIATIONS = ("SD", "SE", "SEM", "S.D.", "S.E.")
# Names of the numbers in their order; None where what is printed tells them.
_FORMS: tuple[tuple[str, tuple[str, ...] | None], ...] = (
    (rf"(?:\bfrom\s+)?{_NUMBER}\s*(?:{_DASH}|\bto\b|\bthrough\b)\s*{_NUMBER}|\bbetween\s+{_NUMBER}\s+and\s+{_NUMBER}", ENDS),
    (rf"\[\s*{_PAIR}\s*\]|{_NAMED_INTERVAL}", ENDS),
    (rf"{_NUMBER}\s*(?:±\s*{_NUMBER}|\(\s*±\s*{_NUMBER}\s*\))", (ESTIMATE, MARGIN)),
    (rf"{_NUMBER}\s*[,;]?\s*(?:[\[(]\s*{_PAIR}\s*[\])]|{_NAMED_INTERVAL})", (ESTIMATE, *ENDS)),
    (rf"{_NUMBER}\s*\(\s*{_NAME}\s*[=:]?\s*{_NUMBER}\s*\)", None),
    (rf"\b{_EQUAL}(?:\s*[,;]?\s*(?:\(\s*{_EQUAL}\s*\)|{_EQUAL}))+", None),
)
_ALONE = (*_FORMS, (rf"\(\s*{_PAIR}\s*\)", ENDS), (rf"{_NUMBER}\s*\(\s*{_NUMBER}\s*\)", None))  # told apart only where nothing is around
_IN_TEXT = "|".join(f"(?P<form{place}>{form})" for place, (form, _) in reversed([*enumerate(_FORMS)]))
_OTHERS = ("identifier", "date", "citation", "label", "name", "enumerator", "degrees of freedom", "p-value", "year")


@dataclass(frozen=True)
class Part:
    """One of the numbers of a statement: its name (empty where nothing printed tells it), its text and where that begins and ends.

    ``bare`` are its digits with their sign, as an inventory lists them.
    """

    name: str
    text: str
    bare: str
    start: int
    end: int


@functools.lru_cache(maxsize=1 << 12)
def parts(text: str, locale: str = "en", names: tuple[str, ...] = ()) -> tuple[Part, ...]:
    """The numbers of a text that is one statement of several; none where it is of no such form.

    Args:
        locale: the language whose notation the digits follow.
        names: those that the audit gives, one a number. With them any text will do in which so many numbers stand.

    >>> for text in ("38.8 (2.7)", "5–10%", "5.01 ± 0.35", "0.91 (95% CI 0.73 to 1.13)", "M = 38.8, SD = 2.7", "12.3 (SE 0.4)"):
    ...     print([(one.name, one.text) for one in parts(text)])
    [('', '38.8'), ('', '2.7')]
    [('low', '5'), ('high', '10%')]
    [('estimate', '5.01'), ('margin', '0.35')]
    [('estimate', '0.91'), ('low', '0.73'), ('high', '1.13')]
    [('M', '38.8'), ('SD', '2.7')]
    [('mean', '12.3'), ('SE', '0.4')]
    >>> [one.text for one in parts("344 × 8", names=("rows", "columns"))], parts("344 × 8"), parts("8.4")
    (['344', '8'], (), ())
    """
    read, marked = _marked(text, locale, ())
    listed = [one for one, mark in read if mark == _NUMBER]
    if len(listed) < 2 or not all(_is_number(one.text, locale) for one in listed):
        return ()
    shown = marked.strip()
    given = next((_names(shown, known) for form, known in _ALONE if re.fullmatch(form, shown, re.IGNORECASE)), None)
    if names and len(names) == len(listed):
        given = names
    return tuple(map(_part, listed, given)) if given and not _reversed(listed, given, locale) else ()


def in_text(text: str, locale: str = "en") -> Iterator[tuple[int, int, tuple[Part, ...]]]:
    """Where the statements of several numbers in running text begin and end, and their numbers, where what is printed names each.

    >>> said = "They weighed 5.01 ± 0.35 kg (Table 2), 19 (0.7%) were lost, and growth of 5 to 10 percent in 2009–2011 was seen [3, 4]."
    >>> [(said[start:end], [one.name for one in found]) for start, end, found in in_text(said)]
    [('5.01 ± 0.35', ['estimate', 'margin']), ('5 to 10 percent', ['low', 'high'])]
    """
    read, marked = _marked(text, locale, _OTHERS)
    place = dict(zip(_places(read, marked), read, strict=True))
    for found in re.finditer(_IN_TEXT, marked, re.IGNORECASE):
        known = _FORMS[int(str(found.lastgroup).removeprefix("form"))][1]
        listed = [place[at][0] for at in range(found.start(), found.end()) if at in place and place[at][1] == _NUMBER]
        names = _names(found[0], known)
        start, end = (at + sum(len(one.text) - 1 for before, (one, _) in place.items() if before < at) for at in found.span())
        if all(names) and [one.name for one in parts(text[start:end], locale)] == [*names]:
            yield start, end, tuple(map(_part, listed, names))


def _marked(text: str, locale: str, others: Sequence[str]) -> tuple[list[tuple[Found, str]], str]:
    """The numbers of a text, each with its mark, and the text with these marks in their places."""
    text = _MARGIN.sub(lambda found: "±".ljust(len(found[0])), text)
    read, marked, last = list[tuple[Found, str]](), "", 0
    for one in numbers_in(text, locale):
        level = one.kind == "percent" and _OF_A_LEVEL.match(text, one.end)
        mark = _LEVEL if level else _NONE if one.printed is None or one.kind in others else _NUMBER
        marked += text[last : one.start] + mark
        last = one.end
        read.append((one, mark))
    return read, marked + text[last:]


def _places(read: Iterable[tuple[Found, str]], marked: str) -> Iterator[int]:
    """The place of each mark in the marked text."""
    at = -1
    for _, mark in read:
        at = marked.index(mark, at + 1)
        yield at


def _names(marked: str, known: tuple[str, ...] | None) -> tuple[str, ...]:
    """What the numbers are called: by their form, else by what is printed beside them; before a deviation stands a mean."""
    if known is not None:
        return known
    names = [found[1] or "" for found in _OF_A_NAME.finditer(marked)]
    if not names[0] and len(names) == 2 and names[1].upper() in _DEVIATIONS:
        names[0] = MEAN
    return tuple(names) if len({*names} - {""}) == len([one for one in names if one]) else ("",) * len(names)


def _part(one: Found, name: str) -> Part:
    return Part(name, one.text, one.bare, one.start, one.end)


def _reversed(listed: Sequence[Found], names: Sequence[str], locale: str) -> bool:
    """Whether what would be the low end lies above the high one, so that the two are no ends of anything."""
    if not {*ENDS} <= {*names}:
        return False
    low, high = (parse(listed[names.index(end)].text, locale) for end in ENDS)
    low = replace(low, scale=high.scale if low.scale is None else low.scale)  # 1 to 2 million
    return low.value * 10 ** (low.scale or 0) > high.value * 10 ** (high.scale or 0)


def _is_number(text: str, locale: str) -> bool:
    try:
        return bool(parse(text, locale))
    except ValueError:
        return False
