"""The grammar of printed dates: a day, week, month, quarter, half-year or year, by the language that is declared.

Names of months and quarters, and whether 03/04/2018 begins with the day, are data of the CLDR (tools/cldr.py). What can be read in two
ways has two readings, and nobody chooses between them. Years have four digits; the calendar is the Gregorian one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from asprinted.numbers.dates import cldr, periods
from asprinted.numbers.dates.days import Days
from asprinted.numbers.written.spelling import spelled

FORMS = "7 November 2018, November 2018, third quarter of 2019, first half of 2019, 2019, 2018-11-07, 2019Q3 or 2019W31"
_YEAR = "(?P<year>[1-9][0-9]{3})"
_MONTH, _DAY, _BETWEEN = "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})", r"(?P<between>[-/.])\s?"
_LONGEST = 48  # characters of a date in running text
# What the CLDR does not name: quarters and half-years in words, and words beside them.
_QUARTERS = {"en": [["first quarter"], ["second quarter"], ["third quarter"], ["fourth quarter"]],
             "zh": [["一季度", "第1季度"], ["二季度", "第2季度"], ["三季度", "第3季度"], ["四季度", "第4季度"]]}
_HALVES = {"en": [["first half", "1st half"], ["second half", "2nd half"]], "zh": [["上半年"], ["下半年"]]}
_BESIDE = {"en": ["of", "the"], "fr": ["de", "du", "le"], "es": ["del", "el"], "it": ["del"], "pt": ["do", "o"]}
# In digits, the same in every language; which of two numbers is the day is asked of the language.
_CODES = tuple(re.compile(pattern) for pattern in (
    _YEAR, rf"{_YEAR}[-\s]?(?P<letter>[hqw])(?P<number>[0-9]{{1,2}})", rf"(?P<letter>[hq])(?P<number>[0-9])[\s/]+(?:of\s)?{_YEAR}",
    rf"(?P<letter>w)eek\s(?P<number>[0-9]{{1,2}})(?:,|\sof)?\s{_YEAR}",
    rf"{_YEAR}{_BETWEEN}{_MONTH}(?:(?P=between)\s?{_DAY}\.?)?", rf"{_MONTH}[-/.]{_YEAR}",
    rf"{_YEAR}\s?年(?:\s?{_MONTH}\s?月(?:\s?{_DAY}\s?日)?)?"))
_YEAR_LAST = re.compile(rf"(?P<one>[0-9]{{1,2}}){_BETWEEN}(?P<two>[0-9]{{1,2}})(?P=between)\s?{_YEAR}")
_TWO_YEARS = re.compile(rf"{_YEAR}[-/](?P<end>[0-9]{{2}})")
_A_YEAR = re.compile(rf"(?<![0-9]){_YEAR}(?![0-9])")
_JOINED = re.compile("[0-9][-./][0-9]")
_A_DAY = re.compile(rf"(?<![0-9]){_DAY}(?![0-9])(?:(?:st|nd|rd|th|er)\b|[.º°ª])?")


@dataclass(frozen=True)
class PrintedDate:
    """A date as printed: its first and its last day, which are one where a day is printed."""

    text: str
    first: date
    last: date

    @property
    def days(self) -> Days:
        """The days that it may be."""
        return Days.between(self.first, self.last)


def parse(text: str, locale: str = "en") -> PrintedDate:
    """The date that ``text`` prints, in the only way in which it can be read.

    Args:
        locale: the language, or the language in a territory: 03/04/2018 is read in ``en-GB`` and in ``en-US``, and in ``en`` it is not.

    Raises:
        ValueError: it is no date and nothing else, or can be read in two ways; the message names both.

    >>> [str(parse(*one).days) for one in (("7. November 2018", "de"), ("2018年11月7日",), ("Nov. 2018",), ("03/04/2018", "en-US"))]
    ['7 November 2018', '7 November 2018', 'November 2018', '4 March 2018']
    >>> parse("03/04/2018")
    Traceback (most recent call last):
        ...
    ValueError: '03/04/2018' can be read as 3 April 2018 and as 4 March 2018
    """
    found = readings(text, locale)
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValueError(f"not a date: {text!r} (expected one such as {FORMS})")
    raise ValueError(f"{text!r} can be read as {' and as '.join(str(one.days) for one in found)}")


@functools.lru_cache(maxsize=1 << 12)
def readings(text: str, locale: str = "en") -> tuple[PrintedDate, ...]:
    """Every date that ``text`` can be read as: none, one, or two."""
    plain, name = _plain(text), locale.replace("-", "_")
    found: list[tuple[date, date]] = []
    for code in _CODES:
        if matched := code.fullmatch(plain):
            found += _of_code(matched.groupdict())
    if matched := _TWO_YEARS.fullmatch(plain):
        found += _of_two_years(int(matched["year"]), int(matched["end"]))
    if matched := _YEAR_LAST.fullmatch(plain):
        found += _of_year_last(*(int(matched[part]) for part in ("one", "two", "year")), name)
    return tuple(PrintedDate(text, *one) for one in dict.fromkeys(found or _of_words(plain, name.partition("_")[0])))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", spelled(text)[0]).strip().casefold()


def _period(text: str) -> list[tuple[date, date]]:
    try:
        return [(periods.first_day(text), periods.last_day(text))]
    except ValueError:  # no calendar has it
        return []


def _of_code(part: dict[str, str | None]) -> list[tuple[date, date]]:
    if letter := part.get("letter"):
        number = int(part["number"] or 0)
        return _period(f"{part['year']}{letter.upper()}{number:02}" if letter == "w" else f"{part['year']}{letter.upper()}{number}")
    return _period("-".join(str(part[name]).zfill(2) for name in ("year", "month", "day") if part.get(name)))


def _of_two_years(first: int, end: int) -> list[tuple[date, date]]:
    """2010-11 as the years 2010 to 2011, which it may mean as well as November 2010."""
    last = first - first % 100 + end
    return [(date(first, 1, 1), date(last, 12, 31))] if last > first else []


def _of_year_last(one: int, two: int, year: int, name: str) -> list[tuple[date, date]]:
    """Two numbers and a year: by the order of the language where that gives a date, else in every way that gives one."""
    day_first, month_first = (_period(f"{year}-{month:02}-{day:02}") for day, month in ((one, two), (two, one)))
    order = next((order for known in (name, name.partition("_")[0])
                  for order, listed in (("day", cldr.DAY_FIRST), ("month", cldr.MONTH_FIRST), ("", cldr.NEITHER)) if known in listed), "")
    chosen = {"day": day_first, "month": month_first, "": []}[order]
    return chosen or day_first + month_first


def _of_words(plain: str, language: str) -> list[tuple[date, date]]:
    """A year with the name of a month, a quarter or a half-year, a day, and nothing but the words that stand beside these."""
    named = _names(language).pattern.search(plain)
    kind, number = _names(language).of[re.sub(r"\s+", " ", named["name"])] if named else ("", 0)
    rest = f"{plain[: named.start()]} {plain[named.end() :]}" if named else plain
    year = _A_YEAR.search(rest)
    if year is None:
        return []
    rest = f"{rest[: year.start()]} {rest[year.end() :]}"
    day = _A_DAY.search(rest) if kind == "-" else None
    if day:
        rest = f"{rest[: day.start()]} {rest[day.end() :]}"
    if _beside(language).sub("", rest):
        return []
    if kind != "-":
        return _period(f"{year['year']}{kind}{number or ''}")
    return _period(f"{year['year']}-{number:02}" + (f"-{int(day['day']):02}" if day else ""))


@dataclass(frozen=True)
class _Names:
    pattern: re.Pattern[str]
    of: dict[str, tuple[str, int]]


@functools.lru_cache(maxsize=64)
def _names(language: str) -> _Names:
    """Names of months (``-``), quarters (``Q``) and half-years (``H``), each with its number."""
    of = {name: (kind, number) for kind, listed in (("-", [cldr.MONTHS]), ("Q", [cldr.QUARTERS, _QUARTERS]), ("H", [_HALVES]))
          for table in listed for number, names in enumerate(table.get(language, ()), start=1) for name in names}
    every = "|".join(rf"{'(?<![0-9])' if name[0].isdigit() else _edge(name[0], '<')}{re.escape(name)}{_edge(name[-1], '')}"
                     for name in sorted(of, key=len, reverse=True))
    return _Names(re.compile(rf"(?P<name>{every or '(?!)'})\.?"), of)


def _edge(letter: str, behind: str) -> str:
    """That no letter stands beside a name; those of Chinese, Japanese and Korean stand beside one another."""
    return rf"(?{behind}![^\W\d_])" if letter.isalpha() and letter < "\N{CJK RADICAL REPEAT}" else ""


@functools.lru_cache(maxsize=64)
def _beside(language: str) -> re.Pattern[str]:
    words = sorted([*cldr.BESIDE.get(language, ()), *_BESIDE.get(language, ())], key=len, reverse=True)
    listed = "|".join(_edge(word[0], "<") + re.escape(word) + _edge(word[-1], "") for word in words)
    return re.compile(rf"{listed or '(?!)'}|[\s.,/-]")


def misprints(text: str, locale: str = "en") -> list[str]:
    """Every other date that differs from a printed one in a single digit, or in the name of its month, quarter or half-year.

    >>> misprints("May 2018")[:3], len(misprints("May 2018")), misprints("2018-11-07")[-3:]
    (['May 1018', 'May 3018', 'May 4018'], 46, ['2018-11-06', '2018-11-08', '2018-11-09'])
    """
    printed, plain = parse(text, locale), spelled(text)[0]
    others = [plain[:place] + other + plain[place + 1 :] for place, digit in enumerate(plain) if digit in "0123456789"
              for other in "0123456789" if other != digit]
    names = _names(locale.replace("-", "_").partition("_")[0])
    folded = _plain(text)
    named = names.pattern.search(folded)
    if named and not re.search("[0-9]", named["name"]):
        kind, number = names.of[named["name"]]
        first = {of: name for name, of in reversed(names.of.items()) if not re.search("[0-9]", name)}
        others += [folded[: named.start()] + first[kind, other] + folded[named.end() :] for other in range(1, 13)
                   if other != number and (kind, other) in first]
    return [one for one in others if (read := readings(one, locale)) and len(read) == 1 and read[0].days != printed.days]


def dates_in(text: str, locale: str = "en") -> Iterator[PrintedDate]:
    """Every date in running text, each as long as it can be read; one that can be read in two ways is none.

    >>> [str(one.days) for one in dates_in("Issued on 7 November 2018, revised in March 2019; 17.11.2018 and 03/04/2018; 2020")]
    ['7 November 2018', 'March 2019', '17 November 2018', '2020']
    """
    plain = spelled(text)[0]
    edges = [place for place in range(len(plain) + 1) if _is_edge(plain, place)]
    last = 0
    for start in edges:
        if start < last or start == len(plain) or not plain[start].isalnum():
            continue
        for end in reversed([place for place in edges if start < place <= start + _LONGEST]):
            if re.search("[0-9]{4}", plain[start:end]) and (found := readings(plain[start:end].strip(), locale)):
                last = end
                if len(found) == 1:
                    yield found[0]
                break


def _is_edge(text: str, place: int) -> bool:
    """Whether a word or a number may begin or end between two characters."""
    if place in (0, len(text)):
        return True
    if _JOINED.fullmatch(text[max(0, place - 2) : place + 1]) or _JOINED.fullmatch(text[place - 1 : place + 2]):
        return False
    one, two = text[place - 1], text[place]
    cjk = max(one, two) >= "\N{CJK RADICAL REPEAT}"
    return not (one.isdigit() and two.isdigit()) and (cjk or not (one.isalnum() and two.isalnum()))
