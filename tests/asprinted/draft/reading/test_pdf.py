"""PDFs of every kind that papers come in: columns, broken words, running heads, footnotes, tables, pictures, hundreds of pages."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from asprinted.draft import structure
from asprinted.draft.reading import paper_file
from asprinted.draft.tokens import tokens
from forkmill.errors import InputError

pdfium = pytest.importorskip("pypdfium2")
WIDE, HIGH = 612, 792  # points of a page
BODY = ["Growth was 8.4 percent in the first of the two years, and it", "was less than 3 percent in the second. Nobody knows why.",
        "The rest of it stays as it was in all of these years."]
BIRDS = ["Skua", "Tern", "Petrel", "Gull", "Albatross", "Shag", "Fulmar"]


def pdf(path: Path, *pages: list[tuple[float, float, float, str]]) -> Path:
    """A PDF with texts at places: from the left, from the foot, size, text; bold where it begins with *."""
    with mpl.rc_context({"pdf.fonttype": 42, "font.family": "DejaVu Sans"}), PdfPages(path) as file:
        for texts in pages:
            figure = Figure(figsize=(WIDE / 72, HIGH / 72))
            for left, up, size, text in texts:
                weight = "bold" if text.startswith("*") else "normal"
                figure.text(left / WIDE, up / HIGH, text.lstrip("*"), fontsize=size, fontweight=weight)
            file.savefig(figure)
    return path


def column(left: float, top: float, lines: list[str], size: float = 10) -> list[tuple[float, float, float, str]]:
    return [(left, top - 12 * number, size, line) for number, line in enumerate(lines)]


def kinds(path: Path) -> list[tuple[str, str]]:
    return [(block.kind, block.text or " / ".join(map(" | ".join, block.rows))) for block in paper_file.read(path).blocks]


def test_two_columns_are_read_one_after_the_other_and_a_sentence_goes_on_over_the_gap(tmp_path):
    left = column(50, 700, ["Growth was 8.4 percent in", "this year, and it was less", "than 3 percent of all in"])
    right = column(330, 700, ["the second one. Nobody", "knows why that is so."])
    said = "Growth was 8.4 percent in this year, and it was less than 3 percent of all in the second one. Nobody knows why that is so."
    assert kinds(pdf(tmp_path / "a.pdf", left + right)) == [("paragraph", said)]


def test_broken_words_and_ligatures_are_mended(tmp_path):
    page = column(50, 700, ["We ﬁnd that the multiplica-", "tion of all of the penguins", "was 3.5 times that of 2019."])
    said = "We find that the multiplication of all of the penguins was 3.5 times that of 2019."
    assert kinds(pdf(tmp_path / "a.pdf", page)) == [("paragraph", said)]


def test_running_heads_and_page_numbers_are_no_part_of_the_text(tmp_path):
    said = [f"The {bird} was seen, and it was said of the {bird} that it is rare." for bird in BIRDS]
    pages = [[(50, 770, 8, f"Journal of Birds {number}"), *column(50, 700, [text]), (300, 20, 8, str(number))]
             for number, text in enumerate(said, 1)]
    assert [text for _, text in kinds(pdf(tmp_path / "a.pdf", *pages))] == said


def test_headings_footnotes_captions_and_tables_are_told_by_their_type_and_place(tmp_path):
    page = [(50, 740, 14, "2 Results of all this"), *column(50, 700, BODY),
            *column(50, 640, ["Table 1: Birds of two islands that were seen."]),
            (50, 622, 10, "Dream"), (200, 622, 10, "124"), (300, 622, 10, "36.1%"),
            (50, 610, 10, "Biscoe"), (200, 610, 10, "168"), (300, 610, 10, "48.8%"),
            *column(50, 570, BODY), (50, 60, 7, "1 Some birds were not seen at all.")]  # fmt: skip
    assert kinds(pdf(tmp_path / "a.pdf", page)) == [
        ("heading", "2 Results of all this"), ("paragraph", " ".join(BODY)), ("caption", "Birds of two islands that were seen."),
        ("table", "Dream | 124 | 36.1% / Biscoe | 168 | 48.8%"), ("paragraph", " ".join(BODY)),
        ("footnote", "1 Some birds were not seen at all."),
    ]  # fmt: skip


def test_a_table_that_is_a_picture_is_told(tmp_path):
    page = [*column(50, 700, BODY), *column(50, 640, ["Table 1: Birds of two islands that were seen."]), *column(50, 560, BODY)]
    assert "1 tables have a caption and no rows" in "".join(paper_file.read(pdf(tmp_path / "a.pdf", page)).unsure)


def test_a_pdf_without_text_says_so(tmp_path):
    with pytest.raises(InputError, match="holds no text") as error:
        paper_file.read(pdf(tmp_path / "a.pdf", [], []))
    assert "ocrmypdf" in error.value.do


def test_three_hundred_pages_are_read(tmp_path):
    names = [f"{first}{second.lower()}{third.lower()}" for first in BIRDS for second in BIRDS for third in BIRDS][:300]
    pages = [column(50, 700, [f"{name} has 8 birds on it. {name} is in the list.", f"On {name} are 30 more."]) for name in names]
    found = structure.places(paper_file.read(pdf(tmp_path / "a.pdf", *pages)).blocks)
    assert len([one for one in found if one.kind == "sentence"]) == 900
    assert sum(len(tokens(one.text)) for one in found) == 600


def test_without_a_reader_it_is_said_which_is_wanted(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(InputError, match=r"asprinted\[pdf\]"):
        paper_file.read(pdf(tmp_path / "a.pdf", column(50, 700, BODY)))
