"""Other Pythons and libraries: what is compared, and what the page of the last comparison says."""

from __future__ import annotations

import other_versions
from checkout import ROOT

PAGE = (ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("|")]


def test_a_file_that_is_there_only_once_differs():
    assert other_versions.differing({"a": "1", "b": "2"}, {"a": "1"}) == ["b"]
    assert other_versions.differing({"a": "1"}, {"a": "1", "b": "2"}) == ["b"]


def test_a_file_with_other_bytes_differs_and_one_with_the_same_does_not():
    assert other_versions.differing({"a": "1", "b": "2"}, {"a": "1", "b": "3"}) == ["b"]
    assert other_versions.differing({"a": "1"}, {"a": "1"}) == []


def test_one_or_two_files_that_differ_are_named_and_more_are_counted():
    assert other_versions.said([], 9) == "same"
    assert other_versions.said(["x/a", "b"], 9) == "2 of 9 differ (a, b)"
    assert other_versions.said(["a", "b", "c"], 9) == "3 of 9 differ"


def test_the_page_shows_no_version_that_changes_a_verdict_or_the_data_of_a_figure():
    head, _, *rows = ROWS
    fixed = [name for name, _, may in other_versions.GROUPS if not may]
    assert fixed == ["verdicts", "figures' data"]
    assert [row[head.index(name)] for row in rows for name in fixed] == ["same"] * len(fixed) * len(rows)


def test_the_page_has_a_row_for_every_library_that_is_put_back_and_for_another_python():
    names = [row[0] for row in ROWS[2:]]
    assert names[0] == "this Python, the lock"
    assert set(other_versions.PUT_BACK) < set(names)
    assert any(name.startswith("Python 3.") for name in names)


def test_every_library_is_put_back_to_the_oldest_release_that_is_allowed():
    put_back = [other_versions.oldest(one) for packages in other_versions.PUT_BACK.values() for one in packages]
    dependencies = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for one in put_back:
        name, _, version = one.partition("==")
        assert name in other_versions.ELSEWHERE or f'"{name}>={version}"' in dependencies
