"""The Markdown pages name what is there."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path

import pytest

from checkout import ROOT

PLACES = ("src", "tests", "tools", "requirements", "notebooks", "examples")
PAGES = sorted([*ROOT.glob("*.md"), *(path for name in ("docs", "src", "data", "examples") for path in (ROOT / name).rglob("*.md"))])
FILES = [path.relative_to(ROOT).as_posix() for name in PLACES for path in (ROOT / name).rglob("*.py")]
PLACEHOLDER = re.compile(r"(^|/|_)[A-Z]+(/|\.py$)")  # such as src/X/Y.py
SAYING_WHERE = re.compile(r"`(\w+)` in `([\w./-]+\.py)`")


def found(name: str) -> list[Path]:
    """Files that may be meant by a name, which may leave out folders before it, or hold an asterisk."""
    return [ROOT / path for path in FILES if fnmatch.fnmatch(f"/{path}", f"*/{name}")]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_file_of_code_that_a_page_names_is_there(page):
    text = re.sub(r"(?s)<!-- peers: generated.*?<!-- /peers -->", "", page.read_text(encoding="utf-8"))  # files of other projects
    names = re.findall(r"[\w./*-]+\.py\b", text)
    assert sorted({name for name in names if not PLACEHOLDER.search(name) and not found(re.sub(r"^[./]+", "", name))}) == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_what_a_page_says_is_in_a_file_is_in_it(page):
    said = SAYING_WHERE.findall(page.read_text(encoding="utf-8"))
    assert [f"{what} in {name}" for what, name in said
            if not any(re.search(rf"\b{what}\b", path.read_text(encoding="utf-8")) for path in found(name))] == []


def test_some_pages_say_where_something_is():
    assert any(SAYING_WHERE.search(page.read_text(encoding="utf-8")) for page in PAGES)
