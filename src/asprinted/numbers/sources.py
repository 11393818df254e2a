"""What a quantity rests on: the kinds of page and of data file, how it came about, and which sources are left out for the moment."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar

DATA_FILES = "data/files/"  # how the key of a data file begins among the rows of a quantity
DATA = ("authors' data", "data file")  # the paper's own first; they are at hand whole, so no page is needed for what they say
PAGES = ("official", "press", "mirror")  # where a published figure can have been seen, the best first
REPRINT = "seen in a reprint"  # in place of the address of a mirror that nobody can open
AS_PUBLISHED, RECOMPUTED, OF_DATA = "as published", "recomputed", "recomputed from data"  # how a quantity came about
# Sources (keys of the provenance, data files) that are left out for the moment: see asprinted.robustness.without_a_source.
EXCLUDED: ContextVar[frozenset[str]] = ContextVar("EXCLUDED", default=frozenset())


def is_strong(host: str, status: str, address: str) -> bool:
    """Whether what a page says can contradict: one of the office or of the press, or a verbatim reprint that can be opened.

    >>> is_strong("press", "RELAYED", "https://example.org"), is_strong("mirror", "VERIFIED", REPRINT)
    (True, False)
    """
    return host in PAGES[:2] or (status == "VERIFIED" and address != REPRINT)


def of_data(rows: Iterable[str]) -> list[str]:
    """Those of the rows that are data files.

    >>> of_data(["crops-2031", "data/files/penguins.csv"])
    ['data/files/penguins.csv']
    """
    return [row for row in rows if row.startswith(DATA_FILES)]
