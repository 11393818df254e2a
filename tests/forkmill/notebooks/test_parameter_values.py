"""The values of a run: every fault is found before a kernel starts."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from forkmill.errors import InputErrors
from forkmill.notebooks import parameter_declaration, parameter_values
from forkmill.notebooks.parameter_declaration import Parameter


@pytest.fixture
def declared(plain):
    return parameter_declaration.load(plain.root / "parameters.yaml", ["01_first", "02_second", "03_third"])


def faults(call, *arguments) -> str:
    with pytest.raises(InputErrors) as raised:
        call(*arguments)
    return str(raised.value)


def test_values_are_read_with_the_types_of_their_declarations(declared):
    assert parameter_values.values(declared, "sign=-1 vintage='latest'") == {"sign": -1, "vintage": "latest"}


def test_what_is_not_given_has_its_default(declared):
    assert parameter_values.values(declared) == {"sign": 1, "vintage": "first"}


def test_every_fault_of_a_line_is_said_at_once(declared):
    said = faults(parameter_values.values, declared, "sine=1 sign=two vintage=lastest sign=3 alone")
    assert "did you mean sign?" in said
    assert "another type" in said
    assert "did you mean latest?" in said
    assert "given twice" in said
    assert "not an assignment" in said


def test_a_value_out_of_range_is_refused(declared):
    assert "from -1 to 1" in faults(parameter_values.values, declared, "sign=2")


@pytest.mark.parametrize("digits", ["１", "1_0", "0x1", "1.0", " 1", "9" * 30, "010"])
def test_only_plain_digits_write_an_integer(digits):
    assert parameter_values.convert(digits, "integer") == digits


@pytest.mark.parametrize(("text", "value"), [("1e-3", 0.001), (".5", 0.5), ("5.", 5.0), ("-2", -2.0), ("0.1111111111111111111", 1 / 9)])
def test_a_number_is_written_as_people_write_them(text, value):
    assert parameter_values.convert(text, "number") == value


NUMBER = Parameter("tolerance", "number", 0.5, "", ("01_first",))
LABEL = Parameter("label", "string", "", "", ("01_first",))
FLAG = Parameter("flag", "boolean", False, "", ("01_first",))


@pytest.mark.parametrize("text", ["tolerance: 3\n", "tolerance: 3.0\n", "tolerance: 3e0\n", "tolerance: +30e-1\n", "tolerance: 0.3e1\n"])
def test_a_whole_number_is_a_number_in_a_file_as_on_the_line(tmp_path, text):
    file = tmp_path / "p.yaml"
    file.write_text(text, encoding="utf-8")
    assert parameter_values.values({"tolerance": NUMBER}, "", file) == parameter_values.values({"tolerance": NUMBER}, "tolerance=3")


@pytest.mark.parametrize("text", [r"C:\Users\new", "US$5 and $HOME", "it's", 'a "b"', "增长率", "a#b"])
def test_a_text_arrives_as_it_was_typed_and_can_be_given_again(text):
    chosen = parameter_values.values({"label": LABEL}, f"label={shlex.quote(text)}")
    assert chosen == {"label": text}
    assert parameter_values.values({"label": LABEL}, parameter_values.as_text(chosen)) == chosen


@pytest.mark.parametrize(("one", "text", "said"), [
    (FLAG, "flag=True", "write true or false"), (NUMBER, "tolerance=much", "such as 0.5 or 1e-3")])
def test_what_to_write_is_said_where_a_value_is_of_another_type(one, text, said):
    assert said in faults(parameter_values.values, {one.name: one}, text)


@pytest.mark.parametrize(("name", "text", "said"), [
    ("p.yaml", "label: no\n", "put it in quotes"), ("p.yaml", "label: 2019-01-01\n", "put it in quotes"),
    ("p.yaml", "tolerance: 010\n", "is 010 a number or a text?"), ("p.yaml", "tolerance: 12:30\n", "is 12:30 a number or a text?"),
    ("p.json", '{"label": "\\ud83d"}', "write whole characters"), ("p.yaml", "label: 1e3\n", "put it in quotes")])
def test_what_a_file_would_silently_make_of_a_value_is_refused(tmp_path, name, text, said):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert said in faults(parameter_values.values, {"label": LABEL, "tolerance": NUMBER}, "", file)


@pytest.mark.parametrize(("name", "text"), [("p.yaml", "sign: -1\n"), ("p.json", '{"sign": -1}')])
def test_a_file_gives_values_and_the_line_goes_before_it(declared, tmp_path, name, text):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert parameter_values.values(declared, "", file)["sign"] == -1
    assert parameter_values.values(declared, "sign=0", file)["sign"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "- a list",
        "sign: 1\nsign: 0",
        "{",
        "!!python/object/apply:os.getcwd []",
        "\ufeff\x00",
        "sign: true",
        "sign: '1'",
        "sign: 1.0",
        "[" * 5000,
    ],
)
def test_a_file_that_is_no_mapping_of_sound_values_is_refused(declared, tmp_path, text):
    file = tmp_path / "p.yaml"
    file.write_text(text, encoding="utf-8")
    assert faults(parameter_values.values, declared, "", file)


def test_a_missing_file_is_named(declared):
    assert "absent.yaml" in faults(parameter_values.values, declared, "", Path("absent.yaml"))


@pytest.mark.parametrize(("text", "do"), [("years=12", "take one within these limits"), ("host=newspaper", "take one of these")])
def test_a_value_of_the_right_type_that_is_not_allowed_is_no_matter_of_how_it_is_written(text, do):
    years = Parameter("years", "integer", 3, "a window", (), minimum=2, maximum=5)
    host = Parameter("host", "string", "press", "a host", (), allowed=("press", "official"))
    assert do in faults(parameter_values.values, {"years": years, "host": host}, text)
