"""The files of a figure, out of a notebook cell's output. Standard library only: a run draws nothing itself."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from forkmill.writing import csv_text, harmless

FIGURE_MIME = "application/vnd.audit.figure+json"
_PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")


def files(bundle: dict[str, Any]) -> dict[str, bytes]:
    """The files of a figure out of a cell's output: NAME.svg, NAME.png, NAME.csv and NAME.json (its texts).

    Each row of the CSV ends with where its figures come from: a table is read without the picture that it lay beside.

    Raises:
        KeyError: the output is not a figure.
    """
    record = bundle[FIGURE_MIME]
    found = _PNG.search(_joined(bundle["text/html"]))
    table = csv_text([[*map(harmless, record["columns"]), "source"],
                      *([*map(_cell, row), _cell(record["source"])] for row in record["rows"])])
    texts = {key: record[key] for key in ("name", "title", "alt", "source")}
    name = record["name"]
    picture = {f"{name}.png": base64.b64decode(found.group(1))} if found else {}
    return picture | {
        f"{name}.svg": _joined(bundle["image/svg+xml"]).encode("utf-8"),
        f"{name}.csv": table.encode("utf-8"),
        f"{name}.json": (json.dumps(texts, ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
    }


def _cell(value: Any) -> Any:
    return "" if value is None else harmless(value) if isinstance(value, str) else value


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def figure_fault(record: object) -> str | None:
    """Why ``record`` is no figure with its data, or None."""
    if not isinstance(record, dict):
        return "the stored figure is not a record"
    wrong = [name for name in ("name", "title", "alt", "source") if not isinstance(record.get(name), str)]
    columns, rows = record.get("columns"), record.get("rows")
    if not isinstance(columns, list) or not all(isinstance(one, str) for one in columns):
        wrong.append("columns")
    elif not isinstance(rows, list) or not all(
        isinstance(row, list) and len(row) == len(columns) and not any(isinstance(one, list | dict) for one in row)
        for row in rows
    ):
        wrong.append("rows")
    return "the stored figure has a wrong kind of " + ", ".join(wrong) if wrong else None
