"""What each reader makes of a paper: the same blocks, whatever the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from asprinted.draft.reading import latex, markdown, paper_file, plain
from forkmill.errors import InputError

MARKDOWN = """\
---
title: On penguins
abstract: We weighed 344 of them.
---

# Growth

It *rose* by `r format(8.40, nsmall = 2)` percent [@smith2019, p. 3], see @fig-one.[^1]

[^1]: Or by 8.

| island | birds |
|--------|------:|
| Dream  | 124   |

: Birds of an island.

![Weights in kg.](weights.png){#fig-one}

```python
print(3)
```

# References

Smith 2019.
"""
LATEX = r"""
\documentclass{article}
\title{On penguins}
\begin{document}
\maketitle
\begin{abstract}We weighed 344 of them.\end{abstract}
\section{Growth} % not this
It \emph{rose} by 8.40\,\% \citep[p.~3]{smith}, see Figure~\ref{fig:one}.\footnote{Or by 8.}
\begin{table}\caption{Birds of an island.}\label{tab:a}
\begin{tabular}{lr}\toprule island & birds \\ \midrule Dream & 124 \\ \end{tabular}\end{table}
\begin{figure}\includegraphics{weights}\caption{Weights in kg.}\label{fig:one}\end{figure}
\begin{verbatim}print(3)\end{verbatim}
\begin{thebibliography}{9}\bibitem{smith} Smith 2019.\end{thebibliography}
\end{document}
"""


def kinds(read) -> list[tuple[str, str]]:
    return [(block.kind, block.text or " | ".join(map(" ".join, block.rows))) for block in read.blocks]


def test_markdown_gives_its_headings_paragraphs_notes_tables_captions_and_references():
    assert kinds(markdown.read(MARKDOWN)) == [
        ("paragraph", "On penguins"), ("heading", "Abstract"), ("paragraph", "We weighed 344 of them."), ("heading", "Growth"),
        ("paragraph", "It rose by 8.40 percent, see Figure."), ("table", "island birds | Dream 124"), ("caption", "Birds of an island."),
        ("caption", "Weights in kg."), ("heading", "References"), ("reference", "Smith 2019."), ("reference", "Or by 8."),
    ]


def test_latex_gives_the_same_with_the_number_of_a_figure_in_the_place_of_its_label():
    assert kinds(latex.read(LATEX)) == [
        ("paragraph", "On penguins"), ("heading", "Abstract"), ("paragraph", "We weighed 344 of them."), ("heading", "Growth"),
        ("paragraph", "It rose by 8.40 %, see Figure 1."), ("footnote", "Or by 8."), ("caption", "Birds of an island."),
        ("table", "island birds | Dream 124"), ("caption", "Weights in kg."), ("heading", "References"), ("reference", "Smith 2019."),
    ]


@pytest.mark.parametrize(("read", "text", "said"), [
    (markdown.read, "A `r nrow(x)` of them.", "A number is computed by the source, 'r nrow(x)'"),
    (markdown.read, "```{r}\nplot(x)\n```\n", "1 pieces of code are run by the source"),
    (markdown.read, "```python\nx = 1\n```\n", "A block of code was left out"),
    (latex.read, r"\begin{equation}x = 3\end{equation}", "1 of equation were left out"),
])
def test_what_is_left_out_is_told(read, text, said):
    assert any(said in one for one in read(text).unsure)


@pytest.mark.parametrize(("text", "read"), [
    ("multi-\nmetric is multi-\nmetric here", "multimetric is multimetric here"),
    ("a multi-metric way; multi-\nmetric", "a multi-metric way; multi-metric"),
    ("from 2007 to\n2009", "from 2007 to 2009"), ("It was 5\nand 2009", "It was 5 and 2009"),
    ("the ﬁrst of\nﬁve", "the first of five"), ("non-\nEnglish", "non-English"),
])
def test_lines_are_joined_and_broken_words_mended_as_the_text_has_them_elsewhere(text, read):
    assert [block.text for block in plain.read(text).blocks] == [read]


def test_a_heading_of_plain_text_is_told_by_its_number_its_underline_or_its_name():
    text = "Results\n\nSome words.\n\n2.1 Of birds\n\nMore words.\n\nA title\n=======\n\nLast words."
    assert [block.level for block in plain.read(text).blocks if block.kind == "heading"] == [1, 2, 1]


def test_a_number_that_begins_a_paragraph_makes_no_heading_of_it():
    text = "344 penguins were weighed on three islands by us."
    assert kinds(plain.read(text)) == [("paragraph", text)]


def test_numbers_without_a_word_are_left_out_and_told():
    read = plain.read("0 20 40\n60 80\n\nWords.")
    assert kinds(read) == [("paragraph", "Words.")]
    assert "1 pieces that hold numbers and no word" in read.unsure[0]


@pytest.mark.parametrize(("name", "content", "found"), [
    ("paper.docx", b"PK\x03\x04", ".docx"), ("paper.txt", b"\xff\xfe\x00", "other bytes"), ("paper.txt", b" \n", "none"),
    ("paper.pdf", b"%PDF-1.7\n", "a PDF"),
])
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, name, content, found):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as error:
        paper_file.read(tmp_path / name)
    assert error.value.got.startswith(found)


def test_a_text_in_another_language_is_read_and_said_to_be_guessed_at_badly(tmp_path: Path):
    (tmp_path / "a.txt").write_text("增长8.4%。下降6.5%。" * 20, encoding="utf-8")
    read = paper_file.read(tmp_path / "a.txt")
    assert "hardly English" in read.unsure[0]


def test_a_folder_or_nothing_in_the_place_of_a_paper_is_said(tmp_path: Path):
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(InputError):
            paper_file.read(path)
