"""Entries of a table or a list held to a JSON Schema: every breach of a rule as an error that a person can follow."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from forkmill.errors import InputError

KINDS = {"string": "text", "array": "a list", "object": "a mapping", "number": "a number", "integer": "a whole number",
         "boolean": "true or false", "null": "nothing"}
IN_WORDS: dict[str, Callable[[Any], str]] = {
    "enum": lambda value: f"one of {', '.join(map(str, value))}", "const": str,
    "type": lambda value: KINDS.get(value, str(value)), "pattern": lambda value: f"in the form {value}",
    "minLength": lambda value: f"at least {value} characters", "maxLength": lambda value: f"at most {value} characters",
    "minItems": lambda value: f"at least {value} of them", "minProperties": lambda value: f"at least {value} of them",
}


class Schema:
    """A JSON Schema (draft 2020-12) of one entry."""

    def __init__(self, rule: Mapping[str, Any]) -> None:
        self.rule = rule

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
        """Every breach as an error, with the field that it is in and what the schema says of that field.

        What rests on a field that is wrong itself, as ``else`` rests on the kind, is not told beside it.
        """
        errors = self.errors(entry)
        wrong = {error.absolute_path[0] for error in errors if error.absolute_path}
        unclear = isinstance(entry, dict) and any(one in wrong or one not in entry for one in self.rule.get("if", {}).get("properties", {}))
        return [found for error in errors if not (unclear and error.relative_schema_path[0] in ("then", "else"))
                for found in self._told(error, where)]

    def _told(self, error: Any, where: str) -> list[InputError]:
        path, name, value = [str(part) for part in error.absolute_path], error.validator, error.validator_value
        at = where + "".join(f", field {part}" for part in path)
        if name == "additionalProperties" and isinstance(value, bool):
            known = list(error.schema.get("properties", {}))
            return [InputError("an unknown field", at, ", ".join(known), str(one), near(str(one), known) or "remove it")
                    for one in error.instance if one not in known]
        if name == "required":
            return [InputError("a field is missing", at, self._meant(one, error.schema), "nothing", "add it")
                    for one in value if one not in error.instance]
        if name == "not" and "required" in value:
            about = error.schema.get("description", "as the other fields stand")
            return [InputError("a field does not belong here", f"{at}, field {one}", f"none: {about}", repr(error.instance[one])[:160],
                               "remove it, or correct the others") for one in value["required"]]
        about = error.schema.get("description") or (self.rule.get("properties", {}).get(path[0], {}).get("description", "") if path else "")
        rule = IN_WORDS[name](value) if name in IN_WORDS else error.message
        meant = near(error.instance, value) if name == "enum" and isinstance(error.instance, str) else ""
        if name == "type" and value == "string" and isinstance(error.instance, int | float):
            meant = f'write it in quotes: "{error.instance}"'
        what = f"the field {path[0]} is wrong" if path else "the entry is not in form"
        return [InputError(what, at, f"{about} ({rule})" if about else rule, repr(error.instance)[:160], meant or "correct it")]

    def _meant(self, name: str, rule: Mapping[str, Any]) -> str:
        """A field with what the schema says of it, in the part that asks for it, else at the top."""
        said = {**self.rule.get("properties", {}), **rule.get("properties", {})}.get(name, {})
        return f"{name}: {said['description']}" if "description" in said else name


def near(name: str, names: Iterable[str]) -> str:
    """``did you mean X?`` where one of ``names`` is close, else an empty string."""
    close = difflib.get_close_matches(name, list(names), 1)
    return f"did you mean {close[0]}?" if close else ""
