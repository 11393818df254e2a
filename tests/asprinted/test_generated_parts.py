"""Generated parts of a page: what stands between their markers is made anew, and nothing else is touched."""

from __future__ import annotations

import pytest

from asprinted import generated_parts
from forkmill.errors import InputError

PAGE = """# A page

By hand, before.

<!-- one: generated, see `make it` -->
old
<!-- /one -->

By hand, between, with a \\1 and a $.

<!-- two: generated, see `make it` -->
<!-- /two -->

By hand, after.
"""


def replaced(page: str = PAGE, **parts: str) -> str:
    return generated_parts.replaced(page, parts, "README.md", "make it")


def test_a_part_is_made_anew_and_what_is_written_around_it_stays():
    assert replaced(one="new") == PAGE.replace("\nold\n", "\nnew\n")


def test_an_empty_part_is_filled_and_several_are_made_at_once():
    page = replaced(one="new", two="| a |\n|---|\n")
    assert page == PAGE.replace("\nold\n", "\nnew\n").replace("<!-- /two -->", "| a |\n|---|\n<!-- /two -->")


def test_making_a_part_twice_is_making_it_once():
    once = replaced(one="\n\nnew\n\n", two="other")
    assert replaced(once, one="\n\nnew\n\n", two="other") == once


@pytest.mark.parametrize("content", [r"a \1 and \g<2>", "a $ and a {brace}", "<!-- a comment -->", "增长"])
def test_what_is_put_in_is_taken_letter_by_letter(content):
    assert f"\n{content}\n<!-- /one -->" in replaced(one=content)


@pytest.mark.parametrize("lost", ["<!-- one: generated, see `make it` -->", "<!-- /one -->"])
def test_a_marker_that_is_missing_is_an_error_that_says_how_the_pair_looks(lost):
    with pytest.raises(InputError) as caught:
        replaced(PAGE.replace(lost, ""), one="new")
    assert (caught.value.what, caught.value.where) == ("a marker is missing", "README.md")
    assert caught.value.expected == "<!-- one: generated, see `make it` --> ... <!-- /one -->"


def test_the_markers_of_another_command_are_none_of_ours():
    with pytest.raises(InputError, match="a marker is missing"):
        generated_parts.replaced(PAGE, {"one": "new"}, "README.md", "make something else")


def test_a_file_is_written_only_where_something_changed(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    assert generated_parts.put(path, "one", "new", "make it") is True
    assert path.read_text(encoding="utf-8") == PAGE.replace("\nold\n", "\nnew\n")
    before = path.stat().st_mtime_ns
    assert generated_parts.put(path, "one", "new", "make it") is False
    assert path.stat().st_mtime_ns == before


def test_a_file_that_is_not_there_has_no_markers(tmp_path):
    with pytest.raises(InputError, match=r"docs/page\.md: a marker is missing"):
        generated_parts.put(tmp_path / "page.md", "one", "new", "make it")
