"""The declaration of parameters, a YAML file: every fault of it found in one pass."""

from __future__ import annotations

import functools
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forkmill import reading
from forkmill.errors import InputError, InputErrors
from forkmill.schema import Schema, near

Value = str | int | float | bool
TYPES: dict[str, type] = {"string": str, "integer": int, "number": float, "boolean": bool}
# What to write where a value is none of its type.
WRITTEN = {"integer": "write digits alone, such as 10", "number": "write a number such as 0.5 or 1e-3", "boolean": "write true or false",
           "string": "put it in quotes"}


@dataclass(frozen=True)
class Parameter:
    """One declared parameter; ``allowed`` is None where any value of the type within the limits will do.

    ``file``: where it is declared.
    """

    name: str
    type: str
    default: Value
    meaning: str
    notebooks: tuple[str, ...]
    allowed: tuple[Value, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    file: str = ""

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
    def listed(self) -> list[Value] | None:
        """Every value that it may have, in order; None where there is no end of them.

        >>> Parameter("years", "integer", 3, "a window", (), minimum=2, maximum=5).listed
        [2, 3, 4, 5]
        """
        if self.allowed is not None:
            return list(self.allowed)
        if self.type == "boolean":
            return [False, True]
        if self.type != "integer" or self.minimum is None or self.maximum is None:
            return None
        return list(range(int(self.minimum), int(self.maximum) + 1))

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
    if _halved(value):
        return False
    return type(value) is TYPES[kind] and not (kind == "number" and not math.isfinite(value))  # type: ignore[arg-type]


def _halved(value: object) -> bool:
    """Whether a text holds half a character, which JSON can write."""
    return isinstance(value, str) and not value.isprintable() and any("\ud800" <= one <= "\udfff" for one in value)


def to_write(value: object, kind: str) -> str:
    """What to do where ``value`` is not of the type.

    >>> to_write(1, "number"), to_write(False, "string")
    ('write 1.0', 'put it in quotes')
    """
    if _halved(value):
        return "write whole characters: this is half of one"
    return f"write {value}.0" if kind == "number" and type(value) is int else WRITTEN[kind]


@functools.cache
def _schema() -> Schema:
    return Schema(reading.document(Path(__file__).with_name("parameter.yaml"), "parameter.yaml"))


def load(path: Path, notebooks: list[str] | None = None) -> dict[str, Parameter]:
    """Declared parameters by name, in the order of the file.

    ``notebooks``: the stems that exist; a declaration that lists another is an error.

    Raises:
        InputErrors: every fault of the file at once.
    """
    file = "/".join(path.parts[-3:])
    content = mapping(path, file, own=True)
    entries = content.get("parameters")
    if set(content) != {"parameters"} or not isinstance(entries, list):
        raise InputErrors([InputError("the file is not a declaration of parameters", file, "one key `parameters` with a list",
                                      ", ".join(map(str, content)) or "nothing", "restore the file from git")])
    declared: dict[str, Parameter] = {}
    errors: list[InputError] = []
    for place, entry in enumerate(entries, 1):
        faults = _schema().breaches(entry, f"{file}, entry {place}")
        if not faults:
            parameter = _parameter(entry, file)
            faults = _meaning_faults(parameter, f"{file}, {parameter.name}", declared, notebooks)
            declared[parameter.name] = parameter
        errors += faults
    if errors:
        raise InputErrors(errors)
    return declared


def _parameter(entry: dict[str, Any], file: str) -> Parameter:
    lists = {"notebooks": tuple(entry["notebooks"]), "allowed": tuple(entry["allowed"]) if "allowed" in entry else None}
    return Parameter(**{**entry, **lists}, file=file)


def _meaning_faults(
    parameter: Parameter, where: str, declared: dict[str, Parameter], notebooks: list[str] | None
) -> list[InputError]:
    errors = []
    if parameter.name in declared:
        errors.append(InputError("a parameter is declared twice", where, "one declaration", "two", "remove one"))
    errors += [InputError("an allowed value is of another type", where, parameter.type, repr(value),
                          f"{to_write(value, parameter.type)}, or change the type")
               for value in parameter.allowed or () if not is_a(value, parameter.type)]
    fault = parameter.fault(parameter.default)
    if fault:
        errors.append(InputError(f"the default: {fault[0]}", where, fault[1], repr(parameter.default),
                                 "correct it" if is_a(parameter.default, parameter.type) else to_write(parameter.default, parameter.type)))
    errors += [InputError("a notebook that takes it does not exist", where, ", ".join(notebooks), name,
                          near(name, notebooks) or "correct the name")
               for name in parameter.notebooks if notebooks is not None and name not in notebooks]
    return errors


def mapping(path: Path, where: str, *, own: bool = False) -> dict[Any, Any]:
    """The mapping that a YAML or JSON file holds; a key given twice is an error, no tag runs code.

    ``own``: it is kept with the project; a user's own file may come from Windows.
    """
    try:
        text = reading.text(path, where) if own else reading.content(path, where, "name a file that is there").decode("utf-8")
        text = text.replace("\r\n", "\n")
        content = json.loads(text, object_pairs_hook=reading.unique) if path.suffix == ".json" else reading.parse(text, where)
    except InputError as error:
        raise InputErrors([error]) from error
    except (ValueError, RecursionError) as error:
        fault = InputError("the file is not YAML or JSON", where, "a mapping: name: value", str(error), "correct it")
        raise InputErrors([fault]) from error
    if not isinstance(content, dict):
        raise InputErrors([InputError("the file holds no mapping", where, "name: value", type(content).__name__,
                                      "write name: value, one a line")])
    return content
