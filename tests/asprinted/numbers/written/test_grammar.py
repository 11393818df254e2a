"""The forms in which papers print numbers: what each is worth, how closely it is printed, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asprinted.numbers.printed import Rounding, misprints, qualified
from asprinted.numbers.written.grammar import parse, tokens
from asprinted.numbers.written.spelling import spelled

THIN, NARROW, WIDE = "\N{THIN SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"

# What is printed, its value, and the last places that it may be printed to.
ENGLISH = {
    "8.4": ("8.4", "0.1"), "790": ("790", "1 10"), "720,000": ("720000", "1 10 100 1000 10000"), "1,234,567.8": ("1234567.8", "0.1"),
    ".001": ("0.001", "0.001"), "-.45": ("-0.45", "0.01"), "0": ("0", "1"), "1.000": ("1", "0.001"), "12.345": ("12.345", "0.001"),
    "1.2e-3": ("0.0012", "0.0001"), "1.2E+3": ("1200", "100"), "5e6": ("5000000", "1000000"), "1.20e-3": ("0.0012", "0.00001"),
    "1.2 × 10⁻³": ("0.0012", "0.0001"), "1.2×10⁻³": ("0.0012", "0.0001"), "1.2 x 10^-3": ("0.0012", "0.0001"),
    "3.14 · 10²": ("314", "1"), "1.2 × 10−3": ("0.0012", "0.0001"), "1.2 × 10^{-3}": ("0.0012", "0.0001"),
    "10⁻³": ("0.001", "0.001"), "10^6": ("1000000", "1000000"),
    "+5.3": ("5.3", "0.1"), "−0.12": ("-0.12", "0.01"), "–0.3": ("-0.3", "0.1"), "- 8": ("-8", "1"), "minus 8": ("-8", "1"),
    "12%": ("12", "1"), "12 %": ("12", "1"), f"12{NARROW}%": ("12", "1"), "8.4 percent": ("8.4", "0.1"), "5‰": ("5", "1"),
    "8.4 per cent": ("8.4", "0.1"),
    "$2.68": ("2.68", "0.01"), "US$2.68": ("2.68", "0.01"), "£2.3tn": ("2.3", "0.1"), "€2.3m": ("2.3", "0.1"), "$2.3bn": ("2.3", "0.1"),
    "-$2.68": ("-2.68", "0.01"), "$-2.68": ("-2.68", "0.01"), "CHF 5.20": ("5.2", "0.01"), "2.3 million": ("2.3", "0.1"),
    "2.21 trillion": ("2.21", "0.01"), "5 bn": ("5", "1"),
    "1/3": ("1/3", "0.01"), "2/3": ("2/3", "0.01"), "½": ("1/2", "0.01"), "5½": ("11/2", "0.1"), "2 1/2": ("5/2", "0.1"),
    "⅔": ("2/3", "0.01"),
    "1 234": ("1234", "1"), f"1{THIN}234": ("1234", "1"), f"1{NARROW}234{NARROW}567.5": ("1234567.5", "0.1"),
    f"12{WIDE}345": ("12345", "1"), "1'234": ("1234", "1"), "1’234.5": ("1234.5", "0.1"), "12,34,567": ("1234567", "1"),
    "8·4": ("8.4", "0.1"),
    "８．４％": ("8.4", "0.1"), " 8.4 ": ("8.4", "0.1"), "8\N{ZERO WIDTH SPACE}.4": ("8.4", "0.1"),
    "zero": ("0", "1"), "Ten": ("10", "1"), "eleven": ("11", "1"), "twelve": ("12", "1"), "fifty": ("50", "1"),
    "eighty-six": ("86", "1"), "ninety nine": ("99", "1"), "one hundred": ("100", "1"), "a hundred": ("100", "1"),
    "one hundred and five": ("105", "1"), "three hundred": ("300", "1 10"), "two thousand three hundred and five": ("2305", "1"),
    "a dozen": ("12", "1"), "two dozen": ("24", "1"), "half a dozen": ("6", "1"), "dozen": ("12", "1"), "single": ("1", "1"),
    "two million": ("2000000", "1 10 100 1000 10000 100000"),
    "half": ("1/2", "0.01"), "one half": ("1/2", "0.01"), "a third": ("1/3", "0.01"), "two-thirds": ("2/3", "0.01"),
    "three quarters": ("3/4", "0.01"), "two and a half": ("5/2", "0.1"), "twice": ("2", "0.1"), "thrice": ("3", "0.1"),
}
OTHERS = {
    ("de", "8,4"): ("8.4", "0.1"), ("de", "1.000"): ("1000", "1 10 100"), ("de", "12.345"): ("12345", "1"),
    ("de", "1.236,5"): ("1236.5", "0.1"), ("de", "1,000"): ("1", "0.001"), ("de", "0,05"): ("0.05", "0.01"),
    ("de", "−0,3 %"): ("-0.3", "0.1"),
    ("de", "1,2 Mio. €"): ("1.2", "0.1"), ("de", "3,4 Milliarden"): ("3.4", "0.1"), ("de", "2 Billionen"): ("2", "1"),
    ("de", "1,2 × 10⁻³"): ("0.0012", "0.0001"), ("fr", f"22{NARROW}143,6"): ("22143.6", "0.1"), ("fr", "0,3 %"): ("0.3", "0.1"),
    ("fr", "22 143,6 M€"): ("22143.6", "0.1"), ("fr-CH", "1'234,5"): ("1234.5", "0.1"), ("de-CH", "1’234.5"): ("1234.5", "0.1"),
    ("en-IN", "12,34,567.5"): ("1234567.5", "0.1"), ("es", "1.234,5"): ("1234.5", "0.1"),
    ("zh", "8.4"): ("8.4", "0.1"), ("zh", "22143.6亿"): ("22143.6", "0.1"), ("zh", "1,234"): ("1234", "1"),
}


@pytest.mark.parametrize("text", ENGLISH)
def test_a_form_that_english_papers_print_is_read_with_its_precision(text: str) -> None:
    value, places = ENGLISH[text]
    found = parse(text)
    assert (found.value, found.places) == (Fraction(value), tuple(map(Fraction, places.split())))


@pytest.mark.parametrize(("locale", "text"), OTHERS)
def test_a_form_of_another_language_is_read_where_the_language_is_declared(locale: str, text: str) -> None:
    value, places = OTHERS[locale, text]
    found = parse(text, locale)
    assert (found.value, found.places) == (Fraction(value), tuple(map(Fraction, places.split())))


@pytest.mark.parametrize(("text", "relation"), [("< .001", "<"), ("<.05", "<"), ("> 5", ">"), ("≤ 0.05", "≤"), (">= 3", "≥"), ("= 3", ""),
                                                ("≈ 3", "about"), ("~40", "about")])
def test_a_sign_before_a_number_is_its_relation(text: str, relation: str) -> None:
    assert parse(text).relation == relation


@pytest.mark.parametrize(("text", "scale", "marks"), [("£2.3tn", 12, ("£",)), ("$2.3bn", 9, ("$",)), ("€2.3m", 6, ("€",)),
                                                      ("12%", None, ("%",)), ("5‰", None, ("‰",)), ("2.3 million", 6, ())])
def test_what_stands_beside_the_digits_is_told_apart_from_them(text: str, scale: int | None, marks: tuple[str, ...]) -> None:
    assert (parse(text).scale, parse(text).marks) == (scale, marks)


@pytest.mark.parametrize("text", ["two-thirds", "half", "twice", "½", "1/3", "5½"])
def test_a_fraction_or_multiple_is_rough_as_if_about_stood_before_it(text: str) -> None:
    exact, about = (qualified(parse(text), word, Rounding.HALF_UP) for word in ("exact", "about"))
    assert parse(text).rough
    assert exact == about


@pytest.mark.parametrize(("text", "says"), [("< .001", "(..., 0.001)"), ("≤ 5", "(..., 5]"), ("> 5", "(5, ...)"), ("≥ 5", "[5, ...)")])
def test_an_inequality_says_every_value_on_its_side(text: str, says: str) -> None:
    (meaning,) = qualified(parse(text), parse(text).relation, Rounding.HALF_UP)
    assert repr(meaning.says) == repr(meaning.possible) == says


REFUSED = ["", "8.", "8,4", "12,34", "1234,567", "--8", "+-8", "٣", "8 4", "NaN", "10²", "8.4¹", "①", "8⒉5",
           "1_000", "1,00", "0x10", "5 m", "0,123", "1.2.3", "2018/19", "ten of", "first", "8.4 and", "3-5",
           "8﹒4", "1٬000", "∞", "about 5", "1.234.567", "½½", "1.2 × 103", "p", "9" * 101]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_one_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a plain number"):
        parse(text)


@pytest.mark.parametrize(("locale", "text"), [("de", "8.4"), ("de", "1,234,567"), ("fr", "1.2"), ("de", "12,34,567")])
def test_the_notation_of_another_language_is_refused_where_one_is_declared(locale: str, text: str) -> None:
    with pytest.raises(ValueError, match="not a plain number"):
        parse(text, locale)


def test_the_module_says_how_many_forms_there_are() -> None:
    assert (len(ENGLISH) + len(OTHERS), len(REFUSED)) == (107, 34)


def test_an_unknown_language_is_refused_with_the_form_of_a_known_one() -> None:
    with pytest.raises(ValueError, match=r"no such language: 'deu' .expected one such as en, de"):
        parse("8,4", "deu")


VALUES = st.decimals(-(10**6), 10**6, places=3)
GROUPS = {"en": ",", "de": ".", "fr": NARROW, "de-CH": "’", "es": ".", "sv": WIDE}


@given(value=VALUES, decimals=st.integers(0, 3), locale=st.sampled_from(sorted(GROUPS)), grouped=st.booleans())
def test_the_grammar_reads_back_what_a_language_prints(value: object, decimals: int, locale: str, grouped: bool) -> None:
    text = f"{value:,.{decimals}f}" if grouped else f"{value:.{decimals}f}"
    mark = "," if locale in ("de", "fr", "es", "sv") else "."
    printed = text.replace(".", "\0").replace(",", GROUPS[locale]).replace("\0", mark).replace("-", "\N{MINUS SIGN}")
    found = parse(printed, locale)
    assert found.value == Fraction(text.replace(",", ""))
    assert found.places[0] == Fraction(1, 10**decimals)


@given(VALUES.map(str), st.sampled_from(["en", "de"]))
def test_the_short_way_for_plain_digits_is_that_of_the_grammar(text: str, locale: str) -> None:
    def read(text: str) -> object:
        try:
            found = parse(text, locale)
        except ValueError:
            return None
        return found.value, found.places, found.digits

    assert read(text) == read(f" {text}")


@given(value=st.integers(1, 999), power=st.integers(-12, 12), form=st.sampled_from(["{0}e{1}", "{0} × 10^{1}", "{0} × 10{2}"]),
       decimals=st.integers(0, 2), locale=st.sampled_from(["en", "de"]))
def test_the_grammar_reads_back_powers_of_ten(value: int, power: int, form: str, decimals: int, locale: str) -> None:
    digits = f"{value / 10**decimals:.{decimals}f}".replace(".", "," if locale == "de" else ".")
    raised = str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    found = parse(form.format(digits, power, raised), locale)
    assert found.value == Fraction(value) * Fraction(10) ** (power - decimals)
    assert found.places == (Fraction(10) ** (power - decimals),)


@given(st.integers(0, 10**12 - 1))
def test_the_grammar_reads_back_every_number_in_words(value: int) -> None:
    assert parse(_in_words(value)).value == value


@given(st.integers(0, 2000))
def test_a_number_in_words_is_the_same_alone_and_in_a_sentence(value: int) -> None:
    (alone,), (among,) = tokens(_in_words(value)), tokens(f"About {_in_words(value)} firms of China.")
    assert (alone.printed.value, alone.printed.places) == (among.printed.value, among.printed.places) == (value, alone.printed.places)


@given(text=st.sampled_from(sorted(ENGLISH)))
def test_every_misprint_of_a_form_is_a_form(text: str) -> None:
    assert all(parse(other).value != parse(text).value for other in misprints(text))


@pytest.mark.parametrize(("text", "locale", "first"), [("−0.12", "en", "-1.12"), ("８.４", "en", "1.4"), ("1.000", "de", "2.000"),
                                                       ("< .05", "en", "< .15"), ("12%", "en", "22%"), ("86", "en", "16")])
def test_a_misprint_has_the_form_of_the_number(text: str, locale: str, first: str) -> None:
    assert misprints(text, locale)[0].replace("\N{MINUS SIGN}", "-") == first


@pytest.mark.parametrize(("text", "signs"), [
    ("from 2019-2020", ["", ""]), ("3 – 5 percent", ["", ""]), ("COVID-19", [""]), ("growth of -8.4%", ["-"]), ("2020-12-03", ["", "", ""]),
    ("(−4)", ["-"]), ("growth – 8.4 percent", [""]), ("minus 5", ["-"]), ("+5.3 points", ["+"]), ("5%-7%", ["", ""])])
def test_a_dash_of_a_range_a_date_or_a_name_is_no_sign(text: str, signs: list[str]) -> None:
    assert [one.sign for one in tokens(text, "en")] == signs


def test_places_are_those_of_the_text_before_its_spelling() -> None:
    text = "a\N{ZERO WIDTH SPACE}８．４"
    plain, at = spelled(text)
    assert [text[place] for place in at] == ["a", "８", "．", "４"]
    assert plain == "a8.4"


def _in_words(value: int) -> str:
    ones = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if value < 20:
        return ones[value]
    if value < 100:
        return tens[value // 10] + (f"-{ones[value % 10]}" if value % 10 else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = f"{' and' if size == 100 else ''} {_in_words(value % size)}" if value % size else ""
            return f"{_in_words(value // size)} {name}{rest}"
    raise AssertionError(value)
