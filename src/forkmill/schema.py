"""Entries of a table or a list held to a JSON Schema: every breach of a rule as an error that a person can follow."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Mapping
from typing import Any

from forkmill.errors import InputError


class Schema:
    """A JSON Schema (draft 2020-12) of one entry; ``see`` names the file that holds it, for messages."""

    def __init__(self, rule: Mapping[str, Any], see: str = "") -> None:
        self.rule, self.see = rule, see

    @functools.cached_property
    def _quick(self) -> Any:
        """A function that raises where an entry breaks a rule: most break none, and jsonschema takes long to import."""
        import fastjsonschema

        return fastjsonschema.compile(dict(self.rule))

    def errors(self, entry: object) -> list[Any]:
        """Every breach, as jsonschema tells it, in the order of the fields; [] of a sound entry."""
        from fastjsonschema import JsonSchemaException

        try:
            self._quick(entry)
            return []
        except JsonSchemaException:
            from jsonschema import Draft202012Validator

            return sorted(Draft202012Validator(self.rule).iter_errors(entry), key=lambda error: str(list(error.absolute_path)))

    def breaches(self, entry: object, where: str) -> list[InputError]:
        """Every breach as an error, with the field that it is in and what the schema says of that field."""
        return [found for error in self.errors(entry) for found in self._told(error, where)]

    def _told(self, error: Any, where: str) -> list[InputError]:
        fields = list(self.rule.get("properties", {}))
        if error.validator == "additionalProperties" and not error.absolute_path:
            return [InputError("an unknown field", where, ", ".join(fields), str(name), near(str(name), fields) or "remove it")
                    for name in error.instance if name not in fields]
        if error.validator == "required" and not error.absolute_path:
            return [InputError("a field is missing", where, name, "nothing", "add it")
                    for name in error.validator_value if name not in error.instance]
        path = [str(part) for part in error.absolute_path]
        about = self.rule.get("properties", {}).get(path[0], {}).get("description", "") if path else ""
        what = f"the field {path[0]} is wrong" if path else "the entry is not in form"
        expected = error.message if not about else f"{about} ({error.validator}: {str(error.validator_value)[:120]})"
        meant = near(error.instance, error.validator_value) if error.validator == "enum" and isinstance(error.instance, str) else ""
        if error.validator == "type" and error.validator_value == "string" and isinstance(error.instance, int | float):
            meant = f'write it in quotes: "{error.instance}"'
        return [InputError(what, where + "".join(f", field {part}" for part in path), expected, repr(error.instance)[:160],
                           meant or (f"see {self.see}" if self.see else "correct it"))]


def near(name: str, names: Iterable[str]) -> str:
    """``did you mean X?`` where one of ``names`` is close, else an empty string."""
    close = difflib.get_close_matches(name, list(names), 1)
    return f"did you mean {close[0]}?" if close else ""
