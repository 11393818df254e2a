"""What is written into a table is never computed by the program that opens it."""

from __future__ import annotations

import pytest

from forkmill import writing


@pytest.mark.parametrize("cell", ["=1", "+x", "-x", "@x", "\t=1", "\r=1", "-1-1", "+1.2.3"])
def test_a_cell_that_a_spreadsheet_would_compute_is_made_harmless(cell):
    assert writing.harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "-4.4", "+0.3", "12", "a=b", "8.0"])
def test_a_plain_number_or_text_is_left_as_it_is(cell):
    assert writing.harmless(cell) == cell
