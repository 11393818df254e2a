"""``statistics``: the tests that texts report, each with its p recomputed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from asprinted.statistics import in_text
from asprinted.verdicts.vocabulary import ACCUSING, VERDICTS
from forkmill.errors import InputError, InputErrors


def run(files: Iterable[Path], tails: int | None = None) -> tuple[str, int]:
    """The table of all files with a sentence that counts, and the status: 1 where a statistic is inconsistent.

    Raises:
        InputErrors: files that are not there, or no plain text, all of them.
    """
    found, faults = [], []
    for path in files:
        try:
            table = in_text(_text(path), tails=tails)
            table.insert(0, "file", str(path))
            found.append(table)
        except InputError as error:
            faults.append(error)
    if faults:
        raise InputErrors(faults)
    table = pd.concat(found, ignore_index=True)
    status = int(table["verdict"].isin(ACCUSING).any())
    counts = ", ".join(f"{number} {name}" for name in VERDICTS if (number := int((table["verdict"] == name).sum())))
    said = f"{len(table)} statistics in {len(found)} text(s): {counts or 'none in the form t(28) = 2.34, p = .027'} (exit {status})."
    shown = table.drop(columns=["statistic", "df", "value", "p stated"])  # these stand in the text
    return (f"{shown.to_string(index=False, justify='left')}\n{said}" if len(table) else said), status


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        found = error.strerror or str(error)
        raise InputError("this file cannot be read", str(path), "a text file", found, "see that it is there") from None
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or text.startswith("%PDF"):
        raise InputError("this is no plain text", str(path), "plain text in UTF-8", "a PDF" if data.startswith(b"%PDF") else "other bytes",
                         "save it as text, a PDF for instance by pdftotext")
    return text
