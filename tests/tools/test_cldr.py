"""What is known of languages is what the pinned babel has of the CLDR."""

from __future__ import annotations

import pytest

import cldr
from asprinted.numbers.written import notation


@pytest.mark.parametrize("path", cldr.MODULES, ids=lambda path: path.parent.name)
def test_a_module_is_what_babel_gives(path):
    assert path.read_text(encoding="utf-8") == cldr.MODULES[path](), "run: make -C tools cldr"


def test_no_locale_has_both_marks():
    points, commas = cldr.marks()["."], cldr.marks()[","]
    assert points
    assert not points & commas
    assert {notation.of(name).decimal for name in commas} == {","}
