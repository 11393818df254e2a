"""What the report tells a reader: the answer in a sentence, units, translations, what machines read, and the search's index."""

from __future__ import annotations

import csv
import html
import json
import re
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from asprinted.official import tables
from asprinted.paper.files import read_yaml
from asprinted.report import about, rows
from asprinted.report.material import Material
from asprinted.report.number_line import picture
from asprinted.report.pages import claims, counts, front, search, summary
from asprinted.verdicts.vocabulary import ACCUSING
from checkout import ROOT

pytestmark = pytest.mark.site
SCHEMA = json.loads((Path(__file__).parent / "claim_review.schema.json").read_text(encoding="utf-8"))


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_a_pair_that_excludes_itself_has_no_right_value(material, read):
    pairs = [one for one in material.records.values() if one["verdict"] == "inconsistent"]
    assert pairs
    assert "ight value" not in read["claims.html"].text + read["index.html"].text + read["ledger.html"].text
    assert "would have to be" in read["ledger.html"].text


def test_each_part_of_the_bar_leads_to_its_claims(read, material):
    links = [value for _, value in read["index.html"].values("href") if value.startswith("ledger.html?verdict=")]
    shown = [verdict for verdict, number in material.verdicts["summary"].items() if number]
    assert {link.partition("=")[2].replace("+", " ") for link in links} == set(shown)


def test_readings_of_different_units_share_no_axis(material):
    record = next(one for one in material.records.values() if one["readings"] and one["stated"] and one["readings"][0]["computed"])
    claim = material.register.claims[record["id"]]
    first, *others = [one | {"unit": record["unit"]} for one in record["readings"]]
    assert "numberline" in picture(claim, record | {"readings": [first, *others]})
    assert picture(claim, record | {"readings": [first | {"unit": "horses"}, *others]}) == ""
    assert "horses" in words(claims._readings(material, record | {"readings": [first | {"unit": "horses"}, *others]}))


def test_every_verdict_is_a_claim_review_by_the_schema(read, stored_build, material):
    text = (stored_build / "report" / "claims.html").read_text(encoding="utf-8")
    found = [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)]
    assert [one["url"].partition("#")[2] for one in found] == list(material.records)
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [error.message for one in found for error in validator.iter_errors(one)] == []
    rated = {one["url"].partition("#")[2]: one["reviewRating"].get("ratingValue") for one in found}
    assert {rated[id] for id, one in material.records.items() if one["verdict"] in ("contradicted", "misattributed")} == {1}
    assert {rated[id] for id, one in material.records.items() if one["verdict"] in ("inconsistent", "not checkable")} == {None}


def test_a_canonical_address_stands_where_one_is_known_and_none_is_made_up(material, tmp_path):
    record = next(iter(material.records.values()))
    assert about.address(material, "claims.html#a") == "claims.html#a"
    known = Material(material.root, material.build)
    known.site = material.site | {"address": "https://example.org/audit/", "issues": "https://example.org/new"}
    assert about.cite(known, record).endswith(f"https://example.org/audit/claims.html#{record['id']}")
    assert f"claim={record['id']}" in about.dispute(known, record)
    assert "https://" not in about.dispute(material, record)


def test_a_line_to_cite_names_date_version_and_claim(material):
    record = next(iter(material.records.values()))
    line = about.cite(material, record)
    assert all(part in line for part in (material.date, material.version, record["where"], record["verdict"], record["id"]))


def test_every_page_says_which_audit_it_is_of_what_date_and_describes_itself(read, material):
    for name, page in read.items():
        if name == "whole-report.html":
            continue
        told = [attributes for tag, attributes in page.tags if tag == "meta"]
        meta = {one.get("name") or one.get("property"): one.get("content") for one in told}
        assert about.stamp(material) in page.text, name
        assert len(meta["description"]) > 5, name
        assert meta["og:description"] == meta["description"], name
        assert meta["og:title"], name
        assert "icon" in {attributes.get("rel") for tag, attributes in page.tags if tag == "link"}, name


def test_every_excerpt_of_a_verdict_that_is_not_english_is_translated(material):
    foreign = re.compile(r"[^\x00-\x7f“”‘’–…]")
    used = {key for one in material.records.values() if one["verdict"] != "not checkable" for key in one["sources"]}
    told = {key: material.rows[key].get("evidence", "") for key in used if key in material.rows}
    assert [key for key, text in told.items() if foreign.search(text) and key not in material.translations] == []


def test_a_translation_keeps_every_digit_of_its_row(material):
    def numbers(text: str) -> set[str]:
        return set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", text)))

    for key, english in material.translations.items():
        assert numbers(material.rows[key]["evidence"]) <= numbers(english), key


def test_no_box_of_a_claim_says_nothing(read):
    text = read["claims.html"].text
    for empty in ("none recorded", "Choices other than the usual", "Power"):
        assert empty not in text, empty


def test_headings_of_claims_are_words_and_not_ids(stored_build, material):
    headings = [words(one) for one in re.findall(r"<h3>(.*?)</h3>", (stored_build / "report" / "claims.html").read_text(encoding="utf-8"))]
    assert not [(id, one) for id in material.records if "-" in id for one in headings if id in one]


def test_a_number_of_the_paper_in_a_reason_is_told_once_and_leads_to_its_claim(material):
    told = claims.linked(material, material.records["gap-narrowing"]["reason"])
    assert html.unescape(words(told)) == "holds on a condition: the paper's own 6.7 percent taken as right"
    assert 'href="claims.html#growth-2019q1"' in told


def test_the_ledger_sets_stated_beside_published_for_every_claim_that_has_one(stored_build, material):
    text = (stored_build / "report" / "ledger.html").read_text(encoding="utf-8")
    head = re.findall(r'<th scope="col">(.*?)</th>', text)
    assert head == ["verdict", "where", "claim", "stated", "published", "reason"]
    cells = re.findall(r'<td data-label="published">(.*?)</td>', text)
    assert sum(map(bool, cells)) >= sum(bool(one["computed"]) for one in material.records.values() if one["stated"])


def test_the_summary_names_every_error_and_says_how_its_class_is_found(read, material):
    links = {value.partition("#")[2] for _, value in read["summary.html"].values("href")}
    assert {one["id"] for one in material.failing} <= links
    name, reason = counts.classification(material)
    assert name in read["summary.html"].text
    assert reason in read["summary.html"].text
    assert summary.unseen(material).count("<li>") > 1


def test_a_reading_at_odds_with_the_paper_is_not_called_wrong_and_names_what_it_is_at_odds_with(material):
    quarter = next(one for one in summary.corrections(material).split("<li>") if ">7.7 percent<" in one)
    assert "excluded by" in quarter
    assert "6.7 percent" in words(quarter)
    assert "either may be wrong" in quarter
    assert "wrong if read as" not in quarter
    card = next(one for one in front.findings(material).split("<li ") if ">7.7 percent<" in one)
    assert "<dt>Published, by how it is read</dt><dd>7.7 percent (cumulative from January)</dd>" in card
    assert "<dt>Would have to be</dt><dd>8.08 to 9.95 percent (single quarter)</dd>" in card


def test_no_card_and_no_row_of_the_ledger_stands_beside_nothing(material, stored_build):
    text = (stored_build / "report" / "ledger.html").read_text(encoding="utf-8")
    assert re.findall(r'<td data-label="(?:stated|published)"></td>', text) == []
    cards = front.findings(material).split("<li ")[1:]
    assert [one.count("<dt>") >= 2 for one in cards] == [True] * len(cards)
    assert ">8.9 percent</a>" in next(one for one in cards if "from 2018 to 2019" in one)


def test_a_claim_that_agrees_says_beside_its_verdict_how_many_wrong_digits_would_have_shown(read):
    assert "a wrong digit would have been noticed 21 times of 53, so that it says little" in words(read["claims.html"].text)


def test_what_nobody_found_is_called_so_and_not_what_nobody_can_check(read):
    assert [name for name, page in read.items() if re.search("nobody (?:can|could) check", page.text)] == []


def test_conclusions_begin_with_the_sentence_that_a_reader_came_for(read, material):
    described = next(attributes["content"] for tag, attributes in read["conclusions.html"].tags if attributes.get("name") == "description")
    assert described.startswith(counts.turning(material)[:60])


def test_the_index_of_the_search_holds_every_claim_row_and_article(material):
    text = search.index(material)[search.INDEX].decode("utf-8")
    listed = json.loads(text.removeprefix("window.auditIndex=").rstrip().removesuffix(";"))
    addresses = {one[2] for one in listed}
    assert {f"claims.html#{id}" for id in material.records} <= addresses
    assert {f"data/{row['table']}.html#{key}" for key, row in material.rows.items()} <= addresses
    assert {one[0] for one in listed} == {"Claims", "Findings", "Conclusions", "Figures", "Published figures", "Notebooks", "Documentation"}
    assert "<" not in text


def test_what_the_search_finds_is_there(material, read):
    listed = json.loads(search.index(material)[search.INDEX].decode("utf-8").removeprefix("window.auditIndex=").rstrip().removesuffix(";"))
    dead = {address for _, _, address, _ in listed
            if (found := address.partition("#"))[0] not in read or (found[2] and found[2] not in read[found[0]].ids)}
    assert sorted(dead) == []


def test_a_table_to_download_carries_unit_and_source(stored_build, material):
    for name in material.tables:
        path = stored_build / "report" / "files" / "tables" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert {*tables.SOURCE_FIELDS} <= set(found[0]), name
        assert all(row["publisher"] and row["published"] and (row["unit"] or row["digits"] == "") for row in found if "digits" in row), name


def test_the_licence_of_the_data_is_the_same_everywhere(material):
    licence = (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
    assert "CC0 1.0" in licence
    said = [one["rights"] for one in material.provenance.values()] + [(ROOT / "data" / "README.md").read_text(encoding="utf-8")]
    assert all("CC0 1.0" in " ".join(text.split()) and "CC BY" not in text for text in said)
    assert "CC0 1.0" in about.licences(material)


def test_a_block_is_printed_in_full_where_something_in_it_is_accused_or_open(material):
    agrees, fails = ({"verdict": name} for name in ("reproduced", "contradicted"))
    assert "in-full" in claims._opened("a-table", [agrees, fails])
    assert "in-full" not in claims._opened("a-claim", [agrees, {"verdict": "not checkable"}])


def test_a_reprint_is_called_one_by_one_rule(material):
    accused = [one for one in material.records.values() if one["verdict"] in ("contradicted", "misattributed")]
    relays = {"a page that relays it", "a copy that relays it, without a page to open"}
    assert [one["id"] for one in accused if {rows.kind(material.rows[key]) for key in one["sources"]} <= relays] == []
    assert {rows.kind(row) for row in material.rows.values() if "host" in row} == {
        "official page", "press", "verbatim reprint", "reprint without a page to open", *relays}


def test_documentation_stands_in_the_order_of_its_index_and_that_for_developers_apart(stored_build):
    text = (stored_build / "report" / "docs" / "index.html").read_text(encoding="utf-8")
    side = text[text.index('class="audit-nav"') :]
    places = [side.index(name) for name in ("tutorial.html", "how-to/dispute-a-verdict.html", "explanation.html", "reference.html",
                                            "for-developers.html", "speed.html")]
    assert places == sorted(places)
    assert read_yaml(ROOT / "docs" / "site.yaml")["developers"]


def test_the_one_file_is_small_enough_to_send(stored_build):
    assert (stored_build / "report" / "whole-report.html").stat().st_size < 3_000_000


def test_accusations_name_their_right_value_or_why_there_is_none(material, read):
    shown = read["summary.html"].text
    for one in material.failing:
        assert one["verdict"] in ACCUSING
        assert one["stated"] in shown or not one["stated"]


def test_a_difference_of_percents_is_in_percentage_points(read):
    assert "15.8 percentage points, too high" in words(read["claims.html"].text)


def test_every_page_counts_the_claims_alike(material, read):
    inside = sum(record["kind"] == "identity" for record in material.records.values())
    total = counts.of(material).total
    assert total + inside == len(material.records)
    assert f"All {total} claims and {inside} relations" in words(read["ledger.html"].text)
    numbers = re.search(r"(\d+) belong to claims, two are tested inside the paper", words(read["index.html"].text))
    assert int(numbers[1]) + 2 == front.cells(material).count('<a class="cell ')


def test_the_table_below_a_figure_does_not_repeat_its_source_in_each_row(material):
    assert all("source" not in material.points(name)[0] for name in material.figures)


@pytest.mark.parametrize(("turns", "withstands", "says"), [
    ([], {}, "No conclusion of the paper that is on record rests on what was found wrong."),
    (["end"], {"wrong": "a reason"},
     "as this audit argues: for each, a reason is on record. The reasons are written by hand and not computed."),
    (["end"], {}, "The one error may change a conclusion of the paper."),
])
def test_a_reason_is_said_to_be_on_record_only_where_one_is(turns, withstands, says):
    register = SimpleNamespace(conclusions={"end": {"withstands": withstands}})
    one = SimpleNamespace(waiting=(), failing=[{"id": "wrong", "turns": turns}], register=register)
    assert counts.turning(one).endswith(says)


def test_errors_under_no_conclusion_are_told_from_those_that_a_conclusion_withstands():
    register = SimpleNamespace(conclusions={"end": {"withstands": {"wrong": "a reason"}}})
    failing = [{"id": "wrong", "turns": ["end"]}, {"id": "other", "turns": []}]
    both = SimpleNamespace(waiting=(), failing=failing, register=register)
    assert counts.turning(both).endswith("one stands under none, and for each of the others a reason is on "
                                         "record. The reasons are written by hand and not computed.")
