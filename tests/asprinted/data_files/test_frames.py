"""A data file as a frame: every form, lazily, and one clear sentence for what is no table."""

from __future__ import annotations

import importlib.util
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from asprinted.data_files import frames
from asprinted.data_files.frames import DataFile
from forkmill.errors import InputError

FRAME = pd.DataFrame({"species": ["Adelie", "Gentoo"], "mass": [3750, 5000]})
COLUMNS = {"species": {"meaning": "species"}, "mass": {"meaning": "weight", "unit": "grams"}}


def data(path: Path, text: str | None = None, columns: dict[str, Any] | None = None, **read: Any) -> DataFile:
    if text is not None:
        path.write_text(text, encoding="utf-8")
    return DataFile(path, {"columns": COLUMNS if columns is None else columns, "read": read})


def written(folder: Path, ending: str) -> Path:
    path = folder / f"birds{ending}"
    if ending in (".sqlite", ".db"):
        with sqlite3.connect(path) as database:
            FRAME.to_sql("birds", database, index=False)
        database.close()
    elif ending == ".dta":
        FRAME.to_stata(path, write_index=False)
    else:
        FRAME.to_csv(path, index=False, sep="\t" if ending == ".tsv" else ",")
    return path


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".tsv", ".dta", ".sqlite", ".db"])
def test_each_form_gives_the_same_frame(tmp_path, ending):
    found = data(written(tmp_path, ending))
    assert found.frame.astype({"species": "str", "mass": "int64"}).to_dict("list") == FRAME.to_dict("list")
    assert list(found.read(columns=["mass"]).columns) == ["mass"]


@pytest.mark.parametrize(("ending", "library"), [(ending, form.library) for ending, form in frames.FORMS.items() if form.library])
def test_a_form_whose_library_is_not_installed_says_what_to_install(tmp_path, monkeypatch, ending, library):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="not installed") as told:
        data(tmp_path / f"birds{ending}", "").read()
    assert library in told.value.do
    assert "asprinted[" in told.value.do


def test_nothing_is_read_before_it_is_asked_for(tmp_path):
    assert data(tmp_path / "nowhere.csv").name == "nowhere.csv"


def test_every_asking_gives_a_frame_of_its_own(tmp_path):
    found = data(written(tmp_path, ".csv"))
    first = found.frame
    first.loc[0, "mass"] = 1
    assert found.frame.loc[0, "mass"] == 3750


def test_an_unknown_ending_names_those_that_are_read(tmp_path):
    with pytest.raises(InputError, match=r"\.parquet"):
        data(tmp_path / "birds.rds", "").read()


@pytest.mark.parametrize(("text", "said"), [
    ("", "cannot be read"),
    ("species,mass\nAdelie,1\nGentoo,1,2,3\n", "cannot be read"),
    ("species,mass\nAdelie,3750\nGentoo,5000*\n", "a column of numbers holds something else"),
    (",mass\nAdelie,3750\n", "a column has no name"),
    ("species,weight\nAdelie,3750\n", "the dictionary names a column that the file does not have"),
])
def test_what_is_no_table_as_described_is_one_sentence(tmp_path, text, said):
    with pytest.raises(InputError, match=said) as told:
        data(tmp_path / "birds.csv", text).read()
    assert told.value.where.startswith("data/files/birds.csv")
    assert told.value.do


def test_the_sentence_names_row_and_mark_of_a_footnote(tmp_path):
    with pytest.raises(InputError, match="line 3") as told:
        data(tmp_path / "birds.csv", "species,mass\nAdelie,3750\nGentoo,5000*\n").read()
    assert told.value.got == "'5000*'"


def test_a_mistyped_column_of_the_dictionary_is_answered_with_the_near_one(tmp_path):
    with pytest.raises(InputError, match="did you mean mass"):
        data(tmp_path / "birds.csv", "species,mass\nAdelie,1\n", {"mas": {"meaning": "weight"}}).read()


def test_empty_cells_of_a_column_of_numbers_are_none_and_no_fault(tmp_path):
    found = data(tmp_path / "birds.csv", "species,mass\nAdelie,3750\nGentoo,\n").frame
    assert found["mass"].isna().tolist() == [False, True]


def test_options_of_the_description_reach_the_reader_and_those_of_a_call_go_before_them(tmp_path):
    found = data(tmp_path / "birds.csv", "a note\nspecies;mass\nAdelie;3750\nGentoo;-\n", sep=";", skiprows=1, na_values=["-"])
    assert found.frame["mass"].tolist()[0] == 3750
    assert len(found.read(nrows=1)) == 1


def test_headers_of_several_rows_become_one_name_a_column(tmp_path):
    text = "bird,size,size\nspecies,mass,length\nAdelie,3750,181\n"
    found = data(tmp_path / "birds.csv", text, {}, header=[0, 1]).frame
    assert list(found.columns) == ["bird, species", "size, mass", "size, length"]


@pytest.mark.parametrize(("read", "said"), [({}, "not said which table"), ({"table": "bird"}, "did you mean birds")])
def test_of_a_database_the_table_is_named(tmp_path, read, said):
    path = written(tmp_path, ".sqlite")
    with sqlite3.connect(path) as database:
        FRAME.to_sql("other", database, index=False)
    database.close()
    with pytest.raises(InputError, match=said):
        data(path, **read).read()
    assert len(data(path, table="birds").frame) == 2
