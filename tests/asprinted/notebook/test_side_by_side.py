"""A paragraph's claims in one table: each line a claim, each claim a record and a folded card of its own."""

from __future__ import annotations

import html
import re

import pytest

from asprinted.notebook.paper import Paper
from asprinted.notebook.side_by_side import HEADS, VERDICTS_MIME, SideBySide, as_html, as_text, records_of
from asprinted.numbers.quantity import Missing, number
from asprinted.numbers.truth import less
from asprinted.verdicts import card
from asprinted.verdicts.record import VERDICT_MIME, record_fault


@pytest.fixture
def table(paper: Paper) -> SideBySide:
    """A number that is right, one that is wrong with a note, one that nobody has seen, and a statement without a number."""
    return paper.side_by_side(
        paper.check("parts", number(2)),
        paper.check("rate", number(9), note="see elsewhere"),
        paper.check("bound", Missing(("a page",))),
        paper.check("rising", less(number(1), number(2))),
    )


@pytest.fixture
def paper(tmp_path) -> Paper:
    folder = tmp_path / "data" / "paper"
    (folder / "claims").mkdir(parents=True)
    (folder / "claims" / "1.yaml").write_text(
        '- {id: rate, where: 1.1/1/1, kind: number, stated: "8.4", unit: percent, quantity: a rate of the test <b>}\n'
        '- {id: bound, where: 1.1/1/2, kind: number, stated: "40", unit: percent, qualifier: more than, quantity: some bound}\n'
        "- {id: rising, where: 1.1/1/3, kind: trend, quantity: a trend of the test}\n"
        "- {id: parts, where: 1.2/1/1, kind: count, stated: two, unit: parts, quantity: a count of the test}\n", encoding="utf-8")
    (folder / "locators.csv").write_text("where,kind\n1.1/1/1,sentence\n1.1/1/2,sentence\n1.1/1/3,sentence\n1.2/1/1,sentence\n",
                                         encoding="utf-8")
    (folder / "inventory.csv").write_text("where,n,text,claim,exempt\n1.1/1/1,1,8.4,rate,\n1.1/1/2,1,40,bound,\n1.2/1/1,1,two,parts,\n",
                                          encoding="utf-8")
    (folder / "conclusions.yaml").write_text("[]\n", encoding="utf-8")
    return Paper(base=tmp_path)


def test_the_output_is_a_text_a_page_and_the_list_of_the_records(paper, table):
    bundle = table._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", VERDICTS_MIME}
    assert bundle[VERDICTS_MIME] == [verdict.record for verdict in paper.own]
    assert [record_fault(record) for record in bundle[VERDICTS_MIME]] == [None] * 4


def test_the_verdicts_of_an_output_are_found_whether_it_shows_one_or_several(paper, table):
    one = paper.check("parts", number(2))
    assert records_of(one._repr_mimebundle_()) == [one.record]
    assert records_of(table._repr_mimebundle_()) == table.records
    assert records_of({"text/plain": "a table"}) == []


@pytest.mark.parametrize("data", [{VERDICT_MIME: 3}, {VERDICTS_MIME: 3}, {VERDICTS_MIME: [3]}])
def test_what_is_no_verdict_is_found_as_well_so_that_it_can_be_told(data):
    assert records_of(data) == [3]


def test_the_text_is_a_table_in_the_order_of_the_paragraph_with_a_few_lines_of_each_claim_below(table):
    lines = repr(table).splitlines()
    rows, below = lines[: lines.index("")], "\n".join(lines[lines.index("") :])
    assert rows[0].split() == list(HEADS)
    words = [row.split("  ")[0] for row in rows[2:]]
    assert words == ["a count of the test", "a rate of the test <b>", "some bound", "a trend of the test"]
    assert [re.split(r"  +", row)[-1] for row in rows[2:]] == [card.MARKS[one["verdict"]] + " " + one["verdict"] for one in table.records]
    assert [line for line in below.splitlines() if "[" in line] == [
        f"{card.MARKS[one['verdict']]} {one['id']}  [{one['where']}]" for one in table.records]
    assert "see elsewhere" in below


def test_a_number_that_nobody_published_leaves_a_dash(table):
    assert re.search(r"some bound +more than 40 percent +— ", repr(table))


def test_long_words_are_broken_into_lines_that_fit(paper):
    record = paper.check("rate", number(9)).record | {"quantity": "growth of value added " * 9}
    assert max(map(len, as_text([record]).split("\n\n")[0].splitlines())) <= 140


def test_the_page_folds_the_whole_card_of_each_claim_below_its_words(table):
    page = as_html(table.records)
    assert page.count("<details") == page.count("<summary") == 4
    for record in table.records:
        _, _, below = page.partition(f'font-weight:normal">{html.escape(record["quantity"])}</th>')
        assert f"</summary>{card.as_html(record)}</details></td></tr>" in below
        assert f'id="verdict-{record["id"]}"' in page
    assert "<b>" not in page


def test_the_page_is_a_table_whose_headers_say_what_they_head(table):
    page = as_html(table.records)
    assert re.findall(r'<th scope="col"[^>]*>([^<]+)', page) == list(HEADS)
    assert len(re.findall('<th scope="row" style="[^"]*">', page.replace(card.as_html(table.records[0]), ""))) >= 4
    assert page.count('<td colspan="4"') == 4
    assert "<style" not in page


def test_a_claim_without_a_number_has_in_its_place_why_its_verdict_is_what_it_is(table):
    page = as_html(table.records)
    assert re.findall(r'<td colspan="2"[^>]*>([^<]+)', page) == [table.records[-1]["reason"]]


def test_a_page_that_has_the_claims_elsewhere_lets_each_id_lead_there(table):
    page = as_html(table.records, {"rate": "../claims.html#rate"})
    assert page.count("<a href") == 1
    assert '<a href="../claims.html#rate"><code>rate</code></a>' in page


def test_only_verdicts_stand_side_by_side_and_each_claim_once(paper):
    one = paper.check("parts", number(2))
    with pytest.raises(TypeError, match="takes what"):
        paper.side_by_side()
    with pytest.raises(TypeError, match="takes what"):
        paper.side_by_side(one, "rate")
    with pytest.raises(ValueError, match="twice in one table: parts"):
        paper.side_by_side(one, one)
