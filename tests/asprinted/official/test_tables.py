"""The official tables: what `asprinted.official.tables.check` says of each breach, shown on a table of two rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tiny_table import COLUMNS, RAIN, SNOW, changed, faults_of, make_audit, only

from asprinted.numbers.quantity import EVIDENCE
from asprinted.official import observations, tables
from asprinted.official.observations import Official
from checkout import ROOT
from forkmill.errors import InputError


def test_the_tables_of_this_repository_have_no_breach():
    assert [str(error) for error in tables.check(ROOT)] == []


def test_a_table_that_follows_all_rules_has_no_breach(tmp_path):
    assert tables.check(make_audit(tmp_path)) == []


def test_a_changed_table_is_named_with_both_hashes_and_the_command_that_accepts_it(tmp_path):
    folder = make_audit(tmp_path)
    table = folder / "data" / "official" / "tiny.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("8.4", "8.5"), encoding="utf-8")
    error = only(tables.check(folder))
    assert error.where == "data/official/tiny.csv"
    assert error.expected.startswith("sha256 ")
    assert error.got.startswith("sha256 ")
    assert error.expected != error.got
    assert error.do == "review the change, then run `python -m asprinted data --accept`"


def test_rehash_accepts_the_change_and_names_the_table_and_nothing_else_of_the_provenance_moves(tmp_path):
    folder = make_audit(tmp_path)
    official = folder / "data" / "official"
    before = (official / "tiny.yaml").read_text(encoding="utf-8").splitlines()
    table = official / "tiny.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("8.4", "8.5"), encoding="utf-8")
    assert tables.rehash(folder) == ["tiny"]
    after = (official / "tiny.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [line for line in after if line.startswith("sha256:")]
    assert tables.check(folder) == []
    assert tables.rehash(folder) == []


@pytest.mark.parametrize(
    ("column", "value", "what", "got"),
    [
        ("digits", '"1,008.4"', "the digits hold a thousands separator", "1,008.4"),
        ("digits", "\uff18.\uff14", "the digits hold a full-width digit", "\uff18.\uff14"),
        ("digits", "8.4%", "the digits hold a percent sign", "8.4%"),
        ("digits", "8.4 ", "the digits hold a space", "8.4 "),
        ("digits", "about 8", "the digits hold a space", "about 8"),
        ("digits", "", "the value is not allowed here", "nothing"),
        ("period", "2019Q5", "the value is not allowed here", "2019Q5"),
        ("basis", "yearly", "the value is not allowed here", "yearly"),
        ("scale", "dozen", "the value is not allowed here", "dozen"),
        ("bound", "over", "the value is not allowed here", "over"),
        ("vintage", "final", "the value is not allowed here", "final"),
        ("status", "RECALLED", "the value is not allowed here", "RECALLED"),
        ("geography", "oslo", "the value is not allowed here", "oslo"),
        ("indicator", "hail", "the value is not allowed here", "hail"),
        ("row", "Tiny Rain", "the value is not allowed here", "Tiny Rain"),
        ("evidence", "", "the value is not allowed here", "nothing"),
    ],
)
def test_a_value_out_of_its_rule_is_named_with_file_row_column_and_value(tmp_path, column, value, what, got):
    error = only(faults_of(tmp_path, COLUMNS, changed(RAIN, column, value), SNOW))
    assert (error.what, error.got) == (what, got)
    assert error.where.startswith("data/official/tiny.csv, line 2 (")
    assert error.where.endswith(f"column {column}")
    assert error.expected
    assert error.do


def test_a_value_of_a_closed_list_is_told_the_whole_list(tmp_path):
    error = only(faults_of(tmp_path, COLUMNS, changed(RAIN, "bound", "over"), SNOW))
    assert error.expected == "one of: '', more than, at least, less than, about"


def test_digits_that_are_not_in_the_evidence_are_a_breach(tmp_path):
    error = only(faults_of(tmp_path, COLUMNS, changed(RAIN, "digits", "8.5"), SNOW))
    assert error.what == "the digits do not stand in the evidence"
    assert (error.expected, error.got) == ("digits and scale of: grew 8.4 percent", "8.5, scale one")


def test_a_wrong_scale_is_found_because_the_evidence_prints_another(tmp_path):
    assert only(faults_of(tmp_path, COLUMNS, RAIN, changed(SNOW, "scale", "thousand"))).got == "13, scale thousand"


def test_a_unit_that_is_not_the_one_of_the_indicator_is_a_breach(tmp_path):
    error = only(faults_of(tmp_path, COLUMNS, changed(RAIN, "unit", "yuan"), SNOW))
    assert (error.what, error.expected) == ("the unit is not the one of the indicator", "percent")


def test_a_figure_out_of_the_range_of_its_unit_is_a_breach(tmp_path):
    row = changed(changed(RAIN, "digits", "840"), "evidence", "grew 840 percent")
    error = only(faults_of(tmp_path, COLUMNS, row, SNOW))
    assert (error.what, error.expected) == ("the figure is out of the range of percent", "-100 to 400")


def test_the_same_key_twice_is_a_breach(tmp_path):
    error = only(faults_of(tmp_path, COLUMNS, RAIN, changed(SNOW, "row", RAIN.split(",", maxsplit=1)[0])))
    assert error.what == "the key is not unique"
    assert error.got == "the same as data/official/tiny.csv, line 2 (tiny-rain-oslo-2019-office)"


def test_a_key_with_a_blank_is_a_breach_under_a_schema_that_allows_it_too(tmp_path):
    folder = make_audit(tmp_path, "\n".join([COLUMNS, changed(RAIN, "row", "tiny rain"), SNOW, ""]))
    common = folder / "data" / "official" / "schemas" / "common" / "observation.yaml"
    common.write_text(common.read_text("utf-8").replace("pattern: ^[a-z0-9]+(-[a-z0-9]+)*$", "minLength: 1", 1), encoding="utf-8")
    error = only(tables.check(folder))
    assert (error.what, error.got) == ("the key holds a blank", "tiny rain")


def test_one_observation_twice_from_one_source_is_a_breach(tmp_path):
    error = only(faults_of(tmp_path, COLUMNS, RAIN, SNOW, changed(RAIN, "row", "tiny-rain-again")))
    assert error.what == "the observation stands twice"
    assert error.where.startswith("data/official/tiny.csv, line 4 (tiny-rain-again)")


def test_a_source_that_the_provenance_does_not_have_is_a_breach(tmp_path):
    error = only(faults_of(tmp_path, COLUMNS, RAIN, changed(SNOW, "source", "bureau")))
    assert (error.what, error.got) == ("the source is not in the provenance", "bureau")


def test_a_source_on_which_no_row_rests_is_a_breach(tmp_path):
    folder = make_audit(tmp_path)
    path = folder / "data" / "official" / "tiny.yaml"
    provenance = yaml.safe_load(path.read_text(encoding="utf-8"))
    provenance["sources"]["bureau"] = provenance["sources"]["office"]
    path.write_text(yaml.safe_dump(provenance), encoding="utf-8")
    assert only(tables.check(folder)).what == "no row rests on the source"


def test_a_host_of_no_known_kind_is_a_breach(tmp_path):
    error = only(faults_of(tmp_path, COLUMNS, RAIN, SNOW, source={"host": "blog"}))
    assert (error.expected, error.got) == ("official, press, mirror", "blog")


@pytest.mark.parametrize("source", [{"address": "seen in a reprint"}, {"host": "mirror", "address": "office.example/1"}])
def test_a_known_host_has_an_address_and_an_address_begins_with_http(tmp_path, source):
    assert only(faults_of(tmp_path, COLUMNS, RAIN, SNOW, source=source)).what == "the address does not fit the host"


@pytest.mark.parametrize("source", [{"host": "mirror"}, {"host": "mirror", "address": "seen in a reprint"}])
def test_a_mirror_may_have_an_address_or_none(tmp_path, source):
    assert faults_of(tmp_path, COLUMNS, RAIN, SNOW, source=source) == []


def test_a_source_without_a_publisher_is_a_breach(tmp_path):
    error = only(faults_of(tmp_path, COLUMNS, RAIN, SNOW, source={"publisher": ""}))
    assert (error.what, error.expected) == ("the source lacks a field", "publisher")


@pytest.mark.parametrize(
    ("header", "what", "where"),
    [
        (COLUMNS.replace(",bound", ""), ["a column is missing"], ["bound"]),
        (COLUMNS.replace("bound", "limit"), ["a column is missing", "an unknown column"], ["bound", "limit"]),
        (COLUMNS.replace("bound", "scale"), ["a column is missing", "a column stands twice"], ["bound", "scale"]),
    ],
)
def test_a_missing_renamed_or_doubled_column_is_named(tmp_path, header, what, where):
    errors = faults_of(tmp_path, header, RAIN, SNOW)
    assert [error.what for error in errors] == what
    assert [error.where for error in errors] == [f"data/official/tiny.csv, line 1, column {name}" for name in where]


def test_columns_in_another_order_are_a_breach(tmp_path):
    header = COLUMNS.replace("digits,scale", "scale,digits")
    assert only(faults_of(tmp_path, header, RAIN, SNOW)).what == "the columns are in another order"


def test_a_short_and_a_long_row_are_both_named_in_one_pass(tmp_path):
    errors = faults_of(tmp_path, COLUMNS, RAIN.rpartition(",")[0], SNOW, SNOW + ",more")
    assert [(error.what, error.got) for error in errors] == [
        ("the row is too short", "12 values"), ("the row is too long", "14 values")]


def test_several_breaches_are_told_at_once(tmp_path):
    errors = faults_of(tmp_path, COLUMNS, changed(changed(RAIN, "basis", "yearly"), "status", "SEEN"),
                     changed(SNOW, "vintage", "final"))
    assert sorted(error.where.rpartition(" ")[2] for error in errors) == ["basis", "status", "vintage"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (("\n".join([COLUMNS, RAIN, SNOW, ""])).encode("utf-8-sig"), "the file begins with a byte order mark"),
        ("\r\n".join([COLUMNS, RAIN, SNOW, ""]).encode("utf-8"), "the lines end as on Windows"),
        ("\n".join([COLUMNS, RAIN, SNOW, ""]).encode("gb18030"), "the file is not UTF-8"),
        (b"", "the file is empty"),
        ("\n".join([COLUMNS, SNOW.replace("超", '"超'), ""]).encode("utf-8"), "the file cannot be read as CSV"),
    ],
)
def test_a_file_in_another_form_is_named(tmp_path, content, what):
    folder = make_audit(tmp_path)
    (folder / "data" / "official" / "tiny.csv").write_bytes(content)
    tables.rehash(folder)
    assert only(tables.check(folder)).what == what


@pytest.mark.parametrize("part", ["tiny.csv", "tiny.yaml", "schemas/tiny.yaml"])
def test_each_of_the_three_files_of_a_table_is_missed(tmp_path, part):
    folder = make_audit(tmp_path)
    (folder / "data" / "official" / part).unlink()
    error = only(tables.check(folder))
    assert (error.what, error.where) == ("the file is missing", f"data/official/{part}")


def test_an_empty_provenance_is_a_breach_and_not_a_crash(tmp_path):
    folder = make_audit(tmp_path)
    (folder / "data" / "official" / "tiny.yaml").write_text("", encoding="utf-8")
    assert tables.check(folder)[0].what == "the provenance is empty"


def test_a_provenance_that_is_not_yaml_is_a_breach_and_not_a_crash(tmp_path):
    folder = make_audit(tmp_path)
    (folder / "data" / "official" / "tiny.yaml").write_text("title: [", encoding="utf-8")
    assert only(tables.check(folder)).what == "the file is not YAML"


def test_a_loaded_table_is_all_strings_and_carries_its_source():
    frame = tables.load("growth", ROOT)
    assert {str(kind) for kind in frame.dtypes} <= {"string", "str"}
    assert list(frame.columns[-5:]) == list(tables.SOURCE_FIELDS)
    assert frame.index.name == "row"
    assert frame.index.is_unique
    assert not frame.isna().any().any()


def test_a_table_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(InputError) as caught:
        tables.load("weather", ROOT)
    assert "growth" in caught.value.expected
    assert caught.value.got == "weather"


def test_a_figure_of_a_table_read_once_is_that_of_a_table_read_each_time():
    frame = tables.load("growth", ROOT).query("vintage == 'first'").drop_duplicates(["indicator", "period"], keep=False)
    rows = list(frame.head(10).itertuples())

    def found(*, each_time: bool) -> list[object]:
        figures = []
        for evidence in EVIDENCE:
            for row in rows:
                if each_time:
                    tables._loaded.cache_clear()
                    observations._figures.cache_clear()
                figures.append(Official(ROOT, least_evidence=evidence).find("growth", row.indicator, row.period))
        return figures

    each_time = found(each_time=True)
    assert len(set(map(str, each_time))) > 1
    assert found(each_time=False) == found(each_time=False) == each_time


def test_a_table_that_changed_on_disk_is_read_anew(tmp_path):
    folder = make_audit(tmp_path)
    assert tables.load("tiny", folder).loc["tiny-rain-oslo-2019-office", "digits"] == "8.4"
    table = folder / "data" / "official" / "tiny.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("8.4", "8.5"), encoding="utf-8")
    assert tables.load("tiny", folder).loc["tiny-rain-oslo-2019-office", "digits"] == "8.5"


def test_what_one_reader_writes_into_a_table_no_other_reader_sees():
    taken = tables.load("growth", ROOT)
    taken["digits"] = "0"
    assert set(taken["digits"]) == {"0"}
    assert set(tables.load("growth", ROOT)["digits"]) != {"0"}


def test_checking_the_tables_does_not_import_pandas_or_the_slow_schema_library():
    code = ("import sys; from pathlib import Path; from asprinted.official import tables; tables.check(Path(sys.argv[1])); "
            "sys.exit(sum(name in sys.modules for name in ('pandas', 'jsonschema')))")
    assert subprocess.run([sys.executable, "-c", code, str(ROOT)], check=False).returncode == 0


GERMAN = "tiny-rain-oslo-2019-office,snow,Oslo,2019,annual,yuan,12345,one,,first,VERIFIED,office,12.345 Personen"


def test_a_row_is_read_in_the_language_that_its_source_declares(tmp_path: Path):
    row = changed(GERMAN, "row", "tiny-snow-oslo-2019-office")
    assert [error.what for error in faults_of(tmp_path, COLUMNS, row, source={"locale": "de"})] == []


def test_without_a_declared_language_the_fault_names_the_one_in_which_the_digits_stand(tmp_path: Path):
    error = only(faults_of(tmp_path, COLUMNS, GERMAN))
    assert (error.what, error.do[-41:]) == ("the digits do not stand in the evidence", "give it `locale: de`, or its own language")


def test_a_language_that_nobody_knows_is_a_breach(tmp_path: Path):
    error = only(faults_of(tmp_path, COLUMNS, RAIN, SNOW, source={"locale": "german"}))
    assert (error.what, error.where.endswith("source office, field locale")) == ("the language is not known", True)


PLACES = ["Guinea-Bissau", "Côte d'Ivoire", "U.S.", "São Paulo", "Île-de-France", "Bosnia and Herzegovina", "Baden-Württemberg", "EU-27",
          "Trinidad & Tobago", "England and Wales", "euro area"]


@pytest.mark.parametrize("place", PLACES)
def test_places_are_written_as_the_world_writes_them(tmp_path: Path, place: str):
    assert faults_of(tmp_path, COLUMNS, changed(RAIN, "geography", place)) == []


@pytest.mark.parametrize("period", ["2019H1", "2019-07-31", "2019W31", "2019-08/2019-10", "2018-04/2019-03", "2016/2019", "1936"])
def test_periods_are_written_as_the_world_writes_them(tmp_path: Path, period: str):
    assert faults_of(tmp_path, COLUMNS, changed(RAIN, "period", period)) == []


@pytest.mark.parametrize("period", ["2019-02-30", "2019/2018"])
def test_a_period_that_no_calendar_has_is_a_breach(tmp_path: Path, period: str):
    assert only(faults_of(tmp_path, COLUMNS, changed(RAIN, "period", period))).what == "no calendar has this period"


def test_a_unit_without_a_range_is_a_fault_that_says_where_to_add_it(tmp_path):
    audit = make_audit(tmp_path)
    common = audit / "data" / "official" / "schemas" / "common" / "observation.yaml"
    content = yaml.safe_load(common.read_text(encoding="utf-8"))
    del content["ranges"]["yuan"]
    common.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    error = only(tables.check(audit))
    assert error.what == "the unit has no range in which a figure is believed"
    assert error.where.endswith("(tiny-snow-oslo-2019-office), column unit")
    assert "schemas/common/observation.yaml" in error.do


def test_a_declared_unit_that_cannot_be_read_is_a_fault_of_the_tables(tmp_path):
    audit = make_audit(tmp_path)
    (audit / "data" / "official" / "units.yaml").write_text("- fen\n", encoding="utf-8")
    assert only(tables.check(audit)).what == "the units are no mapping of texts"
