"""A table, a claim, a notebook from a stranger: nothing runs at load, nothing is written outside build/, nothing is markup."""

from __future__ import annotations

import ast
import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from asprinted.__main__ import main
from asprinted.charts import figure as figures
from asprinted.official import tables
from asprinted.verdicts import card
from asprinted.verdicts.record import ALWAYS, as_csv
from checkout import ROOT
from forkmill import reading
from forkmill.errors import InputError

SOURCES = [ROOT / "src", ROOT / "tools"]
RUNS_CELLS = ("robustness/replay.py", "bench/floor.py", "mutants/execute.py")  # the code of notebooks, of which the last line is a value
PAYLOADS = ['<script>fetch("http://example.org")</script>', '"><img src=x onerror=alert(1)>', "<!--", "</td></table><iframe>",
            "javascript:alert(1)", "&lt;b&gt;", "' style='background:url(//example.org)"]
TAGS = ["!!python/object/apply:os.mkdir [{0}]", "!!python/object/new:os.mkdir [{0}]", "!!python/name:os.system",
        "!!python/module:os", "!<tag:yaml.org,2002:python/object/apply:os.mkdir> [{0}]"]


@pytest.mark.parametrize("tag", TAGS)
def test_no_tag_of_a_yaml_file_runs_code(tmp_path, tag):
    made = tmp_path / "made"
    path = tmp_path / "claims.yaml"
    path.write_text("- " + tag.format(made) + "\n", encoding="utf-8")
    for read in (lambda: reading.document(path, "claims.yaml"), lambda: tables.read_yaml(path)):
        with pytest.raises(InputError, match="not YAML"):
            read()
    assert not made.exists()


def test_nothing_in_the_packages_unpickles_or_reads_yaml_that_makes_objects():
    forbidden = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle"}
    calls = {"read_pickle", "unsafe_load", "full_load", "FullLoader", "UnsafeLoader", "Unpickler", "eval"}
    found = []
    for path in [path for source in SOURCES for path in source.rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name.partition(".")[0] for one in node.names] if isinstance(node, ast.Import) else []
            names += [(node.module or "").partition(".")[0]] if isinstance(node, ast.ImportFrom) else []
            used = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if forbidden & set(names) or used in calls - ({"eval"} if path.as_posix().endswith(RUNS_CELLS) else set()):
                found.append(f"{path.name}:{node.lineno}")
    assert not found


class Elements(HTMLParser):
    """Every element and attribute of a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.comments: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_comment(self, data):
        self.comments.append(data)


def hostile_record(payload: str) -> dict:
    record = dict.fromkeys(ALWAYS, payload) | {name: [payload] for name in ("only_by", "with", "wanted", "sources", "turns")}
    cited = {"status": payload, "reference": payload, "prints": payload}
    return record | {"verdict": "contradicted", "could_fail": True, "faithful": cited, "computed": {"low": "1", "high": "2"},
                     "error": None, "note": payload,
                     "readings": [{"name": payload, "verdict": "reproduced", "computed": None}]}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_claim_or_table_says_is_text_on_its_card(payload):
    plain, found = Elements(card.as_html(hostile_record("plain"))), Elements(card.as_html(hostile_record(payload)))
    assert found.tags == plain.tags <= {"div", "strong", "code", "span", "table", "tr", "th", "td"}
    assert found.attributes == plain.attributes
    assert not found.comments


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_figure_says_is_text_beside_it(payload):
    import pandas as pd

    figure = figures.Figure(figures.canvas(1, 1), name="x", title=payload, alt=payload, source=payload, data=pd.DataFrame({"a": [1]}))
    found = Elements(figure._repr_mimebundle_()["text/html"])
    assert found.tags == {"figure", "img", "figcaption"}
    assert {name for name, _ in found.attributes} == {"style", "alt", "src"}
    assert dict(found.attributes)["alt"] == payload
    assert dict(found.attributes)["src"].startswith("data:image/png;base64,")


@pytest.mark.parametrize("cell", ["=1+1", '=HYPERLINK("http://example.org")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1"])
def test_no_csv_holds_a_formula(cell):
    record = hostile_record(cell) | {"readings": []}
    rows = list(csv.reader(io.StringIO(as_csv({"a": record}), newline="")))
    assert all(not field.startswith(("=", "+", "-", "@", "\t", "\r")) for field in rows[1])
    bundle = {figures.FIGURE_MIME: {"name": "x", "title": "", "alt": "", "source": "", "columns": [cell], "rows": [[cell], [-1.5]]},
              "text/html": "", "image/svg+xml": ""}
    written = list(csv.reader(io.StringIO(figures.files(bundle)["x.csv"].decode("utf-8"), newline="")))
    assert written == [["'" + cell, "source"], ["'" + cell, ""], ["-1.5", ""]]


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and "build" not in path.relative_to(folder).parts}


@pytest.mark.parametrize("name", ["../../x", "/var/x", "..", "a/b", "a\\b", "C:x", ".hidden", "a\nb", "x\0", ""])
def test_a_figure_cannot_be_written_outside_the_build(accepted, name):
    source = "".join(accepted.cell(accepted.read("01_first"), "figure")["source"])
    accepted.edit("01_first", "figure", source=source.replace('"name": "line"', f'"name": {json.dumps(name)}'))
    before = everything(accepted.root.parent)
    result = CliRunner().invoke(main, ["reproduce"])
    assert result.exit_code == 1, result.output
    assert "01_first.ipynb, cell [4] (id figure): " in result.output
    assert everything(accepted.root.parent) == before
    assert not (accepted.build / "run.json").exists()


@pytest.mark.parametrize("field", ['"rows": [[1], [2]]', '"columns": ["x"]', '"title": "Line"'])
def test_a_figure_without_a_part_is_a_fault_that_names_the_cell(accepted, field):
    source = "".join(accepted.cell(accepted.read("01_first"), "figure")["source"])
    assert field in source
    accepted.edit("01_first", "figure", source=source.replace(field, f'"other": 1, {field.partition(":")[0]}: 7'))
    result = CliRunner().invoke(main, ["reproduce"])
    assert result.exit_code == 1, result.output
    assert "01_first.ipynb, cell [4] (id figure): the stored figure has a wrong kind of" in result.output


def test_a_link_in_the_build_is_removed_and_not_followed(accepted, tmp_path):
    import shutil

    shutil.rmtree(accepted.build / "figures")
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("kept", encoding="utf-8")
    (accepted.build / "figures").symlink_to(tmp_path / "precious")
    result = CliRunner().invoke(main, ["reproduce"])
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "precious").iterdir()] == ["file"]
    assert not (accepted.build / "figures").is_symlink()


def test_checking_a_strangers_notebook_runs_none_of_it(accepted, tmp_path):
    accepted.edit("01_first", "setup", source=f"open({str(tmp_path / 'ran')!r}, 'w')")
    CliRunner().invoke(main, ["check"])
    CliRunner().invoke(main, ["list"])
    assert not (tmp_path / "ran").exists()
