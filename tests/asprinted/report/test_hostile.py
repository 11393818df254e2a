"""The report of a run that is incomplete, over data that would be markup: it says so on every page, and shows it as text."""

from __future__ import annotations

import json
import shutil

import pytest
from report_build import fill, pages

from asprinted.report import build as report
from checkout import ROOT
from forkmill.writing import harmless

pytestmark = pytest.mark.site
SCRIPT = '<script>alert("x")</script>'
BREAKER = '</td></table>"><img src=x onerror=alert(1)>'
MARKDOWN = "*a* [b](javascript:alert(1)) `c` # d {e}`f` | g"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A copy of the audit in which a claim, a note, a row and a figure carry markup, and one notebook did not end."""
    root = tmp_path_factory.mktemp("hostile") / "audit"
    for folder in ("data", "docs", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder)
    build = root / "build"
    fill(root, build, without=("04_countermeasures",))
    content = json.loads((build / "verdicts.json").read_text(encoding="utf-8"))
    record = next(one for one in content["claims"] if one["id"] == "manufacturing-investment")
    record |= {"quantity": f"{MARKDOWN} {SCRIPT}", "note": BREAKER, "reason": f"{SCRIPT} {MARKDOWN}", "corrected": "=1+1",
               "readings": [], "replies": [{"by": SCRIPT, "date": "2026-01-01", "reply": BREAKER}]}
    (build / "verdicts.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    claim = root / "data" / "paper" / "claims" / "3_collaborative_innovation.yaml"
    text = claim.read_text(encoding="utf-8")
    asked = "quantity: year on year growth of investment in manufacturing, January to September 2020"
    assert asked in text
    claim.write_text(text.replace(asked, "quantity: " + json.dumps(f"{SCRIPT} {MARKDOWN}")), encoding="utf-8")
    table = root / "data" / "official" / "investment.yaml"
    table.write_text(table.read_text(encoding="utf-8").replace("title: Investment\n", f"title: '{SCRIPT}'\n", 1), encoding="utf-8")
    rows = root / "data" / "official" / "investment.csv"
    broken = f"sina-2020-10-19,{BREAKER.replace(chr(34), '')}"
    rows.write_text(rows.read_text(encoding="utf-8").replace("sina-2020-10-19,436530亿元", broken), encoding="utf-8")
    texts = build / "figures" / "investment.json"
    words = json.loads(texts.read_text(encoding="utf-8")) | {"alt": f'a" onload="x {SCRIPT}', "title": SCRIPT}
    texts.write_text(json.dumps(words), encoding="utf-8")
    assert report.build(root, build) == []
    return build


@pytest.fixture(scope="module")
def read(hostile):
    return pages(hostile / "report")


def test_every_page_of_an_incomplete_run_says_so_and_names_what_is_missing(read):
    said = "This report is of a run that is incomplete: 04_countermeasures did not end"
    assert [name for name, page in read.items() if said not in page.text] == []


def test_a_claim_that_was_not_judged_is_shown_as_not_judged(read):
    assert "as many measures as it announces, four: not judged" in read["claims.html"].text
    assert "four-measures" in read["claims.html"].ids
    assert "four-measures" not in read["ledger.html"].ids
    assert "notebooks/04_countermeasures.html" not in read


def test_the_crate_of_an_incomplete_run_says_failed(hostile):
    graph = json.loads((hostile / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    action = next(entity for entity in graph if entity["@id"] == "#run")
    assert action["actionStatus"]["@id"].endswith("FailedActionStatus")


def test_no_text_of_the_data_becomes_a_script_a_handler_or_an_image(read):
    for name, page in read.items():
        assert [1 for tag, attributes in page.tags if any(key.startswith("on") for key in attributes)] == [], name
        assert [1 for tag, attributes in page.tags if tag == "img" and attributes["src"] == "x"] == [], name
        assert [value for _, value in page.values("href") if value.startswith("javascript:")] == [], name
        assert 'alert("x")' not in "".join(text for text in _scripts(page)), name


def _scripts(page):
    import re

    return re.findall(r"<script\b[^>]*>(.*?)</script>", page.path.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("name", ["claims.html", "ledger.html", "index.html", "figures.html", "whole-report.html", "data/investment.html"])
def test_hostile_text_is_shown_letter_by_letter(read, name):
    assert SCRIPT in read[name].text or BREAKER.replace('"', "") in read[name].text


def test_markdown_in_a_claim_is_shown_letter_by_letter(read):
    assert MARKDOWN in read["claims.html"].text


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-cmd", "@x", "\t=1"])
def test_a_formula_is_no_formula_in_a_table_to_download(cell):
    assert harmless(cell) == "'" + cell


def test_the_ledgers_own_download_defuses_formulas_as_the_run_does():
    script = (ROOT / "src" / "asprinted" / "report" / "assets" / "ledger.js").read_text(encoding="utf-8")
    assert r"/^[=+\-@\t\r]/" in script
