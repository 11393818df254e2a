"""``statistics``: the tests that texts report, each with its p recomputed, and a line for each text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from asprinted.draft.reading.paper_file import READERS, text
from asprinted.statistics import in_text
from asprinted.verdicts.vocabulary import ACCUSING, SUPPORTING, UNJUDGED, VERDICTS
from asprinted.verdicts.words import many
from forkmill.errors import InputError, InputErrors

ENDINGS = {".pdf", *filter(None, READERS)}


def run(files: Iterable[Path], tails: int | None = None) -> tuple[str, int]:
    """The table of all files, a line for each of them, a sentence that counts, and the status: 1 where a statistic is inconsistent.

    Of a folder every text in it is read, and what cannot be read is named in its line.

    Raises:
        InputErrors: files that are not there, or neither plain text nor a PDF with text, all of them; a folder without a text.
    """
    found, faults, lines = [], [], []
    for path, listed in _texts(files):
        try:
            table = in_text(text(path), tails=tails)
        except InputError as error:
            if listed:
                lines.append((str(path), "not read", "", "", f"{error.what}: {error.got}"))
            else:
                faults.append(error)
            continue
        lines.append((str(path), *_counts(table)))
        table.insert(0, "file", str(path))
        found.append(table)
    if faults:
        raise InputErrors(faults)
    table = pd.concat(found, ignore_index=True) if found else in_text("")
    status = int(table["verdict"].isin(ACCUSING).any())
    counts = ", ".join(f"{number} {name}" for name in VERDICTS if (number := int((table["verdict"] == name).sum())))
    said = f"{many(len(table), 'statistic')} in {many(len(found), 'text')}"
    said += f": {counts or 'none in the form t(28) = 2.34, p = .027'} (exit {status})."
    shown = table.drop(columns=["statistic", "df", "value", "p stated"])  # these stand in the text
    each = pd.DataFrame(lines, columns=["file", "statistics", "fit", "flagged", "not checkable"])
    return "\n\n".join([*([_shown(shown)] if len(table) else []), *([_shown(each)] if len(each) > 1 else []), said]), status


def _texts(files: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """The files, and those of a folder that are texts by their names, in its order; whether a folder gave it."""
    for path in files:
        if not path.is_dir():
            yield path, False
            continue
        inside = [one for one in sorted(path.rglob("*")) if one.suffix.lower() in ENDINGS and one.is_file()]
        inside = [one for one in inside if not any(part.startswith(".") for part in one.relative_to(path).parts)]
        if not inside:
            raise InputError("the folder holds no text", str(path), f"files such as {', '.join(sorted(ENDINGS))}", "none",
                             "name the files")
        yield from ((one, True) for one in inside)


def _counts(table: pd.DataFrame) -> tuple[str, ...]:
    """How many statistics a text has, how many of them fit, are flagged, cannot be judged."""
    verdicts = list(table["verdict"])
    return tuple(map(str, (len(verdicts), *(sum(one in kinds for one in verdicts) for kinds in (SUPPORTING, ACCUSING, (UNJUDGED,))))))


def _shown(table: pd.DataFrame) -> str:
    return str(table.to_string(index=False, justify="left"))
