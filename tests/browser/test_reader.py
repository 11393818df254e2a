"""A reader who has never seen the report wants to know of one number whether it holds, why, and where the official figure is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser_pages import Report
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


@pytest.fixture
def reader(browser, stored_build: Path) -> Iterator[Reader]:
    report = Report(browser, stored_build / "report")
    with report.page() as page:
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
