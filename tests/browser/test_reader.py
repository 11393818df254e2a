"""What a reader who has never seen the report comes for, at a desk and on a telephone: whether one number holds, why and where
the official figure is; what nobody could check; the data behind a figure; a line to cite; a way to object."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser_pages import WIDTHS, Report
from playwright.sync_api import Locator, Page, expect

CLAIM = "manufacturing-investment"
A_MINUTE = 60  # seconds
WORDS = 175  # that somebody reads in less than a minute, at a slow 200 words a minute


@dataclass
class Reader:
    """Somebody with a mouse: counts clicks, and the words that were read on the way."""

    page: Page
    clicks: int = 0
    words: int = 0

    def click(self, where: Locator) -> None:
        where.click()
        self.clicks += 1

    def read(self, what: Locator) -> str:
        expect(what).to_be_visible()
        text = what.inner_text()
        self.words += len(text.split())
        return text


@pytest.fixture(params=list(WIDTHS))
def reader(browser, stored_build: Path, request) -> Iterator[Reader]:
    report = Report(browser, stored_build / "report")
    with report.page(request.param, accept_downloads=True) as page:
        page.goto(report.address("index.html"))
        yield Reader(page)


def learns_whether_and_why_and_where(reader: Reader) -> None:
    """On the block of the claim: the verdict, the published value, the reason, and the source's own words with their translation."""
    section = reader.page.locator(f"section#{CLAIM}")
    expect(section.locator("h3")).to_be_in_viewport()
    assert "contradicted" in reader.read(section.locator("h3"))
    stated, published, verdict = (reader.read(section.locator("dl.main > div").nth(place)) for place in range(3))
    assert "9.3 percent" in stated
    assert "6.5 percent" in published
    assert "high-tech manufacturing" in verdict
    figure = section.locator("ul.sources li", has_text="6.5").first
    said = reader.read(figure)
    assert "制造业投资下降6.5%" in said
    assert "investment in manufacturing fell by 6.5%" in said
    assert figure.locator("a[href^=http]").count() == 1, "no page of the publisher to look at"
    reader.click(figure.get_by_role("link", name="row in the data"))
    row = reader.page.locator("tr:target")
    expect(row).to_be_in_viewport()
    expect(row.locator("th")).to_be_in_viewport()
    assert "6.5" in reader.read(row.locator("th")), "the value is not the first that one sees of its row"


def test_two_clicks_lead_from_the_front_page_to_the_official_figure_of_investment(reader):
    began = time.monotonic()
    finding = reader.page.locator("li.finding", has_text="Investment in manufacturing").first
    said = reader.read(finding)
    assert "contradicted" in said, "whether it holds stands on the front page"
    assert "it fell by 6.5" in said
    reader.click(finding.get_by_role("link").first)
    learns_whether_and_why_and_where(reader)
    assert reader.clicks == 2
    assert reader.words < WORDS
    assert time.monotonic() - began < A_MINUTE


def test_three_clicks_and_a_word_lead_there_through_the_ledger(reader):
    began = time.monotonic()
    reader.click(reader.page.locator("article").get_by_role("link", name="The ledger"))
    reader.page.locator("#ledger-filters").get_by_label("Search").fill("investment in manufacturing")
    reader.click(reader.page.locator(f"#ledger tr#{CLAIM}").get_by_role("link"))
    learns_whether_and_why_and_where(reader)
    assert reader.clicks == 3
    assert reader.words < WORDS
    assert time.monotonic() - began < A_MINUTE


def finding(reader: Reader) -> Locator:
    return reader.page.locator("li.finding", has_text="Investment in manufacturing").first


def test_one_click_leads_to_what_nobody_could_check_each_with_its_reason(reader):
    reader.click(reader.page.locator("article").get_by_role("link", name="not checkable").first)
    rows = reader.page.locator("#ledger tbody tr:visible")
    expect(rows.first).to_be_visible()
    assert rows.count() == int(reader.page.get_by_role("status").inner_text().split()[0])
    said = rows.all_inner_texts()
    assert all("not checkable" in row for row in said)
    assert all("not seen on any page" in row or "no public measure" in row for row in said)
    assert reader.clicks == 1


def test_two_clicks_lead_to_the_data_behind_figure_1_with_unit_and_source(reader, tmp_path):
    reader.click(reader.page.locator("article").get_by_role("link", name="all figures"))
    heading = reader.page.get_by_role("heading", name="Figure 1 of the paper")
    figure = reader.page.locator("section").filter(has=heading).last
    with reader.page.expect_download() as saved:
        reader.click(figure.get_by_role("link", name="Data (CSV)"))
    saved.value.save_as(tmp_path / "figure-1.csv")
    row = next(csv.DictReader((tmp_path / "figure-1.csv").read_text(encoding="utf-8").splitlines()))
    assert (row["period"], row["value"]) == ("Jan\N{EN DASH}Sep 2017", "11.3")
    assert row["quantity and unit"].endswith("percent, real")
    assert row["source"].startswith("NBS")
    assert reader.clicks == 2


def test_three_clicks_copy_a_line_that_cites_the_verdict_with_its_date_and_version(reader):
    reader.click(finding(reader).get_by_role("link").first)
    section = reader.page.locator(f"section#{CLAIM}")
    reader.click(section.get_by_text("Cite or dispute it"))
    line = reader.read(section.locator(".cite-text"))
    reader.click(section.locator(".cite").get_by_role("button"))
    reader.page.wait_for_function("one => one.textContent === 'Copied' || String(getSelection()).length > 20",
                                  arg=section.locator(".cite").get_by_role("button").element_handle())
    assert all(part in line for part in ("contradicted", "Data up to 20", "version ", CLAIM))
    assert reader.clicks == 3


def test_three_clicks_lead_to_how_a_verdict_is_disputed_with_its_name_at_hand(reader):
    reader.click(finding(reader).get_by_role("link").first)
    section = reader.page.locator(f"section#{CLAIM}")
    reader.click(section.get_by_text("Cite or dispute it"))
    assert CLAIM in reader.read(section.locator("p.dispute"))
    reader.click(section.locator("p.dispute").get_by_role("link"))
    expect(reader.page.get_by_role("heading", name="dispute").first).to_be_visible()
    assert reader.clicks == 3
