"""The verdicts are written down once: one more line of their table, and everything that shows verdicts knows it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from asprinted.verdicts import vocabulary
from checkout import ROOT

# An eighth verdict, in a process in which the table has one line more, and what each place that shows verdicts makes of it.
EIGHTH = """
import contextlib, io, json, sys, tempfile
from pathlib import Path

import edited

LINE = 'Kind("withdrawn", "W", "#123456", 35, DOES_NOT_HOLD, "is taken back", "the authors took it back", 1, "taken back by its authors"),'
vocabulary = edited.module("asprinted.verdicts.vocabulary", '    Kind("ambiguous"', f'    {LINE}\\n    Kind("ambiguous"')

import jinja2
from checkout import ROOT
from report_build import fill

from asprinted.audit import verdict_table
from asprinted.commands import readme
from asprinted.notebook.other_notebooks import Verdicts
from asprinted.report import conf
from asprinted.report.material import Material
from asprinted.report.pages import front, ledger, methods
from asprinted.verdicts import card, record
from forkmill.terminal import Terminal

with tempfile.TemporaryDirectory() as folder:
    build = Path(folder)
    fill(ROOT, build)
    content = json.loads((build / "verdicts.json").read_text(encoding="utf-8"))
    one = content["claims"][0] | {"verdict": "withdrawn", "could_fail": True, "note": ""}
    content["claims"][0], content["summary"] = one, record.summary([one])
    (build / "verdicts.json").write_text(json.dumps(content), encoding="utf-8")
    material = Material(ROOT, build)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        verdict_table.say(record.summary([one]), Terminal())
    style = (ROOT / "src/asprinted/report/assets/report.css.jinja").read_text(encoding="utf-8")
    print(json.dumps({
        "accuses": "withdrawn" in vocabulary.ACCUSING,
        "group": vocabulary.group("withdrawn", True),
        "groups": vocabulary.GROUP_MEANINGS["does not hold"],
        "the others": [vocabulary.SUPPORTING, vocabulary.AMBIGUOUS, vocabulary.UNJUDGED],
        "fault": record.record_fault(one),
        "summary": record.summary([one]),
        "frame": list(Verdicts([one], "a test", (one["id"],)).frame["verdict"].cat.categories),
        "card": card.as_text(one),
        "html": card.as_html(one),
        "terminal": said.getvalue(),
        "readme": readme.generated(ROOT)["verdicts"],
        "ledger": ledger.page(material),
        "methods": methods.page(material),
        "front": front.page(material),
        "style": jinja2.Template(style).render(conf.html_context),
    }))
"""


@pytest.fixture(scope="module")
def shown() -> dict[str, object]:
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "lib"), "AUDIT_ROOT": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", EIGHTH], env=settings, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_one_more_verdict_is_filed_and_leaves_the_others_where_they_are(shown):
    assert (shown["accuses"], shown["group"]) == (True, "does not hold")
    assert shown["groups"] == "contradicted, misattributed, inconsistent or withdrawn"
    assert shown["the others"] == [list(vocabulary.SUPPORTING), vocabulary.AMBIGUOUS, vocabulary.UNJUDGED]


def test_one_more_verdict_may_stand_in_a_record_and_is_counted(shown):
    assert shown["fault"] is None
    assert shown["summary"]["withdrawn"] == 1
    assert list(shown["summary"]) == shown["frame"] == [*vocabulary.VERDICTS[:5], "withdrawn", *vocabulary.VERDICTS[5:]]


def test_one_more_verdict_has_its_mark_on_cards_and_on_a_terminal(shown):
    assert shown["card"].startswith("W ")
    assert "<strong>W withdrawn</strong>" in shown["html"]
    assert re.search(r"^  withdrawn +1$", shown["terminal"], re.MULTILINE)


def test_one_more_verdict_stands_in_the_table_of_the_readme_with_its_meaning(shown):
    assert "\n| withdrawn | 0 | 0 | is taken back |\n" in shown["readme"]


@pytest.mark.parametrize("page", ["ledger", "methods", "front"])
def test_one_more_verdict_is_explained_on_the_pages_of_the_report(shown, page):
    assert '<span class="v v-withdrawn">W withdrawn</span>' in shown[page]
    assert "the authors took it back" in shown[page]


def test_one_more_verdict_has_its_colour_in_the_report(shown):
    assert ".v-withdrawn { background: #123456; }" in shown["style"]
    assert '.verdict[data-verdict="withdrawn"] { border-left-color: #123456 !important; }' in shown["style"]


@pytest.mark.parametrize("told_apart", [vocabulary.MARKS, vocabulary.COLOURS, vocabulary.PLAIN])
def test_no_two_verdicts_look_or_read_alike_nor_like_what_is_not_judged_yet(told_apart):
    assert len(set(told_apart.values())) == len(told_apart) == len(vocabulary.VERDICTS) + 1 == 8


def test_not_judged_yet_is_no_verdict():
    assert vocabulary.NOT_JUDGED not in (*vocabulary.VERDICTS, *vocabulary.MEANINGS)
    assert vocabulary.group(vocabulary.NOT_JUDGED, telling=False) not in vocabulary.GROUPS


def test_what_accuses_says_by_what_a_claim_fails_and_nothing_else_does():
    assert tuple(kind.name for kind in vocabulary.TABLE if kind.fails) == vocabulary.ACCUSING


def test_colours_and_marks_of_verdicts_are_written_down_nowhere_else():
    found = [(path.name, what) for path in Path(ROOT / "src").rglob("*") if path.suffix in (".py", ".jinja", ".css", ".js")
             and path.name != "vocabulary.py" for what in (*list(vocabulary.COLOURS.values())[:6], "⇄", "⊘")
             if what in path.read_text(encoding="utf-8")]
    assert found == []
