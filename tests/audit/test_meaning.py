"""What only meaning can catch: what is typed once in data and notebooks is typed here, or in second_key.csv, once more.

Hashes and stored outputs notice every change until somebody accepts it. These tests still fail afterwards: the key is a
second copy, which no command rewrites, of what a claim prints, which observations its verdict rests on and what it wants.
It is in the words of the claims and of the tables, not of the paper: it shows that something was changed since, not that
the sentence was read rightly. The numbers themselves are derived once more in tests/second_derivation.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict

import pytest

from asprinted.charts.figure import FIGURE_MIME
from asprinted.notebook.side_by_side import records_of
from asprinted.official import tables
from asprinted.paper import register
from asprinted.paper.files import read_yaml
from checkout import ROOT


def _table(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader((ROOT / path).read_text(encoding="utf-8").splitlines()))


KEY = {row["claim"]: row for row in _table("tests/audit/second_key.csv")}
CLAIMS = register.load(ROOT).claims
ROWS = {row["row"]: row for name in tables.names(ROOT) for row in tables.rows(name, ROOT) if "digits" in row}
CELLS = {path.stem: json.loads(path.read_text(encoding="utf-8"))["cells"] for path in sorted(ROOT.glob("notebooks/*.ipynb"))}
RECORDS = {record["id"]: record for cells in CELLS.values() for cell in cells for output in cell.get("outputs", [])
           for record in records_of(output.get("data", {}))}
POINTS = _table("data/paper/points.csv")
DEFAULTS = {"vintage": "first", "rounding": "half up", "least_evidence": "mirror", "recent_years": 3,
            "quarter_ratio": 2}
ASSUMED, ROUNDED, THE_REST = "the paper's own 6.7 percent (growth-2019q1) taken as right", "rounding", "the missing observations agree"
HOLDS_ONLY_BY = {
    "restrictions-reduced": ["read as restrictions in all industries"],
    "ten-years-of-development": [ROUNDED],
    "lowest-in-recent-years": [ASSUMED],
    "growth-picking-up": [ASSUMED],
    "gap-narrowing": [ASSUMED],
    "growth-gap-2017q3": ["read as cumulative from January", ROUNDED],
    "growth-gap-fell": [ASSUMED],
    "fall-of-the-gap": [ROUNDED],
    "base-stations-5g": ['the width of "more than"'],
    "kinds-of-support-for-clusters": [THE_REST],
    "rd-expenditure-increase": ["convention: of figures shortened to 3 digits", "rounding: truncate"],
    "expenditure-of-2015": [ROUNDED],
    "rd-intensity-2019": ["vintage: first"],
    "plan-period-growth": [ROUNDED],
    "increase-rate": [ROUNDED],
    "growth-gap-2019": [ROUNDED],
    "growth-less-gap": [ROUNDED],
    "three-industries-growing": [THE_REST],
}
FINDINGS = read_yaml(ROOT / "data/paper/findings.yaml")
TOLD = [(id, entry["verdict"]) for entry in FINDINGS for id in (entry["claim"], *entry.get("also", ()))]
BOUNDS = {
    "more than": "超|逾|多|more than|over|exceed|以上|突破|>|above|surpass|[+]|余|más de|上回",
    "at least": "至少|不低于|以上|at least|or more|not less|≥",
    "less than": "不足|不到|less than|under|<|below|fewer|nearly",
    "about": "约|大约|約|近|左右|目标|about|around|approximately|nearly|some|roughly|~|almost|circa",
}


def test_every_claim_has_a_second_key_and_no_key_is_left_over():
    assert list(KEY) == list(CLAIMS)


@pytest.mark.parametrize("id", KEY)
def test_a_claim_prints_digits_unit_and_qualifier_as_typed_the_second_time(id):
    claim = CLAIMS[id]
    qualifier = "" if claim.qualifier == "exact" else f"{claim.qualifier} "
    assert (f"{qualifier}{claim.stated} {claim.full_unit}" if claim.is_number else "") == KEY[id]["printed"]


@pytest.mark.parametrize("id", KEY)
def test_a_verdict_rests_on_the_observations_that_the_claim_speaks_of(id):
    seen = defaultdict(set)
    for row in (ROWS[key] for key in RECORDS[id]["sources"]):
        vintage = "" if row["vintage"] == "first" else f", {row['vintage']}"
        seen[f"{row['indicator']}, {row['geography']}{vintage}"].add(f"{row['period']} {row['basis']}")
    assert "; ".join(f"{what}: {' + '.join(sorted(seen[what]))}" for what in sorted(seen)) == KEY[id]["rests on"]
    assert "; ".join(RECORDS[id]["wanted"]) == KEY[id]["wants"]


def test_what_would_settle_a_claim_is_said_in_words_and_in_no_key():
    assert {id: record["settles"] for id, record in RECORDS.items() if any("_" in one for one in record["settles"])} == {}
    assert [id for id, record in RECORDS.items() if record["verdict"] == "not checkable" and not record["settles"]] == []


def test_what_a_verdict_holds_only_by_is_as_typed_here():
    assert {id: record["only_by"] for id, record in RECORDS.items() if record["only_by"]} == HOLDS_ONLY_BY


def test_a_computed_value_rests_on_rows_or_on_other_statements():
    bare = [id for id, record in RECORDS.items() if record["computed"] and not record["sources"] and not record["with"]]
    assert bare == []


def test_a_finding_speaks_of_the_verdict_that_is_on_record():
    assert [(id, RECORDS[id]["verdict"]) for id, _ in TOLD] == TOLD
    assert len(dict(TOLD)) == len(TOLD)


def test_every_claim_that_does_not_hold_or_depends_on_its_reading_has_a_finding():
    """Relations inside the paper are counted apart, and told in their own notebook."""
    doubtful = {id for id, record in RECORDS.items() if record["kind"] != "identity"
                and record["verdict"] in ("contradicted", "misattributed", "inconsistent", "ambiguous")}
    assert doubtful - set(dict(TOLD)) == set()


def test_of_two_statements_that_exclude_each_other_one_alone_is_charged():
    """As a whole and under each reading; the relation between them may fail as well, and says nothing of either."""
    def charged(id: str) -> bool:
        return RECORDS[id]["kind"] != "identity" and RECORDS[id]["verdict"] == "inconsistent"

    pairs = [(id, other) for id, record in RECORDS.items() for one in (record, *record["readings"])
             if one["verdict"] == "inconsistent" for other in one["with"] if other in RECORDS]
    assert ("growth-gap-2019q1", "growth-2019q1") in pairs
    assert [(id, other) for id, other in pairs if charged(other)] == []


def test_nobody_is_said_to_have_published_what_a_clash_of_statements_implies():
    charged = [one for record in RECORDS.values() for one in (record, *record["readings"]) if one["verdict"] == "inconsistent"]
    assert charged
    assert {one["corrected"] for one in charged} == {None}


def test_the_defaults_are_those_that_the_record_was_made_with():
    declared = read_yaml(ROOT / "data/paper/parameters.yaml")["parameters"]
    assert {entry["name"]: entry["default"] for entry in declared} == DEFAULTS
    assert {record["convention"] for record in RECORDS.values()} == {DEFAULTS["rounding"]}


@pytest.mark.parametrize("name", [name for name, cells in CELLS.items() if any("Paper(" in "".join(c["source"]) for c in cells)])
def test_a_notebook_hands_each_of_its_choices_to_the_paper_by_name(name):
    source = "\n".join("".join(cell["source"]) for cell in CELLS[name] if cell["cell_type"] == "code")
    handed = re.search(r"Paper\((.*?)\)", source)
    for part in handed[1].split(", ") if handed else []:
        left, _, right = part.partition("=")
        assert left == right
    choices = {name for name in ("vintage", "rounding", "least_evidence") if re.search(rf"^{name} = ", source, re.MULTILINE)}
    assert {part.partition("=")[0] for part in handed[1].split(", ")} == choices


def test_the_word_that_bounds_an_official_figure_stands_in_its_excerpt():
    unlike = [key for key, row in ROWS.items() if row["bound"] and not re.search(BOUNDS[row["bound"]], row["evidence"], re.I)]
    assert unlike == []


def test_a_figure_without_a_bound_is_not_preceded_by_one_in_its_excerpt():
    word = "超|逾|约|不足|近|突破|more than|over|about|nearly"
    unlike = [key for key, row in ROWS.items() if not row["bound"]
              and re.search(rf"({word})\s*{re.escape(row['digits'].lstrip('-'))}(?![\d.])", row["evidence"], re.I)]
    assert unlike == []


@pytest.mark.parametrize("row", [row for row in POINTS if row["claim"]], ids=lambda row: row["claim"])
def test_a_point_lies_at_the_period_and_bears_the_label_that_its_claim_names(row):
    said = CLAIMS[row["claim"]].quantity.lower()
    year, month = row["period"].split("-")
    quarter = {"03": "first", "06": "second", "09": "third", "12": "fourth"}[month]
    assert year in said
    assert quarter in said if "quarter" in said else month == "12"
    words = [word for word in re.findall(r"[a-z]{4,}", row["label"].lower()) if word not in ("province", "centre", "than")]
    assert all(word in said or word in row["label"].lower().partition("(")[2] for word in words)


def test_the_points_that_are_stated_are_those_that_have_a_claim():
    assert [row["label"] for row in POINTS if (row["place"] == "stated") != bool(row["claim"])] == []
    assert len({(row["figure"], row["series"], row["label"]) for row in POINTS}) == len(POINTS)


def _figure(name: str) -> list[dict]:
    data = next(output["data"][FIGURE_MIME] for cells in CELLS.values() for cell in cells for output in cell.get("outputs", [])
                if output.get("data", {}).get(FIGURE_MIME, {}).get("name") == name)
    return [dict(zip(data["columns"], row, strict=True)) for row in data["rows"]]


def _printed(indicator: str, period: str) -> float | None:
    """Of a period as the figure writes it: January to the end of a quarter, or of the year."""
    month, year = period.removeprefix("Jan–").split()
    basis, quarter = ("annual" if month == "Dec" else "cumulative"), {"Mar": "Q1", "Jun": "Q2", "Sep": "Q3", "Dec": ""}[month]
    found = [row["digits"] for row in ROWS.values() if (row["indicator"], row["geography"], row["basis"], row["vintage"])
             == (indicator, "China", basis, "first") and row["period"] == year + quarter]
    return float(max(found, key=lambda digits: len(digits.partition(".")[2]))) if found else None  # the closest sighting


def test_the_official_points_of_figure_1_are_the_printed_rates_and_their_differences():
    indicator = {"strategic emerging industries": "strategic_emerging_industries_value_added", "all industry": "industry_value_added"}
    official = [row for row in _figure("figure-1") if row["kind"] == "official"]
    assert len(official) == 3 * 10
    for row in official:
        own, industry = (_printed(name, row["period"]) for name in indicator.values())
        gap = None if own is None or industry is None else own - industry
        expected = {"gap": gap, "strategic emerging industries": own, "all industry": industry}[row["series"]]
        assert row["value"] == (None if expected is None else pytest.approx(expected)), row
        assert row["panel"] == ("gap" if row["series"] == "gap" else "growth")


def test_the_stated_points_of_figure_1_are_those_of_the_paper():
    stated = sorted((row["period"], row["series"], row["value"]) for row in _figure("figure-1") if row["kind"] == "stated")
    assert stated == [("Jan–Jun 2019", "strategic emerging industries", 7.7), ("Jan–Mar 2019", "gap", 4.4),
                      ("Jan–Mar 2019", "strategic emerging industries", 6.7), ("Jan–Sep 2017", "gap", 4.6),
                      ("Jan–Sep 2019", "strategic emerging industries", 8.4)]


def test_what_would_follow_in_figure_1_is_a_sum_and_a_difference_of_printed_numbers():
    industry = _printed("industry_value_added", "Jan–Mar 2019")
    implied = {row["panel"]: row["value"] for row in _figure("figure-1") if row["kind"] == "implied"}
    assert implied == {"growth": pytest.approx(4.4 + industry), "gap": pytest.approx(6.7 - industry)}


def test_a_figure_of_stated_points_alone_holds_their_stated_numbers():
    values = [row["stated"] for row in _figure("figure-4") if row["stated"] is not None]
    assert values == [float(CLAIMS[id].stated) for id in ("climate-anhui", "climate-northeast", "climate-west")]


@pytest.mark.parametrize(("id", "claims_of"), [
    ("table-figure-2", ["survey-lower-income", "survey-marked-increase", "survey-expected-increase"]),
    ("table-figure-3", ["climate-new-materials", "climate-high-end-equipment"])])
def test_a_table_in_place_of_a_figure_holds_their_stated_numbers(id, claims_of):
    (cell,) = [cell for cells in CELLS.values() for cell in cells if cell["id"] == id]
    html = "".join(cell["outputs"][0]["data"]["text/html"])
    assert re.findall(r"<td>(?:nearly )?([\d.]+)</td>", html) == [CLAIMS[id].stated for id in claims_of]


def test_the_points_of_each_figure_are_named_as_typed_the_second_time():
    named: dict[str, list[str]] = {}
    for row in POINTS:
        named.setdefault(row["figure"], []).append(row["label"])
    assert named == {
        "1": ["first quarter of 2019", "second quarter of 2019", "third quarter of 2019", "third quarter of 2017",
              "first quarter of 2019"],
        "2": ["income lower than in 2019", "income markedly higher", "income that rises or changes by more than half"],
        "3": ["New materials", "High-end equipment", "Biological industry", "New generation of information technology",
              "New energy vehicles", "Energy conservation and environmental protection", "Digital creative industry"],
        "4": ["Anhui (a province of the centre)", "Northeast", "West", "East", "Centre"]}
