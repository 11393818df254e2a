"""The declaration of parameters: ``data/paper/parameters.yaml``, every fault of it found in one pass."""

from __future__ import annotations

import difflib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import reading
from helpers.errors import InputError, InputErrors

Value = str | int | float | bool
TYPES: dict[str, type] = {"string": str, "integer": int, "number": float, "boolean": bool}
FIELDS = ("name", "type", "default", "allowed", "minimum", "maximum", "meaning", "notebooks")
FILE = "data/paper/parameters.yaml"


@dataclass(frozen=True)
class Parameter:
    """One declared parameter; ``allowed`` is None where any value of the type within the limits will do."""

    name: str
    type: str
    default: Value
    meaning: str
    notebooks: tuple[str, ...]
    allowed: tuple[Value, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None

    def fault(self, value: object) -> tuple[str, str] | None:
        """What is wrong with ``value`` and what was expected, or None.

        >>> Parameter("years", "integer", 3, "a window", (), minimum=2, maximum=5).fault(9)
        ('the value is out of range', 'integer from 2 to 5')
        """
        if not is_a(value, self.type):
            return "the value is of another type", self.expected
        if self.allowed is not None and value not in self.allowed:
            return "the value is not one of those allowed", self.expected
        if (self.minimum is not None and value < self.minimum) or (self.maximum is not None and value > self.maximum):  # type: ignore[operator]
            return "the value is out of range", self.expected
        return None

    @property
    def expected(self) -> str:
        """The values it takes, in words."""
        if self.allowed is not None:
            return f"{self.type}, one of " + ", ".join(map(str, self.allowed))
        limits = [
            f"from {self.minimum}" if self.minimum is not None else "",
            f"to {self.maximum}" if self.maximum is not None else "",
        ]
        return " ".join([self.type, *filter(None, limits)])


def is_a(value: object, kind: str) -> bool:
    """Whether ``value`` has a declared type. True is no integer, 3 is no number with a point, infinity is no number.

    >>> is_a(3, "integer"), is_a(True, "integer"), is_a("3", "integer")
    (True, False, False)
    """
    return type(value) is TYPES[kind] and not (kind == "number" and not math.isfinite(value))  # type: ignore[arg-type]


def load(path: Path, notebooks: list[str] | None = None) -> dict[str, Parameter]:
    """Declared parameters by name, in the order of the file.

    ``notebooks``: the stems that exist; a declaration that lists another is an error.

    Raises:
        InputErrors: every fault of the file at once.
    """
    content = mapping(path, FILE)
    entries = content.get("parameters")
    if set(content) != {"parameters"} or not isinstance(entries, list):
        raise InputErrors(
            [
                InputError(
                    "the file is not a declaration of parameters",
                    FILE,
                    "one key `parameters` with a list",
                    ", ".join(map(str, content)) or "nothing",
                    "restore the file from git",
                )
            ]
        )
    declared: dict[str, Parameter] = {}
    errors: list[InputError] = []
    for place, entry in enumerate(entries, 1):
        where = f"{FILE}, entry {place}"
        faults = _entry_faults(entry, where)
        if not faults:
            parameter = _parameter(entry)
            where = f"{FILE}, {parameter.name}"
            faults = _meaning_faults(parameter, where, declared, notebooks)
            declared[parameter.name] = parameter
        errors += faults
    if errors:
        raise InputErrors(errors)
    return declared


def _entry_faults(entry: object, where: str) -> list[InputError]:
    if not isinstance(entry, dict):
        return [
            InputError(
                "an entry is not a mapping",
                where,
                "name, type, default, meaning, notebooks",
                str(entry),
                "write its fields",
            )
        ]
    errors = [
        InputError("an unknown field", where, ", ".join(FIELDS), str(key), near(str(key), FIELDS) or "remove it")
        for key in entry
        if key not in FIELDS
    ]
    errors += [
        InputError("a field is missing", where, key, "nothing", "add it")
        for key in ("name", "type", "default", "meaning", "notebooks")
        if key not in entry
    ]
    if errors:
        return errors
    kinds = {
        "name": isinstance(entry["name"], str) and entry["name"].isidentifier(),
        "type": entry["type"] in TYPES if isinstance(entry["type"], str) else False,
        "meaning": isinstance(entry["meaning"], str) and bool(entry["meaning"].strip()),
        "notebooks": isinstance(entry["notebooks"], list)
        and bool(entry["notebooks"])
        and all(isinstance(name, str) for name in entry["notebooks"]),
        "allowed": "allowed" not in entry or (isinstance(entry["allowed"], list) and bool(entry["allowed"])),
    }
    kinds |= {
        key: key not in entry or (entry["type"] in ("integer", "number") and type(entry[key]) in (int, float))
        for key in ("minimum", "maximum")
    }
    expected = {
        "name": "a Python name",
        "type": ", ".join(TYPES),
        "meaning": "a sentence",
        "notebooks": "a list of notebooks, without .ipynb",
        "allowed": "a list of values",
        "minimum": "a number, for a numeric type",
        "maximum": "a number, for a numeric type",
    }
    return [
        InputError(f"the field {key} is wrong", where, expected[key], repr(entry.get(key)), "correct it")
        for key, good in kinds.items()
        if not good
    ]


def _parameter(entry: dict[str, Any]) -> Parameter:
    allowed = entry.get("allowed")
    return Parameter(
        entry["name"],
        entry["type"],
        entry["default"],
        entry["meaning"],
        tuple(entry["notebooks"]),
        tuple(allowed) if allowed is not None else None,
        entry.get("minimum"),
        entry.get("maximum"),
    )


def _meaning_faults(
    parameter: Parameter, where: str, declared: dict[str, Parameter], notebooks: list[str] | None
) -> list[InputError]:
    errors = []
    if parameter.name in declared:
        errors.append(InputError("a parameter is declared twice", where, "one declaration", "two", "remove one"))
    for value in parameter.allowed or ():
        if not is_a(value, parameter.type):
            errors.append(
                InputError(
                    "an allowed value is of another type",
                    where,
                    parameter.type,
                    repr(value),
                    "quote it, or change the type",
                )
            )
    fault = parameter.fault(parameter.default)
    if fault:
        errors.append(InputError(f"the default: {fault[0]}", where, fault[1], repr(parameter.default), "correct it"))
    for name in parameter.notebooks:
        if notebooks is not None and name not in notebooks:
            errors.append(
                InputError(
                    "a notebook that takes it does not exist",
                    where,
                    ", ".join(notebooks),
                    name,
                    near(name, notebooks) or "correct the name",
                )
            )
    return errors


def near(name: str, names: list[str] | tuple[str, ...]) -> str:
    """``did you mean X?`` where one of ``names`` is close, else an empty string."""
    close = difflib.get_close_matches(name, names, 1)
    return f"did you mean {close[0]}?" if close else ""


def mapping(path: Path, where: str) -> dict[Any, Any]:
    """The mapping that a YAML or JSON file holds; a key given twice is an error, no tag runs code."""
    try:
        own = where == FILE  # kept with the audit; a user's own file may come from Windows
        text = reading.text(path, where) if own else reading.content(path, where).decode("utf-8").replace("\r\n", "\n")
        content = json.loads(text, object_pairs_hook=_unique) if path.suffix == ".json" else reading.parse(text, where)
    except InputError as error:
        raise InputErrors([error]) from error
    except (ValueError, RecursionError) as error:
        raise InputErrors(
            [InputError("the file is not YAML or JSON", where, "a mapping: name: value", str(error), "correct it")]
        ) from error
    if not isinstance(content, dict):
        raise InputErrors(
            [
                InputError(
                    "the file holds no mapping",
                    where,
                    "name: value",
                    type(content).__name__,
                    "write name: value, one a line",
                )
            ]
        )
    return content


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one mapping")
    return found
