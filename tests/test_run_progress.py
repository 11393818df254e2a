"""What a person sees of a run: on a terminal what each notebook is doing and for how long, in a log plain lines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

from helpers.marks import MARKS
from helpers.run import notebooks, progress
from helpers.run.progress import REPORT, Progress
from helpers.verdict import VERDICTS

RUN = "from helpers.run import inputs\ninputs.data_errors = lambda root: []\nimport helpers.__main__ as m\nm.main()"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
COLOUR = re.compile(r"\x1b\[3[0-9]m")


def environment(**more: str) -> dict[str, str]:
    dropped = ("NO_COLOR", "FORCE_COLOR", "TTY_", "COLUMNS", "LINES")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {"TERM": "xterm", "PYTHONUTF8": "1"} | more


def on_a_terminal(audit, *arguments: str, **env: str) -> str:
    """Everything that a run writes to a terminal of 100 columns."""
    pty = pytest.importorskip("pty", reason="terminals of POSIX")
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    line = [sys.executable, "-c", RUN, "reproduce", *arguments]
    with subprocess.Popen(line, cwd=audit.root, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**env)) as run:
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 65536):
                said += part
        except OSError:  # how Linux says that nobody has it open any more
            pass
        os.close(ours)
    assert run.returncode == 0, said.decode("utf-8", errors="replace")
    return said.decode("utf-8").replace("\r\n", "\n")


def in_a_pipe(audit, *arguments: str, **env: str) -> str:
    line = [sys.executable, "-c", RUN, "reproduce", *arguments]
    run = subprocess.run(line, cwd=audit.root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         env=environment(**env), check=False)  # fmt: skip
    assert run.returncode == 0, run.stdout.decode("utf-8", errors="replace")
    return run.stdout.decode("utf-8")


@pytest.fixture
def slow(accepted):
    """An audit whose second notebook waits under a heading of its own."""
    content = accepted.read("02_second")
    heading = {"cell_type": "markdown", "id": "heading", "metadata": {}, "source": "Words.\n\n## Growth of *everything*"}
    content["cells"].insert(-1, heading)
    content["cells"][-1]["source"] = "import time\ntime.sleep(1.5)\n" + "".join(content["cells"][-1]["source"])
    accepted.write("02_second", content)
    return accepted


def test_a_terminal_shows_each_notebook_with_what_it_is_doing_and_since_when(slow):
    said = on_a_terminal(slow, "--fresh")
    assert re.search(r"02_second +[01]\.\d s .*\[4/4\] Growth of \*everything\*", said)
    assert len(set(re.findall(r"02_second +(\d\.\d) s .*\[4/4\]", said))) > 2, "the time does not run on"
    assert re.search(r"[0-3] of 3 notebooks, \d s", said)


def test_a_terminal_shows_how_long_it_is_likely_to_take_from_the_last_run(slow):
    on_a_terminal(slow, "--fresh")
    kept = progress.last_seconds(slow.build / ".cache")
    assert kept.keys() >= {"01_first", "02_second", "03_overview"}
    assert kept["02_second"] > 1.5
    said = on_a_terminal(slow, "--fresh")
    assert re.search(r"02_second +\d\.\d s of about [234] s +\[4/4\]", said)
    assert re.search(r"of 3 notebooks, \d s, about [0-5] s left", said)


def test_what_moved_is_gone_in_the_end_and_the_lines_of_a_log_remain(slow):
    said = on_a_terminal(slow, "--fresh", NO_COLOR="1")
    last = said[said.rindex("\x1b[2K") :]  # nothing is erased after it
    assert "of 3 notebooks" not in last
    assert re.search(r"02_second +\d\.\d s\n", said)


def test_a_terminal_shows_verdicts_in_colour_with_a_mark_beside_it(accepted):
    said = on_a_terminal(accepted)
    rows = [line for line in said.splitlines() if re.search(r"(reproduced|contradicted) +\d", line)]
    assert rows, said
    for row in rows:
        verdict = "reproduced" if "reproduced" in row else "contradicted"
        assert MARKS[verdict] in row
    assert COLOUR.search("".join(rows))


def test_no_color_leaves_the_marks_and_takes_the_colours(accepted):
    said = on_a_terminal(accepted, NO_COLOR="1")
    assert not COLOUR.search(said)
    assert f"{MARKS['reproduced']} reproduced" in said


@pytest.mark.parametrize("env", [{}, {"TERM": "dumb"}], ids=["a pipe", "a pipe of a dumb terminal"])
def test_a_pipe_gets_plain_lines_and_nothing_that_moves(slow, env):
    said = in_a_pipe(slow, "--fresh", **env)
    assert "\x1b" not in said
    assert "\r" not in said
    assert "notebooks," not in said
    assert {line.split()[0] for line in said.splitlines()[:3]} == {"01_first", "02_second", "03_overview"}


def test_a_dumb_terminal_gets_plain_lines_too(accepted):
    assert "\x1b" not in on_a_terminal(accepted, "--fresh", TERM="dumb")


def test_a_quiet_run_says_one_sentence_on_a_terminal_and_in_a_pipe(accepted):
    assert len(in_a_pipe(accepted, "--quiet", "--fresh").splitlines()) == 1
    assert len(on_a_terminal(accepted, "--quiet", "--fresh").splitlines()) == 1
    assert len(on_a_terminal(accepted, "--quiet").splitlines()) == 1


def test_every_verdict_has_a_mark_and_no_two_the_same():
    assert tuple(MARKS) == tuple(VERDICTS)
    assert len(set(MARKS.values())) == len(MARKS)


def test_what_is_left_is_counted_from_the_last_run_and_the_notebooks_at_once():
    clock = SimpleNamespace(now=0.0)
    tasks = [SimpleNamespace(name=name) for name in ("a", "b", "c")]
    shown = Progress(tasks, {"a": 4, "b": 4, "c": 2, REPORT: 3}, jobs=2, clock=lambda: clock.now)
    assert shown.lines() == ["0 of 3 notebooks, 0 s, about 8 s left"]
    shown.begin("a")
    clock.now = 1.0
    assert shown.lines()[0].split() == ["a", "1.0", "s", "of", "about", "4", "s", "starting"]
    shown.end("a")
    shown.end("b")
    assert shown.lines()[-1] == "2 of 3 notebooks, 1 s, about 5 s left"


def test_nothing_is_promised_where_a_notebook_never_ran():
    shown = Progress([SimpleNamespace(name="a")], {}, jobs=1, clock=lambda: 0.0)
    assert shown.lines() == ["0 of 1 notebooks, 0 s"]


@pytest.mark.parametrize("stored", ["", "[]", "{", '{"a": "b"}', "null"])
def test_a_record_of_times_that_cannot_be_read_is_none(tmp_path, stored):
    (tmp_path / progress.STORED).write_text(stored, encoding="utf-8")
    assert progress.last_seconds(tmp_path) == {}


def test_a_cell_is_named_by_its_number_and_the_heading_above_it(audit):
    read = notebooks.read(audit.path("01_first"))
    assert progress.doing(read, "two") == "[3/4] A notebook"
    assert progress.doing(read, "put in by papermill") == "parameters"
