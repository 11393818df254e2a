"""A table of two rows that no office has, to show what is said of each breach of its rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from asprinted.official import tables
from checkout import ROOT
from forkmill.errors import InputError

COLUMNS = "row,indicator,geography,period,basis,unit,digits,scale,bound,vintage,status,source,evidence"
RAIN = "tiny-rain-oslo-2019-office,rain,Oslo,2019,annual,percent,8.4,one,,first,VERIFIED,office,grew 8.4 percent"
SNOW = ("tiny-snow-oslo-2019-office,snow,Oslo,2019,annual,yuan,13,ten thousand,more than,first,SECONDARY,office,"
        "超过13万元")


def make_audit(folder: Path, text: str | None = None, source: dict[str, str] | None = None) -> Path:
    """An audit with one table of two rows, whose CSV has the given text, and whose hash is right."""
    official = folder / "data" / "official"
    shutil.copytree(ROOT / "data" / "official" / "schemas" / "common", official / "schemas" / "common")
    indicators = [{"const": "rain", "unit": "percent", "description": "growth of rain"},
                  {"const": "snow", "unit": "yuan", "description": "price of snow"},
                  {"const": "thaw", "unit": "date", "description": "when snow melted"}]
    schema = {"title": "Tiny", "description": "Tiny.", "extends": "observation",
              "properties": {"indicator": {"description": "What is measured.", "oneOf": indicators}}}
    (official / "schemas" / "tiny.yaml").write_text(yaml.safe_dump(schema), encoding="utf-8")
    text = "\n".join([COLUMNS, RAIN, SNOW, ""]) if text is None else text
    (official / "tiny.csv").write_bytes(text.encode("utf-8"))
    office = {"publisher": "Office", "title": "Release", "published": "2020-01-02", "address": "https://office.example/1",
              "host": "official", **(source or {})}
    provenance = {"title": "Tiny", "holds": "two rows", "rights": "facts", "sha256": "none",
                  "sources": {"office": office}}
    (official / "tiny.yaml").write_text(yaml.safe_dump(provenance), encoding="utf-8")
    tables.rehash(folder)
    return folder


def faults_of(folder: Path, *lines: str, **parts: dict[str, str]) -> list[InputError]:
    """Every breach of the table with these lines."""
    return tables.check(make_audit(folder, "\n".join([*lines, ""]), **parts))


def only(errors: list[InputError]) -> InputError:
    """The one breach that there is."""
    assert len(errors) == 1, "\n".join(map(str, errors))
    return errors[0]


def changed(row: str, column: str, value: str) -> str:
    """A row with another value in a column."""
    values = row.split(",")
    values[COLUMNS.split(",").index(column)] = value
    return ",".join(values)
