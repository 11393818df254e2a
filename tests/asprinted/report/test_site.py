"""The report of the stored notebooks: nothing from outside, no dead link, a section for every claim, the same bytes."""

from __future__ import annotations

import csv
import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from report_build import files, fill, links, outside, pages

from asprinted.paper import findings
from asprinted.paper import register as claims
from asprinted.paper.files import read_yaml
from asprinted.report import build as report
from asprinted.verdicts.vocabulary import ACCUSING, MEANINGS, VERDICTS
from checkout import ROOT

pytestmark = pytest.mark.site
LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
           "embed": "src", "object": "data"}


@pytest.fixture(scope="module")
def build(stored_build):
    return stored_build


@pytest.fixture(scope="module")
def site(build):
    return build / "report"


@pytest.fixture(scope="module")
def read(site):
    return pages(site)


@pytest.fixture(scope="module")
def register():
    return claims.load(ROOT)


def test_sphinx_has_nothing_to_complain_of(build):
    assert (build / ".cache" / "report" / "warnings.txt").read_text(encoding="utf-8") == ""


def test_no_page_loads_anything_from_outside(read):
    loaded = [(name, tag, attributes[LOADING[tag]]) for name, page in read.items() for tag, attributes in page.tags
              if tag in LOADING and LOADING[tag] in attributes]
    loaded += [(name, tag, attributes["href"]) for name, page in read.items() for tag, attributes in page.tags
               if tag == "link" and "href" in attributes and attributes.get("rel") not in ("next", "prev", "index", "search")]
    assert len(loaded) > 100
    assert [one for one in loaded if outside(one[2])] == []


def test_no_style_sheet_and_no_style_in_a_page_loads_anything_from_outside(site, read):
    sheets = [path.read_text(encoding="utf-8") for path in site.rglob("*.css")]
    sheets += [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    assert [found for text in sheets for found in re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')]*)", text)] == []


def test_every_link_inside_the_report_leads_to_something(site, read):
    found = links(site, read)
    assert [one for one, there in found.items() if not there] == []
    assert len(found) > 1000


def test_every_picture_is_there_and_says_what_it_shows(site, read):
    pictures = [(name, attributes) for name, page in read.items() for tag, attributes in page.tags if tag == "img"]
    assert pictures
    for name, attributes in pictures:
        assert len(attributes.get("alt", "")) > 10, (name, attributes["src"])
        assert not attributes["alt"].startswith("_images/")
        assert attributes["src"].startswith("data:") or ((site / name).parent / attributes["src"]).is_file()


def test_no_id_stands_twice_on_a_page(read):
    for name, page in read.items():
        found = [value for _, value in page.values("id")]
        assert sorted(found) == sorted(set(found)), name


def test_every_claim_has_a_section_whose_id_is_the_claims_id(read, register):
    sections = {attributes.get("id") for tag, attributes in read["claims.html"].tags if tag == "section"}
    assert set(register.claims) <= sections


def test_every_claim_has_a_row_in_the_ledger_and_a_place_in_the_one_file(read, register):
    assert set(register.claims) <= read["ledger.html"].ids
    assert set(register.claims) <= read["whole-report.html"].ids


def test_a_section_shows_the_source_the_code_and_the_way_to_dispute(read):
    text = read["claims.html"].text
    for words in ("SteelOrbis citing National Bureau of Statistics", "check ( \"manufacturing-investment\"", "how to dispute a verdict",
                  "found as published", "recomputed from published figures", "only tested for consistency inside the paper"):
        assert words.replace(" ", "") in text.replace(" ", ""), words


def test_no_claim_is_accused_beside_words_that_its_evidence_can_accuse_nobody(build, site):
    records = json.loads((build / "verdicts.json").read_text(encoding="utf-8"))["claims"]
    accused = {one["id"] for one in records if one["verdict"] in ("contradicted", "misattributed") and one["kind"] != "identity"}
    sections = (site / "claims.html").read_text(encoding="utf-8").split('<section id="')
    shown = {section.split('"')[0]: section for section in sections}
    assert accused
    assert not [id for id in accused if "never contradict" in shown[id]]


def test_sphinx_makes_no_index_of_its_own(site):
    assert not (site / "searchindex.js").exists()
    assert (site / "search-index.js").is_file()


def test_the_front_page_counts_what_the_run_counted(build, read):
    summary = json.loads((build / "verdicts.json").read_text(encoding="utf-8"))["summary"]
    text = read["index.html"].text
    for verdict in VERDICTS:
        if summary[verdict]:
            assert re.search(rf"{verdict}\s+{summary[verdict]} of {sum(summary.values())}", text), verdict


def test_the_front_page_begins_with_the_recorded_findings_in_their_order_and_leaves_no_failing_claim_out(build, read):
    links = [value for _, value in read["index.html"].values("href") if value.startswith("claims.html#")]
    linked = [link.partition("#")[2] for link in links]
    records = {one["id"]: one for one in json.loads((build / "verdicts.json").read_text(encoding="utf-8"))["claims"]}
    told = [one["claim"] for one in findings.true_of(records, ROOT)]
    failing = {id for id, record in records.items() if record["verdict"] in ACCUSING and record["kind"] != "identity"}
    assert len(told) >= 5
    assert linked[: len(told)] == told
    assert failing <= {*linked}


def test_a_relation_inside_the_paper_is_shown_beside_the_works_it_cites_and_counted_apart(build, read):
    verdicts = json.loads((build / "verdicts.json").read_text(encoding="utf-8"))
    identities = [one for one in verdicts["claims"] if one["kind"] == "identity"]
    text = read["inside.html"].text
    assert [one["id"] for one in identities if one["quantity"] not in text] == []
    assert sum(verdicts["identities"].values()) == len(identities)
    assert sum(verdicts["summary"].values()) == sum(verdicts["groups"].values()) == len(verdicts["claims"]) - len(identities)
    assert "differs from the cited work" in text


def test_errors_that_may_change_a_conclusion_are_told_apart(read, register):
    page = read["conclusions.html"]
    assert "Errors that may change a conclusion" in page.text or "None of the errors overturns a conclusion" in page.text
    assert "Errors that change no conclusion" in page.text
    assert set(register.conclusions) <= page.ids


def test_every_notebook_is_an_article_with_its_code_folded(read):
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        page = read[f"notebooks/{path.stem}.html"]
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        code = sum(bool(source) and not source.startswith("Choices(") for source in sources)  # a page has no drop-downs
        assert sum(tag == "details" and "hide" in attributes.get("class", "").split() for tag, attributes in page.tags) == code
        assert (page.path.parent / path.name).is_file()


def test_the_data_of_every_figure_stand_below_it_as_a_table(build, site, read):
    figures = sorted((build / "figures").glob("*.csv"))
    markup = (site / "figures.html").read_text(encoding="utf-8")
    assert len(figures) > 10
    for path in figures:
        shown = markup.partition(f'id="figure-{path.stem}"')[2].partition("</figure>")[0]
        expected = [row[:-1] for row in csv.reader(path.read_text(encoding="utf-8").splitlines())]  # the source stands above it
        found = [[html.unescape(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)] for row in shown.split("<tr>")[1:]]
        assert found == expected, path.stem


def test_figures_are_in_the_order_in_which_they_are_read(site):
    def figures(page: str) -> list[str]:
        return re.findall(r'<figure class="audit" id="figure-([^"]+)"', (site / page).read_text(encoding="utf-8"))

    articles = [f"notebooks/{path.stem}.html" for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    assert figures("figures.html") == [name for article in articles for name in figures(article)]


def test_the_ledger_says_what_each_verdict_means(build, read):
    for verdict in json.loads((build / "verdicts.json").read_text(encoding="utf-8"))["summary"]:
        assert MEANINGS[verdict] in read["ledger.html"].text, verdict


def test_the_front_page_says_how_to_cite_the_audit_and_the_paper(read):
    cited = read_yaml(ROOT / "CITATION.cff")
    for work in (cited, *cited["references"]):
        assert work["title"] in read["index.html"].text
    assert "Li, Xiaohong and Gou, Wenqian" in read["index.html"].text


def test_every_table_has_a_page_with_all_its_rows(read):
    for path in (ROOT / "data" / "official").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            keys = {row["row"] for row in csv.DictReader(file)}
        assert keys <= read[f"data/{path.stem}.html"].ids


def test_the_one_file_needs_no_other_file_and_no_script(read):
    page = read["whole-report.html"]
    assert "script" not in {tag for tag, _ in page.tags}
    assert [value for name in ("src", "href") for _, value in page.values(name) if not value.startswith(("#", "data:", "http"))] == []


def test_without_scripts_the_filters_stay_hidden_and_the_table_is_whole(read):
    forms = [attributes for tag, attributes in read["ledger.html"].tags if attributes.get("id") == "ledger-filters"]
    assert "hidden" in forms[0]


def test_a_complete_default_run_has_no_banner(read):
    assert [name for name, page in read.items() if any(attributes.get("class") == "audit-banner" for _, attributes in page.tags)] == []


def test_the_crate_names_every_result_with_its_hash(build):
    graph = json.loads((build / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    by_id = {entity["@id"]: entity for entity in graph}
    assert by_id["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert by_id["ro-crate-metadata.json"]["conformsTo"]["@id"].startswith("https://w3id.org/ro/crate/1.")
    linked = [part["@id"] for entity in graph for value in entity.values() for part in (value if isinstance(value, list) else [value])
              if isinstance(part, dict) and not part["@id"].startswith("http")]
    assert [one for one in linked if one not in by_id] == []
    named = {id for id, entity in by_id.items() if entity.get("@type") == "File" and "sha256" in entity}
    results = [path.relative_to(build).as_posix() for folder in ("notebooks", "figures") for path in (build / folder).iterdir()]
    assert {*results, "verdicts.json", "verdicts.csv"} == named


def test_nothing_is_made_again_when_nothing_has_changed(build, monkeypatch):
    monkeypatch.setattr(report, "_make", lambda *arguments: pytest.fail("the report was made again"))
    (build / "report" / "index.html").unlink()
    assert report.build(ROOT, build) == []
    assert (build / "report" / "index.html").is_file()


def test_a_report_that_cannot_be_made_says_why_and_leaves_none_of_an_earlier_run(tmp_path, monkeypatch):
    build = tmp_path / "build"
    fill(ROOT, build)
    (build / "report").mkdir()
    (tmp_path / "sphinx_book_theme.py").write_text("raise SystemExit('no theme is to be had')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert report.build(ROOT, build) == ["the report could not be made: no theme is to be had"]
    assert not (build / "report").exists()


def test_another_folder_zone_and_hash_seed_give_the_same_bytes(build, tmp_path):
    other = tmp_path / "elsewhere 别处" / "build"
    fill(ROOT, other)
    env = os.environ | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "77", "LC_ALL": "C"}
    code = "import sys; from pathlib import Path; from asprinted.report.build import build; sys.exit(len(build(*map(Path, sys.argv[1:]))))"
    subprocess.run([sys.executable, "-c", code, str(ROOT), str(other)], env=env, check=True)
    first, second = files(build / "report"), files(other / "report")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert (build / "ro-crate-metadata.json").read_bytes() == (other / "ro-crate-metadata.json").read_bytes()


def test_a_report_in_which_one_page_was_made_anew_is_the_one_made_from_nothing(build, tmp_path):
    parts, once = tmp_path / "parts", tmp_path / "once"
    shutil.copytree(build, parts)  # with what Sphinx remembers
    fill(ROOT, once)
    for folder in (parts, once):
        changed = folder / "notebooks" / "05_conclusions.ipynb"
        notebook = json.loads(changed.read_text(encoding="utf-8"))
        notebook["cells"][0]["source"] = ["# Another title"]
        changed.write_text(json.dumps(notebook), encoding="utf-8")
        assert report.build(ROOT, folder) == []
    first, second = files(parts / "report"), files(once / "report")
    assert b"Another title" in first["notebooks/05_conclusions.html"]
    assert [name for name in sorted({*first, *second}) if first.get(name) != second.get(name)] == []


def test_the_report_names_no_folder_of_this_machine(site):
    folders = (str(ROOT).encode(), str(Path.home()).encode() + b"/")
    assert [name for name, content in files(site).items() if any(folder in content for folder in folders)] == []
