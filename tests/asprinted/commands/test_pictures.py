"""The pictures of README.md are those of the committed notebooks, and say in words what they show."""

from __future__ import annotations

import re
import shutil

import pytest

from asprinted.commands import pictures
from checkout import ROOT
from forkmill.errors import InputError


def test_the_pictures_of_the_readme_are_current():
    for path, content in pictures.pictures(ROOT).items():
        assert (ROOT / path).read_bytes() == content, "run: make readme"


def test_the_readme_shows_its_pictures_with_words_in_their_place():
    shown = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    shown = [(words, path) for words, path in shown if not path.startswith("docs/badges/")]
    assert {path for _, path in shown} == {path.as_posix() for path in pictures.pictures(ROOT)} | {"docs/report.png"}
    assert [path for words, path in shown if len(words) < 20] == []


def test_a_picture_without_its_figure_is_named(tmp_path):
    (tmp_path / "notebooks").mkdir()
    shutil.copyfile(ROOT / "README.md", tmp_path / "README.md")
    shutil.copyfile(ROOT / "notebooks" / "05_conclusions.ipynb", tmp_path / "notebooks" / "05_conclusions.ipynb")
    with pytest.raises(InputError, match="has no figure"):
        pictures.pictures(tmp_path)
