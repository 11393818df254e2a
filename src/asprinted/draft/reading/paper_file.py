"""The file of a paper, read by what it is: PDF, LaTeX, Markdown or plain text."""

from __future__ import annotations

import re
from pathlib import Path

from asprinted.draft import cues
from asprinted.draft.reading import latex, markdown, pdf, plain
from asprinted.draft.reading.blocks import Read
from forkmill import reading
from forkmill.errors import InputError

READERS = {".tex": latex.read, ".ltx": latex.read, ".md": markdown.read, ".markdown": markdown.read, ".rmd": markdown.read,
           ".qmd": markdown.read, ".txt": plain.read, ".text": plain.read, "": plain.read}
_ENGLISH = frozenset(cues.listed("small_words"))


def read(path: Path) -> Read:
    """The blocks of a paper, and what its reader was not sure of.

    Raises:
        InputError: the file is not there, of no kind that is read, or holds no text.
    """
    content = reading.content(path, str(path), "give the path of the paper")
    if content.startswith(b"%PDF"):
        found = pdf.read(path)
    elif path.suffix.lower() in READERS:
        found = READERS[path.suffix.lower()](decoded(content, path))
    else:
        raise InputError("the paper is of a kind that is not read", str(path), "a PDF, or .tex, .md, .Rmd, .qmd, .txt",
                         path.suffix or "other bytes", "save it as one of these")
    found_words = [word for block in found.blocks for word in re.findall(r"[^\W\d_]+", block.text.lower())]
    if not found_words:
        raise InputError("the paper holds no text", str(path), "sentences", "none", "look whether it is the right file")
    if sum(word in _ENGLISH for word in found_words) < len(found_words) / 8:
        found.unsure.insert(0, "The text is hardly English: sentences and digits were found, but number words, qualifiers and "
                               "most reasons for exemptions are known in English alone. Look at every exemption.")
    return found


def text(path: Path) -> str:
    """The text of a file, a line a line, as it is printed: for whoever looks for something in it. Raises as :func:`read`."""
    content = reading.content(path, str(path), "see that it is there")
    if content.startswith(b"%PDF"):
        return pdf.text(path)
    found, reader = decoded(content, path), READERS.get(path.suffix.lower())
    return latex.text(found) if reader is latex.read else markdown.text(found) if reader is markdown.read else found


def decoded(content: bytes, path: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark.

    Raises:
        InputError: it is no text in UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise InputError("this is no plain text", str(path), "plain text in UTF-8, or a PDF", "other bytes",
                         "save it as text in UTF-8, or as a PDF")
    return text
