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
            *column(50, 570, BODY), (50, 60, 7, "1 Some birds were not seen at all.")]
    assert kinds(pdf(tmp_path / "a.pdf", page)) == [
        ("heading", "2 Results of all this"), ("paragraph", " ".join(BODY)), ("caption", "Birds of two islands that were seen."),
        ("table", "Dream | 124 | 36.1% / Biscoe | 168 | 48.8%"), ("paragraph", " ".join(BODY)),
        ("footnote", "1 Some birds were not seen at all."),
    ]


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


def test_the_raised_mark_of_a_note_is_no_part_of_the_number_before_it(tmp_path):
    page = column(50, 700, [r"It rises to 80% by age 70.$^{4}$ Seen by others as",
                            r"well (Low et al).$^{5}$ Nobody knows why, $R^{2}$ = .5."])
    found = structure.places(paper_file.read(pdf(tmp_path / "a.pdf", page)).blocks)
    assert [one.text for one in found] == ["It rises to 80% by age 70.⁴", "Seen by others as well (Low et al).⁵",
                                           "Nobody knows why, R² = .5."]
    assert [number.text for one in found for number in tokens(one.text)] == ["80", "70", ".5"]


def test_a_note_at_the_foot_parts_no_sentence_whatever_its_size(tmp_path):
    first = [*column(50, 700, [*BODY, "They were matched with"]), *column(50, 60, [r"$^{1}$ Some birds were not seen."])]
    second = column(50, 700, ["all of the 30 others of their kind."])
    assert kinds(pdf(tmp_path / "a.pdf", first, second)) == [
        ("paragraph", " ".join(BODY) + " They were matched with all of the 30 others of their kind."),
        ("footnote", "¹ Some birds were not seen."),
    ]


def test_a_table_of_contents_is_no_part_of_the_paper(tmp_path):
    led = ". " * 30
    first = [(50, 740, 14, "Contents"), *column(50, 700, ["1 Introduction  5", f"1.1 Birds {led}6", f"1.2 Nests {led}7", "2 Results  9"]),
             *column(50, 640, [f"2.1 More {led}10"])]
    second = [(50, 740, 14, "1 Introduction"), *column(50, 700, BODY)]
    path = pdf(tmp_path / "a.pdf", first, second)
    assert kinds(path) == [("heading", "1 Introduction"), ("paragraph", " ".join(BODY))]
    assert "A table of contents was left out." in paper_file.read(path).unsure


def test_where_sections_are_numbered_the_words_of_a_figure_are_no_headings_and_part_no_sentence(tmp_path):
    page = [(50, 750, 12, "*1 | Introduction"), *column(50, 730, BODY[:1]), (50, 640, 12, "*Sitting Upright"),
            *column(50, 600, BODY[1:]), (50, 540, 12, "*2 | Methods"), *column(50, 520, BODY), (50, 470, 12, "*3 | Results"),
            *column(50, 450, BODY)]
    found = structure.places(paper_file.read(pdf(tmp_path / "a.pdf", page)).blocks)
    assert [one.where for one in found if one.kind == "heading"] == ["1/title", "2/title", "3/title"]
    assert found[1].text == " ".join(BODY[:2]).partition(". ")[0] + "."


def test_a_caption_whose_label_is_in_capitals_needs_no_mark_behind_it(tmp_path):
    page = [*column(50, 700, [*BODY[:1]]), *column(50, 640, ["TABLE 2A  Means of all birds"]), *column(50, 580, BODY[1:])]
    assert kinds(pdf(tmp_path / "a.pdf", page))[1] == ("caption", "Means of all birds")


def test_the_bold_head_of_a_table_goes_with_its_rows(tmp_path):
    head = [(left, 622, 10, text) for left, text in ((50, "*Island"), (200, "*Birds"), (300, "*Share"))]
    rows = [(50, 610, 10, "Dream"), (200, 610, 10, "124"), (300, 610, 10, "36.1%"),
            (50, 598, 10, "Biscoe"), (200, 598, 10, "168"), (300, 598, 10, "48.8%")]
    page = [*column(50, 700, BODY), *column(50, 640, ["Table 1: Birds of two islands."]), *head, *rows]
    assert kinds(pdf(tmp_path / "a.pdf", page))[-1] == ("table", "Island | Birds | Share / Dream | 124 | 36.1% / Biscoe | 168 | 48.8%")


def test_a_sentence_goes_on_behind_a_table_in_smaller_type_between_its_columns(tmp_path):
    rows = [(330, 700, 10, "TABLE 2  Means of all birds"), (330, 680, 8, "Dream"), (400, 680, 8, "3.5"), (450, 680, 8, "3.6"),
            (330, 668, 8, "Biscoe"), (400, 668, 8, "4.5"), (450, 668, 8, "4.6")]
    page = [*column(50, 700, [*BODY, "All of it depends on how they"]), *rows, *column(330, 640, ["are expressed in 9 of the birds."])]
    found = kinds(pdf(tmp_path / "a.pdf", page))
    assert found[0][1].endswith("All of it depends on how they are expressed in 9 of the birds.")
    assert ("table", "Dream | 3.5 | 3.6 / Biscoe | 4.5 | 4.6") in found
