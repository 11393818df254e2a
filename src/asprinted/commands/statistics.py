"""``statistics``: the tests that texts report, each with its p recomputed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from asprinted.draft.reading.paper_file import text
from asprinted.statistics import in_text
from asprinted.verdicts.vocabulary import ACCUSING, VERDICTS
from asprinted.verdicts.words import many
from forkmill.errors import InputError, InputErrors


def run(files: Iterable[Path], tails: int | None = None) -> tuple[str, int]:
    """The table of all files with a sentence that counts, and the status: 1 where a statistic is inconsistent.

    Raises:
        InputErrors: files that are not there, or neither plain text nor a PDF with text, all of them.
    """
    found, faults = [], []
    for path in files:
        try:
            table = in_text(text(path), tails=tails)
            table.insert(0, "file", str(path))
            found.append(table)
        except InputError as error:
            faults.append(error)
    if faults:
        raise InputErrors(faults)
    table = pd.concat(found, ignore_index=True)
    status = int(table["verdict"].isin(ACCUSING).any())
    counts = ", ".join(f"{number} {name}" for name in VERDICTS if (number := int((table["verdict"] == name).sum())))
    said = f"{many(len(table), 'statistic')} in {many(len(found), 'text')}"
    said += f": {counts or 'none in the form t(28) = 2.34, p = .027'} (exit {status})."
    shown = table.drop(columns=["statistic", "df", "value", "p stated"])  # these stand in the text
    return (f"{shown.to_string(index=False, justify='left')}\n{said}" if len(table) else said), status
