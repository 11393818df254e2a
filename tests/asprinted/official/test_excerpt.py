"""A row's digits stand in its evidence, to the same last place, through 万, 亿, million and the like."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from releases import MORE, TRIAL

from asprinted.numbers.printed import SCALES
from asprinted.official import tables
from asprinted.official.excerpt import digits_in
from checkout import ROOT

ROWS = [row for name in tables.names(ROOT) for row in tables.rows(name, ROOT) if "digits" in row]


def _stands(digits: str, scale: str, evidence: str) -> bool:
    return digits_in({"digits": digits, "scale": scale, "evidence": evidence})


@pytest.mark.parametrize(
    ("digits", "scale", "evidence"),
    [
        ("8.4", "one", "增长8.4%"),
        ("13", "ten thousand", "5G基站数超13万个"),
        ("22143.6", "hundred million", "R&D 22143.6亿元"),
        ("2.2", "trillion", "约2.2万亿元"),
        ("19.91", "trillion", "19.91兆元"),
        ("2214.36", "billion", "2,214.36 billion yuan"),
        ("2.21436", "trillion", "a total of 2.21436 trillion yuan"),
        ("22143.6", "hundred million", "a total of 2.21436 trillion yuan"),
        ("130000", "one", "130,000 stations"),
        ("1", "million", "每月新增百万用户"),
        ("4", "one", "分别有四个产业进入名单"),
        ("4", "one", "four of the national clusters"),
        ("8.8", "one", "dell'8,8 e dell'8,4 per cento"),
        ("-6.5", "one", "制造业投资下降6.5%"),
        ("-0.5", "one", "0.5 points lower than in the first quarter"),
        ("901.3", "hundred million", "R&D经费(亿元) 901.3 | 强度(%) 1.64"),
        ("1.64", "one", "R&D经费(亿元) 901.3 | 强度(%) 1.64"),
        ("1234.5", "one", "1\N{NARROW NO-BREAK SPACE}234,5 Mio. Euro".replace(" Mio.", "")),
        ("1234.5", "million", "1\N{NARROW NO-BREAK SPACE}234,5 Mio. Euro"),
        ("1236", "billion", "1.236 Mrd. Euro"),
        ("720000", "one", "720 000 persons"),
        ("1234567.8", "one", "1.234.567,8"),
        ("1234.5", "one", "1.234,5"),
        ("1234567", "one", "12,34,567 rupees"),
        ("8.4", "one", "增长８．４％"),
        ("-8.4", "one", "增速为－8.4%"),
        ("8.4", "one", "8\N{MIDDLE DOT}4 per cent"),
        ("0.05", "one", "a share of .05"),
        ("683", "one", "683\N{SUPERSCRIPT ONE} lumens"),
        ("2.3", "hundred million", "共2.3亿元"),
        ("23000", "ten thousand", "共2亿3000万元"),
        ("22143.6", "hundred million", "22143.6 hundred million yuan"),
        ("2019", "one", "from 2019-2020"),
    ],
)
def test_digits_as_printed_stand_in_the_evidence(digits, scale, evidence):
    assert _stands(digits, scale, evidence)


@pytest.mark.parametrize(
    ("digits", "scale", "evidence"),
    [
        ("8.5", "one", "增长8.4%"),
        ("8.40", "one", "增长8.4%"),
        ("8", "one", "增长8.4%"),
        ("13", "one", "5G基站数超13万个"),
        ("130000", "one", "5G基站数超13万个"),
        ("13", "ten thousand", "130,000 stations"),
        ("-6.5", "one", "制造业投资增长6.5%"),
        ("36", "one", "22143.6亿元"),
        ("1.64", "one", "R&D经费(亿元) 901.3"),
        ("", "one", "8.4"),
        ("8,4", "one", "8,4"),
        ("8.4", "dozen", "8.4"),
        ("234.5", "one", "1\N{NARROW NO-BREAK SPACE}234,5 Mio."),
        ("683", "one", "6,683 lumens"),
        ("683", "one", "6 683 lumens"),
        ("234", "one", "1'234"),
        ("720", "one", "720 000 persons"),
        ("8", "one", "增长８．４％"),
        ("4", "one", "增长８．４％"),
        ("6831", "one", "683\N{SUPERSCRIPT ONE} lumens"),
        ("2", "one", "CO\N{SUBSCRIPT TWO}"),
        ("2", "hundred million", "共2亿3000万元"),
        ("3000", "ten thousand", "共2亿3000万元"),
        ("-2020", "one", "from 2019-2020"),
        ("-5", "one", "3\N{EN DASH}5 per cent"),
    ],
)
def test_other_digits_another_last_place_or_another_scale_do_not(digits, scale, evidence):
    assert not _stands(digits, scale, evidence)


@pytest.mark.parametrize(("digits", "evidence", "falls"), [
    ("-6.5", "steel fell 6.5%, cars rose 8.4%", True),
    ("-8.4", "steel fell 6.5%, cars rose 8.4%", False),
    ("-8.4", "cars rose 8.4%, steel fell 6.5%", False),
    ("-6.5", "cars rose 8.4% and steel fell 6.5%", True),
    ("-4.5", "steel and cars fell by 6.5% and 4.5%", True),
    ("-6.5", "a decline of 6.5%, up from 7.2%", True),
    ("-6.5", "6.5% less than a year ago", True),
    ("-8.4", "高技术制造业增长8.4%，制造业投资下降6.5%", False),
    ("-6.5", "高技术制造业增长8.4%，制造业投资下降6.5%", True),
    ("-3.1", "die Ausfuhren stiegen um 2,0 %, die Einfuhren sanken um 3,1 %", True),
    ("-2.0", "die Ausfuhren stiegen um 2,0 %, die Einfuhren sanken um 3,1 %", False),
])
def test_a_word_of_a_fall_is_about_its_own_number(digits, evidence, falls):
    assert digits_in({"digits": digits, "scale": "one", "evidence": evidence}, "de" if "die" in evidence else "") is falls


@pytest.mark.parametrize(("digits", "scale", "locale", "evidence", "stands"), [*TRIAL, *MORE])
def test_a_release_is_read_in_its_language(digits: str, scale: str, locale: str, evidence: str, stands: bool) -> None:
    assert digits_in({"digits": digits, "scale": scale, "evidence": evidence}, locale) is stands


@pytest.mark.parametrize(("digits", "scale", "locale", "evidence", "stands"), TRIAL)
def test_without_a_language_only_what_a_single_mark_leaves_open_is_refused(digits: str, scale: str, locale: str, evidence: str,
                                                                           stands: bool) -> None:
    found = digits_in({"digits": digits, "scale": scale, "evidence": evidence})
    assert found is (stands and evidence != "12.345 Personen")


@given(st.decimals(min_value=0, max_value=10**9, allow_nan=False, allow_infinity=False, places=2),
       st.sampled_from(sorted(SCALES)))
def test_a_number_printed_with_its_own_scale_is_always_found(number: Decimal, scale: str):
    word = "" if scale == "one" else scale
    word = {"ten thousand": "万", "hundred million": "亿"}.get(word, f" {word}" if word else "")
    assert _stands(f"{number:f}", scale, f"growth of {number:,f}{word} in a year")


def test_every_row_of_every_table_shows_its_digits_in_its_evidence():
    assert [row["row"] for row in ROWS if not digits_in(row)] == []


def test_no_row_carries_the_notes_of_its_collector():
    words = ("As noted on file", "DERIVED", "RECALLED", "implied", "conflicts", "traditional script", "typo")
    assert [row["row"] for row in ROWS if any(word in row["evidence"] for word in words)] == []


def test_an_excerpt_is_a_few_words():
    assert [row["row"] for row in ROWS if len(row["evidence"]) > 200] == []


def test_a_fall_is_a_negative_figure_and_a_rise_is_not():
    falls = [row for row in ROWS if row["digits"].startswith("-")]
    assert {row["row"] for row in falls if row["unit"] not in ("percent", "percentage points", "index points")} == {
        row["row"] for row in falls if row["indicator"].endswith(("_change", "_revision"))
        and row["unit"] not in ("percentage points", "index points")}
    assert len(falls) > 20
