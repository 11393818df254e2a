"""Bad input as a user would meet it: one clear error each, exit status 2, all errors at once, before any kernel.

Each case breaks one thing in an audit made of this one: one of its tables, all of what is written down of the paper, one of
its notebooks; and names what the message has to say: what, where, expected, found.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml
from broken_inputs import (
    NOTEBOOK,
    Change,
    cells,
    checked,
    field,
    folder,
    gone,
    lines,
    loop,
    outputs_away,
    parameter,
    raw,
    swapped,
    text,
    without_parameters,
)
from click.testing import CliRunner

from asprinted.__main__ import main
from checkout import ROOT

TABLE = "data/official/mobile.csv"
SCHEMA = "data/official/schemas/mobile.yaml"
CLAIMS = "data/paper/claims/2_development_status.yaml"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One table, one notebook, and the paper of this audit; its parameters are those of the notebook."""
    root = tmp_path_factory.mktemp("small")
    for name in (TABLE, TABLE.replace(".csv", ".yaml"), SCHEMA, NOTEBOOK):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "data/official/schemas/common", root / "data/official/schemas/common")
    shutil.copytree(ROOT / "data/paper", root / "data/paper")
    path = root / "data/paper/parameters.yaml"
    declared = yaml.safe_load(path.read_text(encoding="utf-8"))["parameters"]
    taken = [entry | {"notebooks": [Path(NOTEBOOK).stem]} for entry in declared if Path(NOTEBOOK).stem in entry["notebooks"]]
    path.write_text(yaml.safe_dump({"parameters": taken}, sort_keys=False), encoding="utf-8")
    return root


@pytest.fixture
def copy(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small audit, under a path with blanks and Chinese characters."""
    root = tmp_path / "an audit 审计"
    shutil.copytree(small, root)
    monkeypatch.setenv("AUDIT_ROOT", str(root))
    return root


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all inputs of this audit."""
    root = tmp_path / "an audit 审计"
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    monkeypatch.setenv("AUDIT_ROOT", str(root))
    return root


BOM = b"\xef\xbb\xbf"
TABLES: dict[str, tuple[Change, list[str]]] = {
    "a column missing": (lines(TABLE, lambda rows: [rows[0].replace("unit,", ""), *rows[1:]]),
                         [f"{TABLE}, line 1, column unit: a column is missing"]),
    "a column renamed": (text(TABLE, "digits", "value"), ["column digits: a column is missing",
                                                          "column value: an unknown column"]),
    "a column twice": (text(TABLE, "unit,digits", "digits,digits"), ["column digits: a column stands twice"]),
    "columns in another order": (text(TABLE, "unit,digits", "digits,unit"), ["the columns are in another order"]),
    "a changed digit": (field(TABLE, "digits", lambda old: old + "1"),
                        [f"{TABLE}: the table is not the one that was reviewed", "sha256", "data --accept"]),
    "a byte order mark": (raw(TABLE, lambda old: BOM + old), ["the file begins with a byte order mark"]),
    "other line ends": (raw(TABLE, lambda old: old.replace(b"\n", b"\r\n")), ["the lines end as on Windows"]),
    "another encoding": (raw(TABLE, lambda old: old.decode("utf-8").encode("gb18030")), ["the file is not UTF-8"]),
    "a thousands separator": (field(TABLE, "digits", lambda old: "1'300"), ["the digits hold a thousands separator",
                                                                            "line 2", "column digits", "1'300"]),
    "a full-width digit": (field(TABLE, "digits", lambda old: "１３"), ["the digits hold a full-width digit", "１３"]),
    "a percent sign": (field(TABLE, "digits", lambda old: "8.4%"), ["the digits hold a percent sign", "8.4%"]),
    "an empty file": (raw(TABLE, lambda old: b""), ["the file is empty"]),
    "a file of blank lines": (raw(TABLE, lambda old: b"\n\n\n"), ["the file is empty"]),
    "a row too short": (lines(TABLE, lambda rows: [rows[0], rows[1].split(",")[0] + "\n", *rows[2:]]),
                        ["line 2", "the row is too short", "13 values", "1 values"]),
    "an open quote": (raw(TABLE, lambda old: old + b'"'), ["the file cannot be read as CSV"]),
    "a zero byte": (raw(TABLE, lambda old: old + b"\0\n"), [TABLE, "expected"]),
    "a missing table": (gone(TABLE), [f"{TABLE}: the file is missing"]),
    "a folder for a table": (folder(TABLE), [TABLE, "file"]),
    "a circle of links for a table": (loop(TABLE), [TABLE]),
    "a missing schema": (gone("data/official/schemas/mobile.yaml"), ["data/official/schemas/mobile.yaml"]),
    "a schema that is a list": (raw("data/official/schemas/mobile.yaml", lambda old: b"[]\n"),
                                ["data/official/schemas/mobile.yaml: the file is no schema of a row"]),
    "a provenance that is a list": (raw("data/official/mobile.yaml", lambda old: b"[]\n"), ["data/official/mobile.yaml"]),
    "sources that are a list": (text("data/official/mobile.yaml", "sources:\n", "sources: [1]\nothers:\n"),
                                ["data/official/mobile.yaml, field sources: the sources are no mapping"]),
    "a provenance that is not YAML": (raw("data/official/mobile.yaml", lambda old: b"a: [\n"),
                                      ["data/official/mobile.yaml", "YAML"]),
    "a provenance whose key stands twice": (raw("data/official/mobile.yaml", lambda old: old + b"\nsha256: 0\n"),
                                            ["data/official/mobile.yaml", "the key sha256 stands twice"]),
}
PAPER_FILES = ("locators.csv", "inventory.csv", "conclusions.yaml", "points.csv", "mechanism.yaml", "replies.yaml", "parameters.yaml")
PAPER: dict[str, tuple[Change, list[str]]] = {
    "claims that are no list": (raw(CLAIMS, lambda old: b"id: x\n"), [f"{CLAIMS}: the file holds no list", "dict"]),
    "claims that are nothing": (raw(CLAIMS, lambda old: b""), [f"{CLAIMS}: the file holds no list"]),
    "an entry that is text": (raw(CLAIMS, lambda old: old + b"- only text\n"), [CLAIMS, "expected: a mapping"]),
    "claims that are not YAML": (raw(CLAIMS, lambda old: old + b"- {id: \n"), [f"{CLAIMS}: the file is not YAML"]),
    "a tag that would run code": (raw(CLAIMS, lambda old: old + b"- !!python/object/apply:os.system [exit]\n"),
                                  [CLAIMS, "could not determine a constructor"]),
    "a field missing": (text(CLAIMS, "  kind: number\n", ""), ["entry 2: a field is missing", "expected: kind"]),
    "an unknown field": (text(CLAIMS, "  kind: number\n", "  kind: number\n  kined: 1\n"),
                         ["entry 2: an unknown field", "found:    kined", "did you mean kind?"]),
    "a field of the wrong type": (text(CLAIMS, 'stated: "6.7"', "stated: 6.7"),
                                  ["entry 2, field stated: the field stated is wrong", "found:    6.7"]),
    "a key twice": (text(CLAIMS, '  stated: "6.7"\n', '  stated: "6.7"\n  stated: "7.7"\n'), ["the key stated stands twice"]),
    "an id twice": (text(CLAIMS, "id: growth-2019q2", "id: growth-2019q1"), ["entry 2: the id stands twice", "growth-2019q1"]),
    "an id that is a list": (text(CLAIMS, "id: growth-2019q2", "id: [a, b]"),
                             ["entry 4, field id: the field id is wrong", "found:    ['a', 'b']"]),
    "a dead locator": (text(CLAIMS, "where: 2.1/1/1", "where: 2.1/1/99"), ["entry 2, field where: no such locator", "did you mean"]),
    "a locator that is a list": (text(CLAIMS, "where: 2.1/1/1", "where: [1]"),
                                 ["entry 2, field where: the field where is wrong", "found:    [1]"]),
    "a stated number that is none": (text(CLAIMS, 'stated: "6.7"', 'stated: "6,7"'),
                                     ["entry 2, field stated: the stated number cannot be read"]),
    "no claims": (gone("data/paper/claims"), ["data/paper/claims: there are no claims"]),
    "a byte order mark before claims": (raw(CLAIMS, lambda old: BOM + old), [f"{CLAIMS}: the file begins with a byte order mark"]),
    "line ends of Windows in claims": (raw(CLAIMS, lambda old: old.replace(b"\n", b"\r\n")), [f"{CLAIMS}: the lines end as on Windows"]),
    "claims in another encoding": (raw(CLAIMS, lambda old: old + "# 审计\n".encode("gb18030")), [CLAIMS, "the file is not UTF-8"]),
    "a folder for claims": (folder(CLAIMS), [f"{CLAIMS}: a folder stands where a file should"]),
    "a circle of links for claims": (loop(CLAIMS), [f"{CLAIMS}: the file cannot be read"]),
    "a conclusion without its claims": (text("data/paper/conclusions.yaml", "  rests_on: []", ""),
                                        ["data/paper/conclusions.yaml", "a field is missing", "expected: rests_on"]),
    "a conclusion on no such claim": (text("data/paper/conclusions.yaml", "[growth-2019q1", "[growth-2019q11"),
                                      ["entry 1, field rests_on: a conclusion rests on a claim that does not exist",
                                       "did you mean growth-2019q1?"]),
    "conclusions that are a mapping": (raw("data/paper/conclusions.yaml", lambda old: b"a: 1\n"),
                                       ["data/paper/conclusions.yaml: the file holds no list"]),
    "a reply to no claim": (raw("data/paper/replies.yaml", lambda old: b"- {claim: x, by: authors, date: 2026-01-31, reply: we agree}\n"),
                            ["data/paper/replies.yaml, entry 1, field claim: there is no such claim"]),
    "a reply without its author": (raw("data/paper/replies.yaml",
                                       lambda old: b"- {claim: growth-2019q1, date: 2026-01-31, reply: we agree}\n"),
                                   ["data/paper/replies.yaml, entry 1: a field is missing", "expected: by"]),
    "an inventory that prints another number": (text("data/paper/inventory.csv", "1/1/2,1,ten,", "1/1/2,1,nine,"),
                                                ["data/paper/inventory.csv, line 3, column text: the inventory and the claim"]),
    "an inventory of a dead locator": (text("data/paper/inventory.csv", "1/1/2,1,", "1/1/77,1,"),
                                       ["line 3, column where: no such locator"]),
    "an inventory without a header": (lines("data/paper/inventory.csv", lambda rows: rows[1:]),
                                      ["data/paper/inventory.csv, line 1, column where: a column is missing"]),
    "an inventory with a short row": (lines("data/paper/inventory.csv", lambda rows: [*rows, "5/1/1\n"]),
                                      ["the row is too short", "5 values", "1 values"]),
    "an inventory that counts wrongly": (text("data/paper/inventory.csv", "1/1/2,1,", "1/1/2,2,"),
                                         ["1/1/2: numbers of a sentence are not counted"]),
    "columns of locators swapped": (text("data/paper/locators.csv", "where,kind", "kind,where"),
                                    ["data/paper/locators.csv, line 1: the columns are in another order"]),
    "a locator twice": (lines("data/paper/locators.csv", lambda rows: [*rows, rows[1]]),
                        ["data/paper/locators.csv: the locator stands twice"]),
    "points with a short row": (lines("data/paper/points.csv", lambda rows: [*rows, "1\n"]),
                                ["data/paper/points.csv", "the row is too short"]),
    "a point of no claim": (text("data/paper/points.csv", ",growth-2019q1,", ",growth-2019q11,"),
                            ["data/paper/points.csv, line 2, column claim: there is no such claim", "did you mean growth-2019q1?"]),
    "a mechanism that is not YAML": (raw("data/paper/mechanism.yaml", lambda old: b"nodes: [\n"),
                                     ["data/paper/mechanism.yaml: the file is not YAML"]),
    "more than a machine can hold": (raw("data/paper/mechanism.yaml", lambda old: b"a0: &a0 [1, 1]\n" + b"".join(
        b"a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n" % (n, n, *[n - 1] * 8) for n in range(1, 30))),
        ["data/paper/mechanism.yaml: the file stands for too much"]),
    "a fault of the declaration": (text("data/paper/parameters.yaml", "minimum: 2", "minimun: 2"),
                                   ["data/paper/parameters.yaml", "did you mean minimum?"]),
    **{f"no {name}": (gone(f"data/paper/{name}"), [f"data/paper/{name}"]) for name in
       ("locators.csv", "inventory.csv", "conclusions.yaml", "parameters.yaml")},
    **{f"a folder for {name}": (folder(f"data/paper/{name}"), [f"data/paper/{name}"]) for name in PAPER_FILES},
    **{f"a byte order mark before {name}": (raw(f"data/paper/{name}", lambda old: BOM + old), [f"data/paper/{name}", "byte order mark"])
       for name in PAPER_FILES},
    **{f"line ends of Windows in {name}": (raw(f"data/paper/{name}", lambda old: old.replace(b"\n", b"\r\n")),
                                           [f"data/paper/{name}", "as on Windows"])
       for name in PAPER_FILES},
    **{f"a circle of links for {name}": (loop(f"data/paper/{name}"), [f"data/paper/{name}"]) for name in
       ("locators.csv", "points.csv", "mechanism.yaml", "replies.yaml", "parameters.yaml")},
}
NOTEBOOKS: dict[str, tuple[Change, list[str]]] = {
    "no JSON": (raw(NOTEBOOK, lambda old: old[: len(old) // 2]), [f"{NOTEBOOK}: the notebook is not JSON"]),
    "an empty file": (raw(NOTEBOOK, lambda old: b""), [f"{NOTEBOOK}: the notebook is not JSON"]),
    "no notebook": (raw(NOTEBOOK, lambda old: b"[]"), [f"{NOTEBOOK}: the file is JSON but not a notebook"]),
    "a number of thousands of digits": (raw(NOTEBOOK, lambda old: b'{"cells": ' + b"9" * 5000 + b"}"),
                                        [f"{NOTEBOOK}: the notebook is not JSON"]),
    "half a character": (raw(NOTEBOOK, lambda old: old.replace(b"# ", b"\\ud800 ", 1)), [f"{NOTEBOOK}: the notebook is not JSON"]),
    "a claim that is not written down": (
        raw(NOTEBOOK, lambda old: old.replace(b'check(\\"growth-2019q1\\"', b'check(\\"growth-2019q11\\"')),
        ["there is no such claim to judge", "growth-2019q11", "did you mean growth-2019q1?"],
    ),
    "a key twice": (raw(NOTEBOOK, lambda old: old.replace(b'"nbformat": 4', b'"nbformat": 4, "nbformat": 4')),
                    ["the key nbformat stands twice"]),
    "an older format": (cells(lambda content: content.update(nbformat_minor=4)), ["the notebook is of another format", "4.4"]),
    "an old format": (cells(lambda content: content.update(nbformat=3)), ["the notebook is of another format", "3.5"]),
    "an unknown tag": (checked(lambda cell: cell["metadata"].update(tags=["nbval-check-ouput"])),
                       ["did you mean nbval-check-output?", "cell ["]),
    "merge-conflict marks": (raw(NOTEBOOK, lambda old: b"<" * 7 + b" ours\n" + old + b"=" * 7 + b"\n" + b">" * 7 + b" theirs\n"),
                             ["merge-conflict marks"]),
    "no outputs": (cells(outputs_away), ["not run from top to bottom", "execution count 1", "the same in", "1 fault(s)"]),
    "cells run out of order": (cells(swapped), ["not run from top to bottom", "cell [3]", "cell [4]"]),
    "no parameters cell": (cells(without_parameters), ["the notebook needs one parameters cell"]),
    "another default": (parameter('"half up"', '"truncate"'), ["the parameter rounding has another default"]),
    "an undeclared parameter": (parameter("rounding =", "extra = 1\nrounding ="), ["extra is not declared"]),
    "a raw cell": (checked(lambda cell: cell.update(cell_type="raw")), ["a raw cell is never run"]),
    "a missing folder of notebooks": (gone("notebooks"), ["there is no notebook"]),
    "a folder for a notebook": (folder(NOTEBOOK), [f"{NOTEBOOK}: the notebook cannot be read"]),
    "a circle of links for a notebook": (loop(NOTEBOOK), [f"{NOTEBOOK}: the notebook cannot be read"]),
    "another encoding": (raw(NOTEBOOK, lambda old: b"\xff" + old), ["the notebook is not UTF-8"]),
    "a byte order mark": (raw(NOTEBOOK, lambda old: BOM + old), [NOTEBOOK, "BOM"]),
}
ALL = {f"{kind}: {name}": case for kind, cases in (("table", TABLES), ("paper", PAPER), ("notebook", NOTEBOOKS))
       for name, case in cases.items()}


def refused(arguments: list[str], said: list[str]) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2, f"{result.output}{result.exception!r}"
    assert "Traceback" not in result.output
    for one in said:
        assert one in result.output
    count = result.output.count("  to do:    ")
    assert result.output.splitlines()[-1] == f"Not started: {count} fault(s) in the input (exit 2)."
    assert result.output.count("  expected: ") == count == result.output.count("  found:    ")
    return result.output


@pytest.mark.parametrize("case", ALL)
def test_bad_input_is_refused_with_what_where_expected_found_and_to_do(copy, case):
    change, said = ALL[case]
    change(copy)
    refused(["check"], said)


@pytest.mark.parametrize("untouched", ["copy", "whole"])
def test_an_untouched_copy_is_sound(untouched, request):
    request.getfixturevalue(untouched)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("name", ["data/paper/points.csv", "data/paper/mechanism.yaml"])
def test_a_file_that_only_notebooks_ask_for_is_missed(whole, name):
    (whole / name).unlink()
    refused(["check"], [f"expected: {name}", "the notebook reads a file that is missing"])


@pytest.mark.parametrize("command", [["check"], ["reproduce"], ["validate"]])
def test_faults_of_data_claims_parameters_and_notebooks_are_said_in_one_run_before_any_kernel(whole, command):
    for changes in (TABLES["a percent sign"], PAPER["a dead locator"], PAPER["a fault of the declaration"],
                    NOTEBOOKS["an unknown tag"]):
        changes[0](whole)
    refused(command, [*TABLES["a percent sign"][1], *PAPER["a dead locator"][1],
                      *PAPER["a fault of the declaration"][1], *NOTEBOOKS["an unknown tag"][1]])
    assert not list((whole / "build").rglob("*.json"))


PARAMETERS = {
    "an unknown name": (["--params", "roundng=truncate"], ["the parameter is unknown", "did you mean rounding?"]),
    "a wrong type": (["--params", "recent_years=three"], ["the value is of another type", "integer from 2 to 5", "three"]),
    "a value out of range": (["--params", "recent_years=9"], ["the value is out of range", "integer from 2 to 5", "9"]),
    "a value not allowed": (["--params", "least_evidence=miror"], ["not one of those allowed", "did you mean mirror?"]),
    "no assignment": (["--params", "vintage"], ["this is not an assignment"]),
    "an open quote": (["--params", "vintage='latest"], ["the parameters cannot be read"]),
    "several": (["--params", "a=1 rounding=b recent_years=c"], ["a: the parameter", "rounding: the value", "recent_years: the"]),
}
FILES = {
    "a list": ("- vintage\n", "the file holds no mapping"),
    "nothing": ("", "the file holds no mapping"),
    "no YAML": ("{", "the file is not YAML"),
    "a tag that would run code": ("!!python/object/apply:os.getcwd []", "could not determine a constructor"),
    "a wrong type": ("recent_years: '3'\n", "the value is of another type"),
    "a key twice": ("recent_years: 3\nrecent_years: 4\n", "stands twice"),
    "a notebook": ('{"cells": []}', "the parameter is unknown"),
}


@pytest.mark.parametrize("case", PARAMETERS)
def test_a_wrong_parameter_is_refused(copy, case):
    options, said = PARAMETERS[case]
    refused(["reproduce", *options], said)
    assert not (copy / "build" / "notebooks").exists()


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_gives_no_parameters_is_refused(copy, tmp_path, case):
    content, said = FILES[case]
    (tmp_path / "given.yaml").write_text(content, encoding="utf-8")
    refused(["reproduce", "--params-file", str(tmp_path / "given.yaml")], [said, "given.yaml"])


@pytest.mark.parametrize("name", ["absent.yaml", ".", "binary.json", "loop.yaml"])
def test_a_file_of_parameters_that_cannot_be_read_is_refused(copy, tmp_path, name):
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    refused(["reproduce", "--params-file", str(tmp_path / name)], [name])


def test_a_huge_file_is_refused_without_being_read(copy):
    with (copy / "data/paper/points.csv").open("wb") as file:
        file.truncate(2**40)
    assert os.stat(copy / "data/paper/points.csv").st_blocks < 100
    refused(["check"], ["data/paper/points.csv: the file is too large"])


def test_a_huge_table_is_refused_without_being_read(copy):
    with (copy / TABLE).open("wb") as file:
        file.truncate(2**40)
    refused(["check"], [f"{TABLE}: the file is too large"])


def test_a_folder_that_is_no_audit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIT_ROOT", str(tmp_path))
    refused(["check"], ["no audit is found here"])


def test_no_hash_is_written_of_a_table_that_the_same_call_refuses(copy):
    field(TABLE, "digits", lambda old: "8.4%")(copy)
    before = (copy / "data/official/mobile.yaml").read_bytes()
    output = refused(["data", "--accept"], ["the digits hold a percent sign"])
    assert "Hashes written" not in output
    assert (copy / "data/official/mobile.yaml").read_bytes() == before


SITES = {
    "a field is missing": ("title: a\nshort: b\nlicence: c\nintroduction: d\n",
                           "docs/site.yaml, field onward: a text of the report is missing"),
    "a field is empty": ("title: a\nshort: b\nlicence: c\nintroduction: d\nonward:\n", "field onward"),
    "a field is a list": ("title: [a]\nshort: b\nlicence: c\nintroduction: d\nonward: e\n", "field title"),
    "a list": ("- a\n", "docs/site.yaml: the texts of the report are no mapping"),
    "no YAML": ("a: [\n", "docs/site.yaml: the file is not YAML"),
}


@pytest.mark.parametrize("case", SITES)
def test_texts_of_the_report_that_no_page_can_be_made_of_are_refused_before_a_run(copy, case):
    content, said = SITES[case]
    (copy / "docs").mkdir(exist_ok=True)
    (copy / "docs" / "site.yaml").write_text(content, encoding="utf-8")
    refused(["check"], [said])
