"""What any audit is made of knows nothing of this paper, so that another can use it as it is."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from checkout import ROOT

SOURCES = sorted(path for name in ("asprinted", "forkmill") for path in (ROOT / "src" / name).rglob("*.py"))
# Words of the paper's subject. "SEI" is matched with its capitals, the others however they are written.
SUBJECT = re.compile(r"\bSEIs?\b|(?i:\bchina\b|\bstrategic\b|\bemerging.industr)")


def claims() -> set[str]:
    files = (ROOT / "data" / "paper" / "claims").glob("*.yaml")
    return {entry["id"] for file in files for entry in yaml.safe_load(file.read_text(encoding="utf-8"))}


def indicators() -> set[str]:
    found = set()
    for path in (ROOT / "data" / "official").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {row["indicator"] for row in csv.DictReader(file) if row.get("indicator")}
    return found


def named(path: Path, names: set[str]) -> list[str]:
    """Which of the names stand in a source file as words of their own."""
    words = set(re.findall(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*", path.read_text(encoding="utf-8")))
    return sorted(words & names)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_is_something_to_look_for():
    assert len(claims()) > 50
    assert len(indicators()) > 50
    assert SOURCES


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_module_names_the_subject_of_the_paper(path: Path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [f"line {n}: {line.strip()}" for n, line in enumerate(lines, 1) if SUBJECT.search(line)] == []


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_module_names_a_claim(path: Path):
    assert named(path, {id for id in claims() if "-" in id}) == []


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_module_names_an_indicator(path: Path):
    assert named(path, {indicator for indicator in indicators() if "_" in indicator}) == []
