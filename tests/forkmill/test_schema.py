"""A breach of a schema is said with the field that it is in and what the schema says of that field."""

from __future__ import annotations

import pytest

from forkmill.schema import Schema, near

RULE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "size"],
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z]+$", "description": "a word"},
        "size": {"type": "integer", "minimum": 1},
        "kind": {"enum": ["thousand", "million"]},
        "parts": {"type": "array", "items": {"type": "string"}, "description": "a list of texts"},
    },
}
SCHEMA = Schema(RULE)


def test_a_sound_entry_breaks_no_rule():
    assert SCHEMA.errors({"name": "a", "size": 1}) == []
    assert SCHEMA.breaches({"name": "a", "size": 1, "parts": ["x"]}, "here") == []


@pytest.mark.parametrize(
    ("entry", "what", "where", "expected", "got", "do"),
    [
        ({"name": "a", "size": 1, "nmae": 2}, "an unknown field", "here", "name, size, kind, parts", "nmae", "did you mean name?"),
        ({"name": "a", "size": 1, "x": 2}, "an unknown field", "here", "name, size, kind, parts", "x", "remove it"),
        ({"name": "a"}, "a field is missing", "here", "size", "nothing", "add it"),
        ({"size": 1}, "a field is missing", "here", "name: a word", "nothing", "add it"),
        ({"name": "A", "size": 1}, "the field name is wrong", "here, field name", "a word (in the form ^[a-z]+$)", "'A'", "correct it"),
        ({"name": "a", "size": 0}, "the field size is wrong", "here, field size", "0 is less than the minimum of 1", "0", "correct it"),
        ({"name": "a", "size": 1, "parts": [1]}, "the field parts is wrong", "here, field parts, field 0",
         "a list of texts (text)", "1", 'write it in quotes: "1"'),
        ({"name": "a", "size": 1, "kind": "thousands"}, "the field kind is wrong", "here, field kind",
         "one of thousand, million", "'thousands'", "did you mean thousand?"),
        ({"name": 683, "size": 1}, "the field name is wrong", "here, field name", "a word (text)", "683",
         'write it in quotes: "683"'),
        ([], "the entry is not in form", "here", "a mapping", "[]", "correct it"),
    ],
)
def test_a_breach_is_said_with_its_field(entry, what, where, expected, got, do):
    [error] = SCHEMA.breaches(entry, where="here")
    assert error.args == (what, where, expected, got, do)


def test_every_breach_of_an_entry_is_said_at_once():
    said = [error.what for error in SCHEMA.breaches({"name": 1, "more": 2}, "here")]
    assert sorted(said) == ["a field is missing", "an unknown field", "the field name is wrong"]


KINDS = Schema({
    "type": "object", "required": ["kind"],
    "properties": {"kind": {"enum": ["count", "order"]}, "columns": {"type": "object", "additionalProperties": {
        "type": "object", "additionalProperties": False, "required": ["unit"], "properties": {"unit": {"description": "what it counts"}}}}},
    "if": {"properties": {"kind": {"const": "count"}}}, "then": {"required": ["stated"]},
    "else": {"not": {"required": ["stated"]}, "description": "only a count states one"},
})


@pytest.mark.parametrize(("entry", "said"), [
    ({"kind": "cuont", "stated": "4"}, ["here, field kind: one of count, order"]),
    ({"stated": "4"}, ["here: kind"]),
    ({}, ["here: kind"]),
    ({"kind": "count"}, ["here: stated"]),
    ({"kind": "order", "stated": "4"}, ["here, field stated: none: only a count states one"]),
    ({"kind": "order", "columns": {"n": {}}}, ["here, field columns, field n: unit: what it counts"]),
    ({"kind": "order", "columns": {"n": {"unti": 1, "unit": 2}}}, ["here, field columns, field n: unit"]),
])
def test_a_fault_is_told_once_and_says_what_is_allowed_right_there(entry, said):
    assert [f"{error.where}: {error.expected}" for error in KINDS.breaches(entry, "here")] == said


def test_only_a_near_name_is_offered():
    assert near("vintgae", ["vintage", "sign"]) == "did you mean vintage?"
    assert near("x", ["vintage", "sign"]) == ""
