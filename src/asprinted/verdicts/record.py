"""The form of a verdict record, once: its fields in the order in which a reader meets them, what each may hold, and the
files made of many. Standard library alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from asprinted.numbers.dates.days import Days
from asprinted.numbers.interval import Interval, decimal_text
from asprinted.verdicts.vocabulary import GROUPS, NOT_JUDGED, VERDICTS, group
from forkmill.writing import csv_text, harmless

if TYPE_CHECKING:
    from asprinted.verdicts.rules import Outcome

VERDICT_MIME = "application/vnd.audit.verdict+json"
Record = dict[str, Any]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _maybe_text(value: Any) -> bool:
    return value is None or _text(value)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _readings(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and _text(one.get("name")) and one.get("verdict") in VERDICTS for one in value)


def _parts(value: Any) -> bool:
    return _readings(value) and all(_text(one.get("stated")) and _text(one.get("unit")) for one in value)


def _pair(*names: str) -> Callable[[Any], bool]:
    return lambda value: value is None or (
        isinstance(value, dict) and set(value) == set(names) and all(map(_maybe_text, value.values())))


class Field(NamedTuple):
    """A field of a record: ``holds`` says whether a value is of its kind, ``example`` shows one; ``parts`` are the columns
    that a table makes of it; one that is not ``always`` there is left out where there is nothing to say."""

    name: str
    holds: Callable[[Any], bool]
    meaning: str
    example: Any
    always: bool = True
    parts: tuple[str, ...] = ()


FIELDS = (
    Field("id", _text, "the claim", "output-2019"),
    Field("where", _text, "its place in the paper: section/paragraph/sentence", "2.1/1/1"),
    Field("section", _text, "the section that it belongs to", "2.1"),
    Field("kind", _text, "number, count, date, order, extreme, direction, trend, fact or identity", "number"),
    Field("quantity", _text, "what it is a claim about", "growth of output"),
    Field("stated", _text, "the digits or the date as printed; empty where the claim is neither", "8.4"),
    Field("unit", _text, "their unit", "percent"),
    Field("qualifier", _text, "exact, or the word before them", "exact"),
    Field("verdict", lambda value: value in (*VERDICTS, NOT_JUDGED), "one of the seven, or that it is not judged yet", "reproduced"),
    Field("reason", _text, "why, in a sentence", "as published, digit for digit"),
    Field("how", _text, "as published, recomputed, recomputed from data, internal to the paper, or nothing", "as published"),
    Field("computed", _pair("low", "high"), "the values that the figures allow, exact decimals or fractions; of a date first and last day",
          {"low": "8.4", "high": "8.4"}, parts=("low", "high")),
    Field("digits", _text, "what the printed digits of the figures give, their rounding left out", "8.4", always=False),
    Field("corrected", _maybe_text, "what it would print as, where it is accused", None),
    Field("margin", _maybe_text, "smallest shift that changes the verdict, in units of the last printed place; in days of a date", "0.4"),
    Field("only_by", _texts, "choices without which it would not hold", []),
    Field("readings", _readings, "each reading of the sentence with its own verdict", []),
    Field("parts", _parts, "of a statement of several numbers each: its name, text and unit, and what became of it", [], always=False),
    Field("with", _texts, "statements of the paper and figures that it was held against", []),
    Field("wanted", _texts, "what was not seen, by its key", []),
    Field("convention", _text, "how the paper is taken to have shortened its numbers", "half up"),
    Field("vintage", _text, "first publication or latest revision", "first"),
    Field("evidence", _text, "the weakest evidence that it rests on", "official"),
    Field("sources", _texts, "keys of the rows of data/official, and data files, each as a whole", ["output-2019-yearbook"]),
    Field("error", _pair("relative", "units"), "stated less computed, relative and in units of the last place", None,
          parts=("relative", "units")),
    Field("turns", _texts, "conclusions of the paper that rest on it", []),
    Field("could_fail", lambda value: isinstance(value, bool),
          "whether any wrong number at all, or the contrary of the words, would have been noticed", True),
    Field("faithful", lambda value: value is None or (isinstance(value, dict) and _text(value.get("status"))),
          "whether the work that the paper cites prints the same", None),
    Field("settles", _texts, "what would settle it, in words", [], always=False),
    Field("pages", lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
          "where its rows were seen: publisher, title, date, address and kind of host of each page", [], always=False),
    Field("note", _text, "what a reader should know beside the verdict", "", always=False),
    Field("power", lambda value: value is None or (isinstance(value, dict) and all(
        isinstance(value.get(name), int) for name in ("noticed", "tried"))), "of so many wrong digits, how many are noticed",
          {"noticed": 26, "tried": 26}, always=False),
    Field("holds_under", lambda value: isinstance(value, dict), "under which listed choices the verdict is the same",
          {"rounding": ["half up"], "vintage": ["first"], "not": []}, always=False),
    Field("replies", lambda value: isinstance(value, list), "answers of those concerned", [], always=False),
    Field("table", lambda value: isinstance(value, dict) and set(value) == {"id", "row", "column"} and all(map(_text, value.values())),
          "of a cell of a printed table: its table, row and column", {"id": "table-2", "row": "Adelie", "column": "mean"}, always=False),
    Field("notebook", _text, "the notebook that judges it", "02_output", always=False),
    Field("cell", _text, "the id of its cell", "output-2019", always=False),
)
ALWAYS = tuple(field.name for field in FIELDS if field.always)
COLUMNS = tuple(field.name for field in FIELDS)
_BY_NAME = {field.name: field for field in FIELDS}
# Notebook files are saved with sorted keys; a reader of verdicts.json gets the order of the sentence back.
_INNER = ("name", "low", "high", "verdict", "reason", "relative", "units", "publisher", "title", "published", "address", "host",
          "rounding", "vintage", "not", *ALWAYS)


def record_fault(record: object) -> str | None:
    """Why ``record`` is no verdict record, or None."""
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        return "the stored verdict is not a record with an id"
    missing = [name for name in ALWAYS if name not in record]
    if missing:
        return f"the verdict of {record['id']} lacks " + ", ".join(missing)
    if record["verdict"] not in (*VERDICTS, NOT_JUDGED):
        return f"the verdict of {record['id']} is unknown: {record['verdict']}"
    wrong = [name for name, value in record.items() if name in _BY_NAME and not _BY_NAME[name].holds(value)]
    return f"the verdict of {record['id']} has a wrong kind of " + ", ".join(wrong) if wrong else None


def of_outcome(outcome: Outcome) -> dict[str, Any]:
    """The fields of a record that say what became of a claim, or of one of its readings."""
    return {
        "verdict": outcome.verdict, "reason": outcome.reason, "how": outcome.how, "computed": _bounds(outcome.computed),
        **({} if outcome.digits is None else {"digits": decimal_text(outcome.digits, 12)}),
        "corrected": outcome.corrected, "margin": _decimal(outcome.margin), "only_by": list(outcome.only_by),
        "with": list(outcome.against), "wanted": list(outcome.wanted), "evidence": outcome.evidence,
        "sources": list(outcome.rows),
        "error": None if outcome.error is None
        else {"relative": _decimal(outcome.error[0]), "units": _decimal(outcome.error[1])},
    }


def _bounds(interval: Interval | None) -> dict[str, str | None] | None:
    """Bounds as decimal strings: exact where the decimal ends, else rounded outwards in the twelfth decimal; days as 2018-11-07."""
    if interval is None:
        return None
    if isinstance(interval, Days):
        return dict(zip(("low", "high"), (None if end is None else end.isoformat() for end in interval.ends), strict=True))
    return {"low": None if interval.low is None else decimal_text(interval.low, up=False),
            "high": None if interval.high is None else decimal_text(interval.high, up=True)}


def _decimal(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value, 4)


def ordered(record: Mapping[str, Any]) -> Record:
    """A record with its fields, and those inside them, in the order of :data:`FIELDS`; unknown ones last, by name."""
    order = {name: place for place, name in enumerate(COLUMNS)}
    return {name: _inner(record[name]) for name in sorted(record, key=lambda name: (order.get(name, 999), name))}


def _inner(value: Any) -> Any:
    if isinstance(value, list):
        return [_inner(one) for one in value]
    if isinstance(value, dict):
        place = {name: number for number, name in reversed(list(enumerate(_INNER)))}
        return {key: _inner(value[key]) for key in sorted(value, key=lambda key: (place.get(key, 999), key))}
    return value


def judged(record: Mapping[str, Any]) -> bool:
    """Whether a record holds a verdict: one of a claim that is not judged yet holds none, and counts nowhere among them."""
    return bool(record["verdict"] != NOT_JUDGED)


def telling(record: Mapping[str, Any]) -> bool:
    """Whether a check that agrees tells something: it would more likely than not have accused a wrong statement in its place.

    Of a number: more than half of those that differ from it in a single digit; of words: their contrary.

    >>> [telling({"power": {"noticed": noticed, "tried": 17}, "could_fail": True}) for noticed in (9, 8)]
    [True, False]
    >>> telling({"power": None, "could_fail": True})
    True
    """
    power = record.get("power")
    return bool(2 * power["noticed"] > power["tried"] if power else record["could_fail"])


def summary(found: Iterable[Record]) -> dict[str, int]:
    """How many claims have each verdict, all seven named; relations inside the paper are no claims about the world."""
    given = [record["verdict"] for record in found if record["kind"] != "identity"]
    return {verdict: given.count(verdict) for verdict in VERDICTS}


def groups(found: Iterable[Record]) -> dict[str, int]:
    """How many claims hold, agree in a check that says little, do not hold, depend on the reading, are not checkable."""
    given = [group(record["verdict"], telling(record)) for record in found if record["kind"] != "identity"]
    return {name: given.count(name) for name in GROUPS}


def identities(found: Iterable[Record]) -> dict[str, int]:
    """How many relations between the paper's own numbers have each verdict that occurs."""
    given = [record["verdict"] for record in found if record["kind"] == "identity"]
    return {verdict: given.count(verdict) for verdict in VERDICTS if verdict in given}


def as_json(found: dict[str, Record], parameters: dict[str, Any], complete: bool) -> str:
    """The text of verdicts.json."""
    content = {
        "parameters": parameters,
        "complete": complete,
        "claims": list(found.values()),
        "summary": summary(found.values()),
        "groups": groups(found.values()),
        "identities": identities(found.values()),
        **({"not judged yet": waiting} if (waiting := sum(not judged(record) for record in found.values())) else {}),
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def as_csv(found: dict[str, Record]) -> str:
    """The text of verdicts.csv: a row a claim; lists joined with a semicolon; no cell that a spreadsheet would compute."""
    parted = [field for field in FIELDS if field.parts]
    names = [name for field in FIELDS for name in ([f"{field.name}_{part}" for part in field.parts] or [field.name])]
    rows = [names]
    for record in found.values():
        row = dict(record)
        for field in parted:
            row |= {f"{field.name}_{part}": value for part, value in (record[field.name] or {}).items()}
        rows.append([harmless(_flat(row.get(name))) for name in names])
    return csv_text(rows)


def _flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_flat(one) for one in value)
    if isinstance(value, dict) and "verdict" in value:  # a reading
        return f"{value.get('name')}: {value['verdict']}"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flat(one)}" for key, one in value.items() if one)
    return str(value)
