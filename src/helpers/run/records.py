"""The form of what a notebook's outputs carry: verdict records and figures, which a stranger may have written."""

from __future__ import annotations

from typing import Any

from helpers.verdict import VERDICTS

FIELDS = (
    "id",
    "where",
    "section",
    "kind",
    "quantity",
    "stated",
    "unit",
    "qualifier",
    "verdict",
    "reason",
    "how",
    "computed",
    "corrected",
    "margin",
    "only_by",
    "readings",
    "with",
    "wanted",
    "convention",
    "vintage",
    "evidence",
    "sources",
    "error",
    "turns",
    "could_fail",
    "faithful",
)
LISTS = ("only_by", "with", "wanted", "sources", "turns")
MAYBE = ("corrected", "margin")
PAIRS = {"computed": ("low", "high"), "error": ("relative", "units")}


def record_fault(record: object) -> str | None:
    """Why ``record`` is no verdict record, or None."""
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        return "the stored verdict is not a record with an id"
    missing = [name for name in FIELDS if name not in record]
    if missing:
        return f"the verdict of {record['id']} lacks " + ", ".join(missing)
    if record["verdict"] not in VERDICTS:
        return f"the verdict of {record['id']} is unknown: {record['verdict']}"
    wrong = [name for name in FIELDS if not _fits(name, record[name])]
    return f"the verdict of {record['id']} has a wrong kind of " + ", ".join(wrong) if wrong else None


def _fits(name: str, value: Any) -> bool:
    if name in PAIRS:
        return value is None or (
            isinstance(value, dict) and set(value) == set(PAIRS[name]) and all(map(_maybe_text, value.values()))
        )
    if name == "readings":
        return isinstance(value, list) and all(
            isinstance(one, dict) and isinstance(one.get("name"), str) and one.get("verdict") in VERDICTS for one in value
        )
    if name == "could_fail":
        return isinstance(value, bool)
    if name == "faithful":
        return value is None or (isinstance(value, dict) and isinstance(value.get("status"), str))
    if name in LISTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return _maybe_text(value) if name in MAYBE else isinstance(value, str)


def _maybe_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


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
