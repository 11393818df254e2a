"""The data dictionary says what the tables say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from asprinted.official import dictionary, tables
from checkout import ROOT


@pytest.fixture(name="audit")
def _make_audit(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data" / "official", tmp_path / "data" / "official")
    dictionary.write(tmp_path)
    return tmp_path


def test_the_committed_dictionary_is_not_stale_or_the_command_that_mends_it_is_told():
    assert "\n".join(str(error) for error in dictionary.check(ROOT)) == ""


def test_a_stale_dictionary_is_named_with_its_line_and_the_command_that_mends_it(audit):
    page = audit / "data" / "README.md"
    page.write_text(page.read_text(encoding="utf-8").replace("# The data", "# Our data"), encoding="utf-8")
    (error,) = dictionary.check(audit)
    assert error.where == "data/README.md, line 1"
    assert (error.expected, error.got) == ("# The data", "# Our data")
    assert error.do == "run `python -m asprinted data --accept`"


def test_a_missing_dictionary_is_a_fault_and_not_a_crash(audit):
    (audit / "data" / "README.md").unlink()
    assert dictionary.check(audit)[0].what == "the data dictionary is stale"


def test_a_new_row_makes_the_dictionary_stale(audit):
    table = audit / "data" / "official" / "funds.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([*lines, lines[-1].replace("funds-", "funds-again-", 1), ""]), encoding="utf-8")
    assert len(dictionary.check(audit)) == 1


def test_every_indicator_column_and_table_stands_in_the_dictionary():
    page = dictionary.text(ROOT)
    for name in tables.names(ROOT):
        assert f"\n## {name}\n" in page
        schema = tables.schema(name, ROOT)
        for column in schema["required"]:
            assert f"| `{column}` |" in page
        for entry in schema["properties"].get("indicator", {}).get("oneOf", []):
            assert f"| `{entry['const']}` | {entry['unit']} |" in page


def test_every_indicator_of_a_schema_is_used_by_a_row_or_said_to_have_been_looked_for_in_vain():
    for name in tables.names(ROOT):
        rule = tables.schema(name, ROOT)["properties"].get("indicator", {})
        known = {entry["const"] for entry in rule.get("oneOf", [])}
        in_vain = {entry["const"] for entry in rule.get("oneOf", []) if entry["description"].endswith("(looked for, not seen)")}
        used = set(tables.load(name, ROOT)["indicator"]) if known else set()
        assert known - in_vain == used, name


def test_each_chinese_term_stands_once_in_the_glossary():
    terms = [entry["chinese"] for entry in tables.read_yaml(ROOT / "data" / "official" / "glossary.yaml")]
    assert len(terms) == len(set(terms)) > 40
    assert {"战略性新兴产业", "规模以上", "增加值", "全时当量", "景气指数", "专项资金"} <= set(terms)


def test_the_dictionary_is_the_same_every_time():
    assert dictionary.text(ROOT) == dictionary.text(ROOT)


def test_a_table_of_rows_that_are_no_observations_stands_alone(audit):
    official = audit / "data" / "official"
    for path in [*official.glob("*.csv"), *(official / "schemas").glob("*.yaml")]:
        path.unlink()
    (official / "birds.csv").write_text("row,island,source\nbird-1,Torgersen,station\n", encoding="utf-8")
    (official / "birds.yaml").write_text("title: Birds\nholds: birds\nrights: CC0\nsha256: 0\nsources: {station: {host: official}}\n",
                                         encoding="utf-8")
    (official / "schemas" / "birds.yaml").write_text(
        "description: One row a bird.\nrequired: [row, island, source]\nunique: [[row]]\nproperties: {row: {description: Key.},"
        " island: {description: Where.}, source: {description: Who.}}\n", encoding="utf-8")
    page = dictionary.text(audit)
    assert "1 row." in page
    assert "## Columns of an observation" not in page


def test_each_table_has_rights_of_its_own_where_they_differ(audit):
    path = audit / "data" / "official" / "funds.yaml"
    content = tables.read_yaml(path)
    path.write_text(yaml.safe_dump(content | {"rights": "CC0: for anything."}, allow_unicode=True), encoding="utf-8")
    page = dictionary.text(audit)
    assert "- funds: CC0: for anything." in page
    assert f"research, talent, targets, vehicles: {tables.read_yaml(path.with_name('research.yaml'))['rights'].strip()}" in page


def test_a_glossary_is_of_the_languages_that_it_has_and_an_empty_one_is_none(audit):
    path = audit / "data" / "official" / "glossary.yaml"
    path.write_text("- {german: Zuwachs, english: increase, note: ''}\n", encoding="utf-8")
    assert "| German | English, as used here | note |" in dictionary.text(audit)
    path.write_text("[]\n", encoding="utf-8")
    assert "Glossary" not in dictionary.text(audit)
