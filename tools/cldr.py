"""Write two modules: how numbers and how dates are written, as the Unicode CLDR says, through the babel that Sphinx brings.

    python -m cldr            # from tools/, in the project's environment: print the modules
    python -m cldr --accept   # write them
"""

from __future__ import annotations

import copy
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from babel import Locale, localedata
from babel.core import get_cldr_version

NUMBERS = Path(__file__).resolve().parents[1] / "src/asprinted/numbers"
# Whose words for thousand, million and so on, and for dates, are kept: official languages of the European Union, and of other large
# publishers.
LANGUAGES = ("cs", "da", "de", "el", "en", "en_IN", "es", "fi", "fr", "hu", "id", "it", "ja", "ko", "nb", "nl", "pl", "pt", "pt_PT", "ro",
             "ru", "sv", "tr", "uk", "zh")
WIDTH = 136
SKELETONS = ("yMMMM", "yMMM")


def marks() -> dict[str, set[str]]:
    """Locales by their decimal mark, ``,`` and ``.``; a territory is named only where it differs from its language."""
    found: dict[str, set[str]] = {",": set(), ".": set()}
    for name in sorted(localedata.locale_identifiers(), key=len):
        locale = Locale.parse(name)
        mark = locale.number_symbols.get("latn", {}).get("decimal")
        if locale.script or locale.variant or mark not in found or (locale.territory and locale.language in found[mark]):
            continue
        found[mark].add(name)
    return found


def words(name: str) -> dict[str, int]:
    """The words that multiply a number in a language, long and short ones, in lower case, with their powers of ten."""
    found: dict[str, int] = {}
    for form in ("long", "short"):
        for patterns in Locale.parse(name).compact_decimal_formats.get(form, {}).values():
            for least, pattern in patterns.items():
                text = pattern.pattern.replace("'", "")
                word, digits = re.sub(r"[0\s.]+", " ", text).strip().lower(), text.count("0")
                if digits and word:
                    found.setdefault(word, len(least) - digits)
    return dict(sorted(found.items(), key=lambda one: (one[1], one[0])))


def months(language: str) -> list[list[str]]:
    """The names of the twelve months in a language and its territories: long and short ones, in a date and alone, in lower case."""
    return _named(language, "months", 12)


def quarters(language: str) -> list[list[str]]:
    """The names of the four quarters; see :func:`months`."""
    return _named(language, "quarters", 4)


def _named(language: str, what: str, count: int) -> list[list[str]]:
    found: list[set[str]] = [set() for _ in range(count)]
    for name in _of(language):
        data = localedata.LocaleDataDict(copy.deepcopy(localedata.load(name)))  # babel mixes up the languages of what it shares
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = data[what][context][width]
                for place, names_of_one in enumerate(found, start=1):
                    names_of_one.add(names[place].casefold().rstrip("."))
    several = {one for one, count in Counter(one for names in found for one in names).items() if count > 1}
    return [sorted(names - several) for names in found]


def beside(language: str) -> list[str]:
    """The words that stand beside day, month and year in a language, such as ``de`` and \u5e74."""
    found: set[str] = set()
    for name in _of(language):
        locale = Locale.parse(name)
        patterns = [locale.date_formats[width].pattern for width in ("long", "medium")]
        patterns += [str(locale.datetime_skeletons[one].pattern) for one in SKELETONS if one in locale.datetime_skeletons]
        for pattern in patterns:
            found |= {*re.findall(r"[^\W\d_]+", re.sub("[A-Za-z]+", " ", re.sub("'([^']*)'", _kept, pattern)).translate(_BACK))}
    return sorted(one.casefold() for one in found)


_HIDDEN = {ord(one): ord(one) + 0xF0000 for one in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_BACK = {new: old for old, new in _HIDDEN.items()}


def _kept(quoted: re.Match[str]) -> str:
    """Letters that a pattern quotes, kept apart from those that stand for a day or a month."""
    return quoted[1].translate(_HIDDEN)


def orders() -> dict[str, set[str]]:
    """Languages and territories by what their short date begins with where the year is last: "day", "month", or neither of them.

    A language is named where all its territories agree; else it is among the last, and so is a territory that puts the year first.
    """
    found: dict[str, set[str]] = {"day": set(), "month": set(), "": set()}
    for language in sorted({name.partition("_")[0] for name in LANGUAGES}):
        each = {name: _order(name) for name in _of(language)}
        shared = each[language] if {*each.values()} <= {each[language], ""} else ""
        found[shared].add(language)
        for name, order in each.items():
            if order != shared and re.fullmatch("[a-z]+_[A-Z]{2}", name):
                found[order].add(name)
    return found


def _order(name: str) -> str:
    pattern = Locale.parse(name).date_formats["short"].pattern
    day, month, year = (pattern.index(letter) for letter in "dMy")
    return "" if year < max(day, month) else "day" if day < month else "month"


def _of(language: str) -> list[str]:
    """A language with its territories, in the scripts that are read."""
    return sorted(name for name in localedata.locale_identifiers()
                  if name.partition("_")[0] == language and Locale.parse(name).script in (None, "Hans", "Hant"))


def numbers_module() -> str:
    """The text of the module on numbers."""
    lines = _head("numbers")
    lines += ["# Locales that write decimals after a comma; all others that are listed have a point. A territory where it differs."]
    for name, found in zip(("COMMA", "POINT"), marks().values(), strict=True):
        lines += _set(name, found)
    lines += ["", "# Words that multiply a number, and their powers of ten.", "WORDS = {"]
    for name in LANGUAGES:
        listed = ", ".join(f'"{word}": {power}' for word, power in words(name).items())
        lines += _wrapped(f'"{name}": {{{listed}}},')
    return "\n".join([*lines, "}", ""])


def dates_module() -> str:
    """The text of the module on dates."""
    lines, languages = _head("dates"), sorted({name.partition("_")[0] for name in LANGUAGES})
    lines += ["# What a date in digits begins with where the year is last; NEITHER of a language whose territories differ in it, and of a",
              "# territory that puts the year first."]
    for name, found in zip(("DAY_FIRST", "MONTH_FIRST", "NEITHER"), orders().values(), strict=True):
        lines += _set(name, found)
    for name, what, listed in (("MONTHS", "The names of the months, January first.", months),
                               ("QUARTERS", "The names of the quarters.", quarters)):
        lines += ["", f"# {what}", f"{name} = {{"]
        for language in languages:
            lines += _wrapped(f'"{language}": [{", ".join(f"[{_quoted(names)}]" for names in listed(language))}],')
        lines += ["}"]
    lines += ["", "# Words beside day, month and year.", "BESIDE = {"]
    for language in languages:
        lines += _wrapped(f'"{language}": [{_quoted(beside(language))}],')
    return "\n".join([*lines, "}", ""])


def _head(what: str) -> list[str]:
    said = f"How {what} are written, by language: data of the Unicode CLDR. Generated by tools/cldr.py, which reads them with babel."
    return [f'"""{said}', "", "Copyright 1991 and later, Unicode, Inc., under the Unicode License v3.", '"""', ""]


def _set(name: str, found: set[str]) -> list[str]:
    return [f"{name} = frozenset({{", *_wrapped(_quoted(sorted(found)) + ","), "})"]


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{one}"' for one in names)


MODULES = {NUMBERS / "written/cldr.py": numbers_module, NUMBERS / "dates/cldr.py": dates_module}


def _wrapped(text: str) -> list[str]:
    """Lines that break after a comma alone."""
    width = WIDTH // 2 if re.search("[\u2e80-\uffff]", text) else WIDTH  # these take the room of two
    kept = text.replace(" ", "\0").replace(",\0", ", ")
    return [line.replace("\0", " ") for line in
            textwrap.wrap(kept, width, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False, break_long_words=False)]


if __name__ == "__main__":
    for path, text in MODULES.items():
        if "--accept" in sys.argv:
            path.write_text(text(), encoding="utf-8", newline="\n")
        else:
            print(f"# CLDR {get_cldr_version()}", text(), sep="\n")
