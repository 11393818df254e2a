"""The pages of an audit whose numbers are recomputed from data: a file is one entry, a printed table one block, and no office is named."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from own_data import make, put
from plain import PARAMETERS

from asprinted.notebook.paper import Paper
from asprinted.paper.files import inventory
from asprinted.report import ro_crate, rows
from asprinted.report.material import Material
from asprinted.report.pages import claims, conclusions, counts, data, front, ledger, methods, search, summary
from asprinted.verdicts.record import as_json
from asprinted.verdicts.words import anchor

SITE = "title: an audit\nshort: an audit\nlicence: https://example.org\nintroduction: All is recomputed.\nonward: '-'\n"
CELL = {"id": "all", "cell_type": "code", "source": "paper.check_table('table-1', frame, birds)", "metadata": {}, "outputs": []}


@pytest.fixture(scope="module")
def material(tmp_path_factory) -> Material:
    root: Path = make(tmp_path_factory.mktemp("audit"))
    put(root, "data/paper/tables/table-1.csv", 'species,n,mean,SD\nAdelie,2,3785,35.4\nGentoo,2,"5,051",\n')
    put(root, "docs/site.yaml", SITE)
    put(root, "data/paper/parameters.yaml", PARAMETERS)
    paper = Paper(base=root)
    birds = paper.data("birds.csv")
    groups = birds.frame.groupby("species")["mass"]
    paper.check("birds", paper.computed(len(birds.frame), birds))
    paper.check("mean-mass", paper.computed(birds.frame["mass"].mean(), birds))
    paper.check("heavier", paper.computed(True, birds))
    paper.check_table("table-1", pd.DataFrame({"n": groups.size(), "mean": groups.mean(), "SD": groups.std()}), birds)
    records = {one.record["id"]: one.record | {"notebook": "01_all", "cell": "all"} for one in paper.own}
    put(root, "build/verdicts.json", as_json({id: records[id] for id in paper.register.claims}, {}, complete=True))
    put(root, "build/notebooks/01_all.ipynb", json.dumps({"cells": [CELL]}))
    return Material(root, root / "build")


def test_a_data_file_is_one_entry_of_a_claim_with_a_way_to_what_its_columns_mean(material):
    page = claims.page(material)
    assert page.count("<strong>birds.csv</strong>, four birds") == 4  # three claims and a table of five cells
    assert 'href="data/files.html#data/files/birds.csv"' in page
    assert 'id="data/files/birds.csv"' in data.pages(material)["data/files.md"]


def test_a_printed_table_is_one_block_with_an_address_for_each_cell(material):
    page = claims.page(material)
    assert page.count('data-claim="table-1"') == 1
    assert "### Birds by species, 5 cells: 4 reproduced, 1 contradicted" in page.replace("\\", "")
    ids = re.findall(r'<tr id="([^"]+)"', page)
    assert ids == ["table-1-adelie-n", "table-1-adelie-mean", "table-1-adelie-sd", "table-1-gentoo-n", "table-1-gentoo-mean"]
    led = set(re.findall(r'claims\.html#(table-1-[^"]+)"', ledger.page(material) + front.cells(material) + summary.page(material)))
    assert led == set(ids)


def test_a_table_stands_in_its_section_and_begins_none(material):
    assert re.findall(r"^## .*$", claims.page(material), re.MULTILINE) == ["## Section 1"]


def test_no_page_names_an_office_or_a_publication_where_all_was_recomputed(material):
    told = "".join([claims.page(material), front.findings(material), counts.answer(material), counts.official_only(material),
                    summary.corrections(material), conclusions.page(material)])
    assert "fficial" not in told
    assert "what was published" not in told
    assert "Does not match what was recomputed from the authors' data." in html.unescape(front.findings(material))
    assert "recomputed: <strong>3775 grams</strong>" in summary.corrections(material)


def test_the_answer_counts_what_was_recomputed(material):
    assert counts.answer(material).startswith("7 of 8 claims agree with what was recomputed from data")


def test_a_number_that_waits_is_counted_as_a_claim_and_leads_to_its_place(material):
    waits = Material(material.root, material.build)
    id = next(row["claim"] for row in inventory(material.root) if row["claim"])
    waits.records, waits.waiting = {name: one for name, one in material.records.items() if name != id}, [id]
    page = front.cells(waits)
    assert f'<a class="cell" href="claims.html#{anchor(id)}" title="not judged yet: ' in page
    assert "(one of them not judged yet)" in page
    before, after = (re.search(r"(\w+) belongs? to", front.cells(one))[1] for one in (material, waits))
    assert before == after
    assert "that are judged" in ledger.page(waits)
    assert "One more is not judged yet" in ledger.page(waits)


def test_the_page_of_the_files_has_hash_rights_dictionary_and_no_data(material):
    page = data.pages(material)["data/files.md"]
    for text in ("sha256 ", "CC0 1.0", "<code>mass</code>", "grams", "the authors of the paper", "https://example.org/birds"):
        assert text in page
    assert "3750" not in page


def test_a_conclusion_leads_to_the_cells_of_the_table_that_it_rests_on(material):
    page = conclusions.page(material)
    assert "It rests on 6 claims." in page
    assert '<a href="claims.html#table-1-gentoo-mean">' in page


def test_methods_say_how_data_become_numbers_and_the_search_finds_the_file(material):
    assert "right to 12 digits" in methods.page(material)
    entry = next(one for one in search._figures(material) if one.kind == "Data files")
    assert entry.address == "data/files.html#data/files/birds.csv"


def test_the_crate_lists_the_file_with_its_hash(material):
    put(material.root, "build/verdicts.csv", "")
    inputs = [one for one in json.loads(ro_crate.text(material))["@graph"] if one["@id"] == "../data/files/birds.csv"]
    assert [(one["sha256"], one["license"]) for one in inputs] == [(material.files["birds.csv"]["sha256"], "CC0 1.0")]


def test_of_hundreds_of_rows_a_claim_lists_some_and_counts_the_others(material):
    listed = rows.listed(material, [f"row-{number}" for number in range(344)])
    assert listed.count("<li>") == rows.MOST
    assert "304 others" in listed
