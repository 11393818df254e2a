"""The benchmark compares like with like: medians, what failed left out, each goal beside what was measured."""

from __future__ import annotations

import csv
import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commands_run import gone

from bench import bench, memory, report, series, ways
from checkout import ROOT

BENCH = ROOT / "tools" / "bench"
OWN, LOOP, CACHE, FLOOR = (
    "this project, from nothing", "papermill, a loop of commands", "jupyter-cache, in parallel", "bare script",
)
LEAST = "bare script, on all cores at once"


@pytest.fixture
def written(tmp_path, monkeypatch):
    """The page that is written of some measures, and its folder."""
    monkeypatch.setattr(report.peers, "versions", lambda *_: {"papermill": "2.7.0"})

    def write(*found: dict, docs: Path | None = None) -> str:
        return report.write(list(found), tmp_path / "bench", docs)

    return write


def took(way: str, *walls: float, series: str = "7", **more: object) -> list[dict]:
    same = {"series": series, "notebooks": 7, "way": way, "cpu": 1.0, "memory": 100, "status": 0} | more
    return [same | {"round": number, "wall": wall} for number, wall in enumerate(walls)]


def row(text: str, title: str) -> list[str]:
    return [cell.strip() for line in text.splitlines() if line.startswith(f"| {title} |") for cell in line.split("|")[2:-1]]


def test_a_ratio_is_that_of_the_medians_so_one_slow_round_does_not_move_it(written):
    text = written(*took(OWN, 1, 2, 50), *took(LOOP, 20, 20, 900))
    assert row(text, "from nothing / papermill loop") == ["0.15", "0.1"]
    assert row(text, OWN) == ["2.00 (1.00 to 50.00)"], "the spread is shown all the same"


def test_the_least_that_the_cores_allow_stands_beside_the_goals_and_is_judged_by_none_of_them(written):
    text = written(*took(LEAST, 4), *took(OWN, 5), *took(FLOOR, 2), *took(LOOP, 20), *took(CACHE, 8))
    assert row(text, "bare script on all cores / papermill loop") == ["", "0.2"]
    assert row(text, "bare script on all cores / fastest other tool") == ["", "0.5"]
    assert row(text, "from nothing / bare script") == ["1.5", "2.5, missed"], "which is that of the script alone"


@pytest.mark.parametrize(("seconds", "said"), [(1.5, "0.15"), (1.51, "0.151, missed"), (3, "0.3, missed")])
def test_a_goal_that_is_missed_is_said_to_be_missed_and_one_just_reached_is_not(written, seconds, said):
    text = written(*took(OWN, seconds), *took(LOOP, 10))
    assert row(text, "from nothing / papermill loop") == ["0.15", said]


def test_the_fastest_other_tool_is_neither_this_project_nor_the_bare_script_nor_one_that_had_nothing_to_do(written):
    text = written(
        *took(OWN, 3), *took(FLOOR, 2), *took("this project, unchanged", 0.1), *took("jupyter-cache, unchanged", 1),
        *took("nbval", 1), *took("make reproduce, unchanged", 0.1), *took(CACHE, 10), *took(LOOP, 30),
    )
    assert row(text, "from nothing / fastest other tool") == ["0.35", "0.3"]
    assert row(text, "unchanged / fastest other tool") == ["0.1", "0.1"]


def test_what_failed_is_named_and_takes_no_part_in_a_ratio(written):
    text = written(*took(OWN, 3), *took(CACHE, 10), *took("snakemake -j2", 1, failed="no such rule", status=1))
    assert row(text, "from nothing / fastest other tool") == ["0.35", "0.3"]
    assert "Did not end well, and left out of the ratios: snakemake -j2." in text


def test_the_report_which_no_other_tool_writes_is_shown_and_left_out_of_the_ratios(written):
    text = written(*took(OWN, 4, report=1.0), *took(LOOP, 10))
    assert row(text, "from nothing / papermill loop") == ["0.15", "0.3, missed"]
    assert row(text, "of it the report after the notebooks, left out of the ratios") == ["1.00 (1.00 to 1.00)"]


def test_no_report_is_shown_where_none_was_made(written):
    text = written(*took(OWN, 4), *took("this project, a notebook edited", 3, series="20", report=2.0))
    assert row(text, "of it the report after the notebooks, left out of the ratios") == ["", "2.00 (2.00 to 2.00)"]


def test_the_copy_of_this_audit_that_is_timed_makes_its_report(tmp_path):
    root = series.prepare("own", tmp_path)
    found = bench.measure(next(way for way in ways.WAYS if way.name == OWN), root)
    ways.stop_server(root)
    assert found["status"] == 0, found
    assert (root / "build" / "report" / "index.html").is_file()
    assert 0.5 < found["report"] < found["wall"]


def test_a_series_without_a_report_has_no_time_of_one(tmp_path):
    root = series.prepare("2", tmp_path)
    found = bench.measure(next(way for way in ways.WAYS if way.name == OWN), root)
    ways.stop_server(root)
    assert found["stages"]["notebooks"] > 0
    assert "report" not in found


def test_the_page_names_the_commit_that_was_measured_where_there_is_one(monkeypatch, tmp_path):

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True, text=True, encoding="utf-8")
        return done.stdout.strip()

    git("init", "-q")
    (tmp_path / "a").write_text("a", encoding="utf-8")
    git("add", "a")
    git("-c", "user.name=a", "-c", "user.email=a", "-c", "commit.gpgsign=false", "commit", "-qm", "a")
    head = git("rev-parse", "--short", "HEAD")
    monkeypatch.setattr(report, "__file__", str(tmp_path / "report.py"))
    assert report._commit() == f", commit {head}"
    (tmp_path / "a").write_text("b", encoding="utf-8")
    assert report._commit() == f", commit {head}-dirty"
    monkeypatch.setattr(report, "__file__", "/")
    assert report._commit() == ""


def test_an_edit_is_compared_with_the_notebook_alone_without_the_start_of_either_process(written):
    text = written(
        *took("this project, a notebook edited", 1.5), *took("this project, unchanged", 0.2),
        *took("bare script, one notebook", 9, inner=1.0),
    )
    assert row(text, "a notebook edited / that notebook alone, bare, start apart") == ["1.3", "1.3"]


def test_beside_an_edit_stands_the_least_that_a_kernel_needs_and_the_whole_against_the_whole(written):
    text = written(
        *took("this project, a notebook edited", 1.5), *took("this project, one kernel alone", 3, inner=1.4),
        *took("bare script, one notebook", 2, inner=1.0),
    )
    assert row(text, "a kernel's start and cells, no more / that notebook alone, bare, start apart") == ["", "1.4"]
    assert row(text, "a notebook edited / that notebook alone, bare, each with its start") == ["", "0.75"]


def test_many_notebooks_are_compared_with_seven_by_the_notebook(written):
    text = written(*took(OWN, 7), *took(OWN, 66, series="60"))
    assert row(text, "seconds a notebook / those of the 7") == ["1.1", "", "1.1"]


def test_every_measure_stands_in_the_table_of_all(written, tmp_path):
    written(*took(OWN, 1, 2), *took(LOOP, 3))
    with (tmp_path / "bench" / "times.csv").open(encoding="utf-8", newline="") as file:
        assert [(one["way"], one["round"], one["wall_seconds"]) for one in csv.DictReader(file)] == [
            (OWN, "0", "1"), (OWN, "1", "2"), (LOOP, "0", "3"),
        ]


def test_only_what_stands_between_the_marks_of_the_page_is_written_anew(written, tmp_path):
    page = tmp_path / "speed.md"
    page.write_text("before\n<!-- speed: generated, see `make -C tools bench` -->\nold\n<!-- /speed -->\nafter\n", encoding="utf-8")
    written(*took(OWN, 1), *took(LOOP, 20), docs=tmp_path)
    text = page.read_text(encoding="utf-8")
    assert re.match(r"before\n<!-- speed: generated, see `make -C tools bench` -->\n.*<!-- /speed -->\nafter\n$", text, re.DOTALL)
    assert "old" not in text
    assert "0.05" in text


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from what Linux says")
def test_peak_memory_counts_what_a_command_starts_and_what_that_held_only_for_a_while(monkeypatch):
    monkeypatch.setattr(memory, "_command", lambda pid: "")  # a fork server of another test is counted too
    grown = "import time\nheld = bytearray(150_000_000)\ntime.sleep(1)\ndel held\ntime.sleep(0.3)"
    outer = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {grown!r}], check=True)"
    process = subprocess.Popen([sys.executable, "-c", outer])
    with memory.Watch(process.pid) as watch:
        assert process.wait(60) == 0
    assert 140 < watch.peak < 250


def test_a_command_that_fails_is_recorded_with_its_last_words(tmp_path):
    way = bench.Way("fails", "all", lambda root: None, lambda root: [sys.executable, "-c", "raise SystemExit('no such file')"])
    found = bench.measure(way, tmp_path)
    assert (found["status"], found["failed"].strip()) == (1, "no such file")


def test_a_command_that_does_not_end_is_ended_with_all_that_it_started_and_recorded_as_failed(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "LONGEST", 1.5)
    script = "sleep 60 & echo $! > inner; wait"
    found = bench.measure(bench.Way("hangs", "all", lambda root: None, lambda root: ["bash", "-c", script]), tmp_path)
    assert found["status"] == -signal.SIGTERM
    assert "failed" in found
    inner = int((tmp_path / "inner").read_text(encoding="utf-8"))
    assert gone(inner)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_bare_script_gives_what_a_run_of_the_same_notebook_gives(tmp_path, python, jobs):
    root = series.prepare("2", tmp_path)
    env = ways.environment(root)
    assert python("-m", "asprinted", "reproduce", "--quiet", env=env, cwd=root).returncode == 1  # no record to agree with
    names = [f"notebooks/{stem}.ipynb" for stem in series.names(root)]
    done = python(str(BENCH / "floor.py"), "--jobs", jobs, "out", *names, env=env, cwd=root)
    assert done.returncode == 0
    assert sorted(line.split()[0] for line in done.stdout.splitlines()) == ["01_series", "02_series", "imports"]
    for stem in series.names(root):
        bare = json.loads((root / "out" / f"{stem}.json").read_text(encoding="utf-8"))
        run = json.loads((root / "build" / "notebooks" / f"{stem}.ipynb").read_text(encoding="utf-8"))
        given = [one["data"] for cell in run["cells"] for one in cell.get("outputs", ()) if "data" in one]
        assert len(bare) == len(given) >= 4
        for here, there in zip(bare, given, strict=True):
            assert set(here) == set(there)
            assert "".join(here["text/plain"]) == "".join(there["text/plain"])


def test_one_kernel_alone_is_timed_until_it_is_there_and_for_its_cells_and_says_what_failed_in_them(tmp_path):
    root = series.prepare("2", tmp_path)
    way = next(way for way in ways.WAYS if way.name == "this project, one kernel alone")
    found = bench.measure(way, root)
    assert found["status"] == 0
    assert 0 < found["inner"] == found["wall"], "what the client itself needs is no part of it"
    notebook = root / "notebooks" / "02_series.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("describe()", "no_such_thing"), encoding="utf-8")
    failed = bench.measure(way, root)
    assert "no_such_thing" in failed["failed"].splitlines()[-1]
    assert "inner" not in failed
