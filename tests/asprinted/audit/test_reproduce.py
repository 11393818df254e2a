"""A run from the inputs to build/run.json, with real kernels on a miniature audit."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from types import SimpleNamespace

import papermill
import pytest

from asprinted.audit.reproduce import reproduce
from asprinted.paths import project
from forkmill.errors import InputErrors
from forkmill.kernels import sockets
from forkmill.notebooks import ipynb
from forkmill.run import session
from forkmill.run.folder import clean
from forkmill.terminal import Terminal


def run(audit, text: str = "", **options) -> int:
    return reproduce(audit.root, text, **options)


def test_a_first_run_is_complete_and_says_that_nothing_is_recorded(audit, capsys):
    assert run(audit) == 1
    assert (audit.build / "run.json").is_file()
    assert "one: not recorded -> reproduced" in capsys.readouterr().out


def test_a_run_equal_to_the_record_ends_with_0_and_one_sentence(accepted, capsys):
    assert run(accepted) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines[:2]} == {"01_first", "02_second"}
    assert lines[2].startswith("03_overview")
    assert lines[-1] == "Complete: 3 claims judged, every verdict equals the record (exit 0)."
    assert "  reproduced        3" in lines


def test_a_quiet_run_says_one_sentence(accepted, capsys):
    assert run(accepted, terminal=Terminal(quiet=True)) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_two_runs_give_the_same_bytes(accepted):
    first = accepted.built()
    assert run(accepted, jobs=1) == 0
    assert accepted.built() == first


def test_the_users_environment_does_not_reach_a_kernel(accepted, monkeypatch):
    names = ["PYTHONSTARTUP", "TZ", "LC_ALL", "COLUMNS", "PYTHONHASHSEED"]
    source = f"print([os.environ.get(name) for name in {names}], {{'a', 'b', 'c'}})"
    accepted.edit("03_overview", "shown", source=source)
    run(accepted)
    first = accepted.built()["notebooks/03_overview.ipynb"]
    for name, value in {
        "PYTHONSTARTUP": "/nowhere.py",
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
        "COLUMNS": "20",
        "PYTHONHASHSEED": "7",
        "MPLBACKEND": "svg",
        "IPYTHONDIR": "/nowhere",
        "FORKMILL_GIVEN": "/nowhere",
    }.items():
        monkeypatch.setenv(name, value)
    run(accepted)
    assert accepted.built()["notebooks/03_overview.ipynb"] == first
    assert "[None, 'UTC', 'C.UTF-8', None, '0']" in first.decode()


def test_papermill_is_given_a_notebook_without_what_earlier_runs_left_in_it(accepted, monkeypatch):
    given: list[object] = []

    def executed(source, *arguments, **options):
        given.extend((cell.outputs, cell.execution_count) for cell in source.cells if cell.cell_type == "code")
        return papermill_itself(source, *arguments, **options)

    papermill_itself = papermill.execute_notebook
    monkeypatch.setattr(papermill, "execute_notebook", executed)
    assert run(accepted, fresh=True) == 0
    assert given
    assert all(found == ([], None) for found in given)


def test_the_files_of_a_build_are_those_its_mark_lists(accepted):
    mark = json.loads((accepted.build / "run.json").read_text(encoding="utf-8"))
    assert set(mark["files"]) == set(accepted.built()) - {"run.json"}
    assert {"verdicts.json", "verdicts.csv", "figures/line.svg", "notebooks/01_first.ipynb"} <= set(mark["files"])


def test_claims_stand_in_the_order_of_the_register_with_their_notebook_and_cell(accepted):
    claims = accepted.verdicts()["claims"]
    assert [(claim["id"], claim["notebook"], claim["cell"]) for claim in claims] == [
        ("one", "02_second", "one"),
        ("two", "01_first", "two"),
        ("three", "02_second", "three"),
    ]
    assert list(claims[0])[:3] == ["id", "where", "section"]


def test_the_summary_names_all_seven_verdicts(accepted):
    content = accepted.verdicts()
    assert content["complete"] is True
    assert content["parameters"] == {"sign": 1, "vintage": "first"}
    assert content["summary"] == {
        "reproduced": 3,
        "consistent": 0,
        "contradicted": 0,
        "misattributed": 0,
        "inconsistent": 0,
        "ambiguous": 0,
        "not checkable": 0,
    }


def test_a_parameter_reaches_only_the_notebooks_that_take_it(accepted, capsys):
    assert run(accepted, "vintage=latest") == 0
    assert {claim["id"]: claim["verdict"] for claim in accepted.verdicts()["claims"]} == {
        "one": "reproduced",
        "two": "reproduced",
        "three": "contradicted",
    }
    assert b"injected-parameters" not in accepted.built()["notebooks/01_first.ipynb"]
    injected = json.loads(accepted.built()["notebooks/02_second.ipynb"])["cells"][2]
    assert (injected["id"], injected["source"][-1]) == ("injected-parameters", 'vintage = "latest"\n')


def test_a_run_with_other_choices_says_which_verdicts_are_others_and_that_it_stands_in_the_place_of_the_default_one(accepted, capsys):
    assert run(accepted, "vintage=latest") == 0
    said = capsys.readouterr().out
    assert "Other verdicts than under the default choices:\n  three: reproduced -> contradicted\n" in said
    assert "3 claims judged under vintage=latest, 1 other verdict than under the default choices." in said
    assert "make reproduce brings the default one back (exit 0)." in said


def test_a_run_ends_with_what_does_not_hold(accepted, capsys):
    run(accepted, "vintage=latest")
    assert "What does not hold:\n  three (1/1/1): the number three\n" in capsys.readouterr().out


def test_a_code_formatter_that_happens_to_be_installed_changes_nothing(accepted, monkeypatch, tmp_path):
    (tmp_path / "black.py").write_text("FileMode = dict\ndef format_str(text, mode):\n    return '# by black\\n' + text\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "black", raising=False)
    assert run(accepted, "vintage=latest") == 0
    assert b"# by black" not in accepted.built()["notebooks/02_second.ipynb"]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets on this system")
def test_a_socket_that_a_run_killed_a_moment_before_has_left_is_gone_at_the_end(audit, monkeypatch):
    later = iter([0, 2])  # seconds, at the start of the run and at its end
    monkeypatch.setattr(sockets, "time", SimpleNamespace(time=lambda: time.time() + next(later)))
    left = sockets.folder() / "k0123456789ab-1"
    left.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(left))
    run(audit)
    assert not left.exists()


def test_a_notebook_is_given_the_verdicts_of_this_run_and_not_the_committed_ones(accepted):
    accepted.edit("02_second", "one", source='paper.check("one", -sign)')
    accepted.edit(
        "03_overview", "shown", source="print([(one['id'], one['verdict'], one['notebook']) for one in given])"
    )
    run(accepted)
    assert (
        "('two', 'reproduced', '01_first'), ('one', 'contradicted', '02_second')"
        in accepted.built()["notebooks/03_overview.ipynb"].decode()
    )


def test_a_notebook_begins_when_those_it_speaks_of_have_ended_though_others_still_run(accepted, monkeypatch):
    begun = threading.Event()
    papermill = session.Papermill.__call__

    def slow(self, task):
        if task.name == "02_second":  # which 03_overview does not ask for here
            assert begun.wait(30)
        if task.name == "03_overview":
            begun.set()
        return papermill(self, task)

    monkeypatch.setattr(session.Papermill, "__call__", slow)
    accepted.edit("03_overview", "given", source='given = paper.verdicts("01_first")')
    run(accepted, jobs=2, fresh=True)
    assert accepted.verdicts()["complete"]


def test_a_changed_verdict_ends_with_1_and_names_the_claim(accepted, capsys):
    accepted.edit("02_second", "one", source='paper.check("one", -sign)')
    assert run(accepted) == 1
    said = capsys.readouterr().out
    assert "one: reproduced -> contradicted" in said
    assert "1 of 3 claims have another record" in said


def test_a_changed_field_is_named_although_the_verdict_is_the_same(accepted, capsys):
    accepted.edit("02_second", "one", source='paper.check("one", 8 * sign)')
    assert run(accepted) == 1
    assert "one: still reproduced, but other: computed" in capsys.readouterr().out


def test_a_changed_figure_is_said(accepted, capsys):
    content = accepted.read("01_first")
    cell = accepted.cell(content, "figure")
    cell["source"] = "".join(cell["source"]).replace("[[1], [2]]", "[[1], [3]]")
    accepted.write("01_first", content)
    assert run(accepted) == 0
    assert "01_first.ipynb, cell [4] (id figure)" in capsys.readouterr().out


def test_a_failing_cell_is_named_with_its_claim_and_the_others_go_on(accepted, capsys):
    accepted.edit("01_first", "two", source='paper.check("two", 1 / 0)')
    assert run(accepted) == 1
    said = capsys.readouterr().out
    assert "01_first.ipynb, cell [3] (id two): ZeroDivisionError: division by zero" in said
    assert "03_overview.ipynb: not run, because it is given the results of 01_first, which failed" in said
    assert said.splitlines()[-1].startswith("Incomplete: ")
    assert not (accepted.build / "run.json").exists()
    assert accepted.verdicts()["complete"] is False
    assert [claim["id"] for claim in accepted.verdicts()["claims"]] == ["one", "three"]
    assert (accepted.build / "failed" / "01_first.ipynb").is_file()
    assert not (accepted.build / "notebooks" / "01_first.ipynb").exists()


def test_a_cell_that_kills_its_kernel_is_named(accepted, capsys):
    accepted.edit("01_first", "two", source='import os\nos.kill(os.getpid(), 9)\npaper.check("two", 2)')
    assert run(accepted) == 1
    said = capsys.readouterr().out
    assert "01_first.ipynb, cell [3] (id two): DeadKernelError" in said
    assert "without encryption" not in said


def test_a_cell_that_leaves_quietly_is_not_taken_for_the_end(accepted, capsys):
    accepted.edit("01_first", "two", source='raise SystemExit\npaper.check("two", 2)')
    assert run(accepted) == 1
    assert "01_first.ipynb, cell [3] (id two)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("cell", "source", "said"),
    [
        (
            "three",
            'paper.check("one", 1)',
            "the claim one is judged 2 times: 02_second.ipynb, cell [3] (id one); 02_second.ipynb, cell [4]",
        ),
        ("three", "3", "no notebook judges the claim three"),
    ],
)
def test_a_claim_unjudged_or_judged_twice_fails_the_run_by_name(accepted, capsys, cell, source, said):
    accepted.edit("02_second", cell, source=source)
    assert run(accepted) == 1
    assert said in capsys.readouterr().out
    assert not (accepted.build / "run.json").exists()


def test_a_claim_that_is_not_written_down_is_refused_before_any_notebook_runs(accepted):
    accepted.edit("02_second", "three", source='paper.check("four", 1)')
    with pytest.raises(InputErrors, match=r"(?s)02_second.ipynb, cell \[4\].*there is no such claim to judge.*found: +four"):
        run(accepted)


def test_all_faults_of_the_input_come_at_once_and_leave_the_build_alone(accepted):
    before = accepted.built()
    accepted.edit("01_first", "two", metadata={"tags": ["nbval-chek-output"]})
    accepted.edit("02_second", "parameters", source="sign = 2")
    with pytest.raises(InputErrors) as raised:
        run(accepted, "vintge=latest")
    said = str(raised.value)
    assert all(
        part in said
        for part in ("did you mean nbval-check-output?", "sign has another default", "did you mean vintage?")
    )
    assert accepted.built() == before


def test_nothing_of_an_earlier_build_is_left(accepted):
    for name in ("figures/old.svg", "notebooks/gone.ipynb", "report/index.html"):
        path = accepted.build / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("old", encoding="utf-8")
    run(accepted)
    assert not any("old" in name or "gone" in name or "report" in name for name in accepted.built())


def test_clean_removes_the_build(accepted):
    clean(project(accepted.root), Terminal(quiet=True))
    assert not accepted.build.exists()
    clean(project(accepted.root), Terminal(quiet=True))


def test_an_executed_notebook_is_in_the_normal_form(accepted):
    text = accepted.built()["notebooks/02_second.ipynb"].decode()
    assert ipynb.dump(ipynb.normalise(json.loads(text))) == text
