"""What a person sees of a run: on a terminal what each notebook is doing and for how long, in a log plain lines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from plain import Plain

from forkmill.notebooks import ipynb
from forkmill.run import progress
from forkmill.run.progress import Progress, Stages

SECONDS = r"\d+\.\d s"  # however many: that is the machine's affair
COMMAND = [sys.executable, "-m", "forkmill", "run"]


def environment(**more: str) -> dict[str, str]:
    dropped = ("NO_COLOR", "FORCE_COLOR", "TTY_", "COLUMNS", "LINES")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {"TERM": "xterm", "PYTHONUTF8": "1"} | more


def on_a_terminal(plain: Plain, *arguments: str, seen: Callable[[str], None] = lambda said: None, **env: str) -> str:
    """Everything that a run writes to a terminal of 100 columns; ``seen`` is told meanwhile what has come."""
    pty = pytest.importorskip("pty", reason="terminals of POSIX")
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    line = [*COMMAND, str(plain.root), *arguments]
    with subprocess.Popen(line, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**env)) as run:
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 65536):
                said += part
                seen(said.decode("utf-8", errors="replace"))
        except OSError:  # how Linux says that nobody has it open any more
            pass
        os.close(ours)
    assert run.returncode == 0, said.decode("utf-8", errors="replace")
    return said.decode("utf-8").replace("\r\n", "\n")


def in_a_pipe(plain: Plain, *arguments: str, **env: str) -> str:
    line = [*COMMAND, str(plain.root), *arguments]
    run = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(**env),
                         check=False)
    assert run.returncode == 0, run.stdout.decode("utf-8", errors="replace")
    return run.stdout.decode("utf-8")


class Waiting(NamedTuple):
    """A folder whose second notebook waits under a heading of its own until a run has shown that on a terminal."""

    plain: Plain
    mark: Path

    def run(self, wanted: str, **env: str) -> str:
        """All that a run writes once it has shown what is ``wanted``."""
        self.mark.unlink(missing_ok=True)
        return on_a_terminal(self.plain, "--fresh", seen=lambda said: re.search(wanted, said) and self.mark.touch(), **env)


@pytest.fixture
def waiting(ran, tmp_path) -> Waiting:
    mark = tmp_path / "mark"
    content = ran.read("02_second")
    heading = {"cell_type": "markdown", "id": "heading", "metadata": {}, "source": "Words.\n\n## Growth of *everything*"}
    content["cells"].insert(-1, heading)
    wait = f"import os, time\nfor _ in range(1200):\n    if os.path.exists({str(mark)!r}):\n        break\n    time.sleep(0.05)\n"
    content["cells"][-1]["source"] = wait + "".join(content["cells"][-1]["source"])
    ran.write("02_second", content)
    return Waiting(ran, mark)


def test_a_terminal_shows_each_notebook_with_what_it_is_doing_and_since_when(waiting):
    wanted = rf"02_second +{SECONDS} .*\[3/3\] Growth of \*everything\*[^_]*[0-3] of 3 notebooks, \d+ s"
    assert re.search(wanted, waiting.run(wanted))


def test_a_terminal_shows_how_long_it_is_likely_to_take_from_the_last_run(waiting):
    cache = waiting.plain.project.cache
    progress.remember(cache, {"01_first": 1, "02_second": 1000, "03_third": 1})
    wanted = rf"02_second +{SECONDS} of about 1000 s +\[3/3\][^_]*of 3 notebooks, \d+ s, about \d+ s left"
    assert re.search(wanted, waiting.run(wanted))
    assert progress.last_seconds(cache)["02_second"] < 1000, "the run did not keep how long it took"


def test_what_moved_is_gone_in_the_end_and_the_lines_of_a_log_remain(waiting):
    said = waiting.run(r"of 3 notebooks", NO_COLOR="1")
    last = said[said.rindex("\x1b[2K") :]  # nothing is erased after it
    assert "of 3 notebooks" not in last
    assert re.search(rf"02_second +{SECONDS}\n", said)


@pytest.mark.parametrize("env", [{}, {"TERM": "dumb"}], ids=["a pipe", "a pipe of a dumb terminal"])
def test_a_pipe_gets_plain_lines_and_nothing_that_moves(ran, env):
    said = in_a_pipe(ran, "--fresh", **env)
    assert "\x1b" not in said
    assert "\r" not in said
    assert "notebooks," not in said
    assert {line.split()[0] for line in said.splitlines()[:3]} == {"01_first", "02_second", "03_third"}


def test_a_dumb_terminal_gets_plain_lines_too(ran):
    assert "\x1b" not in on_a_terminal(ran, "--fresh", TERM="dumb")


def clocked(names: str, seconds: dict[str, float], **options: object) -> tuple[SimpleNamespace, Progress]:
    clock = SimpleNamespace(now=0.0)
    tasks = [SimpleNamespace(name=name) for name in names]
    return clock, Progress(tasks, seconds, jobs=2, clock=lambda: clock.now, **options)  # type: ignore[arg-type]


def test_the_time_of_what_is_being_done_runs_on_from_its_beginning_until_it_has_ended():
    clock, shown = clocked("a", {})
    clock.now = 2.0
    shown.begin("a", "reading")
    said = []
    for clock.now in (2.0, 2.3, 14.5):
        said.append(shown.lines())
    assert [line.split() for line, _ in said] == [["a", seconds, "s", "reading"] for seconds in ("0.0", "0.3", "12.5")]
    assert [whole for _, whole in said] == [f"0 of 1 notebooks, {seconds} s" for seconds in (2, 2, 14)]
    shown.end("a")
    assert shown.lines() == ["1 of 1 notebooks, 14 s, about 0 s left"]


def test_what_is_left_is_counted_from_the_last_run_and_the_notebooks_at_once():
    clock, shown = clocked("abc", {"a": 4, "b": 4, "c": 2, "the pages": 3}, after=["the pages"])
    assert shown.lines() == ["0 of 3 notebooks, 0 s, about 8 s left"]
    shown.begin("a")
    clock.now = 1.0
    assert shown.lines()[0].split() == ["a", "1.0", "s", "of", "about", "4", "s", "starting"]
    shown.end("a")
    shown.end("b")
    assert shown.lines()[-1] == "2 of 3 notebooks, 1 s, about 5 s left"


def test_nothing_is_promised_where_a_notebook_never_ran():
    assert clocked("a", {})[1].lines() == ["0 of 1 notebooks, 0 s"]


@pytest.mark.parametrize("stored", ["", "[]", "{", '{"a": "b"}', "null"])
def test_a_record_of_times_that_cannot_be_read_is_none(tmp_path, stored):
    (tmp_path / progress.STORED).write_text(stored, encoding="utf-8")
    assert progress.last_seconds(tmp_path) == {}


def test_times_are_kept_beside_those_of_what_did_not_run_this_time(tmp_path):
    progress.remember(tmp_path, {"a": 1, "b": 2})
    progress.remember(tmp_path, {"b": 3.00049})
    assert progress.last_seconds(tmp_path) == {"a": 1, "b": 3}


def test_a_cell_is_named_by_its_number_and_the_heading_above_it(plain):
    read = ipynb.read(plain.path("01_first"))
    assert progress.doing(read, "shown") == "[3/3] A notebook"
    assert progress.doing(read, "put in by papermill") == "parameters"


def test_a_stage_that_comes_twice_is_counted_together(monkeypatch):
    now = iter((0.0, 1.0, 3.0, 3.5))
    monkeypatch.setattr(progress, "time", SimpleNamespace(perf_counter=lambda: next(now)))
    stages = Stages()
    for name in ("look", "run", "look"):
        stages.done(name)
    assert stages.seconds == {"look": 1.5, "run": 2.0}
