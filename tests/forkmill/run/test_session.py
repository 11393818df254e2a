"""A run as a caller drives it: results handed from notebook to notebook, what is left when one fails, the same bytes again."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from plain import COMPARED, Plain, code, notebook
from standing_results import needs_confinement

from forkmill.__main__ import sound
from forkmill.notebooks.ipynb import Notebook
from forkmill.notebooks.parameter_values import values
from forkmill.run.session import Ran, Session
from forkmill.terminal import Terminal

GIVEN = "import json, os\nwith open(os.environ['FORKMILL_GIVEN'], encoding='utf-8') as file:\n    print(json.load(file))"
RESTS_ON = {"03_third": ("01_first", "02_second")}


def printed(executed: Notebook) -> Any:
    """What a notebook gives the others: what its last cell printed."""
    return ["".join(output["text"]) for output in executed.code[-1].outputs]


class Driven:
    """Runs a folder whose third notebook is given what the two others print."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        plain.write("03_third", notebook(code("shown", GIVEN, COMPARED)))

    def __call__(self, text: str = "") -> Ran:
        self.out = io.StringIO()
        with Session(self.plain.project, Terminal(out=self.out), text=text) as session:
            read, declared = sound(self.plain.project)
            ran = session.run(read, declared, values(declared, text), RESTS_ON, printed)
            session.mark(complete=not ran.failures)
        return ran

    def executed(self) -> list[str]:
        """Those that the last call executed."""
        lines = [line.split() for line in self.out.getvalue().splitlines() if line[:1] == "0"]
        return sorted(words[0] for words in lines if words[1:] != ["unchanged"])


@pytest.fixture
def driven(plain) -> Driven:
    return Driven(plain)


@needs_confinement
def test_a_notebook_is_given_the_results_of_those_it_rests_on_and_runs_again_only_for_other_results(driven):
    ran = driven()
    assert [one.name for one in ran.notebooks] == ["01_first", "02_second", "03_third"]
    assert driven.plain.shown("03_third") == "{'01_first': ['1 a\\n\\n'], '02_second': ['1 first b\\n\\n']}\n"
    driven.plain.edit("01_first", "shown", source="print(sign, text)  # the same")
    driven()
    assert driven.executed() == ["01_first"]
    driven("vintage=latest")
    assert driven.executed() == ["02_second", "03_third"]
    assert "1 latest b" in driven.plain.shown("03_third")


def test_a_notebook_that_is_given_nothing_finds_no_file(plain):
    plain.edit("03_third", "shown", source="import os\nprint('FORKMILL_GIVEN' in os.environ)")
    assert plain.run(say=Terminal(quiet=True)) == 0
    assert plain.shown("03_third") == "False\n"


def test_what_rests_on_a_notebook_that_failed_is_not_run_and_says_why(driven):
    driven.plain.edit("02_second", "shown", source="print(1 / 0)")
    ran = driven()
    assert [one.name for one in ran.notebooks] == ["01_first"]
    assert [str(failure) for failure in ran.failures] == [
        "02_second.ipynb, cell [3] (id shown): ZeroDivisionError: division by zero",
        "03_third.ipynb: not run, because it is given the results of 02_second, which failed",
    ]
    assert not (driven.plain.build / "run.json").exists()


def test_stored_notebooks_that_are_run_again_come_out_byte_by_byte(ran):
    before = ran.bytes()
    assert ran.run(fresh=True, say=Terminal(quiet=True)) == 0
    assert {path.name: path.read_bytes() for path in (ran.build / "notebooks").iterdir()} == before


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("kind", ["forked", "ordinary"])
def test_a_build_has_the_same_bytes_by_every_kind_of_kernel_and_any_number_at_once(ran, monkeypatch, kind, jobs):
    before = ran.built()
    monkeypatch.setenv("FORKMILL_KERNELS", kind)
    assert ran.run(fresh=True, jobs=jobs, say=Terminal(quiet=True)) == 0
    assert ran.built() == before


def test_timings_tell_how_long_each_notebook_and_each_stage_took(ran):
    assert ran.run(fresh=True, say=Terminal(quiet=True)) == 0
    times = json.loads((ran.build / "timings.json").read_text(encoding="utf-8"))
    assert set(times["notebooks"]) == {"01_first", "02_second", "03_third"}
    assert min(times["notebooks"].values()) > 0
    assert set(times["stages"]) == {"check inputs", "notebooks"}
    assert times["seconds"] >= times["stages"]["notebooks"] > 0


def test_a_step_of_the_caller_is_timed_like_a_notebook(plain):
    with Session(plain.project, Terminal(quiet=True), after=["pages"]) as session:
        read, declared = sound(plain.project)
        session.run(read[2:], declared, values(declared))
        with session.step("pages", "writing the pages"):
            shown = session.progress.lines()
    assert any("writing the pages" in line for line in shown)
    assert session.stages.seconds["pages"] >= 0
