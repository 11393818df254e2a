"""The parameters of one run: given on the command line or in a file, checked before any kernel starts."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

from forkmill.errors import InputError, InputErrors
from forkmill.notebooks.parameter_declaration import Parameter, Value, is_a, load, mapping, to_write
from forkmill.schema import near

__all__ = ["Parameter", "Value", "as_text", "checked", "convert", "differing", "load", "values"]


def values(declared: dict[str, Parameter], text: str = "", file: Path | None = None) -> dict[str, Value]:
    """The value of every declared parameter for a run; what ``text`` says goes before what ``file`` says.

    Raises:
        InputErrors: every unknown name, wrong type and value out of range at once.
    """
    errors: list[InputError] = []
    chosen: dict[str, Value] = {name: parameter.default for name, parameter in declared.items()}
    given: list[tuple[str, str, object]] = []
    if file is not None:
        try:
            given += [(str(file), str(name), _number(value, declared.get(str(name)))) for name, value in mapping(file, str(file)).items()]
        except InputErrors as error:
            errors += error.errors
    given += [
        ("PARAMS", name, convert(value, declared[name].type) if name in declared else value)
        for name, value in _assignments(text, errors, declared)
    ]
    for where, name, value in given:
        if fault := _fault(declared, where, name, value):
            errors.append(fault)
        else:
            chosen[name] = value  # type: ignore[assignment]
    if errors:
        raise InputErrors(errors)
    return chosen


def checked(declared: dict[str, Parameter], given: Mapping[str, Value], where: str) -> dict[str, Value]:
    """Values that a notebook was given in its own cell, held to the declaration.

    Raises:
        InputErrors: every unknown name, wrong type and value out of range at once.
    """
    if faults := [fault for name, value in given.items() if (fault := _fault(declared, where, name, value))]:
        raise InputErrors(faults)
    return dict(given)


def _fault(declared: dict[str, Parameter], where: str, name: str, value: object) -> InputError | None:
    if name not in declared:
        return InputError("the parameter is unknown", f"{where}, {name}", ", ".join(declared) or "no parameter", name,
                          near(name, list(declared)) or "see " + next((one.file for one in declared.values()), "its declaration"))
    one = declared[name]
    if (fault := one.fault(value)) is None:
        return None
    do = to_write(value, one.type) if not is_a(value, one.type) else "take one of these" if one.allowed else "take one within these limits"
    return InputError(fault[0], f"{where}, {name}", fault[1], repr(value) if not isinstance(value, str) else value,
                      near(str(value), [str(one) for one in one.allowed or ()]) or do)


def _number(value: object, parameter: Parameter | None) -> object:
    """A whole number of a file is a number as well, as it is on the command line."""
    return float(value) if parameter is not None and parameter.type == "number" and type(value) is int else value


def _assignments(text: str, errors: list[InputError], declared: dict[str, Parameter]) -> list[tuple[str, str]]:
    try:
        splitter = shlex.shlex(text, posix=True, punctuation_chars=False)
        splitter.whitespace_split, splitter.commenters, splitter.escape = True, "", ""  # a backslash is one, as in a path of Windows
        words = list(splitter)
    except ValueError as error:
        errors.append(InputError("the parameters cannot be read", "PARAMS", "name=value name=value", text, str(error)))
        return []
    pairs: dict[str, str] = {}
    last = ""
    for word in words:
        name, sign, value = word.partition("=")
        whole = f"{pairs.get(last)} {word}"
        if not sign and last in declared and any(str(one).startswith(whole) for one in declared[last].allowed or ()):
            errors.append(InputError("a value with a blank in it is quoted", f"PARAMS, {last}", f"{last}='{whole}'", f"{last}={whole}",
                                     "put it between quotation marks"))
            del pairs[last]
        elif not sign or not name:
            errors.append(
                InputError("this is not an assignment", "PARAMS", "name=value, without blanks around =", word,
                           "write for example vintage=latest")
            )
        elif name in pairs:
            errors.append(
                InputError("the parameter is given twice", f"PARAMS, {name}", "one value", f"{pairs[name]} and {value}", "remove one")
            )
        else:
            pairs[name], last = value, name
    return list(pairs.items())


def convert(text: str, kind: str) -> Value:
    """The value of a declared type that ``text`` writes, or ``text`` itself where it writes none.

    >>> convert("5", "integer"), convert("five", "integer"), convert("5", "string"), convert("1e-3", "number")
    (5, 'five', '5', 0.001)
    """
    if kind == "integer" and re.fullmatch(r"[+-]?(0|[1-9][0-9]{0,17})", text):
        return int(text)
    if kind == "number" and re.fullmatch(r"[+-]?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?", text):
        return float(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def as_text(chosen: dict[str, Value]) -> str:
    """Values as one would give them on the command line.

    >>> as_text({"years": 3, "rounding": "half up", "all": True})
    "years=3 rounding='half up' all=true"
    """
    texts = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in chosen.items()}
    return " ".join(f"{name}={shlex.quote(text)}" for name, text in texts.items())


def differing(
    declared: dict[str, Parameter], chosen: dict[str, Value], notebook: str | None = None
) -> dict[str, Value]:
    """Values that are not the defaults, of one notebook or of all."""
    return {
        name: chosen[name]
        for name, parameter in declared.items()
        if chosen[name] != parameter.default and (notebook is None or notebook in parameter.notebooks)
    }
