"""The report that a run wrote, opened from disk as a reader opens it: wide and narrow, light and dark, by keyboard alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_pages import ONE_FILE, SCHEMES, SERIOUS, WIDTHS, Report, Seen, View

MOST = "contradicted"


@pytest.fixture(scope="module")
def report(browser, stored_build: Path) -> Iterator[Report]:
    return Report(browser, stored_build / "report")


@pytest.fixture(scope="module")
def records(report: Report) -> dict[str, dict]:
    claims = json.loads((report.folder / "verdicts.json").read_text(encoding="utf-8"))
    return {record["id"]: record for record in claims["claims"]}


def everywhere(report: Report, aspect: Callable[[Seen], Any]) -> dict[str, Any]:
    """What an aspect finds on each page, pages without a finding left out."""
    found = {name: aspect(report.seen(name)) for name in report.names}
    return {name: one for name, one in found.items() if one}


def serious(report: Report, names: list[str], view: View, thin: bool = True) -> dict[str, list]:
    """What axe finds that keeps somebody from reading; the one file repeats the others' content and is left out."""
    found = {name: report.violations(name, view, thin) for name in names if name != ONE_FILE}
    return {name: bad for name, all in found.items() if (bad := [one for one in all if one[0] in SERIOUS])}


def rows(page) -> list[str]:
    """Ids of the rows of the ledger that are shown, in order."""
    return page.evaluate("() => [...document.querySelectorAll('#ledger tbody tr')].filter(r => r.checkVisibility()).map(r => r.id)")


def test_no_page_asks_for_anything_outside_the_report(report):
    assert everywhere(report, lambda seen: report.outside(seen.requests)) == {}


def test_no_page_logs_an_error(report):
    assert everywhere(report, lambda seen: seen.errors) == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window_or_cuts_text_off(report, width):
    assert everywhere(report, lambda seen: seen.cut[width]) == {}


@pytest.mark.parametrize("view", [("desk", "light"), ("phone", "dark")], ids=", ".join)
def test_axe_finds_nothing_serious_on_a_page_of_each_kind(report, view):
    assert serious(report, report.kinds(), view) == {}


@pytest.mark.slow
def test_axe_finds_nothing_serious_on_any_page(report):
    assert serious(report, report.names, ("desk", "light"), thin=False) == {}


def test_every_figure_says_what_it_shows(report):
    def silent(seen: Seen) -> list:
        return [figure for figure, text, hidden in seen.figures
                if not hidden and (not (text or "").strip() or re.search(r"\.(png|svg|jpe?g)$", text))]

    assert everywhere(report, silent) == {}
    shown = [figure for name in report.names for figure, _, hidden in report.seen(name).figures if not hidden]
    assert len(shown) > 10


def test_every_link_inside_the_report_leads_somewhere(report):
    assert {name: broken for name in report.names if (broken := report.broken(name))} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_dark_is_dark_and_light_is_light(report, scheme):
    def brightness(seen: Seen) -> float:
        return sum(map(float, re.findall(r"[\d.]+", seen.background[scheme])[:3])) / 3

    wrong = (lambda seen: brightness(seen) > 80) if scheme == "dark" else (lambda seen: brightness(seen) < 200)
    assert everywhere(report, wrong) == {}


def test_the_ledger_shows_every_claim_at_first(report, records):
    with report.page() as page:
        page.goto(report.address("ledger.html"))
        assert set(rows(page)) == set(records)


def test_a_filter_of_the_ledger_leaves_the_claims_it_names_and_says_how_many(report, records):
    expected = [id for id, record in records.items() if record["verdict"] == MOST]
    with report.page() as page:
        page.goto(report.address("ledger.html"))
        page.get_by_label("Verdict").select_option(MOST)
        assert rows(page) == expected
        assert page.get_by_role("status").inner_text().startswith(f"{len(expected)} of {len(records)}")
        page.goto(page.url)  # the choice is in the address, so that it can be handed on
        assert rows(page) == expected


def test_the_search_of_the_ledger_finds_a_claim_by_its_words(report, records):
    claim, record = next(iter(records.items()))
    with report.page() as page:
        page.goto(report.address("ledger.html"))
        page.locator("#ledger-filters").get_by_label("Search").fill(record["quantity"].upper())
        assert claim in rows(page)
        assert len(rows(page)) < len(records)
        page.locator("#ledger-filters").get_by_label("Search").fill("no claim says this")
        assert rows(page) == []


def test_a_column_of_the_ledger_is_sorted_by_keyboard_up_and_down(report, records):
    with report.page() as page:
        page.goto(report.address("ledger.html"))
        before = rows(page)
        button = page.locator("#ledger thead").get_by_role("button", name="claim", exact=True)
        button.focus()
        page.keyboard.press("Enter")
        up = rows(page)
        assert up == sorted(records, key=lambda id: records[id]["quantity"].lower())
        assert up != before
        assert page.locator("#ledger th[aria-sort=ascending]").inner_text() == "claim"
        page.keyboard.press("Enter")
        assert rows(page) == up[::-1]
        assert page.locator("#ledger th[aria-sort=descending]").count() == 1


def test_a_link_to_a_claim_shows_its_row_even_where_a_filter_would_hide_it(report, records):
    claim = [id for id, record in records.items() if record["verdict"] != MOST][-1]
    with report.page() as page:
        for query in ("", f"?verdict={MOST}"):
            page.goto(report.address(f"ledger.html{query}#{claim}"))
            page.wait_for_function("id => document.getElementById(id).checkVisibility()", arg=claim)
            assert claim in rows(page)


def test_a_link_to_a_claims_section_brings_it_into_view(report, records):
    with report.page() as page:
        for claim in list(records)[:: len(records) // 4]:
            page.goto(report.address(f"claims.html#{claim}"))
            page.wait_for_function(
                "id => { const top = document.getElementById(id).getBoundingClientRect().top;"
                " return top > -5 && top < innerHeight; }", arg=claim
            )
            page.goto("about:blank")


def test_one_button_shows_and_hides_the_code_of_all_cells_of_an_article(report):
    with report.page() as page:
        page.goto(report.address(next(name for name in report.names if name.startswith("notebooks/"))))
        cells = page.locator("details.above-input")
        assert page.locator("details.above-input[open]").count() == 0 < cells.count()
        page.get_by_role("button", name="Show all code").press("Enter")
        assert page.locator("details.above-input[open]").count() == cells.count()
        page.get_by_role("button", name="Hide all code").press("Enter")
        assert page.locator("details.above-input[open]").count() == 0


@pytest.mark.parametrize("asked", ["9.3", "240,000", "240000", "chips", "semiconductor", "Bureau", "high-tech", "high tech manufacturing"])
def test_the_search_of_the_site_finds_numbers_and_words_from_disk_by_keyboard(report, asked):
    with report.page() as page:
        page.goto(report.address("index.html"))
        page.locator(".audit-search input").fill(asked)
        page.keyboard.press("Enter")
        link = page.locator("#search-results a").first
        link.wait_for()
        assert page.locator("#site-search input").input_value() == asked
        if asked != "Bureau":  # an office is a source, and stands in few claims
            assert page.locator("#search-results h2").first.inner_text().startswith("Claims")
        link.press("Enter")
        page.wait_for_url("**#**")


def test_a_number_is_found_whole(report):
    with report.page() as page:
        page.goto(report.address("search.html?q=9.3"))
        titles = page.locator("#search-results section").first.locator("li").all_inner_texts()
        assert titles
        assert all(re.search(r"(?<![\d.])9\.3(?!\d)", text) for text in titles)
        page.goto(report.address("search.html?q=9.3+zyxwv"))
        assert page.get_by_role("status").inner_text().startswith("Nothing found")


def test_a_line_to_cite_can_be_copied_from_disk(report, records):
    claim = next(iter(records))
    with report.page() as page:
        page.goto(report.address(f"claims.html#{claim}"))
        page.locator(f"section#{claim}").get_by_text("Cite or dispute it").press("Enter")
        button = page.locator(f"section#{claim} .cite button")
        button.press("Enter")
        page.wait_for_function("one => one.textContent === 'Copied' || String(getSelection()).length > 20", arg=button.element_handle())


def test_the_summary_prints_on_two_pages(report):
    with report.page() as page:
        page.goto(report.address("summary.html"))
        printed = page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2


def test_the_heading_row_of_the_ledger_is_words_alone_while_it_is_printed_so_that_every_sheet_repeats_it(report):
    with report.page() as page:
        page.goto(report.address("ledger.html"))
        buttons = page.locator("#ledger thead button")
        assert buttons.count() == 6
        page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        assert buttons.count() == 0
        assert page.locator("#ledger thead th").first.inner_text() == "verdict"
        page.evaluate("() => dispatchEvent(new Event('afterprint'))")
        assert buttons.count() == 6


@pytest.mark.parametrize("name", ["index.html", "ledger.html"])
def test_the_keyboard_alone_reaches_everything(report, name):
    with report.page() as page:
        page.goto(report.address(name))
        wanted = page.evaluate(
            "() => { const all = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]"
            ".filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}));"
            " window.unreached = new Set(all);"
            " document.addEventListener('focusin', event => window.unreached.delete(event.target)); return all.length; }"
        )
        assert wanted > 10
        for _ in range(wanted + 10):
            page.keyboard.press("Tab")
        missed = page.evaluate("() => [...window.unreached].filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 120))")
        assert missed == []


def test_the_single_file_shows_every_verdict_without_scripts(report, records):
    with report.page("phone", java_script_enabled=False) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(report.address("whole-report.html"))
        text = page.locator("body").inner_text()
        assert [id for id, record in records.items() if record["quantity"][1:] not in text] == []
        assert [url for url in asked if not url.startswith(("data:", report.address("whole-report.html")))] == []
